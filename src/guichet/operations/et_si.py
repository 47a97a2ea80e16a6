"""« Et si ? »: what the same law gives to answers near those that were given, and what else these ones open.

All the households are computed together, in one pass of the law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guichet import law
from guichet.domain.droits import PAID_ONCE, Droit, Prestation, existing
from guichet.domain.periodes import reference_year
from guichet.domain.phrases import Phrase, Quantite
from guichet.domain.vocabulaire import ZERO, Euros, Mois, euros
from guichet.journeys.answers import mois_of
from guichet.journeys.champs import Cases, Montant
from guichet.journeys.conditions import Reponses
from guichet.journeys.foyer import foyer, foyers_at_revenus
from guichet.journeys.simulateurs import SIMULATEURS, Simulateur
from guichet.journeys.variantes import REVENUS, VARIATIONS, EnfantDePlus, Variante, Variation, naissance_de_plus
from guichet.operations.simuler import Result, simuler

STEPS = 40
"""Steps of a curve: closer than what is drawn can show."""
REACH = {"€ par mois": Decimal(4_000), "€ par an": Decimal(48_000)}
"""How far a curve goes at least, before what is flat at its end is cut."""
PENSION_OF_A_YEAR = ("pension_recue", "pension_annuelle_recue")
"""Alimony of another year: whether it goes on, no simulator asks."""
PRECISIONS = {
    Prestation.ASF: "si l'autre parent ne verse pas de pension alimentaire",
    Prestation.ARS: "en une fois, pour l'année scolaire",
}
"""What is said beside another right: what it supposes, that no simulator asks, or how it is paid."""
COMPTES = {
    (False, True): "l'aide au logement",
    (True, False): "les prestations familiales",
    (True, True): "les prestations familiales et l'aide au logement",
}
"""What else changes with a variant: family benefits, the housing aid."""
MARGIN = 5
"""Steps shown after the right has ended, or after the household's own income."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What is paid in all each month, against the income answered to `champ`; `own` is the household's own point."""

    champ: Montant
    points: tuple[tuple[Euros, Euros], ...]
    own: tuple[Euros, Euros]


@dataclass(frozen=True, slots=True)
class Change:
    """What a variant would give each month, and what it changes; `ensemble` says what it changes for the household, when
    the benefits told are not all that moves."""

    label: str
    montant: Euros
    difference: Euros
    ensemble: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Another right that the same answers open, and what is to be said beside it, if anything."""

    prestation: Prestation
    montant: Euros
    precision: str


@dataclass(frozen=True, slots=True)
class Exploration:
    """`unmoved` is said in the place of a curve: no income tried changes what is paid."""

    curve: Curve | None = None
    changes: tuple[Change, ...] = ()
    others: tuple[Other, ...] = ()
    unmoved: str = ""


def explorer(genre: str, reponses: Reponses) -> Exploration:
    """What may be explored around the complete answers of a result; nothing once one of them has decided."""
    simulateur, mois = SIMULATEURS[genre], mois_of(reponses)
    if simulateur.parcours.arret(reponses) is not None:
        return Exploration()
    current = foyer(reponses)
    champ = _income_asked(simulateur, reponses)
    incomes = _grid(champ, reponses) if champ else []
    variantes = list(_variantes(simulateur, reponses))
    near = [*foyers_at_revenus(current, reponses, champ.nom, incomes)] if champ else []
    near += [foyer(other) for _, other in variantes]
    monthly, elsewhere = _monthly(simulateur, reponses, mois), existing(simulateur.autres, mois)
    montants = law.montants([current, *near], mois, [*monthly, *elsewhere])
    others = _others(simulateur, reponses, {prestation: montants[prestation][0] for prestation in elsewhere})
    paid = _paid([montants[prestation] for prestation in monthly])
    if paid is None or not any(paid):
        return Exploration(others=others)
    flat = champ is not None and len(set(paid[: 1 + len(incomes)])) == 1
    curve = _cut(champ, list(zip(incomes, paid[1:], strict=False)), reponses) if champ and not flat else None
    changes = []
    for rank, (variante, other) in enumerate(variantes, 1 + len(incomes)):
        difference = paid[rank] - paid[0]
        if difference or _may_matter(variante, monthly, paid[0], flat):
            moved = {p: _less(montants[p][rank], montants[p][0]) for p in elsewhere if p not in PAID_ONCE}
            ensemble = _ensemble(difference, variante.apport, moved) if Prestation.RSA in monthly else ""
            changes.append(Change(variante.say(other), paid[rank], difference, ensemble))
    return Exploration(curve, tuple(changes), others, _unmoved(champ, incomes[-1]) if champ and flat else "")


def _variantes(simulateur: Simulateur, reponses: Reponses) -> Iterator[tuple[Variante, Reponses]]:
    """The variants that ask nothing more, but boxes: what is not known would be taken for nothing."""
    for variante in (*VARIATIONS, EnfantDePlus(_of_the_trimestre(simulateur))):
        other = variante.reponses(reponses)
        if other is not None and not _asks_more(simulateur, other):
            yield variante, other


def _asks_more(simulateur: Simulateur, reponses: Reponses) -> bool:
    asked = (champ for _, champs in simulateur.parcours.steps(reponses) for champ in champs)
    return any(champ.nom not in reponses and not isinstance(champ, Cases) for champ in asked)


def essayer(genre: str, texts: Mapping[str, str], new_texts: Mapping[str, str]) -> Result:
    """The result of the answers `texts`, some of them answered otherwise. Children that it adds are born early enough to
    count. Raises ReponsesError."""
    changes = {**texts, **new_texts}
    return simuler(genre, _births(changes, trimestre=_of_the_trimestre(SIMULATEURS[genre])) | changes)


def ailleurs(genre: str, result: Result) -> dict[Prestation, Droit]:
    """The other monthly benefits, where the RSA is told (see `_ensemble`): a trial that lowers it may raise them."""
    simulateur = SIMULATEURS[genre]
    if not _of_the_trimestre(simulateur) or simulateur.parcours.arret(result.reponses) is not None:
        return {}
    monthly = [prestation for prestation in existing(simulateur.autres, result.mois) if prestation not in PAID_ONCE]
    return {droit.prestation: droit for droit in law.droits([foyer(result.reponses)], result.mois, monthly)[0]}


def _of_the_trimestre(simulateur: Simulateur) -> bool:
    """Whether it tells the benefits that look at the children of three months."""
    return Prestation.RSA in simulateur.prestations


def _births(texts: Mapping[str, str], *, trimestre: bool) -> dict[str, str]:
    """Births of as many children as these answers say; none for a month that is not one, which the journey refuses."""
    try:
        born = naissance_de_plus(Mois.parse(texts["mois"]), trimestre=trimestre).first_day
    except ValueError:
        return {}
    return {f"enfants-{rank}-naissance": str(born) for rank in range(1, _count(texts.get("nombre_enfants")))}


def _count(text: str | None) -> int:
    """One more than a number of children, within reason: what is no number is for the journey to refuse."""
    return min(int(text), 20) + 1 if text and text.isascii() and text.isdigit() else 1


def _may_matter(variante: Variante, monthly: Iterable[Prestation], now: Euros, flat: bool) -> bool:
    """Whether it is worth telling that it changes nothing: not of a rent, where no housing aid is told, nor of an income
    that no amount follows (a student's, since 2021), nor of either where nothing is paid now."""
    if not isinstance(variante, Variation):
        return True
    return bool(now) and (not flat if variante.champ in REVENUS else Prestation.AIDE_LOGEMENT in monthly)


def _less(montant: Euros | None, now: Euros | None) -> Euros | None:
    return None if montant is None or now is None else montant - now


def _ensemble(difference: Euros, apport: Euros, moved: Mapping[Prestation, Euros | None]) -> str:
    """What a variant changes each month for the household, said where the RSA is told: the RSA takes back much of the
    family benefits that a child brings, and a wage that it lets keep lowers the housing aid.

    `apport` is what the variant brings by itself, `moved` what it changes in the other benefits. Nothing is said when one
    of them is not known, nor when a wage moves family benefits: they look at the year N-2.
    """
    known = {prestation: montant for prestation, montant in moved.items() if montant}
    housing, family = Prestation.AIDE_LOGEMENT in known, bool(known.keys() - {Prestation.AIDE_LOGEMENT})
    if None in moved.values() or (family if apport else not known):
        return ""
    avec = COMPTES.get((family, housing), "")
    if apport:
        pattern = "ces {gain} de salaire et l'aide au logement" if housing else "ces {gain} de salaire"
        avec = Phrase(pattern, gain=Quantite(apport, "€"))
    if Prestation.ASF in known:
        avec = Phrase("{avec}, sans pension alimentaire pour lui", avec=avec)
    total = difference + apport + sum(known.values(), ZERO)
    if not total:
        return Phrase("En tout, avec {avec} : rien ne change.", avec=avec)
    pattern = (
        "En tout, avec {avec} : {montant} de plus par mois."
        if total > 0
        else "En tout, avec {avec} : {montant} de moins par mois."
    )
    return Phrase(pattern, avec=avec, montant=Quantite(abs(total), "€"))


def _monthly(simulateur: Simulateur, reponses: Reponses, mois: Mois) -> list[Prestation]:
    """The benefits of a simulator that are paid every month, and that no answer has refused."""
    return [
        prestation
        for prestation in existing(simulateur.prestations, mois)
        if prestation not in PAID_ONCE and simulateur.parcours.refus(reponses, prestation) is None
    ]


def _paid(montants: Iterable[Sequence[Euros | None]]) -> list[Euros] | None:
    """What each household is paid in all, from the amounts of each benefit; None when the law is not known well enough for
    one of them."""
    paid = []
    for of_foyer in zip(*montants, strict=True):
        known = [montant for montant in of_foyer if montant is not None]
        if len(known) < len(of_foyer):
            return None
        paid.append(sum(known, ZERO))
    return paid


def _income_asked(simulateur: Simulateur, reponses: Reponses) -> Montant | None:
    """The question of income that the curve follows: the first with an amount, else the first that was asked."""
    asked = [nom for nom in REVENUS if nom in reponses]
    chosen = next((nom for nom in asked if reponses[nom]), asked[0] if asked else None)
    if chosen is None:
        return None
    champ = next(c for page in simulateur.parcours.pages for c in page.champs(reponses) if c.nom == chosen)
    assert isinstance(champ, Montant)
    return champ


def _grid(champ: Montant, reponses: Reponses) -> list[Euros]:
    """Incomes at equal steps, with the household's own among them."""
    own = Decimal(str(reponses[champ.nom]))
    step = euros(max(REACH[champ.unite], 2 * own) / STEPS)
    return sorted({step * rank for rank in range(STEPS + 1)} | {own})


def _cut(champ: Montant, points: list[tuple[Euros, Euros]], reponses: Reponses) -> Curve | None:
    """The curve, without what is flat at its end; none when it is nothing everywhere."""
    paid = [rank for rank, (_, amount) in enumerate(points) if amount]
    if not paid:
        return None
    own = next(rank for rank, (income, _) in enumerate(points) if income == reponses[champ.nom])
    last = max(paid[-1], own) + MARGIN
    return Curve(champ, tuple(points[: last + 1]), points[own])


def _unmoved(champ: Montant, until: Euros) -> str:
    return Phrase(
        "Jusqu'à {revenu}, vos revenus ne changent pas ce montant. Le calcul, plus haut, dit quelles ressources comptent.",
        revenu=Quantite(until, champ.unite),
    )


def _others(simulateur: Simulateur, reponses: Reponses, montants: Mapping[Prestation, Euros | None]) -> tuple[Other, ...]:
    """The rights that are worth something, the largest first; not one that an answer leaves in doubt."""
    if any(name in reponses for name in PENSION_OF_A_YEAR):
        montants = {prestation: montant for prestation, montant in montants.items() if prestation is not Prestation.ASF}
    others = (Other(p, montant, supposed(simulateur, reponses, p)) for p, montant in montants.items() if montant)
    return tuple(sorted(others, key=lambda other: -other.montant))


def supposed(simulateur: Simulateur, reponses: Reponses, prestation: Prestation) -> str:
    """What is said beside another right: the alimony that was told is in its amount; the housing aid does not ask the
    resources that lower family allowances."""
    if prestation is Prestation.ASF and "pension_alimentaire" in reponses:
        return Phrase("votre pension alimentaire déduite")
    if prestation is Prestation.AF and Prestation.AIDE_LOGEMENT in simulateur.prestations:
        return Phrase("au plus, selon vos ressources de {annee}", annee=reference_year(mois_of(reponses)))
    return PRECISIONS.get(prestation, "")

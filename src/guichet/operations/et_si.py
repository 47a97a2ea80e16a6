"""« Et si ? »: what the same law gives to answers near those that were given, and what else these ones open.

All the households are computed together, in one pass of the law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guichet import law
from guichet.domain.droits import PAID_ONCE, Prestation, existing
from guichet.domain.vocabulaire import ZERO, Euros, Mois, euros
from guichet.journeys.answers import mois_of
from guichet.journeys.champs import Montant
from guichet.journeys.conditions import Reponses
from guichet.journeys.foyer import foyer, foyers_at_revenus
from guichet.journeys.simulateurs import SIMULATEURS, Simulateur
from guichet.journeys.variantes import REVENUS, VARIANTES
from guichet.operations.simuler import Resultat, simuler

PAS = 40
"""Steps of a curve: closer than what is drawn can show."""
ETENDUE = {"€ par mois": Decimal(4_000), "€ par an": Decimal(48_000)}
"""How far a curve goes at least, before what is flat at its end is cut."""
PRECISIONS = {
    Prestation.ASF: "si l'autre parent ne verse pas de pension alimentaire",
    Prestation.ARS: "en une fois, pour l'année scolaire",
}
"""What is said beside another right: what it supposes, that no simulator asks, or how it is paid."""
MARGE = 5
"""Steps shown after the right has ended, or after the household's own income."""


@dataclass(frozen=True, slots=True)
class Courbe:
    """What is paid in all each month, against the income answered to `champ`; `actuel` is the household's own point."""

    champ: Montant
    points: tuple[tuple[Euros, Euros], ...]
    actuel: tuple[Euros, Euros]


@dataclass(frozen=True, slots=True)
class Change:
    """What a variant would give each month, and what it changes."""

    libelle: str
    montant: Euros
    ecart: Euros


@dataclass(frozen=True, slots=True)
class Autre:
    """Another right that the same answers open, and what is to be said beside it, if anything."""

    prestation: Prestation
    montant: Euros
    precision: str


@dataclass(frozen=True, slots=True)
class Exploration:
    courbe: Courbe | None = None
    changes: tuple[Change, ...] = ()
    autres: tuple[Autre, ...] = ()


def explorer(genre: str, reponses: Reponses) -> Exploration:
    """What may be explored around the complete answers of a result; nothing once one of them has decided."""
    simulateur, mois = SIMULATEURS[genre], mois_of(reponses)
    if simulateur.parcours.arret(reponses) is not None:
        return Exploration()
    actuel = foyer(reponses)
    champ = _revenu(simulateur, reponses)
    revenus = _grille(champ, reponses) if champ else []
    variantes = [(variante, autre) for variante in VARIANTES if (autre := variante.reponses(reponses)) is not None]
    proches = [*foyers_at_revenus(actuel, reponses, champ.nom, revenus)] if champ else []
    proches += [foyer(autre) for _, autre in variantes]
    mensuelles, ailleurs = _mensuelles(simulateur, reponses, mois), existing(simulateur.autres, mois)
    montants = law.montants([actuel, *proches], mois, [*mensuelles, *ailleurs])
    autres = _autres({prestation: montants[prestation][0] for prestation in ailleurs})
    payes = _payes([montants[prestation] for prestation in mensuelles])
    if payes is None or not any(payes):
        return Exploration(autres=autres)
    courbe = _coupe(champ, list(zip(revenus, payes[1:], strict=False)), reponses) if champ else None
    changes = tuple(
        Change(variante.say(autre), paye, paye - payes[0])
        for (variante, autre), paye in zip(variantes, payes[1 + len(revenus) :], strict=True)
    )
    return Exploration(courbe, changes, autres)


def essayer(genre: str, textes: Mapping[str, str], nouveaux: Mapping[str, str]) -> Resultat:
    """The result of the answers `textes`, some of them answered otherwise. Children that it adds are born on the first
    day of the month. Raises ReponsesError."""
    changes = {**textes, **nouveaux}
    nes = {f"enfants-{rang}-naissance": f"{changes['mois']}-01" for rang in range(1, _nombre(changes.get("nombre_enfants")))}
    return simuler(genre, nes | changes)


def _nombre(texte: str | None) -> int:
    """One more than a number of children, within reason: what is no number is for the journey to refuse."""
    return min(int(texte), 20) + 1 if texte and texte.isascii() and texte.isdigit() else 1


def _mensuelles(simulateur: Simulateur, reponses: Reponses, mois: Mois) -> list[Prestation]:
    """The benefits of a simulator that are paid every month, and that no answer has refused."""
    return [
        prestation
        for prestation in existing(simulateur.prestations, mois)
        if prestation not in PAID_ONCE and simulateur.parcours.refus(reponses, prestation) is None
    ]


def _payes(montants: Iterable[Sequence[Euros | None]]) -> list[Euros] | None:
    """What each household is paid in all, from the amounts of each benefit; None when the law is not known well enough for
    one of them."""
    payes = []
    for du_foyer in zip(*montants, strict=True):
        connus = [montant for montant in du_foyer if montant is not None]
        if len(connus) < len(du_foyer):
            return None
        payes.append(sum(connus, ZERO))
    return payes


def _revenu(simulateur: Simulateur, reponses: Reponses) -> Montant | None:
    """The question of income that the curve follows: the first with an amount, else the first that was asked."""
    demandes = [nom for nom in REVENUS if nom in reponses]
    choisi = next((nom for nom in demandes if reponses[nom]), demandes[0] if demandes else None)
    if choisi is None:
        return None
    champ = next(c for page in simulateur.parcours.pages for c in page.champs(reponses) if c.nom == choisi)
    assert isinstance(champ, Montant)
    return champ


def _grille(champ: Montant, reponses: Reponses) -> list[Euros]:
    """Incomes at equal steps, with the household's own among them."""
    actuel = Decimal(str(reponses[champ.nom]))
    pas = euros(max(ETENDUE[champ.unite], 2 * actuel) / PAS)
    return sorted({pas * rang for rang in range(PAS + 1)} | {actuel})


def _coupe(champ: Montant, points: list[tuple[Euros, Euros]], reponses: Reponses) -> Courbe | None:
    """The curve, without what is flat at its end; none when it is nothing everywhere."""
    paies = [rang for rang, (_, paye) in enumerate(points) if paye]
    if not paies:
        return None
    actuel = next(rang for rang, (revenu, _) in enumerate(points) if revenu == reponses[champ.nom])
    dernier = max(paies[-1], actuel) + MARGE
    return Courbe(champ, tuple(points[: dernier + 1]), points[actuel])


def _autres(montants: Mapping[Prestation, Euros | None]) -> tuple[Autre, ...]:
    """The rights that are worth something, the largest first."""
    autres = (Autre(p, montant, PRECISIONS.get(p, "")) for p, montant in montants.items() if montant)
    return tuple(sorted(autres, key=lambda autre: -autre.montant))

"""The incomes of a person, each in the months in which the answers put it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from guichet.domain.foyer import Nature, Ressource
from guichet.domain.periodes import (
    LOGEMENT_QUARTERLY_FROM,
    first_month_read,
    months_of_trimestre,
    reference_months,
    reference_year,
    year_of_pensions,
)
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.journeys.answers import read_day, read_montant, ticked
from guichet.journeys.conditions import Reponses

RECENT = {
    "ass": Nature.ASS,
    "ij": Nature.INDEMNITES_JOURNALIERES,
    "ij_maternite": Nature.INDEMNITES_MATERNITE,
    "formation": Nature.FORMATION,
}
"""Incomes that are supposed to have begun with the trimestre; the next ones are supposed to last."""
LASTING = {
    "invalidite": Nature.INVALIDITE,
    "pension_alimentaire": Nature.PENSION_ALIMENTAIRE_RECUE,
    "loyers": Nature.REVENUS_FONCIERS,
    "placements": Nature.REVENUS_DU_CAPITAL,
}

_YEARLY = {"chomage_annuel": Nature.CHOMAGE, "retraite_annuelle": Nature.RETRAITE}
_YEARLY_OF_FOYER = {
    "pension_annuelle_recue": Nature.PENSION_ALIMENTAIRE_RECUE,
    "pension_annuelle_versee": Nature.PENSION_ALIMENTAIRE_VERSEE,
}


def ressources(reponses: Reponses, prefix: str, mois: Mois) -> tuple[Ressource, ...]:
    """Those of the claimant (`prefix` empty) or of the partner (`conjoint_`)."""
    return (*earned_ressources(reponses, prefix, mois), *other_ressources(reponses, prefix, mois))


def earned_ressources(reponses: Reponses, prefix: str, mois: Mois) -> tuple[Ressource, ...]:
    """What work brings, and what replaces it: what depends on the incomes that a curve may follow (`REVENUS`)."""
    all_of_them = [*_from_work(reponses, prefix, mois), *_in_place_of_work(reponses, prefix, mois)]
    return _that_count([*all_of_them, *_of_trimestre(reponses, prefix, mois)])


def other_ressources(reponses: Reponses, prefix: str, mois: Mois) -> tuple[Ressource, ...]:
    all_of_them = [*_monthly(reponses, prefix, mois)]
    if not prefix:
        all_of_them += _of_foyer(reponses, mois)
    if ticked(reponses, f"{prefix}aah"):
        # Its amount is not asked where the law looks only at whether it is paid this month.
        all_of_them.append(Ressource(Nature.AAH, read_montant(reponses.get(f"{prefix}aah", ZERO)), mois - 4, mois - 1))
    return _that_count(all_of_them)


def _that_count(all_of_them: list[Ressource]) -> tuple[Ressource, ...]:
    """Unpaid unemployment has an amount of zero: its beginning is what the law reads."""
    return tuple([r for r in all_of_them if r.mensuel or r.nature is Nature.CHOMAGE])


def _from_work(reponses: Reponses, prefix: str, mois: Mois) -> Iterator[Ressource]:
    """The earnings of the months that count; then those of today, which say whether work goes on.

    The last five months are those that the RSA and the AAH look at.
    """
    employed = reponses.get(f"{prefix}activite") in ("salarie", "apprenti", "etudiant")
    employed |= ticked(reponses, f"{prefix}salaires", "revenus")
    if f"{prefix}benefice" in reponses:
        # The RSA looks at the profit of last year and of this one: supposed to be the same.
        monthly = read_montant(reponses[f"{prefix}benefice"]) / 12
        yield Ressource(Nature.INDEPENDANT, monthly, first_month_read(mois), mois)
    if f"{prefix}revenus_annuels" in reponses:
        yearly = reponses[f"{prefix}revenus_annuels"]
        yield Ressource(Nature.SALAIRE, read_montant(yearly) / 12, first_month_read(mois), Mois(reference_year(mois), 12))
        if employed:
            current = reponses.get(f"{prefix}salaire_actuel")
            yield Ressource(
                Nature.SALAIRE, read_montant(yearly) / 12 if current is None else read_montant(current), mois - 4, mois
            )
    if f"{prefix}revenus_mensuels" in reponses:
        monthly = read_montant(reponses[f"{prefix}revenus_mensuels"])
        du, au = reference_months(mois)
        end = mois if employed else _last_worked(reponses, prefix, du, au)
        # The mean of twelve months; who stopped during them earned it all before.
        mean = monthly * 12 / (end.months_since(du) + 1) if end < au else monthly
        yield Ressource(Nature.SALAIRE, mean, _first_supposed_alike(mois), end)


def _first_supposed_alike(mois: Mois) -> Mois:
    """The prime d'activité counts the housing aid of the four months before, which looks further back than `mois` does."""
    before = mois - 4
    return first_month_read(mois) if before < LOGEMENT_QUARTERLY_FROM else reference_months(before)[0]


def _last_worked(reponses: Reponses, prefix: str, du: Mois, au: Mois) -> Mois:
    """The last month of wages of who is unemployed or retired, from `du` to `au`: told to end before, they did not."""
    stops = (reponses.get(f"{prefix}{name}") for name in ("depuis", "retraite_depuis"))
    last = min((Mois.of(read_day(day) - timedelta(days=1)) for day in stops if day is not None), default=au)
    return last if du <= last < au else au


def _of_trimestre(reponses: Reponses, prefix: str, mois: Mois) -> Iterator[Ressource]:
    """Wages of the three months of the RSA, month by month; before, their mean; since, the last one.

    One that has stopped is given until last month: nothing in the month of the right tells the law that it is lost.
    """
    if f"{prefix}salaire_stable" not in reponses:
        return
    du, _, au = months_of_trimestre(mois)
    received = _of_three_months(reponses, f"{prefix}salaire")
    goes_on = bool(reponses.get(f"{prefix}salaire_continue", True))
    yield Ressource(Nature.SALAIRE, sum(received, ZERO) / 3, first_month_read(mois), du - 1)
    for rank, amount in enumerate(received):
        yield Ressource(Nature.SALAIRE, amount, du + rank, du + rank)
    end = mois if goes_on else mois - 1
    if end > au:
        yield Ressource(Nature.SALAIRE, received[-1], au + 1, end)


def _of_three_months(reponses: Reponses, name: str) -> list[Euros]:
    """The amounts asked month by month, or the one that is the same each month."""
    return [read_montant(reponses[name if name in reponses else f"{name}_{rank}"]) for rank in (1, 2, 3)]


def _monthly(reponses: Reponses, prefix: str, mois: Mois) -> Iterator[Ressource]:
    """What is received each month; unemployment benefit that has ended is asked month by month."""
    du = months_of_trimestre(mois)[0]
    for start, natures in ((du, RECENT), (first_month_read(mois), LASTING)):
        for name, nature in natures.items():
            if f"{prefix}{name}" in reponses:
                yield Ressource(nature, read_montant(reponses[f"{prefix}{name}"]), start, mois)
    if f"{prefix}chomage_1" in reponses:
        for rank, amount in enumerate(_of_three_months(reponses, f"{prefix}chomage")):
            if amount:
                yield Ressource(Nature.CHOMAGE, amount, du + rank, du + rank)


def _in_place_of_work(reponses: Reponses, prefix: str, mois: Mois) -> Iterator[Ressource]:
    """What replaces earnings: unemployment benefit, now or in the months that count, and the pension."""
    if f"{prefix}depuis" in reponses:
        indemnite = read_montant(reponses.get(f"{prefix}indemnite", ZERO))
        yield Ressource(Nature.CHOMAGE, indemnite, Mois.of(read_day(reponses[f"{prefix}depuis"])), mois)
    if f"{prefix}retraite_depuis" in reponses:
        start = Mois.of(read_day(reponses[f"{prefix}retraite_depuis"]))
        yield Ressource(Nature.RETRAITE, read_montant(reponses[f"{prefix}pension"]), start, mois)
    if ticked(reponses, f"{prefix}chomage_passe"):
        yield _spread(Nature.CHOMAGE, reponses[f"{prefix}chomage_passe"], reference_months(mois)[0])
    yield from _of_reference_year(reponses, mois, {f"{prefix}{name}": nature for name, nature in _YEARLY.items()})


def _of_reference_year(reponses: Reponses, mois: Mois, natures: Mapping[str, Nature]) -> Iterator[Ressource]:
    """The incomes of the year N-2 that family benefits ask for, beside those from work."""
    for name, nature in natures.items():
        if name in reponses:
            yield _spread(nature, reponses[name], Mois(reference_year(mois), 1))


def _of_foyer(reponses: Reponses, mois: Mois) -> Iterator[Ressource]:
    """What is asked of the household: the claimant is supposed to have it."""
    if ticked(reponses, "rsa"):
        yield Ressource(Nature.RSA, read_montant(reponses["rsa"]), mois - 1, mois - 1)
    january = Mois(year_of_pensions(mois), 1)
    if ticked(reponses, "pension_recue"):
        yield _spread(Nature.PENSION_ALIMENTAIRE_RECUE, reponses["pension_recue"], january)
    if ticked(reponses, "pension_versee"):
        yield _spread(Nature.PENSION_ALIMENTAIRE_VERSEE, reponses["pension_versee"], january)
    yield from _of_reference_year(reponses, mois, _YEARLY_OF_FOYER)


def _spread(nature: Nature, total: object, du: Mois) -> Ressource:
    """An amount of twelve months. Not rounded: twelve twelfths make it again."""
    return Ressource(nature, read_montant(total) / 12, du, du + 11)

"""The incomes of a person, each in the months in which the answers put it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guichet.domain.foyer import Nature, Ressource
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.journeys.answers import coche, jour, montant
from guichet.journeys.conditions import Reponses
from guichet.journeys.periodes import (
    annee_de_reference,
    annee_des_pensions,
    mois_de_reference,
    premier_mois_lu,
    trimestre,
)

RECENTES = {
    "ass": Nature.ASS,
    "ij": Nature.INDEMNITES_JOURNALIERES,
    "ij_maternite": Nature.INDEMNITES_MATERNITE,
    "formation": Nature.FORMATION,
}
"""Incomes that are supposed to have begun with the trimestre; the next ones are supposed to last."""
DURABLES = {
    "invalidite": Nature.INVALIDITE,
    "pension_alimentaire": Nature.PENSION_ALIMENTAIRE_RECUE,
    "loyers": Nature.REVENUS_FONCIERS,
    "placements": Nature.REVENUS_DU_CAPITAL,
}

_ANNUELLES = {"chomage_annuel": Nature.CHOMAGE, "retraite_annuelle": Nature.RETRAITE}
_ANNUELLES_DU_FOYER = {
    "pension_annuelle_recue": Nature.PENSION_ALIMENTAIRE_RECUE,
    "pension_annuelle_versee": Nature.PENSION_ALIMENTAIRE_VERSEE,
}


def ressources(reponses: Reponses, prefixe: str, mois: Mois) -> tuple[Ressource, ...]:
    """Those of the claimant (`prefixe` empty) or of the partner (`conjoint_`)."""
    return (*gagnees(reponses, prefixe, mois), *autres(reponses, prefixe, mois))


def gagnees(reponses: Reponses, prefixe: str, mois: Mois) -> tuple[Ressource, ...]:
    """What work brings, and what replaces it: what depends on the incomes that a curve may follow (`REVENUS`)."""
    toutes = [*_du_travail(reponses, prefixe, mois), *_de_remplacement(reponses, prefixe, mois)]
    return _lues([*toutes, *_du_trimestre(reponses, prefixe, mois)])


def autres(reponses: Reponses, prefixe: str, mois: Mois) -> tuple[Ressource, ...]:
    toutes = [*_mensuelles(reponses, prefixe, mois)]
    if not prefixe:
        toutes += _du_foyer(reponses, mois)
    if coche(reponses, f"{prefixe}aah"):
        # Its amount is not asked where the law looks only at whether it is paid this month.
        toutes.append(Ressource(Nature.AAH, montant(reponses.get(f"{prefixe}aah", ZERO)), mois - 4, mois - 1))
    return _lues(toutes)


def _lues(toutes: list[Ressource]) -> tuple[Ressource, ...]:
    """Unpaid unemployment has an amount of zero: its beginning is what the law reads."""
    return tuple([r for r in toutes if r.mensuel or r.nature is Nature.CHOMAGE])


def _du_travail(reponses: Reponses, prefixe: str, mois: Mois) -> Iterator[Ressource]:
    """The earnings of the months that count; then those of today, which say whether work goes on.

    The last five months are those that the RSA and the AAH look at.
    """
    en_emploi = reponses.get(f"{prefixe}activite") in ("salarie", "apprenti", "etudiant")
    en_emploi |= coche(reponses, f"{prefixe}salaires", "revenus")
    if f"{prefixe}benefice" in reponses:
        # The RSA looks at the profit of last year and of this one: supposed to be the same.
        mensuel = montant(reponses[f"{prefixe}benefice"]) / 12
        yield Ressource(Nature.INDEPENDANT, mensuel, Mois(annee_de_reference(mois), 1), mois)
    if f"{prefixe}revenus_annuels" in reponses:
        annuel = reponses[f"{prefixe}revenus_annuels"]
        yield _reparti(Nature.SALAIRE, annuel, Mois(annee_de_reference(mois), 1))
        if en_emploi:
            actuel = reponses.get(f"{prefixe}salaire_actuel")
            yield Ressource(Nature.SALAIRE, montant(annuel) / 12 if actuel is None else montant(actuel), mois - 4, mois)
    if f"{prefixe}revenus_mensuels" in reponses:
        du, au = mois_de_reference(mois)
        yield Ressource(Nature.SALAIRE, montant(reponses[f"{prefixe}revenus_mensuels"]), du, mois if en_emploi else au)


def _du_trimestre(reponses: Reponses, prefixe: str, mois: Mois) -> Iterator[Ressource]:
    """Wages of the three months of the RSA, month by month; before, their mean; since, the last one.

    One that has stopped is given until last month: nothing in the month of the right tells the law that it is lost.
    """
    if f"{prefixe}salaire_stable" not in reponses:
        return
    du, _, au = trimestre(mois)
    recus = _des_trois_mois(reponses, f"{prefixe}salaire")
    continue_ = bool(reponses.get(f"{prefixe}salaire_continue", True))
    yield Ressource(Nature.SALAIRE, sum(recus, ZERO) / 3, premier_mois_lu(mois), du - 1)
    for rang, recu in enumerate(recus):
        yield Ressource(Nature.SALAIRE, recu, du + rang, du + rang)
    fin = mois if continue_ else mois - 1
    if fin > au:
        yield Ressource(Nature.SALAIRE, recus[-1], au + 1, fin)


def _des_trois_mois(reponses: Reponses, nom: str) -> list[Euros]:
    """The amounts asked month by month, or the one that is the same each month."""
    return [montant(reponses[nom if nom in reponses else f"{nom}_{rang}"]) for rang in (1, 2, 3)]


def _mensuelles(reponses: Reponses, prefixe: str, mois: Mois) -> Iterator[Ressource]:
    """What is received each month; unemployment benefit that has ended is asked month by month."""
    du = trimestre(mois)[0]
    for debut, natures in ((du, RECENTES), (premier_mois_lu(mois), DURABLES)):
        for nom, nature in natures.items():
            if f"{prefixe}{nom}" in reponses:
                yield Ressource(nature, montant(reponses[f"{prefixe}{nom}"]), debut, mois)
    if f"{prefixe}chomage_1" in reponses:
        for rang, recu in enumerate(_des_trois_mois(reponses, f"{prefixe}chomage")):
            if recu:
                yield Ressource(Nature.CHOMAGE, recu, du + rang, du + rang)


def _de_remplacement(reponses: Reponses, prefixe: str, mois: Mois) -> Iterator[Ressource]:
    """What replaces earnings: unemployment benefit, now or in the months that count, and the pension."""
    if f"{prefixe}depuis" in reponses:
        indemnite = montant(reponses.get(f"{prefixe}indemnite", ZERO))
        yield Ressource(Nature.CHOMAGE, indemnite, Mois.de(jour(reponses[f"{prefixe}depuis"])), mois)
    if f"{prefixe}retraite_depuis" in reponses:
        debut = Mois.de(jour(reponses[f"{prefixe}retraite_depuis"]))
        yield Ressource(Nature.RETRAITE, montant(reponses[f"{prefixe}pension"]), debut, mois)
    if coche(reponses, f"{prefixe}chomage_passe"):
        yield _reparti(Nature.CHOMAGE, reponses[f"{prefixe}chomage_passe"], mois_de_reference(mois)[0])
    yield from _de_l_annee(reponses, mois, {f"{prefixe}{nom}": nature for nom, nature in _ANNUELLES.items()})


def _de_l_annee(reponses: Reponses, mois: Mois, natures: Mapping[str, Nature]) -> Iterator[Ressource]:
    """The incomes of the year N-2 that family benefits ask for, beside those from work."""
    for nom, nature in natures.items():
        if nom in reponses:
            yield _reparti(nature, reponses[nom], Mois(annee_de_reference(mois), 1))


def _du_foyer(reponses: Reponses, mois: Mois) -> Iterator[Ressource]:
    """What is asked of the household: the claimant is supposed to have it."""
    if coche(reponses, "rsa"):
        yield Ressource(Nature.RSA, montant(reponses["rsa"]), mois - 1, mois - 1)
    janvier = Mois(annee_des_pensions(mois), 1)
    if coche(reponses, "pension_recue"):
        yield _reparti(Nature.PENSION_ALIMENTAIRE_RECUE, reponses["pension_recue"], janvier)
    if coche(reponses, "pension_versee"):
        yield _reparti(Nature.PENSION_ALIMENTAIRE_VERSEE, reponses["pension_versee"], janvier)
    yield from _de_l_annee(reponses, mois, _ANNUELLES_DU_FOYER)


def _reparti(nature: Nature, total: object, du: Mois) -> Ressource:
    """An amount of twelve months. Not rounded: twelve twelfths make it again."""
    return Ressource(nature, montant(total) / 12, du, du + 11)

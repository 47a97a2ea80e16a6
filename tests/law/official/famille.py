"""AF, CF, ASF, ARS, AAH and the BMAF: the household whose amount each published figure is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lecture import premier

from guichet.domain.vocabulaire import Mois
from guichet.law.reference import whole_system

NETTES = {"af": "af_nettes_crds", "cf": "cf_net_crds", "asf": "asf_nette_crds", "ars": "ars_nette_crds"}


def calcule(variable: str, mois: Mois, naissances=(), ressources=0.0, *, parents=2, parent=None, commune="75056"):
    """`variable` for a family at `mois`: `naissances` are ISO dates, `ressources` those of year N-2, euros.

    `parent` completes the first parent. A variable of a person is that of the first parent.
    """
    adultes = [f"parent{rank}" for rank in range(parents)]
    enfants = [f"enfant{rank}" for rank in range(len(naissances))]
    individus: dict[str, Any] = {nom: {"date_naissance": "1980-05-05"} for nom in adultes}
    individus["parent0"] |= parent or {}
    individus |= {nom: {"date_naissance": jour} for nom, jour in zip(enfants, naissances, strict=True)}
    mois_lus = [str(mois - ecart) for ecart in range(24)]
    annee = {str(Mois(mois.annee, numero)): ressources for numero in range(1, 13)}
    famille = {"prestations_familiales_base_ressources": annee, "cf_base_ressources": annee}
    membres = {"personne_de_reference": adultes[:1], "conjoint": adultes[1:], "enfants": enfants}
    situation = {
        "individus": individus,
        "familles": {"f": {"parents": adultes, "enfants": enfants, **famille}},
        "menages": {"m": {**membres, "depcom": dict.fromkeys(mois_lus, commune)}},
        "foyers_fiscaux": {"t": {"declarants": adultes, "personnes_a_charge": enfants}},
    }
    periode = mois.annee if whole_system().variables[variable].definition_period == "year" else mois
    return round(premier(variable, situation, mois, periode), 2)


def nes_il_y_a(mois: Mois, *ages: int) -> list[str]:
    """Birth dates of children who are `ages` years and a half old at `mois`."""
    return [(mois - (12 * age + 6)).first_day.isoformat() for age in ages]


def _publie(*ages: int, **foyer) -> Callable[[dict[str, Any]], float]:
    """The benefit of the entry, net or gross as published, for a family with children of these ages."""

    def mesure(entree):
        mois = Mois.parse(entree["from"])
        brut = entree["gross_or_net_crds"] == "gross"
        variable = entree["benefit"] if brut else NETTES[entree["benefit"]]
        return calcule(variable, mois, nes_il_y_a(mois, *ages), **foyer)

    return mesure


def _bmaf(entree):
    familiales = whole_system().parameters(entree["from"]).prestations_sociales.prestations_familiales
    return float(familiales.bmaf.bmaf)


def _aah(entree):
    return calcule("aah", Mois.parse(entree["from"]), parents=1, parent={"taux_incapacite": 0.85})


def _plafond_du_couple(entree):
    mois = Mois.parse(entree["from"])
    seul, couple = (
        calcule("aah_plafond_retenu", mois, parents=parents, parent={"taux_incapacite": 0.85}) for parents in (1, 2)
    )
    return couple / seul


def _majoration(*naissances):
    """What the age of the second of two children adds: the difference from a pair without majoration, net."""

    def mesure(entree):
        mois = Mois.parse(entree["from"])
        jeunes = nes_il_y_a(mois, 5, 6)
        return round(calcule("af_nettes_crds", mois, naissances) - calcule("af_nettes_crds", mois, jeunes), 2)

    return mesure


def _majoration_par_tranche(_: dict) -> list[float]:
    mois = Mois(2026, 3)
    de_14_ans = ["2008-05-10", "2011-12-10"]
    jeunes = nes_il_y_a(mois, 5, 6)
    return [
        calcule("af_nettes_crds", mois, de_14_ans, ressources) - calcule("af_nettes_crds", mois, jeunes, ressources)
        for ressources in (20000, 90000, 150000)
    ]


def _ars_2025(_: dict) -> list[float]:
    rentree = Mois(2025, 8)
    return [calcule("ars_versee", rentree, nes_il_y_a(rentree, age), 28444) for age in (8, 12, 16)]


def _plafonds_af(_: dict) -> list[float]:
    mois = Mois(2026, 1)
    return [
        calcule(plafond, mois, nes_il_y_a(mois, *range(3, 3 + enfants)))
        for plafond in ("af_plafond_1", "af_plafond_2")
        for enfants in (3, 4)
    ]


def _plafonds_ars(_: dict) -> list[float]:
    mois = Mois(2026, 8)
    return [calcule("ars_plafond", mois, nes_il_y_a(mois, *range(6, 6 + enfants))) for enfants in (1, 2, 3, 4)]


MESURES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "Base mensuelle de calcul des allocations familiales": _bmaf,
    "Montant maximal AAH, personne seule": _aah,
    "plafond couple = 1,81 × plafond personne seule (avant déconjugalisation 2023-10)": _plafond_du_couple,
    "AF 2 enfants, tranche 1 / taux plein": _publie(4, 8),
    "AF 3 enfants": _publie(4, 6, 8),
    "AF 4 enfants": _publie(4, 6, 8, 9),
    "majoration 14 ans et + (né après 1997-05)": _majoration("1996-01-10", "1997-06-10"),
    "majoration 11-16 ans (né avant 1997-05)": _majoration("1995-01-10", "1996-06-10"),
    "AF 2 enfants tranche 2": _publie(4, 8, ressources=75000),
    "AF 2 enfants tranche 3": _publie(4, 8, ressources=150000),
    "ASF par enfant, un parent défaillant": _publie(8, parents=1),
    "Complément familial, montant base": _publie(4, 6, 8, ressources=30000),
    "Complément familial, montant majoré": _publie(4, 6, 8, ressources=10000),
    "ARS 6-10 ans": _publie(8),
    "ARS 11-14 ans": _publie(12),
    "ARS 15-18 ans": _publie(16),
    "plafond ARS 1 enfant (ressources N-2)": lambda entree: calcule(
        "ars_plafond", Mois.parse(entree["from"]), nes_il_y_a(Mois.parse(entree["from"]), 8)
    ),
    "af-2026-01": lambda _: calcule("af_nettes_crds", Mois(2026, 1), nes_il_y_a(Mois(2026, 1), 4, 8), 79980),
    "af-2026-02": lambda _: calcule("af_nettes_crds", Mois(2026, 1), nes_il_y_a(Mois(2026, 1), 4, 8), 90000),
    "af-2026-04": _plafonds_af,
    "af-2025-01": lambda _: calcule("af_nettes_crds", Mois(2025, 4), nes_il_y_a(Mois(2025, 4), 4, 6, 8)),
    "af-maj-01": _majoration_par_tranche,
    "ars-2025-01": _ars_2025,
    "ars-2026-01": _plafonds_ars,
    "cf-2025-01": lambda _: calcule("cf_net_crds", Mois(2025, 4), nes_il_y_a(Mois(2025, 4), 4, 6, 8), 10000),
}

ARGUED: dict[str, str] = {
    "asf-diff-01": (
        "The source takes the alimony away from the net amount (195.85 - 125 = 70.85); the CRDS bears on what is paid: "
        "196.84 - 125 = 71.84, less 0.35, is 71.49."
    ),
    "ASF par enfant, un parent défaillant (2015-04)": (
        "Circulaire DSS/SD2B/2015/92 of 31 March 2015 gives 100.58 gross, so 100.08 net; the newspaper's 99.75 is the "
        "expected figure of before the circular."
    ),
    "Complément familial, montant majoré (2015-04)": (
        "Circulaire DSS/SD2B/2015/92 of 31 March 2015 gives 203.06 gross, so 202.05 net; the newspaper prints 203.50."
    ),
    "ARS 15-18 ans (2017-08)": (
        "97.95 % of 407.84 is 399.48, less 1.99 of CRDS, 397.49; the page misses it by three cents and meets the two "
        "other ages to the cent."
    ),
    "aah-2024-01": (
        "The source abates 30 % of the wage by 80 %; the article (D821-9) says the part of the wage under 30 % of the "
        "minimum wage, which leaves 858 €."
    ),
}

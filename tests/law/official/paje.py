"""PAJE: the household whose amount each published figure is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lecture import premier

from guichet.domain.vocabulaire import Mois

NETTES = {
    "paje_base": "paje_base_nette_crds",
    "paje_naissance": "paje_prime_nette_crds",
    "paje_clca": "paje_clca_nette_crds",
    "paje_prepare": "paje_prepare_nette_crds",
    "paje_cmg": "paje_cmg_nette_crds",
}


def _mesure(mois, variable, naissances, ressources=1000.0, parents=2, **famille):
    """The amount of `variable` for a family at `mois`; `naissances` are months from `mois`, one for each child."""
    noms = [f"parent{rank}" for rank in range(parents)]
    enfants = [f"enfant{rank}" for rank in range(len(naissances))]
    individus: dict[str, Any] = {nom: {"date_naissance": "1985-05-05"} for nom in noms}
    for nom, ecart in zip(enfants, naissances, strict=True):
        individus[nom] = {"date_naissance": (mois + ecart).first_day.replace(day=10).isoformat()}
    situation = {
        "individus": individus,
        "familles": {
            "f": {"parents": noms, "enfants": enfants, "prestations_familiales_base_ressources": ressources, **famille}
        },
        "menages": {"m": {"personne_de_reference": noms[:1], "conjoint": noms[1:], "enfants": enfants}},
        "foyers_fiscaux": {"ff": {"declarants": noms, "personnes_a_charge": enfants}},
    }
    return premier(variable, situation, mois)


def _publie(naissances, decalage=0, **famille) -> Callable[[dict[str, Any]], float]:
    """The benefit of the entry, net or gross as published, `decalage` months after the entry's date."""

    def mesure(entree):
        brut = entree["gross_or_net_crds"] == "gross"
        variable = entree["benefit"] if brut else NETTES[entree["benefit"]]
        return _mesure(Mois.parse(entree["from"]) + decalage, variable, naissances, **famille)

    return mesure


def _plafond(entree):
    mois = Mois.parse(entree["from"])
    biactif = "2 revenus" in entree["definition"]
    naissance = -2
    return _mesure(mois, "paje_base_plafond", [naissance], parents=1 if biactif else 2)


def _partiel(naissances):
    """Resources between the two ceilings of a family with one earner and one child."""

    def mesure(entree):
        mois = Mois.parse(entree["from"])
        plafond = _mesure(mois, "paje_base_plafond", naissances)
        return _mesure(mois, "paje_base_nette_crds", naissances, ressources=plafond)

    return mesure


def _parametre_horaire(variable):
    def mesure(entree):
        return _mesure(Mois.parse(entree["from"]), variable, [-8], ressources=1e6, empl_dir=True)

    return mesure


DEUX_ENFANTS = [-40, -8]
SANS_AB = {"ressources": 1e6}

MESURES: dict[str, Callable[[dict[str, Any]], float]] = {
    "AB taux plein": _publie([-8]),
    "AB taux partiel (né après 2014-04)": lambda entree: _mesure(
        Mois(2014, 6), "paje_base_nette_crds", [-1], ressources=33000
    ),
    "AB taux plein (né après 2018-04)": lambda entree: _mesure(Mois(2018, 6), "paje_base_nette_crds", [-1]),
    "AB taux partiel (né après 2018-04)": lambda entree: _mesure(
        Mois(2018, 6), "paje_base_nette_crds", [-1], ressources=31000
    ),
    "AB taux plein (né avant 2018-04, gelé)": _publie([-8]),
    "AB taux partiel": _partiel([-8]),
    # 2018: due the month after the birth. 2024 and 2025: the amount of the month before the seventh of pregnancy.
    "Prime à la naissance, par enfant": lambda entree: (
        _publie([-1], 2)(entree) if entree["from"] < "2021-04" else _publie([2], 2)(entree)
    ),
    "plafond AB/prime naissance 1 enfant, couple 1 revenu (born before 2014-04-01)": lambda entree: _mesure(
        Mois.parse(entree["from"]), "paje_base_plafond", [-20]
    ),
    "plafond 1 enfant, couple 2 revenus ou parent isolé (born before 2014-04-01)": lambda entree: _mesure(
        Mois.parse(entree["from"]), "paje_base_plafond", [-20], parents=1
    ),
    "plafond AB/prime naissance 1 enfant, couple 1 revenu (all)": _plafond,
    "plafond 1 enfant, couple 2 revenus ou parent isolé (all)": _plafond,
    "plafond AB/prime naissance 1 enfant, couple 1 revenu (born from 2018-04-01)": _plafond,
    "plafond 1 enfant, couple 2 revenus ou parent isolé (born from 2018-04-01)": _plafond,
    "CLCA taux plein sans AB": _publie(DEUX_ENFANTS, inactif=True, **SANS_AB),
    "CLCA ≤50 % sans AB": _publie(DEUX_ENFANTS, partiel1=True, **SANS_AB),
    "CLCA 50-80 % sans AB": _publie(DEUX_ENFANTS, partiel2=True, **SANS_AB),
    "PreParE cessation totale": _publie(DEUX_ENFANTS, inactif=True),
    "PreParE ≤50 %": _publie(DEUX_ENFANTS, partiel1=True),
    "PreParE 50-80 %": _publie(DEUX_ENFANTS, partiel2=True),
    "coût horaire de référence (réforme)": _parametre_horaire("paje_cmg_cout_horaire_reference"),
    "plafond revenu mensuel": _parametre_horaire("paje_cmg_ressources_mensuelles"),
    "cmg-gh-01": lambda entree: _mesure(
        Mois(2025, 9),
        "paje_cmg_nette_crds",
        [-8],
        ressources=24000,
        empl_dir=True,
        cmg_heures_mensuelles=160,
        cmg_cout_mensuel=776,
    ),
    "cmg-struct-01": lambda entree: _mesure(
        Mois(2026, 4), "paje_cmg_nette_crds", [-12], ressources=18000, gar_dom=True, cmg_cout_mensuel=2000
    ),
    "pn-2026-01": lambda entree: _mesure(Mois(2026, 2), "paje_prime_nette_crds", [2]),
    "pn-2025-01": lambda entree: _mesure(Mois(2025, 6), "paje_naissance", [2]),
    "paje-plaf-01": lambda entree: [_mesure(Mois(2026, 1), "paje_base_plafond", [-2] + [-60] * n) for n in range(2)],
    "paje-plaf-03": lambda entree: [
        [_mesure(Mois(2025, 1), "paje_base_plafond", [-2] + [-60] * n, parents=parents) for n in range(3)]
        for parents in (1, 2)
    ],
}

ARGUED: dict[str, str] = {
    "CMG emploi direct assistante maternelle, tranche 1, enfant < 3 ans (volet rémunération)": (
        "The page (January 2020) quotes the amount of April 2018 to March 2019: 114.04 % of 411.92 less CRDS is "
        "467.41; with the base of April 2019 (413.16) it is 468.82."
    ),
    "idem enfant 3-6 ans": "Half of the same stale figure (see the entry for a child under three).",
}

"""Households that buy or live in a foyer, for the tests of their housing aid."""

from __future__ import annotations

from lecture import simulation

from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes.aide_logement import FICHE
from guichet.law.explain import SimulationReading, explain


def household(mois, adultes=1, enfants=0, ressources=None, **logement):
    """A situation: one family, in its dwelling. `ressources` are those retained by the law, a year."""
    annee = Mois.parse(mois).annee
    adults = [f"adulte{rank}" for rank in range(adultes)]
    children = [f"enfant{rank}" for rank in range(enfants)]
    individus = {nom: {"date_naissance": f"{annee - 35}-01-01"} for nom in adults}
    individus |= {nom: {"date_naissance": f"{annee - 8}-01-01"} for nom in children}
    famille = {"parents": adults, "enfants": children}
    if ressources is not None:
        famille["aide_logement_base_ressources"] = {mois: ressources}
    return {
        "individus": individus,
        "familles": {"f": famille},
        "foyers_fiscaux": {"ff": {"declarants": adults, "personnes_a_charge": children}},
        "menages": {"m": {"personne_de_reference": adults[0], "conjoint": adults[1:], "enfants": children, **logement}},
    }


def purchase(mois, pret, conventionne=False, **others):
    """A buyer's household; `pret` is the date of the loan."""
    logement = {"statut_occupation_logement": "primo_accedant", "zone_apl": "zone_2", "loyer": 600}
    if conventionne:
        logement |= {"aide_logement_date_pret_conventionne": pret, "aide_logement_est_pret_conventionne": True}
    elif pret:
        logement["aide_logement_date_pret"] = pret
    return household(mois, **(logement | others))


def value_of(situation, variable, mois):
    return round(float(simulation(situation, Mois.parse(mois)).calculate(variable, mois)[0]), 2)


def add(situation, one, rank):
    """Add the one-family situation `one` to `situation`, under names of its own."""
    for entity, members in one.items():
        for nom, content in members.items():
            renamed = {
                key: [f"{m}_{rank}" for m in value] if isinstance(value, list) else value for key, value in content.items()
            }
            if "personne_de_reference" in renamed:
                renamed["personne_de_reference"] += f"_{rank}"
            situation[entity][f"{nom}_{rank}"] = renamed


def check(situation, mois):
    simulated = simulation(situation, Mois.parse(mois))
    droits = explain(SimulationReading(simulated, Mois.parse(mois)), FICHE)
    paid = [droit for droit in droits if droit.montant]
    assert len(paid) > len(droits) / 20
    for droit in droits:
        if droit.montant:
            assert droit.decompte.total == droit.montant
            assert all("_" not in ligne.libelle for ligne in droit.decompte.lignes)
        else:
            assert droit.refus or droit.doutes

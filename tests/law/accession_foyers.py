"""Households that buy or live in a foyer, for the tests of their housing aid."""

from __future__ import annotations

from lecture import simulation

from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes.aide_logement import FICHE
from guichet.law.explain import SimulationReading, explain


def menage_de(mois, adultes=1, enfants=0, ressources=None, **logement):
    """A situation: one family, in its dwelling. `ressources` are those retained by the law, a year."""
    an = int(mois[:4])
    grands = [f"adulte{rang}" for rang in range(adultes)]
    petits = [f"enfant{rang}" for rang in range(enfants)]
    individus = {nom: {"date_naissance": f"{an - 35}-01-01"} for nom in grands}
    individus |= {nom: {"date_naissance": f"{an - 8}-01-01"} for nom in petits}
    famille = {"parents": grands, "enfants": petits}
    if ressources is not None:
        famille["aide_logement_base_ressources"] = {mois: ressources}
    return {
        "individus": individus,
        "familles": {"f": famille},
        "foyers_fiscaux": {"ff": {"declarants": grands, "personnes_a_charge": petits}},
        "menages": {"m": {"personne_de_reference": grands[0], "conjoint": grands[1:], "enfants": petits, **logement}},
    }


def achat(mois, pret, conventionne=False, **autres):
    """A buyer's household; `pret` is the date of the loan."""
    logement = {"statut_occupation_logement": "primo_accedant", "zone_apl": "zone_2", "loyer": 600}
    if conventionne:
        logement |= {"aide_logement_date_pret_conventionne": pret, "aide_logement_est_pret_conventionne": True}
    elif pret:
        logement["aide_logement_date_pret"] = pret
    return menage_de(mois, **(logement | autres))


def calcul(situation, variable, mois):
    return round(float(simulation(situation, Mois.parse(mois)).calculate(variable, mois)[0]), 2)


def ajoute(situation, un, rang):
    """Add the one-family situation `un` to `situation`, under names of its own."""
    for entite, membres in un.items():
        for nom, contenu in membres.items():
            renomme = {
                cle: [f"{m}_{rang}" for m in valeur] if isinstance(valeur, list) else valeur
                for cle, valeur in contenu.items()
            }
            if "personne_de_reference" in renomme:
                renomme["personne_de_reference"] += f"_{rang}"
            situation[entite][f"{nom}_{rang}"] = renomme


def verifie(situation, mois):
    simulee = simulation(situation, Mois.parse(mois))
    droits = explain(SimulationReading(simulee, Mois.parse(mois)), FICHE)
    payes = [droit for droit in droits if droit.montant]
    assert len(payes) > len(droits) / 20
    for droit in droits:
        if droit.montant:
            assert droit.decompte.total == droit.montant
            assert all("_" not in ligne.libelle for ligne in droit.decompte.lignes)
        elif droit.montant is not None:
            assert droit.refus

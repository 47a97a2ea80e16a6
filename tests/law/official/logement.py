"""Published amounts of the housing aid, each measured on a household."""

from lecture import premier
from logement_foyers import situation

from guichet.domain.vocabulaire import Mois


def _lit(variable, entree, **foyer):
    mois = entree["from"]
    return round(premier(variable, situation(mois, **foyer), Mois.parse(mois)), 2)


def _plafond(**foyer):
    return lambda entree: _lit("aide_logement_loyer_plafond", entree, **foyer)


def _par_personne(zone):
    def mesure(entree):
        deux, une = (_lit("aide_logement_loyer_plafond", entree, zone=zone, enfants=e) for e in ((5, 8), (5,)))
        return round(deux - une, 2)

    return mesure


def _participation_minimale(entree):
    return _lit("aide_logement_participation_minimale", entree, loyer=50)


def _etudiant(boursier):
    def mesure(entree):
        etudes = {"etudiant": {entree["from"]: True}, "boursier": {entree["from"]: boursier}}
        return _lit("aide_logement_base_ressources", entree, age=20, individu=etudes)

    return mesure


def _seuil(entree):
    return _lit("aide_logement_seuil_versement", entree)


def _maximum(zone, **foyer):
    """The aid without resources and a rent above the ceiling: gross, net of CRDS, and what is paid."""

    def mesure(entree):
        brute, crds, versee = (
            _lit(variable, entree, zone=f"zone_{zone}", **foyer)
            for variable in ("aide_logement_montant_brut", "crds_logement", "aide_logement")
        )
        return [brute, round(brute + crds, 2), versee]

    return mesure


MESURES = {
    **{f"al-max-{annee}-z{zone}": _maximum(zone) for annee in (2025, 2026) for zone in (1, 2, 3)},
    "al-max-2026-2pac-z2": _maximum(2, enfants=(5, 8)),
    **{
        f"plafond de loyer zone {zone}, {qui}": _plafond(zone=f"zone_{zone}", **foyer)
        for zone in (1, 2)
        for qui, foyer in {
            "personne seule": {},
            "couple": {"couple": True},
            "1 personne à charge": {"enfants": (5,)},
        }.items()
    },
    "plafond de loyer zone 1, par PAC suppl.": _par_personne("zone_1"),
    "plafond de loyer zone 2, par PAC suppl.": _par_personne("zone_2"),
    "participation personnelle minimale P0": _participation_minimale,
    "P0": _participation_minimale,
    "plancher ressources étudiant non boursier (AL)": _etudiant(False),
    "plancher étudiant non boursier (AL)": _etudiant(False),
    "idem boursier": _etudiant(True),
    "AL/APL non versée sous 15 €": _seuil,
}
ARGUED = {
    "ALS/ALF non versée sous 10 €; APL: aucun seuil": (
        "the source gives no date: 10 € is right, but from October 2017, and the APL had 10 € until February 2018"
    ),
}

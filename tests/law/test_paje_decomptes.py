"""PAJE: the lines add up, and no zero goes unexplained, for random families at random months."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
from lecture import simulation

from guichet import law
from guichet.domain.droits import Prestation
from guichet.domain.foyer import Foyer, Logement, Occupation, Personne, Role
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes import paje_base, paje_clca, paje_cmg, paje_naissance, paje_prepare
from guichet.law.explain import SimulationReading, explain

FICHES = [module.FICHE for module in (paje_base, paje_naissance, paje_clca, paje_prepare, paje_cmg)]
MOIS = ["2012-06", "2013-05", "2014-06", "2015-03", "2016-07", "2017-12", "2018-10", "2019-11", "2020-06", "2021-04"]
MOIS += ["2022-02", "2025-08", "2025-09", "2026-01", "2026-11"]


def familles(mois, count, rng):
    situation = {"individus": {}, "familles": {}, "menages": {}, "foyers_fiscaux": {}}
    for rank in range(count):
        parents = [f"p{rank}", f"c{rank}"][: rng.choice((1, 2, 2))]
        enfants = [f"e{rank}_{n}" for n in range(rng.choice((0, 1, 1, 2, 2, 3, 4)))]
        for nom in parents:
            situation["individus"][nom] = {"date_naissance": "1985-04-02"}
        for nom in enfants:
            naissance = mois + rng.choice((4, 2, 1, 0, -1, -1, -3, -8, -14, -30, -35, -36, -50, -72, -90, -130))
            ne = date(naissance.annee, naissance.numero, rng.randint(1, 28))
            situation["individus"][nom] = {"date_naissance": ne.isoformat()}
            if rng.random() < 0.1:
                situation["individus"][nom]["aeeh_niveau_handicap"] = 1
            if rng.random() < 0.1:
                arrivee = mois - rng.choice((0, 1, 2, 20, 36, 37))
                jour = date(arrivee.annee, arrivee.numero, 10).isoformat()
                situation["individus"][nom] |= {"adoption": True, "date_adoption": jour, "date_naissance": "2008-01-05"}
        famille = {"parents": parents, "enfants": enfants}
        famille["prestations_familiales_base_ressources"] = rng.choice((0, 9000, 21000, 32000, 41000, 60000, 150000))
        for nom in ("inactif", "partiel1", "partiel2", "opt_colca", "empl_dir", "ass_mat", "gar_dom", "cmg_microcreche"):
            famille[nom] = rng.random() < 0.3
        famille["cmg_employe_a_domicile"] = rng.random() < 0.3
        famille["cmg_heures_mensuelles"] = rng.choice((0, 60, 125, 180))
        famille["cmg_cout_mensuel"] = rng.choice((0, 300, 900, 2100))
        famille["prepare_mois_verses"] = rng.choice((0, 5, 6, 24, 40))
        situation["familles"][f"f{rank}"] = famille
        situation["menages"][f"m{rank}"] = {
            "personne_de_reference": parents[:1],
            "conjoint": parents[1:],
            "enfants": enfants,
        }
        situation["foyers_fiscaux"][f"ff{rank}"] = {"declarants": parents, "personnes_a_charge": enfants}
    return situation


@pytest.mark.parametrize("texte", MOIS)
def test_lines_add_up_and_every_zero_is_explained(texte, loi):
    mois = Mois.parse(texte)
    simulated = simulation(familles(mois, 60, random.Random(texte)), mois)
    told = Counter()
    for fiche in FICHES:
        for droit in explain(SimulationReading(simulated, mois), fiche):
            if droit.montant is None:
                assert droit.doutes
            elif droit.montant:
                assert droit.decompte.total == droit.montant
            else:
                assert droit.refus, (fiche.prestation, texte)
            for ligne in droit.decompte.lignes:
                assert ligne.libelle not in loi.variables
                assert "_" not in ligne.libelle
            told[bool(droit.montant)] += 1
    assert told[True] > 20
    assert told[False] > 20


@pytest.mark.parametrize(("naissance", "dit"), [("2024-09-10", True), ("2026-03-10", False)])
def test_the_transition_complement_is_told_to_those_whom_it_may_concern(naissance, dit):
    mois = Mois(2026, 11)
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 100, "cmg_cout_mensuel": 500}
    situation = {
        "individus": {"p": {"date_naissance": "1985-04-02"}, "e": {"date_naissance": naissance}},
        "familles": {"f": {"parents": ["p"], "enfants": ["e"], "prestations_familiales_base_ressources": 30000} | garde},
        "menages": {"m": {"personne_de_reference": ["p"], "enfants": ["e"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["p"], "personnes_a_charge": ["e"]}},
    }
    (droit,) = explain(SimulationReading(simulation(situation, mois), mois), paje_cmg.FICHE)
    assert droit.montant > 0
    assert any("Pajemploi" in doute for doute in droit.doutes) is dit


@pytest.mark.parametrize(
    ("famille", "fiche", "dit"),
    [
        ({"inactif": True, "opt_colca": True}, paje_cmg, "regardée à son ouverture"),
        ({"cmg_employe_a_domicile": True}, paje_cmg, "dans la limite d'un plafond"),
        ({}, paje_cmg, "congé supplémentaire de naissance"),
        ({"inactif": True}, paje_prepare, "ni congé supplémentaire de naissance"),
        ({"partiel2": True, "deux_temps_partiels": True}, paje_prepare, "ensemble le montant du taux plein"),
    ],
)
def test_what_the_articles_suppose_is_told(famille, fiche, dit):
    mois = Mois(2026, 11)
    naissances = ["2026-03-10", "2014-01-05", "2012-01-05"]
    enfants = [f"e{rang}" for rang in range(3)]
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 100, "cmg_cout_mensuel": 500}
    foyer = {"parents": ["p", "c"], "enfants": enfants, "prestations_familiales_base_ressources": 30000} | garde | famille
    parents = {nom: {"date_naissance": "1985-04-02"} for nom in ("p", "c")}
    situation = {
        "individus": parents | {nom: {"date_naissance": jour} for nom, jour in zip(enfants, naissances, strict=True)},
        "familles": {"f": foyer},
        "menages": {"m": {"personne_de_reference": ["p"], "conjoint": ["c"], "enfants": enfants}},
        "foyers_fiscaux": {"ff": {"declarants": ["p", "c"], "personnes_a_charge": enfants}},
    }
    (droit,) = explain(SimulationReading(simulation(situation, mois), mois), fiche.FICHE)
    assert droit.montant > 0
    assert any(dit in str(doute) for doute in droit.doutes)


@pytest.mark.parametrize(
    ("mois", "naissance"), [("2012-09", "2012-11-10"), ("2017-09", "2017-08-10"), ("2025-09", "2025-11-10")]
)
def test_an_adoption_says_nothing_of_a_pregnancy(mois, naissance):
    mois = Mois.parse(mois)
    arrivee = mois - 1
    faits = {"date_naissance": "2011-01-05", "adoption": True, "date_adoption": f"{arrivee}-07"}
    for enfant, dit in ((faits, False), ({"date_naissance": naissance}, True)):
        situation = {
            "individus": {"p": {"date_naissance": "1985-04-02"}, "e": enfant},
            "familles": {"f": {"parents": ["p"], "enfants": ["e"]}},
            "menages": {"m": {"personne_de_reference": ["p"], "enfants": ["e"]}},
            "foyers_fiscaux": {"ff": {"declarants": ["p"], "personnes_a_charge": ["e"]}},
        }
        (droit,) = explain(SimulationReading(simulation(situation, mois), mois), paje_naissance.FICHE)
        assert droit.montant > 0
        assert any("naissance" in doute for doute in droit.doutes) is dit


@pytest.mark.parametrize(("born", "age"), [("2018-09-10", "8 ans"), ("2023-09-10", "38 mois")])
def test_the_age_of_a_child_who_is_too_old_is_said_in_years(born, age):
    children = [Personne(date.fromisoformat(day), Role.ENFANT) for day in ("2015-01-05", born)]
    household = Foyer((Personne(date(1985, 4, 2), Role.DEMANDEUR), *children), Logement(Occupation.LOCATAIRE_VIDE))
    ((right,),) = law.droits([household], Mois(2026, 11), [Prestation.PAJE_PREPARE])
    assert right.refus[0].trouve == age.replace(" ", "\u00a0")

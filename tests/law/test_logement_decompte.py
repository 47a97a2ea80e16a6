"""The décompte of the housing aid: its lines add up, and no zero goes unexplained."""

import random

import pytest
from lecture import simulation
from logement_foyers import situation

from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes.aide_logement import FICHE
from guichet.law.explain import SimulationReading, explain
from guichet.law.reference import whole_system

STATUTS = ("locataire_vide", "locataire_hlm", "locataire_meuble", "proprietaire", "loge_gratuitement", "non_renseigne")


def le_droit(foyer, mois):
    mois = Mois.parse(mois)
    (droit,) = explain(SimulationReading(simulation(foyer, mois), mois), FICHE)
    return droit


def drawn(rng, mois):
    """A household of tenants, mostly; incomes of every year that may count."""
    couple = rng.random() < 0.4
    enfants = [
        {"age": rng.randrange(0, 25), "garde_alternee": {mois: rng.random() < 0.3}}
        for _ in range(rng.choice((0, 0, 1, 2, 3, 7)))
    ]
    salaire = rng.choice((0, 0, 300, 900, 1300, 2000, 4000))
    annee = Mois.parse(mois).annee
    revenus = {str(a): 12 * salaire for a in range(annee - 2, annee + (annee >= 2021))}
    individu = {
        "salaire_imposable": revenus,
        "salaire_net": revenus,
        "activite": {mois: rng.choice(("actif", "chomeur", "etudiant", "retraite"))},
        "boursier": {mois: rng.random() < 0.5},
        "etudiant_hors_ue_sans_criteres_bourse": {mois: rng.random() < 0.1},
        "aah": {mois: rng.choice((0, 0, 0, 500))},
    }
    menage = {
        "coloc": {mois: rng.random() < 0.2},
        "logement_chambre": {mois: rng.random() < 0.1},
        "residence_reunion": {mois: rng.random() < 0.1},
        "residence_saint_pierre_et_miquelon": {mois: rng.random() < 0.1},
    }
    return situation(
        mois,
        couple=couple,
        enfants=enfants,
        loyer=rng.choice((0, 45.5, 250, 333.33, 480, 700, 1000, 1500, 3000)),
        zone=f"zone_{rng.randrange(1, 4)}",
        statut=rng.choices(STATUTS, (6, 6, 4, 1, 1, 1))[0],
        age=rng.choice((20, 24, 40, 70)),
        individu=individu,
        famille={"proprietaire_proche_famille": {mois: rng.random() < 0.1}},
        menage=menage,
    )


def ensemble(foyers):
    """Several households in one situation."""
    tous = {"individus": {}, "familles": {}, "foyers_fiscaux": {}, "menages": {}}
    for rank, foyer in enumerate(foyers):
        for entite, membres in foyer.items():
            for nom, donnees in membres.items():
                tous[entite][f"{nom}-{rank}"] = {
                    cle: [f"{membre}-{rank}" for membre in valeur] if isinstance(valeur, list) else valeur
                    for cle, valeur in donnees.items()
                }
    return tous


@pytest.mark.parametrize(
    "mois", ["2012-07", "2014-12", "2016-08", "2017-11", "2018-02", "2019-12", "2021-03", "2023-05", "2026-11"]
)
def test_lines_add_up_and_zeros_are_explained(mois):
    rng = random.Random(mois)
    simulated = simulation(ensemble([drawn(rng, mois) for _ in range(60)]), Mois.parse(mois))
    droits = explain(SimulationReading(simulated, Mois.parse(mois)), FICHE)
    assert any(droit.montant for droit in droits)
    for droit in droits:
        if droit.montant:
            assert droit.decompte.total == droit.montant
            assert not any(ligne.libelle.startswith("Arrondi des lignes") for ligne in droit.decompte.lignes)
        else:
            (refus,) = droit.refus
            assert refus.trouve
            assert refus.requis


def test_labels_are_french():
    variables = whole_system("guichet").variables
    for poste in FICHE.postes:
        assert poste.libelle not in variables
        assert "_" not in poste.libelle
    for condition in FICHE.conditions:
        assert "_" not in condition.libelle


@pytest.mark.parametrize(
    ("foyer", "debut"),
    [
        ({"statut": "proprietaire"}, "Être locataire"),
        ({"loyer": 0}, "Payer un loyer"),
        ({"famille": {"proprietaire_proche_famille": {"2026-10": True}}}, "Ne pas louer"),
        ({"individu": {"etudiant_hors_ue_sans_criteres_bourse": {"2026-10": True}}}, "Étudiant étranger"),
        ({"loyer": 2000}, "Avoir un loyer inférieur"),
        ({"famille": {"aide_logement_base_ressources": {"2026-10": 30000}}}, "Avoir des ressources assez basses"),
        ({"famille": {"aide_logement_base_ressources": {"2026-10": 14900}}}, "Avoir une aide au moins égale"),
    ],
)
def test_refusals(foyer, debut):
    (refus,) = le_droit(situation("2026-10", **foyer), "2026-10").refus
    assert refus.condition.startswith(debut)


def test_the_limit_of_resources_is_the_last_one_paid():
    limite = (
        le_droit(situation("2026-10", famille={"aide_logement_base_ressources": {"2026-10": 30000}}), "2026-10")
        .refus[0]
        .requis
    )
    montant = int("".join(c for c in limite if c.isdigit()))
    for ressources, paye in ((montant, True), (montant + 100, False)):
        foyer = situation("2026-10", famille={"aide_logement_base_ressources": {"2026-10": ressources}})
        assert bool(le_droit(foyer, "2026-10").montant) is paye


def test_doubts_are_told():
    exclu = {"etudiant_hors_ue_sans_criteres_bourse": {"2026-10": True}}
    assert any("décret" in doute for doute in le_droit(situation("2026-10", individu=exclu), "2026-10").doutes)
    assert le_droit(situation("2026-10"), "2026-10").doutes == ()

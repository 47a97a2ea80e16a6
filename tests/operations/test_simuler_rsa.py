"""Simulations of the RSA and the prime d'activité: published amounts, and the law of a household written by hand."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guichet import law
from guichet.domain.droits import Prestation
from guichet.domain.foyer import Activite, Foyer, Logement, Nature, Occupation, Personne, Ressource, Role, Territoire, Zone
from guichet.domain.vocabulaire import Mois, euros
from guichet.operations.simuler import simuler_json

WORKED = Path(__file__).parents[1] / "data" / "worked"
RSA, PPA = Prestation.RSA, Prestation.PPA
NOVEMBRE = Mois(2026, 11)
ALONE = {
    **{"mois": "2026-11", "code_postal": "35000", "occupation": "vide", "bailleur": "prive", "loyer": 520.5},
    **{"naissance": "1980-05-01", "couple": False, "nombre_enfants": 0, "activite": "inactif"},
}
NOTHING = ALONE | {"occupation": "sans_logement"}
SALAIRE = {"activite": "salarie", "salaire_stable": True}
COUPLE = {"couple": True, "conjoint_naissance": "1986-01-01", "conjoint_activite": "inactif"}


def amounts(reponses):
    answer = simuler_json("rsa", json.dumps(reponses).encode())
    droits = answer["rights"] + answer["refused"]
    assert answer["not_read"] == []
    return {Prestation(droit["benefit"]): droit["amount"] for droit in droits}


@pytest.mark.parametrize(
    ("reponses", "prestation", "montant"),
    [
        # The flat amounts, published: 651.69 in April 2026, 646.52 in April 2025, 483.24 in January 2013.
        (NOTHING, RSA, 651.69),
        (NOTHING | {"mois": "2025-06"}, RSA, 646.52),
        (NOTHING | {"mois": "2013-01"}, RSA, 483.24),
        # The worked examples of docs/law.md.
        (
            ALONE
            | COUPLE
            | {"naissance": "1985-01-01", "occupation": "gratuit", "nombre_enfants": 2}
            | {"enfants": [{"naissance": "2017-03-01"}, {"naissance": "2020-03-01"}]},
            *(RSA, "rsa_couple_deux_enfants_2026"),
        ),
        (ALONE | SALAIRE | {"mois": "2013-01", "occupation": "gratuit", "salaire": 400}, RSA, "rsa_activite_2013"),
        (NOTHING | SALAIRE | {"mois": "2026-04", "salaire": 1443}, PPA, "ppa_revalorisation_2026"),
    ],
)
def test_published_amounts_and_worked_examples(reponses, prestation, montant):
    if isinstance(montant, str):
        lines = json.loads((WORKED / f"{montant}.json").read_text())["lines"]
        montant = float(sum(Decimal(value) * sign for _, value, sign in lines))
    useful = {name: value for name, value in reponses.items() if name not in ("bailleur", "loyer")}
    assert amounts(useful)[prestation] == montant


def test_before_2016_there_is_no_prime_to_speak_of():
    assert set(amounts(ALONE | {"mois": "2015-12"})) == {RSA}


def salaire(monthly, first, last):
    return Ressource(Nature.SALAIRE, euros(monthly), first, last)


ALWAYS = Mois(2024, 1)
PRIVATE = Logement(Occupation.LOCATAIRE_VIDE, euros("520.5"), Zone.ZONE_2, conventionne=False)
HOUSEHOLDS = [
    (
        ALONE | SALAIRE | {"salaire": 1100},
        Foyer((Personne(date(1980, 5, 1), Role.DEMANDEUR, Activite.SALARIE, (salaire(1100, ALWAYS, NOVEMBRE),)),), PRIVATE),
        NOVEMBRE,
    ),
    (  # A wage of August alone, lost since; a partner who is paid the AAH; two children, one elsewhere half of the time.
        ALONE
        | COUPLE
        | {"activite": "chomeur_non_indemnise", "autres": ["salaire", "conjoint_aah", "alternance"], "conjoint_aah": 800}
        | {"salaire_stable": False, "salaire_1": 0, "salaire_2": 900, "salaire_3": 600, "salaire_continue": False}
        | {"depuis": "2026-10-01", "nombre_enfants": 2, "alternance": 1}
        | {"enfants": [{"naissance": "2015-03-01"}, {"naissance": "2021-03-01"}]},
        Foyer(
            (
                Personne(
                    *(date(1980, 5, 1), Role.DEMANDEUR, Activite.CHOMEUR),
                    (
                        salaire(500, ALWAYS, Mois(2026, 6)),
                        salaire(900, Mois(2026, 8), Mois(2026, 8)),
                        salaire(600, Mois(2026, 9), Mois(2026, 10)),
                        Ressource(Nature.CHOMAGE, euros(0), Mois(2026, 10), NOVEMBRE),
                    ),
                ),
                Personne(
                    *(date(1986, 1, 1), Role.CONJOINT, Activite.INACTIF),
                    (Ressource(Nature.AAH, euros(800), Mois(2026, 7), Mois(2026, 10)),),
                    handicap=Decimal("0.8"),
                ),
                Personne(date(2021, 3, 1), Role.ENFANT, garde_alternee=True),
                Personne(date(2015, 3, 1), Role.ENFANT),
            ),
            PRIVATE,
        ),
        NOVEMBRE,
    ),
    (  # A lone parent of La Réunion, widowed in the spring, who owns the dwelling, has savings and an alimony.
        {
            **{name: value for name, value in ALONE.items() if name not in ("bailleur", "loyer")},
            **{"code_postal": "97400", "occupation": "proprietaire", "nombre_enfants": 1},
            **{"enfants": [{"naissance": "2016-03-01"}], "autres": ["isolement", "autre_revenu", "epargne"]},
            **{"isole_depuis": "2026-04-12", "revenus": ["pension_alimentaire"], "pension_alimentaire": 150},
            "epargne": 6000,
        },
        Foyer(
            (
                Personne(
                    *(date(1980, 5, 1), Role.DEMANDEUR, Activite.INACTIF),
                    (Ressource(Nature.PENSION_ALIMENTAIRE_RECUE, euros(150), ALWAYS, NOVEMBRE),),
                    epargne=euros(6000),
                ),
                Personne(date(2016, 3, 1), Role.ENFANT),
            ),
            Logement(Occupation.PROPRIETAIRE, zone=Zone.ZONE_2, territoire=Territoire.REUNION),
            isole_depuis=Mois(2026, 4),
        ),
        NOVEMBRE,
    ),
    (  # In 2019, on the three months before the right: under 25 after two years of work; three years of residence.
        ALONE
        | {"mois": "2019-05", "naissance": "1997-01-01", "autres": ["salaire", "deux_ans_de_travail", "etranger"]}
        | {"salaire_stable": True, "salaire": 300, "salaire_continue": True, "titre_de_sejour": "travail"}
        | {"annees_de_titre": 6},
        Foyer(
            (
                Personne(
                    *(date(1997, 1, 1), Role.DEMANDEUR, Activite.INACTIF, (salaire(300, Mois(2017, 1), Mois(2019, 5)),)),
                    deux_ans_de_travail=True,
                    annees_de_residence=6,
                ),
            ),
            PRIVATE,
        ),
        Mois(2019, 5),
    ),
]


@pytest.mark.parametrize(("reponses", "foyer", "mois"), HOUSEHOLDS)
def test_the_simulator_and_the_law_agree_on_the_household(reponses, foyer, mois):
    droits = {droit.prestation: droit.montant for droit in law.droits([foyer], mois, (RSA, PPA))[0]}
    assert amounts(reponses) == {prestation: float(montant) for prestation, montant in droits.items()}
    assert any(droits.values())


def test_who_has_resided_for_less_than_five_years_has_no_rsa():
    recent = ALONE | {"autres": ["etranger"], "titre_de_sejour": "travail", "annees_de_titre": 3}
    assert amounts(recent) == {RSA: 0, PPA: 0}


@pytest.mark.parametrize("mois", ["2025-12", "2026-01", "2026-03"])
def test_a_profit_is_that_of_a_whole_year_whatever_the_month(mois):
    """In force from April 2025 to March 2026: 646.52 - 77.58 of housing - 6 000 / 12."""
    profit = ALONE | {"mois": mois, "activite": "independant", "benefice": 6000}
    assert amounts(profit)[RSA] == pytest.approx(68.94, abs=0.005)

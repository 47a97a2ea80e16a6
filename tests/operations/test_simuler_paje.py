"""Simulations of the PAJE: the amounts of the law for the household of the answers, and published ones."""

import json
from datetime import date
from decimal import Decimal

import pytest

from guichet import law
from guichet.domain.droits import Prestation
from guichet.domain.foyer import Activite, Foyer, Garde, Logement, ModeDeGarde, Nature, Occupation, Personne, Ressource, Role
from guichet.domain.vocabulaire import Mois, euros
from guichet.journeys.petite_enfance import mois_of_prime
from guichet.journeys.simulateurs.paje import PARCOURS
from guichet.operations.simuler import simuler, simuler_json

ALONE = {"couple": False, "attend_enfant": False, "autres": [], "activite": "salarie"}
COUPLE = ALONE | {"couple": True, "conjoint_activite": "salarie", "conjoint_revenus_annuels": 0}
GARDE = COUPLE | {"mois": "2025-10", "enfants": [{"naissance": "2024-09-10"}], "garde": "assistant_maternel"}
ALL = [
    *(Prestation.PAJE_NAISSANCE, Prestation.PAJE_BASE, Prestation.PAJE_CLCA, Prestation.PAJE_PREPARE),
    Prestation.PAJE_CMG,
]


def simulated(reponses):
    return simuler_json("paje", json.dumps(reponses).encode())


def amounts(answer):
    return {droit["benefit"]: droit["amount"] for droit in answer["rights"]}


@pytest.mark.parametrize(
    ("reponses", "prestation", "montant"),
    [
        # docs/law.md, the worked CMG of September 2025: resources of 36 000 €, which are 40 000 less 10 %.
        (GARDE | {"garde_cout": 800, "garde_heures": 100, "revenus_annuels": 40000}, "paje_cmg", 493.69),
        # examples_2025_2026.jsonl: cmg-gh-01, cmg-struct-01 and pn-2026-01.
        (
            GARDE | {"mois": "2025-09", "garde_cout": 776, "garde_heures": 160, "revenus_annuels": 26666.67},
            *("paje_cmg", 577.92),
        ),
        (
            GARDE
            | {"mois": "2026-04", "enfants": [{"naissance": "2025-03-10"}], "garde": "micro_creche", "garde_cout": 2000}
            | {"horaires_specifiques": False, "revenus_annuels": 20000},
            *("paje_cmg", 992.13),
        ),
        (
            COUPLE
            | {"mois": "2026-02", "nombre_enfants": 0, "attend_enfant": True, "naissance_prevue": "2026-04-10"}
            | {"revenus_annuels": 20000},
            *("paje_naissance", 1084.44),
        ),
        # official_amounts.json: the birth grant and the base allowance of 2013.
        (
            COUPLE
            | {"mois": "2013-06", "nombre_enfants": 0, "attend_enfant": True, "naissance_prevue": "2013-08-10"}
            | {"revenus_annuels": 20000},
            *("paje_naissance", 923.08),
        ),
    ],
)
def test_published_amounts(reponses, prestation, montant):
    assert amounts(simulated(reponses))[prestation] == pytest.approx(montant, abs=0.01)


def test_the_disabled_child_leaves_less_to_pay_for_care():
    reponses = GARDE | {"garde_cout": 800, "garde_heures": 100, "revenus_annuels": 40000, "autres": ["aeeh"]}
    assert amounts(simulated(reponses))["paje_cmg"] == 544.66  # by hand: a column further, 0.0516 %


def test_a_micro_creche_has_an_amount_for_each_of_two_children():
    # By hand: 151 % of 478.16 is 722.02 for each, less the CRDS of 7.22; at home through a firm, one for the family.
    reponses = COUPLE | {
        **{"mois": "2026-11", "enfants": [{"naissance": "2025-03-10"}, {"naissance": "2024-04-01"}], "garde_cout": 4000},
        **{"horaires_specifiques": False, "revenus_annuels": 100_000, "conjoint_revenus_annuels": 60_000},
    }
    assert amounts(simulated(reponses | {"garde": "micro_creche"}))["paje_cmg"] == 1436.82
    assert amounts(simulated(reponses | {"garde": "structure"}))["paje_cmg"] == 718.41


def test_two_parents_at_part_time_have_the_full_prepare_together():
    # L531-4 III: 96.62 % of 478.16, less the CRDS.
    reponses = COUPLE | {
        **{"mois": "2026-11", "enfants": [{"naissance": "2025-03-10"}, {"naissance": "2022-04-01"}], "garde": "aucune"},
        **{"temps_partiel": ["partielle_80", "conjoint_partielle_80"]},
        **{"revenus_annuels": 24000, "conjoint_revenus_annuels": 12000},
    }
    assert amounts(simulated(reponses))["paje_prepare"] == 459.69


def test_a_parent_with_the_aah_needs_no_work_to_have_childcare():
    # The parents' resources are those of the AAH, which the law grants that month.
    reponses = GARDE | {"garde_cout": 800, "garde_heures": 100, "revenus_annuels": 12000, "conjoint_activite": "inactif"}
    assert "paje_cmg" in amounts(simulated(reponses | {"autres": ["conjoint_aah"]}))
    answer = simulated(reponses)
    (refus,) = (droit for droit in answer["refused"] if droit["benefit"] == "paje_cmg")
    assert refus["reasons"][0]["condition"] == "Activité professionnelle des parents"
    assert set(answer["not_read"]) == {"garde_cout", "garde_heures"}


def test_two_children_and_a_leave_are_the_law_of_their_household():
    reponses = COUPLE | {
        **{"mois": "2026-11", "enfants": [{"naissance": "2025-03-10"}, {"naissance": "2022-04-01"}]},
        **{"garde": "assistant_maternel", "temps_partiel": ["conjoint_partielle_50"], "garde_cout": 600, "garde_heures": 90},
        **{"revenus_annuels": 24000, "conjoint_revenus_annuels": 12000},
    }
    mois = Mois(2026, 11)

    def parent(role, yearly, cessation=""):
        salaires = (
            Ressource(Nature.SALAIRE, euros(yearly // 12), Mois(2024, 1), Mois(2024, 12)),
            Ressource(Nature.SALAIRE, euros(yearly // 12), mois - 4, mois),
        )
        return Personne(date(1996, 1, 1), role, Activite.SALARIE, salaires, cessation_activite=cessation)

    enfants = (Personne(date(2025, 3, 10), Role.ENFANT), Personne(date(2022, 4, 1), Role.ENFANT))
    family = Foyer(
        (parent(Role.DEMANDEUR, 24000), parent(Role.CONJOINT, 12000, "partielle_50"), *enfants),
        Logement(Occupation.LOCATAIRE_VIDE),
        garde=Garde(ModeDeGarde.ASSISTANT_MATERNEL, euros(600), Decimal(90)),
    )
    result = simuler("paje", PARCOURS.texts(reponses))
    (expected,) = law.droits([family], mois, [p for p in ALL if p is not Prestation.PAJE_CLCA])
    assert result.droits == tuple(expected)
    granted = {droit.prestation: droit.montant for droit in result.granted}
    assert set(granted) == {Prestation.PAJE_BASE, Prestation.PAJE_PREPARE, Prestation.PAJE_CMG}
    assert result.monthly == sum(granted.values())


def test_a_pregnancy_has_its_months():
    answer = simulated(
        COUPLE
        | {"mois": "2026-11", "nombre_enfants": 0, "attend_enfant": True, "naissance_prevue": "2027-03-10"}
        | {"revenus_annuels": 18000, "conjoint_revenus_annuels": 16000}
    )
    assert answer["rights"] == []
    assert {(droit["benefit"], droit["month"], droit["one_off"]) for droit in answer["other_months"]} == {
        ("paje_naissance", "2027-01", True),
        ("paje_base", "2027-04", False),
    }
    assert all(droit["amount"] > 0 and droit["lines"] and droit["doubts"] for droit in answer["other_months"])


def test_a_grant_is_not_added_to_what_is_paid_each_month():
    result = simuler(
        "paje",
        {
            **{"mois": "2013-06", "couple": "oui", "nombre_enfants": "1", "enfants-1-naissance": "2012-06-10", "autres": ""},
            **{"attend_enfant": "oui", "naissance_prevue": "2013-08-10", "garde": "aucune"},
            **{"revenus_annuels": "20000", "conjoint_revenus_annuels": "0"},
        },
    )
    assert {droit.prestation: droit.montant for droit in result.granted} == {
        Prestation.PAJE_NAISSANCE: euros("923.08"),
        Prestation.PAJE_BASE: euros("184.62"),
    }
    assert (result.monthly, result.one_off) == (euros("184.62"), euros("923.08"))
    assert Prestation.PAJE_PREPARE not in {droit.prestation for droit in result.droits}  # it began in 2015


def test_mayotte_has_no_paje_and_its_childcare_is_not_known():
    answer = simulated(ALONE | {"mois": "2026-11", "enfants": [{"naissance": "2025-03-10"}], "autres": ["mayotte"]})
    assert amounts(answer) == {"paje_cmg": None}
    assert len(answer["refused"]) == 3


@pytest.mark.parametrize("mois", ["2014-12", "2015-04", "2021-03", "2021-04", "2021-05"])
def test_the_month_of_the_birth_grant_is_that_of_the_law(mois):
    mois = Mois.parse(mois)
    births = [mois + gap for gap in range(-3, 5)]
    adult = Personne(date(1985, 1, 1), Role.DEMANDEUR)
    foyers = [
        Foyer((adult, Personne(birth.first_day, Role.ENFANT)), Logement(Occupation.LOCATAIRE_VIDE)) for birth in births
    ]
    paid = law.montants(foyers, mois, [Prestation.PAJE_NAISSANCE])[Prestation.PAJE_NAISSANCE]
    assert [bool(one) for one in paid] == [mois_of_prime(birth) == mois for birth in births]

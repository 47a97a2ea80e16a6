"""The kinds of facts: the numbers under which they are kept, what is written of each, which of them contradict."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from guichet.domain.droits import Prestation
from guichet.domain.faits import (
    ASKED_FOR,
    COMPOSITE,
    DEMANDES,
    LE_FOYER,
    NATURES,
    OF_PERSONNE,
    OPEN_END,
    RESSOURCES,
    Adresse,
    Bailleur,
    CompteBancaire,
    Coordonnees,
    Demande,
    Fait,
    Genre,
    Grossesse,
    Montant,
    Presence,
    from_json,
    to_json,
)
from guichet.domain.foyer import Activite, Garde, Logement, ModeDeGarde, Nature, Occupation, Pret, Role, Territoire, Zone
from guichet.domain.vocabulaire import euros

MARS, AVRIL, MAI, JUIN = (date(2026, month, 1) for month in (3, 4, 5, 6))
# The database holds these numbers: one that moves makes a wage of a pension, in every file.
KEPT = {
    **{"PRESENCE": 1, "ACTIVITE": 2, "EPARGNE": 3, "HANDICAP": 4, "GROSSESSE": 5, "CESSATION": 6, "SEJOUR": 7},
    **{"LOGEMENT": 20, "PRET": 21, "GARDE": 22, "ADRESSE": 23, "BAILLEUR": 24, "COORDONNEES": 25, "COMPTE_BANCAIRE": 26},
}
KEPT_RESSOURCES = {
    **{"salaire": 100, "chomage": 101, "retraite": 102, "invalidite": 103, "indemnites_journalieres": 104},
    **{"indemnites_maternite": 105, "independant": 106, "formation": 107, "stage": 108, "ass": 109},
    **{"pension_alimentaire_recue": 110, "pension_alimentaire_versee": 111, "revenus_fonciers": 112},
    **{"revenus_du_capital": 113, "aah": 114, "rsa": 115},
}
KEPT_DEMANDES = {
    **{"aide_logement": 200, "rsa": 201, "ppa": 202, "aah": 203, "aeeh": 204, "af": 205, "cf": 206, "asf": 207, "ars": 208},
    **{"paje_naissance": 209, "paje_base": 210, "paje_clca": 211, "paje_prepare": 212, "paje_cmg": 213},
    **{"quotient_familial": 214},
}


def test_a_number_that_is_kept_never_moves():
    assert {genre.name: genre.value for genre in Genre}.items() >= KEPT.items()
    assert {nature.value: number for nature, number in RESSOURCES.items()}.items() >= KEPT_RESSOURCES.items()
    assert {prestation.value: number for prestation, number in DEMANDES.items()}.items() >= KEPT_DEMANDES.items()


def test_every_income_and_every_benefit_has_a_number_and_none_is_used_twice():
    assert RESSOURCES.keys() == set(Nature)
    assert DEMANDES.keys() == set(Prestation)
    numbers = Counter([*Genre, *RESSOURCES.values(), *DEMANDES.values()])
    assert [number for number, times in numbers.items() if times > 1] == []
    assert {NATURES[RESSOURCES[nature]] for nature in Nature} == set(Nature)
    assert {ASKED_FOR[DEMANDES[prestation]] for prestation in Prestation} == set(Prestation)


# Of each kind, what holds only what it must, then what differs from every default.
VALUES = {
    Genre.PRESENCE: (Presence(Role.ENFANT), Presence(Role.ENFANT, True, date(2024, 3, 1), "depart")),
    Genre.ACTIVITE: (
        {"activite": Activite.SALARIE},
        {
            **{"activite": Activite.CHOMEUR, "boursier": True, "chomage_indemnise": False, "chomage_longue_duree": True},
            **{"deux_ans_de_travail": True, "etudiant_hors_ue_sans_criteres": True},
        },
    ),
    Genre.EPARGNE: ({"epargne": euros("40000.50")},),
    Genre.HANDICAP: ({"handicap": Decimal("0.8")},),
    Genre.GROSSESSE: (Grossesse(date(2026, 5, 4)),),
    Genre.CESSATION: ({"cessation_activite": "totale", "cessation_majoree": True},),
    Genre.SEJOUR: ({"annees_de_residence": 4}, {"annees_de_residence": None}),
    Genre.LOGEMENT: (
        Logement(Occupation.LOGE_GRATUITEMENT),
        Logement(
            *(Occupation.LOCATAIRE_HLM, euros("520.10"), Zone.ZONE_1, Territoire.GUYANE),
            **{"colocation": True, "conventionne": False, "bailleur_parent": True, "convention_foyer": date(2010, 1, 1)},
        ),
    ),
    Genre.PRET: (Pret(date(2016, 2, 29), euros(700), False), Pret(date(2016, 2, 29), euros(700), True, neuf=False)),
    Genre.GARDE: (
        Garde(ModeDeGarde.DOMICILE, euros(800), Decimal("80.5")),
        Garde(ModeDeGarde.STRUCTURE, euros(800), Decimal(80), horaires_specifiques=True),
    ),
    Genre.ADRESSE: (Adresse("12 rue de l'Exemple", "75011", "Paris"), Adresse("", "75011", "Paris", "75111")),
    Genre.BAILLEUR: (Bailleur("Habitat d'essai", "FR76"), Bailleur("Habitat d'essai", "FR76", "12345678200010")),
    Genre.COORDONNEES: (Coordonnees(), Coordonnees("claire@exemple.fr", "0600000000", True)),
    Genre.COMPTE_BANCAIRE: (CompteBancaire("Claire Essai", "FR76"),),
    **dict.fromkeys(RESSOURCES.values(), (Montant(euros(900)), Montant(euros("900.10"), euros(950)))),
    **dict.fromkeys(DEMANDES.values(), (Demande(),)),
}


def test_a_kind_says_how_its_value_is_written_and_each_does():
    assert not OF_PERSONNE.keys() & COMPOSITE.keys()
    assert VALUES.keys() == OF_PERSONNE.keys() | COMPOSITE.keys() == {*Genre, *RESSOURCES.values(), *DEMANDES.values()}


@pytest.mark.parametrize("genre", VALUES)
def test_what_is_written_of_a_fact_is_read_as_it_was(genre):
    for value in VALUES[genre]:
        written = json.dumps(to_json(Fait(genre, LE_FOYER, value, MARS)))
        assert from_json(genre, json.loads(written)) == value


def test_what_the_database_holds_is_still_read():
    assert to_json(Fait(Genre.PRESENCE, 1, Presence(Role.ENFANT, adoption=date(2024, 3, 1)), MARS)) == {
        **{"role": "enfant", "adoption": "2024-03-01"},
    }
    assert from_json(Genre.LOGEMENT, {"occupation": "chambre", "loyer": "310.00"}) == Logement(
        Occupation.CHAMBRE, euros(310)
    )
    with pytest.raises(KeyError):
        from_json(Genre.LOGEMENT, {"occupation": "chambre", "balcon": True})
    with pytest.raises(TypeError):
        from_json(Genre.PRESENCE, {"garde_alternee": True})


# Which facts contradict, and what remains


def savings(du, avant=OPEN_END, sujet=1, genre=Genre.EPARGNE):
    return Fait(genre, sujet, {"epargne": euros(100)}, du, avant)


@pytest.mark.parametrize(
    ("new", "contradicted"),
    [
        (savings(MARS), True),
        (savings(MARS, date(2026, 4, 2)), True),
        (savings(MARS, AVRIL), False),  # the day on which it ends is no day of it
        (savings(JUIN), False),
        (savings(AVRIL, JUIN), True),
        (savings(AVRIL, sujet=2), False),
        (savings(AVRIL, genre=Genre.HANDICAP), False),
    ],
)
def test_two_facts_of_a_kind_about_a_subject_contradict_on_the_days_that_they_share(new, contradicted):
    old = savings(AVRIL, JUIN)
    assert old.contradicts(new) is new.contradicts(old) is contradicted


@pytest.mark.parametrize(
    ("new", "left"),
    [
        (savings(AVRIL), [(MARS, AVRIL)]),
        (savings(MARS, MAI), [(MAI, JUIN)]),
        (savings(AVRIL, MAI), [(MARS, AVRIL), (MAI, JUIN)]),
        (savings(MARS, JUIN), []),
        (savings(date(2020, 1, 1)), []),
    ],
)
def test_of_a_fact_that_is_contradicted_the_other_days_remain(new, left):
    old = savings(MARS, JUIN)
    remains = list(old.outside(new))
    assert [(one.du, one.avant) for one in remains] == left
    assert all(one.valeur == old.valeur and not one.contradicts(new) for one in remains)

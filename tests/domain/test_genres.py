"""The kinds of facts: the numbers under which they are kept, what is written of each, which of them contradict."""

from collections import Counter

from guichet.domain.droits import Prestation
from guichet.domain.faits import ASKED_FOR, DEMANDES, NATURES, RESSOURCES, Genre
from guichet.domain.foyer import Nature

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

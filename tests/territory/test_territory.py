"""Communes of every kind, by name: zones as the order of 17 March 1978 gives them."""

import pytest

from guichet import territory

ZONES = [
    ("75116", 1),  # Paris 16e
    ("75056", 1),  # Paris, as a whole
    ("92012", 1),  # Boulogne-Billancourt
    ("69381", 2),  # Lyon 1er
    ("13201", 2),  # Marseille 1er
    ("35238", 2),  # Rennes
    ("2A004", 2),  # Ajaccio
    ("97411", 2),  # Saint-Denis de La Réunion
    ("97611", 2),  # Mamoudzou
    ("01001", 3),  # L'Abergement-Clémenciat
    ("15014", 3),  # Aurillac
]


@pytest.mark.parametrize(("insee", "zone"), ZONES)
def test_zone(insee: str, zone: int):
    assert territory.commune(insee).zone == zone


@pytest.mark.parametrize(("code", "nom"), [("75016", "Paris 16e"), ("69001", "Lyon 1er"), ("13001", "Marseille 1er")])
def test_arrondissements_answer_for_their_city(code: str, nom: str):
    assert [commune.nom for commune in territory.communes(code)] == [f"{nom} Arrondissement"]


def test_a_postal_code_offers_its_communes_by_name():
    assert [c.nom for c in territory.communes("74600")] == ["Annecy", "Montagny-les-Lanches", "Quintal"]


def test_a_merged_commune_is_the_one_it_joined():
    assert territory.commune("74268").nom == "Annecy"  # Seynod, merged in 2017


def test_a_merger_of_two_zones_asks_for_the_former_commune():
    zones = {c.nom: c.zone for c in territory.communes("14740") if c.nom.startswith("Rots")}
    assert zones == {"Rots (Rots)": 2, "Rots (Lasson)": 3, "Rots (Secqueville-en-Bessin)": 3}


def test_overseas():
    assert territory.commune("97411").outre_mer == "reunion"
    assert territory.commune("97411").departement == "974"
    assert territory.commune("35238").outre_mer is None


def test_unknown_is_refused_never_guessed():
    assert territory.communes("00000") == []
    assert territory.communes("97133")[0].zone is None  # Saint-Barthélemy: no zone was found
    with pytest.raises(territory.UnknownCommuneError, match="99999"):
        territory.commune("99999")


def test_every_commune_of_metropolitan_france_has_a_zone_but_two():
    sans_zone = [c.nom for c in territory._table()[0].values() if c.zone is None and c.insee < "97"]
    assert sans_zone == ["Culey", "Saint-Lucien"]  # communes restored since 2014, unknown to the file of the zones

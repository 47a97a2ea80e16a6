"""The housing-aid journey: what it asks, what it refuses, the household that it makes."""

import pytest

from guichet.domain.foyer import Nature, Occupation, Zone
from guichet.domain.vocabulaire import Mois, euros
from guichet.journeys.simulateurs.logement import PARCOURS, foyer

SEULE = {
    "mois": "2026-11",
    **{"code_postal": "35000", "occupation": "vide", "colocation": "non", "bailleur": "prive", "loyer": "520,50"},
    **{"naissance": "1990-05-01", "couple": "non", "nombre_enfants": "0", "activite": "salarie"},
    "revenus_mensuels": "1 100",
}
FAMILLE = SEULE | {
    **{"couple": "oui", "nombre_enfants": "2", "conjoint_naissance": "1991-02-03"},
    **{"enfants-1-naissance": "2018-01-01", "enfants-2-naissance": "2020-01-01"},
    **{"conjoint_activite": "chomeur", "conjoint_revenus_mensuels": "600"},
}


@pytest.mark.parametrize("textes", [SEULE, FAMILLE])
def test_a_common_household_has_at_most_eight_pages_and_fifteen_fields(textes):
    lecture = PARCOURS.lire(textes)
    assert not lecture.erreurs
    assert not lecture.manquants
    assert PARCOURS.page_a_remplir(lecture) is None
    assert len(PARCOURS.pages_utiles(lecture.reponses)) + 1 <= 8  # and the summary
    assert len(lecture.reponses) - 1 <= 15  # the month is a link


def test_the_household_of_the_answers():
    famille = foyer(PARCOURS.lire(FAMILLE).reponses)
    assert len(famille.personnes) == 4
    assert famille.logement.occupation is Occupation.LOCATAIRE_VIDE
    assert famille.logement.loyer == euros("520.50")
    assert famille.logement.zone is Zone.ZONE_2
    salaire, chomage = (personne.ressources[0] for personne in famille.personnes[:2])
    assert (salaire.nature, salaire.mensuel, salaire.du, salaire.au) == (
        *(Nature.SALAIRE, euros(1100)),
        *(Mois(2025, 10), Mois(2026, 9)),
    )
    assert chomage.nature is Nature.CHOMAGE


def test_until_2020_the_year_before_last_is_asked():
    textes = SEULE | {"mois": "2013-01", "revenus_annuels": "12000"}
    revenu = foyer(PARCOURS.lire(textes).reponses).personnes[0].ressources[0]
    assert (revenu.mensuel, revenu.du, revenu.au) == (euros(1000), Mois(2011, 1), Mois(2011, 12))


@pytest.mark.parametrize(
    ("nom", "texte", "phrase"),
    [
        ("loyer", "cinq cents", "Indiquez le loyer sans les charges"),
        ("code_postal", "3500", "cinq chiffres"),
        ("naissance", "1990-02-30", "Cette date n'existe pas"),
        ("naissance", "2030-01-01", "vient après novembre 2026"),
        ("mois", "2012-05", "Indiquez un mois"),
    ],
)
def test_a_refused_answer_says_what_to_do(nom, texte, phrase):
    assert phrase in PARCOURS.lire(SEULE | {nom: texte}).erreurs[nom]


@pytest.mark.parametrize("reponse", [{"bailleur": "famille"}, {"occupation": "gratuit"}, {"occupation": "proprietaire"}])
def test_a_refusal_stops_the_questions(reponse):
    lecture = PARCOURS.lire({"mois": "2026-11", "code_postal": "35000", "occupation": "vide", "colocation": "non"} | reponse)
    assert PARCOURS.arret(lecture.reponses) is not None
    assert "naissance" not in {champ.nom for champ in lecture.manquants}

"""« Et si ? »: what is explored around an answer is what the same answer, typed, gives."""

from decimal import Decimal
from itertools import pairwise

import pytest

from guichet.domain.droits import Prestation
from guichet.operations.et_si import essayer, explorer
from guichet.operations.simuler import ReponsesError, simuler

TEXTES = {
    **{"mois": "2026-10", "code_postal": "35000", "occupation": "vide", "bailleur": "prive", "loyer": "400"},
    **{"naissance": "1990-05-01", "couple": "non", "nombre_enfants": "1", "enfants-1-naissance": "2020-02-03"},
    **{"activite": "salarie", "revenus_mensuels": "1100", "autres": ""},
}


def paye(textes):
    return simuler("logement", textes).droits[0].montant


@pytest.fixture(scope="module")
def exploration():
    return explorer("logement", simuler("logement", TEXTES).reponses)


def test_the_curve_goes_through_the_household_and_down_to_nothing(exploration):
    courbe = exploration.courbe
    assert courbe.champ.nom == "revenus_mensuels"
    assert courbe.actuel == (Decimal(1100), paye(TEXTES))
    assert courbe.actuel in courbe.points
    assert courbe.points[0][0] == 0
    assert courbe.points[-1][1] == 0
    assert all(gauche[1] >= droite[1] for gauche, droite in pairwise(courbe.points))


@pytest.mark.parametrize("rang", [0, 8, 15])
def test_each_point_is_what_that_income_gives(exploration, rang):
    revenu, montant = exploration.courbe.points[rang]
    assert montant == paye(TEXTES | {"revenus_mensuels": str(revenu)})


def test_each_variant_is_what_its_answers_give(exploration):
    loyer_bas, loyer_haut, salaire, enfant = exploration.changes
    assert loyer_bas.libelle == "un loyer de 350\u00a0€"
    assert loyer_bas.montant == paye(TEXTES | {"loyer": "350"})
    assert loyer_bas.ecart == loyer_bas.montant - paye(TEXTES) < 0
    assert loyer_haut.montant == paye(TEXTES | {"loyer": "450"})
    assert salaire.montant == paye(TEXTES | {"revenus_mensuels": "1200"})
    assert enfant.montant == paye(TEXTES | {"nombre_enfants": "2", "enfants-2-naissance": "2026-10-01"})


def test_other_rights_are_told_with_what_they_suppose(exploration):
    autres = {autre.prestation: autre for autre in exploration.autres}
    assert Prestation.AIDE_LOGEMENT not in autres
    assert autres[Prestation.ASF].precision
    assert all(autre.montant > 0 for autre in exploration.autres)


def test_nothing_is_explored_once_an_answer_has_decided():
    decidee = explorer("logement", simuler("logement", {**TEXTES, "bailleur": "famille"}).reponses)
    assert (decidee.courbe, decidee.changes, decidee.autres) == (None, (), ())


def test_there_is_no_curve_of_nothing():
    rien = explorer("logement", simuler("logement", TEXTES | {"autres": "patrimoine", "patrimoine": "1000000"}).reponses)
    assert rien.courbe is None


def test_a_trial_is_a_simulation_of_its_own():
    essai = essayer("logement", TEXTES, {"nombre_enfants": "3"})
    nes = {f"enfants-{rang}-naissance": "2026-10-01" for rang in (2, 3)}
    assert essai.droits[0].montant == paye(TEXTES | nes | {"nombre_enfants": "3"})


@pytest.mark.parametrize("nombre", ["²", "-1", "1e9", "999999999999", "beaucoup"])
def test_a_trial_of_anything_is_refused_with_a_sentence(nombre):
    with pytest.raises(ReponsesError):
        essayer("logement", TEXTES, {"nombre_enfants": nombre})


SANS_ENFANT = {"mois": "2026-11", "couple": "oui", "nombre_enfants": "0", "autres": ""}
GROSSESSE = SANS_ENFANT | {
    **{"attend_enfant": "oui", "naissance_prevue": "2027-03-10"},
    **{"revenus_annuels": "18000", "conjoint_revenus_annuels": "16000"},
}


def test_nothing_is_told_of_what_the_answers_do_not_say():
    """The Paje asks for the incomes of two years ago: they are not those of the RSA. And nothing is due this month."""
    exploration = explorer("paje", simuler("paje", GROSSESSE).reponses)
    assert Prestation.RSA not in {autre.prestation for autre in exploration.autres}
    assert exploration.changes == ()


@pytest.mark.parametrize(("salaires", "attendu"), [("900", True), ("9000", False)])
def test_family_benefits_are_not_told_by_the_incomes_of_another_year(salaires, attendu):
    """Those of two years ago are not asked for the housing aid: CF and base allowance would take them for nothing."""
    enfants = {f"enfants-{rang}-naissance": f"202{rang}-02-03" for rang in (0, 1, 2, 3)} | {"nombre_enfants": "3"}
    autres = explorer("logement", simuler("logement", TEXTES | enfants | {"revenus_mensuels": salaires}).reponses).autres
    prestations = {autre.prestation for autre in autres}
    assert not prestations & {Prestation.CF, Prestation.PAJE_BASE, Prestation.AF}
    assert (Prestation.PPA in prestations) is attendu

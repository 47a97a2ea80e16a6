"""« Et si ? »: what is explored around an answer is what the same answer, typed, gives."""

from decimal import Decimal
from itertools import pairwise

import pytest

from guichet.domain.droits import Prestation
from guichet.domain.phrases import in_french
from guichet.operations.et_si import essayer, explorer
from guichet.operations.simuler import ReponsesError, simuler

TEXTS = {
    **{"mois": "2026-10", "code_postal": "35000", "occupation": "vide", "bailleur": "prive", "loyer": "400"},
    **{"naissance": "1990-05-01", "couple": "non", "nombre_enfants": "1", "enfants-1-naissance": "2020-02-03"},
    **{"activite": "salarie", "revenus_mensuels": "1100", "autres": ""},
}


def paid(texts):
    return simuler("logement", texts).droits[0].montant


@pytest.fixture(scope="module")
def exploration():
    return explorer("logement", simuler("logement", TEXTS).reponses)


def test_the_curve_goes_through_the_household_and_down_to_nothing(exploration):
    curve = exploration.curve
    assert curve.champ.nom == "revenus_mensuels"
    assert curve.own == (Decimal(1100), paid(TEXTS))
    assert curve.own in curve.points
    assert curve.points[0][0] == 0
    assert curve.points[-1][1] == 0
    assert all(left[1] >= right[1] for left, right in pairwise(curve.points))


@pytest.mark.parametrize("rank", [0, 8, 15])
def test_each_point_is_what_that_income_gives(exploration, rank):
    income, montant = exploration.curve.points[rank]
    assert montant == paid(TEXTS | {"revenus_mensuels": str(income)})


def test_each_variant_is_what_its_answers_give(exploration):
    lower_loyer, higher_loyer, more_salaire, one_more_enfant = exploration.changes
    assert lower_loyer.label == "un loyer de 350\u00a0€"
    assert lower_loyer.montant == paid(TEXTS | {"loyer": "350"})
    assert lower_loyer.difference == lower_loyer.montant - paid(TEXTS) < 0
    assert higher_loyer.montant == paid(TEXTS | {"loyer": "450"})
    assert more_salaire.montant == paid(TEXTS | {"revenus_mensuels": "1200"})
    assert one_more_enfant.montant == paid(TEXTS | {"nombre_enfants": "2", "enfants-2-naissance": "2026-09-01"})
    assert one_more_enfant.label == "un enfant de plus, né le mois dernier"
    assert one_more_enfant.difference > 0


def test_other_rights_are_told_with_what_they_suppose(exploration):
    others = {other.prestation: other for other in exploration.others}
    assert Prestation.AIDE_LOGEMENT not in others
    assert others[Prestation.ASF].precision
    assert all(other.montant > 0 for other in exploration.others)


def test_nothing_is_explored_once_an_answer_has_decided():
    decided = explorer("logement", simuler("logement", {**TEXTS, "bailleur": "famille"}).reponses)
    assert (decided.curve, decided.changes, decided.others) == (None, (), ())


def test_there_is_no_curve_of_nothing():
    nothing = explorer("logement", simuler("logement", TEXTS | {"autres": "patrimoine", "patrimoine": "1000000"}).reponses)
    assert nothing.curve is None


def test_a_trial_is_a_simulation_of_its_own():
    trial = essayer("logement", TEXTS, {"nombre_enfants": "3"})
    births = {f"enfants-{rank}-naissance": "2026-09-01" for rank in (2, 3)}
    assert trial.droits[0].montant == paid(TEXTS | births | {"nombre_enfants": "3"})


@pytest.mark.parametrize("number", ["²", "-1", "1e9", "999999999999", "beaucoup"])
def test_a_trial_of_anything_is_refused_with_a_sentence(number):
    with pytest.raises(ReponsesError):
        essayer("logement", TEXTS, {"nombre_enfants": number})


CHILDLESS = {"mois": "2026-11", "couple": "oui", "nombre_enfants": "0", "autres": ""}
PREGNANCY = CHILDLESS | {
    **{"attend_enfant": "oui", "naissance_prevue": "2027-03-10"},
    **{"revenus_annuels": "18000", "conjoint_revenus_annuels": "16000"},
}


def test_the_wages_of_a_lost_job_open_no_prime_but_the_rsa():
    """What the RSA simulator says of the same household, who had nothing since June."""
    lost = {"activite": "chomeur_non_indemnise", "depuis": "2026-06-01", "nombre_enfants": "0", "revenus_mensuels": "700"}
    others = explorer("logement", simuler("logement", TEXTS | lost).reponses).others
    rsa = next(droit for droit in simuler("rsa", TEXTS | lost).droits if droit.prestation is Prestation.RSA)
    assert [(other.prestation, other.montant) for other in others] == [(Prestation.RSA, rsa.montant)]


def test_nothing_is_told_of_what_the_answers_do_not_say():
    """The Paje asks for the incomes of two years ago: they are not those of the RSA. And nothing is due this month."""
    exploration = explorer("paje", simuler("paje", PREGNANCY).reponses)
    assert Prestation.RSA not in {other.prestation for other in exploration.others}
    assert exploration.changes == ()


@pytest.mark.parametrize(("salaires", "expected"), [("900", True), ("9000", False)])
def test_family_benefits_are_not_told_by_the_incomes_of_another_year(salaires, expected):
    """Those of two years ago are not asked for the housing aid: CF and base allowance would take them for nothing, and
    family allowances are told as the most that they can be."""
    enfants = {f"enfants-{rank}-naissance": f"202{rank}-02-03" for rank in (0, 1, 2, 3)} | {"nombre_enfants": "3"}
    others = explorer("logement", simuler("logement", TEXTS | enfants | {"revenus_mensuels": salaires}).reponses).others
    prestations = {other.prestation: other.precision for other in others}
    assert not prestations.keys() & {Prestation.CF, Prestation.PAJE_BASE}
    assert prestations[Prestation.AF] == "au plus, selon vos ressources de 2024"
    assert (Prestation.PPA in prestations) is expected


WORKERS = {
    **{"mois": "2026-11", "code_postal": "35000", "occupation": "vide", "bailleur": "prive", "loyer": "600"},
    **{"naissance": "1990-05-01", "couple": "oui", "conjoint_naissance": "1991-05-01", "nombre_enfants": "0", "autres": ""},
    **{"activite": "salarie", "salaire_stable": "oui", "salaire": "1500"},
    **{"conjoint_activite": "inactif"},
}
YOUNG_FAMILY = CHILDLESS | {
    **{"nombre_enfants": "1", "enfants-1-naissance": "2022-02-03", "attend_enfant": "non", "garde": "assistant_maternel"},
    **{"activite": "salarie", "conjoint_activite": "salarie", "temps_partiel": "", "garde_cout": "650"},
    **{"garde_heures": "120", "revenus_annuels": "18000", "conjoint_revenus_annuels": "16000"},
}


def with_a_child_more(genre, texts):
    exploration = explorer(genre, simuler(genre, texts).reponses)
    return [change for change in exploration.changes if change.label.startswith("un enfant")]


def test_the_child_of_a_variant_is_born_early_enough_to_count():
    # The prime d'activité of November looks at July, August and September; its household at what it earned then.
    (of_workers,) = with_a_child_more("rsa", WORKERS)
    assert of_workers.label == "un enfant de plus, né 5 mois plus tôt"
    assert of_workers.difference
    # So does the RSA (CASF R262-4): 30 % of 651.69 more, less the base allowance, 199.15, and the flat rates of the
    # dwelling, 16.5 % of the amount of three instead of 16 % of that of two, 37.15 (R262-9 to R262-11).
    (of_others,) = with_a_child_more("rsa", WORKERS | {"activite": "inactif"})
    assert of_others.label == of_workers.label
    assert of_others.difference == Decimal("-40.79")


def amounts(texts):
    """What the simulators of the RSA and others tell of these answers, each month, by benefit."""
    result = simuler("rsa", texts)
    others = {other.prestation: other.montant for other in explorer("rsa", result.reponses).others}
    others.pop(Prestation.ARS, None)
    return {droit.prestation: droit.montant for droit in result.droits} | others


def of_rsa(texts):
    """The sentences of the whole, by the beginning of their variant."""
    changes = explorer("rsa", simuler("rsa", texts).reponses).changes
    return {change.label.split(" de ")[0].split(",")[0]: change for change in changes}


TWO_CHILDREN = WORKERS | {
    **{"nombre_enfants": "2", "enfants-1-naissance": "2018-01-01", "enfants-2-naissance": "2020-01-01"},
    **{"salaire": "1600", "loyer": "520,50"},
}


def test_a_child_more_is_told_with_what_it_brings_elsewhere():
    """The prime d'activité counts the family benefits and falls: base allowance 198.16 (41.65 % of 478.16, less CRDS),
    family allowances of a third child 195.07 (41 %), and the housing aid, are more than it loses."""
    change = of_rsa(TWO_CHILDREN)["un enfant"]
    now, then = amounts(TWO_CHILDREN), amounts(TWO_CHILDREN | {"nombre_enfants": "3", "enfants-3-naissance": "2026-06-01"})
    assert change.difference == then[Prestation.PPA] - now[Prestation.PPA] < 0
    assert then[Prestation.PAJE_BASE] == Decimal("198.16")
    assert then[Prestation.AF] - now[Prestation.AF] == Decimal("195.07")
    total = sum(then.values()) - sum(now.values())
    assert total > 0
    assert change.ensemble == (
        f"En tout, avec les prestations familiales et l'aide au logement : {in_french(total)}\u00a0€ de plus par mois."
    )


def test_of_a_lone_parent_no_alimony_is_supposed_for_a_child_more():
    lone = {name: text for name, text in WORKERS.items() if not name.startswith("conjoint")} | {"couple": "non"}
    assert "sans pension alimentaire pour lui : " in of_rsa(lone)["un enfant"].ensemble
    assert "pension" not in of_rsa(WORKERS)["un enfant"].ensemble


def test_a_wage_more_is_told_with_itself_and_the_housing_aid():
    """Of 100 € more of net wage, the prime d'activité and the housing aid take back some."""
    change, now = of_rsa(TWO_CHILDREN)["un salaire"], amounts(TWO_CHILDREN)
    then = amounts(TWO_CHILDREN | {"salaire": "1700"})
    total = 100 + sum(then.values()) - sum(now.values())
    assert 0 < total < 100 + change.difference
    assert change.ensemble == (
        f"En tout, avec ces 100\u00a0€ de salaire et l'aide au logement : {in_french(total)}\u00a0€ de plus par mois."
    )


def test_a_wage_that_has_stopped_is_not_told_higher():
    past = WORKERS | {"activite": "inactif", "autres": "salaire", "salaire_continue": "non"}
    assert of_rsa(past).keys() == {"un enfant"}


def test_nothing_is_told_of_the_whole_where_it_is_not_known():
    """The simulator of the housing aid knows nothing of the year N-2."""
    assert not any(change.ensemble for change in explorer("logement", simuler("logement", TEXTS).reponses).changes)


def test_where_nothing_is_paid_no_rent_nor_wage_is_told_to_change_nothing():
    changes = explorer("logement", simuler("logement", TEXTS | {"revenus_mensuels": "3000"}).reponses).changes
    assert [(change.label, change.montant) for change in changes] == [("un enfant de plus, né le mois dernier", 0)]


def test_a_yearly_wage_is_told_with_its_year():
    labels = [change.label for change in explorer("paje", simuler("paje", YOUNG_FAMILY).reponses).changes]
    assert labels[0] == "un salaire de 19\u202f200\u00a0€ en 2024"


def test_a_variant_that_asks_more_is_not_told():
    """With a baby, the Paje asks what is earned and who keeps the child: it must not be told as if nothing were earned."""
    (of_a_garde,) = with_a_child_more("paje", YOUNG_FAMILY)
    assert of_a_garde.label == "un enfant de plus, né le mois dernier"
    assert of_a_garde.difference > 0
    older = YOUNG_FAMILY | {"enfants-1-naissance": "2014-02-03", "garde": "", "nombre_enfants": "1"}
    assert with_a_child_more("paje", older) == []


STUDENT = TEXTS | {"naissance": "2004-05-01", "nombre_enfants": "0", "activite": "etudiant", "revenus_mensuels": "600"}


def test_of_a_student_no_income_is_explored_since_the_law_supposes_one():
    exploration = explorer("logement", simuler("logement", STUDENT).reponses)
    assert exploration.curve is None
    assert "vos revenus ne changent pas ce montant" in exploration.unmoved
    assert not [change for change in exploration.changes if "salaire" in change.label]
    # Until 2020 the supposed resources were a floor: a large salary counted.
    before = STUDENT | {"mois": "2020-10", "revenus_annuels": "7000", "salaire_actuel": "600"}
    assert explorer("logement", simuler("logement", before).reponses).curve


def test_a_rent_is_told_where_it_matters():
    assert not [change for change in explorer("rsa", simuler("rsa", WORKERS).reponses).changes if "loyer" in change.label]
    above = explorer("logement", simuler("logement", TEXTS | {"loyer": "700"}).reponses)
    assert [change.difference for change in above.changes if "loyer" in change.label] == [0, 0]


def asf_beside(genre, texts):
    others = explorer(genre, simuler(genre, texts).reponses).others
    return [other for other in others if other.prestation is Prestation.ASF]


def test_an_alimony_that_was_told_is_not_supposed_unpaid():
    lone = {name: text for name, text in WORKERS.items() if not name.startswith("conjoint")}
    lone |= {"couple": "non", "nombre_enfants": "1", "enfants-1-naissance": "2018-02-03"}
    (unpaid,) = asf_beside("rsa", lone)
    paid = lone | {"autres": "autre_revenu", "revenus": "pension_alimentaire", "pension_alimentaire": "150"}
    (rest,) = asf_beside("rsa", paid)
    # 0.5 % of CRDS is on what is left.
    assert rest.montant == pytest.approx(unpaid.montant - Decimal("149.25"), abs=Decimal("0.01"))
    assert rest.precision == "votre pension alimentaire déduite"
    assert asf_beside("logement", TEXTS | {"autres": "pension_recue", "pension_recue": "1800"}) == []


def test_children_every_other_week_are_counted_so_beside_the_paje_too():
    """Half of the family allowances of the base, 32 % of 478.16 less the CRDS; and no allowance of a parent who is there."""
    lone = {"mois": "2026-11", "couple": "non", "nombre_enfants": "2", "attend_enfant": "non", "garde": "aucune"}
    born = {"enfants-1-naissance": "2016-05-01", "enfants-2-naissance": "2018-09-10"}
    for boxes, told in (
        ({"autres": ""}, [(Prestation.ASF, "401.55"), (Prestation.AF, "152.25")]),
        ({"autres": "alternance", "alternance": "2"}, [(Prestation.AF, "76.13")]),
    ):
        others = explorer("paje", simuler("paje", lone | born | boxes).reponses).others
        assert [(other.prestation, str(other.montant)) for other in others] == told


@pytest.mark.parametrize("month", ["2019-02", "2021-01", "2021-03", "2026-02", "2026-11"])
@pytest.mark.parametrize("wage", ["700", "1200", "1500"])
def test_the_prime_beside_the_housing_aid_is_that_of_its_own_simulator(month, wage):
    """The housing aid of the months before, which counts in it, is that of the same wages."""
    wages = {"revenus_mensuels": wage, "revenus_annuels": str(12 * int(wage)), "salaire_actuel": wage}
    of_trimestre = {"salaire_stable": "oui", "salaire": wage}
    texts = TEXTS | {"mois": month, "nombre_enfants": "0"} | wages | of_trimestre
    others = explorer("logement", simuler("logement", texts).reponses).others
    ppa = next(droit for droit in simuler("rsa", texts).droits if droit.prestation is Prestation.PPA)
    assert {other.prestation: other.montant for other in others}.get(Prestation.PPA, 0) == ppa.montant

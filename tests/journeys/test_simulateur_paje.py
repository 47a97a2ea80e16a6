"""The PAJE journey: what it asks and when, the household that it makes, the months that it tells of."""

from datetime import date
from decimal import Decimal

import pytest

from guichet.domain.droits import Prestation
from guichet.domain.foyer import Activite, Garde, ModeDeGarde, Nature, Territoire
from guichet.domain.vocabulaire import Mois, euros
from guichet.journeys.petite_enfance import echeances, mois_of_prime
from guichet.journeys.simulateurs.paje import PARCOURS
from reponses import CHILD_IN_CARE, CHILDLESS, PREGNANCY, TWO_CHILDREN, answers_of, foyer_of

COUPLE_GARDE = CHILD_IN_CARE | {"couple": "oui", "conjoint_activite": "salarie", "conjoint_revenus_annuels": "0"}


def sans(texts, *noms):
    return {nom: text for nom, text in texts.items() if nom not in noms}


def asked(texts):
    """The questions still to be answers_of."""
    return {champ.nom for champ in PARCOURS.read(texts).missing}


def nes(mois, *dates):
    """A couple at `mois`, with children born on `dates`, of whom nothing else is told."""
    naissances = {f"enfants-{rang}-naissance": jour for rang, jour in enumerate(dates, 1)}
    return CHILDLESS | {"mois": mois, "couple": "oui", "nombre_enfants": str(len(dates)), "autres": "", **naissances}


def test_a_pregnancy():
    famille = foyer_of("paje", PREGNANCY)
    demandeur, conjoint, expected = famille.personnes
    assert (demandeur.enceinte, conjoint.enceinte, expected.naissance) == (True, False, date(2027, 3, 10))
    assert [(r.nature, r.mensuel, r.du, r.au) for r in demandeur.ressources] == [
        (Nature.SALAIRE, euros(1500), Mois(2024, 1), Mois(2024, 12))
    ]
    jumeaux = foyer_of("paje", PREGNANCY | {"autres": "jumeaux", "jumeaux": "2"})
    assert [personne.naissance for personne in jumeaux.personnes[2:]] == [date(2027, 3, 10)] * 2


@pytest.mark.parametrize(
    ("activite", "temps_partiel", "cessation"),
    [
        ("conge_parental", "", "totale"),
        ("salarie", "conjoint_partielle_50", "partielle_50"),
        ("salarie", "conjoint_partielle_80", "partielle_80"),
        ("salarie", "", ""),
    ],
)
def test_work_left_for_a_child(activite, temps_partiel, cessation):
    texts = TWO_CHILDREN | {"conjoint_activite": activite, "temps_partiel": temps_partiel}
    demandeur, conjoint, *_ = foyer_of("paje", texts).personnes
    assert (demandeur.cessation_activite, conjoint.cessation_activite) == ("", cessation)


def test_the_higher_and_shorter_leave_is_for_three_children():
    trois = nes("2026-11", "2026-03-10", "2022-04-01", "2019-05-01") | {
        **{"garde": "aucune", "activite": "conge_parental", "conjoint_activite": "salarie", "temps_partiel": ""},
        **{"revenus_annuels": "9000", "conjoint_revenus_annuels": "24000"},
    }
    assert asked(trois) == {"majoree"}
    assert foyer_of("paje", trois | {"majoree": "oui"}).personnes[0].cessation_majoree
    assert "majoree" not in asked(trois | {"activite": "salarie"})
    assert "majoree" not in asked(trois | {"enfants-1-naissance": "2025-10-10"})
    # It goes with the CMG, the longer one does not (L531-9).
    gardes = trois | {"garde": "assistant_maternel"}
    assert asked(gardes | {"majoree": "oui"}) == {"garde_cout", "garde_heures"}
    assert asked(gardes | {"majoree": "non"}) == set()
    refus = PARCOURS.refus(PARCOURS.read(gardes | {"majoree": "non"}).reponses, Prestation.PAJE_CMG)
    assert refus.condition == "Activité professionnelle des parents"


def test_childcare():
    assert foyer_of("paje", CHILD_IN_CARE).garde == Garde(ModeDeGarde.ASSISTANT_MATERNEL, euros(800), Decimal(100))
    for mode in (ModeDeGarde.STRUCTURE, ModeDeGarde.MICRO_CRECHE):
        structure = sans(CHILD_IN_CARE, "garde_heures") | {"garde": mode.value, "horaires_specifiques": "oui"}
        garde = foyer_of("paje", structure).garde
        assert garde == Garde(mode, euros(800), Decimal(0), horaires_specifiques=True)
    assert foyer_of("paje", TWO_CHILDREN).garde is None
    # Before September 2025 hours did not count, but for those at night.
    avant = sans(CHILD_IN_CARE, "garde_heures") | {"mois": "2025-10"}
    assert asked(avant) == {"garde_heures"}
    assert asked(avant | {"mois": "2025-08", "temps_partiel": ""}) == {"horaires_specifiques"}


def test_until_2013_childcare_asks_for_the_wage_of_the_month():
    avant = sans(CHILD_IN_CARE, "garde_heures") | {"horaires_specifiques": "non", "enfants-1-naissance": "2012-01-10"}
    assert asked(avant | {"mois": "2013-12"}) == {"salaire_actuel"}
    assert asked(avant | {"mois": "2014-01"}) == set()
    salaire = foyer_of("paje", avant | {"mois": "2013-06", "salaire_actuel": "900"}).personnes[0].ressources[-1]
    assert (salaire.mensuel, salaire.au) == (euros(900), Mois(2013, 6))


def test_an_adopted_child():
    adoption = {"adopte_naissance": "2022-04-01", "adopte_arrivee": "2026-10-05"}
    assert asked(TWO_CHILDREN | {"autres": "adoption"}) == set(adoption)
    enfants = foyer_of("paje", TWO_CHILDREN | {"autres": "adoption"} | adoption).personnes[2:]
    assert [enfant.adoption for enfant in enfants] == [None, date(2026, 10, 5)]


def test_rare_facts():
    texts = TWO_CHILDREN | {
        **{"autres": "aah conjoint_aah aeeh", "aeeh": "1", "garde": "domicile"},
        **{"garde_cout": "1 200", "garde_heures": "90,5"},
    }
    famille = foyer_of("paje", texts)
    assert [personne.handicap > 0 for personne in famille.personnes] == [True, True, True, False]
    assert famille.garde == Garde(ModeDeGarde.DOMICILE, euros(1200), Decimal("90.5"))
    assert foyer_of("paje", nes("2026-11", "2015-01-01") | {"autres": "mayotte"}).logement.territoire is Territoire.MAYOTTE


def test_the_other_incomes_of_the_year():
    cases = {
        **{"benefice": "12000", "conjoint_chomage_annuel": "6000", "retraite_annuelle": "3600"},
        **{"pension_annuelle_recue": "1200", "pension_annuelle_versee": "600"},
    }
    demandeur, conjoint, _ = foyer_of("paje", PREGNANCY | {"autres": " ".join(cases)} | cases).personnes
    assert {r.nature: (r.mensuel, r.du) for r in demandeur.ressources} == {
        Nature.SALAIRE: (euros(1500), Mois(2024, 1)),
        Nature.INDEPENDANT: (euros(1000), Mois(2024, 1)),
        Nature.RETRAITE: (euros(300), Mois(2024, 1)),
        Nature.PENSION_ALIMENTAIRE_RECUE: (euros(100), Mois(2024, 1)),
        Nature.PENSION_ALIMENTAIRE_VERSEE: (euros(50), Mois(2024, 1)),
    }
    assert [r.nature for r in conjoint.ressources] == [Nature.SALAIRE, Nature.CHOMAGE]


def test_students_and_people_on_their_own():
    etudiante = foyer_of("paje", CHILD_IN_CARE | {"activite": "etudiant"})
    assert [p.activite for p in etudiante.personnes if p.activite is not Activite.INACTIF] == [Activite.ETUDIANT]


CONGE = {"activite", "conjoint_activite", "temps_partiel"}
REVENUS = {"revenus_annuels", "conjoint_revenus_annuels"}


@pytest.mark.parametrize(
    ("mois", "naissances", "questions"),
    [
        # One child: the leave until the first birthday, the allowance until the third, childcare until the sixth.
        ("2026-11", ["2025-12-10"], {"garde"} | CONGE | REVENUS),
        ("2026-11", ["2025-11-10"], {"garde"} | REVENUS),
        ("2026-11", ["2023-10-10"], {"garde"}),
        ("2026-11", ["2020-11-10"], {"garde"}),
        ("2026-11", ["2020-10-10"], set()),
        # Two: the leave from the month after the birth to the third birthday; six years for three of one birth.
        ("2026-11", ["2026-11-03", "2015-01-01"], {"garde"} | REVENUS),
        ("2026-11", ["2026-11-20", "2025-12-10"], {"garde"} | CONGE | REVENUS),
        ("2026-11", ["2023-12-10", "2015-01-01"], {"garde"} | CONGE | REVENUS),
        ("2026-11", ["2021-12-10"] * 3, {"garde"} | CONGE),
        # The CLCA: six months for one child born before 2015, three years for two, gone in December 2017.
        ("2013-06", ["2012-12-10"], {"garde"} | CONGE | REVENUS),
        ("2013-06", ["2012-11-10"], {"garde"} | REVENUS),
        ("2017-11", ["2014-12-10", "2010-01-01"], {"garde"} | CONGE | REVENUS),
        ("2017-12", ["2014-12-10", "2010-01-01"], {"garde"} | REVENUS),
    ],
)
def test_questions_follow_the_ages_of_the_children(mois, naissances, questions):
    assert asked(nes(mois, *naissances)) == questions


def test_work_and_incomes_are_asked_of_who_pays_for_care():
    grown = nes("2026-11", "2021-11-10")
    assert asked(grown | {"garde": "aucune"}) == set()
    assert asked(grown | {"garde": "domicile"}) == {"activite", "conjoint_activite"}
    au_travail = grown | {"garde": "domicile", "activite": "salarie", "conjoint_activite": "independant"}
    assert asked(au_travail) == {"garde_cout", "garde_heures"} | REVENUS
    assert asked(au_travail | {"conjoint_activite": "inactif"}) == set()
    assert "garde_cout" in asked(au_travail | {"conjoint_activite": "inactif", "autres": "conjoint_aah"})


def test_a_parent_alone_has_childcare_until_twelve_since_september_2025():
    grown = CHILDLESS | {"nombre_enfants": "1", "enfants-1-naissance": "2016-01-01", "autres": ""}
    assert asked(grown) == {"garde"}
    assert asked(grown | {"mois": "2025-08"}) == set()
    assert asked(grown | {"couple": "oui"}) == set()
    (garde,) = (champ for champ in PARCOURS.read(grown).missing)
    assert "structure" not in {option.value for option in garde.options_for(PARCOURS.read(grown).reponses)}


def test_an_adopted_child_is_kept_until_its_own_sixth_birthday():
    arrivee = {"autres": "adoption", "adopte_arrivee": "2025-06-05"}
    for naissance, of_age in (("2020-11-10", True), ("2020-10-10", False)):
        adopte = nes("2026-11", naissance) | arrivee | {"adopte_naissance": naissance}
        assert ("garde" in asked(adopte)) is of_age


def test_nothing_is_asked_without_a_child_nor_in_mayotte():
    assert PARCOURS.arret(answers_of("paje", CHILDLESS)) is not None
    answers_of("paje", nes("2026-11", "2026-01-01") | {"autres": "mayotte"})


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        ({}, None),
        ({"enfants-1-naissance": "2013-01-01"}, "Un enfant de l'âge du complément"),
        ({"activite": "inactif"}, "Activité professionnelle des parents"),
        ({"activite": "conge_parental"}, "Activité professionnelle des parents"),
        ({"activite": "inactif", "autres": "aah"}, None),
    ],
)
def test_what_the_answers_refuse_of_childcare(changes, condition):
    refus = PARCOURS.refus(PARCOURS.read(COUPLE_GARDE | changes).reponses, Prestation.PAJE_CMG)
    assert (refus.condition if refus else None) == condition
    assert PARCOURS.refus(PARCOURS.read(COUPLE_GARDE | changes).reponses, Prestation.PAJE_BASE) is None


@pytest.mark.parametrize(
    ("texts", "nom", "phrase"),
    [
        (PREGNANCY | {"naissance_prevue": "2026-10-31"}, "naissance_prevue", "comptez-le parmi vos enfants"),
        (PREGNANCY | {"naissance_prevue": "2027-09-01"}, "naissance_prevue", "trop longtemps après novembre 2026"),
        (TWO_CHILDREN | {"autres": "adoption", "adopte_naissance": "2020-01-01"}, "adopte_naissance", "l'une des dates"),
        (
            TWO_CHILDREN | {"autres": "adoption", "adopte_naissance": "2022-04-01", "adopte_arrivee": "2022-03-01"},
            "adopte_arrivee",
            "avant sa naissance",
        ),
        (TWO_CHILDREN | {"autres": "aeeh", "aeeh": "3"}, "aeeh", "indiquez 2 au plus"),
        (
            TWO_CHILDREN | {"temps_partiel": "partielle_50 partielle_80"},
            "temps_partiel",
            "une seule durée de travail pour vous",
        ),
        (TWO_CHILDREN | {"temps_partiel": "conjoint_partielle_50"}, "temps_partiel", "suppose un travail"),
        (TWO_CHILDREN | {"enfants-1-naissance": "2006-10-31"}, "enfants-1-naissance", "20 ans ou plus"),
        (CHILD_IN_CARE | {"garde_cout": "0"}, "garde_cout", "par exemple 650"),
        (CHILD_IN_CARE | {"garde_heures": "3000"}, "garde_heures", "il dépasse 2\u202f000\xa0heures"),
    ],
)
def test_a_refused_answer_says_what_to_do(texts, nom, phrase):
    assert phrase in PARCOURS.read(texts).errors[nom]


@pytest.mark.parametrize(
    ("naissance", "prime"),
    [
        ("2014-12", "2014-10"),
        ("2015-02", "2014-12"),
        ("2015-03", "2015-04"),
        ("2021-02", "2021-03"),
        ("2021-03", "2021-04"),
        ("2021-06", "2021-04"),
        ("2021-07", "2021-05"),
        ("2027-03", "2027-01"),
    ],
)
def test_the_month_of_the_birth_grant(naissance, prime):
    assert str(mois_of_prime(Mois.parse(naissance))) == prime


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (PREGNANCY, {Prestation.PAJE_NAISSANCE: "2027-01", Prestation.PAJE_BASE: "2027-04"}),
        (PREGNANCY | {"naissance_prevue": "2027-01-10"}, {Prestation.PAJE_BASE: "2027-02"}),
        (nes("2026-11", "2026-10-10"), {Prestation.PAJE_NAISSANCE: "2026-08"}),
        (nes("2026-11", "2026-11-10"), {Prestation.PAJE_NAISSANCE: "2026-09", Prestation.PAJE_BASE: "2026-12"}),
        (nes("2026-11", "2026-03-10"), {}),
        (nes("2012-07", "2012-07-10"), {}),
        (nes("2026-11", "2026-01-10") | {"autres": "mayotte"}, {}),
        (
            nes("2026-11", "2020-01-10")
            | {"autres": "adoption", "adopte_naissance": "2020-01-10", "adopte_arrivee": "2026-11-02"},
            {Prestation.PAJE_NAISSANCE: "2026-12", Prestation.PAJE_BASE: "2026-12"},
        ),
    ],
)
def test_the_other_months_of_a_birth_or_an_adoption(texts, expected):
    assert {prestation: str(mois) for prestation, mois in echeances(PARCOURS.read(texts).reponses)} == expected


def test_what_is_not_asked_is_told_where_it_counts():
    def told(texts):
        return " ".join(PARCOURS.faits_not_asked(answers_of("paje", texts)))

    assert "tous ceux qui en ont l'âge" in told(CHILD_IN_CARE)
    assert "résidence alternée" in told(CHILD_IN_CARE)
    assert "mois de congé déjà payés" in told(TWO_CHILDREN)
    assert "gardés" not in told(PREGNANCY)
    assert told(CHILDLESS) == ""

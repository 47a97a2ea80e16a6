"""The RSA journey: what it asks of whom, and the household that it makes. Amounts are in `tests/operations`."""

from datetime import date

import pytest

from guichet.domain.foyer import Activite, Nature, Occupation, Territoire
from guichet.domain.vocabulaire import Mois, euros
from guichet.journeys.simulateurs.rsa import PARCOURS
from reponses import ALONE, COMMON, COUPLE, IN_COUPLE, LONE_MOTHER, STUDENT, answers_of, foyer_of

SALARIEE = COMMON["rsa"]["a single tenant"]
VARIABLE = ALONE | {"salaire_stable": "non", "salaire_1": "900", "salaire_2": "0", "salaire_3": "1 200"}
SANS_EMPLOI = ALONE | {"activite": "chomeur_non_indemnise"}


def demandeur(texts):
    return foyer_of("rsa", texts).personnes[0]


def mois_par_mois(personne, nature, premier, dernier):
    """What is received of `nature` in each month, in euros."""
    received = [r for r in personne.ressources if r.nature is nature]
    return [sum(int(r.mensuel) for r in received if r.du <= m <= r.au) for m in premier.until(dernier)]


def asked(texts):
    """The names of the questions that wait for an answer."""
    return {champ.nom for champ in PARCOURS.read(texts).missing}


def cases(texts):
    """The boxes offered to who gave these answers."""
    reading = PARCOURS.read(texts)
    page = PARCOURS.page("autres")
    autres = next(champ for champ in page.champs(reading.reponses) if champ.nom == "autres")
    return {option.value for option in autres.options_for(reading.reponses)}


def test_a_wage_that_is_the_same_each_month():
    received_here = mois_par_mois(demandeur(SALARIEE), Nature.SALAIRE, Mois(2024, 1), Mois(2026, 11))
    assert received_here == [1100] * 35  # what the housing aid and the family benefits look at is supposed to be alike


def test_a_wage_month_by_month_and_the_last_one_goes_on():
    received_here = mois_par_mois(demandeur(VARIABLE), Nature.SALAIRE, Mois(2026, 6), Mois(2026, 11))
    assert received_here == [700, 900, 0, 1200, 1200, 1200]


def test_until_february_2025_the_three_months_are_the_last_ones():
    ancien = VARIABLE | {"mois": "2025-02"}
    received_here = mois_par_mois(demandeur(ancien), Nature.SALAIRE, Mois(2024, 10), Mois(2025, 2))
    assert received_here == [700, 900, 0, 1200, 1200]
    assert PARCOURS.say("{trimestre}", answers_of("rsa", ancien)) == "de novembre 2024 à janvier 2025"
    assert PARCOURS.say("{trimestre}", answers_of("rsa", VARIABLE)) == "de juillet à septembre 2026"


@pytest.mark.parametrize(("mois", "end"), [("2026-11", [1100, 0]), ("2025-02", [1100, 0])])
def test_a_wage_that_has_stopped_is_nothing_this_month(mois, end):
    ended = SANS_EMPLOI | {
        **{"mois": mois, "autres": "salaire", "salaire_stable": "oui", "salaire": "1100", "depuis": "2025-01-15"},
        "salaire_continue": "non",
    }
    dernier = Mois.parse(mois)
    assert mois_par_mois(demandeur(ended), Nature.SALAIRE, dernier - 1, dernier) == end
    assert mois_par_mois(demandeur(ended | {"salaire_continue": "oui"}), Nature.SALAIRE, dernier, dernier) == [1100]


def test_several_activities_at_once():
    texts = COUPLE | {
        **{"activite": "independant", "autres": "salaire conjoint_benefice", "benefice": "6 000"},
        **{"salaire_stable": "oui", "salaire": "400", "salaire_continue": "oui", "conjoint_benefice": "3 000"},
    }
    her, him, *_ = foyer_of("rsa", texts).personnes
    assert (her.activite, {r.nature for r in her.ressources}) == (
        *(Activite.INDEPENDANT,),
        {Nature.SALAIRE, Nature.INDEPENDANT},
    )
    assert [(r.nature, r.mensuel) for r in him.ressources] == [(Nature.INDEPENDANT, euros(250))]


def test_unemployment_with_and_without_benefit():
    indemnise = ALONE | {"activite": "chomeur", "indemnite": "870", "depuis": "2026-08-12"}
    assert mois_par_mois(demandeur(indemnise), Nature.CHOMAGE, Mois(2026, 7), Mois(2026, 9)) == [0, 870, 870]
    assert demandeur(SANS_EMPLOI).activite is Activite.CHOMEUR
    assert demandeur(SANS_EMPLOI).ressources == ()
    passe = SALARIEE | {
        **{"autres": "autre_revenu", "revenus": "chomage"},
        **{"chomage_1": "600", "chomage_2": "300", "chomage_3": "0"},
    }
    assert mois_par_mois(demandeur(passe), Nature.CHOMAGE, Mois(2026, 7), Mois(2026, 11)) == [600, 300, 0, 0, 0]
    ass = SANS_EMPLOI | {"autres": "autre_revenu", "revenus": "ass", "ass": "590"}
    assert mois_par_mois(demandeur(ass), Nature.ASS, Mois(2026, 7), Mois(2026, 11)) == [590] * 5


@pytest.mark.parametrize(
    ("nom", "nature"),
    [
        ("ij", Nature.INDEMNITES_JOURNALIERES),
        ("ij_maternite", Nature.INDEMNITES_MATERNITE),
        ("invalidite", Nature.INVALIDITE),
        ("formation", Nature.FORMATION),
        ("pension_alimentaire", Nature.PENSION_ALIMENTAIRE_RECUE),
        ("loyers", Nature.REVENUS_FONCIERS),
        ("placements", Nature.REVENUS_DU_CAPITAL),
    ],
)
def test_other_incomes(nom, nature):
    other = SANS_EMPLOI | {"autres": "autre_revenu", "revenus": nom, nom: "310"}
    assert mois_par_mois(demandeur(other), nature, Mois(2026, 7), Mois(2026, 11)) == [310] * 5


def test_a_retired_person_a_partner_on_disability_allowance_and_savings():
    texts = IN_COUPLE | {
        **{"activite": "retraite", "pension": "640", "retraite_depuis": "2020-02-01", "conjoint_activite": "inactif"},
        **{"autres": "conjoint_aah epargne", "conjoint_aah": "900", "epargne": "4000"},
    }
    her, him = foyer_of("rsa", texts).personnes
    assert mois_par_mois(her, Nature.RETRAITE, Mois(2026, 7), Mois(2026, 11)) == [640] * 5
    assert mois_par_mois(him, Nature.AAH, Mois(2026, 7), Mois(2026, 10)) == [900] * 4
    assert (her.epargne, him.handicap > 0) == (euros(4000), True)


def test_a_lone_parent_since_a_separation():
    aine = LONE_MOTHER | {"activite": "inactif"}
    assert "isolement" in cases(aine)
    separee = aine | {"autres": "isolement", "isole_depuis": "2026-03-20"}
    assert foyer_of("rsa", separee).isole_depuis == Mois(2026, 3)
    assert foyer_of("rsa", aine).isole_depuis is None
    # Nothing to ask of who has the majoration anyway, nor of a couple.
    assert "isolement" not in cases(aine | {"enfants-1-naissance": "2024-03-01"})
    assert "isolement" not in cases(COUPLE) | cases(SANS_EMPLOI)


def test_under_25():
    young = SANS_EMPLOI | {"naissance": "2004-02-01"}
    assert "deux_ans_de_travail" in cases(young)
    assert demandeur(young | {"autres": "deux_ans_de_travail"}).deux_ans_de_travail
    assert "deux_ans_de_travail" not in cases(SANS_EMPLOI)
    parent = young | {"nombre_enfants": "1", "enfants-1-naissance": "2025-02-01"}
    assert "deux_ans_de_travail" not in cases(parent)
    a_deux = IN_COUPLE | {"naissance": "2004-02-01", "activite": "inactif", "conjoint_activite": "inactif"}
    assert not {"deux_ans_de_travail", "conjoint_deux_ans_de_travail"} & cases(a_deux)
    assert {"deux_ans_de_travail", "conjoint_deux_ans_de_travail"} <= cases(a_deux | {"conjoint_naissance": "2003-05-01"})


@pytest.mark.parametrize(
    ("titre", "annees"),
    [
        ({"titre_de_sejour": "durable"}, None),
        ({"titre_de_sejour": "travail", "annees_de_titre": "3"}, 3),
        ({"titre_de_sejour": "aucun"}, 0),
    ],
)
def test_foreigners_by_their_title(titre, annees):
    assert demandeur(SANS_EMPLOI | {"autres": "etranger"} | titre).annees_de_residence == annees
    assert demandeur(SANS_EMPLOI).annees_de_residence is None


def test_a_student_alone_is_told_at_once_but_not_one_who_works_or_has_a_child():
    def arret(**changes):
        return PARCOURS.arret(PARCOURS.read(STUDENT | {"autres": ""} | changes).reponses)

    assert arret().texte(Mois(2026, 11)).reference == "CASF, art. L262-4"
    assert arret(autres="salaire") is None
    assert arret(autres="enceinte") is None
    assert arret(nombre_enfants="1") is None
    assert demandeur(COMMON["rsa"]["a student in shared housing"]).activite is Activite.ETUDIANT


def test_parental_leave():
    conge = LONE_MOTHER | {"activite": "conge_parental"}
    assert PARCOURS.arret(answers_of("rsa", conge)) is not None
    petit = conge | {"enfants-1-naissance": "2024-03-01"}
    assert PARCOURS.arret(answers_of("rsa", petit)) is None
    assert demandeur(petit).activite is Activite.CONGE_PARENTAL
    assert PARCOURS.arret(answers_of("rsa", conge | {"autres": "isolement", "isole_depuis": "2026-05-02"})) is None


@pytest.mark.parametrize(
    ("occupation", "faite"),
    [
        ("proprietaire", Occupation.PROPRIETAIRE),
        ("gratuit", Occupation.LOGE_GRATUITEMENT),
        ("sans_logement", Occupation.LOCATAIRE_VIDE),
    ],
)
def test_who_pays_no_rent(occupation, faite):
    logement = foyer_of(
        "rsa", {n: v for n, v in SANS_EMPLOI.items() if n not in ("bailleur", "loyer")} | {"occupation": occupation}
    )
    assert (logement.logement.occupation, logement.logement.loyer) == (faite, 0)


def test_a_landlord_of_the_family_and_an_overseas_department():
    foyer = foyer_of("rsa", SANS_EMPLOI | {"bailleur": "famille", "code_postal": "97400"})
    assert foyer.logement.bailleur_parent
    assert foyer.logement.territoire is Territoire.REUNION


def test_who_earns_nothing_is_asked_nothing_of_it():
    assert "trimestre" not in {page.nom for page, _ in PARCOURS.steps(answers_of("rsa", SANS_EMPLOI))}
    assert asked(SANS_EMPLOI | {"autres": "autre_revenu"}) == {"revenus"}
    assert asked(SANS_EMPLOI | {"autres": "aah etranger"}) == {"aah", "titre_de_sejour"}
    assert asked(ALONE) == {"salaire_stable", "salaire"}
    assert asked(ALONE | {"salaire_stable": "non"}) == {"salaire_1", "salaire_2", "salaire_3"}


def test_a_child_counts_until_25():
    grown = LONE_MOTHER | {"naissance": "1970-05-01", "activite": "inactif", "enfants-1-naissance": "2003-01-01"}
    assert foyer_of("rsa", grown).personnes[1].naissance == date(2003, 1, 1)
    too_old = PARCOURS.read(grown | {"enfants-1-naissance": "2001-10-01"})
    assert "25 ans ou plus" in too_old.errors["enfants-1-naissance"]


def test_an_expected_child():
    assert demandeur(COMMON["rsa"]["a pregnant couple"]).enceinte

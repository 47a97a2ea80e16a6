"""The housing-aid journey: what it asks, what it refuses, the household that it makes."""

from datetime import date
from decimal import Decimal

import pytest

from guichet.domain.foyer import Activite, Nature, Occupation, Zone
from guichet.domain.vocabulaire import Mois, euros
from guichet.journeys.foyer import foyer
from guichet.journeys.parcours import page_to_fill
from guichet.journeys.simulateurs.logement import PARCOURS

SEULE = {
    "mois": "2026-11",
    **{"code_postal": "35000", "occupation": "vide", "bailleur": "prive", "loyer": "520,50"},
    **{"naissance": "1990-05-01", "couple": "non", "nombre_enfants": "0", "activite": "salarie"},
    **{"revenus_mensuels": "1 100", "autres": ""},
}
FAMILLE = SEULE | {
    **{"couple": "oui", "nombre_enfants": "2", "conjoint_naissance": "1991-02-03"},
    **{"enfants-1-naissance": "2018-01-01", "enfants-2-naissance": "2020-01-01"},
    **{"conjoint_activite": "salarie", "conjoint_revenus_mensuels": "600"},
}
ETUDIANTE = SEULE | {
    "activite": "etudiant",
    "occupation": "colocation_meuble",
    "autres": "boursier",
    "naissance": "2005-05-01",
}
AU_CROUS = SEULE | {
    **{"occupation": "residence_universitaire", "redevance": "280", "conventionne": "oui", "activite": "etudiant"},
    **{"revenus_mensuels": "0", "naissance": "2005-05-01"},
}
RESIDENT = SEULE | {"occupation": "residence_sociale", "redevance": "420", "convention": "2005-03-01"}
ACHETEUR = SEULE | {
    **{"occupation": "accedant", "signature": "2015-06-10", "pret_conventionne": "oui", "neuf": "non", "mensualite": "650"},
}
SANS_EMPLOI = SEULE | {
    **{"activite": "chomeur", "revenus_mensuels": "900", "indemnite": "870", "depuis": "2026-05-12"},
}


def answers_of(texts):
    reading = PARCOURS.read(texts)
    assert not reading.errors
    assert [champ.nom for champ in reading.missing] == []
    return reading.reponses


def test_the_household_of_the_answers():
    famille = foyer(answers_of(FAMILLE))
    assert len(famille.personnes) == 4
    assert famille.logement.occupation is Occupation.LOCATAIRE_VIDE
    assert not famille.logement.conventionne
    assert famille.logement.loyer == euros("520.50")
    assert famille.logement.zone is Zone.ZONE_2
    salaire = famille.personnes[0].ressources[0]
    # From M-13, and four months before, whose housing aid counts in the prime; until today: the law looks at all.
    assert (salaire.nature, salaire.mensuel, salaire.du, salaire.au) == (
        *(Nature.SALAIRE, euros(1100)),
        *(Mois(2025, 6), Mois(2026, 11)),
    )


def test_wages_stop_when_unemployment_begins():
    adulte = foyer(answers_of(SANS_EMPLOI)).personnes[0]
    salaire, chomage = adulte.ressources
    assert adulte.activite is Activite.CHOMEUR
    # The mean of October 2025 to September 2026, all earned until 12 May.
    assert (salaire.au, salaire.mensuel * 8) == (Mois(2026, 5), 900 * 12)
    assert (chomage.nature, chomage.mensuel, chomage.du, chomage.au) == (
        *(Nature.CHOMAGE, euros(870)),
        *(Mois(2026, 5), Mois(2026, 11)),
    )
    sans_indemnite = SANS_EMPLOI | {"activite": "chomeur_non_indemnise"}
    assert foyer(answers_of(sans_indemnite)).personnes[0].ressources[1].mensuel == 0


def test_until_2020_the_year_before_last_is_asked_and_the_last_wage():
    texts = SEULE | {"mois": "2013-01", "revenus_annuels": "10000", "salaire_actuel": "1300"}
    annuel, actuel = foyer(answers_of(texts)).personnes[0].ressources
    assert (annuel.du, annuel.au) == (Mois(2010, 1), Mois(2011, 12))  # September 2012 looks at 2010, supposed alike
    assert euros(annuel.mensuel * 12) == euros(10000)  # nothing is lost in twelfths
    assert (actuel.mensuel, actuel.du, actuel.au) == (euros(1300), Mois(2012, 9), Mois(2013, 1))


def test_the_self_employed_are_asked_their_profit_of_the_year_before_last():
    revenu = foyer(answers_of(SEULE | {"activite": "independant", "benefice": "18000"})).personnes[0].ressources[0]
    assert (revenu.nature, revenu.mensuel, revenu.du) == (Nature.INDEPENDANT, euros(1500), Mois(2024, 1))


@pytest.mark.parametrize(("reponse", "conventionne"), [("oui", True), ("non", False)])
def test_the_loan_says_which_aid_a_buyer_has(reponse, conventionne):
    logement = foyer(answers_of(ACHETEUR | {"pret_conventionne": reponse})).logement
    assert logement.conventionne is conventionne
    assert logement.pret is not None
    assert (logement.pret.signature, logement.pret.mensualite) == (date(2015, 6, 10), euros(650))
    assert (logement.pret.conventionne, logement.pret.neuf) == (conventionne, False)


@pytest.mark.parametrize(
    ("bailleur", "occupation", "conventionne"),
    [
        ("hlm", Occupation.LOCATAIRE_HLM, True),
        ("conventionne", Occupation.LOCATAIRE_VIDE, True),
        ("prive", Occupation.LOCATAIRE_VIDE, False),
    ],
)
def test_the_landlord_says_which_aid_a_tenant_has(bailleur, occupation, conventionne):
    logement = foyer(answers_of(SEULE | {"bailleur": bailleur})).logement
    assert (logement.occupation, logement.conventionne) == (occupation, conventionne)


def test_foyers_and_residences():
    social, crous = foyer(answers_of(RESIDENT)).logement, foyer(answers_of(AU_CROUS)).logement
    assert (social.occupation, social.loyer, social.convention_foyer) == (
        *(Occupation.RESIDENCE_SOCIALE, euros(420)),
        date(2005, 3, 1),
    )
    assert (crous.occupation, crous.conventionne) == (Occupation.RESIDENCE_UNIVERSITAIRE, True)


def test_the_boxes():
    texts = FAMILLE | {
        **{"autres": "enceinte rsa aah patrimoine alternance", "rsa": "300", "aah": "500", "patrimoine": "45000"},
        "alternance": "1",
    }
    demandeur, _, *enfants = foyer(answers_of(texts)).personnes
    assert demandeur.enceinte
    assert demandeur.epargne == euros(45000)
    assert {r.nature: r.mensuel for r in demandeur.ressources} == {
        Nature.SALAIRE: euros(1100),
        Nature.AAH: euros(500),
        Nature.RSA: euros(300),
    }
    assert [enfant.garde_alternee for enfant in enfants] == [True, False]
    assert "indiquez 2 au plus" in PARCOURS.read(texts | {"alternance": "3"}).errors["alternance"]


def test_dependent_relatives():
    texts = FAMILLE | {"autres": "proches_a_charge", "proches_a_charge": "2"}
    assert foyer(answers_of(texts)).proches_a_charge == 2
    assert foyer(answers_of(FAMILLE)).proches_a_charge == 0
    assert "1 au moins" in PARCOURS.read(texts | {"proches_a_charge": "0"}).errors["proches_a_charge"]


def test_a_retired_parent_on_leave_and_an_alimony():
    texts = FAMILLE | {
        **{"activite": "retraite", "pension": "900", "retraite_depuis": "2020-02-01", "conjoint_activite": "conge_parental"},
        **{"autres": "pension_recue conjoint_chomage_passe", "pension_recue": "1200", "conjoint_chomage_passe": "2400"},
    }
    demandeur, conjoint, *_ = foyer(answers_of(texts)).personnes
    assert {r.nature: (r.mensuel, r.du, r.au) for r in demandeur.ressources if r.nature is not Nature.SALAIRE} == {
        Nature.RETRAITE: (euros(900), Mois(2020, 2), Mois(2026, 11)),
        Nature.PENSION_ALIMENTAIRE_RECUE: (euros(100), Mois(2025, 1), Mois(2025, 12)),
    }
    assert conjoint.activite is Activite.CONGE_PARENTAL
    assert (conjoint.ressources[1].nature, conjoint.ressources[1].mensuel) == (Nature.CHOMAGE, euros(200))


@pytest.mark.parametrize(
    ("changes", "nom", "phrase"),
    [
        ({"naissance": "2014-01-01"}, "naissance", "moins de 14 ans en novembre 2026"),
        ({"conjoint_naissance": "2020-01-01"}, "conjoint_naissance", "moins de 14 ans"),
        ({"enfants-1-naissance": "1985-01-01"}, "enfants-1-naissance", "plus âgé que vous"),
        ({"naissance": "1970-05-01", "enfants-2-naissance": "2005-10-31"}, "enfants-2-naissance", "21 ans ou plus"),
    ],
)
def test_ages_that_cannot_be(changes, nom, phrase):
    reading = PARCOURS.read(FAMILLE | changes)
    assert phrase in reading.errors[nom]
    page = page_to_fill(PARCOURS.steps(reading.reponses), reading)
    assert page is not None
    assert nom in {champ.nom for champ in page.champs(reading.reponses)}


def test_a_child_counts_until_the_month_of_its_21_years():
    answers_of(FAMILLE | {"naissance": "1970-05-01", "enfants-1-naissance": "2005-11-02"})


def test_what_is_not_asked_depends_on_the_household():
    def told(texts):
        return " ".join(PARCOURS.faits_not_asked(answers_of(texts)))

    assert "travaux" in told(ACHETEUR)
    assert "chambre" in told(AU_CROUS)
    assert told(SEULE | {"naissance": "2006-01-01", "autres": "ifi"}) == ""


def test_the_tax_household_of_the_parents_is_asked_of_the_young():
    young = SEULE | {"naissance": "2006-01-01", "autres": "ifi"}
    arret = PARCOURS.arret(answers_of(young))
    assert arret is not None
    assert arret.texte(Mois(2026, 11)).reference == "CCH, art. L822-8"
    assert arret.texte(Mois(2018, 1)).reference == "Loi de finances pour 2016, art. 143"
    assert PARCOURS.arret(answers_of(young | {"naissance": "1990-01-01"})) is None


def test_a_recent_loan_decides_before_anything_else_is_asked():
    reading = PARCOURS.read({"mois": "2026-11", "code_postal": "35000", "occupation": "accedant", "signature": "2020-01-01"})
    assert PARCOURS.arret(reading.reponses) is not None
    assert (reading.missing, page_to_fill(PARCOURS.steps(reading.reponses), reading)) == ([], None)
    assert PARCOURS.arret(PARCOURS.read(ACHETEUR | {"signature": "2019-12-31"}).reponses) is None


def test_a_box_hidden_by_another_answer_is_forgotten():
    assert answers_of(SEULE | {"autres": "alternance boursier enceinte"})["autres"] == ("enceinte",)


@pytest.mark.parametrize(
    ("nom", "text", "phrase"),
    [
        ("loyer", "cinq cents", "Indiquez le loyer sans les charges"),
        ("loyer", "-500", "Ce montant ne peut pas être négatif. Indiquez le loyer sans les charges"),
        ("loyer", "999999999999", "Ce montant est trop grand : il dépasse 20\u202f000\xa0€ par mois"),
        ("loyer", "0", "Sans loyer à payer, choisissez « Logé gratuitement »"),
        ("code_postal", "3500", "cinq chiffres"),
        ("code_postal", "99999", "Nous ne trouvons aucune commune au code postal 99999"),
        ("code_postal", "75000", "finit par l'arrondissement"),
        ("naissance", "90-03-05", "Écrivez l'année avec ses quatre chiffres"),
        ("naissance", "1990-mars-05", "Indiquez le jour, le mois et l'année"),
        ("naissance", "1990-02-30", "Cette date n'existe pas"),
        (
            "naissance",
            "2030-01-01",
            "vient après novembre 2026, le mois de la simulation. Vérifiez-la, ou choisissez un autre",
        ),
        ("mois", "2012-05", "Indiquez un mois"),
    ],
)
def test_a_refused_answer_says_what_to_do(nom, text, phrase):
    assert phrase in PARCOURS.read(SEULE | {nom: text}).errors[nom]


@pytest.mark.parametrize("text", ["520,5", "520,5 euros", "520.50 €", "520,50 Euros", "0520,50EUR"])
def test_an_amount_may_be_said_with_its_currency(text):
    assert answers_of(SEULE | {"loyer": text})["loyer"] == Decimal("520.50")


def test_only_who_shares_reads_that_a_share_is_asked():
    for occupation, aide in (("vide", ""), ("colocation_vide", "Votre part seulement.")):
        (loyer,) = (champ for champ in PARCOURS.read(SEULE | {"occupation": occupation}).read if champ.nom == "loyer")
        assert loyer.aide == aide


def test_before_a_birth_what_to_do_is_to_count_one_child_less():
    """« Un autre mois », before a child was born: the date is right, the number of children is not that of the month."""
    refused = PARCOURS.read(FAMILLE | {"mois": "2012-06"}).errors
    assert refused["enfants-1-naissance"] == (
        "Cette date vient après juin 2012, le mois de la simulation. Si cet enfant n'était pas encore né, ne le comptez pas "
        "à la page « Votre foyer », ou choisissez un autre mois."
    )


def test_several_activities_at_once():
    texts = FAMILLE | {
        **{"activite": "independant", "benefice": "6000", "autres": "conjoint_benefice autre_revenu"},
        **{"conjoint_benefice": "1200", "revenus": "salaires conjoint_invalidite loyers placements"},
        **{"revenus_mensuels": "500", "conjoint_invalidite": "310", "loyers": "200", "placements": "15"},
    }
    her, him, *_ = foyer(answers_of(texts)).personnes
    assert {r.nature: r.mensuel for r in her.ressources} == {
        **{Nature.INDEPENDANT: euros(500), Nature.SALAIRE: euros(500)},
        **{Nature.REVENUS_FONCIERS: euros(200), Nature.REVENUS_DU_CAPITAL: euros(15)},
    }
    assert {r.nature: r.mensuel for r in him.ressources} == {
        **{Nature.INDEPENDANT: euros(100), Nature.SALAIRE: euros(600), Nature.INVALIDITE: euros(310)},
    }
    assert all(r.au == Mois(2026, 11) for r in (*her.ressources, *him.ressources))


def test_a_disabled_child_and_a_disabled_resident():
    enfants = foyer(answers_of(FAMILLE | {"autres": "aeeh"})).personnes[2:]
    assert [enfant.handicap > 0 for enfant in enfants] == [True, False]
    resident = AU_CROUS | {"occupation": "foyer", "conventionne": "non", "autres": "handicap"}
    assert foyer(answers_of(resident)).personnes[0].handicap > 0
    # A convention, or the rent of a buyer, makes them of no effect: not asked.
    assert answers_of(resident | {"conventionne": "oui"})["autres"] == ()
    assert answers_of(FAMILLE | ACHETEUR | {"nombre_enfants": "2", "autres": "aeeh"})["autres"] == ()


def test_a_draft_is_read_without_what_the_journey_no_longer_asks():
    long_ago = {"animaux": "oui", "enfants-1-ecole": "oui", "enfants-3-naissance": "2019-01-01"}
    assert answers_of(FAMILLE | long_ago | {"autres": "enceinte chat"}) == answers_of(FAMILLE | {"autres": "enceinte"})
    # One whose answer is no longer offered is asked again.
    assert "Choisissez" in PARCOURS.read(SEULE | {"occupation": "yourte"}).errors["occupation"]


@pytest.mark.parametrize(
    "reponse",
    [{"bailleur": "famille"}, *({"occupation": occupation} for occupation in ("gratuit", "proprietaire", "sans_logement"))],
)
def test_a_refusal_stops_the_questions(reponse):
    reading = PARCOURS.read({"mois": "2026-11", "code_postal": "35000", "occupation": "vide"} | reponse)
    assert PARCOURS.arret(reading.reponses) is not None
    assert "naissance" not in {champ.nom for champ in reading.missing}

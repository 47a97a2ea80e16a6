"""Housing aid of tenants: published amounts, and amounts worked by hand from the scale (the comments say which)."""

import pytest
from lecture import premier
from logement_foyers import situation

from guichet.domain.vocabulaire import Mois


def lit(variable, mois, **foyer):
    return premier(variable, situation(mois, **foyer), Mois.parse(mois))


def ressources(mois, montant):
    return {"aide_logement_base_ressources": {mois: montant}}


def test_a_couple_with_one_minimum_wage_is_not_neutralised_by_the_rsa_activite():
    """306.78, and 434.27 for those who had the RSA socle (law_housing, 4): RSA activité alone leaves the earnings."""
    mois = ["2012-08", "2012-09", "2012-10", "2012-11", "2012-12"]
    smic = {"salaire_imposable": {"2011": 13880} | dict.fromkeys(mois, 1100), "salaire_net": dict.fromkeys(mois, 1100)}
    foyer = {"couple": True, "enfants": (5, 8), "loyer": 500}
    activite = {"famille": {"rsa": {"2012-12": 200}}, "individu": smic}
    assert lit("aide_logement", "2013-01", **foyer, **activite) == pytest.approx(306.78, abs=0.001)
    sans_emploi = {"salaire_imposable": {"2011": 13880} | dict.fromkeys(mois, 0), "salaire_net": dict.fromkeys(mois, 0)}
    socle = {"famille": {"rsa": {"2012-12": 900}}, "individu": sans_emploi}
    assert lit("aide_logement", "2013-01", **foyer, **socle) == pytest.approx(434.27, abs=0.001)


@pytest.mark.parametrize(
    ("mois", "foyer", "r0"),
    [
        ("2012-07", {}, 4373),
        ("2013-06", {"couple": True, "enfants": (5, 8)}, 7728),
        # Worked by hand from the order of 3/07/1978, art. 2 ter: 12 × 88 % × 466,99 = 4 931,41, less 10 %.
        ("2013-06", {}, 4438),
        ("2014-12", {"couple": True, "enfants": (5, 8, 9)}, 8185),
        ("2015-02", {"couple": True, "enfants": (5, 8)}, 7938),
        ("2016-05", {}, 4562),
        ("2026-11", {}, 5235),
        # Seven dependants: 12 × (380,3 % × 474,93 − 237 % × 395,04) = 10 438,97, less 10 %; ten: 11 447,17, less 10 %.
        ("2014-12", {"couple": True, "enfants": range(5, 12)}, 9395),
        ("2014-12", {"couple": True, "enfants": range(5, 15)}, 10302),
    ],
)
def test_r0(mois, foyer, r0):
    assert lit("aide_logement_R0", mois, **foyer) == r0


def test_cents_until_2015_then_whole_euros():
    """Maximum of a person alone, zone 2, 10/2015: 255,23 + 53,27 − 34,76 = 273,74, CRDS 1,36 (worked by hand)."""
    assert lit("aide_logement", "2015-12") == pytest.approx(272.38, abs=0.001)
    assert lit("aide_logement", "2016-01") == 272


@pytest.mark.parametrize(
    ("zone", "enfants", "couple", "net"),
    [
        # Maxima without income, October 2026 (law_2025_2026, 1.7, worked from the order of 28/09/2026), euro below.
        ("zone_1", (), False, 351),
        ("zone_2", (), False, 308),
        ("zone_3", (), False, 290),
        ("zone_2", (), True, 373),
        ("zone_2", (5,), False, 431),
        ("zone_2", (5, 8), False, 498),
    ],
)
def test_maxima_of_october_2026(zone, enfants, couple, net):
    assert lit("aide_logement", "2026-10", zone=zone, enfants=enfants, couple=couple) == net


def test_high_rents():
    """Printed thresholds of 2016, zone 1, alone: full to 995,69, nothing from 1 171,40. Half way: half (by hand)."""
    plein = lit("aide_logement_montant_brut", "2016-08", zone="zone_1", loyer=995)
    assert plein == pytest.approx(292.85 + 53.27 - 34.76, abs=0.001)
    assert lit("aide_logement", "2016-06", zone="zone_1", loyer=1172) > 0
    assert lit("aide_logement", "2016-08", zone="zone_1", loyer=1172) == 0
    milieu = lit("aide_logement_montant_brut", "2016-08", zone="zone_1", loyer=(995.69 + 1171.40) / 2)
    assert milieu == pytest.approx(plein / 2, abs=0.011)
    aah = {"individu": {"aah": {"2016-08": 500}}}
    assert lit("aide_logement_montant_brut", "2016-08", zone="zone_1", loyer=1172, **aah) == pytest.approx(plein)


def test_threshold_of_payment_after_the_five_euros():
    """14,39 € before the five euros, 9,39 € after: below 10 €, not paid (worked by hand)."""
    foyer = {"famille": ressources("2018-01", 12900), "loyer": 257.14}
    # 257,14 + 53,67 − 35,02 − 3,135 % × (12 900 − 4 562)
    assert lit("aide_logement_montant_brut_avant_degressivite", "2018-01", **foyer) == pytest.approx(14.39, abs=0.001)
    assert lit("aide_logement_montant_brut", "2018-01", **foyer) == pytest.approx(9.39, abs=0.001)
    assert lit("aide_logement", "2018-01", **foyer) == 0


def test_threshold_of_payment_before_the_rounding_until_august_2019():
    """R351-22: 10,04 € reaches the threshold of 10 €, then is 9 € once rounded (by hand; D823-16 asks for 10,05 €)."""
    mois = "2018-01"
    # RL 86,65 %, so 2,83 + 0,135 + 0,68 x 11,65 % = 3,044 %; 222,80 + 53,67 - 35,02 - 3,044 % x (12 000 - 4 562) - 5 = 10,04
    for loyer, brute, verse in ((222.80, 10.04, 9), (222.75, 9.99, 0)):
        foyer = {"famille": ressources(mois, 12000), "loyer": loyer}
        assert lit("aide_logement_montant_brut", mois, **foyer) == pytest.approx(brute, abs=0.001)
        assert lit("aide_logement", mois, **foyer) == verse


def test_threshold_of_payment_once_rounded():
    """D823-16: 10,04 € is 9 € once rounded less its CRDS of 5 cents, 9,05 € with it: not paid; 10,05 € is 10 €, paid."""
    mois = "2022-11"
    # RL 77,40 %, so 2,83 + 0,135 + 0,68 x 2,4 % = 2,981 %; 208,10 + 56,12 - 36,63 - 2,981 % x (12 000 - 4 870) - 5
    for loyer, brute, verse in ((208.10, 10.04, 0), (208.11, 10.05, 10)):
        foyer = {"famille": ressources(mois, 12000), "loyer": loyer}
        assert lit("aide_logement_montant_brut", mois, **foyer) == pytest.approx(brute, abs=0.001)
        assert lit("aide_logement", mois, **foyer) == verse


def test_the_social_rent_reduction_starts_in_february_2018():
    hlm = {"statut": "locataire_hlm"}
    assert lit("aide_logement_baisse_rls", "2018-01", **hlm) == 0
    assert lit("aide_logement_baisse_rls", "2018-02", **hlm) == pytest.approx(27.19, abs=0.001)  # 98 % of 27,74
    prive = {"statut": "locataire_vide", "menage": {"logement_conventionne": {"2018-02": True}}}
    assert lit("aide_logement_baisse_rls", "2018-02", **prive) == 0


def test_the_social_rent_reduction_comes_after_the_whole_euros():
    """D823-16: 268,87 + 56,12 − 36,63 − 5 = 283,36; CRDS 1,41, so 281 and 282,41 with it; less 98 % of 50 €, 233,41.

    The CRDS is then that of 233,41: 1,16 (worked by hand; nothing printed was found).
    """
    mois = "2022-11"
    foyer = {"statut": "locataire_hlm", "famille": ressources(mois, 4800)}
    avec = foyer | {"famille": foyer["famille"] | {"reduction_loyer_solidarite": {mois: 50}}}
    sans = foyer | {"famille": foyer["famille"] | {"reduction_loyer_solidarite": {mois: 0}}}
    assert lit("aide_logement", mois, **sans) == 281
    assert lit("aide_logement_arrondi", mois, **avec) == pytest.approx(-0.95, abs=0.001)
    assert lit("aide_logement_avant_seuil", mois, **avec) == pytest.approx(233.41, abs=0.001)
    assert lit("aide_logement", mois, **avec) == pytest.approx(232.25, abs=0.001)


def test_saint_pierre_et_miquelon_by_eighths():
    """Décret 2021-1750, art. 7: in 2023, 1 - 3/8 of the aid; 268,87 + 56,12 - 36,63 - 5 = 283,36, so 283, without CRDS."""
    mois = "2023-05"
    foyer = {"menage": {"residence_saint_pierre_et_miquelon": {mois: True}}, "famille": ressources(mois, 4800)}
    assert lit("aide_logement", mois, **foyer) == pytest.approx(176.88, abs=0.001)  # 176.875


def test_co_tenants_rooms_and_furnished_dwellings():
    mois = "2015-10"
    coloc = {"menage": {"coloc": {mois: True}}}
    assert lit("aide_logement_loyer_plafond", mois, **coloc) == pytest.approx(191.42, abs=0.001)  # 75 % of 255,23
    assert lit("aide_logement_charges", mois, **coloc) == pytest.approx(26.63, abs=0.001)
    chambre = {"menage": {"logement_chambre": {mois: True}}, "enfants": (5,)}
    assert lit("aide_logement_loyer_plafond", mois, **chambre) == pytest.approx(229.71, abs=0.001)  # 90 %
    assert lit("aide_logement_loyer_reel", mois, statut="locataire_meuble", loyer=433.5) == pytest.approx(289)
    apl = {"statut": "locataire_meuble", "menage": {"logement_conventionne": {mois: True}}}
    assert lit("aide_logement_loyer_reel", mois, loyer=433.5, **apl) == 433.5


@pytest.mark.parametrize(
    ("zone", "chambre", "seul", "couple", "un_enfant", "trois_enfants"),
    [
        # Order of 24/09/2020 (JORFARTI000042376750), art. 8 and 16: rooms; co-tenants, 44,03 and 38,90 a further child.
        ("zone_1", 267.14, 222.62, 268.49, 303.45, 303.45 + 2 * 44.03),
        ("zone_2", 232.82, 194.02, 237.48, 267.23, 267.23 + 2 * 38.90),
    ],
)
def test_published_ceilings_of_rooms_and_co_tenants(zone, chambre, seul, couple, un_enfant, trois_enfants):
    """Half a cent goes up (58,70 x 75 % = 44,025), and each figure of the table is rounded."""
    mois = "2020-11"

    def plafond(**foyer):
        return lit("aide_logement_loyer_plafond", mois, zone=zone, **foyer)

    coloc = {"menage": {"coloc": {mois: True}}}
    assert plafond(menage={"logement_chambre": {mois: True}}) == pytest.approx(chambre, abs=0.001)
    assert plafond(**coloc) == pytest.approx(seul, abs=0.001)
    assert plafond(couple=True, **coloc) == pytest.approx(couple, abs=0.001)
    assert plafond(enfants=(5,), **coloc) == pytest.approx(un_enfant, abs=0.001)
    assert plafond(enfants=(5, 7, 9), **coloc) == pytest.approx(trois_enfants, abs=0.001)


@pytest.mark.parametrize(
    ("mois", "plafond", "charges", "r0", "taux"),
    [
        # Arrêté of 27/09/2019, art. 7, 9, 15 and 46, as of 1 July 2022: six dependants count.
        ("2022-12", 370.32 + 5 * 53.90, 37.67 + 6 * 9.69, 9816, 0.0162),
        # As of 1 January 2023 (arrêté of 26/12/2022): no limit any more; TF of seven, 1.67 %.
        ("2023-01", 370.32 + 6 * 53.90, 37.67 + 7 * 9.69, 9975 + 328, 0.0167),
    ],
)
def test_seven_dependants_overseas(mois, plafond, charges, r0, taux):
    foyer = {"enfants": range(4, 11), "menage": {"depcom": {mois: "97411"}}}
    assert lit("aide_logement_loyer_plafond", mois, **foyer) == pytest.approx(plafond, abs=0.001)
    assert lit("aide_logement_loyer_reference", mois, **foyer) == pytest.approx(plafond, abs=0.001)
    assert lit("aide_logement_charges", mois, **foyer) == pytest.approx(charges, abs=0.001)
    assert lit("aide_logement_R0", mois, **foyer) == r0
    assert lit("aide_logement_taux_famille", mois, **foyer) == pytest.approx(taux)


@pytest.mark.parametrize("collectivite", ["residence_saint_martin", "residence_saint_bartelemy"])
def test_saint_martin_and_saint_barthelemy_have_the_scale_of_overseas(collectivite):
    """Arrêté of 27/09/2019, art. 46: charges of 36.40 and 9.36, of 18.72 for a co-tenant alone (as of 1 October 2021)."""
    mois = "2021-11"
    ici = {collectivite: {mois: True}}
    assert lit("aide_logement_charges", mois, enfants=(5, 8), menage=ici) == pytest.approx(36.40 + 2 * 9.36, abs=0.001)
    assert lit("aide_logement_charges", mois, menage=ici | {"coloc": {mois: True}}) == pytest.approx(18.72, abs=0.001)
    foyer = {"enfants": range(4, 11), "menage": ici}
    assert lit("aide_logement_loyer_reference", mois, **foyer) == pytest.approx(357.80 + 5 * 52.08, abs=0.001)


@pytest.mark.parametrize(
    ("naissance", "commune", "etudiant", "comptes"),
    [
        # R823-12: the right ends with the month of the birthday. R823-10: it opens with the month after the birth.
        ("2001-07-31", "69123", False, 1),
        ("2001-06-30", "69123", True, 0),
        ("2022-05-31", "69123", False, 1),
        ("2022-06-01", "69123", False, 0),
        # D861-9: until 22 years overseas, in studies.
        ("2001-06-30", "97411", True, 1),
        ("2001-06-30", "97411", False, 0),
        ("2000-06-30", "97411", True, 0),
    ],
)
def test_from_which_month_to_which_a_child_counts(naissance, commune, etudiant, comptes):
    mois = "2022-06"
    enfant = {"date_naissance": naissance, "etudiant": {mois: etudiant}}
    foyer = {"enfants": (enfant,), "menage": {"depcom": {mois: commune}}}
    assert lit("al_nb_personnes_a_charge", mois, **foyer) == comptes


def test_an_adult_disabled_at_eighty_percent_counts():
    """R823-4, 3°: "au moins égale à 80 %"."""
    parent = {"age": 60, "taux_incapacite": {"2022-06": 0.8}}
    assert lit("al_nb_personnes_a_charge", "2022-06", enfants=(parent,)) == 1
    assert lit("al_nb_personnes_a_charge", "2022-06", enfants=(parent | {"taux_incapacite": {"2022-06": 0.79}},)) == 0


@pytest.mark.parametrize(
    ("naissance", "mois", "revenu", "comptes"),
    [
        # CSS L351-8, 1°: 65 years for who was born before July 1951, 66 and 7 months in 1954, 67 from 1955 on.
        ("1947-01-15", "2012-06", 0, 1),
        ("1951-06-30", "2016-06", 0, 0),
        ("1951-06-30", "2016-07", 0, 1),
        ("1954-12-02", "2021-07", 0, 0),
        ("1954-12-02", "2021-08", 0, 1),
        ("1955-01-01", "2022-01", 0, 0),
        ("1955-01-01", "2022-02", 0, 1),
        # 1.25 times the ceiling of the Aspa at the end of N-2: 1.25 x 10 838.40 = 13 548 € after the tenth of the tax.
        ("1950-01-01", "2022-02", 15_050, 1),
        ("1950-01-01", "2022-02", 15_060, 0),
    ],
)
def test_from_which_month_an_aged_parent_counts(naissance, mois, revenu, comptes):
    """R823-4, 2°; a right opens with the month after the birthday (R823-10)."""
    n_2 = Mois.parse(mois).annee - 2
    parent = {"date_naissance": naissance, "retraite_imposable": {str(n_2): revenu}}
    assert lit("al_nb_personnes_a_charge", mois, enfants=(parent,)) == comptes


@pytest.mark.parametrize("mois", ["2013-01", "2019-06", "2026-10"])
def test_a_dependent_relative_counts_as_a_child_does(mois):
    """R823-4: one list of dependants, and the scale reads how many they are. 431 € in October 2026, as with a child."""
    avec_un_proche = lit("aide_logement", mois, famille={"al_proches_a_charge": {mois: 1}})
    assert avec_un_proche == lit("aide_logement", mois, enfants=(5,))
    assert mois != "2026-10" or avec_un_proche == 431


def test_a_seventh_child_overseas_whose_residence_alternates():
    """Without it six children are left, who count all: the limit of 2022 takes nothing of the aid either way."""
    mois = "2022-06"
    enfants = ({"age": 8, "garde_alternee": {mois: True}}, *range(4, 10))
    foyer = {"enfants": enfants, "menage": {"depcom": {mois: "97411"}}}
    assert lit("aide_logement_reduction_alternance", mois, **foyer) == 0


def test_alternating_residence():
    """The Catala example of 01/2022 as its authors wrote it: AEEH, and a child there 70 % of the time: 244."""
    mois = "2022-01"
    alterne = {"age": 17, "garde_alternee": {mois: True}, "residence_alternee_part_du_temps": {mois: 0.7}}
    foyer = {
        "couple": True,
        "enfants": (alterne, 11, 8),
        "loyer": 1700,
        "zone": "zone_1",
        "statut": "locataire_hlm",
        "famille": ressources(mois, 20000) | {"reduction_loyer_solidarite": {mois: 0}, "aeeh": {mois: 130}},
    }
    assert lit("aide_logement", mois, **foyer) == 244


def test_before_july_2017_one_parent_counts_the_child():
    alterne = {"age": 8, "garde_alternee": {"2017-06": True, "2017-07": True}}
    plein = lit("aide_logement", "2017-06", enfants=(alterne,))
    assert plein == lit("aide_logement", "2017-06", enfants=(8,))
    assert lit("aide_logement", "2017-07", enfants=(alterne,)) < plein


def test_students_from_outside_the_european_union_since_july_2026():
    exclu = {"etudiant_hors_ue_sans_criteres_bourse": {"2026-06": True, "2026-07": True}}
    etudiant = {"age": 20, "individu": {"etudiant": {"2026-06": True, "2026-07": True}} | exclu}
    assert lit("aide_logement", "2026-06", **etudiant) > 0
    assert lit("aide_logement", "2026-07", **etudiant) == 0
    assert lit("aide_logement", "2026-07", couple=True, **etudiant) > 0


def test_unpaid_unemployment_concerns_the_one_unemployed():
    """The partner's earnings stay; without a date it began with the last wages; wages of the month end it."""
    mois = "2013-06"
    salaire = {"salaire_imposable": {"2011": 12000}}
    chomeur = salaire | {"activite": {mois: "chomeur"}}
    foyer = {"couple": True, "individu": chomeur, "conjoint": salaire}
    assert lit("aide_logement_base_ressources", mois, **foyer) == 10800
    repris = chomeur | {"salaire_imposable": {"2011": 12000, mois: 1200}}
    assert lit("aide_logement_base_ressources", mois, **(foyer | {"individu": repris})) == 21600


@pytest.mark.parametrize(
    ("debut", "indemnites", "retenu"),
    [
        ("2013-06-03", 0, 10800),
        ("2013-05-20", 0, 0),  # CCH R351-14: from the first of the month that follows the change
        ("2013-05-20", 800, 10800),
        ("2013-04-20", 800, 7600),  # R351-13: from the first of the second month, 10 800 - 30 % = 7 560
    ],
)
def test_the_first_month_of_unemployment(debut, indemnites, retenu):
    mois = "2013-06"
    chomeur = {"activite": {mois: "chomeur"}, "date_debut_chomage": debut, "chomage_imposable": {mois: indemnites}}
    individu = {"salaire_imposable": {"2011": 12000}} | chomeur
    assert lit("aide_logement_base_ressources", mois, individu=individu) == retenu
    recent = lit("aide_logement_chomage_de_moins_de_deux_mois", mois, individu=individu)
    assert recent == (retenu == 0)


@pytest.mark.parametrize("mois", ["2014-05", "2026-10"])
@pytest.mark.parametrize("conventionne", [False, True])
def test_no_aid_for_who_rents_from_a_parent_or_a_child(mois, conventionne):
    """CCH L351-2-1, then L822-3: the APL neither."""
    loue = {"menage": {"logement_conventionne": {mois: conventionne}}}
    assert lit("aide_logement", mois, **loue) > 0
    assert lit("aide_logement", mois, **loue, famille={"proprietaire_proche_famille": {mois: True}}) == 0


def test_parental_leave_leaves_out_the_earnings_of_the_one_on_leave():
    mois = "2013-06"
    salaire = {"salaire_imposable": {"2011": 12000}}
    conge = {"couple": True, "individu": salaire, "conjoint": salaire | {"type_conges": {mois: "conge_parental"}}}
    assert lit("aide_logement_base_ressources", mois, **conge) == 10800
    # R351-12: "le conjoint du bénéficiaire"; who brings up children alone is not one.
    seul = salaire | {"type_conges": {mois: "conge_parental"}}
    assert lit("aide_logement_base_ressources", mois, individu=seul, enfants=(1,)) == 10800


@pytest.mark.parametrize(("salaire", "deux"), [(445.90, False), (446.00, True)])
def test_two_earners_since_2021_by_the_base_of_the_day(salaire, deux):
    """R822-7: twelve times the base "en vigueur à la date de la demande ou du réexamen", 445,93 in April 2023."""
    mois = [f"{2022 + (numero > 12)}-{numero - 12 * (numero > 12):02d}" for numero in range(5, 17)]
    gains = {"salaire_imposable": dict.fromkeys(mois, salaire)}
    foyer = {"couple": True, "individu": gains, "conjoint": gains}
    assert lit("aide_logement_biactivite", "2023-06", **foyer) == deux


def test_two_earners_and_long_unemployment():
    """6 197 + 6 197 − 95 (caf.fr, 12/2014); 8 580 − 931 → 7 700 (caf.fr, 02/2015)."""
    salaires = {"salaire_imposable": {"2012": 6886}}
    foyer = {"couple": True, "individu": salaires, "conjoint": salaires}
    assert lit("aide_logement_ressources_du_foyer", "2014-12", **foyer) == pytest.approx(12299, abs=0.01)
    seul = {"individu": {"activite": {"2015-02": "chomeur"}, "chomage_imposable": {"2013": 8580, "2015-02": 700}}}
    assert lit("aide_logement_base_ressources", "2015-02", **seul) == 7700


def test_flat_rate_assessment_at_the_opening_and_at_a_renewal():
    """1 000 € a month now, 5 000 € in N-2: 10 800 at the opening; at a renewal, the 4 500 of N-2 (by hand)."""
    emploi = {"individu": {"salaire_imposable": {"2011": 5000, "2013-05": 1000}}}
    assert lit("aide_logement_base_ressources", "2013-06", **emploi) == 10800
    renouvele = {"famille": {"aide_logement_renouvellement": {"2013-06": True}}}
    assert lit("aide_logement_base_ressources", "2013-06", **emploi, **renouvele) == 4500
    # At a renewal without any income in N-2 the pay is that of November: 12 × 800, less 10 %.
    novembre = {"salaire_imposable": {"2012-11": 800, "2013-05": 1000}}
    assert lit("aide_logement_base_ressources", "2013-06", individu=novembre, **renouvele) == 8700


def test_a_flat_rate_assessment_is_that_of_the_couple():
    """CCH R351-7, CSS R532-8: 12 × 1 500 less 10 %; what the partner who does not work had in N-2 is left out (by hand)."""
    mois = "2018-06"
    emploi = {"salaire_imposable": {"2018-05": 1500}}
    foyer = {"couple": True, "individu": emploi, "conjoint": {"salaire_imposable": {"2016": 5000}}}
    assert lit("aide_logement_base_ressources", mois, **foyer) == 16200
    # Nobody works: the 4 500 of N-2. With the RSA those who receive it have no assessment.
    assert lit("aide_logement_base_ressources", mois, **(foyer | {"individu": {}})) == 4500


def test_flat_rate_assessments_until_the_incomes_of_n_2_were_left():
    assert lit("aide_logement_base_ressources", "2020-12", individu={"salaire_imposable": {"2020-11": 1500}}) == 16200

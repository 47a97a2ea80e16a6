"""Family benefits: what differs from OpenFisca-France. Figures worked by hand from the text, unless a source is named."""

from __future__ import annotations

import pytest
from lecture import premier, simulation
from official.famille import calcule, nes_il_y_a

from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes import fiches
from guichet.law.explain import SimulationReading, explain

OCTOBRE_2025 = Mois(2025, 10)
REUNION = "97411"
MAYOTTE = "97611"


def af(mois, *ages, **foyer):
    return calcule("af", mois, nes_il_y_a(mois, *ages), **foyer)


def test_crds_is_cut_to_the_cent():
    # Published, April 2013: 128.57. 129.21 x 0.5 % is 0.646, cut to 0.64.
    assert calcule("af_nettes_crds", Mois(2013, 4), nes_il_y_a(Mois(2013, 4), 4, 8)) == 128.57


def test_modulation_by_resources_since_july_2015():
    # Two children, 2025: ceilings 78 565 and 104 719; 32 % of 474.37 is 151.80.
    assert [af(OCTOBRE_2025, 4, 8, ressources=r) for r in (78565, 90000, 130000)] == [151.80, 75.90, 37.95]
    assert af(Mois(2015, 6), 4, 8, ressources=130000) == 129.99


def test_each_band_has_its_own_rates():
    # D521-1: 16 and 8 %, age majoration 8 and 4 %; half of an amount already rounded would be 65.00, 76.50, 38.26.
    assert af(Mois(2015, 7), 4, 8, ressources=89490) == 64.99  # published net of CRDS: 64.67
    mois = Mois(2026, 10)
    assert [af(mois, 4, 8, ressources=r) for r in (106604, 150000)] == [76.51, 38.25]
    de_14_ans = ["2008-05-10", "2011-12-10"]
    assert [calcule("af_majoration", mois, de_14_ans, r) for r in (106604, 150000)] == [38.25, 19.13]


def test_degressif_just_above_a_ceiling():
    # 600 € above the first ceiling: 50 a month. 75.90 + (75.90 - 50).
    assert af(OCTOBRE_2025, 4, 8, ressources=78565 + 600) == 101.80


def test_degressif_of_the_20_year_allowance_counts_that_child_in_the_ceiling():
    # Eight children under 20 and one of 20, July 2015 (mes-aides, 689 €). Ceilings 55 950 + 9 x 5 595 = 106 305:
    # 106 640 exceeds by 27.92 a month; 41.10 + 41.10 - 27.92 = 54.28. Base: 564.63 + 564.63 - 494.17 = 635.09.
    mois = Mois(2015, 7)
    assert af(mois, 0, 1, 2, 3, 4, 5, 6, 7, 20, ressources=106640) == pytest.approx(689.37, abs=0.011)


def test_age_majoration_by_date_of_birth():
    # Décret 2026-138: born before 1 March 2012, 14 years; after, 18 years. 16 % of 474.37 is 75.90.
    def majoration(mois, naissance):
        return calcule("af_majoration", mois, ["2008-01-10", naissance])

    assert majoration(Mois(2026, 3), "2012-02-29") == 75.90
    assert majoration(Mois(2026, 3), "2012-03-01") == 0
    assert majoration(Mois(2026, 11), "2008-09-15") == 76.51
    # Born before May 1997: 9 % from 11 years, 16 % from 16 years. 399 x 9 % is 35.91.
    assert calcule("af_majoration", Mois(2012, 6), ["1995-01-10", "1996-12-10"]) == 35.91
    assert calcule("af_majoration", Mois(2013, 1), ["1995-01-10", "1996-12-10"]) == 63.84


def test_one_eldest_among_twins():
    assert calcule("af_majoration", OCTOBRE_2025, ["2009-05-10", "2009-05-10"]) == 75.90
    assert calcule("af_majoration", OCTOBRE_2025, ["2009-05-10", "2009-05-10", "2009-05-10"]) == 227.70


def test_the_eldest_of_two_children_of_the_same_month():
    """L521-3: the eldest has no majoration, be it by days; 16 % of 474.37 for the other, half if it alternates (R521-4)."""
    ne_le_3, ne_le_20 = {"date_naissance": "2009-05-03"}, {"date_naissance": "2009-05-20"}
    for alterne, autre, majoration in ((ne_le_3, ne_le_20, 75.90), (ne_le_20, ne_le_3, 37.95)):
        situation = en_alternance(OCTOBRE_2025, True, False)
        situation["individus"]["e0"] |= alterne
        situation["individus"]["e1"] |= autre
        assert premier("af_majoration", situation, OCTOBRE_2025) == pytest.approx(majoration, abs=0.001)


def test_alternate_custody_shares_the_allowance():
    mois = OCTOBRE_2025
    individus = {
        "a": {"date_naissance": "1985-01-01"},
        "e": {"date_naissance": "2016-01-01", "garde_alternee": True},
        "f": {"date_naissance": "2018-01-01"},
    }
    situation = {
        "individus": individus,
        "familles": {"f": {"parents": ["a"], "enfants": ["e", "f"]}},
        "menages": {"m": {"personne_de_reference": ["a"], "enfants": ["e", "f"]}},
        "foyers_fiscaux": {"t": {"declarants": ["a"], "personnes_a_charge": ["e", "f"]}},
    }
    # R521-3: mean number of children 1.5, of 2.
    assert premier("af", situation, mois) == pytest.approx(113.85, abs=0.005)


def test_overseas_from_the_first_child():
    # D755-5: 5.88 % of 474.37; 3.69 % more from 11 years, 5.67 % from 16.
    assert [af(OCTOBRE_2025, age, commune=REUNION) for age in (4, 12, 16)] == [27.89, 45.39, 54.79]
    # L755-12: one child alone is outside the modulation; two children are inside, dégressif included.
    assert af(OCTOBRE_2025, 4, commune=REUNION, ressources=200000) == 27.89
    assert af(OCTOBRE_2025, 4, 8, commune=REUNION, ressources=78565 + 600) == 101.80


def test_overseas_one_child_has_the_base_allowance_in_place_of_the_family_allowance():
    # L755-19. 41.65 % of 474.37 is 197.58; without it, for resources above its ceilings, 5.88 %.
    mois, nourrisson = OCTOBRE_2025, ["2024-06-01"]
    for ressources, attendu in ((20000, (0, 197.58)), (200000, (27.89, 0))):
        recu = tuple(calcule(nom, mois, nourrisson, ressources, commune=REUNION) for nom in ("af", "paje_base"))
        assert recu == attendu
    # Two children: the general scale, which is added to it.
    deux = tuple(calcule(nom, mois, [*nourrisson, "2016-01-01"], 20000, commune=REUNION) for nom in ("af", "paje_base"))
    assert deux == (151.80, 197.58)


@pytest.mark.parametrize(
    ("mois", "taux"),
    [
        (Mois(2013, 5), (0.1335, 0.2437, 0.3052, 0.3515)),
        (Mois(2019, 8), (0.0847, 0.2936, 0.4195, 0.4658)),
        (Mois(2026, 10), (0.0588, 0.32, 0.48, 0.5263)),
    ],
)
def test_mayotte_has_its_own_scale(mois, taux):
    # Décret 2011-2100, annex; décret 2002-423, art. 7 and 19.
    base = {2013: 403.79, 2019: 413.16, 2026: 478.16}[mois.annee]
    for enfants, part in enumerate(taux, start=1):
        ages = range(3, 3 + enfants)
        expected = round(base * part + 1e-9, 2)
        assert af(mois, *ages, commune=MAYOTTE, ressources=200000) == pytest.approx(expected, abs=0.001)
        assert calcule("af_nettes_crds", mois, nes_il_y_a(mois, *ages), commune=MAYOTTE) == pytest.approx(
            expected, abs=0.001
        )


def test_mayotte_has_no_age_majoration():
    assert af(Mois(2019, 8), 15, 16, 17, commune=MAYOTTE) == 173.32


def test_20_year_allowance_needs_three_children():
    # 20.234 % of 474.37 is 95.98.
    assert calcule("af_allocation_forfaitaire", OCTOBRE_2025, nes_il_y_a(OCTOBRE_2025, 20, 10, 8)) == 95.98
    assert calcule("af_allocation_forfaitaire", OCTOBRE_2025, nes_il_y_a(OCTOBRE_2025, 20, 10)) == 0


def test_degressif_of_the_20_year_allowance_is_for_each_child():
    # D521-2, II: « l'allocation forfaitaire auquel l'enfant ouvre droit ». Twins of 20 and two younger: 65 473 + 4 x 6 546 =
    # 91 657; 240 above is 20 a month. 10.117 % of 474.37 is 47.99: 2 x 47.99 + 2 x 27.99.
    naissances = ["2005-05-10", "2005-05-10", "2015-01-01", "2017-01-01"]
    parts = ("af_allocation_forfaitaire", "af_allocation_forfaitaire_complement_degressif")
    assert [calcule(part, OCTOBRE_2025, naissances, 91657 + 240) for part in parts] == [95.98, 55.98]


@pytest.mark.parametrize(
    ("mois", "seuil"),
    [
        (Mois(2014, 3), 4947),  # published, like 5 594 for 2021 and 5 983 for 2023 (service-public)
        (Mois(2019, 3), 5335),  # « environ 5300 euros en 2017 » (droit-finances)
        (Mois(2023, 3), 5594.5),
        (Mois(2025, 3), 5983),
    ],
)
def test_two_earners_from_13_6_percent_of_the_ceiling_of_social_security(mois, seuil):
    # R522-2, R531-1. A wage counts after its deduction of 10 %; an unemployment benefit is no income from work.
    annee = str(mois.annee - 2)

    def biactif(**gains):
        individus = {"a": {"salaire_imposable": {annee: 40000}}, "b": {nom: {annee: gain} for nom, gain in gains.items()}}
        situation = {
            "individus": {nom: {"date_naissance": "1985-01-01", **donnees} for nom, donnees in individus.items()},
            "familles": {"f": {"parents": ["a", "b"]}},
            "menages": {"m": {"personne_de_reference": ["a"], "conjoint": ["b"]}},
            "foyers_fiscaux": {"t": {"declarants": ["a", "b"]}},
        }
        return bool(premier("biactivite", situation, mois))

    assert biactif(salaire_imposable=seuil / 0.9 + 6)
    assert not biactif(salaire_imposable=seuil / 0.9 - 6)
    assert biactif(rpns_imposables=seuil + 1)
    assert not biactif(chomage_imposable=20000)


def test_earnings_that_were_lost_since_are_reduced_or_left_out():
    # R532-7: 30 % off in paid unemployment from the second month after it began, nothing counted without a benefit from the
    # next; R532-4: nothing of a partner on a parental leave. 12 000 of wages in 2023 are 10 800.
    def ressources(parents=2, **personne):
        annee = {"salaire_imposable": {f"2023-{mois:02}": 1000 for mois in range(1, 13)}}
        situation = en_alternance(OCTOBRE_2025, False, parents=parents)
        situation["individus"]["a"] |= annee | personne
        af, cf = (premier(nom, situation, OCTOBRE_2025) for nom in ("af_ressources", "cf_base_ressources"))
        assert af == cf
        return af

    def chomeur(debut, **indemnites):
        return {"activite": {"2025-10": "chomeur"}, **({"date_debut_chomage": debut} if debut else {}), **indemnites}

    paye = {"chomage_net": {"2025-10": 900}}
    debuts = ("2025-07-15", "2025-08-15", "2025-09-15")
    assert [ressources(**chomeur(debut, **paye)) for debut in debuts] == [7560, 7560, 10800]
    assert [ressources(**chomeur(debut)) for debut in (*debuts, "2025-10-02")] == [0, 0, 0, 10800]
    # Said without a date, or begun in 2023: left as it was.
    assert [ressources(**chomeur(debut)) for debut in ("2023-12-01", None)] == [10800, 10800]
    conge = {"type_conges": {"2025-10": "conge_parental"}}
    assert [ressources(parents, **conge) for parents in (2, 1)] == [0, 10800]


def test_complement_familial_ceilings_are_whole_euros_per_child():
    # Published, 2024 (service-public): 41 933 and 48 922, 51 296 with two earners or alone.
    mois = Mois(2024, 5)
    enfants = nes_il_y_a(mois, 4, 6, 8, 10)
    assert calcule("cf_plafond", mois, enfants[:3]) == 41933
    assert calcule("cf_plafond", mois, enfants) == 48922
    assert calcule("cf_plafond", mois, enfants[:3], parents=1) == 51296


@pytest.mark.parametrize(
    ("annee", "un_revenu", "deux_revenus"),
    [(2015, 18779, 22972), (2016, 18856, 23066), (2018, 18893, 23111), (2022, 19603, 23979), (2024, 20971, 25653)],
)
def test_ceilings_of_the_majored_complement(annee, un_revenu, deux_revenus):
    """Three children: 2015, the wiki of mes-aides; 2018, pratique.fr; 2024, sogexia.com. From the arrêté: 2016 (10 475
    and 4 210) and 2022 (10 890 and 4 376)."""
    mois = Mois(annee, 5)
    enfants = nes_il_y_a(mois, 4, 6, 8)
    assert calcule("cf_majore_plafond", mois, enfants) == un_revenu
    assert calcule("cf_majore_plafond", mois, enfants, parents=1) == deux_revenus


def test_ceilings_are_rounded_half_up():
    # Published, 2022 (sante.gouv.fr): ARS 25 370 to 42 935, 30 % of 19 515 a child. CF 2020: 25 % of 21 538 is 5 384.50.
    aout, mai = Mois(2022, 8), Mois(2020, 5)
    plafonds = [calcule("ars_plafond", aout, nes_il_y_a(aout, *range(6, 6 + enfants))) for enfants in (1, 2, 3, 4)]
    assert plafonds == [25370, 31225, 37080, 42935]
    assert calcule("cf_plafond", mai, nes_il_y_a(mai, 4, 6, 8)) == 21538 + 2 * 5385 + 6461
    # Overseas until 2017, half of the ceiling of the ARS: 9 386 and 2 816 a child in the arrêté for 2016.
    assert calcule("cf_majore_plafond", Mois(2016, 5), nes_il_y_a(Mois(2016, 5), 3), commune=REUNION) == 9386 + 2816


def test_complement_familial_majored_whole_and_reduced():
    # 2025: ceilings 43 946 and 12 209 + 2 x 3 052 + 3 663 = 21 976; 41.65 % and 62.48 % of 474.37.
    enfants = nes_il_y_a(OCTOBRE_2025, 4, 6, 8)
    assert calcule("cf_plafond", OCTOBRE_2025, enfants) == 24414 + 2 * 6104 + 7324
    assert [calcule("cf", OCTOBRE_2025, enfants, r) for r in (21976, 21977, 43946, 43946 + 1200)] == [
        *(296.39, 197.58, 197.58),
        97.58,
    ]
    assert calcule("cf", Mois(2014, 3), nes_il_y_a(Mois(2014, 3), 4, 6, 8), 10000) == 168.18


def test_complement_familial_overseas_has_the_ceilings_of_the_mainland_since_april_2017():
    # Loi 2017-256, art. 25, décret 2017-551 (R755-2, R755-4). Before: the ceiling of the ARS, 24 404, nothing above it.
    def cf(mois, ressources, variable="cf", **foyer):
        return calcule(variable, mois, nes_il_y_a(mois, 3), ressources, commune=REUNION, **foyer)

    mars, avril = Mois(2017, 3), Mois(2017, 4)
    assert [cf(mars, ressources) for ressources in (24404, 24405, 25000)] == [96.73, 0, 0]  # 23.79 % of 406.62
    # 20 947 and a quarter; 23.79 % of 407.84, less a twelfth of 600 above the ceiling.
    assert cf(avril, 0, "cf_plafond") == 20947 + 5237
    assert [cf(avril, ressources) for ressources in (25000, 26184, 26784)] == [97.03, 97.03, 47.03]
    assert cf(avril, 0, "cf_plafond", parents=1) == 20947 + 5237 + 8420
    # The ministers' communiqué of 14 April 2017, net of CRDS.
    assert [cf(avril, ressources, "cf_net_crds") for ressources in (0, 25000)] == [135.18, 96.55]
    assert calcule("cf_net_crds", avril, nes_il_y_a(avril, 4, 6, 8)) == 236.71
    assert calcule("cf_net_crds", avril, nes_il_y_a(avril, 4, 6, 8), 30000) == 169.03


def test_asf_less_the_alimony_then_threshold():
    mois = Mois(2025, 4)

    def asf(pension):
        parent = {"pensions_alimentaires_percues": pension}
        return calcule("asf", mois, nes_il_y_a(mois, 8), parents=1, parent=parent)

    # 42.2 % of 474.37 is 200.18; not paid under 15 € since July 2018 (D523-3).
    assert [asf(pension) for pension in (0, 125, 185.18, 186, 300)] == [200.18, 75.18, 15, 0, 0]
    assert calcule("asf", mois, nes_il_y_a(mois, 8), parents=2) == 0


def en_alternance(mois, *alternes, parents=1):
    """Children of 8 of a lone parent without resources: does each live in turn with its other parent?"""
    adultes, enfants = ["a", "b"][:parents], [f"e{rank}" for rank in range(len(alternes))]
    petit = {"date_naissance": str(mois.annee - 8) + "-01-01"}
    return {
        "individus": {nom: {"date_naissance": "1985-01-01"} for nom in adultes}
        | {nom: petit | {"garde_alternee": alterne} for nom, alterne in zip(enfants, alternes, strict=True)},
        "familles": {"f": {"parents": adultes, "enfants": enfants}},
        "menages": {"m": {"personne_de_reference": adultes[:1], "conjoint": adultes[1:], "enfants": enfants}},
        "foyers_fiscaux": {"t": {"declarants": adultes, "personnes_a_charge": enfants}},
    }


def test_asf_leaves_out_a_child_in_alternating_residence():
    # L523-1: a child deprived of the help of a parent. 42.2 % of 474.37 is 200.18, for the other child alone.
    mois = Mois(2025, 4)
    for alternes, expected in (((True,), 0), ((True, False), 200.18), ((True, True), 0), ((False, False), 400.36)):
        assert premier("asf", en_alternance(mois, *alternes), mois) == pytest.approx(expected, abs=0.005)


def test_resources_count_no_asf_for_a_child_in_alternating_residence():
    # RSA 2025: 150 and 180 % of 646.52, of which such a child adds half (CE, 21/07/2017, no 398911).
    # R262-10-1 counts 22.5 % of 474.37, 106.73, for a child who has the allowance.
    # Two children bring 32 % of 474.37 of AF, 151.80, times the mean number of children (R521-3).
    # In October, for the benefits of June to August (R262-7).
    mois = Mois(2025, 10)
    assert premier("rsa", en_alternance(mois, False), mois) == pytest.approx(969.78 - 106.73, abs=0.01)
    assert premier("rsa", en_alternance(mois, True), mois) == pytest.approx(646.52 * 1.25, abs=0.01)
    expected = 646.52 * 1.65 - 106.73 - 151.80 * 1.5 / 2
    assert premier("rsa", en_alternance(mois, True, False), mois) == pytest.approx(expected, abs=0.01)


def test_the_doubt_of_the_alternating_residence_is_told_to_the_lone_parent():
    mois = Mois(2025, 4)

    def doutes(prestation, situation):
        (droit,) = explain(SimulationReading(simulation(situation, mois), mois), fiches()[prestation])
        return [doute for doute in droit.doutes if "résidence alternée" in doute], droit.refus

    for prestation, autrement in (("asf", "parent seul"), ("rsa", None)):
        assert doutes(prestation, en_alternance(mois, True))[0]
        assert not doutes(prestation, en_alternance(mois, False))[0]
        dits, refus = doutes(prestation, en_alternance(mois, True, parents=2))
        assert not dits
        assert not autrement or refus[0].requis == autrement
    (refus,) = doutes("asf", en_alternance(mois, True))[1]
    assert refus.requis == "un enfant qui ne soit pas en résidence alternée"


def test_quotient_familial_parts():
    # CNAF: two parts, a half for the first child and the second, one for the third, a half for each next.
    ages = (4, 6, 8, 10, 12)
    parts = [calcule("qf_parts", OCTOBRE_2025, nes_il_y_a(OCTOBRE_2025, *ages[:n])) for n in range(6)]
    assert parts == [2, 2.5, 3, 4, 4.5, 5]
    assert calcule("qf_parts", OCTOBRE_2025, parents=1) == 2


def test_quotient_familial():
    # Wages of 2023: 60 000, before the 10 %. AF for two children, October 2025: 151.05. (5 000 + 151.05) / 3 = 1 717.02.
    mois = OCTOBRE_2025
    parent = {"salaire_imposable": {"2023": 60000, **{str(mois - n): 5000 for n in range(15)}}}
    parent["salaire_net"] = {str(mois - n): 5000 for n in range(15)}
    assert calcule("quotient_familial", mois, nes_il_y_a(mois, 4, 8), 54000, parent=parent) == 1717

"""Who hears an appeal: what the texts said, benefit by benefit and year by year."""

from datetime import date

import pytest

from guichet.domain.courriers.recours import VOIES, Organe, recouvrement, voies_de_recours
from guichet.domain.droits import Prestation, existing
from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH

AL, RSA, AF, PPA, AAH = Prestation.AIDE_LOGEMENT, Prestation.RSA, Prestation.AF, Prestation.PPA, Prestation.AAH


@pytest.mark.parametrize(
    ("prestation", "apl", "le", "organe", "tribunal", "texte"),
    [
        (AF, False, "2012-06-01", Organe.COMMISSION, Organe.TASS, "R142-1"),
        (AF, False, "2018-12-31", Organe.COMMISSION, Organe.TASS, "R142-1"),
        (AF, False, "2019-01-01", Organe.COMMISSION, Organe.TGI, "R142-1"),
        (AAH, False, "2020-01-01", Organe.COMMISSION, Organe.TRIBUNAL_JUDICIAIRE, "R142-1"),
        (RSA, False, "2012-06-01", Organe.CONSEIL_GENERAL, Organe.TRIBUNAL_ADMINISTRATIF, "R262-88"),
        (RSA, False, "2026-06-01", Organe.CONSEIL_DEPARTEMENTAL, Organe.TRIBUNAL_ADMINISTRATIF, "R262-88"),
        (PPA, False, "2016-01-01", Organe.COMMISSION, Organe.TRIBUNAL_ADMINISTRATIF, "L845-2"),
        (AL, True, "2012-06-01", Organe.CDAPL, Organe.TRIBUNAL_ADMINISTRATIF, "R351-51"),
        (AL, True, "2014-03-26", Organe.CDAPL, Organe.TRIBUNAL_ADMINISTRATIF, "R351-51"),
        (AL, True, "2014-03-27", Organe.DIRECTION, Organe.TRIBUNAL_ADMINISTRATIF, "L351-14"),
        (AL, False, "2019-12-31", Organe.COMMISSION, Organe.TGI, "R142-1"),
        (AL, False, "2020-01-01", Organe.DIRECTION, Organe.TRIBUNAL_ADMINISTRATIF, "L825-2"),
        (AL, True, "2020-01-01", Organe.DIRECTION, Organe.TRIBUNAL_ADMINISTRATIF, "L825-2"),
    ],
)
def test_an_appeal_goes_first_to_a_body_then_to_a_court(prestation, apl, le, organe, tribunal, texte):
    voies = voies_de_recours(prestation, date.fromisoformat(le), apl=apl)
    assert (voies.organe, voies.tribunal) == (organe, tribunal)
    assert texte in voies.texte


def test_silence_refuses_after_one_month_until_2018_then_two():
    """Of the prime d'activité too: « dans le délai prévu à l'article R. 142-6 » (CSS, art. R847-2)."""
    for prestation in (AF, PPA):
        assert [voies_de_recours(prestation, date(year, 6, 1)).silence for year in (2018, 2019, 2026)] == [1, 2, 2]


def test_only_appeals_on_the_rsa_and_the_prime_d_activite_suspend():
    suspensifs = {p for p in Prestation if p != "quotient_familial" and voies_de_recours(p, date(2026, 6, 1)).suspensif}
    assert suspensifs == {RSA, PPA}


def test_every_benefit_has_its_appeal_as_long_as_it_exists():
    """On a decision of then, and on one of today about a month of then."""
    benefits = set(Prestation) - {Prestation.QUOTIENT_FAMILIAL}
    for mois in FIRST_MONTH.until(LAST_CHECKED_MONTH):
        for prestation in existing(benefits, mois):
            assert voies_de_recours(prestation, mois.first_day).texte
            assert voies_de_recours(prestation, LAST_CHECKED_MONTH.first_day).texte


@pytest.mark.parametrize(("prestation", "le"), [(PPA, date(2015, 12, 31)), (Prestation.QUOTIENT_FAMILIAL, date(2026, 1, 1))])
def test_what_is_no_benefit_has_no_appeal(prestation, le):
    with pytest.raises(ValueError, match=r"prime d'activité|n'est pas une prestation"):
        voies_de_recours(prestation, le)


def test_the_table_goes_forward_in_time():
    for versions in VOIES.values():
        days = [day for day, _ in versions]
        assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("prestation", "le", "texte", "days", "mois"),
    [
        (AF, date(2012, 9, 10), "CSS, art. R133-9-2", 0, 2),
        (RSA, date(2021, 3, 24), "CSS, art. R133-9-2", 0, 2),
        (AF, date(2021, 3, 25), "CSS, art. R133-9-2", 20, 0),
        (AL, date(2026, 1, 1), "CSS, art. R133-9-2", 20, 0),
        (RSA, date(2021, 3, 25), "CASF, art. R262-92-1", 20, 0),
        (PPA, date(2021, 3, 25), "CSS, art. R847-1-1", 20, 0),
    ],
)
def test_recovery_follows_the_text_of_its_day(prestation, le, texte, days, mois):
    rule = recouvrement(prestation, le)
    assert (rule.texte, rule.rectification, rule.paiement) == (texte, days, mois)

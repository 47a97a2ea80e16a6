"""Every benefit has its place in each table of the account: a new one fails here until somebody has said which."""

from datetime import date

import pytest

from guichet.domain.courriers.recours import by_voies, recouvrement
from guichet.domain.droits import COUNTED_AS_INCOME, EXISTENCE, PAID_ONCE, Prestation
from guichet.domain.effets import QUARTERLY
from guichet.operations.droits import PAID
from guichet.operations.looks import WITHOUT_CLAIM
from guichet.operations.motifs import AGES, WITHOUT_REFERENCE_YEAR
from guichet.operations.ouverture import RULES

PAJE_OF_EACH_MONTH = "paje_base paje_clca paje_prepare paje_cmg"
OTHERS = "aeeh af cf asf"
# A table, what is in it, what is not.
TABLES = {
    "droits.EXISTENCE": (
        EXISTENCE,
        "ppa paje_clca paje_prepare",
        f"aide_logement rsa aah {OTHERS} ars paje_naissance paje_base paje_cmg quotient_familial",
    ),
    "droits.PAID_ONCE": (
        PAID_ONCE,
        "ars paje_naissance",
        f"aide_logement rsa ppa aah {OTHERS} {PAJE_OF_EACH_MONTH} quotient_familial",
    ),
    "droits.COUNTED_AS_INCOME": (
        COUNTED_AS_INCOME,
        f"aide_logement rsa ppa aah {OTHERS} paje_base paje_clca paje_prepare",
        "ars paje_naissance paje_cmg quotient_familial",
    ),
    "effets.QUARTERLY": (
        QUARTERLY,
        "rsa ppa",
        f"aide_logement aah {OTHERS} ars paje_naissance {PAJE_OF_EACH_MONTH} quotient_familial",
    ),
    "operations.droits.PAID": (
        PAID,
        f"aide_logement rsa ppa aah {OTHERS} ars paje_naissance {PAJE_OF_EACH_MONTH}",
        "quotient_familial",
    ),
    "looks.WITHOUT_CLAIM": (
        WITHOUT_CLAIM,
        "af cf ars paje_naissance paje_base quotient_familial",
        "aide_logement rsa ppa aah aeeh asf paje_clca paje_prepare paje_cmg",
    ),
    "motifs.AGES": (
        AGES,
        f"aide_logement rsa ppa {OTHERS} {PAJE_OF_EACH_MONTH}",
        "aah ars paje_naissance quotient_familial",
    ),
    "motifs.WITHOUT_REFERENCE_YEAR": (
        WITHOUT_REFERENCE_YEAR,
        "aah aeeh asf quotient_familial",
        f"aide_logement rsa ppa af cf ars paje_naissance {PAJE_OF_EACH_MONTH}",
    ),
    "ouverture.RULES": (
        RULES,
        "aide_logement rsa ppa",
        f"aah {OTHERS} ars paje_naissance {PAJE_OF_EACH_MONTH} quotient_familial",
    ),
}
TODAY = date(2026, 11, 27)


@pytest.mark.parametrize("table", TABLES)
def test_every_benefit_is_in_the_table_or_was_left_out_of_it(table):
    found, inside, outside = TABLES[table]
    assert set(found) == set(inside.split())
    assert sorted([*inside.split(), *outside.split()]) == sorted(Prestation)


def test_every_benefit_that_is_paid_has_its_appeal_and_its_recovery():
    assert {" ".join(together) for together in by_voies(PAID, TODAY).values()} == {
        *("aide_logement", "rsa", "ppa"),
        f"aah {OTHERS} ars paje_naissance {PAJE_OF_EACH_MONTH}",
    }
    assert all(recouvrement(prestation, TODAY).texte for prestation in PAID)

"""`guichet programs`: which months are recorded; what is none is one sentence."""

from __future__ import annotations

import pytest

from guichet.cli import main
from guichet.commands import _values
from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH, Mois


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2013-01", Mois(2013, 1), Mois(2013, 1)),
        ("2013-01..2013-03", Mois(2013, 1), Mois(2013, 3)),
        ("2013-01..", Mois(2013, 1), LAST_CHECKED_MONTH),
        ("..2013-03", FIRST_MONTH, Mois(2013, 3)),
        ("2010-01..2013-03", FIRST_MONTH, Mois(2013, 3)),
    ],
)
def test_months(text, first, last):
    assert _values.months(text) == (first, last)


@pytest.mark.parametrize("text", ["2012", "2012-06..demain"])
def test_what_is_no_month_is_said(text, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["programs", text])
    assert ended.value.code == 2
    assert "is not a month: write it as 2026-10" in capsys.readouterr().err

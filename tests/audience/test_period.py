"""Spans of days, and the one that comes just before."""

import pytest

from guichet.audience.period import Period


@pytest.mark.parametrize(
    ("span", "before"),
    [
        ("2013-01", "2012-12"),
        ("2013-03", "2013-02"),
        ("2012-06..2013-06", "2011-05..2012-05"),
        ("2013-01-07..2013-01-13", "2012-12-31..2013-01-06"),
        ("2013-03-01", "2013-02-28"),
        ("2013-01-01..2013-01-30", "2012-12-02..2012-12-31"),
        ("1971-01..1971-12", "1970-01..1970-12"),
    ],
)
def test_the_period_before_is_as_long(span, before):
    assert Period.read(span).before == Period.read(before)


@pytest.mark.parametrize("span", ["0001-01..0001-02", "0001-01-05..0001-01-20", "0001-01..9999-12"])
def test_nothing_comes_before_the_year_1(span):
    assert Period.read(span).before is None

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


@pytest.mark.parametrize("span", ["0001-01", "1969-12..1970-01", "2199-12..2200-01", "9998-12", "9999-12-31"])
def test_years_of_no_log_are_refused(span):
    with pytest.raises(ValueError, match="is not between 1970 and 2199"):
        Period.read(span)


@pytest.mark.parametrize("span", ["1970-01", "2199-12", "1970-01-01", "1970-01..2199-12"])
def test_the_period_before_is_known_for_any_other(span):
    assert Period.read(span).before.last < Period.read(span).first

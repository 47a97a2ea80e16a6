"""The published figures, as data."""

from __future__ import annotations

import re

import pytest

from guichet.audience import study
from guichet.audience.measures import Sources, highest, peaks


@pytest.mark.parametrize("published", study.figures(), ids=lambda published: published.name)
def test_a_printed_number_is_within_its_bounds(published):
    assert published.rule in study.RULES
    assert published.unit in study.UNITS
    if published.unit == "words":
        return
    unit = 1e6 if published.unit == "M" else 1
    numbers = [float(number.replace(" ", "")) * unit for number in re.findall(r"\d[\d ]*(?:\.\d+)?", published.printed)]
    assert numbers
    assert all(published.low <= number <= published.high for number in numbers)


def test_figures_have_one_name_each_and_no_chart_is_forgotten():
    figures = study.figures()

    assert len({published.name for published in figures}) == len(figures) == 62
    assert {published.chart for published in figures} == {None, 1, 2, 3, 4, 5, 6, 7}


def test_what_is_not_known_is_not_measured():
    assert {published.measure(Sources()) for published in study.figures()} == {None}


def test_peaks_are_above_both_their_neighbours():
    months = {"2012-06": 9, "2012-07": 3, "2012-08": 5, "2012-09": 4, "2012-10": 6, "2012-11": 1, "2012-12": 8}

    assert peaks(months, 2) == "Aug Oct"
    assert highest(months, 2) == "Jun Dec"

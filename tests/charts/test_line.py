"""The drawing of a curve: what it says, and that it stays in its frame."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.charts.line import HEIGHT, WIDTH, Line
from guichet.charts.scale import ticks


def drawn(points, you=None, label="vous"):
    return Line("Aide", "selon le salaire", points, you or points[0], label, x=str, y=str).svg()


@pytest.mark.parametrize(
    ("highest", "expected"),
    [(433, [0, 100, 200, 300, 400, 500]), (18_500, [0, 5000, 10_000, 15_000, 20_000]), (0, [0, 1])],
)
def test_ticks_are_what_a_reader_counts_by(highest, expected):
    assert ticks(highest) == expected


@pytest.mark.parametrize(
    ("highest", "expected"), [(1, [0, 1]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (12, [0, 5, 10, 15]), (0.5, [0, 1])]
)
def test_what_is_counted_has_whole_ticks(highest, expected):
    assert ticks(highest, whole=True) == expected


amounts = st.floats(0, 1e6, allow_nan=False)


@given(st.lists(amounts, min_size=2, max_size=60, unique=True), st.data())
def test_every_curve_stays_in_its_frame(abscissas, data):
    points = [(x, data.draw(amounts)) for x in sorted(abscissas)]
    svg = ElementTree.fromstring(drawn(points, data.draw(st.sampled_from(points))))
    path = svg.find("path[@class='line']").get("d")
    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
    assert len(numbers) == 2 * len(points)
    assert all(0 <= x <= WIDTH for x in numbers[::2])
    assert all(0 <= y <= HEIGHT for y in numbers[1::2])
    assert len(svg.findall("text")) <= 14


def test_words_are_escaped():
    assert "<b>" not in drawn([(0, 1), (1, 2)], label="<b>vous</b>")

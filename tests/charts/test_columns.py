"""Columns and bars: they stay in their frame, and say what they show."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from guichet.charts import bars, columns

quantities = st.one_of(st.integers(0, 10**9), st.floats(0, 1e6, allow_nan=False))


def frame(svg):
    return ElementTree.fromstring(svg)


@given(st.integers(1, 40), st.integers(1, 3), st.data())
def test_columns_stay_in_their_frame(number, series, data):
    values = [data.draw(st.lists(quantities, min_size=number, max_size=number)) for _ in range(series)]
    svg = frame(columns.Columns("visits", "Visites", "par mois", [f"m{n}" for n in range(number)], values, str).svg())
    paths = [path for path in svg.findall("path") if path.get("class").startswith("series")]
    assert len(paths) == series
    for path, drawn in zip(paths, values, strict=True):
        tops = [float(top) for top in re.findall(r"\dV([\d.]+)h", path.get("d"))]
        assert len(tops) == sum(1 for value in drawn if value)
        assert all(0 <= top <= columns.HEIGHT - columns.BOTTOM for top in tops)
        assert all(0 <= float(left) <= columns.WIDTH for left in re.findall(r"M([\d.]+)", path.get("d")))
    assert len(svg.findall("text")) <= 7 + columns.MOST_LABELS


@given(st.lists(st.tuples(st.text("éa <&", max_size=20), quantities), max_size=9))
def test_bars_are_named_and_leave_room_for_their_value(rows):
    svg = frame(bars.Bars("kinds", "Genres", "par genre", rows, str).svg())
    assert [text.text or "" for text in svg.findall("text")][::2] == [name for name, _ in rows]
    for path in svg.findall("path"):
        assert float(re.search(r"h([\d.]+)", path.get("d"))[1]) <= bars.WIDTH - bars.ROOM_FOR_A_VALUE


def test_nothing_to_show_is_a_drawing_all_the_same():
    assert frame(columns.Columns("a", "t", "d", [], [[]], str).svg()).find("title").text == "t"
    assert frame(bars.Bars("a", "t", "d", [], str).svg()).get("aria-labelledby") == "a-title a-desc"


def test_words_are_escaped():
    drawn = columns.Columns("a", "<t>", '"d"', ["<l>"], [[1]], str).svg() + bars.Bars("b", "&", "d", [("<r>", 1)], str).svg()
    assert "<t>" not in drawn
    assert "<l>" not in drawn
    assert "<r>" not in drawn

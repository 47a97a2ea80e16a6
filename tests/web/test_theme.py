"""The operator's colour, and how well it can be read."""

import re

import pytest
from django.conf import settings as configured

from guichet.web.palette import DARK, LIGHT, Theme, contrast, read

OURS = Theme("#0b5a67", "#84ccd6")


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_our_own_colours_are_those_of_the_style_sheet_and_can_be_read():
    css = (configured.PACKAGE / "web" / "static" / "style.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    for scheme, colour, tokens in ((LIGHT, OURS.light, light), (DARK, OURS.dark, dark)):
        said = {name: value if len(value) == 7 else f"#{2 * value[1]}{2 * value[2]}{2 * value[3]}" for name, value in
                re.findall(r"--(\w+): (#\w+)", tokens)}  # fmt: skip
        assert (said["paper"], said["ground"], said["brand"]) == (scheme.paper, scheme.ground, colour)
    assert list(OURS.too_pale()) == []


def test_a_pale_colour_is_told():
    (sentence,) = Theme("#66bbcc", "#84ccd6").too_pale()
    assert "#66bbcc has a contrast of 2.0 on the light pages, 4.5 is needed: choose a darker one." in sentence
    (sentence,) = Theme("#0b5a67", "#0b5a67").too_pale()
    assert "choose a lighter one" in sentence


@pytest.mark.parametrize("text", ["#fff", "red blue", "#0b5a67", "#0b5a67;} #84ccd6", "#0b5a67 #84ccd6 #000000"])
def test_what_is_not_a_theme(text):
    with pytest.raises(ValueError, match="two colours"):
        read(text)


def test_a_theme_is_a_style_sheet(client, settings):
    assert b"theme.css" not in client.get("/plan").content
    assert client.get("/theme.css").content == b""
    settings.THEME = read("#8A1538 #ffb3c7")
    from django.core.cache import cache

    cache.clear()
    assert b'<link rel="stylesheet" href="/theme.css">' in client.get("/plan").content
    response = client.get("/theme.css")
    assert response.headers["Content-Type"] == "text/css"
    assert response.content.startswith(b":root{--brand:#8a1538;--brand-deep:#")
    assert b"@media (prefers-color-scheme:dark){:root{--brand:#ffb3c7;" in response.content
    assert read(" ") is None

"""Strangers at the forms: any page in any order, any text in any field, pages and links of others, trials in addresses.

Whatever they send, nobody gets an error of the server; what is wrong is told at the top, linked to a field that is there;
what was typed is kept; no draft shows what was typed in another. The number of requests is told at the end of the tests.
"""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_hostile import HOSTILE
from visit import sent

from guichet.journeys.simulateurs import SIMULATEURS
from reponses import COMMON

pytestmark = pytest.mark.django_db

WALKS, STEPS = 100, 12
NAME = re.compile(r'<(?:input|select)[^>]* name="([^"]+)"')
FORM, ACTION = re.compile(r'<form[^>]*method="post"[^>]*>'), re.compile(r'action="([^"]+)"')
ERROR = re.compile(r'<div class="error-summary".*?</ul>\s*</div>', re.DOTALL)
SECRET = "Un secret d’un autre visiteur"
AMOUNTS = [
    "1 234,50",
    "1.234,50",
    "12e3",
    "-5",
    "0",
    "999999999",
    "1e400",
    "520 €",
    "",
    "31",
    "2",
    "1900",
    "02",
    "oui",
    "non",
]
HIDDEN = ["mois", "lien", "genre", "csrfmiddlewaretoken", "enfants-13-naissance-jour", "autres-a-revoir", "empreinte"]
MONTHS = ["2012-06", "2013-01", "2019-06", "2026-11", "2012-05", "2026-13", "hier", "\0"]

texts = st.sampled_from([*AMOUNTS, *(text[:3000] for text in HOSTILE), "😀", "2030", "٣٤"]) | st.text(max_size=30)
kinds = st.sampled_from(sorted(SIMULATEURS))
pages = st.sampled_from(
    sorted({page.nom for s in SIMULATEURS.values() for page in s.parcours.pages} | {"", "mois", "recapitulatif", "resultat"})
)


class Stranger:
    """Somebody at a form, with a client; `links` are the drafts that they know."""

    def __init__(self, client, draw):
        self.client, self.draw, self.links = client, draw, []

    def begins(self):
        """With a first page of a household, a blank one, or anything."""
        kind, month = self.draw(kinds), self.draw(st.sampled_from(MONTHS))
        household = self.draw(st.sampled_from(sorted(COMMON[kind])))
        answers = self.draw(st.sampled_from([sent(COMMON[kind][household]), {}, self.anything([])]))
        response = self.asks("post", f"/simulation/{kind}?mois={month}", answers)
        if response.status_code == 302:
            self.links.append("/".join(response.url.split("/")[:4]))

    def anything(self, names):
        """Some fields of the page, and some that it does not have."""
        fields = st.sampled_from([*names, *HIDDEN]) if names else st.sampled_from(HIDDEN)
        return self.draw(st.dictionaries(fields, texts | st.lists(texts, max_size=3), max_size=8))

    def plausible(self, names):
        """What a household would answer to the fields of the page, a fault in one of them."""
        kind = self.draw(kinds)
        household = sent(COMMON[kind][self.draw(st.sampled_from(sorted(COMMON[kind])))])
        answers = {name: household[name] for name in names if name in household}
        return answers | ({self.draw(st.sampled_from(sorted(answers))): self.draw(texts)} if answers else {})

    def opens(self):
        """A page of a draft, in its turn or not; then one of its forms is sent."""
        address = f"{self.draw(st.sampled_from(self.links))}/{self.draw(pages)}".rstrip("/")
        response = self.asks("get", address)
        while response.status_code == 302:
            address, response = response.url, self.asks("get", response.url)
        forms = FORM.findall(response.content.decode())
        if response.status_code != 200 or not forms:
            return
        names = sorted(set(NAME.findall(response.content.decode())))
        answers = (self.draw(st.booleans()) and self.plausible(names)) or self.anything(names)
        action = ACTION.search(self.draw(st.sampled_from(forms)))
        after = self.asks("post", action[1] if action else address, answers)
        assert after.status_code in (200, 302)  # the page of another month answers at once
        if after.status_code == 302:
            self.asks("get", after.url)
            if not action:
                self.sees_what_was_typed(address, names, answers)

    def sees_what_was_typed(self, address, names, answers):
        """Where it was typed, if that page is still one of the journey."""
        again = self.asks("get", address)
        for name, typed in answers.items():
            # What a form cannot hold is cut: NUL, what is longer than an answer, the parts of a date that are not one.
            plain = isinstance(typed, str) and len(typed) < 200 and typed.isprintable() and "-" not in name
            if again.status_code == 200 and plain and f'<input id="{name}" name=' in again.content.decode():
                assert f'value="{typed}"' in unescape(again.content.decode()), (address, name)

    def tries(self):
        """« Et si ? », the document, another simulator, the link under another simulator, a link guessed."""
        link = self.draw(st.sampled_from(self.links))
        kind, token = link.split("/")[2:]
        other, what = self.draw(kinds), self.draw(st.integers(0, 4))
        if what == 0:
            self.asks("get", f"{link}/resultat", self.anything(["loyer", "salaire", "nombre_enfants", "mois-annee"]))
        elif what == 1:
            self.asks("get", f"{link}/resultat.pdf")
        elif what == 2:
            response = self.asks("post", f"{link}/vers/{other}")
            assert response.status_code == 302
            self.links.append("/".join(response.url.split("/")[:4]))
        else:
            guess = token if what == 3 and other != kind else token[:-1] + ("a" if token[-1] != "a" else "b")
            for method in ("get", "post"):
                response = self.asks(method, f"/simulation/{other}/{guess}/{self.draw(pages)}".rstrip("/"))
                assert response.status_code == 404 or (method == "post" and response.status_code == 405)  # a page to read

    def asks(self, method, address, answers=None):
        """What every answer is."""
        response = getattr(self.client, method)(address, answers or {})
        self.client.asked += 1
        assert response.status_code < 500, address
        assert response.status_code in (200, 302, 404, 405), address
        page = response.content.decode(errors="replace") if response.headers["Content-Type"].startswith("text/html") else ""
        assert "<script" not in page
        assert "<img" not in page
        assert SECRET not in unescape(page)
        for summary in ERROR.findall(page):
            for anchor in re.findall(r'href="#([^"]+)"', summary):
                assert f'id="{anchor}"' in page, (address, anchor)
        return response


def test_strangers_find_no_error_and_no_secret(client, record_property):
    """One draft holds a secret, which no walk may show."""
    client.asked = 0
    other = client.post("/simulation/logement", {"code_postal": SECRET, "occupation": "vide"})
    assert SECRET in unescape(client.get(other.url).content.decode())

    @settings(max_examples=WALKS, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(data=st.data())
    def walk(data):
        stranger = Stranger(client, data.draw)
        stranger.begins()
        for _ in range(data.draw(st.integers(1, STEPS)) if stranger.links else 0):
            data.draw(st.sampled_from([stranger.opens, stranger.opens, stranger.opens, stranger.tries]))()

    walk()
    record_property("requests, none answered by an error", client.asked)
    assert client.asked > 1000

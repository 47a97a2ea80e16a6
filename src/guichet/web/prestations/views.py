"""The pages of the benefits. What they count is the law's: figures, example and texts are those of the month asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from guichet import clock, law
from guichet.domain.droits import Droit, Ligne, Texte
from guichet.domain.phrases import Phrase, capfirst
from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH, MONTH_NAMES, Mois
from guichet.web.addresses import address
from guichet.web.contenu.formulaires import FORMS
from guichet.web.contenu.prestation import Benefit
from guichet.web.contenu.prestations import BENEFITS, by_theme
from guichet.web.contenu.simulateurs import DOORS, door_for
from guichet.web.headers import constant
from guichet.web.languages import said

MONTH_WANTED = Phrase("Indiquez un mois, {premier:de} à {dernier}.", premier=FIRST_MONTH, dernier=LAST_CHECKED_MONTH)
EMPTY = Texte("")
LONGEST = 12
"""Characters kept of a month or of a year."""


@constant
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "prestations/liste.html", {"themes": by_theme(), "doors": DOORS})


@constant
def benefit(request: HttpRequest, slug: str) -> HttpResponse:
    """A benefit at `?mois=2013-01`. The form sends the year apart: it leads to that address, or back with an error."""
    if slug not in BENEFITS:
        raise Http404
    page = BENEFITS[slug]
    current = min(Mois.of(clock.today()), LAST_CHECKED_MONTH)
    asked = Asked.of(request, current)
    if asked.apart and asked.month:
        return HttpResponseRedirect(f"{address('prestation', slug)}?mois={asked.month}")
    shown = asked.month or current
    return render(
        request,
        "prestations/prestation.html",
        {
            **{"benefit": page, "month": shown, "current": current, "asked": asked, "door": door_for(page.prestations)},
            "error": "" if asked.month else MONTH_WANTED,
            "months": [(str(number), name) for number, name in enumerate(MONTH_NAMES, 1)],
            "figures": _figures(page, shown),
            **_example(page, shown),
            "texts": list(dict.fromkeys(texte for p in page.prestations for texte in law.textes_cites(p, shown))),
            "forms": [FORMS[number] for number in page.forms],
            "related": [BENEFITS[other] for other in page.related],
        },
    )


@dataclass(frozen=True)
class Asked:
    """The month asked, None when it is not one that is known; what the form shows again. `apart`: the form sent it."""

    month: Mois | None
    number: str
    year: str
    apart: bool

    @classmethod
    def of(cls, request: HttpRequest, current: Mois) -> Asked:
        text, year = (request.GET.get(name, "").replace("\0", "").strip()[:LONGEST] for name in ("mois", "annee"))
        if "annee" in request.GET:
            return cls(_month(f"{year}-{text:0>2}"), text, year, True)
        month = _month(text) if text else current
        shown = month or current
        return cls(month, str(shown.numero), str(shown.annee), False)


def _month(text: str) -> Mois | None:
    try:
        month = Mois.parse(text)
    except ValueError:
        return None
    return month if FIRST_MONTH <= month <= LAST_CHECKED_MONTH else None


@dataclass(frozen=True)
class Figures:
    """Figures that follow one another under one text, and the beginning that their labels share, told once."""

    text: Texte | None
    title: str
    lines: list[tuple[str, Ligne]]
    last: bool = True
    """The text is told under the last ones that it founds."""


def _figures(page: Benefit, month: Mois) -> list[Figures]:
    lines = [line for prestation in page.prestations for line in law.chiffres(prestation, month)]
    groups = [
        _told_once(text, beginning, list(group))
        for (text, beginning), group in groupby(lines, lambda line: (line.texte, _beginning(line)))
    ]
    following = [*(group.text for group in groups[1:]), EMPTY]
    return [replace(group, last=group.text != text) for group, text in zip(groups, following, strict=False)]


def _beginning(line: Ligne) -> str:
    """`Loyer plafond, zone 1` of `Loyer plafond, zone 1, couple`."""
    return said(line.libelle).rpartition(", ")[0]


def _told_once(text: Texte | None, beginning: str, lines: list[Ligne]) -> Figures:
    if not beginning or len(lines) == 1:
        return Figures(text, "", [(said(line.libelle), line) for line in lines])
    ends = (said(line.libelle).removeprefix(f"{beginning}, ") for line in lines)
    return Figures(text, beginning, [(capfirst(end), line) for end, line in zip(ends, lines, strict=True)])


def _example(page: Benefit, month: Mois) -> dict[str, object]:
    """The example calculated: the right that is paid, else the last one with the reason of its refusal."""
    of = page.example.month(month)
    rights: list[Droit] = law.droits([page.example.household(of)], of, page.prestations)[0]
    return {"example_month": of, "right": next((right for right in rights if right.montant), rights[-1])}

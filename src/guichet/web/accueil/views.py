"""The home page, the pages about the site, and what robots read."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guichet import clock, law
from guichet.domain.droits import Ligne
from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH, Mois
from guichet.web import browsers
from guichet.web.addresses import address
from guichet.web.contenu.formulaires import FORMS
from guichet.web.contenu.pages import PAGES
from guichet.web.contenu.prestation import Benefit
from guichet.web.contenu.prestations import BENEFITS, by_theme
from guichet.web.contenu.simulateurs import DOORS
from guichet.web.headers import constant
from guichet.web.languages import speaking


@constant
def accueil(request: HttpRequest) -> HttpResponse:
    month = min(Mois.of(clock.today()), LAST_CHECKED_MONTH)
    context = {"doors": DOORS, "themes": by_theme(), "board": _board(month), "month": month, "first": FIRST_MONTH}
    return render(request, "accueil/accueil.html", context)


def _board(month: Mois) -> list[tuple[Benefit, Ligne]]:
    """The first figure of each benefit that has its place on the board."""
    return [(benefit, law.chiffres(benefit.current, month)[0]) for benefit in BENEFITS.values() if benefit.board]


@constant
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A page about the site, `site/<name>.html`."""
    context = {
        **{"page": PAGES[name], "doors": DOORS, "themes": by_theme(), "forms": list(FORMS.values())},
        **{"pages": list(PAGES.values()), "log_days": settings.LOG_DAYS, "browser_days": browsers.KEPT_FOR.days},
        **{"first": FIRST_MONTH, "last": LAST_CHECKED_MONTH},
    }
    return render(request, f"site/{name}.html", context)


@constant
def sitemap(request: HttpRequest) -> HttpResponse:
    pages = [
        *((name, []) for name in PAGES if name != "recherche"),
        *(("simulation", [door.genre]) for door in DOORS),
        *(("prestation", [slug]) for slug in BENEFITS),
    ]
    context = {"pages": [_in_every_language(name, arguments) for name, arguments in pages]}
    return render(request, "site/sitemap.xml", context, content_type="application/xml")


def _in_every_language(name: str, arguments: Sequence[str]) -> dict[str, str]:
    """The whole address of a page, by language."""
    addresses = {}
    for language, _ in settings.LANGUAGES:
        with speaking(language):
            addresses[language] = f"{settings.BASE_URL}{address(name, *arguments)}"
    return addresses


@constant
def robots(request: HttpRequest) -> HttpResponse:
    """Secret links begin where the address of a simulator ends."""
    closed = [address(name) for name in ("metrics", "healthz")]
    for language, _ in settings.LANGUAGES:
        with speaking(language):
            closed += [f"{address('simulation', door.genre)}/" for door in DOORS] + [address("recherche")]
            closed += [address("mon-compte"), address("connexion")]
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse(
        "\n".join([*rules, f"Sitemap: {settings.BASE_URL}{address('sitemap')}", ""]), content_type="text/plain"
    )


@constant
def theme(request: HttpRequest) -> HttpResponse:
    """The operator's colour; empty when it is ours."""
    return HttpResponse(settings.THEME.css() if settings.THEME else "", content_type="text/css")

"""`/statistiques`: the audience of the site over any period, its figures in CSV, and how they are counted."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guichet import clock
from guichet.audience.period import KEPT_MONTHS, Period
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois
from guichet.operations import site_use
from guichet.web.headers import constant
from guichet.web.languages import written
from guichet.web.observatoire import file
from guichet.web.observatoire.report import Chart, Report, heading

SHOWN_MONTHS = 13
"""By default: a year, and the same month of the year before."""
IN_MEMORY = 32


@dataclass(frozen=True)
class Asked:
    """The months asked, or those of a year; `error` says what is wrong with what was asked."""

    first: Mois
    last: Mois
    error: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        now = Mois.of(clock.today())
        usual = cls(now - (SHOWN_MONTHS - 1), now)
        begin, end = request.GET.get("du", ""), request.GET.get("au", "")
        if not (begin or end):
            return usual
        try:
            first, last = Mois.parse(begin or end), Mois.parse(end or begin)
        except ValueError:
            return cls(usual.first, usual.last, "Choisissez le premier et le dernier mois dans les listes.")
        if not now - (KEPT_MONTHS - 1) <= first <= last <= now:
            pattern = "Le premier mois ne peut pas venir après le dernier. Nous gardons ceux {premier:de} à {dernier}."
            return cls(usual.first, usual.last, Phrase(pattern, premier=now - (KEPT_MONTHS - 1), dernier=now))
        return cls(first, last)

    @property
    def period(self) -> Period:
        return Period.read(f"{self.first}..{self.last}")

    @property
    def query(self) -> str:
        return f"?du={self.first}&au={self.last}"


@constant
def statistiques(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request)
    report = _report(asked)
    now = Mois.of(clock.today())
    choices = [(str(now - back), written(now - back)) for back in range(KEPT_MONTHS)]
    context = {
        **{"report": report, "heading": heading(report.period), "error": asked.error, "choices": choices},
        **{"first": str(asked.first), "last": str(asked.last), "query": asked.query},
    }
    return render(request, "observatoire/statistiques.html", context)


@constant
def graphique(request: HttpRequest, slug: str) -> HttpResponse:
    """A chart and its table."""
    asked, chart = _chart(request, slug)
    context = {"one": chart, "heading": heading(asked.period), "query": asked.query}
    return render(request, "observatoire/graphique.html", context)


@constant
def csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of a chart."""
    asked, chart = _chart(request, slug)
    name = f"{slug}-{asked.first}-{asked.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.table(chart), content_type="text/csv; charset=utf-8", headers=headers)


def _chart(request: HttpRequest, slug: str) -> tuple[Asked, Chart]:
    """Raises Http404, for a period that is wrong too: no page leads to it."""
    asked = Asked.of(request)
    chart = next((chart for chart in _report(asked).charts if chart.slug == slug), None)
    if asked.error or chart is None:
        raise Http404
    return asked, chart


@constant
def methode(request: HttpRequest) -> HttpResponse:
    compared = site_use.comparison(_folders())
    return render(request, "observatoire/methode.html", {"awstats": compared, "log_days": settings.LOG_DAYS})


def _folders() -> site_use.Folders:
    return site_use.Folders(settings.LOGS_DIR, settings.EVENTS_DIR, settings.AUDIENCE_DIR)


def _report(asked: Asked) -> Report:
    folders = _folders()
    measured = _measured(folders, asked.period, site_use.state(folders))
    return Report(measured.period, measured.figures, measured.before, measured.events)


@functools.lru_cache(maxsize=IN_MEMORY)
def _measured(folders: site_use.Folders, period: Period, state: site_use.State) -> site_use.SiteUse:
    """Counted again when something new was written (`state`)."""
    return site_use.measured(folders, period, clock.today())

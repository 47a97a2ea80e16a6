"""The report in files: one page that opens without a network, or a CSV file a chart."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from guichet.audience.figures import Figures
from guichet.domain.phrases import Phrase
from guichet.operations.site_use import Comparison
from guichet.web.languages import said
from guichet.web.observatoire.report import Chart, Report, heading, number


def page(report: Report, logs: Sequence[Path], awstats: Figures | None = None, timezone: str | None = None) -> str:
    """The whole report of `logs`, in one page of its own; `awstats` is what AWStats would count there.

    `timezone`: that of days and hours, where it is not that of each line.
    """
    read = Phrase("Audience d'un site. Fichiers lus : {fichiers}.", fichiers=len(logs))
    if not logs:
        read = Phrase("Audience d'un site, d'après ce qui a été gardé de ses journaux.")
    compared = Comparison.of(awstats, report.figures) if awstats and report.figures else None
    context = {
        **{"report": report, "heading": heading(report.period), "source": said(read), "language": "fr"},
        **{"aside": _aside(report.figures) if report.figures else "", "timezone": timezone},
        **{"style": Path(finders.find("style.css")).read_text("utf-8"), "awstats": compared},
    }
    whole: str = render_to_string("observatoire/fichier.html", context)
    return whole


def _aside(figures: Figures) -> str:
    """What became of each line."""
    pattern = (
        "Lignes lues : {lignes}. Pages : {pages}. Fichiers d'une page : {asset}. Erreurs et redirections : {status}. "
        "Robots : {robots}. Demandes sans adresse : {request}. Lignes illisibles : {bad}."
    )
    reasons = {name: number(figures.set_aside.get(name, 0)) for name in ("asset", "status", "request", "bad")}
    counted = {"lignes": figures.lines, "pages": figures.pages, "robots": figures.robots}
    return said(Phrase(pattern, **reasons, **{name: number(count) for name, count in counted.items()}))


def table(chart: Chart) -> str:
    """A chart's figures in CSV, not rounded."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(chart.head)
    for key, (name, values) in zip_longest(chart.keys, chart.rows):
        writer.writerow((key or name, *(int(value) if value == int(value) else value for value in values)))
    return written.getvalue()

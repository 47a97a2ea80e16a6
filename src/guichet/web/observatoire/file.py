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


def page(report: Report, logs: Sequence[Path], awstats: Figures | None = None) -> str:
    """The whole report of `logs`, in one page of its own; `awstats` is what AWStats would count there."""
    read = Phrase("{lignes} lignes lues, de {fichiers} fichiers.", lignes=number(_lines(report)), fichiers=len(logs))
    compared = Comparison.of(awstats, report.figures) if awstats and report.figures else None
    context = {
        **{"report": report, "heading": heading(report.period), "source": said(read), "language": "fr"},
        **{"style": Path(finders.find("style.css")).read_text("utf-8"), "awstats": compared},
    }
    whole: str = render_to_string("observatoire/fichier.html", context)
    return whole


def _lines(report: Report) -> int:
    return report.figures.lines if report.figures else 0


def table(chart: Chart) -> str:
    """A chart's figures in CSV, not rounded."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(chart.head)
    for key, (name, values) in zip_longest(chart.keys, chart.rows):
        writer.writerow((key or name, *(int(value) if value == int(value) else value for value in values)))
    return written.getvalue()

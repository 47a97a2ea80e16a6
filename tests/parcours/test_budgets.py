"""What a page costs the visitor and the planet: bytes, requests, nodes (EcoIndex)."""

import gzip
from itertools import pairwise

import pytest
from django.conf import settings
from gestures import Visitor
from test_menages import EVERYWHERE

from reponses import COMMON

FIRST_PAGE, NEXT_PAGE, REQUESTS = 60_000, 12_000, 6
STYLE_SHEET = 15_000
NODES = (0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601)
CALLS = (0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920)
KILOBYTES = (
    *(0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06),
    *(2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26),
)
A = 80


def quantile(value, table):
    """The rank of `value` in the table of EcoIndex, with decimals."""
    ranks = enumerate(pairwise(table))
    return next(rank + (value - low) / (high - low) for rank, (low, high) in ranks if value < high)


def ecoindex(nodes, calls, size):
    return 100 - 5 * (3 * quantile(nodes, NODES) + 2 * quantile(calls, CALLS) + quantile(size / 1000, KILOBYTES)) / 6


@pytest.mark.parametrize("kind", sorted(EVERYWHERE))
def test_every_page_of_a_simulation_is_light(open_page, record_property, kind):
    """From the first page to the result: what each one transfers, redirection and style sheet included."""
    page = open_page()
    visits, statuses = [], []

    def begun(request):
        if request.is_navigation_request() and request.redirected_from is None:
            visits.append({"url": request.url, "sizes": [], "nodes": 0})

    page.on("request", begun)
    page.on("requestfinished", lambda request: visits[-1]["sizes"].append(request.sizes()))
    page.on("response", lambda response: statuses.append(response.status))

    def look(page):
        page.wait_for_load_state("networkidle")
        visits[-1]["nodes"] = page.evaluate("document.querySelectorAll('*').length")

    Visitor(page, COMMON[kind][EVERYWHERE[kind]], look).simulates(kind)
    assert set(statuses) <= {200, 302, 304}
    assert len(visits) >= 9
    for rank, visit in enumerate(visits):
        visit["size"] = sum(sizes["responseBodySize"] + sizes["responseHeadersSize"] for sizes in visit["sizes"])
        calls = len(visit["sizes"])
        assert visit["size"] <= (NEXT_PAGE if rank else FIRST_PAGE), visit["url"]
        assert calls <= REQUESTS, visit["url"]
        visit["ecoindex"] = ecoindex(visit["nodes"], max(calls, 2), visit["size"])
        assert visit["ecoindex"] > A, visit["url"]
    first, *others = (visit["size"] for visit in visits)
    worst = min(visit["ecoindex"] for visit in visits)
    record_property(kind, f"{first} bytes, then {max(others)} at most by page; EcoIndex {worst:.0f} at least")


def test_the_style_sheet_is_light():
    assert len(gzip.compress((settings.PACKAGE / "web" / "static" / "style.css").read_bytes())) < STYLE_SHEET

"""`/metrics`: what the site does, for Prometheus, summed over the web workers. No address, no token, no person."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from guichet import law

CALCULATIONS = Counter(
    "guichet_law_calculations",
    "Calculations of the law by a program or by the interpreter; controls of a program, same or different",
    ["path"],
)
law.watch(lambda path: CALCULATIONS.labels(path).inc())
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUESTS = Counter("guichet_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "guichet_request_seconds",
    "Time from a request to its answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class Measured:
    """Django middleware: counts and times each answer, by the pattern of its address."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.answer(request)
        route = f"/{request.resolver_match.route}" if request.resolver_match else "other"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, route, str(response.status_code)).inc()
        SECONDS.labels(route).observe(time.perf_counter() - start)
        return response


def metrics(request: HttpRequest) -> HttpResponse:
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

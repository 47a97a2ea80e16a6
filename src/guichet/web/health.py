"""Whether this server can serve."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from guichet import clock, law
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois
from guichet.journeys.foyer import foyer

logger = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database and the engine of the law answer, else 503."""
    states = {"database": _answers(_ask_database), "law": _answers(_ask_law)}
    return JsonResponse(
        states,
        status=200 if all(state == "ok" for state in states.values()) else 503,
        headers={"Cache-Control": "no-store"},
    )


def _answers(ask: Callable[[], None]) -> str:
    try:
        ask()
    except Exception:
        logger.exception("not healthy")
        return "down"
    return "ok"


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_law() -> None:
    """A benefit of somebody who has nothing: what is asked every few seconds must cost little."""
    mois = Mois.of(clock.today())
    law.montants([foyer({"mois": mois})], mois, [Prestation.RSA])

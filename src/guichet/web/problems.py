"""HTTP errors: a page that helps; for programs, problem details (RFC 9457), or what API Particulier answers under `/v3/`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PROBLEM = "application/problem+json"
API = "/api/v1/"
PARTICULIER = "/v3/"
TITLES = {
    **{400: "Demande illisible", 403: "Demande refusée", 404: "Inconnu", 405: "Méthode refusée"},
    **{429: "Trop de demandes à la fois", 500: "Erreur du serveur", 503: "Indisponible pour le moment"},
}


def answer(request: HttpRequest, status: int) -> HttpResponse:
    """The answer of an error, for who asked."""
    if request.path_info.startswith(API):
        return problem(status, TITLES[status], f"{request.method} {request.path_info[:200]}")
    if request.path_info.startswith(PARTICULIER):
        return refusal(status, f"00{status}", TITLES[status], TITLES[status] + ".")
    return render(request, f"{status}.html", status=status)


def problem(status: int, title: str, detail: str, errors: Mapping[str, str] | None = None) -> HttpResponse:
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    told["errors"] = [{"field": field, "detail": sentence} for field, sentence in (errors or {}).items()]
    return HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=PROBLEM)


def refusal(status: int, code: str, title: str, detail: str, parameter: str = "", provider: str = "") -> HttpResponse:
    """One error, as API Particulier tells it; `parameter` is where it is, `provider` who does not know."""
    return refusals(status, [error(code, title, detail, parameter, provider)])


def error(code: str, title: str, detail: str, parameter: str = "", provider: str = "") -> dict[str, object]:
    source = {"parameter": parameter} if parameter else None
    meta = {"provider": provider} if provider else {}
    return {"code": code, "title": title, "detail": detail, "source": source, "meta": meta}


def refusals(status: int, errors: Sequence[Mapping[str, object]]) -> HttpResponse:
    body = json.dumps({"errors": list(errors)}, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")

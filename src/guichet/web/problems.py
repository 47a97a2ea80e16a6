"""HTTP errors: a page that helps, or problem details (RFC 9457) for programs that ask the API."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PROBLEM = "application/problem+json"
API = "/api/v1/"
TITLES = {
    **{400: "Demande illisible", 403: "Demande refusée", 404: "Inconnu", 405: "Méthode refusée"},
    **{429: "Trop de demandes à la fois", 500: "Erreur du serveur"},
}


def answer(request: HttpRequest, status: int) -> HttpResponse:
    """The answer of an error, for who asked."""
    if request.path_info.startswith(API):
        return problem(status, TITLES[status], f"{request.method} {request.path_info[:200]}")
    return render(request, f"{status}.html", status=status)


def problem(status: int, title: str, detail: str, errors: Mapping[str, str] | None = None) -> HttpResponse:
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    told["errors"] = [{"field": field, "detail": sentence} for field, sentence in (errors or {}).items()]
    return HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=PROBLEM)

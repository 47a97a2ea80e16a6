"""What the pages of this room share. What belongs to somebody is found among their own alone: else it does not exist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """`errors` are the questions whose answers are wrong; `refused` is a sentence about the whole of them."""
    return render(request, f"courriers/{template}.html", {"errors": [], "refused": "", **context}, status=status)


def by_key(own: QuerySet[Any], key: str) -> Any:
    """The one of `own` that has this key. Raises Http404."""
    try:
        found = own.filter(cle=UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found

"""What the pages of this room share. What belongs to somebody is found among their own alone: else it does not exist."""

from __future__ import annotations

from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.records import acces
from guichet.web.headers import View
from guichet.web.identity import MemberRequest, espace


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


def of_the_household(view: View) -> View:
    """For the allocataire, and who lives with them today: not for who has left, whose account still opens."""

    @wraps(view)
    def protected(request: MemberRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if not acces.est_du_foyer(request.user):
            raise Http404
        return view(request, *arguments, **named)

    return espace(protected)

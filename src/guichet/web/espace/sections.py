"""The pages of the account: who may see them, where they stand, what is counted of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop

from guichet.records import events
from guichet.web.addresses import address
from guichet.web.headers import View
from guichet.web.identity import MemberRequest, household
from guichet.web.languages import said


@dataclass(frozen=True)
class Section:
    """The name of its address, which is what the audience counts it by, and its title."""

    name: str
    title: str


HOME = Section("mon-compte", gettext_noop("Mon compte"))
SECTIONS = (
    Section("situation", gettext_noop("Ma situation")),
    Section("paiements", gettext_noop("Mes paiements")),
    Section("demarches", gettext_noop("Mes démarches")),
    Section("ressources", gettext_noop("Mes ressources")),
)
BY_NAME = {section.name: section for section in (HOME, *SECTIONS)}


def rubric(name: str) -> Callable[[View], View]:
    """Guard a section for the household of the file alone; the audience counts it (`rubrique`) each time it is shown."""

    def counted(view: View) -> View:
        @wraps(view)
        def seen(request: MemberRequest, *arguments: Any, **named: Any) -> HttpResponse:
            response = view(request, *arguments, **named)
            if request.method == "GET" and response.status_code == 200:
                events.note("rubrique", name, who=str(request.user.dossier.cle))
            return response

        return household(seen)

    return counted


def shown(request: MemberRequest, section: str, context: dict[str, Any], page: str = "", title: str = "") -> HttpResponse:
    """A page of `section`, under its menu: its own, or the template `page`, with its `title` at the end of the path."""
    within = BY_NAME[section]
    path = [(address(HOME.name), said(HOME.title))] if within is not HOME else []
    path += [(address(section), said(within.title))] if page else []
    here = title or said(within.title)
    return render(request, f"espace/{page or section}.html", {"path": path, "here": here, **context})

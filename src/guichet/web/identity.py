"""Who is logged in, for every room of the site.

`@espace`, or `@household` which is built on it, is on each view that is somebody's own: `request.user` is the account,
`request.user.dossier` its file, for one query; nobody else gets in. `@second_factor_required` is added under it where money
or contact moves:

    @espace
    @second_factor_required
    def iban(request: MemberRequest) -> HttpResponse: ...

A form that is sent once the session has ended is not lost: what was typed is kept, encrypted, for the same account alone,
and offered again after the login (see `kept`).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from guichet import clock
from guichet.records import events, sessions, vault
from guichet.records.acces import Compte
from guichet.web.addresses import address
from guichet.web.headers import PRIVATE, View, private
from guichet.web.user_agents import device

CONFIRMED = "confirmed"
CONFIRMED_FOR = timedelta(minutes=15)
"""How long a second factor holds."""
KEPT = "kept"
LONGEST_KEPT = 100_000
"""Characters of a form that are kept."""
LONGEST_ADDRESS = 2000
SECRETS = frozenset({"csrfmiddlewaretoken", "mot_de_passe", "encore", "ancien", "code"})
"""Never kept."""
NEXT = "suite"
"""In the address of the login: where one was going."""


class MemberRequest(HttpRequest):  # type: ignore[misc]
    """The request of somebody who is logged in."""

    user: Compte
    session: sessions.SessionStore


def espace(view: View) -> View:
    """Guard a page for who is logged in; others are asked to. Nothing of it is kept by a browser or a proxy."""

    @wraps(view)
    def protected(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        who = member(request)
        if who is None:
            return _asked(request, "connexion", _who_was(request))
        request.user = who
        request.session.prolong()
        return view(request, *arguments, **named)

    protected.headers = PRIVATE  # type: ignore[attr-defined]
    return protected


def household(view: View) -> View:
    """`espace`, for the allocataire and who lives with them today. Who has left finds the letters of their own time, and no
    more of the file."""

    @wraps(view)
    def protected(request: MemberRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if not request.user.is_in_foyer:
            return HttpResponseRedirect(address("courriers"))
        return view(request, *arguments, **named)

    return espace(protected)


def second_factor_required(view: View) -> View:
    """Guard a page for who typed, less than a quarter of an hour ago, a code that they alone get; others are asked to."""

    @wraps(view)
    def protected(request: MemberRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if not is_confirmed(request):
            return _asked(request, "code", request.user.pk)
        return view(request, *arguments, **named)

    return protected


def member(request: HttpRequest) -> Compte | None:
    """Who is logged in: nobody without a cookie, and without a query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    found: Compte | None = request.session.compte
    return found


def log_in(request: HttpRequest, who: Compte, confirmed: bool = False) -> None:
    """Begin a session, under a key that nobody knew before. `confirmed`: something was shown that only they could have."""
    sessions.SessionStore.clear_expired()
    if auth.SESSION_KEY in request.session:
        request.session.cycle_key()
    auth.login(request, who)
    request.session["appareil"] = device(request.META.get("HTTP_USER_AGENT", ""))
    if confirmed:
        confirm(request)
    events.note("authentification", "mon_compte", who=str(who.dossier.cle))


def confirm(request: HttpRequest) -> None:
    """A second factor was given."""
    request.session[CONFIRMED] = clock.now().isoformat()


def is_confirmed(request: HttpRequest) -> bool:
    at = request.session.get(CONFIRMED)
    return at is not None and clock.now() < datetime.fromisoformat(at) + CONFIRMED_FOR


# Where one was going, and what was typed


def destination(request: HttpRequest) -> str:
    """Where one was going, if it is a page of this site; else the account."""
    asked = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    safe = (
        asked.startswith("/")
        and len(asked) <= LONGEST_ADDRESS
        and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    )
    return asked if safe else address("mon-compte")


def next_page(request: HttpRequest, who: Compte, going: str = "") -> str:
    """Where to go once it is known who one is: to what was being sent, if it was; else to `going`, a destination that the
    request no longer tells."""
    return address("reprise") if kept(request, who) else going or destination(request)


def kept(request: HttpRequest, who: Compte) -> tuple[str, QueryDict] | None:
    """The address and the fields of the form that this account was sending."""
    try:
        found = json.loads(vault.decrypt(request.session.get(KEPT, "")))
    except vault.LostKeyError:
        return None
    return (found["to"], QueryDict(found["fields"])) if found["of"] == who.pk else None


def from_an_older_page(request: HttpRequest) -> HttpResponse | None:
    """What to do of a form without the right token: one of a page of ours that was opened before another login is kept, and
    offered again; None for one that another site may have made."""
    from_here = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not from_here or request.method != "POST":
        return None
    if request.path == address("deconnexion"):
        return HttpResponseRedirect(address("mon-compte"))
    if request.path.startswith(address("connexion")):
        return HttpResponseRedirect(request.get_full_path())
    who = member(request)
    return private(_asked(request, "reprise" if who else "connexion", who.pk if who else _who_was(request)))


def _asked(request: HttpRequest, page: str, of: int | None) -> HttpResponse:
    """Lead to `page`, that asks who one is, and back. A form is kept meanwhile, if we know for whom."""
    going = request.get_full_path()
    going = going if len(going) <= LONGEST_ADDRESS else address("mon-compte")
    if request.method == "POST":
        fields = request.POST.copy()
        for name in [name for name in fields if name in SECRETS]:
            del fields[name]
        typed = fields.urlencode()
        if of is not None and len(typed) <= LONGEST_KEPT:
            request.session[KEPT] = vault.encrypt(json.dumps({"of": of, "to": going, "fields": typed}))
    return HttpResponseRedirect(f"{address(page)}?{urlencode({NEXT: going})}")


def _who_was(request: HttpRequest) -> int | None:
    """The account of whom was typing in a session that has ended."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return sessions.whose_was(key) if key and request.method == "POST" else None

"""FranceConnect, for who has no password or would rather not use it.

It proves who one is, once: it is no second factor. The session keeps what was asked, by its `state`, until the answer comes:
an answer is good once, in the browser that asked. Without the three settings, none of this is here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_noop

from guichet.domain.identite_pivot import IdentitePivot
from guichet.records import franceconnect, vault
from guichet.web import identity
from guichet.web.addresses import address
from guichet.web.comptes.openid import Asked, Proved, Provider, UnavailableError, UnprovedError
from guichet.web.headers import private
from guichet.web.site import offers_franceconnect

SCOPE = "openid identite_pivot email"
LEVELS = ("eidas1", "eidas2", "eidas3")
ASKED, ID_TOKEN = "franceconnect-asked", "franceconnect"
"""In the session: what was asked, by its state; once logged in, the ID token, encrypted, which closes their session."""
MOST_ASKED = 5
"""Tabs."""
SEXES = {"female": "F", "male": "M"}
log = logging.getLogger("guichet.franceconnect")


@dataclass(frozen=True, slots=True)
class Failure:
    """What a page says when one did not get in. `again`: it is worth trying again now."""

    status: int
    title: str
    told: str
    again: bool = True


GIVEN_UP = Failure(
    200,
    gettext_noop("La connexion n'a pas abouti"),
    gettext_noop("La connexion a été interrompue chez FranceConnect. Rien n'a changé dans votre compte."),
)
LATE = Failure(
    400,
    gettext_noop("Cette connexion n'est plus valable"),
    gettext_noop("Elle a déjà servi, ou elle a commencé il y a longtemps ou dans un autre navigateur."),
)
UNAVAILABLE = Failure(
    503,
    gettext_noop("FranceConnect ne répond pas"),
    gettext_noop("Ce n'est pas de votre fait. Réessayez dans quelques minutes, ou connectez-vous avec votre mot de passe."),
)
UNPROVED = Failure(
    403,
    gettext_noop("La réponse de FranceConnect a été refusée"),
    gettext_noop(
        "Rien ne prouve qu'elle parle de vous : pour protéger votre compte, ce site ne l'a pas suivie. Réessayez, ou "
        "connectez-vous avec votre mot de passe."
    ),
)
UNKNOWN = Failure(
    403,
    gettext_noop("Votre dossier n'a pas été trouvé"),
    gettext_noop(
        "FranceConnect nous a dit qui vous êtes, mais aucun dossier n'a exactement cette identité : nom de naissance, "
        "prénoms, sexe, date et lieu de naissance."
    ),
    again=False,
)
SEVERAL = Failure(
    403,
    gettext_noop("Plusieurs dossiers ont votre identité"),
    gettext_noop("Nous ne pouvons pas savoir lequel ouvrir : votre caisse doit d'abord les réunir."),
    again=False,
)


def _provider() -> Provider:
    """Raises Http404 without its settings."""
    if not offers_franceconnect():
        raise Http404
    secret = settings.FRANCECONNECT_CLIENT_SECRET
    return Provider(settings.FRANCECONNECT_URL, settings.FRANCECONNECT_CLIENT_ID, secret, SCOPE, LEVELS)


def _back(view: str) -> str:
    """An address that was told to FranceConnect (README.md): our own name for this site, whatever Host says."""
    return f"{settings.BASE_URL}{address(view)}"


def depart(request: HttpRequest) -> HttpResponse:
    """Leave for FranceConnect, to be known there and come back."""
    provider, asked, going = _provider(), Asked.new(), identity.destination(request)
    try:
        there = provider.request(asked, _back("franceconnect-retour"))
    except UnavailableError as error:
        return _failed(request, UNAVAILABLE, going, error)
    kept = list(request.session.get(ASKED, {}).items())[1 - MOST_ASKED :]
    request.session[ASKED] = dict([*kept, (asked.state, {**asked.as_dict(), identity.NEXT: going})])
    return private(HttpResponseRedirect(there))


def retour(request: HttpRequest) -> HttpResponse:
    """Back from FranceConnect, with a code."""
    provider, entry = _provider(), _taken(request)
    if entry is None:
        return _failed(request, LATE)
    going = entry.pop(identity.NEXT)
    if "code" not in request.GET:
        given_up = request.GET.get("error") == "access_denied"
        return _failed(request, GIVEN_UP if given_up else UNAVAILABLE, going)
    try:
        proved = provider.proof(Asked(**entry), request.GET["code"], _back("franceconnect-retour"))
        who = franceconnect.compte(proved.sub, _pivot(proved))
    except UnavailableError as error:
        return _failed(request, UNAVAILABLE, going, error)
    except UnprovedError as error:
        return _failed(request, UNPROVED, going, error)
    except franceconnect.NotRecognisedError as error:
        return _failed(request, SEVERAL if error.several else UNKNOWN, id_token=proved.id_token)
    identity.log_in(request, who)
    request.session[ID_TOKEN] = vault.encrypt(proved.id_token)
    return private(HttpResponseRedirect(identity.next_page(request, who, going)))


def fin(request: HttpRequest) -> HttpResponse:
    """Back from FranceConnect, whose session is closed as ours is: nothing is left that an answer could change."""
    _provider()
    return private(HttpResponseRedirect(address("deconnexion")))


def end_of(request: HttpRequest) -> str:
    """Where the session of FranceConnect closes, for who came by it; nothing for others."""
    try:
        return _end(vault.decrypt(request.session.get(ID_TOKEN, "")))
    except vault.LostKeyError:
        return ""


def _end(id_token: str) -> str:
    try:
        return _provider().end(id_token, _back("franceconnect-fin"))
    except (UnavailableError, Http404):
        return ""


def _taken(request: HttpRequest) -> dict[str, str] | None:
    """What was asked under the state of this answer; it is no longer waited for."""
    waiting = request.session.get(ASKED, {}) if settings.SESSION_COOKIE_NAME in request.COOKIES else {}
    found: dict[str, str] | None = waiting.pop(request.GET.get("state", ""), None)
    if found is not None:
        request.session[ASKED] = waiting
    return found


def _pivot(proved: Proved) -> IdentitePivot | None:
    """The pivot identity, None if a part of it is missing: a birth date whose day is not known (`1980-00-00`) too."""
    names = ("family_name", "given_name", "gender", "birthdate", "birthcountry")
    told = {name: value for name in names if isinstance(value := proved.claims.get(name), str)}
    try:
        birth = date.fromisoformat(told["birthdate"])
        return IdentitePivot(
            *(told["family_name"], tuple(told["given_name"].split()), SEXES[told["gender"]], birth),
            *(told["birthcountry"], str(proved.claims.get("birthplace") or "")),
        )
    except (KeyError, ValueError):
        return None


def _failed(request: HttpRequest, failure: Failure, going: str = "", error: Any = None, id_token: str = "") -> HttpResponse:
    """The page of a failure. `id_token`: who is known there, and not here, can leave there."""
    if error:
        log.warning("FranceConnect: %s", error)
    context = {"failure": failure, "next": going, "end": _end(id_token) if id_token else ""}
    return private(render(request, "comptes/franceconnect.html", context, status=failure.status))

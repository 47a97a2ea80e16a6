"""What every page says of the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from guichet.records import brouillons
from guichet.web.languages import PREFIX, address_of_the_translation, said

ONE_LANGUAGE = "api/"
"""What begins so is not translated."""


def site_name() -> str:
    """The operator's name, as it is; that of the demonstration, in the language of the page."""
    return said(settings.SITE_NAME) if settings.IS_DEMONSTRATION else settings.SITE_NAME


def offers_franceconnect() -> bool:
    """Whether FranceConnect is offered: with its three settings."""
    return all((settings.FRANCECONNECT_URL, settings.FRANCECONNECT_CLIENT_ID, settings.FRANCECONNECT_CLIENT_SECRET))


def _account(request: HttpRequest) -> dict[str, object]:
    """Who is logged in, and until when: nobody but behind the login (see `identity.espace`)."""
    account = getattr(request, "user", None)
    return {"account": account, "session_end": account and request.session.end}


def site(request: HttpRequest) -> dict[str, object]:
    route = request.resolver_match.route.removeprefix(PREFIX) if request.resolver_match else ""
    return {
        **{"site_name": site_name(), "is_demonstration": settings.IS_DEMONSTRATION, "theme": settings.THEME},
        "translation": "" if route.startswith(ONE_LANGUAGE) else address_of_the_translation(request),
        "route": route,
        "kept_days": brouillons.LIFETIME.days,
        "franceconnect": offers_franceconnect(),
        **_account(request),
    }

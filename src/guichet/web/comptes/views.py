"""The login, and the way out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from guichet.domain.phrases import Phrase
from guichet.records import acces
from guichet.web import browsers, identity
from guichet.web.addresses import address
from guichet.web.comptes import forms, franceconnect, patience
from guichet.web.headers import private, read_or_send
from guichet.web.identity import MemberRequest, espace
from guichet.web.questions import Form

UNKNOWN = Phrase("Ce numéro et ce mot de passe ne vont pas ensemble. Vérifiez-les, puis réessayez.")
TOO_MANY = Phrase("Il y a eu beaucoup d'essais. Attendez quelques secondes, puis réessayez.")


@read_or_send
def connexion(request: HttpRequest) -> HttpResponse:
    """The number of the file or of social security, and the password."""
    form = forms.WhoForm([forms.PASSWORD], request.POST if request.method == "POST" else None)
    refused, status = "", 200
    if request.method != "POST" and identity.member(request):
        return private(HttpResponseRedirect(identity.destination(request)))
    if (who := form.who) and form.is_right:
        line = browsers.line(request, who)
        with patience.turn(request, line) as admitted:
            found = acces.authenticate(who, form.values["mot_de_passe"]) if admitted else None
        if found:
            patience.succeeded(line)
            identity.log_in(request, found)
            response = private(HttpResponseRedirect(identity.next_page(request, found)))
            return browsers.remember(request, response, found)
        refused, status = (UNKNOWN, 200) if admitted else (TOO_MANY, 429)
    return shown(request, "connexion", form, status, refused=refused, keeps=identity.KEPT in request.session)


@read_or_send
def deconnexion(request: HttpRequest) -> HttpResponse:
    """Out of this site, and of FranceConnect for who came by it; then a page that says so, and which cookie is left. To
    FranceConnect not by a redirection: the policy of our pages lets a form lead to this site alone, and FranceConnect leads
    on to others."""
    if request.method != "POST":
        if identity.member(request):
            return private(HttpResponseRedirect(address("mon-compte")))
        page = private(render(request, "comptes/deconnexion.html", {"is_remembered": browsers.COOKIE in request.COOKIES}))
        page.delete_cookie(settings.CSRF_COOKIE_NAME, samesite=settings.CSRF_COOKIE_SAMESITE)
        return page
    end = franceconnect.end_of(request)
    auth.logout(request)
    if not end:
        return private(HttpResponseRedirect(address("deconnexion")))
    page = private(render(request, "comptes/franceconnect-fin.html", {"end": end}))
    page.headers["Refresh"] = f"0; url={end}"
    return page


@espace
def reprise(request: MemberRequest) -> HttpResponse:
    """What was being sent when the session ended, to be sent again."""
    found = identity.kept(request, request.user)
    if found is None:
        return HttpResponseRedirect(address("mon-compte"))
    to, fields = found
    pairs = [(name, value) for name in fields for value in fields.getlist(name)]
    return render(request, "comptes/reprise.html", {"to": to, "pairs": pairs})


def shown(request: HttpRequest, page: str, form: Form, status: int = 200, **context: Any) -> HttpResponse:
    """A page with its form. `refused` is a sentence about the whole of the answers."""
    context = {"refused": "", "next": identity.destination(request), **context}
    context |= {"questions": form.questions, "errors": form.wrong}
    return private(render(request, f"comptes/{page}.html", context, status=status))

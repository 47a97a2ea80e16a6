"""The safety of an account: its sessions, its password, its second factor."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import auth
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from guichet.domain.phrases import Phrase
from guichet.operations import courriels
from guichet.records import acces, sessions, vault
from guichet.web import browsers, identity
from guichet.web.addresses import address
from guichet.web.comptes import forms, patience
from guichet.web.comptes.views import TOO_MANY, shown
from guichet.web.headers import read_or_send
from guichet.web.identity import NEXT, MemberRequest, espace, second_factor_required
from guichet.web.questions import Form
from guichet.web.site import site_name

SENT, DONE = "envoye", "fait"
WRONG_PASSWORD = Phrase("Ce n'est pas votre mot de passe actuel.")
WRONG_CODE = Phrase("Ce code ne convient pas, ou il n'est plus valable. Vérifiez-le, ou demandez-en un autre.")
TOO_MANY_CODES = Phrase("Il y a eu beaucoup d'essais. Attendez cinq minutes, puis réessayez.")
SECRET = "application"
"""In the session, encrypted: what is being shared with an application."""


@espace
@read_or_send
def securite(request: MemberRequest) -> HttpResponse:
    """The sessions that are open, each of which can be closed from here."""
    if request.method == "POST":
        closed = request.POST.get("fermer", "")
        if closed == "autres":
            sessions.revoke_the_others(request.user.pk, request.session.session_key)
        else:
            sessions.revoke(request.user.pk, closed)
        return HttpResponseRedirect(f"{address('securite')}?{DONE}")
    opened = sessions.of_account(request.user.pk)
    here = request.session.session_key
    context = {"sessions": [(session, session.session_key == here) for session in opened], "done": DONE in request.GET}
    return render(request, "comptes/securite.html", context)


@espace
@read_or_send
def mot_de_passe(request: MemberRequest) -> HttpResponse:
    """Change the password; other sessions end, and no other browser is known any more."""
    fields = [forms.OLD_PASSWORD, forms.NEW_PASSWORD, forms.AGAIN]
    form = Form(fields, request.POST if request.method == "POST" else None)
    who = request.user
    if not forms.same_twice(form):
        return shown(request, "mot-de-passe", form)
    with patience.turn(request, f"password of {who.pk}") as admitted:
        if not admitted:
            return shown(request, "mot-de-passe", form, 429, refused=TOO_MANY)
        if not who.check_password(form.values["ancien"]):
            form.refuse("ancien", WRONG_PASSWORD)
            return shown(request, "mot-de-passe", form)
    patience.succeeded(f"password of {who.pk}")
    who.set_password(form.values["mot_de_passe"])
    who.save(update_fields=["password"])
    auth.update_session_auth_hash(request, who)
    sessions.revoke_the_others(who.pk, request.session.session_key)
    return browsers.remember(request, HttpResponseRedirect(f"{address('securite')}?{DONE}"), who)


@espace
@read_or_send
def code(request: MemberRequest) -> HttpResponse:
    """The second factor: a code of the application, or else of an e-mail; then back to where one was."""
    who, going = request.user, identity.destination(request)
    to = "" if who.totp_chiffre else acces.address_of(who)
    if request.method == "POST" and "envoyer" in request.POST:
        if to:
            courriels.request_code(who)
        return HttpResponseRedirect(f"{address('code')}?{urlencode({NEXT: going, SENT: 1})}")
    form = Form([forms.CODE], request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"to": _masked(to), "application": bool(who.totp_chiffre), "sent": SENT in request.GET}
    if not form.is_right:
        return shown(request, "code", form, **context)
    if patience.SHORT_CODES.wait(str(who.pk)) > 0:
        return shown(request, "code", form, 429, refused=TOO_MANY_CODES, **context)
    if not acces.confirm(who, form.values["code"]):
        return shown(request, "code", form, refused=WRONG_CODE, **context)
    patience.SHORT_CODES.forget(str(who.pk))
    identity.confirm(request)
    return HttpResponseRedirect(identity.next_page(request, who))


@espace
@second_factor_required
@read_or_send
def application(request: MemberRequest) -> HttpResponse:
    """Link an application that shows codes, or forget it."""
    who = request.user
    if request.method == "POST" and "retirer" in request.POST:
        acces.forget_application(who)
        return HttpResponseRedirect(f"{address('securite')}?{DONE}")
    try:
        secret = vault.decrypt(request.session.get(SECRET, ""))
    except vault.LostKeyError:
        secret = acces.new_secret()
        request.session[SECRET] = vault.encrypt(secret)
    form = Form([forms.CODE], request.POST if request.method == "POST" else None)
    if form.is_right:
        if acces.link_application(who, secret, form.values["code"].replace(" ", "")):
            del request.session[SECRET]
            return HttpResponseRedirect(f"{address('securite')}?{DONE}")
        form.refuse("code", WRONG_CODE)
    uri = f"otpauth://totp/{quote(site_name())}?{urlencode({'secret': secret, 'issuer': site_name()})}"
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return shown(request, "application", form, groups=groups, uri=uri, linked=bool(who.totp_chiffre))


def _masked(to: str) -> str:
    """`c•••@exemple.fr`."""
    name, _, domain = to.partition("@")
    return f"{name[:1]}•••@{domain}" if to else ""

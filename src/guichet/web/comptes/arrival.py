"""The first access, and a forgotten password. Both end with a password that is chosen.

Nothing here tells whether an account exists: the code of a letter is looked for among those of one birth date, and a link
is asked for without anything being looked up.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guichet.domain.phrases import Phrase
from guichet.operations import courriels
from guichet.records import acces, sessions, vault
from guichet.web import browsers, identity
from guichet.web.addresses import address
from guichet.web.comptes import forms, patience
from guichet.web.comptes.views import TOO_MANY, shown
from guichet.web.headers import private, read_or_send
from guichet.web.questions import LONGEST, Form

PROVED = "proved"
"""In the session: what stands for the code that was read, until a password is chosen."""
SENT = "envoye"
WRONG_LETTER = Phrase(
    "Ces informations ne vont pas ensemble, ou le code n'est plus valable. Vérifiez-les sur votre lettre, puis réessayez."
)
WRONG_LINK = Phrase("Cette date ne convient pas, ou cette adresse n'est plus valable. Vérifiez la date, puis réessayez.")


@read_or_send
def premier_acces(request: HttpRequest) -> HttpResponse:
    """The number of the file, the birth date and the code of a letter."""
    form = forms.WhoForm([forms.BIRTH, forms.LETTER_CODE], request.POST if request.method == "POST" else None)
    if not (form.who and form.is_right):
        return shown(request, "premier-acces", form)
    line = browsers.line(request, form.who)
    with patience.turn(request, line) as admitted:
        if not admitted:
            return shown(request, "premier-acces", form, 429, refused=TOO_MANY)
        code = acces.read_letter_code(form.who, form.values["naissance"], form.values["code"])
    if code is None:
        return shown(request, "premier-acces", form, refused=WRONG_LETTER)
    patience.succeeded(line)
    return _proved(request, code)


@read_or_send
def oubli(request: HttpRequest) -> HttpResponse:
    """A link is sent by e-mail to whom has one: this page says the same in any case."""
    form = forms.WhoForm([], request.POST if request.method == "POST" else None)
    if not (form.who and form.is_right):
        return shown(request, "oubli", form, sent=SENT in request.GET)
    with patience.turn(request, browsers.line(request, form.who)) as admitted:
        if not admitted:
            return shown(request, "oubli", form, 429, refused=TOO_MANY, sent=False)
    courriels.request_password(form.who)
    return private(HttpResponseRedirect(f"{address('oubli')}?{SENT}"))


@read_or_send
def lien(request: HttpRequest) -> HttpResponse:
    """The address that was sent, and the birth date of whom it was sent to."""
    given = (request.POST if request.method == "POST" else request.GET).get("lien", "")[:LONGEST]
    form = Form([forms.BIRTH], request.POST if request.method == "POST" else None)
    if not form.is_right:
        return shown(request, "lien", form, link=given)
    with patience.turn(request, vault.fingerprint(given)) as admitted:
        if not admitted:
            return shown(request, "lien", form, 429, refused=TOO_MANY, link=given)
        code = acces.read_link(given, form.values["naissance"])
    return shown(request, "lien", form, refused=WRONG_LINK, link=given) if code is None else _proved(request, code)


def _proved(request: HttpRequest, code: str) -> HttpResponse:
    """Who one is was shown: a password can be chosen, in a session whose key nobody knew before."""
    request.session.cycle_key()
    request.session[PROVED] = code
    return private(HttpResponseRedirect(address("nouveau-mot-de-passe")))


@read_or_send
def nouveau_mot_de_passe(request: HttpRequest) -> HttpResponse:
    """Choose a password; the code, or the link, is used up then, and one is logged in."""
    code = request.session.get(PROVED)
    if code is None or (request.method != "POST" and not acces.is_still_valid(code)):
        return private(HttpResponseRedirect(address("premier-acces")))
    form = Form([forms.NEW_PASSWORD, forms.AGAIN], request.POST if request.method == "POST" else None)
    if not forms.same_twice(form):
        return shown(request, "nouveau-mot-de-passe", form)
    who = acces.choose_password(code, form.values["mot_de_passe"])
    if who is None:
        return private(HttpResponseRedirect(address("premier-acces")))
    del request.session[PROVED]
    sessions.revoke_the_others(who.pk, request.session.session_key)
    # A letter or an e-mail is a second factor, unless there is a better one.
    identity.log_in(request, who, confirmed=not who.totp_chiffre)
    return browsers.remember(request, private(HttpResponseRedirect(identity.next_page(request, who))), who)

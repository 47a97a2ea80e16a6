"""Attestations: asked for by who lives in the household, checked by anybody who holds one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_noop
from django.views.decorators.csrf import csrf_exempt

from guichet import clock
from guichet.domain.courriers import verification
from guichet.domain.courriers.attestations import faits_publics
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois
from guichet.operations import attester
from guichet.records import courriers
from guichet.records.courriers import Courrier
from guichet.web.addresses import address
from guichet.web.courriers.pages import shown
from guichet.web.headers import private, read_or_send
from guichet.web.identity import MemberRequest, household
from guichet.web.languages import written
from guichet.web.pace import Schedule, origin
from guichet.web.questions import Field, Form

PAYMENT, QUOTIENT = "paiement", "quotient"
CHECKS = Schedule(rate=2, burst=60, longest=2)
"""Of each address: an office checks a pile of attestations at once."""
UNKNOWN = Phrase("Aucune attestation n'a ce code. Comparez-le à celui de l'attestation, lettre par lettre.")
TOO_MANY = Phrase("Il y a eu beaucoup de vérifications. Attendez quelques secondes, puis réessayez.")


@household
@read_or_send
def attestations(request: MemberRequest) -> HttpResponse:
    """Two forms: what was paid from a month to another, the quotient familial of a month."""
    dossier, today = request.user.dossier, clock.today()
    wanted = request.POST.get("attestation") if request.method == "POST" else None
    months, known = attester.paid_months(today), attester.liquidated(dossier.pk, today)
    quotients = attester.quotients(known, today)
    payment = Form(_payment_fields(months), request.POST if wanted == PAYMENT else None)
    quotient = Form(_quotient_fields(quotients), request.POST if wanted == QUOTIENT else None)
    try:
        if payment.is_right:
            return _opened(attester.attestation_de_paiement(dossier, payment.values["du"], payment.values["au"]))
    except ValueError as refused:
        payment.refuse("au", refused.args[0])
    try:
        if quotient.is_right:
            return _opened(attester.attestation_de_quotient_familial(dossier, quotient.values["mois"], known))
    except ValueError as refused:
        quotient.refuse("mois", refused.args[0])
    context: dict[str, Any] = {
        **{"payment": payment.questions, "quotient": quotient.questions if quotients else []},
        "errors": [*payment.wrong, *quotient.wrong],
    }
    return shown(request, "attestations", **context)


def _opened(kept: Courrier) -> HttpResponse:
    return HttpResponseRedirect(address("courrier", str(kept.cle)))


def _payment_fields(months: list[Mois]) -> list[Field]:
    return [
        _month("du", gettext_noop("Du mois"), months, gettext_noop("Un mois est payé au début du suivant.")),
        _month("au", gettext_noop("Au mois"), months),
    ]


def _quotient_fields(quotients: Iterable[Mois]) -> list[Field]:
    return [_month("mois", gettext_noop("Mois"), list(quotients))]


def _month(name: str, label: str, months: list[Mois], hint: str = "") -> Field:
    choices = tuple((str(month), written(month)) for month in months)
    return Field(name, label, _one_of(months), hint, kind="liste", choices=choices)


def _one_of(months: list[Mois]) -> Callable[[str], Mois]:
    by_text = {str(month): month for month in months}

    def read(text: str) -> Mois:
        if text not in by_text:
            raise ValueError(gettext_noop("Choisissez un mois de la liste."))
        return by_text[text]

    return read


CODE = Field(
    "code",
    gettext_noop("Code de l'attestation"),
    verification.read,
    gettext_noop("20 lettres et chiffres, au bas de l'attestation, par exemple 7ZQ4-0K2M-9F3C-AW5T-1XR8."),
)


@csrf_exempt  # nobody is known here, and nothing is changed: no cookie is needed
@read_or_send
def verifier(request: HttpRequest) -> HttpResponse:
    """What an attestation says, for who has its code: what is printed on it, without the address and the file number."""
    form = Form([CODE], request.POST if request.method == "POST" else None)
    found, refused, status = None, "", 200
    if form.is_right:
        if CHECKS.wait(origin(request)) > 0:
            refused, status = TOO_MANY, 429
        else:
            kept = courriers.by_verification(form.values["code"])
            found = faits_publics(kept.letter) if kept else None
            refused = "" if found else UNKNOWN
    context = {"questions": form.questions, "errors": form.wrong, "refused": refused, "found": found}
    return private(shown(request, "verifier", status, **context))

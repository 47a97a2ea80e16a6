"""What is held on somebody, to be read and taken away; the closing of an account."""

from __future__ import annotations

import json

from django.contrib import auth
from django.http import HttpResponse

from guichet import clock
from guichet.operations import donnees as operations
from guichet.records import acces, sessions
from guichet.web.courriers.pages import shown
from guichet.web.courriers.readable import readable
from guichet.web.headers import read_or_send
from guichet.web.identity import MemberRequest, espace, second_factor_required


@espace
def donnees(request: MemberRequest) -> HttpResponse:
    """What is held, in words, and its two downloads."""
    return shown(request, "donnees")


@espace
def donnees_lues(request: MemberRequest) -> HttpResponse:
    """What is held on who reads, as a page."""
    return shown(request, "donnees-lues", found=readable(operations.donnees(request.user)))


@espace
def donnees_json(request: MemberRequest) -> HttpResponse:
    return _download(request, secrets=False)


@espace
@second_factor_required
def donnees_completes(request: MemberRequest) -> HttpResponse:
    """What is held on who reads, as JSON, with the NIR and the bank account."""
    return _download(request, secrets=True)


def _download(request: MemberRequest, secrets: bool) -> HttpResponse:
    written = json.dumps(operations.donnees(request.user, secrets), ensure_ascii=False, indent=2)
    name = f"mes-donnees-{clock.today()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written, content_type="application/json; charset=utf-8", headers=headers)


@espace
@second_factor_required
@read_or_send
def fermeture(request: MemberRequest) -> HttpResponse:
    """Close the account: nobody gets in by it any more. The file stays."""
    done = request.method == "POST"
    if done:
        acces.close(request.user)
        sessions.revoke_the_others(request.user.pk, None)
        auth.logout(request)
        del request.user  # nobody is known any more
    return shown(request, "fermeture", done=done)

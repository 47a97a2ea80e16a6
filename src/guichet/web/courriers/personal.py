"""What is held on somebody, to be read and taken away; the closing of an account."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from django.contrib import auth
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from guichet import horloge
from guichet.domain.phrases import en_francais
from guichet.operations import donnees as operations
from guichet.records import acces, sessions
from guichet.web.courriers.pages import shown
from guichet.web.identity import MemberRequest, espace, second_factor_required

INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\+[0-9:]{5}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LABELS = {
    "etabli_le": "établi le",
    "numero_d_allocataire": "numéro d'allocataire",
    "prenoms": "prénoms",
    "numero_de_securite_sociale": "numéro de sécurité sociale",
    "au_nom_de_l_allocataire": "au nom de l'allocataire",
    "vrai_du": "vrai à partir du",
    "connu_du": "connu depuis le",
    "connu_jusqu_au": "connu jusqu'au",
    "calcule_le": "calculé le",
    "envoye_le": "envoyé le",
    "recue_le": "reçue le",
    "a": "à",
    "etat": "état",
    "retenu_des_le": "retenu dès le",
    "trop_percus": "trop-perçus",
}
"""The names that French does not write as JSON does."""


@espace
@require_safe
def donnees(request: MemberRequest) -> HttpResponse:
    """What is held, in words, and its two downloads."""
    return shown(request, "donnees")


@espace
@require_safe
def donnees_lues(request: MemberRequest) -> HttpResponse:
    """The same data as a page."""
    return shown(request, "donnees-lues", found=_readable(operations.donnees(request.user)))


def _readable(value: Any) -> Any:
    """The same, as one reads it in French: names, days, yes and no."""
    match value:
        case dict():
            return {LABELS.get(name, name.replace("_", " ")): _readable(inner) for name, inner in value.items()}
        case list():
            return [_readable(inner) for inner in value]
        case bool():
            return "oui" if value else "non"
        case str() if INSTANT.fullmatch(value):
            return f"{en_francais(date.fromisoformat(value[:10]))}, {value[11:16]}"
        case str() if DAY.fullmatch(value):
            return en_francais(date.fromisoformat(value))
    return "–" if value in (None, "") else str(value)


@espace
@require_safe
def donnees_json(request: MemberRequest) -> HttpResponse:
    return _download(request, secrets=False)


@espace
@second_factor_required
@require_safe
def donnees_completes(request: MemberRequest) -> HttpResponse:
    """With the NIR and the bank account."""
    return _download(request, secrets=True)


def _download(request: MemberRequest, secrets: bool) -> HttpResponse:
    written = json.dumps(operations.donnees(request.user, secrets), ensure_ascii=False, indent=2)
    name = f"mes-donnees-{horloge.aujourd_hui()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written, content_type="application/json; charset=utf-8", headers=headers)


@espace
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def fermeture(request: MemberRequest) -> HttpResponse:
    """Close the account: nobody gets in by it any more. The file stays."""
    done = request.method == "POST"
    if done:
        acces.ferme(request.user)
        sessions.ferme_les_autres(request.user.pk, None)
        auth.logout(request)
        del request.user  # nobody is known any more
    return shown(request, "fermeture", done=done)

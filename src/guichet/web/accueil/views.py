"""The home page: what can be done here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.domain.vocabulaire import PREMIER_MOIS


@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    return render(request, "accueil/accueil.html", {"premier_mois": PREMIER_MOIS})

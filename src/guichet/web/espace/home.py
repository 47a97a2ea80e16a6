"""« Mon compte »: what matters now; and « Mes démarches »: who acts next, and by when."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from guichet import clock
from guichet.domain.calendrier import jour_de_paie
from guichet.domain.comptes import Beneficiaire
from guichet.operations.prochain import Prevu, prevoir
from guichet.operations.suivi import Acteur
from guichet.web.contenu.demarches import DEMARCHES
from guichet.web.espace.corrections import correction_of
from guichet.web.espace.sections import rubric, shown
from guichet.web.facts import masked
from guichet.web.identity import MemberRequest, household


@household
def mon_compte(request: MemberRequest) -> HttpResponse:
    now = clock.now()
    expected = prevoir(request.user.dossier, now, request.user.personne_id)
    account = expected.comptes.get(Beneficiaire.ALLOCATAIRE)
    landlord = expected.comptes.get(Beneficiaire.BAILLEUR)
    context = {
        **{"expected": expected, "today": now.date(), **_followed(expected)},
        "account_shown": masked(account.valeur.iban) if account else "",
        "landlord": landlord.valeur.nom if landlord else "",
        "following": jour_de_paie(expected.paie.mois),
    }
    return shown(request, "mon-compte", context)


@rubric("demarches")
def demarches(request: MemberRequest) -> HttpResponse:
    expected = prevoir(request.user.dossier, clock.now(), request.user.personne_id)
    return shown(request, "demarches", {"demarches": list(DEMARCHES.values()), **_followed(expected)})


def _followed(expected: Prevu) -> dict[str, Any]:
    """What is not finished: what is theirs to do, and the rest."""
    return {
        "awaited": [one for one in expected.suivis if one.who is Acteur.VOUS],
        "under_way": [one for one in expected.suivis if one.who is not Acteur.VOUS],
        "correction_of": correction_of,
    }

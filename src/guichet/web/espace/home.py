"""« Mon compte »: what matters now; and « Mes démarches »: who acts next, and by when."""

from __future__ import annotations

from django.http import HttpResponse

from guichet import horloge
from guichet.operations.prochain import prevoir
from guichet.records.grand_livre import Beneficiaire
from guichet.web.contenu.demarches import DEMARCHES
from guichet.web.espace.corrections import correction_of
from guichet.web.espace.facts import masked
from guichet.web.espace.sections import mine, rubric, shown
from guichet.web.identity import MemberRequest


@mine
def mon_compte(request: MemberRequest) -> HttpResponse:
    now = horloge.maintenant()
    expected = prevoir(request.user.dossier, now)
    account = expected.comptes.get(Beneficiaire.ALLOCATAIRE)
    landlord = expected.comptes.get(Beneficiaire.BAILLEUR)
    context = {
        **{"expected": expected, "today": now.date(), "correction_of": correction_of},
        "account_shown": masked(account.valeur.iban) if account else "",
        "landlord": landlord.valeur.nom if landlord else "",
    }
    return shown(request, "mon-compte", context)


@rubric("demarches")
def demarches(request: MemberRequest) -> HttpResponse:
    expected = prevoir(request.user.dossier, horloge.maintenant())
    context = {"demarches": list(DEMARCHES.values()), "expected": expected, "correction_of": correction_of}
    return shown(request, "demarches", context)

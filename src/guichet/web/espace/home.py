"""« Mon compte »: what matters now; and « Mes démarches »: who acts next, and by when."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from guichet import horloge
from guichet.domain.calendrier import jour_de_paie
from guichet.operations import suivi
from guichet.operations.prochain import Prevu, prevoir
from guichet.operations.suivi import Acteur, Suivi
from guichet.records import saisines
from guichet.records.grand_livre import Beneficiaire
from guichet.web.contenu.demarches import DEMARCHES
from guichet.web.espace.corrections import correction_of
from guichet.web.espace.sections import mine, rubric, shown
from guichet.web.facts import masked
from guichet.web.identity import MemberRequest


@mine
def mon_compte(request: MemberRequest) -> HttpResponse:
    now = horloge.maintenant()
    expected = prevoir(request.user.dossier, now)
    account = expected.comptes.get(Beneficiaire.ALLOCATAIRE)
    landlord = expected.comptes.get(Beneficiaire.BAILLEUR)
    context = {
        **{"expected": expected, "today": now.date(), **_followed(request, expected)},
        "account_shown": masked(account.valeur.iban) if account else "",
        "landlord": landlord.valeur.nom if landlord else "",
        "following": jour_de_paie(expected.paie.mois),
    }
    return shown(request, "mon-compte", context)


@rubric("demarches")
def demarches(request: MemberRequest) -> HttpResponse:
    expected = prevoir(request.user.dossier, horloge.maintenant())
    return shown(request, "demarches", {"demarches": list(DEMARCHES.values()), **_followed(request, expected)})


def _followed(request: MemberRequest, expected: Prevu) -> dict[str, Any]:
    """What is not finished: of the file, and of what its reader wrote to the caisse; what is theirs to do, and the rest."""
    written = suivi.des_saisines(saisines.ouvertes(request.user.personne_id), horloge.aujourd_hui())
    every: list[Suivi] = [*expected.suivis, *written]
    return {
        "awaited": [one for one in every if one.qui is Acteur.VOUS],
        "under_way": [one for one in every if one.qui is not Acteur.VOUS],
        "correction_of": correction_of,
    }

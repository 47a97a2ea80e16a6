"""The result of a simulation as a document: PDF/UA-1, that a screen reader reads in order."""

from __future__ import annotations

import functools
import json
import threading
from typing import Any

import typst
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from guichet import horloge
from guichet.domain.droits import Droit, Ligne, Texte
from guichet.operations import simuler
from guichet.records import evenements
from guichet.web.filters import centimes, compte, jour, montant, typo, valeur
from guichet.web.headers import secret
from guichet.web.simulateurs.drafts import Simulation, simulation_of
from guichet.web.simulateurs.result import Outcome, Right, outcome

SOURCE = settings.PACKAGE / "web" / "simulateurs" / "result.typ"
_COMPILING = threading.Lock()


@secret
@require_safe
def pdf(request: HttpRequest, genre: str, lien: str) -> HttpResponse:
    simulation = simulation_of(genre, lien)
    try:
        trouve = simuler.simuler(genre, simulation.textes)
    except simuler.ReponsesError:
        return HttpResponseRedirect(simulation.next_address)
    evenements.note("telechargement", genre)
    document = _document(simulation, outcome(trouve))
    headers = {"Content-Disposition": f'attachment; filename="simulation-{genre}-{trouve.mois}.pdf"'}
    return HttpResponse(compiled(document), content_type="application/pdf", headers=headers)


def compiled(document: dict[str, Any]) -> bytes:
    """The PDF of a document (see `result.typ`). The compiler is kept: it has read the fonts."""
    with _COMPILING:
        made: bytes = _compiler().compile(
            format="pdf", pdf_standards=["ua-1"], sys_inputs={"document": json.dumps(document, ensure_ascii=False)}
        )
    return made


@functools.cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(SOURCE)


def _document(simulation: Simulation, found: Outcome) -> dict[str, Any]:
    """All that is printed, as texts."""
    aujourd_hui = horloge.aujourd_hui()
    demonstration = "Ce site n'est pas celui d'une caisse d'allocations familiales. " if settings.IS_DEMONSTRATION else ""
    return {
        "site": settings.SITE_NAME,
        "title": typo(f"{simulation.parcours.titre}, {simulation.mois.en_lettres}"),
        "total": montant(found.trouve.par_mois) if found.trouve.par_mois else "",
        "rights": [_right(right) for right in (*found.granted, *found.unknown, *found.elsewhere, *found.refused)],
        "answers": [
            [typo(simulation.parcours.dire(dit, simulation.lecture.reponses)) for dit in question]
            for question in simulation.answers
        ],
        "not_asked": [typo(fait) for fait in found.trouve.non_demande],
        "note": typo(
            f"Simulation faite le {jour(aujourd_hui)}. Elle n'est ni une demande ni une décision. {demonstration}"
            "Les montants sont nets de CRDS."
        ),
    }


def _right(right: Right) -> dict[str, Any]:
    droit = right.droit
    return {
        "name": typo(f"{droit.prestation.nom[:1].upper()}{droit.prestation.nom[1:]}, {droit.mois.en_lettres}"),
        "amount": _amount(right),
        "lines": [_line(ligne) for ligne in droit.decompte.lignes],
        "total": centimes(droit.montant) if droit.montant else "",
        "reasons": [
            [typo(refus.condition), typo(refus.trouve), typo(refus.requis), typo(refus.conseil), _text(refus.texte)]
            for refus in droit.refus
        ],
        "doubts": [typo(doute) for doute in droit.doutes],
    }


def _amount(right: Right) -> str:
    droit: Droit = right.droit
    if droit.montant is None:
        return "montant inconnu"
    if not droit.montant:
        return "pas de droit"
    return f"{montant(droit.montant)} {'en une fois' if right.one_off else 'par mois'}"


def _line(ligne: Ligne) -> list[str]:
    return [typo(ligne.libelle), compte(ligne) if ligne.signe else valeur(ligne), _text(ligne.texte), str(ligne.signe)]


def _text(texte: Texte | None) -> str:
    if texte is None:
        return "Texte non retrouvé"
    return typo(texte.reference) + (f", en vigueur depuis le {jour(texte.depuis)}" if texte.depuis else "")

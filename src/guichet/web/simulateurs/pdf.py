"""The result of a simulation as a document: PDF/UA-1, that a screen reader reads in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guichet import clock
from guichet.documents.pdf import compiled
from guichet.domain.droits import Droit, Ligne, Refus, Texte
from guichet.domain.phrases import Phrase, capfirst, french_print
from guichet.operations import simuler
from guichet.records import events
from guichet.web.filters import centimes, compte, in_a_sentence, jour, mois, montant, valeur
from guichet.web.headers import secret
from guichet.web.languages import current, said
from guichet.web.simulateurs.drafts import Simulation, simulation_of
from guichet.web.simulateurs.result import Outcome, outcome
from guichet.web.site import site_name

SOURCE = settings.PACKAGE / "web" / "simulateurs" / "result.typ"


@secret
def pdf(request: HttpRequest, genre: str, lien: str) -> HttpResponse:
    simulation = simulation_of(genre, lien)
    try:
        found = simuler.simuler(genre, simulation.texts, simulation.reading)
    except simuler.ReponsesError:
        return HttpResponseRedirect(simulation.next_address)
    events.note("telechargement", genre)
    document = _document(simulation, outcome(found))
    headers = {"Content-Disposition": f'attachment; filename="simulation-{genre}-{found.mois}.pdf"'}
    return HttpResponse(compiled(SOURCE, document), content_type="application/pdf", headers=headers)


def _document(simulation: Simulation, found: Outcome) -> dict[str, Any]:
    """All that is printed, as texts."""
    total = found.result.monthly
    return {
        **{"language": current(), "site": site_name(), "words": _words()},
        "title": f"{said(simulation.parcours.titre)}, {mois(simulation.mois)}",
        "total": said(Phrase("Vous auriez droit à {montant} par mois.", montant=montant(total))) if total else "",
        "rights": [_right(droit) for droit in (*found.granted, *found.unknown, *found.elsewhere, *found.refused)],
        "answers": [
            [said(answer.question), said(answer.said)] for step in simulation.steps for answer in simulation.answers(step)
        ],
        "not_asked": [said(fait) for fait in found.result.not_asked],
        "note": " ".join(_note()),
    }


def _words() -> dict[str, str]:
    """The words of the document itself."""
    return {
        "line": said("Ligne, et le texte qui la fonde"),
        "value": said("Valeur"),
        "total": said("Total"),
        "answers": said("Vos réponses"),
        "question": said("Question"),
        "answer": said("Réponse"),
        "not_asked": said("Ce qui n'a pas été demandé, et peut changer le résultat"),
    }


def _note() -> Iterator[str]:
    yield said(Phrase("Simulation faite le {jour}. Elle n'est ni une demande ni une décision.", jour=clock.today()))
    if settings.IS_DEMONSTRATION:
        yield said("Ce site n’est pas celui d’une caisse d’allocations familiales.")
    yield said("Les montants sont nets de CRDS.")


def _right(droit: Droit) -> dict[str, Any]:
    return {
        "name": said(
            Phrase(
                "{prestation}, {mois} : {montant}",
                prestation=capfirst(said(droit.prestation.nom)),
                mois=droit.mois,
                montant=_amount(droit),
            )
        ),
        "lines": [_line(line) for line in droit.decompte.lignes],
        "total": centimes(droit.montant) if droit.montant else "",
        "reasons": [_reason(refusal) for refusal in droit.refus],
        "doubts": [said(doute) for doute in droit.doutes],
    }


def _amount(droit: Droit) -> str:
    if droit.montant is None:
        return said("montant inconnu")
    if not droit.montant:
        return said("pas de droit")
    pattern = "{montant} en une fois" if droit.one_off else "{montant} par mois"
    return said(Phrase(pattern, montant=montant(droit.montant)))


def _reason(refusal: Refus) -> list[str]:
    """What failed, and why."""
    found, needed = (in_a_sentence(said(sentence)) for sentence in (refusal.trouve, refusal.requis))
    return [
        f"{said(refusal.condition)} ({_text(refusal.texte)}).",
        said(Phrase("Ce que nous trouvons : {trouve}. Ce qu'il faudrait : {requis}.", trouve=found, requis=needed)),
        said(refusal.conseil),
    ]


def _line(line: Ligne) -> list[str]:
    return [said(line.libelle), compte(line) if line.signe else valeur(line), _text(line.texte), str(line.signe)]


def _text(text: Texte | None) -> str:
    if text is None:
        return said("Texte non retrouvé")
    if text.depuis is None:
        return french_print(text.reference)
    pattern = "{reference}, en vigueur depuis le {jour}"
    return said(Phrase(pattern, reference=french_print(text.reference), jour=jour(text.depuis)))

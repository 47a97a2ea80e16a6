"""« Ma situation »: what the caisse knows, how it was told, what corrects it, and who has read the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_noop

from guichet import clock
from guichet.domain.faits import DEMANDES, LE_FOYER, RESSOURCES, Genre, Identite
from guichet.domain.foyer import RANKS
from guichet.operations.prochain import prevoir
from guichet.operations.suivi import Suivi
from guichet.records import faits, lectures, sql
from guichet.records.faits import Connu
from guichet.web.espace.corrections import CORRECTIONS, correction_of
from guichet.web.espace.facts import Told, told
from guichet.web.espace.sections import rubric, shown
from guichet.web.identity import MemberRequest, household
from guichet.web.languages import said

READINGS = 20
CHAPTERS = (
    (gettext_noop("Votre logement"), (Genre.LOGEMENT, Genre.PRET, Genre.ADRESSE, Genre.BAILLEUR, Genre.GARDE)),
    (gettext_noop("Être payé, être joint"), (Genre.COMPTE_BANCAIRE, Genre.COORDONNEES)),
    (gettext_noop("Prestations demandées"), tuple(DEMANDES.values())),
)
"""What is about the whole household."""
ORDER = {kind: rank for rank, kind in enumerate((*Genre, *RESSOURCES.values(), *DEMANDES.values()))}


@dataclass(frozen=True)
class Chapter:
    """Facts about one person, or about one thing. `birth` is that of a person."""

    title: str
    facts: list[Told]
    birth: date | None = None


@rubric("situation")
def situation(request: MemberRequest) -> HttpResponse:
    now = clock.now()
    dossier = request.user.dossier.pk
    asked = faits.known_between_question(dossier, now, now), lectures.latest(dossier, READINGS)
    (known, identities), readings = sql.ask(*asked)
    holding = [one for one in known if one.avant is None and one.fait.avant > now.date()]
    context = {
        "chapters": [*_people(holding, identities), *_household(holding)],
        "corrections": CORRECTIONS,
        "readings": readings,
        "today": now.date(),
    }
    return shown(request, "situation", context)


@household
def correction(request: MemberRequest, sujet: str) -> HttpResponse:
    """What corrects a fact: for now, which démarche will, and whom to ask meanwhile. Of a bank account, what waits for it
    comes first."""
    if sujet not in CORRECTIONS:
        raise Http404
    found, title, waiting = CORRECTIONS[sujet], gettext_noop("Ce n'est pas exact ?"), list[Suivi]()
    of_an_account = sujet == correction_of(Genre.COMPTE_BANCAIRE)
    if of_an_account:
        expected = prevoir(request.user.dossier, clock.now())
        waiting = [one for one in expected.suivis if one.genre == Genre.COMPTE_BANCAIRE]
    if waiting:
        title = gettext_noop("Donner un compte bancaire")
    context = {"correction": found, "waiting": waiting, "of_an_account": of_an_account}
    return shown(request, "situation", context, "correction", said(title))


def _people(holding: Sequence[Connu], identities: dict[int, Identite]) -> list[Chapter]:
    """The claimant, the partner, the children by age; then those of whom something is known, who are not there."""
    roles = {one.fait.sujet: one.fait.valeur.role for one in holding if one.fait.genre == Genre.PRESENCE}
    present = sorted(roles, key=lambda who: (RANKS[roles[who]], identities[who].naissance))
    chapters = []
    for who in present:
        identity = identities[who]
        facts = _told(one for one in holding if one.fait.sujet == who)
        chapters.append(Chapter(f"{identity.prenoms} {identity.nom}", facts, identity.naissance))
    return chapters


def _household(holding: Sequence[Connu]) -> list[Chapter]:
    of_all = [one for one in holding if one.fait.sujet == LE_FOYER]
    chapters = [Chapter(said(title), _told(one for one in of_all if one.fait.genre in kinds)) for title, kinds in CHAPTERS]
    return [chapter for chapter in chapters if chapter.facts]


def _told(facts: Iterable[Connu]) -> list[Told]:
    return [told(one) for one in sorted(facts, key=lambda one: (ORDER[one.fait.genre], one.fait.du))]

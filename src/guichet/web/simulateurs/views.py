"""The pages of a simulation. Each form is kept as it is sent, right or wrong, then the next page is a redirection:
no answer is lost to the back button, to a reload or to an error.

No cookie: the link is the only key, and it is in the address of the form (hence no CSRF token, which would need one).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from guichet import horloge
from guichet.domain.droits import PONCTUELLES, Droit, Prestation
from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import SaisieError
from guichet.journeys.parcours import Lecture, Page, Parcours
from guichet.journeys.simulateurs import SIMULATEURS
from guichet.operations import simuler
from guichet.records import brouillons
from guichet.web.filters import typo
from guichet.web.headers import secret
from guichet.web.simulateurs import forms

NOMS = {
    Prestation.AIDE_LOGEMENT: "aide au logement",
    Prestation.RSA: "RSA",
    Prestation.PPA: "prime d'activité",
    Prestation.PAJE_NAISSANCE: "prime à la naissance ou à l'adoption",
    Prestation.PAJE_BASE: "allocation de base",
    Prestation.PAJE_CLCA: "complément de libre choix d'activité",
    Prestation.PAJE_PREPARE: "prestation partagée d'éducation de l'enfant (PreParE)",
    Prestation.PAJE_CMG: "complément de libre choix du mode de garde (CMG)",
}
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Simulation:
    """A draft and what is read of it."""

    genre: str
    lien: str
    parcours: Parcours
    textes: dict[str, str]
    lecture: Lecture

    @property
    def mois(self) -> Mois:
        mois = self.lecture.reponses[self.parcours.mois.nom]
        assert isinstance(mois, Mois)
        return mois

    def address(self, view: str, *arguments: str) -> str:
        return reverse(view, args=[self.genre, self.lien, *arguments])

    @property
    def next_address(self) -> str:
        """The first page with something to answer; the summary when all is said, the result when all is decided."""
        page = self.parcours.page_a_remplir(self.lecture)
        if page is not None:
            return self.address("simulation-page", page.nom)
        decided = self.parcours.arret(self.lecture.reponses) is not None
        return self.address("simulation-resultat" if decided else "simulation-recapitulatif")


def _parcours(genre: str) -> Parcours:
    if genre not in SIMULATEURS:
        raise Http404
    return SIMULATEURS[genre].parcours


def _simulation(genre: str, lien: str) -> Simulation:
    parcours = _parcours(genre)
    try:
        textes = brouillons.reponses(genre, lien)
    except brouillons.BrouillonInconnuError:
        raise Http404 from None
    return Simulation(genre, lien, parcours, textes, parcours.lire(textes))


def _added(simulation: Simulation, nouvelles: dict[str, str]) -> Simulation:
    textes = brouillons.complete(simulation.genre, simulation.lien, nouvelles)
    return Simulation(simulation.genre, simulation.lien, simulation.parcours, textes, simulation.parcours.lire(textes))


def _month_asked(parcours: Parcours, texte: str) -> str:
    """`texte` if it is a month that the journey knows, else the current one, or the last known."""
    try:
        parcours.mois.lire(texte, {})
    except SaisieError:
        return str(min(Mois.de(horloge.aujourd_hui()), parcours.mois.dernier))
    return texte


@csrf_exempt
@read_or_send
def debut(request: HttpRequest, genre: str) -> HttpResponse:
    """The first page, which nobody's draft has yet; its answers begin one."""
    parcours = _parcours(genre)
    mois = {parcours.mois.nom: _month_asked(parcours, request.GET.get("mois", ""))}
    lecture = parcours.lire(mois)
    premiere = parcours.pages[0]
    if request.method != "POST":
        return _show(request, Simulation(genre, "", parcours, mois, lecture), premiere)
    textes = mois | forms.read(premiere, lecture.reponses, request.POST)
    lien = brouillons.commence(genre, textes)
    return HttpResponseRedirect(Simulation(genre, lien, parcours, textes, parcours.lire(textes)).next_address)


@secret
@require_safe
def reprise(request: HttpRequest, genre: str, lien: str) -> HttpResponse:
    """The link alone: where one was."""
    return HttpResponseRedirect(_simulation(genre, lien).next_address)


@secret
@csrf_exempt
@read_or_send
def page(request: HttpRequest, genre: str, lien: str, nom: str) -> HttpResponse:
    simulation = _simulation(genre, lien)
    demandee = simulation.parcours.page(nom)
    if demandee is None:
        raise Http404
    if demandee not in simulation.parcours.pages_utiles(simulation.lecture.reponses):
        return HttpResponseRedirect(simulation.next_address)
    if request.method != "POST":
        return _show(request, simulation, demandee)
    return HttpResponseRedirect(
        _added(simulation, forms.read(demandee, simulation.lecture.reponses, request.POST)).next_address
    )


def _show(request: HttpRequest, simulation: Simulation, page: Page) -> HttpResponse:
    parcours, lecture = simulation.parcours, simulation.lecture
    pages = parcours.pages_utiles(lecture.reponses)
    rang = pages.index(page)
    questions = list(forms.questions(parcours, page, simulation.textes, lecture))
    errors = [question for question in questions if question.error]
    asked = [question for question in questions if question.name not in simulation.textes]
    return render(
        request,
        "simulateurs/page.html",
        {
            **{"simulation": simulation, "parcours": parcours, "page": page, "questions": questions, "errors": errors},
            **{"step": rang + 1, "steps": len(pages) + 1, "more": asked if len(asked) < len(questions) else []},
            "previous": simulation.address("simulation-page", pages[rang - 1].nom) if rang else "",
            "complete": parcours.page_a_remplir(lecture) is None,
        },
    )


@csrf_exempt
@read_or_send
@secret
def mois(request: HttpRequest, genre: str, lien: str = "") -> HttpResponse:
    """Another month, for a simulation or before it begins."""
    parcours = _parcours(genre)
    current = {parcours.mois.nom: _month_asked(parcours, request.GET.get("mois", ""))}
    simulation = _simulation(genre, lien) if lien else Simulation(genre, "", parcours, current, parcours.lire(current))
    texte, lecture = str(simulation.mois), Lecture()
    if request.method == "POST":
        texte = forms.read_month(parcours.mois, request.POST)
        try:
            choisi = str(parcours.mois.lire(texte, {}))
        except SaisieError as refus:
            lecture = Lecture(erreurs={parcours.mois.nom: str(refus)})
        else:
            if lien:
                return HttpResponseRedirect(_added(simulation, {parcours.mois.nom: choisi}).next_address)
            return HttpResponseRedirect(f"{reverse('simulation', args=[genre])}?mois={choisi}")
    question = forms.question(parcours, parcours.mois, {parcours.mois.nom: texte}, lecture)
    errors = [question] if question.error else []
    return render(
        request,
        "simulateurs/mois.html",
        {"simulation": simulation, "parcours": parcours, "questions": [question], "errors": errors},
    )


@secret
@require_safe
def recapitulatif(request: HttpRequest, genre: str, lien: str) -> HttpResponse:
    """All the answers, each with a link to change it."""
    simulation = _simulation(genre, lien)
    parcours, lecture = simulation.parcours, simulation.lecture
    if parcours.page_a_remplir(lecture) is not None:
        return HttpResponseRedirect(simulation.next_address)
    pages = parcours.pages_utiles(lecture.reponses)
    chapters = [
        {
            "page": page,
            "address": simulation.address("simulation-page", page.nom),
            "answers": [
                tuple(
                    parcours.dire(dit, lecture.reponses) for dit in (champ.question, champ.dire(lecture.reponses[champ.nom]))
                )
                for champ in page.champs(lecture.reponses)
            ],
        }
        for page in pages
    ]
    steps = len(pages) + 1
    return render(
        request,
        "simulateurs/recapitulatif.html",
        {
            **{"simulation": simulation, "parcours": parcours, "chapters": chapters, "step": steps, "steps": steps},
            "previous": chapters[-1]["address"],
        },
    )


@secret
@require_safe
def resultat(request: HttpRequest, genre: str, lien: str) -> HttpResponse:
    simulation = _simulation(genre, lien)
    try:
        trouve = simuler.simuler(genre, simulation.textes)
    except simuler.ReponsesError:
        return HttpResponseRedirect(simulation.next_address)
    aujourd_hui = horloge.aujourd_hui()
    context = {
        **{"simulation": simulation, "parcours": simulation.parcours, "non_demande": trouve.non_demande},
        **{"garde_jusqu_au": aujourd_hui + brouillons.DUREE, "claim": SIMULATEURS[genre].demande},
        "decide": simulation.parcours.arret(simulation.lecture.reponses) is not None,
    }
    if len(SIMULATEURS[genre].prestations) > 1:
        due = _due_at_once(trouve) if trouve.mois == Mois.de(aujourd_hui) else None
        return render(request, "simulateurs/resultats.html", context | _several(trouve) | {"due": due})
    (droit,) = trouve.droits
    ouverture = simuler.ouverture(trouve.mois) if trouve.mois == Mois.de(aujourd_hui) else None
    one = {"droit": droit, "nom": NOMS[droit.prestation], "ouverture": ouverture}
    return render(request, "simulateurs/resultat.html", context | one)


def _due_at_once(trouve: simuler.Resultat) -> simuler.Echeance | None:
    """The payment of a claim made this month, when what is granted opens with the claim."""
    granted = {droit.prestation for droit in trouve.droits if droit.montant}
    return simuler.echeance(trouve.mois) if granted and granted <= simuler.DUES_DES_LA_DEMANDE else None


def _several(trouve: simuler.Resultat) -> dict[str, object]:
    """The rights of a simulation of several benefits, each with its name and whether it is paid once."""

    def told(droits: tuple[Droit, ...]) -> list[dict[str, object]]:
        return [{"droit": d, "nom": typo(NOMS[d.prestation]), "one_off": d.prestation in PONCTUELLES} for d in droits]

    premier = trouve.premier
    return {
        "first": told((premier,))[0] if premier else None,
        **{"trouve": trouve, "open": told(trouve.ouverts), "refused": told(trouve.refuses)},
        "elsewhere": told(trouve.autres_mois),
    }

"""The vocabulary of journeys: a journey is pages, a page is questions, and everything else is derived.

Answers are kept as texts, by question (`{"loyer": "520"}`), and read in the order of the journey: a question whose
condition is false is not read, nor is a text that no question of today's journey asked (drafts outlive journeys, and
one simulator's answers are offered in another). A group repeats its questions, named `enfants-1-naissance`,
`enfants-2-naissance`...
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guichet.domain.droits import Prestation, Texte
from guichet.domain.phrases import avec
from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import Cases, Champ, ChampMois, OuiNon, SaisieError
from guichet.journeys.conditions import Condition, Reponses, Toujours, Value

Textes = Mapping[str, str]
A_REVOIR = "-a-revoir"
"""After the name of boxes: those that were ticked in another journey, which this one shows ticked until it is answered."""


@dataclass(frozen=True, kw_only=True)
class Groupe:
    """Questions asked as many times as the integer answered to `nombre`; `{rang}` in their words is 1, 2, 3..."""

    nom: str
    nombre: str
    champs: tuple[Champ, ...]
    si: Condition = Toujours()

    def deplier(self, reponses: Reponses) -> Iterator[Champ]:
        nombre = reponses.get(self.nombre, 0)
        for rang in range(1, nombre + 1 if isinstance(nombre, int) else 1):
            yield from self._de_rang(rang)

    @functools.cached_property
    def _de_rang(self) -> Callable[[int], list[Champ]]:
        """The questions asked the first time, the second time..., made once."""
        return functools.cache(lambda rang: [self._repete(champ, rang) for champ in self.champs])

    def _repete(self, champ: Champ, rang: int) -> Champ:
        dit: dict[str, Any] = {nom: avec(getattr(champ, nom), {"rang": rang}) for nom in ("question", "aide", "erreur")}
        return replace(champ, nom=f"{self.nom}-{rang}-{champ.nom}", **dit)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Questions asked together. Of the pages of one `variante`, a household sees one at the most."""

    nom: str
    titre: str
    contenu: tuple[Champ | Groupe, ...]
    si: Condition = Toujours()
    variante: str = ""

    def champs(self, reponses: Reponses) -> Iterator[Champ]:
        """The questions that the answers so far make useful, groups repeated. Lazy: later ones see later answers."""
        for element in self.contenu:
            if element.si.holds(reponses):
                if isinstance(element, Groupe):
                    yield from (champ for champ in element.deplier(reponses) if champ.si.holds(reponses))
                else:
                    yield element


@dataclass(frozen=True, kw_only=True)
class Arret:
    """An answer after which nothing more is asked: the right is refused, and the condition that failed is told.

    With `prestations`, these alone are refused, and the conversation goes on: the law knows less of them than the
    answers say. `textes` are dated: the last one already in force at the month is cited.
    """

    si: Condition
    condition: str
    trouve: str
    requis: str
    conseil: str
    textes: tuple[Texte, ...] = ()
    prestations: tuple[Prestation, ...] = ()

    def texte(self, mois: Mois) -> Texte | None:
        jour = mois.premier_jour
        return next((t for t in reversed(self.textes) if t.depuis is None or t.depuis <= jour), None)


@dataclass
class Lecture:
    """What was read of the texts: typed answers and their questions, sentences for those refused, and questions still to be
    answered."""

    reponses: dict[str, Value] = field(default_factory=dict)
    lus: list[Champ] = field(default_factory=list)
    erreurs: dict[str, str] = field(default_factory=dict)
    manquants: list[Champ] = field(default_factory=list)


Etape = tuple[Page, list[Champ]]
"""A page to show, and its questions."""


def page_a_remplir(etapes: Iterable[Etape], lecture: Lecture) -> Page | None:
    """The first page with a question unanswered or refused, None when all is said."""
    attendus = {champ.nom for champ in lecture.manquants} | set(lecture.erreurs)
    for page, champs in etapes:
        if any(champ.nom in attendus for champ in champs) or page.si.holds(lecture.reponses) is None:
            return page
    return None


@dataclass(frozen=True, kw_only=True)
class Parcours:
    """A journey. `mois` is the month it is about, which a link changes and no page asks.

    `non_demande` are the facts that count in law and that it does not ask, with the condition under which they count:
    the result says so. `contexte` gives the values of the words that questions hold between braces; `controle` compares
    answers with one another, and gives a sentence by question.
    """

    nom: str
    titre: str
    mois: ChampMois
    pages: tuple[Page, ...]
    arrets: tuple[Arret, ...] = ()
    non_demande: tuple[tuple[Condition, str], ...] = ()
    contexte: Callable[[Reponses], Mapping[str, object]] = lambda reponses: {}
    controle: Callable[[Reponses], Mapping[str, str]] = lambda reponses: {}

    def lire(self, textes: Textes) -> Lecture:
        """Read every useful text, question after question, until the journey stops."""
        lecture = Lecture()
        self._lire_un(self.mois, textes, lecture)
        if lecture.reponses:
            for page in self.pages:
                self._lire_page(page, textes, lecture)
        for nom, phrase in self.controle(lecture.reponses).items():
            lecture.erreurs.setdefault(nom, phrase)
        return lecture

    def _lire_page(self, page: Page, textes: Textes, lecture: Lecture) -> None:
        if page.si.holds(lecture.reponses):
            for champ in page.champs(lecture.reponses):
                if self.arret(lecture.reponses) is not None:
                    return
                self._lire_un(champ, textes, lecture)

    def _lire_un(self, champ: Champ, textes: Textes, lecture: Lecture) -> None:
        if champ.nom not in textes:
            lecture.manquants.append(champ)
            return
        try:
            lecture.reponses[champ.nom] = champ.lire(textes[champ.nom], lecture.reponses)
            lecture.lus.append(champ)
        except SaisieError as refus:
            lecture.erreurs[champ.nom] = self.dire(refus.phrase, lecture.reponses)

    @functools.cached_property
    def _decisifs(self) -> tuple[Arret, ...]:
        """Looked at after each answer."""
        return tuple(arret for arret in self.arrets if not arret.prestations)

    def arret(self, reponses: Reponses) -> Arret | None:
        """The first reason to stop, None when the conversation goes on."""
        for arret in self._decisifs:
            if arret.si.holds(reponses):
                return arret
        return None

    def refus(self, reponses: Reponses, prestation: Prestation) -> Arret | None:
        """The first reason why the answers refuse `prestation`, None when the law is to judge."""
        return next(
            (
                arret
                for arret in self.arrets
                if (not arret.prestations or prestation in arret.prestations) and arret.si.holds(reponses)
            ),
            None,
        )

    def faits_non_demandes(self, reponses: Reponses) -> tuple[str, ...]:
        """What may change the result and was not asked; nothing once an answer has decided."""
        if self.arret(reponses) is not None:
            return ()
        return tuple(fait for si, fait in self.non_demande if si.holds(reponses))

    def etapes(self, reponses: Reponses) -> list[Etape]:
        """The pages to show; one whose condition is not yet known counts, so that the number of steps only shrinks."""
        variantes: set[str] = set()
        etapes: list[Etape] = []
        lues: dict[str, Value] = {self.mois.nom: reponses[self.mois.nom]}
        for page in self.pages:
            if self.arret(lues) is not None:
                break
            if page.si.holds(reponses) is not False and page.variante not in variantes:
                variantes |= {page.variante} - {""}
                champs = list(page.champs(reponses))
                etapes.append((page, champs))
                lues |= {champ.nom: reponses[champ.nom] for champ in champs if champ.nom in reponses}
        return etapes

    def reprise(self, textes: Textes) -> dict[str, str]:
        """The texts of another journey's answers that answer questions of this one. Its boxes are still to be looked at
        (`A_REVOIR`): those that the other journey has not shown would pass for unticked."""
        elements = [element for page in self.pages for element in page.contenu if not isinstance(element, Cases)]
        groupes = [element for element in elements if isinstance(element, Groupe)]
        connus = {self.mois.nom} | {element.nom for element in elements if isinstance(element, Champ)}
        repetes = {(groupe.nom, champ.nom) for groupe in groupes for champ in groupe.champs}

        def demande(nom: str) -> bool:
            parties = nom.split("-")
            return nom in connus or (parties[0], parties[-1]) in repetes

        repris = {nom: texte for nom, texte in textes.items() if demande(nom)}
        for element in elements:
            if isinstance(element, OuiNon) and element.case[1] in _cochees(textes, element.case[0]):
                repris.setdefault(element.nom, "oui")
        cases = [element for page in self.pages for element in page.contenu if isinstance(element, Cases)]
        return repris | {case.nom + A_REVOIR: " ".join(c) for case in cases if (c := _a_revoir(case, textes))}

    def page(self, nom: str) -> Page | None:
        return next((page for page in self.pages if page.nom == nom), None)

    def dire(self, phrase: str, reponses: Reponses) -> str:
        """`phrase` with the words of the context in place of their names."""
        return avec(phrase, self.contexte(reponses)) if "{" in phrase else phrase

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the answers, as `guichet simulate` and the API take them."""
        proprietes = {self.mois.nom: {**self.mois.schema(), "description": self.mois.question}}
        for page in self.pages:
            for element in page.contenu:
                proprietes[element.nom] = _schema(element)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.titre,
            "type": "object",
            "properties": proprietes,
            "additionalProperties": False,
        }

    def textes(self, donnees: Mapping[str, Any]) -> dict[str, str]:
        """The texts of a JSON object that follows `schema`; raises SaisieError, naming the field."""
        textes: dict[str, str] = {}
        elements = {element.nom: element for page in self.pages for element in page.contenu}
        # Boxes are the only question that silence answers.
        textes |= {nom: "" for nom, element in elements.items() if isinstance(element, Cases)}
        for nom, valeur in donnees.items():
            element = self.mois if nom == self.mois.nom else elements.get(nom)
            if element is None:
                raise _inconnue(nom)
            if isinstance(element, Groupe):
                textes |= _textes_du_groupe(element, valeur)
            else:
                textes[nom] = _texte(nom, valeur)
            if isinstance(element, Cases) and set(textes[nom].split()) - {option.value for option in element.options}:
                raise SaisieError(f"« {nom} » : {element.erreur}")
        for nom, element in elements.items():
            if isinstance(element, Groupe) and nom in donnees:
                nombre = str(len(donnees[nom]))
                if textes.setdefault(element.nombre, nombre) != nombre:
                    raise SaisieError(f"« {element.nombre} » ne dit pas le même nombre que « {nom} ».")
        return textes


def _inconnue(nom: str) -> SaisieError:
    court = nom if len(nom) <= 60 else f"{nom[:57]}..."
    return SaisieError(f"« {court if court.isprintable() else ascii(court)} » n'est pas une question de ce parcours.")


def _cochees(textes: Textes, nom: str) -> list[str]:
    """The boxes ticked in answer to the question `nom`, or those of an earlier journey that are still to be looked at."""
    return textes.get(nom, textes.get(nom + A_REVOIR, "")).split()


def _a_revoir(cases: Cases, textes: Textes) -> list[str]:
    """The boxes that another journey ticked, or answered by yes."""
    oui = (option.value for option in cases.options if textes.get(option.oui) == "oui")
    return list(dict.fromkeys((*_cochees(textes, cases.nom), *oui)))


def _schema(element: Champ | Groupe) -> dict[str, Any]:
    if isinstance(element, Champ):
        return {**element.schema(), "description": element.question}
    proprietes = {champ.nom: _schema(champ) for champ in element.champs}
    return {"type": "array", "items": {"type": "object", "properties": proprietes, "additionalProperties": False}}


def _textes_du_groupe(groupe: Groupe, valeur: Any) -> dict[str, str]:
    if not isinstance(valeur, list) or not all(isinstance(membre, dict) for membre in valeur):
        raise SaisieError(f"« {groupe.nom} » doit être une liste d'objets.")
    connus = {champ.nom for champ in groupe.champs}
    textes: dict[str, str] = {}
    for rang, membre in enumerate(valeur, 1):
        for nom, reponse in membre.items():
            if nom not in connus:
                raise _inconnue(f"{groupe.nom}-{rang}-{nom}")
            textes[f"{groupe.nom}-{rang}-{nom}"] = _texte(f"{groupe.nom}-{rang}-{nom}", reponse)
    return textes


def _texte(nom: str, valeur: Any) -> str:
    """The text of a JSON value."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, str | int | float):
        return str(valeur)
    if isinstance(valeur, list) and all(isinstance(element, str) for element in valeur):
        return " ".join(valeur)
    raise SaisieError(f"« {nom} » : cette valeur ne se lit pas.")

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
from guichet.domain.phrases import filled
from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import AnswerError, Cases, Champ, ChampMois
from guichet.journeys.conditions import Condition, Reponses, Toujours, Value

Texts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Groupe:
    """Questions asked as many times as the integer answered to `nombre`; `{rang}` in their words is 1, 2, 3..."""

    nom: str
    nombre: str
    champs: tuple[Champ, ...]
    si: Condition = Toujours()

    def unfold(self, reponses: Reponses) -> Iterator[Champ]:
        number = reponses.get(self.nombre, 0)
        for rank in range(1, number + 1 if isinstance(number, int) else 1):
            yield from self._of_rank(rank)

    @functools.cached_property
    def _of_rank(self) -> Callable[[int], list[Champ]]:
        """The questions asked the first time, the second time..., made once."""
        return functools.cache(lambda rank: [self._repeated(champ, rank) for champ in self.champs])

    def _repeated(self, champ: Champ, rank: int) -> Champ:
        said: dict[str, Any] = {
            name: filled(getattr(champ, name), {"rang": rank}) for name in ("question", "aide", "erreur")
        }
        return replace(champ, nom=f"{self.nom}-{rank}-{champ.nom}", **said)


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
                    yield from (champ for champ in element.unfold(reponses) if champ.si.holds(reponses))
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
        jour = mois.first_day
        return next((t for t in reversed(self.textes) if t.depuis is None or t.depuis <= jour), None)


@dataclass
class Reading:
    """What was read of the texts: typed answers and their questions, sentences for those refused, and questions still to be
    answered."""

    reponses: dict[str, Value] = field(default_factory=dict)
    read: list[Champ] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    missing: list[Champ] = field(default_factory=list)


Step = tuple[Page, list[Champ]]
"""A page to show, and its questions."""


def page_to_fill(steps: Iterable[Step], reading: Reading) -> Page | None:
    """The first page with a question unanswered or refused, None when all is said."""
    awaited = {champ.nom for champ in reading.missing} | set(reading.errors)
    for page, champs in steps:
        if any(champ.nom in awaited for champ in champs) or page.si.holds(reading.reponses) is None:
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

    @property
    def elements(self) -> Iterator[Champ | Groupe]:
        """All that it may ask, but for the month."""
        for page in self.pages:
            yield from page.contenu

    def read(self, texts: Texts) -> Reading:
        """Read every useful text, question after question, until the journey stops."""
        reading = Reading()
        self._read_one(self.mois, texts, reading)
        if reading.reponses:
            for page in self.pages:
                self._read_page(page, texts, reading)
        for name, phrase in self.controle(reading.reponses).items():
            reading.errors.setdefault(name, phrase)
        return reading

    def _read_page(self, page: Page, texts: Texts, reading: Reading) -> None:
        if page.si.holds(reading.reponses):
            for champ in page.champs(reading.reponses):
                if self.arret(reading.reponses) is not None:
                    return
                self._read_one(champ, texts, reading)

    def _read_one(self, champ: Champ, texts: Texts, reading: Reading) -> None:
        if champ.nom not in texts:
            reading.missing.append(champ)
            return
        try:
            reading.reponses[champ.nom] = champ.read(texts[champ.nom], reading.reponses)
            reading.read.append(champ)
        except AnswerError as refusal:
            reading.errors[champ.nom] = self.say(refusal.phrase, reading.reponses)

    @functools.cached_property
    def _decisive(self) -> tuple[Arret, ...]:
        """Looked at after each answer."""
        return tuple(arret for arret in self.arrets if not arret.prestations)

    def arret(self, reponses: Reponses) -> Arret | None:
        """The first reason to stop, None when the conversation goes on."""
        for arret in self._decisive:
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

    def faits_not_asked(self, reponses: Reponses) -> tuple[str, ...]:
        """What may change the result and was not asked; nothing once an answer has decided."""
        if self.arret(reponses) is not None:
            return ()
        return tuple(fait for si, fait in self.non_demande if si.holds(reponses))

    def steps(self, reponses: Reponses) -> list[Step]:
        """The pages to show; one whose condition is not yet known counts, so that the number of steps only shrinks."""
        variantes: set[str] = set()
        steps: list[Step] = []
        known: dict[str, Value] = {self.mois.nom: reponses[self.mois.nom]}
        for page in self.pages:
            if self.arret(known) is not None:
                break
            if page.si.holds(reponses) is not False and page.variante not in variantes:
                variantes |= {page.variante} - {""}
                champs = list(page.champs(reponses))
                steps.append((page, champs))
                known |= {champ.nom: reponses[champ.nom] for champ in champs if champ.nom in reponses}
        return steps

    def page(self, name: str) -> Page | None:
        return next((page for page in self.pages if page.nom == name), None)

    def say(self, phrase: str, reponses: Reponses) -> str:
        """`phrase` with the words of the context in place of their names."""
        return filled(phrase, self.contexte(reponses)) if "{" in phrase else phrase

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the answers, as `guichet simulate` and the API take them."""
        properties = {self.mois.nom: {**self.mois.schema(), "description": self.mois.question}}
        properties |= {element.nom: _schema(element) for element in self.elements}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.titre,
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }

    def texts(self, data: Mapping[str, Any]) -> dict[str, str]:
        """The texts of a JSON object that follows `schema`; raises AnswerError, naming the field."""
        texts: dict[str, str] = {}
        elements = {element.nom: element for element in self.elements}
        # Boxes are the only question that silence answers.
        texts |= {name: "" for name, element in elements.items() if isinstance(element, Cases)}
        for name, value in data.items():
            element = self.mois if name == self.mois.nom else elements.get(name)
            if element is None:
                raise _unknown(name)
            if isinstance(element, Groupe):
                texts |= _texts_of_group(element, value)
            else:
                texts[name] = _text(name, value)
            if isinstance(element, Cases) and set(texts[name].split()) - {option.value for option in element.options}:
                raise AnswerError(element.erreur, name)
        for name, element in elements.items():
            if isinstance(element, Groupe) and name in data:
                number = str(len(data[name]))
                if texts.setdefault(element.nombre, number) != number:
                    raise AnswerError(f"Ce nombre n'est pas celui de la liste « {name} ».", element.nombre)
        return texts


def _unknown(name: str) -> AnswerError:
    short = name if len(name) <= 60 else f"{name[:57]}..."
    return AnswerError("Ce n'est pas une question de ce parcours.", short if short.isprintable() else ascii(short))


def _schema(element: Champ | Groupe) -> dict[str, Any]:
    if isinstance(element, Champ):
        return {**element.schema(), "description": element.question}
    properties = {champ.nom: _schema(champ) for champ in element.champs}
    return {"type": "array", "items": {"type": "object", "properties": properties, "additionalProperties": False}}


def _texts_of_group(groupe: Groupe, value: Any) -> dict[str, str]:
    if not isinstance(value, list) or not all(isinstance(member, dict) for member in value):
        raise AnswerError("Une liste d'objets est attendue.", groupe.nom)
    known = {champ.nom for champ in groupe.champs}
    texts: dict[str, str] = {}
    for rank, member in enumerate(value, 1):
        for name, answer in member.items():
            if name not in known:
                raise _unknown(f"{groupe.nom}-{rank}-{name}")
            texts[f"{groupe.nom}-{rank}-{name}"] = _text(f"{groupe.nom}-{rank}-{name}", answer)
    return texts


def _text(name: str, value: Any) -> str:
    """The text of a JSON value."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(element, str) for element in value):
        return " ".join(value)
    raise AnswerError("Cette valeur ne se lit pas.", name)

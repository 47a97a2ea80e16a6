"""The kinds of question. Each reads what was typed, or refuses it with a sentence that says what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from guichet import territory
from guichet.domain.phrases import Phrase, Quantite
from guichet.domain.vocabulaire import Mois, euros
from guichet.journeys.conditions import Condition, Reponses, Toujours, Value

_CURRENCY = re.compile(r"(€|euros?|eur)$", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_OF_A_WHOLE_CITY = ("13000", "69000", "75000")
"""Written for a city of which each arrondissement has its own."""


class AnswerError(ValueError):
    """What was typed can't be read: `phrase` is the sentence to show, `name` what a JSON object calls it."""

    def __init__(self, phrase: str, name: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.name = phrase, name


@dataclass(frozen=True, kw_only=True)
class Champ:
    """A question. `erreur` is said when the answer is missing or can't be read: it says what to do.

    `question`, `aide`, `erreur` and the words of options may hold `{names}` of the journey's context (a month...).
    """

    nom: str
    question: str
    erreur: str
    aide: str = ""
    si: Condition = Toujours()
    genre: ClassVar[str] = "texte"

    def read(self, text: str, reponses: Reponses) -> Value:
        """The value of a typed text; raises AnswerError."""
        raise NotImplementedError

    def text(self, value: Value) -> str:
        """The text kept for `value`: `read(text(value)) == value`."""
        return str(value)

    def say(self, value: Value) -> str:
        """`value` in plain French, for the summary; a line each when there are several."""
        return self.text(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the answer."""
        raise NotImplementedError

    def _refusal(self) -> AnswerError:
        return AnswerError(self.erreur)


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer, offered when `si` is true. `oui` is the name of the question by which another journey asks by
    yes or no what this box says."""

    value: str
    libelle: str
    aide: str = ""
    si: Condition = Toujours()
    oui: str = ""


@dataclass(frozen=True, kw_only=True)
class Choix(Champ):
    """One among `options`."""

    options: tuple[Option, ...]
    genre: ClassVar[str] = "choix"

    def options_for(self, reponses: Reponses) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.si.holds(reponses))

    def read(self, text: str, reponses: Reponses) -> Value:
        if text not in {option.value for option in self.options_for(reponses)}:
            raise self._refusal()
        return text

    def say(self, value: Value) -> str:
        return next(option.libelle for option in self.options if option.value == value)

    def schema(self) -> dict[str, Any]:
        return {"enum": [option.value for option in self.options]}


@dataclass(frozen=True, kw_only=True)
class Cases(Champ):
    """Any of `options`, none included. The text kept is their values, separated by spaces."""

    options: tuple[Option, ...]
    genre: ClassVar[str] = "cases"

    def options_for(self, reponses: Reponses) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.si.holds(reponses))

    def read(self, text: str, reponses: Reponses) -> Value:
        """A box ticked earlier is forgotten when other answers have hidden it since, or when the journey lost it."""
        ticked = set(text.split())
        return tuple(option.value for option in self.options_for(reponses) if option.value in ticked)

    def text(self, value: Value) -> str:
        return " ".join(value) if isinstance(value, tuple) else ""

    def say(self, value: Value) -> str:
        ticked = value if isinstance(value, tuple) else ()
        said = {f"ligne_{rank}": o.libelle for rank, o in enumerate(self.options) if o.value in ticked}
        return Phrase("\n".join(f"{{{name}}}" for name in said), **said) if said else Phrase("Rien de cela")

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"enum": [option.value for option in self.options]}, "default": []}


@dataclass(frozen=True, kw_only=True)
class OuiNon(Champ):
    """Yes or no. `case` is the box by which another journey asks the same: its question, and the box's value."""

    case: tuple[str, str] = ("", "")
    genre: ClassVar[str] = "choix"
    options: ClassVar[tuple[Option, ...]] = (Option("oui", "Oui"), Option("non", "Non"))

    def options_for(self, reponses: Reponses) -> tuple[Option, ...]:
        return self.options

    def read(self, text: str, reponses: Reponses) -> Value:
        if text not in ("oui", "non"):
            raise self._refusal()
        return text == "oui"

    def text(self, value: Value) -> str:
        return "oui" if value else "non"

    def say(self, value: Value) -> str:
        return next(option.libelle for option in self.options if option.value == self.text(value))

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class Montant(Champ):
    """Euros: `1 234,50`, `1234.5`, `1.234,50 euros` are read alike. `trop_bas` is said of less than `minimum`."""

    unite: str = "€ par mois"
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(100_000)
    trop_bas: str = ""
    genre: ClassVar[str] = "montant"

    def read(self, text: str, reponses: Reponses) -> Value:
        number = _CURRENCY.sub("", _SPACES.sub("", text)).replace(",", ".")
        if number.count(".") > 1:
            whole, _, cents = number.rpartition(".")
            number = whole.replace(".", "") + "." + cents
        # Any length: what is too large is told as such.
        found = re.fullmatch(r"([-\u2212]?)([0-9]{1,200}(?:\.[0-9]{1,2})?)", number)
        if found is None:
            raise self._refusal()
        sign, amount = found.groups()
        if sign and Decimal(amount):
            raise AnswerError(Phrase("Ce montant ne peut pas être négatif. {erreur}", erreur=self.erreur))
        if Decimal(amount) > self.maximum:
            maximum = Quantite(self.maximum, self.unite)
            raise AnswerError(Phrase("Ce montant est trop grand : il dépasse {maximum}. Vérifiez-le.", maximum=maximum))
        montant = euros(amount)
        if montant < self.minimum:
            raise AnswerError(self.trop_bas or self.erreur)
        return montant

    def say(self, value: Value) -> str:
        return Phrase("{montant}", montant=Quantite(Decimal(str(value)), self.unite))

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": float(self.minimum), "maximum": float(self.maximum)}


@dataclass(frozen=True, kw_only=True)
class Entier(Champ):
    minimum: int = 0
    maximum: int = 20
    genre: ClassVar[str] = "entier"

    def read(self, text: str, reponses: Reponses) -> Value:
        number = _SPACES.sub("", text)
        if not re.fullmatch(r"[0-9]{1,4}", number) or int(number) < self.minimum:
            raise self._refusal()
        if int(number) > self.maximum:
            raise AnswerError(Phrase("Vérifiez ce nombre : ce site calcule jusqu'à {maximum}.", maximum=self.maximum))
        return int(number)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


@dataclass(frozen=True, kw_only=True)
class Jour(Champ):
    """A date, from 1900 to the end of the month answered to `pas_apres`, or some months later. `conseil` says what to do
    of a later one: the date may be right, and the month of the simulation not the one that was meant.

    The text is year-month-day.
    """

    pas_apres: str = "mois"
    mois_de_plus: int = 0
    conseil: str = "Vérifiez-la, ou choisissez un autre mois."
    genre: ClassVar[str] = "date"

    def read(self, text: str, reponses: Reponses) -> Value:
        found = re.fullmatch(r"\s*([0-9]{4})\s*-\s*([0-9]{1,2})\s*-\s*([0-9]{1,2})\s*", text)
        if found is None:
            if re.fullmatch(r"\s*[0-9]{2}\s*-[\s0-9]+-[\s0-9]+", text):
                raise AnswerError(Phrase("Écrivez l'année avec ses quatre chiffres, par exemple 1990."))
            raise self._refusal()
        try:
            jour = date(*(int(part) for part in found.groups()))
        except ValueError:
            raise AnswerError(Phrase("Cette date n'existe pas. {erreur}", erreur=self.erreur)) from None
        last = reponses[self.pas_apres]
        if jour.year < 1900:
            raise self._refusal()
        if isinstance(last, Mois) and Mois.of(jour) > last + self.mois_de_plus:
            pattern = "Cette date vient après {mois}, le mois de la simulation. {conseil}"
            if self.mois_de_plus:
                pattern = "Cette date vient trop longtemps après {mois}. {conseil}"
            raise AnswerError(Phrase(pattern, mois=last, conseil=self.conseil))
        return jour

    def say(self, value: Value) -> str:
        return Phrase("{jour}", jour=value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, kw_only=True)
class ChampMois(Champ):
    """A month, between two others."""

    premier: Mois
    dernier: Mois
    genre: ClassVar[str] = "mois"

    def read(self, text: str, reponses: Reponses) -> Value:
        found = re.fullmatch(r"\s*([0-9]{4})\s*-\s*([0-9]{1,2})\s*", text)
        try:
            mois = Mois(int(found[1]), int(found[2])) if found else None
        except ValueError:
            mois = None
        if mois is None or not self.premier <= mois <= self.dernier:
            raise self._refusal()
        return mois

    def say(self, value: Value) -> str:
        return Phrase("{mois}", mois=value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}


@dataclass(frozen=True, kw_only=True)
class CodePostal(Champ):
    """A postal code that serves a commune at least."""

    genre: ClassVar[str] = "code_postal"

    def read(self, text: str, reponses: Reponses) -> Value:
        code = _SPACES.sub("", text)
        if not re.fullmatch(r"[0-9]{5}", code):
            raise self._refusal()
        communes = territory.communes(code)
        if not communes:
            pattern = "Nous ne trouvons aucune commune au code postal {code}. Vérifiez ses cinq chiffres."
            if code in _OF_A_WHOLE_CITY:
                pattern = "À Paris, Lyon et Marseille, le code postal finit par l'arrondissement, par exemple 75010."
            raise AnswerError(Phrase(pattern, code=code))
        if all(commune.zone is None for commune in communes):
            pattern = "La zone de {commune} n'est pas connue de ce site : nous ne calculons rien."
            raise AnswerError(Phrase(pattern, commune=communes[0].nom))
        return code

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{5}$"}


@dataclass(frozen=True, kw_only=True)
class ChoixCommune(Champ):
    """One of the communes of the postal code answered to `code_postal`. The text kept is its INSEE code."""

    code_postal: str
    genre: ClassVar[str] = "choix"

    def options_for(self, reponses: Reponses) -> tuple[Option, ...]:
        communes = territory.communes(str(reponses.get(self.code_postal, "")))
        return tuple(Option(commune.insee, commune.nom) for commune in communes)

    def read(self, text: str, reponses: Reponses) -> Value:
        if text not in {option.value for option in self.options_for(reponses)}:
            raise self._refusal()
        if territory.commune(text).zone is None:
            raise AnswerError(Phrase("La zone de cette commune n'est pas connue de ce site : nous ne calculons rien."))
        return text

    def say(self, value: Value) -> str:
        return territory.commune(str(value)).nom

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "description": "code INSEE, quand le code postal a plusieurs communes"}

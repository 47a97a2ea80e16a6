"""Answers as programs give them, in a JSON object: its schema, and the texts that it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guichet.journeys.champs import AnswerError, Cases, Champ
from guichet.journeys.parcours import Groupe, Parcours


def schema(parcours: Parcours) -> dict[str, Any]:
    """The JSON Schema of the answers, as `guichet simulate` and the API take them."""
    properties = {parcours.mois.nom: _schema(parcours.mois)}
    properties |= {element.nom: _schema(element) for element in parcours.elements}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": parcours.titre,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _schema(element: Champ | Groupe) -> dict[str, Any]:
    if isinstance(element, Champ):
        return {**element.schema(), "description": element.question}
    properties = {champ.nom: _schema(champ) for champ in element.champs}
    return {"type": "array", "items": {"type": "object", "properties": properties, "additionalProperties": False}}


def texts(parcours: Parcours, data: Mapping[str, Any]) -> dict[str, str]:
    """The texts of an object that follows `schema`; raises AnswerError, naming the field."""
    elements = {parcours.mois.nom: parcours.mois, **{element.nom: element for element in parcours.elements}}
    # Boxes are the only question that silence answers.
    found = {name: "" for name, element in elements.items() if isinstance(element, Cases)}
    for name, value in data.items():
        if name not in elements:
            raise _unknown(name)
        found |= _texts(elements[name], value)
    for name in data:
        element = elements[name]
        if isinstance(element, Groupe):
            number = str(len(data[name]))
            if found.setdefault(element.nombre, number) != number:
                raise AnswerError(f"« {element.nombre} » ne dit pas le même nombre que « {name} ».")
    return found


def _texts(element: Champ | Groupe, value: Any) -> dict[str, str]:
    if isinstance(element, Groupe):
        return _texts_of_group(element, value)
    text = _text(element.nom, value)
    if isinstance(element, Cases) and set(text.split()) - {option.value for option in element.options}:
        raise AnswerError(f"« {element.nom} » : {element.erreur}")
    return {element.nom: text}


def _texts_of_group(groupe: Groupe, value: Any) -> dict[str, str]:
    if not isinstance(value, list) or not all(isinstance(member, dict) for member in value):
        raise AnswerError(f"« {groupe.nom} » doit être une liste d'objets.")
    known = {champ.nom for champ in groupe.champs}
    found: dict[str, str] = {}
    for rank, member in enumerate(value, 1):
        for name, answer in member.items():
            repeated = f"{groupe.nom}-{rank}-{name}"
            if name not in known:
                raise _unknown(repeated)
            found[repeated] = _text(repeated, answer)
    return found


def _text(name: str, value: Any) -> str:
    """The text of a JSON value."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(element, str) for element in value):
        return " ".join(value)
    raise AnswerError(f"« {name} » : cette valeur ne se lit pas.")


def _unknown(name: str) -> AnswerError:
    short = name if len(name) <= 60 else f"{name[:57]}..."
    return AnswerError(f"« {short if short.isprintable() else ascii(short)} » n'est pas une question de ce parcours.")

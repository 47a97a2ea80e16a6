"""The languages of the site. The address alone decides: `/en/…` is in English, all else in French. No cookie, no guess.

French is the source of every sentence. What the law and the journeys say is translated here, as it is shown: they know
no other language.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils.translation import gettext, override

from guichet.domain.phrases import SPACE, Phrase, Quantite, french_print, in_french, sentence
from guichet.domain.vocabulaire import MONTH_NAMES, Mois

ENGLISH = "en"
PREFIX = f"{ENGLISH}/"
SENTENCES_KEPT = 8192
_LANGUAGE: ContextVar[str] = ContextVar("language", default=settings.LANGUAGE_CODE)
_ROOT: ContextVar[str] = ContextVar("root", default="")
"""Django keeps them too, for what is its own; it is slow to tell, and asked for each sentence, for each address."""


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is written inside is in that language."""
    before, root_before = _LANGUAGE.set(language), _ROOT.set(get_script_prefix())
    try:
        with override(language):
            yield
    finally:
        _LANGUAGE.reset(before)
        _ROOT.reset(root_before)


def current() -> str:
    """The language of the page."""
    return _LANGUAGE.get()


def root() -> str:
    """What each address of the site begins with: `/`, but behind a proxy that gives it a folder."""
    return _ROOT.get() or get_script_prefix()


def in_english() -> bool:
    return _LANGUAGE.get() == ENGLISH


class LanguageOfTheAddress:
    """Django middleware: everything inside speaks the language of the address."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = ENGLISH if f"{request.path_info}/".startswith(f"/{PREFIX}") else settings.LANGUAGE_CODE
        with speaking(language):
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        return response


def address_of_the_translation(request: HttpRequest) -> str:
    """The address of the same page in the other language."""
    page: str = request.get_full_path().removeprefix(root())
    return root() + (page.removeprefix(PREFIX) if in_english() else PREFIX + page)


def said(text: str) -> str:
    """A sentence of the law, of a journey or of a page, in the language of the page, as that language prints it."""
    if not in_english():
        return french_print(text)
    return english_print(_translated(text)) if isinstance(text, Phrase) else _english(text)


def written(value: object, form: str = "") -> str:
    """A month, a day, a quantity, as the language of the page writes it (see `Phrase`)."""
    return english_value(value, form) if in_english() else in_french(value, form)


@functools.lru_cache(maxsize=SENTENCES_KEPT)
def _english(text: str) -> str:
    return english_print(_translated(text))


def _translated(text: str) -> str:
    if isinstance(text, Phrase):
        return sentence(gettext(text.pattern), text.values, english_value)
    return gettext(text) if text else ""


def english_print(text: str) -> str:
    return re.sub(r"(?<=[0-9]) (?=(?:years?|months?|days?)\b)", SPACE, text.replace("'", "\u2019").replace("...", "\u2026"))


def english_value(value: object, form: str = "") -> str:
    """What `domain.phrases.in_french` does, in English; the forms that only French needs are ignored."""
    match value:
        case str():
            return _translated(value)
        case Mois():
            name = gettext(MONTH_NAMES[value.numero - 1])
            return name if form.endswith("nom") else f"{name} {value.annee}"
        case date():
            return f"{value.day}{SPACE}{gettext(MONTH_NAMES[value.month - 1])} {value.year}"
        case Decimal():
            return f"{value:,.2f}".removesuffix(".00")
        case Quantite():
            return with_unit(english_value(value.valeur), value.unite)
    return str(value)


def with_unit(number: str, unit: str) -> str:
    """`€520 per month`, `80%`, `120 hours`."""
    unit = gettext(unit) if unit else ""
    if unit.startswith("€"):
        return f"€{number}{unit[1:]}"
    return f"{number}{'' if unit == '%' else SPACE}{unit}".strip()

"""The catalogue of the English pages, `src/guichet/locale/en/*.po`: every sentence that is to be translated is gathered,
what is translated is kept, what is said no more goes.

    python -m tools.messages [--check]

Sentences come from the templates, from the data of the law, of the journeys and of the pages, and from the code where
they are given to `Phrase`, to `said` or to `gettext` (or to a variable named `pattern`).
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import django
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "guichet"
FOLDER = PACKAGE / "locale" / "en"
SAID = frozenset(
    [
        "question",
        "aide",
        "erreur",
        "trop_bas",
        "libelle",
        "titre",
        "condition",
        "trouve",
        "requis",
        "conseil",
        "phrase",
        "explication",
        "demande",
        "non_demande",
        "unite",
        "title",
        "summary",
        "who",
        "how",
        "payment",
        "each",
        "says",
        "words",
        "board",
        "use",
    ]
)
"""The fields of our data that people read."""
CALLS = frozenset({"Phrase", "said", "gettext", "gettext_noop"})
Message = str | tuple[str, str]
MADE_ON = datetime(2026, 11, 26, tzinfo=UTC)


def gathered() -> dict[str, list[Message]]:
    """The messages by file; one that two files say is in the first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.settings")
    django.setup()
    from django.conf import settings

    files = {
        "pages": [*_templates(), *_code("web"), settings.DEMONSTRATION],
        "contents": list(_contents()),
        "journeys": [*_journeys(), *_code("domain", "journeys", "operations", "records")],
        "law": [*_law(), *_code("law")],
    }
    seen: set[Message] = set()
    kept: dict[str, list[Message]] = {}
    for name, messages in files.items():
        new = [message for message in dict.fromkeys(messages) if message not in seen and _has_words(message)]
        seen |= set(new)
        kept[name] = new
    return kept


def _has_words(message: Message) -> bool:
    from guichet.domain.phrases import PLACE

    return isinstance(message, tuple) or bool(PLACE.sub("", message).strip())


def _templates() -> Iterator[Message]:
    from django.conf import settings

    folder = settings.TEMPLATES[0]["DIRS"][0]
    sentences = Environment(extensions=["jinja2.ext.i18n"])
    sentences.policies["ext.i18n.trimmed"] = True
    sentences.newstyle_gettext = True  # type: ignore[attr-defined]
    for path in sorted(folder.rglob("*.*")):
        for _, _, message in extract_from_ast(sentences.parse(path.read_text("utf-8")), babel_style=False):
            yield message[0] if len(message) == 1 else message


def _code(*names: str) -> Iterator[str]:
    for name in names:
        path = PACKAGE / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS and node.args:
                    yield from _strings(node.args[0])
                elif isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "pattern" for target in node.targets):
                    yield from _strings(node.value)


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_strings(node.body), *_strings(node.orelse))


def _contents() -> Iterator[str]:
    from guichet.web.contenu.ailleurs import ELSEWHERE
    from guichet.web.contenu.compte import ACCOUNT
    from guichet.web.contenu.demarches import DEMARCHES
    from guichet.web.contenu.formulaires import FORMS
    from guichet.web.contenu.pages import PAGES
    from guichet.web.contenu.prestation import Theme
    from guichet.web.contenu.prestations import BENEFITS
    from guichet.web.contenu.simulateurs import DOORS
    from guichet.web.observatoire import report

    yield from (theme.value for theme in Theme)
    yield from (*report.WEEKDAYS, *report.SHORT_MONTHS, *report.SIMULATIONS.values(), *report.TELEPROCEDURES.values())
    yield from (*report.HAPPENED.values(), *report.OPINIONS.values(), *report.SECTIONS.values())
    yield from _sentences([PAGES, ACCOUNT, ELSEWHERE, DOORS, BENEFITS, FORMS, DEMARCHES])


def _journeys() -> Iterator[str]:
    from guichet.domain.droits import Prestation, Unite
    from guichet.domain.faits import Source
    from guichet.domain.vocabulaire import MONTH_NAMES
    from guichet.journeys.champs import OuiNon
    from guichet.journeys.simulateurs import SIMULATEURS
    from guichet.journeys.variantes import VARIATIONS
    from guichet.operations.et_si import COMPTES, PRECISIONS
    from guichet.operations.ouverture import RULES

    yield from (*MONTH_NAMES, *(unite.value for unite in Unite), *(prestation.nom for prestation in Prestation))
    yield from (source.nom for source in Source)
    yield from _sentences([SIMULATEURS, OuiNon.options, VARIATIONS, RULES])
    yield from (*PRECISIONS.values(), *COMPTES.values())


def _law() -> Iterator[str]:
    from guichet.law.baremes import _by_prestation
    from guichet.law.decomptes import fiches
    from guichet.law.explain import Condition
    from guichet.law.reference import whole_system

    variables = whole_system().variables
    for fiche in fiches().values():
        conditions: Iterable[Condition] = fiche.conditions
        yield from (f"{condition.comparaison} {{valeur}}" for condition in conditions if condition.comparaison)
        yield from (sentence for sentence in _sentences(fiche) if sentence not in variables)
    yield from _sentences(_by_prestation())


def _sentences(thing: Any, said: bool = False) -> Iterator[str]:
    """What people read in `thing`, data made of dataclasses; a text alone counts when it is in a field that is `said`."""
    if isinstance(thing, str):
        if said and not isinstance(thing, Enum):
            yield getattr(thing, "pattern", thing)
        for value in getattr(thing, "values", {}).values():
            yield from _sentences(value, True)
    elif isinstance(thing, dict):
        yield from _sentences(list(thing.values()), said)
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from _sentences(one, said)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _sentences(getattr(thing, field.name), field.name in SAID)


def read(name: str) -> Catalog:
    path = FOLDER / f"{name}.po"
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def faults() -> list[str]:
    """What a translator has still to do, one line each."""
    found = []
    for name, messages in gathered().items():
        catalogue = {message.id: message for message in read(name) if message.id}
        found += [f"{name}: no more said: {id!r}" for id in catalogue if id not in messages]
        for id in messages:
            message = catalogue.get(id)
            translations = [] if message is None else [message.string] if isinstance(id, str) else list(message.string)
            if message is None or message.fuzzy or not translations or not all(translations):
                found.append(f"{name}: not translated: {id!r}")
            elif _places(id if isinstance(id, str) else id[1]) != _places(translations[-1]):
                found.append(f"{name}: other values: {id!r}")
    return found


def _places(text: str) -> list[str]:
    """The names of the values of a sentence, of either kind: `{mois}`, `%(mois)s`."""
    return sorted({*re.findall(r"\{(\w+)(?::\w+)?\}", text), *re.findall(r"%\((\w+)\)s", text)})


def update() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    everywhere = {message.id: message.string for name in ("pages", "contents", "journeys", "law") for message in read(name)}
    for name, messages in gathered().items():
        old = read(name)
        new = Catalog(
            **{"locale": "en", "project": "Guichet", "version": "1", "fuzzy": False, "header_comment": old.header_comment},
            **{"creation_date": MADE_ON, "revision_date": MADE_ON, "last_translator": "Guichet", "language_team": "Guichet"},
        )
        for message in messages:
            new.add(message, everywhere.get(message) or ("" if isinstance(message, str) else ("", "")))
        with (FOLDER / f"{name}.po").open("wb") as file:
            write_po(file, new, width=120)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        update()
    left = faults()
    print(*left, sep="\n")
    sys.exit(bool(left) and "--check" in sys.argv)

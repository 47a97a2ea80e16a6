"""Write the generated parts of docs/law.md: `python -m tools.law_docs` (`--check`: fail when they have drifted).

Between `<!-- generated: NAME -->` and `<!-- end -->` the page holds what the code says of itself: the benefits and
their lines, our variables and parameters with their dates and texts, the doubts, the worked examples.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode

from guichet.domain.droits import Texte
from guichet.domain.vocabulaire import LAST_CHECKED_MONTH
from guichet.law import extension
from guichet.law.decomptes import fiches
from guichet.law.explain import Condition, Fiche, Poste
from guichet.law.reference import whole_system
from guichet.law.textes import texte_en_vigueur
from tools._page import DOCS, main

WORKED = Path(__file__).parents[1] / "tests" / "data" / "worked"
PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
TODAY = f"{LAST_CHECKED_MONTH.first_day:%B %Y}"
SIGNS = {1: "+", -1: "−", 0: ""}


def written(page: str) -> str:
    return PART.sub(lambda part: f"{part[1]}\n{PARTS[part[2]]().strip()}\n\n{part[3]}", page)


def benefits() -> str:
    """The variable, unit and convention of each benefit; the lines that make it, with their text of today."""
    return "\n\n".join(_benefit(fiche) for fiche in fiches().values())


def _benefit(fiche: Fiche) -> str:
    variables = whole_system().variables
    head = f"### `{fiche.prestation}`: {variables[fiche.prestation].label or fiche.prestation}\n\n"
    if fiche.montant != fiche.prestation:
        head += f"Paid: `{fiche.montant}` ({variables[fiche.montant].label}).\n\n"
    rows = [
        f"| {SIGNS[poste.signe]} | {poste.libelle} | `{poste.variable}` | {_cited(_text(poste))} |" for poste in fiche.postes
    ]
    conditions = [f"- {c.libelle} (`{c.variable}`): {_cited(_text(c))}" for c in fiche.conditions]
    return (
        head
        + f"| | line | variable | text in {TODAY} |\n|---|---|---|---|\n"
        + "\n".join(rows)
        + ("\n\nRefused when one of these fails:\n\n" + "\n".join(conditions) if conditions else "")
    )


def _text(said: Poste | Condition) -> Texte | None:
    return texte_en_vigueur(said.sources, LAST_CHECKED_MONTH, whole_system().parameters)


def _cited(texte: Texte | None) -> str:
    if texte is None:
        return "*texte non retrouvé*"
    return texte.reference + (f" ({texte.depuis:%d/%m/%Y})" if texte.depuis else "")


def counts() -> str:
    """How many lines have a text today, and which have none."""
    postes = [(fiche, poste) for fiche in fiches().values() for poste in fiche.postes]
    bare = [f"`{fiche.prestation}`: {poste.libelle}" for fiche, poste in postes if _text(poste) is None]
    found = f"{len(postes) - len(bare)} of {len(postes)} lines cite a text in {TODAY}."
    return found + (" « Texte non retrouvé » for:\n\n" + "\n".join(f"- {line}" for line in bare) if bare else "")


def doubts() -> str:
    rows = [
        f"| `{fiche.prestation}` | {doute.depuis} – {doute.jusqu_a} | {'no amount' if doute.refuse else 'told'} "
        f"| {doute.phrase} |"
        for fiche in fiches().values()
        for doute in fiche.doutes
    ]
    return "| benefit | months | effect | what the page says |\n|---|---|---|---|\n" + "\n".join(rows)


def variables() -> str:
    """Our variables, with the dates of their formulas and the texts that they name."""
    rows = []
    for variable in sorted(extension.variables(), key=lambda classe: (classe.__module__, classe.__name__)):
        installed = whole_system().variables[variable.__name__]
        module = variable.__module__.removeprefix("guichet.law.extension.")
        dates = ", ".join("always" if date.startswith("0001") else date for date in installed.formulas) or "input"
        references = "; ".join(str(r) for r in (installed.reference or ())) or "–"
        rows.append(f"| {module} | `{installed.name}` | {installed.label or ''} | {dates} | {references} |")
    return "| room | variable | what it is | formulas from | texts |\n|---|---|---|---|---|\n" + "\n".join(rows)


def parameters() -> str:
    """The parameters that we add or correct; those of one table, with the same dates and texts, on one line."""
    tree = ParameterNode("", directory_path=str(extension.PARAMETERS))
    tables: dict[tuple[str, str], list[str]] = {}
    for parameter in _leaves(tree):
        dates = ", ".join(value.instant_str for value in reversed(parameter.values_list))
        tables.setdefault((dates, _titles(parameter.metadata.get("reference"))), []).append(parameter.name)
    rows = [
        f"| `{_common(names)}` | {len(names)} | {dates} | {titles} |"
        for (dates, titles), names in sorted(tables.items(), key=lambda table: table[1])
    ]
    return "| parameters | values | dates of ours | texts |\n|---|---|---|---|\n" + "\n".join(rows)


def _common(names: list[str]) -> str:
    """The part of their dotted paths that `names` share, with a star where they part."""
    paths = [name.split(".") for name in names]
    shared = [steps[0] for steps in takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False))]
    return ".".join(shared) + ("" if len(names) == 1 else ".*")


def _leaves(node: Any) -> Iterator[Parameter]:
    if isinstance(node, Parameter):
        yield node
    elif isinstance(node, ParameterNode):
        for child in node.children.values():
            yield from _leaves(child)
    else:
        for bracket in node.brackets:
            for child in bracket.children.values():
                yield from _leaves(child)


def _titles(reference: Any) -> str:
    """Every title found in a parameter's `reference`, whatever its shape (text, list, by date)."""
    if isinstance(reference, str):
        return reference
    if isinstance(reference, dict) and "title" in reference:
        return str(reference["title"])
    children = reference.values() if isinstance(reference, dict) else reference or ()
    return "; ".join(dict.fromkeys(title for child in children if (title := _titles(child)))) or "–"


def worked() -> str:
    """The worked examples: what was computed by hand, line by line; `tests/law/test_worked.py` checks them."""
    return "\n\n".join(_example(json.loads(file.read_text("utf-8"))) for file in sorted(WORKED.glob("*.json")))


def _example(example: dict[str, Any]) -> str:
    rows = "\n".join(f"| {SIGNS[signe]} | {label} | {value} |" for label, value, signe in example["lines"])
    return (
        f"### {example['title']} ({example['prestation']}, {example['period']})\n\n{example['reasoning'].strip()}\n\n"
        f"| | line | value |\n|---|---|---|\n{rows}\n| = | **{example['prestation']}** | **{example['amount']}** |"
    )


PARTS: dict[str, Callable[[], str]] = {
    "benefits": benefits,
    "counts": counts,
    "doubts": doubts,
    "variables": variables,
    "parameters": parameters,
    "worked": worked,
}

if __name__ == "__main__":
    main(DOCS / "law.md", written)

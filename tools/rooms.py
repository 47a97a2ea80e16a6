"""Write docs/rooms.md, the rooms and who imports whom, from the code: `python -m tools.rooms` (`--check`: has it drifted?).

The order of the rooms is that of the layers that import-linter enforces (pyproject.toml), the arrows are the imports.
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import grimp

from tools._page import DOCS, main

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "guichet"
PYPROJECT = ROOT / "pyproject.toml"


def written(_: str) -> str:
    """The whole page."""
    rooms = _rooms()
    imports = _imports(rooms)
    nodes = "".join(f"  {room}\n" for room in rooms)
    arrows = "".join(f"  {importer} --> {imported}\n" for importer in rooms for imported in imports[importer])
    rows = "".join(
        f"| `{room}` | {_summary(room)} | {', '.join(f'`{other}`' for other in imports[room]) or '–'} |\n" for room in rooms
    )
    return (
        "# The rooms of the house\n\n"
        "Written by `make docs` from the imports of `src/guichet`. Arrows go down only: import-linter fails otherwise, "
        "and fails on a room that is not declared in `pyproject.toml`. `cli` finds its commands by their names, "
        "without an import.\n\n"
        f"```mermaid\nflowchart TB\n{nodes}{arrows}```\n\n"
        f"| room | what it is | imports |\n|---|---|---|\n{rows}"
    )


def _rooms() -> list[str]:
    """The rooms, the highest first, as import-linter is told."""
    contracts = tomllib.loads(PYPROJECT.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("containers") == ["guichet"])
    return [room.strip() for layer in layers for room in layer.split("|")]


def _imports(rooms: list[str]) -> dict[str, list[str]]:
    graph = grimp.build_graph("guichet", cache_dir=None)
    return {
        room: [
            other
            for other in rooms
            if other != room
            and graph.direct_import_exists(importer=f"guichet.{room}", imported=f"guichet.{other}", as_packages=True)
        ]
        for room in rooms
    }


def _summary(room: str) -> str:
    """The first sentence of the room's docstring."""
    module = SOURCES / room / "__init__.py" if (SOURCES / room).is_dir() else SOURCES / f"{room}.py"
    docstring = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    return docstring.partition("\n\n")[0].replace("\n", " ").partition(". ")[0].removesuffix(".")


if __name__ == "__main__":
    main(DOCS / "rooms.md", written)

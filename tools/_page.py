"""What the tools that write pages of `docs/` share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def main(page: Path, written: Callable[[str], str]) -> None:
    """Write `page` again: `written` makes its new text of the present one. `--check`: has it drifted? Exits with 1 then."""
    options = argparse.ArgumentParser()
    options.add_argument("--check", action="store_true", help="has the page drifted?")
    text = page.read_text("utf-8") if page.exists() else ""
    check = options.parse_args().check
    fresh = written(text)
    if not check:
        page.write_text(fresh, "utf-8")
        return
    print(f"docs/{page.name} " + ("is up to date." if fresh == text else "has drifted: run `make docs`."))
    sys.exit(fresh != text)


def between(text: str, name: str, content: str) -> str:
    """`text`, with `content` between `<!-- name -->` and `<!-- end of name -->`."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = text.partition(begin)
    return f"{before}{begin}{content}{end}{rest.partition(end)[2]}"

"""What holds for the whole repository: its size, what it may not contain, what is generated from it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 400
BINARY = (".png", ".parquet", ".gz")
FOLDERS = (".ci", "bench", "docs", "requirements", "src/guichet", "tests", "tools")
# Written in two halves, so that this file does not hold what it looks for.
FORBIDDEN = {
    "an index of packages": re.compile(
        r"(py" r"pi\.org|python" r"hosted|registry\.npm" r"js|--(extra-)?index" r"-url|trusted" r"-host)"
    ),
    "a path of somebody's machine": re.compile(r"(?<![\w.])/(ho" r"me/|ro" r"ot/|wo" r"rk/|Us" r"ers/|opt/py" r"pi)"),
}


def files(*suffixes: str) -> list[Path]:
    """The files that we write, by suffix (all of them by default)."""
    found = [path for path in ROOT.iterdir() if path.name != ".git"]
    found += [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return [
        path
        for path in found
        if path.is_file() and "__pycache__" not in path.parts and (not suffixes or path.suffix in suffixes)
    ]


def test_no_file_is_too_long():
    ours = (path for path in files(".py", ".html", ".css") if path.parent.name != "migrations")  # those, Django writes
    lengths = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in ours}

    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_of_a_machine_or_of_an_index_is_written(what):
    texts = {path.relative_to(ROOT): path.read_text("utf-8") for path in files() if path.suffix not in BINARY}
    # The command that makes the locks says that they hold no index; uv copies it on top of them.
    texts = {path: text.replace("--no-emit-index-url", "") for path, text in texts.items()}

    assert {str(path): found[0] for path, text in texts.items() if (found := FORBIDDEN[what].search(text))} == {}


@pytest.mark.parametrize("tool", ["tools.law_docs", "tools.rooms", "tools.program_docs"])
def test_generated_pages_are_up_to_date(tool):
    done = subprocess.run([sys.executable, "-m", tool, "--check"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_of_programs_names_every_module():
    page = (ROOT / "docs" / "programs.md").read_text("utf-8")
    modules = {path.name for path in (ROOT / "src" / "guichet" / "law" / "programs").glob("*.py")} - {"__init__.py"}

    assert {module for module in modules if f"`{module}`" not in page} == set()


@pytest.mark.parametrize("name", ["run.lock", "dev.lock"])
def test_locks_have_all_their_hashes(name):
    lock = (ROOT / "requirements" / name).read_text("utf-8")
    pinned = re.findall(r"^([\w.-]+)==[^\s]+ (?:;[^\\]*)?\\?$(\n    --hash=)?", lock, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S+==", lock, re.MULTILINE)) > 30
    assert all(hashed for _, hashed in pinned)

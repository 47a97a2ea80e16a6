"""Where numba keeps what it has compiled, so that it is paid once, at install.

Beside the package when it can be written there; else in the user's cache, or in a temporary folder of the user's own,
where what was compiled at install is copied.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numba

PACKAGE = Path(__file__).parent
COMPILED = ("memory.py", "dates.py", "lines.py", "visits.py")


def choose() -> None:
    """Before anything is compiled. A change of one of the files compiles all again: each uses the others' functions."""
    if numba.config.CACHE_DIR:
        return
    content = b"".join((PACKAGE / name).read_bytes() for name in COMPILED)
    name = f"numba-{hashlib.sha256(content).hexdigest()[:12]}"
    installed = PACKAGE / "__pycache__" / name
    for parent in _parents():
        folder = parent / name
        if _ours(folder):
            if folder != installed and installed.is_dir() and not any(folder.iterdir()):
                shutil.copytree(installed, folder, dirs_exist_ok=True)
            numba.config.CACHE_DIR = str(folder)
            return


def _parents() -> Iterator[Path]:
    yield PACKAGE / "__pycache__"
    yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "guichet"
    yield Path(tempfile.gettempdir()) / f"guichet-{os.getuid()}"


def _ours(folder: Path) -> bool:
    """Can it be written, by nobody else? What is read there is run."""
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return all(place.stat().st_uid == os.getuid() for place in (folder, folder.parent))
    except OSError:
        return False

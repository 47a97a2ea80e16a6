"""Programs on disk: data, never code. What cannot be read, whatever the reason, is as if it were not there.

A file is a line with the SHA-256 of what follows, then JSON. Its name holds what the program was made of: a change of
OpenFisca, of NumPy or of one line of our law gives other names. It is written beside, then put in place at once, so
that a reader, or another writer, sees a whole file or none.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import re
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from guichet.law.programs.graph import CONSTANT, INPUT, SCALAR, Node
from guichet.law.programs.program import Input, Program

logger = logging.getLogger(__name__)
PACKAGES = ("openfisca-core", "openfisca-france", "numpy")


class Store:
    """The programs kept in `folder`, for the law as it is in this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / law_digest()

    def load(self, name: str) -> Program | None:
        path = self._path(name)
        try:
            digest, _, content = path.read_bytes().partition(b"\n")
            if digest.decode() != hashlib.sha256(content).hexdigest():
                raise ValueError("its content is not what was written")
            return _read(orjson.loads(content))
        except FileNotFoundError:
            return None
        except Exception as error:  # a damaged file, or one without rights, is made again
            logger.warning("program %s cannot be read: %s", name, error)
            return None

    def has(self, name: str) -> bool:
        return self._path(name).exists()

    def save(self, name: str, program: Program) -> None:
        """Keep it if the disk allows: a full disk only costs the time of another recording."""
        content = orjson.dumps(_written(program))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as fresh:
                try:
                    fresh.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
                    fresh.flush()
                    os.replace(fresh.name, self._path(name))
                except BaseException:
                    os.unlink(fresh.name)
                    raise
        except OSError as error:
            logger.warning("program %s cannot be kept: %s", name, error)

    def _path(self, name: str) -> Path:
        if not re.fullmatch(r"[a-z0-9-]+", name):
            raise ValueError(f"{name!r} is not the name of a program")
        return self.folder / f"{name}.json"


@functools.cache
def law_digest() -> str:
    """Names the law of this process: the versions of what it stands on, and the content of our own room."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in PACKAGES).encode())
    room = Path(__file__).parent.parent
    for path in sorted(room.rglob("*")):
        if path.suffix in (".py", ".yaml"):
            digest.update(f"{path.relative_to(room)} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def _written(program: Program) -> dict[str, Any]:
    return {
        "nodes": [list(node) for node in program.nodes],
        "inputs": [[*key, known.node, known.dtype, known.entity, known.default] for key, known in program.inputs.items()],
        "outputs": [[*name, *end] for name, end in program.outputs.items()],
    }


def _read(content: Any) -> Program:
    """Raises ValueError, KeyError or TypeError for anything that is not a program."""
    nodes = tuple(
        Node(str(op), tuple(args), _tuple(params), np.dtype(dtype).str, entity)
        for op, args, params, dtype, entity in content["nodes"]
    )
    for rank, node in enumerate(nodes):
        if not all(isinstance(arg, int) and 0 <= arg < rank for arg in node.args):
            raise ValueError(f"node {rank} needs what comes after it")
        if node.op in (CONSTANT, SCALAR, INPUT) and node.args:
            raise ValueError(f"node {rank} has arguments")
    inputs = {(name, period): Input(*known) for name, period, *known in content["inputs"]}
    outputs = {(name, period): (node, entity) for name, period, node, entity in content["outputs"]}
    ends = [node for node, _ in outputs.values()] + [known.node for known in inputs.values()]
    if not all(-1 <= node < len(nodes) for node in ends):
        raise ValueError("an input or an output is no node")
    return Program.ready(nodes, inputs, outputs)


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value

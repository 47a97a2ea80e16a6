"""OpenFisca's tree of parameters, each file of which is read when somebody asks for it.

The tree has 4 000 files, 2.5 s to read; a calculation asks for some hundred. Nodes, names and order are those of
OpenFisca's own tree (`tests/law/test_tree.py`).
"""

from __future__ import annotations

import functools
import os
from collections import UserDict
from typing import Any

from openfisca_core.parameters import ParameterNode, config, helpers, load_parameter_file

OF_THE_INDEX = ("description", "documentation", "metadata")
"""What the file `index.yaml` of a folder says."""


class Folder(ParameterNode):  # type: ignore[misc]
    """A folder of the tree."""

    def __init__(self, name: str, folder: str) -> None:
        self.name = name
        self.file_path = folder
        self.children = Children()
        for file in os.listdir(folder):
            path = os.path.join(folder, file)
            stem, suffix = os.path.splitext(file)
            if os.path.isdir(path):
                self.children[file] = functools.partial(Folder, _under(name, file), path)
            elif suffix in config.FILE_EXTENSIONS and stem != "index":
                self.children[stem] = functools.partial(load_parameter_file, path, _under(name, stem))

    def __getattr__(self, name: str) -> Any:
        if name in OF_THE_INDEX:
            self._read_index()
            return self.__dict__[name]
        if name != "children" and name in self.children:
            return self.children[name]
        raise AttributeError(name)

    def _read_index(self) -> None:
        path = os.path.join(self.file_path, "index.yaml")
        data = helpers._load_yaml_file(path) if os.path.exists(path) else None
        index = ParameterNode(self.name, data=data or {})
        for name in OF_THE_INDEX:
            self.__dict__.setdefault(name, getattr(index, name))


class Children(UserDict[str, Any]):
    """The children of a folder, by name: what was not asked for yet is a function that reads it."""

    def __getitem__(self, name: str) -> Any:
        child = self.data[name] = read(self.data[name])
        return child


def read(child: Any) -> Any:
    """A child, read now if it was not."""
    return child() if isinstance(child, functools.partial) else child


def _under(name: str, child: str) -> str:
    return f"{name}.{child}" if name else child

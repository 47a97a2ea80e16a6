"""OpenFisca's tree of parameters, each file of which is read when somebody asks for it.

The tree has 4 000 files, 2.5 s to read; a calculation asks for some hundred. Nodes, names and order are those of
OpenFisca's own tree (`tests/law/test_arbre.py`).
"""

from __future__ import annotations

import functools
import os
from collections import UserDict
from typing import Any

from openfisca_core.parameters import ParameterNode, config, helpers, load_parameter_file

DU_SOMMAIRE = ("description", "documentation", "metadata")
"""What the file `index.yaml` of a folder says."""


class Dossier(ParameterNode):  # type: ignore[misc]
    """A folder of the tree."""

    def __init__(self, name: str, dossier: str) -> None:
        self.name = name
        self.file_path = dossier
        self.children = Enfants()
        for fichier in os.listdir(dossier):
            chemin = os.path.join(dossier, fichier)
            nom, suffixe = os.path.splitext(fichier)
            if os.path.isdir(chemin):
                self.children[fichier] = functools.partial(Dossier, _sous(name, fichier), chemin)
            elif suffixe in config.FILE_EXTENSIONS and nom != "index":
                self.children[nom] = functools.partial(load_parameter_file, chemin, _sous(name, nom))

    def __getattr__(self, nom: str) -> Any:
        if nom in DU_SOMMAIRE:
            self._lit_sommaire()
            return self.__dict__[nom]
        if nom != "children" and nom in self.children:
            return self.children[nom]
        raise AttributeError(nom)

    def _lit_sommaire(self) -> None:
        chemin = os.path.join(self.file_path, "index.yaml")
        data = helpers._load_yaml_file(chemin) if os.path.exists(chemin) else None
        sommaire = ParameterNode(self.name, data=data or {})
        for nom in DU_SOMMAIRE:
            self.__dict__.setdefault(nom, getattr(sommaire, nom))


class Enfants(UserDict[str, Any]):
    """The children of a folder, by name: what was not asked for yet is a function that reads it."""

    def __getitem__(self, nom: str) -> Any:
        enfant = self.data[nom] = lu(self.data[nom])
        return enfant


def lu(enfant: Any) -> Any:
    """A child, read now if it was not."""
    return enfant() if isinstance(enfant, functools.partial) else enfant


def _sous(nom: str, enfant: str) -> str:
    return f"{nom}.{enfant}" if nom else enfant

"""Our OpenFisca variables and parameters: what OpenFisca-France lacks or gets wrong, each with its article.

A variable is a class of any module of this folder. Where OpenFisca-France has a variable of that name, ours updates
it: attributes that ours does not set stay, and a dated formula of ours leaves the earlier ones in place. A parameter
is a YAML file under `parameters/`, at its place in OpenFisca's tree: its dates are laid over OpenFisca's own.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from guichet.law.tree import Folder, read

PARAMETRES = Path(__file__).parent / "parameters"


def variables() -> list[type[Variable]]:
    """The variables that the modules of this folder define, in the order of their modules' names."""
    trouvees = []
    for info in sorted(pkgutil.walk_packages(__path__, __name__ + "."), key=lambda info: info.name):
        trouvees += definies(importlib.import_module(info.name))
    return trouvees


def definies(module: ModuleType) -> list[type[Variable]]:
    """The variables that `module` defines, in the order of their names."""
    classes = (classe for _, classe in inspect.getmembers(module, inspect.isclass))
    return [classe for classe in classes if issubclass(classe, Variable) and classe.__module__ == module.__name__]


def install(systeme: TaxBenefitSystem) -> None:
    """Lay our parameters and variables over `systeme`, in place."""
    superpose(systeme.parameters, Folder("", str(PARAMETRES)))
    for variable in variables():
        systeme.update_variable(variable)
    # A node keeps each instant it has answered for: none may be older than our dates.
    systeme.get_parameters_at_instant.cache_clear()


def superpose(base: ParameterNode, ajout: ParameterNode) -> None:
    """Lay the tree `ajout` over `base`: a dated value of `ajout` wins over that of the same date.

    Of two folders, what both have is read and laid when somebody asks for it.
    """
    if isinstance(base, Folder) and isinstance(ajout, Folder):
        for nom, enfant in ajout.children.data.items():
            ancien = base.children.data.get(nom)
            base.children.data[nom] = enfant if ancien is None else functools.partial(_superposes, ancien, enfant)
        return
    for nom, enfant in ajout.children.items():
        ancien = base.children.get(nom)
        base.children[nom] = enfant if ancien is None else _superposes(ancien, enfant)
        setattr(base, nom, base.children[nom])


def _superposes(ancien: Any, ajout: Any) -> Any:
    """What stands in the tree where OpenFisca has `ancien`, and we `ajout`."""
    ancien, ajout = read(ancien), read(ajout)
    if isinstance(ancien, ParameterNode) and isinstance(ajout, ParameterNode):
        superpose(ancien, ajout)
    elif isinstance(ancien, Parameter) and isinstance(ajout, Parameter):
        _superpose_valeurs(ancien, ajout)
    elif isinstance(ancien, ParameterScale) and isinstance(ajout, ParameterScale):
        raise ValueError(f"{ajout.name} : un barème se remplace sous un autre nom, pas date par date.")
    else:
        return ajout
    return ancien


def _superpose_valeurs(ancien: Parameter, ajout: Parameter) -> None:
    par_date = {valeur.instant_str: valeur for valeur in (*ancien.values_list, *ajout.values_list)}
    ancien.values_list = sorted(par_date.values(), key=lambda valeur: valeur.instant_str, reverse=True)
    references = ancien.metadata.get("reference")
    nouvelles = ajout.metadata.get("reference")
    if isinstance(references, dict) and isinstance(nouvelles, dict):
        references.update(nouvelles)
    elif nouvelles:
        ancien.metadata["reference"] = nouvelles

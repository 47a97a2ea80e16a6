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

PARAMETERS = Path(__file__).parent / "parameters"


def variables() -> list[type[Variable]]:
    """The variables that the modules of this folder define, in the order of their modules' names."""
    modules = sorted(pkgutil.walk_packages(__path__, __name__ + "."), key=lambda module: module.name)
    return [variable for module in modules for variable in defined_in(importlib.import_module(module.name))]


def defined_in(module: ModuleType) -> list[type[Variable]]:
    """The variables that `module` defines, in the order of their names."""
    classes = (found for _, found in inspect.getmembers(module, inspect.isclass))
    return [found for found in classes if issubclass(found, Variable) and found.__module__ == module.__name__]


def install(system: TaxBenefitSystem) -> None:
    """Lay our parameters and variables over `system`, in place."""
    _lay(Folder("", str(PARAMETERS)), system.parameters)
    for variable in variables():
        system.update_variable(variable)
    # A node keeps each instant it has answered for: none may be older than our dates.
    system.get_parameters_at_instant.cache_clear()


def _lay(ours: ParameterNode, base: ParameterNode) -> None:
    """Lay the tree `ours` over `base`. Of two folders, what both have is read and laid when somebody asks for it."""
    if isinstance(base, Folder) and isinstance(ours, Folder):
        for name, child in ours.children.data.items():
            theirs = base.children.data.get(name)
            base.children.data[name] = child if theirs is None else functools.partial(_laid, child, theirs)
        return
    for name, child in ours.children.items():
        theirs = base.children.get(name)
        base.children[name] = child if theirs is None else _laid(child, theirs)
        setattr(base, name, base.children[name])


def _laid(ours: Any, theirs: Any) -> Any:
    """What stands in the tree where we have `ours`, and OpenFisca `theirs`."""
    ours, theirs = read(ours), read(theirs)
    if isinstance(ours, ParameterNode) and isinstance(theirs, ParameterNode):
        _lay(ours, theirs)
    elif isinstance(ours, Parameter) and isinstance(theirs, Parameter):
        _lay_values(ours, theirs)
    elif isinstance(ours, ParameterScale) and isinstance(theirs, ParameterScale):
        raise ValueError(f"{ours.name}: a scale is replaced under another name, not date by date.")
    else:
        return ours
    return theirs


def _lay_values(ours: Parameter, theirs: Parameter) -> None:
    """A dated value of ours wins over that of the same date."""
    by_date = {value.instant_str: value for value in (*theirs.values_list, *ours.values_list)}
    theirs.values_list = sorted(by_date.values(), key=lambda value: value.instant_str, reverse=True)
    known, added = theirs.metadata.get("reference"), ours.metadata.get("reference")
    if isinstance(known, dict) and isinstance(added, dict):
        known.update(added)
    elif added:
        theirs.metadata["reference"] = added

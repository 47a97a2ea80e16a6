"""Our OpenFisca variables and parameters: what OpenFisca-France lacks or gets wrong, each with its article.

A variable is a class of any module of this folder. Where OpenFisca-France has a variable of that name, ours updates
it: attributes that ours does not set stay, and a dated formula of ours leaves the earlier ones in place. A parameter
is a YAML file under `parameters/`, at its place in OpenFisca's tree: its dates are laid over OpenFisca's own.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType

from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

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
    superpose(systeme.parameters, ParameterNode("", directory_path=str(PARAMETRES)))
    for variable in variables():
        systeme.update_variable(variable)
    # A node keeps each instant it has answered for: none may be older than our dates.
    systeme.get_parameters_at_instant.cache_clear()


def superpose(base: ParameterNode, ajout: ParameterNode) -> None:
    """Lay the tree `ajout` over `base`: a dated value of `ajout` wins over that of the same date."""
    for nom, enfant in ajout.children.items():
        ancien = base.children.get(nom)
        if isinstance(ancien, ParameterNode) and isinstance(enfant, ParameterNode):
            superpose(ancien, enfant)
        elif isinstance(ancien, Parameter) and isinstance(enfant, Parameter):
            _superpose_valeurs(ancien, enfant)
        elif isinstance(ancien, ParameterScale) and isinstance(enfant, ParameterScale):
            raise ValueError(f"{enfant.name} : un barème se remplace sous un autre nom, pas date par date.")
        elif ancien is None:
            base.add_child(nom, enfant)
        else:
            base.children[nom] = enfant
            setattr(base, nom, enfant)


def _superpose_valeurs(ancien: Parameter, ajout: Parameter) -> None:
    par_date = {valeur.instant_str: valeur for valeur in (*ancien.values_list, *ajout.values_list)}
    ancien.values_list = sorted(par_date.values(), key=lambda valeur: valeur.instant_str, reverse=True)
    references = ancien.metadata.get("reference")
    nouvelles = ajout.metadata.get("reference")
    if isinstance(references, dict) and isinstance(nouvelles, dict):
        references.update(nouvelles)
    elif nouvelles:
        ancien.metadata["reference"] = nouvelles

"""The tree of parameters that is read little by little is OpenFisca's own."""

from __future__ import annotations

import copy
from pathlib import Path

import openfisca_france
from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale
from openfisca_france import FranceTaxBenefitSystem

from guichet.law.extension import PARAMETERS as OURS
from guichet.law.reference import France, whole_system
from guichet.law.tree import Folder

PARAMETRES = str(Path(openfisca_france.__file__).parent / "parameters")


def test_the_same_tree():
    assert _written(Folder("", PARAMETRES)) == _written(ParameterNode("", directory_path=PARAMETRES))


def test_a_copy_is_another_tree():
    folder = Folder("", PARAMETRES).prestations_sociales

    for other in (copy.deepcopy(folder), folder.clone()):
        assert _written(other) == _written(folder)
        assert other.children["prestations_familiales"] is not folder.children["prestations_familiales"]


def test_the_same_scales_of_contributions():
    """Made when they are asked for, of a tree that they leave as it was."""
    whole = FranceTaxBenefitSystem.preprocess_parameters(ParameterNode("", directory_path=PARAMETRES))
    france = France()

    assert _values(france.parameters.cotsoc) == _values(whole.cotsoc)
    assert _values(france.parameters.prelevements_sociaux) == _values(whole.prelevements_sociaux)


def test_our_dates_are_laid_over_the_tree():
    """Each value of each file of ours stands at its place; what OpenFisca has at other dates stays."""
    laid, stock = whole_system().parameters, whole_system("stock").parameters
    paths = [path for path in sorted(OURS.rglob("*.yaml")) if path.name != "index.yaml"]
    assert len(paths) > 70
    ours = ParameterNode("", directory_path=str(OURS))
    for path in paths:
        names = path.relative_to(OURS).with_suffix("").parts
        _check(_at(ours, names), _at(laid, names), _at(stock, names))


def _at(node, names):
    for name in names:
        node = node.children.get(name) if node is not None else None
    return node


def _check(ours, laid, stock):
    if isinstance(ours, ParameterNode):
        for name, child in ours.children.items():
            _check(child, laid.children[name], _at(stock, [name]))
    elif isinstance(ours, Parameter):
        before = _dated(stock) if isinstance(stock, Parameter) else {}
        assert _dated(laid) == before | _dated(ours)
    else:
        assert _values(laid) == _values(ours)


def _dated(parameter):
    return {value.instant_str: value.value for value in parameter.values_list}


def _values(node):
    if isinstance(node, Parameter):
        return _dated(node)
    if isinstance(node, ParameterScale):
        return [_values(bracket) for bracket in node.brackets]
    return {name: _values(child) for name, child in node.children.items()}


def _written(node):
    """All that a node says, as far as its leaves, in order."""
    said = [getattr(node, what, None) for what in ("name", "file_path", "description", "documentation", "metadata")]
    if isinstance(node, Parameter):
        return said, [(value.instant_str, value.value, value.metadata) for value in node.values_list]
    if isinstance(node, ParameterScale):
        return said, [_written(bracket) for bracket in node.brackets]
    assert all(getattr(node, name) is child for name, child in node.children.items())
    return said, [(name, _written(child)) for name, child in node.children.items()]

"""The tree of parameters that is read little by little is OpenFisca's own."""

from __future__ import annotations

import copy
from pathlib import Path

import openfisca_france
from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale
from openfisca_france import FranceTaxBenefitSystem

from guichet.law.extension import PARAMETRES as LES_NOTRES
from guichet.law.reference import France, whole_system
from guichet.law.tree import Folder

PARAMETRES = str(Path(openfisca_france.__file__).parent / "parameters")


def test_the_same_tree():
    assert _ecrit(Folder("", PARAMETRES)) == _ecrit(ParameterNode("", directory_path=PARAMETRES))


def test_a_copy_is_another_tree():
    dossier = Folder("", PARAMETRES).prestations_sociales

    for autre in (copy.deepcopy(dossier), dossier.clone()):
        assert _ecrit(autre) == _ecrit(dossier)
        assert autre.children["prestations_familiales"] is not dossier.children["prestations_familiales"]


def test_the_same_scales_of_contributions():
    """Made when they are asked for, of a tree that they leave as it was."""
    entier = FranceTaxBenefitSystem.preprocess_parameters(ParameterNode("", directory_path=PARAMETRES))
    france = France()

    assert _valeurs(france.parameters.cotsoc) == _valeurs(entier.cotsoc)
    assert _valeurs(france.parameters.prelevements_sociaux) == _valeurs(entier.prelevements_sociaux)


def test_our_dates_are_laid_over_the_tree():
    """Each value of each file of ours stands at its place; what OpenFisca has at other dates stays."""
    laid, stock = whole_system().parameters, whole_system("stock").parameters
    paths = [path for path in sorted(LES_NOTRES.rglob("*.yaml")) if path.name != "index.yaml"]
    assert len(paths) > 70
    ours = ParameterNode("", directory_path=str(LES_NOTRES))
    for path in paths:
        names = path.relative_to(LES_NOTRES).with_suffix("").parts
        _check(_at(ours, names), _at(laid, names), _at(stock, names))


def _at(noeud, noms):
    for nom in noms:
        noeud = noeud.children.get(nom) if noeud is not None else None
    return noeud


def _check(ours, laid, stock):
    if isinstance(ours, ParameterNode):
        for nom, enfant in ours.children.items():
            _check(enfant, laid.children[nom], _at(stock, [nom]))
    elif isinstance(ours, Parameter):
        before = _dated(stock) if isinstance(stock, Parameter) else {}
        assert _dated(laid) == before | _dated(ours)
    else:
        assert _valeurs(laid) == _valeurs(ours)


def _dated(parameter):
    return {valeur.instant_str: valeur.value for valeur in parameter.values_list}


def _valeurs(noeud):
    if isinstance(noeud, Parameter):
        return _dated(noeud)
    if isinstance(noeud, ParameterScale):
        return [_valeurs(tranche) for tranche in noeud.brackets]
    return {nom: _valeurs(enfant) for nom, enfant in noeud.children.items()}


def _ecrit(noeud):
    """All that a node says, as far as its leaves, in order."""
    dit = [getattr(noeud, quoi, None) for quoi in ("name", "file_path", "description", "documentation", "metadata")]
    if isinstance(noeud, Parameter):
        return dit, [(valeur.instant_str, valeur.value, valeur.metadata) for valeur in noeud.values_list]
    if isinstance(noeud, ParameterScale):
        return dit, [_ecrit(tranche) for tranche in noeud.brackets]
    assert all(getattr(noeud, nom) is enfant for nom, enfant in noeud.children.items())
    return dit, [(nom, _ecrit(enfant)) for nom, enfant in noeud.children.items()]

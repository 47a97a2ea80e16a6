"""The tree of parameters that is read little by little is OpenFisca's own."""

from __future__ import annotations

import copy
from pathlib import Path

import openfisca_france
from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale

from guichet.law.arbre import Dossier

PARAMETRES = str(Path(openfisca_france.__file__).parent / "parameters")


def test_the_same_tree():
    assert _ecrit(Dossier("", PARAMETRES)) == _ecrit(ParameterNode("", directory_path=PARAMETRES))


def test_a_copy_is_another_tree():
    dossier = Dossier("", PARAMETRES).prestations_sociales

    for autre in (copy.deepcopy(dossier), dossier.clone()):
        assert _ecrit(autre) == _ecrit(dossier)
        assert autre.children["prestations_familiales"] is not dossier.children["prestations_familiales"]


def _ecrit(noeud):
    """All that a node says, as far as its leaves, in order."""
    dit = [getattr(noeud, quoi, None) for quoi in ("name", "file_path", "description", "documentation", "metadata")]
    if isinstance(noeud, Parameter):
        return dit, [(valeur.instant_str, valeur.value, valeur.metadata) for valeur in noeud.values_list]
    if isinstance(noeud, ParameterScale):
        return dit, [_ecrit(tranche) for tranche in noeud.brackets]
    assert all(getattr(noeud, nom) is enfant for nom, enfant in noeud.children.items())
    return dit, [(nom, _ecrit(enfant)) for nom, enfant in noeud.children.items()]

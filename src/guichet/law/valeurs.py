"""One value of an OpenFisca variable, checked: its type, and what no household has."""

from __future__ import annotations

import contextlib
import csv
import functools
import importlib.resources
import json
import re
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.commons import eval_expression

from guichet.law import SituationError

MAXIMUM = 1e9
"""No amount, length or count of a household is larger."""
POSITIVES = frozenset(("loyer", "charges_locatives", "taux_incapacite", "cout_du_credit"))
AGES = frozenset(("age", "age_en_mois"))
TAUX = frozenset(("taux_incapacite",))
CALCUL = re.compile(r"[0-9.+\-*/() ]{1,60}")
ANNEES = range(1870, 2101)


def lit_valeur(variable: Any, valeur: Any, chemin: str) -> Any:
    """`valeur`, in the form that OpenFisca takes, or SituationError at the field `chemin`."""
    if getattr(variable, "possible_values", None) is not None:
        return _lit_choix(variable, valeur, chemin)
    if variable.value_type is bool:
        if isinstance(valeur, bool) or valeur in (0, 1):
            return bool(valeur)
        raise SituationError(f"{chemin}: give true or false, not {montre(valeur)}.")
    if variable.value_type in (int, float):
        return _lit_nombre(variable, valeur, chemin)
    if variable.value_type is date:
        return _lit_date(valeur, chemin)
    if variable.name == "depcom" and isinstance(valeur, int) and not isinstance(valeur, bool):
        valeur = f"{valeur:05d}"  # written as a number, the code of a commune loses its leading zero
    if not isinstance(valeur, str) or "\0" in valeur:
        raise SituationError(f"{chemin}: give a text, not {montre(valeur)}.")
    if variable.max_length and len(valeur) > variable.max_length:
        raise SituationError(f"{chemin}: {montre(valeur)} is longer than {variable.max_length} characters.")
    return valeur


def _lit_choix(variable: Any, valeur: Any, chemin: str) -> str:
    if isinstance(valeur, str) and valeur in variable.possible_values.__members__:
        return valeur
    noms = list(variable.possible_values.names)
    connus = ", ".join(noms) if len(noms) <= 12 else ", ".join(noms[:12]) + "…"
    raise SituationError(f"{chemin}: {montre(valeur)} is not one of {connus}.")


def _lit_nombre(variable: Any, valeur: Any, chemin: str) -> float | int:
    if isinstance(valeur, str) and CALCUL.fullmatch(valeur) and "**" not in valeur:
        with contextlib.suppress(ArithmeticError):
            valeur = np.asarray(eval_expression(valeur)).item()  # OpenFisca takes "400 * 12"; what is none comes back
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        raise SituationError(f"{chemin}: give a number, not {montre(valeur)}.")
    if not abs(valeur) <= MAXIMUM:  # nor NaN
        raise SituationError(f"{chemin}: {montre(valeur)} is not a number that a household has.")
    minimum, maximum = bornes(variable.name)
    if valeur < minimum:
        raise SituationError(f"{chemin}: {valeur} is negative.")
    if valeur > maximum:
        raise SituationError(f"{chemin}: {valeur} is not between 0 and 1.")
    if variable.value_type is int and valeur != int(valeur):
        raise SituationError(f"{chemin}: give a whole number, not {valeur}.")
    return int(valeur) if variable.value_type is int else float(valeur)


def bornes(nom: str) -> tuple[float, float]:
    """The least and the most that the number of the variable `nom` may be; a child to be born has an age below zero."""
    minimum = -12 if nom in AGES else 0 if nom in POSITIVES else -MAXIMUM
    return minimum, 1 if nom in TAUX else MAXIMUM


def _lit_date(valeur: Any, chemin: str) -> str:
    try:
        jour = date.fromisoformat(valeur)
    except (ValueError, TypeError):
        raise SituationError(f"{chemin}: {montre(valeur)} is not a date, write it as 1980-01-31.") from None
    if jour.year not in ANNEES:
        raise SituationError(f"{chemin}: {valeur} is not between {ANNEES.start} and {ANNEES.stop - 1}.")
    return jour.isoformat()


def verifie_commune(code: str, chemin: str) -> None:
    """OpenFisca puts a commune that it does not know in zone 2: refused rather than guessed."""
    if code not in _communes():
        raise SituationError(f"{chemin}: {montre(code)} is not a commune of the zones, give zone_apl instead.")


@functools.cache
def _communes() -> frozenset[str]:
    """The communes of OpenFisca's zones (order of 2011), with their parts (arrondissements, associated communes)."""
    actifs = importlib.resources.files("openfisca_france") / "assets" / "apl"
    with (actifs / "20110914_zonage.csv").open(encoding="utf-8") as fichier:
        communes = {ligne["CODGEO"] for ligne in csv.DictReader(fichier)}
    parties = json.loads((actifs / "commune_depcom_by_subcommune_depcom.json").read_text(encoding="utf-8"))
    return frozenset(communes | parties.keys())


def montre(chose: Any) -> str:
    """`chose` as it can be quoted in a sentence."""
    texte = json.dumps(chose) if chose is None or isinstance(chose, bool) else repr(chose)
    return texte if len(texte) <= 60 else texte[:57] + "..."


def etiquette(nom: str) -> str:
    """`nom` as a step of a path: itself when it can be printed and is short."""
    return nom if nom.isprintable() and len(nom) <= 60 else montre(nom)

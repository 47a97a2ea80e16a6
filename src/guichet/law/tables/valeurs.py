"""A column of a table as OpenFisca holds it. What a value may be is said by `guichet.law.values`.

Numbers and dates are looked at all together; when one of them is not plain, and for what is not a number, each distinct
value is read on its own.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from openfisca_core.indexed_enums import EnumArray

from guichet.law import SituationError
from guichet.law.columns import Array
from guichet.law.side_by_side import stored
from guichet.law.tables import Ou
from guichet.law.values import YEARS, bounds, check_commune, read_value

BOOLEENS = {"true": True, "false": False, "1": True, "0": False}


def lit_colonne(variable: Any, colonne: pa.Array, ou: Ou) -> Array:
    """The values of `variable`; null is its default. Raises SituationError for the first bad row."""
    tableau = None
    if getattr(variable, "possible_values", None) is None:
        if pa.types.is_dictionary(colonne.type) and variable.value_type in (int, float, date):
            colonne = colonne.dictionary_decode()
        if variable.value_type in (int, float):
            tableau = _nombres(variable, colonne)
        elif variable.value_type is date:
            tableau = _dates(variable, colonne)
    return _distinctes(variable, colonne, ou) if tableau is None else tableau


def en_textes(colonne: pa.Array, ou: Ou) -> pa.Array:
    """Texts or whole numbers, as texts. Raises SituationError for another type."""
    if pa.types.is_dictionary(colonne.type):
        colonne = colonne.cast(colonne.type.value_type)
    if pa.types.is_null(colonne.type) or pa.types.is_integer(colonne.type) or _est_texte(colonne.type):
        return colonne.cast(pa.string())
    raise SituationError(f"{ou.table}, column {ou.colonne}: give texts or whole numbers, not {colonne.type}.")


def en_choix(colonne: pa.Array, ou: Ou) -> pa.DictionaryArray:
    """A few texts that many rows say; some of them may be said by none. Raises SituationError for another type."""
    if pa.types.is_dictionary(colonne.type) and pa.types.is_string(colonne.type.value_type):
        return colonne
    return en_textes(colonne, ou).dictionary_encode()


def _est_texte(nature: pa.DataType) -> bool:
    return bool(pa.types.is_string(nature) or pa.types.is_large_string(nature) or pa.types.is_string_view(nature))


def _nombres(variable: Any, colonne: pa.Array) -> Array | None:
    """Numbers that are all what they may be; else None."""
    if pa.types.is_boolean(colonne.type):
        return None
    try:
        lus = colonne.cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    nombres: Array = np.array(lus.fill_null(0))
    minimum, maximum = bounds(variable.name)
    if not ((nombres >= minimum) & (nombres <= maximum)).all():  # nor NaN
        return None
    if variable.value_type is int and (nombres != np.floor(nombres)).any():
        return None
    return _avec_defaut(variable, nombres.astype(variable.dtype), lus)


def _dates(variable: Any, colonne: pa.Array) -> Array | None:
    try:
        lues = colonne.cast(pa.date32())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    jours: Array = np.array(lues.fill_null(date(2000, 1, 1))).astype("datetime64[D]")
    if ((jours < np.datetime64(f"{YEARS.start}-01-01")) | (jours >= np.datetime64(f"{YEARS.stop}-01-01"))).any():
        return None
    return _avec_defaut(variable, jours.astype(variable.dtype), lues)


def _avec_defaut(variable: Any, tableau: Array, lues: pa.Array) -> Array:
    if lues.null_count:
        muettes = np.array(lues.is_null())
        tableau[muettes] = variable.default_array(int(muettes.sum()))
    return tableau


def _distinctes(variable: Any, colonne: pa.Array, ou: Ou) -> Array:
    """Each distinct value is read once, in the order in which they come: the first bad one is on the first bad row."""
    try:
        codee = colonne if pa.types.is_dictionary(colonne.type) else colonne.dictionary_encode()
    except pa.ArrowNotImplementedError:
        raise SituationError(f"{ou.table}, column {ou.colonne}: {colonne.type} is no type of a value.") from None
    codes = np.array(codee.indices.fill_null(len(codee.dictionary)))
    valeurs = variable.default_array(len(codee.dictionary) + 1)  # the last one stands for null
    premiers = dict(zip(*(premier.tolist() for premier in np.unique(codes, return_index=True)), strict=True))
    for code, brute in enumerate(codee.dictionary.to_pylist()):
        if code in premiers and brute is not None:
            chemin = ou.ligne(premiers[code])
            valeur = read_value(variable, _telle_que_dite(variable, brute), chemin)
            if variable.name == "depcom":
                check_commune(valeur, chemin)
            valeurs[code] = stored(variable, valeur)
    tableau: Array = np.asarray(valeurs)[codes]
    return EnumArray(tableau, variable.possible_values) if isinstance(valeurs, EnumArray) else tableau


def _telle_que_dite(variable: Any, brute: Any) -> Any:
    """What a question would say: a table of texts has no numbers and no booleans of its own."""
    if isinstance(brute, str) and variable.value_type is bool:
        return BOOLEENS.get(brute.strip().lower(), brute)
    if isinstance(brute, str) and variable.value_type in (int, float) and getattr(variable, "possible_values", None) is None:
        try:
            return float(brute)
        except ValueError:
            return brute
    if isinstance(brute, Decimal):
        return float(brute)
    if isinstance(brute, datetime) and brute == datetime(brute.year, brute.month, brute.day, tzinfo=brute.tzinfo):
        return brute.date().isoformat()
    return brute.isoformat() if isinstance(brute, date) else brute

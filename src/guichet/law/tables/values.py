"""A column of a table as OpenFisca holds it. What a value may be is said by `guichet.law.values`.

Numbers and dates are looked at all together; when one of them is not plain, and for what is not a number, each distinct
value is read on its own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from openfisca_core.indexed_enums import EnumArray

from guichet.law import SituationError
from guichet.law.columns import Array
from guichet.law.side_by_side import stored
from guichet.law.tables import Place
from guichet.law.values import YEARS, bounds, check_commune, read_value

BOOLEANS = {"true": True, "false": False, "1": True, "0": False}


def read_column(variable: Any, column: pa.Array, place: Place) -> Array:
    """The values of `variable`; null is its default. Raises SituationError for the first bad row."""
    array = None
    if getattr(variable, "possible_values", None) is None:
        if pa.types.is_dictionary(column.type) and variable.value_type in (int, float, date):
            column = column.dictionary_decode()
        if variable.value_type in (int, float):
            array = _numbers(variable, column)
        elif variable.value_type is date:
            array = _dates(variable, column)
    return _distinct(variable, column, place) if array is None else array


def as_texts(column: pa.Array, place: Place) -> pa.Array:
    """Texts or whole numbers, as texts. Raises SituationError for another type."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_null(column.type) or pa.types.is_integer(column.type) or _is_text(column.type):
        return column.cast(pa.string())
    raise SituationError(f"{place.table}, column {place.column}: give texts or whole numbers, not {column.type}.")


def as_choices(column: pa.Array, place: Place) -> pa.DictionaryArray:
    """A few texts that many rows say; some of them may be said by none. Raises SituationError for another type."""
    if pa.types.is_dictionary(column.type) and pa.types.is_string(column.type.value_type):
        return column
    return as_texts(column, place).dictionary_encode()


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _numbers(variable: Any, column: pa.Array) -> Array | None:
    """Numbers that are all what they may be; else None."""
    if pa.types.is_boolean(column.type):
        return None
    try:
        read = column.cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    numbers: Array = np.array(read.fill_null(0))
    minimum, maximum = bounds(variable.name)
    if not ((numbers >= minimum) & (numbers <= maximum)).all():  # nor NaN
        return None
    if variable.value_type is int and (numbers != np.floor(numbers)).any():
        return None
    return _with_default(variable, numbers.astype(variable.dtype), read)


def _dates(variable: Any, column: pa.Array) -> Array | None:
    try:
        read = column.cast(pa.date32())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    days: Array = np.array(read.fill_null(date(2000, 1, 1))).astype("datetime64[D]")
    if ((days < np.datetime64(f"{YEARS.start}-01-01")) | (days >= np.datetime64(f"{YEARS.stop}-01-01"))).any():
        return None
    return _with_default(variable, days.astype(variable.dtype), read)


def _with_default(variable: Any, array: Array, read: pa.Array) -> Array:
    if read.null_count:
        silent = np.array(read.is_null())
        array[silent] = variable.default_array(int(silent.sum()))
    return array


def _distinct(variable: Any, column: pa.Array, place: Place) -> Array:
    """Each distinct value is read once, in the order in which they come: the first bad one is on the first bad row."""
    try:
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    except pa.ArrowNotImplementedError:
        raise SituationError(f"{place.table}, column {place.column}: {column.type} is no type of a value.") from None
    codes = np.array(coded.indices.fill_null(len(coded.dictionary)))
    values = variable.default_array(len(coded.dictionary) + 1)  # the last one stands for null
    first_rows = dict(zip(*(each.tolist() for each in np.unique(codes, return_index=True)), strict=True))
    for code, raw in enumerate(_as_python(coded.dictionary)):
        if code in first_rows and raw is not None:
            where = place.row(first_rows[code])
            value = read_value(variable, _as_told(variable, raw), where)
            if variable.name == "depcom":
                check_commune(value, where)
            values[code] = stored(variable, value)
    array: Array = np.asarray(values)[codes]
    return EnumArray(array, variable.possible_values) if isinstance(values, EnumArray) else array


def _as_python(distinct: pa.Array) -> list[Any]:
    """Dates as texts: Python has no year 10 000, and no billionth of a second."""
    if pa.types.is_temporal(distinct.type):
        distinct = pc.replace_substring_regex(distinct.cast(pa.string()), r" 00:00:00(\.0*)?Z?$", "")
    return distinct.to_pylist()  # type: ignore[no-any-return]


def _as_told(variable: Any, raw: Any) -> Any:
    """What a question would say: a table of texts has no numbers and no booleans of its own."""
    if isinstance(raw, str) and variable.value_type is bool:
        return BOOLEANS.get(raw.strip().lower(), raw)
    if isinstance(raw, str) and variable.value_type in (int, float) and getattr(variable, "possible_values", None) is None:
        try:
            return float(raw)
        except ValueError:
            return raw
    return float(raw) if isinstance(raw, Decimal) else raw

"""Operations in LLVM's assembly: what `assembly.py` puts in its loops.

A value is a register and its NumPy type; a register holds the values of `width` neighbours. Each method adds lines to a
`Lines` and gives the register of its result. The operations are those of `program.py`, rounded as NumPy rounds them: no
fused multiply-add, single precision where OpenFisca has it. Dates and durations are numbers, as in memory.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np

Dtype = np.dtype[Any]
BOOL, I64, F64 = np.dtype(bool), np.dtype("i8"), np.dtype("f8")
EPSILON = float(np.finfo("f8").eps)
COMPARISONS = {
    **{"equal": ("oeq", "eq"), "not_equal": ("une", "ne"), "less": ("olt", "lt"), "less_equal": ("ole", "le")},
    **{"greater": ("ogt", "gt"), "greater_equal": ("oge", "ge")},
}
ARITHMETIC = {"add": "add", "subtract": "sub", "multiply": "mul"}
BITWISE = {f"{how}_{which}": which for how in ("logical", "bitwise") for which in ("and", "or", "xor")}
NEIGHBOURS = 8
"""Values in a register: those that the widest processors compute at once."""
INTRINSICS = {"floor": "floor", "ceil": "ceil", "rint": "rint", "trunc": "trunc", "absolute": "fabs", "sqrt": "sqrt"}


class Uncompilable(Exception):  # noqa: N818 (said of what was asked, not of a fault)
    """An operation that has no words here; NumPy replays the program."""


def _kind(dtype: Dtype) -> str:
    """The LLVM type of one value that is being computed."""
    if dtype.kind == "b":
        return "i1"
    if dtype.kind in "iumM":
        return f"i{8 * dtype.itemsize}"
    if dtype.str in ("<f4", "<f8"):
        return "float" if dtype.itemsize == 4 else "double"
    raise Uncompilable(f"values of type {dtype}")


def _stored(dtype: Dtype) -> str:
    """The LLVM type of one value in memory."""
    return "i8" if dtype.kind == "b" else _kind(dtype)


def written(value: Any, dtype: Dtype) -> str:
    """One value, as LLVM writes it."""
    value = np.asarray(value).astype(dtype)[()]
    if dtype.kind == "f":
        return "0x" + struct.pack(">d", float(value)).hex().upper()
    return str(int(value.astype("i8"))) if dtype.kind in "mM" else str(int(value))


def _conversion(source: Dtype, target: Dtype) -> str:
    """LLVM's instruction between two types of numbers; none when the bits are the same."""
    larger = source.kind == "b" or target.itemsize > source.itemsize
    if source.kind == "f" and target.kind == "f":
        return "fpext" if larger else "fptrunc"
    if target.kind == "f":
        return "uitofp" if source.kind in "bu" else "sitofp"
    if source.kind == "f":
        return "fptoui" if target.kind == "u" else "fptosi"
    if source.kind != "b" and source.itemsize == target.itemsize:
        return ""
    return ("zext" if source.kind in "bu" else "sext") if larger else "trunc"


def _instruction(op: str, dtype: Dtype) -> str | None:
    """LLVM's instruction for an operation, if it has one."""
    if op in BITWISE:
        return BITWISE[op]
    if op in ARITHMETIC and dtype.kind == "b":
        return "or" if op == "add" else "and"
    if op in ARITHMETIC:
        return f"{'f' if dtype.kind == 'f' else ''}{ARITHMETIC[op]}"
    return "fdiv" if op == "divide" else None


class Lines:
    """The body of a function, line by line; registers are numbered."""

    def __init__(self) -> None:
        self.width = 1
        self.text: list[str] = []
        self.globals: list[str] = []
        self._registers = 0
        self._one_by_one: dict[str, list[str]] = {}

    def type(self, dtype: Dtype) -> str:
        """The type of a register of `dtype`."""
        return _kind(dtype) if self.width == 1 else f"<{self.width} x {_kind(dtype)}>"

    def literal(self, value: Any, dtype: Dtype) -> str:
        """A constant, in `dtype`."""
        return written(value, dtype) if self.width == 1 else f"splat ({_kind(dtype)} {written(value, dtype)})"

    def set(self, expression: str) -> str:
        """The register of `expression`."""
        self._registers += 1
        self.text.append(f"%r{self._registers} = {expression}")
        return f"%r{self._registers}"

    def do(self, instruction: str) -> None:
        self.text.append(instruction)

    def label(self, name: str) -> None:
        self.text.append(f"{name}:")

    def table(self, values: Any, dtype: Dtype) -> str:
        """A constant array."""
        name, kind = f"@t{len(self.globals)}", _stored(dtype)
        content = ", ".join(f"{kind} {written(value, dtype)}" for value in values)
        self.globals.append(f"{name} = private constant [{len(values)} x {kind}] [{content}]")
        return name

    # Memory

    def at(self, pointer: str, index: str, dtype: Dtype) -> str:
        """Where the value `index` of an array is."""
        return self.set(f"getelementptr {_stored(dtype)}, ptr {pointer}, i64 {index}")

    def load(self, pointer: str, dtype: Dtype) -> str:
        kind = self._in_memory(dtype)
        return self._from_memory(self.set(f"load {kind}, ptr {pointer}, align {dtype.itemsize}"), dtype)

    def in_row(self, pointer: str, index: str, dtype: Dtype) -> str:
        """Where the row `index` is, of an array of rows of `NEIGHBOURS` values."""
        return self.set(f"getelementptr [{NEIGHBOURS} x {_stored(dtype)}], ptr {pointer}, i64 {index}")

    def store(self, value: str, pointer: str, dtype: Dtype) -> None:
        if dtype.kind == "b":
            value = self.set(f"zext {self.type(dtype)} {value} to {self._in_memory(dtype)}")
        self.do(f"store {self._in_memory(dtype)} {value}, ptr {pointer}, align {dtype.itemsize}")

    def pick(self, pointer: str, indices: str, dtype: Dtype) -> str:
        """The values at `indices` (64 bits) of an array, one by one: many processors take longer to gather them."""
        if self.width == 1:
            return self.load(self.at(pointer, indices, dtype), dtype)
        found = "poison"
        for rank, index in enumerate(self.one_by_one(indices)):
            value = self.set(f"load {_stored(dtype)}, ptr {self.at(pointer, index, dtype)}, align {dtype.itemsize}")
            found = self.set(f"insertelement {self._in_memory(dtype)} {found}, {_stored(dtype)} {value}, i64 {rank}")
        return self._from_memory(found, dtype)

    def one_by_one(self, integers: str) -> list[str]:
        """The values (64 bits) of a register, each in one of its own."""
        if integers not in self._one_by_one:
            extract = f"extractelement {self.type(I64)} {integers}, i64"
            self._one_by_one[integers] = [self.set(f"{extract} {rank}") for rank in range(self.width)]
        return self._one_by_one[integers]

    def _in_memory(self, dtype: Dtype) -> str:
        return _stored(dtype) if self.width == 1 else f"<{self.width} x {_stored(dtype)}>"

    def _from_memory(self, value: str, dtype: Dtype) -> str:
        return self.set(f"trunc {self._in_memory(dtype)} {value} to {self.type(dtype)}") if dtype.kind == "b" else value

    # Values

    def spread(self, value: str) -> str:
        """One integer (64 bits), for all neighbours."""
        if self.width == 1:
            return value
        kind = self.type(I64)
        first = self.set(f"insertelement {kind} poison, i64 {value}, i64 0")
        return self.set(f"shufflevector {kind} {first}, {kind} poison, <{self.width} x i32> zeroinitializer")

    def ranks(self) -> str:
        """0, 1, 2... for the neighbours, one after the other."""
        return f"<{', '.join(f'i64 {rank}' for rank in range(self.width))}>"

    def turned(self, registers: list[str], dtype: Dtype) -> list[str]:
        """As many registers as neighbours: the first values of all, then the second ones..."""
        for distance in (1, 2, 4):
            pairs = [(rank, rank + distance) for rank in range(NEIGHBOURS) if not rank & distance]
            low = [rank if not rank & distance else rank - distance + NEIGHBOURS for rank in range(NEIGHBOURS)]
            high = [rank + distance if not rank & distance else rank + NEIGHBOURS for rank in range(NEIGHBOURS)]
            turned = list(registers)
            for x, y in pairs:
                turned[x], turned[y] = (self._shuffled(registers[x], registers[y], places, dtype) for places in (low, high))
            registers = turned
        return registers

    def _shuffled(self, x: str, y: str, places: list[int], dtype: Dtype) -> str:
        """The values at `places` of `x`, followed by `y`."""
        kind, mask = self.type(dtype), ", ".join(f"i32 {place}" for place in places)
        return self.set(f"shufflevector {kind} {x}, {kind} {y}, <{len(places)} x i32> <{mask}>")

    def cast(self, value: str, source: Dtype, target: Dtype) -> str:
        if source == target:
            return value
        if target.kind == "m" and source.kind == "m":
            return self._duration(value, source, target)
        if target.kind == "b":
            return self.compare("not_equal", value, self.literal(0, source), source)
        how = _conversion(source, target)
        return self.set(f"{how} {self.type(source)} {value} to {self.type(target)}") if how else value

    def _duration(self, value: str, source: Dtype, target: Dtype) -> str:
        """Days as whole months or years of 365.2425 days, as NumPy counts them."""
        in_400_years = {"m8[D]": 146097, "m8[M]": 4800, "m8[Y]": 400}
        if not {source.str[1:], target.str[1:]} <= in_400_years.keys():
            raise Uncompilable(f"{source} as {target}")
        kind = self.type(F64)
        number = self.cast(value, I64, F64)
        number = self.set(f"fmul {kind} {number}, {self.literal(in_400_years[target.str[1:]], F64)}")
        number = self.set(f"fdiv {kind} {number}, {self.literal(in_400_years[source.str[1:]], F64)}")
        return self.cast(self.intrinsic("floor", number, F64), F64, I64)

    def compare(self, op: str, x: str, y: str, dtype: Dtype) -> str:
        ordered, plain = COMPARISONS[op]
        if dtype.kind == "f":
            return self.set(f"fcmp {ordered} {self.type(dtype)} {x}, {y}")
        sign = "" if plain in ("eq", "ne") else "u" if dtype.kind in "bu" else "s"
        return self.set(f"icmp {sign}{plain} {self.type(dtype)} {x}, {y}")

    def choose(self, condition: str, yes: str, no: str, dtype: Dtype) -> str:
        kind = self.type(dtype)
        return self.set(f"select {self.type(BOOL)} {condition}, {kind} {yes}, {kind} {no}")

    def extreme(self, op: str, x: str, y: str, dtype: Dtype) -> str:
        """`maximum` or `minimum`; what is not a number stays so."""
        first = self.compare("greater_equal" if op == "maximum" else "less_equal", x, y, dtype)
        if dtype.kind == "f":
            first = self.binary("logical_or", first, self.is_nan(x, dtype), BOOL)
        return self.choose(first, x, y, dtype)

    def is_nan(self, x: str, dtype: Dtype) -> str:
        return self.set(f"fcmp uno {self.type(dtype)} {x}, {x}")

    def intrinsic(self, name: str, x: str, dtype: Dtype) -> str:
        many = "" if self.width == 1 else f"v{self.width}"
        return self.set(f"call {self.type(dtype)} @llvm.{name}.{many}{_short(dtype)}({self.type(dtype)} {x})")

    def binary(self, op: str, x: str, y: str, dtype: Dtype) -> str:
        """`x op y`, both in `dtype`."""
        plain = _instruction(op, dtype)
        if plain:
            return self.set(f"{plain} {self.type(dtype)} {x}, {y}")
        if op in ("maximum", "minimum"):
            return self.extreme(op, x, y, dtype)
        if op == "floor_divide" and dtype.kind == "f":
            return self._floor_divide(x, y, dtype)
        if op == "remainder" and dtype.kind == "i":
            return self._remainder(x, y, dtype)
        raise Uncompilable(f"{op} of {dtype}")

    def _goes_below(self, rest: str, divisor: str, dtype: Dtype) -> str:
        """Whether what is left has not the sign of the divisor: the quotient was cut upwards."""
        zero = self.literal(0, dtype)
        signs = [self.compare("less", each, zero, dtype) for each in (rest, divisor)]
        opposed = self.binary("logical_xor", signs[0], signs[1], BOOL)
        return self.binary("logical_and", self.compare("not_equal", rest, zero, dtype), opposed, BOOL)

    def _remainder(self, x: str, y: str, dtype: Dtype) -> str:
        """Of the sign of `y`; of zero, nothing is left."""
        zero, one = self.literal(0, dtype), self.literal(1, dtype)
        divisor = self.choose(self.compare("equal", y, zero, dtype), one, y, dtype)
        rest = self.set(f"srem {self.type(dtype)} {x}, {divisor}")
        return self.choose(self._goes_below(rest, divisor, dtype), self.binary("add", rest, divisor, dtype), rest, dtype)

    def _floor_divide(self, x: str, y: str, dtype: Dtype) -> str:
        """As NumPy does: from the remainder, which is exact, where `floor(x / y)` could be one too high."""
        kind, zero, one = self.type(dtype), self.literal(0, dtype), self.literal(1, dtype)
        rest = self.set(f"frem {kind} {x}, {y}")
        quotient = self.binary("divide", self.binary("subtract", x, rest, dtype), y, dtype)
        quotient = self.choose(
            self._goes_below(rest, y, dtype), self.binary("subtract", quotient, one, dtype), quotient, dtype
        )
        floor = self.intrinsic("floor", quotient, dtype)
        above = self.compare("greater", self.binary("subtract", quotient, floor, dtype), self.literal(0.5, dtype), dtype)
        exact = self.choose(above, self.binary("add", floor, one, dtype), floor, dtype)
        return self.choose(self.compare("equal", y, zero, dtype), self.binary("divide", x, y, dtype), exact, dtype)

    def unary(self, op: str, x: str, dtype: Dtype) -> str:
        if op == "positive":
            return x
        if op in INTRINSICS and dtype.kind == "f":
            return self.intrinsic(INTRINSICS[op], x, dtype)
        if op == "negative" and dtype.kind == "f":
            return self.set(f"fneg {self.type(dtype)} {x}")
        if op == "negative":
            return self.binary("subtract", self.literal(0, dtype), x, dtype)
        if op == "logical_not" or (op == "invert" and dtype.kind == "b"):
            return self.binary("logical_xor", x, self.literal(True, BOOL), BOOL)
        raise Uncompilable(f"{op} of {dtype}")

    def taken(self, table: Any, index: str, dtype: Dtype) -> str:
        """`table[index]`, `index` of 64 bits; a negative one counts from the end."""
        from_end = self.binary("add", index, self.literal(len(table), I64), I64)
        index = self.choose(self.compare("less", index, self.literal(0, I64), I64), from_end, index, I64)
        return self.pick(self.table(table, dtype), self.at_most(index, self.literal(len(table) - 1, I64)), dtype)

    def at_most(self, index: str, last: str) -> str:
        """`index`, or `last` when it is out of reach on either side."""
        inside = self.set(f"icmp ule {self.type(I64)} {index}, {last}")
        return self.choose(inside, index, last, I64)

    def scale(self, params: tuple[Any, ...], base: str, factor: str) -> str:
        """See `patches.scale_values`: OpenFisca's scales, on doubles."""
        kind, thresholds, steps, option = params
        if kind == "marginal_rate" and option is None:
            return self._marginal_rate(base, factor, thresholds, steps)
        if kind == "single_amount":
            result = self.literal(0, F64)
            for threshold, step in zip(thresholds, steps, strict=True):
                reached = self.compare("greater" if option else "greater_equal", base, self.literal(threshold, F64), F64)
                result = self.choose(reached, self.literal(step, F64), result, F64)
            return result
        raise Uncompilable(f"scale {kind} {option}")

    def _marginal_rate(self, base: str, factor: str, thresholds: Any, rates: Any) -> str:
        factor = self.binary("add", factor, self.literal(EPSILON, F64), F64)  # OpenFisca's, against 0 x infinity
        limits = [self.binary("multiply", factor, self.literal(each, F64), F64) for each in (*thresholds, np.inf)]
        total = self.literal(0, F64)
        for low, high, rate in zip(limits, limits[1:], rates, strict=False):
            within = self.binary("subtract", self.extreme("minimum", base, high, F64), low, F64)
            part = self.extreme("maximum", within, self.literal(0, F64), F64)
            total = self.binary("add", total, self.binary("multiply", self.literal(rate, F64), part, F64), F64)
        return total


def _short(dtype: Dtype) -> str:
    """The type of one value, in the name of a function."""
    return f"f{8 * dtype.itemsize}" if dtype.kind == "f" else f"i{8 * dtype.itemsize}"

"""Memory as the compiled loops read it: by address, whatever its alignment. Nothing checks the addresses."""

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from guichet.audience import cache

cache.choose()


@intrinsic
def load8(context, address):
    """Eight bytes, wherever they are."""

    def code(_, builder, __, arguments):
        value = builder.load(builder.inttoptr(arguments[0], ir.IntType(64).as_pointer()))
        value.align = 1
        return value

    return types.uint64(types.uint64), code


@intrinsic
def load1(context, address):
    def code(_, builder, __, arguments):
        return builder.load(builder.inttoptr(arguments[0], ir.IntType(8).as_pointer()))

    return types.uint8(types.uint64), code


@intrinsic
def store8(context, address, value):
    def code(context, builder, _, arguments):
        stored = builder.store(arguments[1], builder.inttoptr(arguments[0], ir.IntType(64).as_pointer()))
        stored.align = 1
        return context.get_dummy_value()

    return types.void(types.uint64, types.uint64), code


@intrinsic
def low_zeros(context, value):
    def code(_, builder, __, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.uint64(types.uint64), code

"""Which program answers for households: one universal program a month, made smaller for each kind of question.

The universal program of a month takes all that a `Foyer` may say and gives all that the sheets read. It is recorded
once (`build`), kept on disk, and loaded when it is needed. Of a question, only what is given and what is read are
looked at, never the values: households of whom the same is known share a smaller program, made the second time that
they come. One person does not wait for it: what is loaded, made and compiled is so behind the requests. Many households
do: the interpreter would take longer than making it.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Set
from operator import itemgetter
from typing import Any

from openfisca_core.errors import ParameterNotFoundError

from guichet.domain.vocabulaire import Mois
from guichet.law import columns
from guichet.law.decomptes import fiches
from guichet.law.explain import Array, Read, SimulationReading
from guichet.law.lean import LeanSimulation
from guichet.law.programs.fold import specialised
from guichet.law.programs.program import Program
from guichet.law.programs.replay import Replay, behind
from guichet.law.programs.store import Store
from guichet.law.programs.trace import Untraceable, random_inputs, random_shape, trace
from guichet.law.reference import system_for, whole_system

logger = logging.getLogger(__name__)
UNIVERSAL_IN_MEMORY = 12
"""Months; a universal program weighs some 8 MB."""
SMALLER_IN_MEMORY = 128
MANY = 40
"""Households that wait for their program: 0.2 s, of which the interpreter would take 0.3 (the curve of a result is 200)."""

Given = Set[tuple[str, str]]
Kind = tuple[Mois, bool]
"""A month, and whether a RSA received is given: without one, its socle is given too, and is nothing."""
Key = tuple[Kind, frozenset[Read], frozenset[str] | None]
"""A kind of question, what is read, and what is given; None for all that a household may say."""


class Library:
    """The programs of one process. `store` is where they are kept, if they are."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store
        self._universal: OrderedDict[Kind, Program] = OrderedDict()
        self._smaller: OrderedDict[Key, Replay] = OrderedDict()
        self._asked: OrderedDict[Key, int] = OrderedDict()
        self._making: dict[Key, threading.Thread] = {}
        self._lock = threading.Lock()

    def program_for(self, mois: Mois, given: Given, read: frozenset[Read], households: int) -> Replay | None:
        """The program that answers `read` for `households` of whom `given` is known; None when none is at hand."""
        kind = (mois, ("rsa_socle_seul", str(mois - 1)) not in given)
        known = (kind, read, frozenset(map(itemgetter(0), given)))
        with self._lock:
            smaller = self._smaller.get(known)
            asked = self._asked[known] = self._asked.pop(known, 0) + households
            _bound(self._asked, SMALLER_IN_MEMORY)
        if smaller is not None:
            return smaller
        larger, many = self._larger(kind, read, given), households >= MANY
        if asked > 1 and not (many and larger):
            self._make(known, kind, frozenset(given), read, now=many)
        elif larger is None:
            self._make((kind, read, None), kind, None, read)
        return self._smaller.get(known) or larger

    def _larger(self, kind: Kind, read: frozenset[Read], given: Given) -> Replay | None:
        """A program made for households of whom as much is known, or more."""
        with self._lock:
            alike = [program for key, program in self._smaller.items() if key[:2] == (kind, read)]
        return next((program for program in alike if given <= program.program.inputs.keys()), None)

    def universal(self, kind: Kind) -> Program | None:
        """The universal program of a kind of question, from memory or from disk."""
        with self._lock:
            if kind in self._universal:
                self._universal.move_to_end(kind)
                return self._universal[kind]
        loaded = self.store.load(_name(kind)) if self.store else None
        if loaded is not None:
            self._keep(kind, loaded)
        return loaded

    def build(self, mois: Mois) -> None:
        """Record the universal programs of `mois` that are not at hand. Raises Untraceable."""
        for kind in ((mois, False), (mois, True)):
            if self.universal(kind) is None:
                program = record(kind)
                self._keep(kind, program)
                if self.store:
                    self.store.save(_name(kind), program)

    def ready(self) -> None:
        """Wait for what is being made."""
        for thread in list(self._making.values()):
            thread.join()
        for replay in list(self._smaller.values()):
            replay.ready()

    def _keep(self, kind: Kind, program: Program) -> None:
        with self._lock:
            self._universal[kind] = program
            _bound(self._universal, UNIVERSAL_IN_MEMORY)

    def _make(self, key: Key, kind: Kind, given: Given | None, read: frozenset[Read], now: bool = False) -> None:
        """Make a smaller program `now`, or behind the requests: others answer until then."""
        with self._lock:
            known = kind in self._universal or (self.store is not None and self.store.has(_name(kind)))
            if not known or key in self._making:
                return
            if not now:
                self._making[key] = behind(lambda: self._made(key, kind, given, read))
        if now:
            self._made(key, kind, given, read)

    def _made(self, key: Key, kind: Kind, given: Given | None, read: frozenset[Read]) -> None:
        try:
            universal = self.universal(kind)
            if universal is not None and (given is None or given <= universal.inputs.keys()):
                program = Replay(specialised(universal, universal.inputs if given is None else given, read))
                with self._lock:
                    self._smaller[key] = program
                    _bound(self._smaller, SMALLER_IN_MEMORY)
        except Exception:
            logger.exception("program %s cannot be made smaller", _name(kind))
        finally:
            with self._lock:
                self._making.pop(key, None)


def _bound(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)


def _name(kind: Kind) -> str:
    mois, with_rsa = kind
    return f"foyer-{mois}-{'rsa' if with_rsa else 'sans-rsa'}"


def record(kind: Kind, sizes: tuple[int, ...] = (40, 60)) -> Program:
    """The universal program of a kind of question: recorded on households of several sizes, the same each time."""
    mois, with_rsa = kind
    keys = columns.possible_keys(mois, whole_system(), with_rsa)
    system = system_for({name for name, _ in keys}, (), young=False)
    programs = []
    for seed, size in enumerate(sizes):
        shape = random_shape(size, seed)
        programs.append(trace(system, random_inputs(system, keys, columns.LASTING, shape, seed), shape, _reader(mois)))
    if any(program.nodes != programs[0].nodes for program in programs):
        raise Untraceable(f"{_name(kind)}: other households give another program")
    return programs[0]


def _reader(mois: Mois) -> Callable[[LeanSimulation], dict[Read, Array]]:
    names = whole_system().variables
    wanted: Collection[Read] = sorted({each for fiche in fiches().values() for each in fiche.read if each[0] in names})

    def read(simulation: LeanSimulation) -> dict[Read, Array]:
        reading = SimulationReading(simulation, mois)
        found = {}
        for each in wanted:
            try:
                found[each] = reading.value(*each)
            except ParameterNotFoundError:
                continue  # of a benefit that does not exist yet: its sheet says so before it reads this
        return found

    return read

"""Programs for questions in OpenFisca's words: one for each signature that comes often.

A signature is what is asked, at which month, what is given, whatever the values, and which periods share one array (a
fact that lasts): what is calculated from it is then calculated once. A recording costs as much as some hundred answers
of the interpreter: the first questions of a signature go to it. What is recorded is kept on disk for the next time.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from guichet.domain.vocabulaire import Mois
from guichet.law.columns import Columns, Shape
from guichet.law.lean import LeanSimulation
from guichet.law.programs import control
from guichet.law.programs.graph import Array
from guichet.law.programs.program import Households
from guichet.law.programs.replay import Replay
from guichet.law.programs.store import Store
from guichet.law.programs.trace import Untraceable, trace

logger = logging.getLogger(__name__)
WORTH_A_RECORDING = 300
"""Questions of a signature."""
IN_MEMORY = 64

Asked = tuple[str, str]
"""A variable and its period."""
Signature = tuple[frozenset[str], Mois, tuple[Asked, ...], frozenset[tuple[Asked, Asked]]]
"""The variables left out of the system, the month, what is asked; and for each input, the first one of the same array."""


class QuestionPrograms:
    """The programs of one process, by signature. `store` is where they are kept, if they are."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store
        self._programs: OrderedDict[Any, Replay | None] = OrderedDict()
        self._seen: OrderedDict[Any, int] = OrderedDict()
        self._lock = threading.Lock()

    def answer(
        self, simulation: LeanSimulation, shape: Shape, asked: Sequence[Asked], mois: Mois, number: int
    ) -> dict[Asked, Array] | None:
        """The values of `asked` for the `number` questions of `simulation`; None when the interpreter is to answer."""
        variables = simulation.tax_benefit_system.variables
        if any(variables[name].value_type not in (float, int, bool) for name, _ in asked):
            return None
        inputs = _inputs(simulation)
        program = self._program(simulation, shape, inputs, asked, mois, number)
        control.tell("interpreter" if program is None else "program")
        if program is None:
            return None
        read = {key for key, _ in program.program.reads}
        told = {key: simulation.calculate(*key) for key in _of_the_commune(inputs) & read}
        return program.run(inputs | told, Households(shape))

    def _program(
        self,
        simulation: LeanSimulation,
        shape: Shape,
        inputs: Columns,
        asked: Sequence[Asked],
        mois: Mois,
        number: int,
    ) -> Replay | None:
        left_out = simulation.tax_benefit_system.left_out
        signature: Signature = (left_out, mois, tuple(asked), frozenset(_shared(inputs).items()))
        with self._lock:
            if signature in self._programs:
                self._programs.move_to_end(signature)
                return self._programs[signature]
            seen = self._seen[signature] = self._seen.pop(signature, 0) + number
            while len(self._seen) > IN_MEMORY:
                self._seen.popitem(last=False)
        if seen < WORTH_A_RECORDING:
            return None
        name = _name(signature)
        kept = self.store.load(name) if self.store else None
        program = Replay(kept) if kept else _recorded(simulation, shape, inputs, asked, mois)
        if self.store and program and not kept:
            self.store.save(name, program.program)
        with self._lock:
            self._programs[signature] = program
            while len(self._programs) > IN_MEMORY:
                self._programs.popitem(last=False)
        return program

    @property
    def are_compiling(self) -> bool:
        return any(program is not None and program.is_compiling for program in list(self._programs.values()))

    def ready(self) -> None:
        """Wait for the machine code that is being made."""
        for program in list(self._programs.values()):
            if program is not None:
                program.ready()


def _name(signature: Signature) -> str:
    """The name of a program on disk: the same in every process."""
    left_out, mois, asked, shared = signature
    said = repr((sorted(left_out), str(mois), asked, sorted(shared)))
    return f"question-{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def _inputs(simulation: LeanSimulation) -> Columns:
    """What was given, after OpenFisca has dealt out what was given for several periods."""
    return {
        (name, str(period)): array
        for population in simulation.populations.values()
        for name, holder in population._holders.items()
        for period, array in holder._memory_storage._arrays.items()
    }


def _shared(inputs: Columns) -> dict[Any, Any]:
    """For each input, the first one that has the same array."""
    first: dict[int, Any] = {}
    return {key: first.setdefault(id(inputs[key]), key) for key in sorted(inputs)}


OF_THE_COMMUNE = (
    "zone_apl",
    *("residence_guadeloupe", "residence_guyane", "residence_martinique", "residence_mayotte", "residence_reunion"),
    *("residence_ile_de_france", "residence_saint_bartelemy", "residence_saint_martin"),
    "residence_saint_pierre_et_miquelon",
)
"""What OpenFisca finds by looking the code of a commune up, text by text: found beforehand, and given."""


def _of_the_commune(inputs: Columns) -> set[Asked]:
    told = {(name, period) for _, period in inputs if ("depcom", period) in inputs for name in OF_THE_COMMUNE}
    return told - inputs.keys()


def _recorded(
    simulation: LeanSimulation, shape: Shape, inputs: Columns, asked: Sequence[Asked], mois: Mois
) -> Replay | None:
    try:
        told = {key: simulation.calculate(*key) for key in _of_the_commune(inputs)}
        return Replay(
            trace(
                simulation.tax_benefit_system,
                inputs | told,
                shape,
                lambda recorded: {each: recorded.calculate(*each) for each in asked},
            )
        )
    except Untraceable as refused:
        logger.warning("%s of %s goes to the interpreter: %s", ", ".join(name for name, _ in asked), mois, refused)
    except Exception as error:  # the interpreter says what is wrong, to whom asked
        logger.warning("%s of %s is not recorded: %s", ", ".join(name for name, _ in asked), mois, type(error).__name__)
    return None

"""Many households of one month, as arrays: simulated on the cheapest system that answers, and calculated.

Both doors come here: questions in OpenFisca's words (`demandes.py`) and tables (`tables/`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from openfisca_core.errors import PeriodMismatchError, SituationParsingError
from openfisca_core.simulations import Simulation

from guichet.domain.vocabulaire import Mois
from guichet.law import SituationError, columns, pruning
from guichet.law.columns import Array, Columns, Shape
from guichet.law.lean import LeanSimulation
from guichet.law.programs.questions import QuestionPrograms
from guichet.law.reference import system_for
from guichet.law.situation import periode_de

PROGRAMMES = QuestionPrograms()
"""The programs of this process."""
_TOTAL = re.compile(r"variable (\w+) has already been set for all \w+ contained in period ([^,]+),")


def simule(construit: Callable[[], Simulation]) -> Simulation:
    """What `construit` builds. What OpenFisca refuses raises SituationError."""
    try:
        return construit()
    except SituationParsingError as erreur:
        raise SituationError(f"situation{_phrase(erreur.error)}") from None
    except (PeriodMismatchError, ValueError) as erreur:
        trouve = _TOTAL.search(str(erreur))
        raise SituationError(
            f"situation: {trouve[1]} is given for {trouve[2]} and for each of its parts, which do not add up to it."
            if trouve
            else f"situation: {_une_ligne(erreur)}"
        ) from None


def simulation(forme: Shape, arrays: Columns, variables: Sequence[str], mois: Mois, doyen: date | None) -> LeanSimulation:
    """On the cheapest system that answers; the oldest person is born on `oldest` (None: not known)."""
    young = pruning.too_young(doyen, mois)
    france = system_for(columns.given(arrays), variables, young)
    simulee: LeanSimulation = columns.filled(france, forme, arrays, LeanSimulation)
    return simulee


def calcule(simulee: Simulation, forme: Shape | None, variables: Sequence[str], mois: Mois, nombre: int) -> dict[str, Array]:
    """Each of `variables` for `count` households: by a program when there is one, else by OpenFisca.

    Without `shape` it is OpenFisca. Raises SituationError.
    """
    connues = simulee.tax_benefit_system.variables
    demandees = [(nom, periode_de(connues[nom], mois)) for nom in variables]
    par_programme = PROGRAMMES.answer(simulee, forme, demandees, mois, nombre) if forme is not None else None
    trouvees = {}
    for nom, periode in demandees:
        try:
            trouvees[nom] = par_programme[nom, periode] if par_programme else simulee.calculate(nom, periode)
        except Exception as erreur:  # any fault of a formula is the answer to this question, never the end of a batch
            raise SituationError(f"variables.{nom}: cannot be computed for {mois}: {_une_ligne(erreur)}") from erreur
    return trouvees


def _phrase(erreur: Any) -> str:
    """OpenFisca's error tree, {"menages": {"m": {"loyer": "..."}}}, as ".menages.m.loyer: ..."."""
    chemin = ""
    while isinstance(erreur, dict) and erreur:
        cle, erreur = next(iter(erreur.items()))
        chemin += f".{cle}"
    return f"{chemin}: {_une_ligne(erreur)}"


def _une_ligne(erreur: Any) -> str:
    return " ".join(str(erreur).split())[:200] or type(erreur).__name__

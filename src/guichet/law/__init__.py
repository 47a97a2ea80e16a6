"""What the law grants. The only room that knows OpenFisca, and its only door.

Two handles: `droits(foyers, mois)` for us, `calculate(situation, variables, period)` for those who speak OpenFisca.
`chiffres` and `textes_cites` tell the figures and the texts of a benefit without a household.
`montants` is `droits` without the lines, for batches; `prepare` fills the caches before the first request. OpenFisca
(1 s, 100 MB) is imported when one of them is first called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from guichet.domain.droits import Droit, Ligne, Prestation, Texte
from guichet.domain.foyer import Foyer
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH, Euros, Mois

AVIS_MOIS_NON_VERIFIE = Phrase(
    "Les textes applicables après {mois} n'ont pas encore été vérifiés : "
    "ce montant suppose que les règles de ce mois-là restent les mêmes.",
    mois=LAST_CHECKED_MONTH,
)


class SituationError(ValueError):
    """A situation or a question that cannot be answered; the message is one sentence that names the field."""


def droits(foyers: Sequence[Foyer], mois: Mois, prestations: Iterable[Prestation] | None = None) -> list[list[Droit]]:
    """The rights of each household at `mois`, with their lines or the reason of their refusal.

    `prestations` are those wanted (all by default). Raises ValueError, with a sentence that can be shown, for a month
    before June 2012. A month later than `LAST_CHECKED_MONTH` is answered with a doubt on each right.
    """
    from guichet.law import foyers as inside

    return inside.droits(foyers, _checked(mois), prestations)


def montants(
    foyers: Sequence[Foyer], mois: Mois, prestations: Iterable[Prestation] | None = None
) -> dict[Prestation, list[Euros | None]]:
    """What is paid of each benefit at `mois`, net of CRDS, one amount a household, without its lines.

    None where the law of that month is not known well enough.
    """
    from guichet.law import foyers as inside

    return inside.montants(foyers, _checked(mois), prestations)


def quotients(foyers: Sequence[Foyer], mois: Mois, paid: Sequence[Euros]) -> list[Euros]:
    """The quotient familial of each household when `paid` is what it is paid for `mois` in all, of the benefits
    that count: `droits` and `montants` suppose that all that the law grants is asked for."""
    from guichet.law import foyers as inside

    return inside.quotients(foyers, _checked(mois), paid)


def chiffres(prestation: Prestation, mois: Mois) -> tuple[Ligne, ...]:
    """What the law of `mois` fixes for a benefit, before any household: base amounts, rates, ceilings, ages.

    Each line only informs (its sign is 0) and cites its text where the law's parameter carries one. Amounts are before
    CRDS. Empty where that month has none. Raises ValueError for a month before June 2012.
    """
    from guichet.law import baremes

    return baremes.chiffres(prestation, _checked(mois))


def textes_cites(prestation: Prestation, mois: Mois) -> tuple[Texte, ...]:
    """The texts that found a benefit at `mois`, as its lines and conditions cite them, each once."""
    from guichet.law import baremes

    return baremes.textes_cites(prestation, _checked(mois))


def calculate(
    situation: dict[str, Any], variables: Sequence[str], period: str, loi: str = "guichet"
) -> dict[str, float | str]:
    """The value of each OpenFisca variable at the month `period` (its year for a yearly variable).

    `situation` is that of OpenFisca's Web API, and is not changed; a value without period is that of `period`. Values
    are summed over the entities, to the cent. `loi` is "guichet" (OpenFisca-France with our extension) or "stock".
    Raises SituationError.
    """
    answer = calculate_many([{"situation": situation, "variables": variables, "period": period}], loi)[0]
    if isinstance(answer, SituationError):
        raise answer
    return answer


def calculate_many(questions: Sequence[dict[str, Any]], loi: str = "guichet") -> list[dict[str, Any] | SituationError]:
    """`calculate` for many questions {"situation", "variables", "period"}: faster, and an error is an answer."""
    from guichet.law import questions as inside

    return inside.calculate_many(questions, loi)


def prepare(mois: Iterable[Mois] = (LAST_CHECKED_MONTH,), loi: str = "guichet") -> None:
    """Build the law and compute two households at each of `mois`, so that nobody waits for it (2 s, then 0.1 s each)."""
    from guichet.law import foyers as inside

    inside.prepare(list(mois), loi)


def keep_programs_in(folder: Path) -> None:
    """Keep programs (the law of a month, recorded: see docs/programs.md) in `folder`, and use those that are there."""
    from guichet.law import calculation, foyers
    from guichet.law.programs.store import Store

    calculation.PROGRAMS.store = foyers.PROGRAMS.store = Store(folder)


def build_programs(mois: Mois) -> None:
    """Record the programs of `mois` that are not kept yet (some seconds). Without them the interpreter answers."""
    from guichet.law import foyers as inside

    inside.PROGRAMS.build(mois)


def watch(watcher: Callable[[str], None]) -> None:
    """Have `watcher` told how each answer was found: see `guichet.law.programs.control`."""
    from guichet.law.programs import control

    control.watch(watcher)


def _checked(mois: Mois) -> Mois:
    if mois < FIRST_MONTH:
        raise ValueError(f"Le droit est connu à partir de {FIRST_MONTH.in_words}, pas en {mois.in_words}.")
    return mois

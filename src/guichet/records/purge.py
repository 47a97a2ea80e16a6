"""What may no longer be kept is erased: one rule a kind, as data.

Facts, the ledger and letters are in no rule: no text that was read says when a caisse may erase them without the visa of
the archives (Code du patrimoine, art. L212-2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from guichet import clock
from guichet.records.acces import Code
from guichet.records.brouillons import Brouillon
from guichet.records.courriels import Courriel
from guichet.records.jetons import Jeton
from guichet.records.sessions import KEPT_AFTER, Session


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of `model` go when `column` is older than `age`."""

    name: str
    model: type[Any]
    column: str
    age: timedelta


RULES = (
    Rule("drafts of simulations, thirty days after their last answer", Brouillon, "expire", timedelta(0)),
    Rule("sessions that ended a day ago", Session, "expire_date", KEPT_AFTER),
    Rule("codes and links that open nothing any more", Code, "expire", timedelta(0)),
    Rule("e-mails that could not leave in a week", Courriel, "demande_le", timedelta(days=7)),
    Rule("tokens of towns that ended a year ago", Jeton, "expire_le", timedelta(days=365)),
)


def purge() -> Iterator[tuple[str, int]]:
    """Erase; the rule, and how many rows."""
    for rule in RULES:
        limit = clock.now() - rule.age
        yield rule.name, rule.model.objects.filter(**{f"{rule.column}__lt": limit}).delete()[0]

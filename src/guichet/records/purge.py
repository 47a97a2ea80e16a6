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
from guichet.records.sessions import GARDEE, Session


@dataclass(frozen=True, slots=True)
class Regle:
    """Rows of `modele` go when `champ` is older than `duree`."""

    nom: str
    modele: type[Any]
    champ: str
    duree: timedelta


REGLES = (
    Regle("drafts of simulations, thirty days after their last answer", Brouillon, "expire", timedelta(0)),
    Regle("sessions that ended a day ago", Session, "expire_date", GARDEE),
    Regle("codes and links that open nothing any more", Code, "expire", timedelta(0)),
    Regle("e-mails that could not leave in a week", Courriel, "demande_le", timedelta(days=7)),
    Regle("tokens of towns that ended a year ago", Jeton, "expire_le", timedelta(days=365)),
)


def purge() -> Iterator[tuple[str, int]]:
    """Erase; the rule, and how many rows."""
    for regle in REGLES:
        limite = clock.now() - regle.duree
        yield regle.nom, regle.modele.objects.filter(**{f"{regle.champ}__lt": limite}).delete()[0]

"""The keys change: what is kept closed is opened, and closed again under the first one, a little at a time.

The site goes on: it opens with all the keys, and finds by all of them. Once this is done the old key can be taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, models, transaction

from guichet.domain.faits import SENSITIVE
from guichet.records import vault
from guichet.records.acces import Compte
from guichet.records.courriels import Courriel
from guichet.records.dossiers import Personne
from guichet.records.faits import Fait

ROWS = 500


def change(advance: Callable[[int], None] = lambda number: None) -> int:
    """Close everything again under the first key; how many rows. Stopped, it can be done again. Raises LostKeyError
    when no key opens something."""
    total = 0
    for rows, close_again, columns in _closed():
        for batch in _batches(rows):
            with transaction.atomic():
                # Facts never change, but for the keys of what they hold (see migration 0003).
                connection.cursor().execute("SET LOCAL guichet.cles = 'on'")
                changed = list(rows.model.objects.select_for_update().filter(pk__in=batch))
                for row in changed:
                    close_again(row)
                rows.model.objects.bulk_update(changed, columns)
            total += len(batch)
            advance(len(batch))
    return total


def closed_rows() -> int:
    """How many rows hold something closed."""
    return sum(rows.count() for rows, _, _ in _closed())


def _closed() -> tuple[tuple[models.QuerySet[Any], Callable[[Any], None], list[str]], ...]:
    """All that is kept closed: the rows, how one is closed again, the columns that this writes."""
    return (
        (Personne.objects.exclude(nir_chiffre=""), _personne, ["nir_chiffre", "nir_empreinte"]),
        (Compte.objects.exclude(totp_chiffre=""), _compte, ["totp_chiffre"]),
        (Courriel.objects.all(), _courriel, ["cible_chiffree"]),
        (Fait.objects.filter(genre__in=SENSITIVE), _fait, ["valeur"]),
    )


def _batches(rows: models.QuerySet[Any]) -> Iterable[list[int]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:ROWS]):
        yield batch
        last = batch[-1]


def _personne(personne: Personne) -> None:
    personne.nir = personne.nir


def _compte(compte: Compte) -> None:
    compte.totp_chiffre = vault.encrypt_again(compte.totp_chiffre)


def _courriel(courriel: Courriel) -> None:
    courriel.cible_chiffree = vault.encrypt_again(courriel.cible_chiffree)


def _fait(fait: Fait) -> None:
    fait.valeur |= {name: vault.encrypt_again(fait.valeur[name]) for name in SENSITIVE[fait.genre]}

"""Drafts: the answers of a simulation, kept thirty days under a link that nobody can guess.

The database holds a digest of the link, so that a copy of it opens no draft.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction

from guichet import clock

LIFETIME = timedelta(days=30)
LINK_BYTES = 24
"""192 bits, 32 characters."""


class UnknownBrouillonError(LookupError):
    """No such draft, or it has expired."""


class Brouillon(models.Model):
    """`reponses` are the texts of a journey's answers, by question, as they were typed."""

    empreinte = models.CharField(max_length=64, primary_key=True)
    genre = models.CharField(max_length=20)
    reponses = models.JSONField(default=dict)
    expire = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "brouillon"

    def __str__(self) -> str:
        return f"{self.genre}, jusqu'au {self.expire:%Y-%m-%d}"


def begin(genre: str, reponses: Mapping[str, str]) -> str:
    """Keep the first answers of a draft; the link is returned, and can't be found again. Expired drafts go."""
    purge()
    link = secrets.token_urlsafe(LINK_BYTES)
    Brouillon.objects.create(
        empreinte=_fingerprint(link), genre=genre, reponses=dict(reponses), expire=clock.now() + LIFETIME
    )
    return link


def reponses(genre: str, link: str) -> dict[str, str]:
    """The answers of a draft. Raises UnknownBrouillonError.

    In SQL: every page of a simulation begins with it, and Django takes longer to write this query than PostgreSQL to
    answer it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reponses FROM brouillon WHERE empreinte = %s AND genre = %s AND expire > %s",
            [_fingerprint(link), genre, clock.now()],
        )
        row = cursor.fetchone()
    if row is None:
        raise UnknownBrouillonError(genre)
    kept: dict[str, str] = json.loads(row[0])
    return kept


def complete(genre: str, link: str, new: Mapping[str, str], forgotten: Collection[str] = ()) -> dict[str, str]:
    """Add answers to a draft, whatever another tab does meanwhile, without those to ask again; all of them are returned,
    kept thirty days more."""
    with transaction.atomic():
        brouillon = _find(Brouillon.objects.select_for_update(), genre, link)
        brouillon.reponses = {name: text for name, text in brouillon.reponses.items() if name not in forgotten} | dict(new)
        brouillon.expire = clock.now() + LIFETIME
        brouillon.save(update_fields=["reponses", "expire"])
    return brouillon.reponses


def purge() -> int:
    """Forget the drafts that have expired; how many is returned."""
    return Brouillon.objects.filter(expire__lte=clock.now()).delete()[0]


def _find(brouillons: Any, genre: str, link: str) -> Brouillon:
    try:
        found: Brouillon = brouillons.get(empreinte=_fingerprint(link), genre=genre, expire__gt=clock.now())
    except Brouillon.DoesNotExist:
        raise UnknownBrouillonError(genre) from None
    return found


def _fingerprint(link: str) -> str:
    return hashlib.sha256(link.encode("utf-8", "replace")).hexdigest()

"""The sessions of those who are logged in, in the database: revoked in one process, gone from all.

Each says on what device it is, in rough words, and in which hour it was last used; never from which address. It ends half
an hour after the last page. One that has ended is kept a day: it tells for whom something was being typed.
"""

from __future__ import annotations

import functools
import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection, models
from django.utils.crypto import constant_time_compare

from guichet import clock
from guichet.domain.faits import Genre
from guichet.records import sql
from guichet.records.acces import Compte
from guichet.records.dossiers import Caisse, Dossier, Personne

DURATION = timedelta(minutes=30)
"""Without any page."""
PUT_OFF_EVERY = timedelta(minutes=5)
"""Its end is put off at most so often: a page is read without writing."""
KEPT_AFTER = timedelta(days=1)
"""Once it has ended."""


class Session(AbstractBaseSession):
    """`compte` is nobody's before the login."""

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
    appareil = models.CharField(max_length=60, blank=True)
    utilisee_le = models.DateTimeField()

    class Meta:
        db_table = "session"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore

    @property
    def number(self) -> str:
        """What a page names it by: the key itself is a secret."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:20]

    @property
    def hour(self) -> datetime:
        """The hour in which it was last used, in Paris."""
        return self.utilisee_le.astimezone(clock.PARIS)


def is_key(text: str) -> bool:
    """Whether `text`, from a cookie, may be the key of a session: others are not asked of the database, which refuses
    some of them."""
    return text.isascii() and text.isalnum() and 8 <= len(text) <= 40


class SessionStore(DatabaseStore):
    """Django's, on our clock. `end` is when it ends, once it has been read."""

    end: datetime | None = None
    _compte: Compte | None = None

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and is_key(key)

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    @property
    def compte(self) -> Compte | None:
        """Whose it is. It ends when their password is no longer that of its beginning."""
        digest = self.get(HASH_SESSION_KEY, "")
        if self._compte is None or constant_time_compare(digest, self._compte.get_session_auth_hash()):
            return self._compte
        self.flush()
        return None

    def load(self) -> dict[str, Any]:
        """Each page asks for it: in one question, with its account, and in SQL, which Django takes long to write."""
        now = clock.now()
        with connection.cursor() as cursor:
            presence = [Genre.PRESENCE, now.date(), now]
            cursor.execute(_open_session(), [*presence, self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        data, self.end, titulaire, is_in_foyer, *found = row
        if titulaire is not None:
            self._compte, dossier, *of_the_file = sql.split(found, Compte, Dossier, Personne, Caisse)
            self._compte.personne, dossier.caisse = of_the_file
            self._compte.dossier, self._compte.is_in_foyer = dossier, is_in_foyer
        return self.decode(data)

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The data of a session, without Django's signature, which takes each page a tenth of a millisecond: who can write
        in this database is somebody by other ways already."""
        return json.dumps(session_dict)

    def decode(self, session_data: str) -> dict[str, Any]:
        try:
            decoded: dict[str, Any] = json.loads(session_data)
        except ValueError:  # of a version before: it has ended
            return {}
        return decoded

    def flush(self) -> None:
        super().flush()
        self._compte = None

    def save(self, must_create: bool = False) -> None:
        if must_create:  # at each login
            sql.add(self.create_model_instance(self._get_session(no_load=True)))
        else:
            super().save()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        self.end = clock.now() + DURATION
        return Session(
            session_key=self._get_or_create_session_key(),
            session_data=self.encode(data),
            expire_date=self.end,
            compte_id=data.get(SESSION_KEY),
            appareil=data.get("appareil", ""),
            utilisee_le=_this_hour(),
        )

    def exists(self, session_key: str) -> bool:
        """Two keys of 160 bits are never the same: the insertion would say it."""
        return False

    def cycle_key(self) -> None:
        """Give the session a key that nobody knew before; it is written once, when it is saved."""
        data, before = self._session, self.session_key
        self._session_key, self._session_cache, self.modified = None, data, True
        if before:
            Session.objects.filter(session_key=before).delete()

    def prolong(self) -> None:
        """A page was asked for: the session goes on."""
        now = clock.now()
        if self.end is None or self.end < now + DURATION - PUT_OFF_EVERY:
            self.end = now + DURATION
            Session.objects.filter(session_key=self.session_key).update(expire_date=self.end, utilisee_le=_this_hour())

    @classmethod
    def clear_expired(cls) -> None:
        """Delete the sessions that have ended: at each login, hence in SQL."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM session WHERE expire_date < %s", [clock.now() - KEPT_AFTER])


@functools.cache
def _open_session() -> str:
    """A session that has not ended, with its account if it is somebody's and is not closed, its file, and whether its holder
    lives there today."""
    columns = sql.columns(c=Compte, d=Dossier, p=Personne, k=Caisse)
    return (
        "SELECT s.session_data, s.expire_date, c.titulaire, c.titulaire OR EXISTS (SELECT FROM fait f "
        "WHERE f.personne_id = c.personne_id AND f.genre = %s AND f.valide @> %s::date AND f.connu @> %s::timestamptz), "
        f"{columns} FROM session s LEFT JOIN compte c ON c.id = s.compte_id AND c.ferme_le IS NULL "
        "LEFT JOIN dossier d ON d.id = c.dossier_id LEFT JOIN personne p ON p.id = c.personne_id "
        "LEFT JOIN caisse k ON k.code = d.caisse_id WHERE s.session_key = %s AND s.expire_date > %s"
    )


def of_account(compte: int) -> list[Session]:
    """The open sessions of an account, the last one used first."""
    opened = Session.objects.filter(compte=compte, expire_date__gt=clock.now())
    return list(opened.defer("session_data").order_by("-expire_date"))


def revoke(compte: int, number: str) -> None:
    """Revoke one of them, wherever it is used."""
    Session.objects.filter(session_key__in=[s.session_key for s in of_account(compte) if s.number == number]).delete()


def revoke_the_others(compte: int, key: str | None) -> None:
    """Revoke all of them but `key`."""
    Session.objects.filter(compte=compte).exclude(session_key=key).delete()


def whose_was(key: str) -> int | None:
    """The account of a session that is open, or ended less than a day ago."""
    return Session.objects.filter(session_key=key).values_list("compte", flat=True).first() if is_key(key) else None


def _this_hour() -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0)

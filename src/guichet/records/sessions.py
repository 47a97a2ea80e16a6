"""The sessions of those who are logged in, in the database: revoked in one process, gone from all.

Each says on what device it is, in rough words, and in which hour it was last used; never from which address. It ends half
an hour after the last page. One that has ended is kept a day: it tells for whom something was being typed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from guichet import horloge
from guichet.records import en_direct

DUREE = timedelta(minutes=30)
"""Without any page."""
ENTRE_DEUX = timedelta(minutes=5)
"""Its end is put off at most so often: a page is read without writing."""
GARDEE = timedelta(days=1)
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
    def numero(self) -> str:
        """What a page names it by: the key itself is a secret."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:20]

    @property
    def heure(self) -> datetime:
        """The hour in which it was last used, in Paris."""
        return self.utilisee_le.astimezone(horloge.PARIS)


class SessionStore(DatabaseStore):
    """Django's, on our clock. `fin` is when it ends, once it has been read."""

    fin: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        """Each page asks for it."""
        ouverte = en_direct.lit(
            Session, "WHERE session_key = %s AND expire_date > %s", [self.session_key, horloge.maintenant()]
        )
        if not ouverte:
            self._session_key = None
            return None
        (trouvee,) = ouverte
        self.fin = trouvee.expire_date
        return trouvee

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        self.fin = horloge.maintenant() + DUREE
        return Session(
            session_key=self._get_or_create_session_key(),
            session_data=self.encode(data),
            expire_date=self.fin,
            compte_id=data.get(SESSION_KEY),
            appareil=data.get("appareil", ""),
            utilisee_le=_heure(),
        )

    def exists(self, session_key: str) -> bool:
        """Two keys of 160 bits are never the same: the insertion would say it."""
        return False

    def cycle_key(self) -> None:
        """The same session under a key that nobody knew before; it is written once, when it is saved."""
        data, before = self._session, self.session_key
        self._session_key, self._session_cache, self.modified = None, data, True
        if before:
            Session.objects.filter(session_key=before).delete()

    def prolonge(self) -> None:
        """A page was asked for: the session goes on."""
        maintenant = horloge.maintenant()
        if self.fin is None or self.fin < maintenant + DUREE - ENTRE_DEUX:
            self.fin = maintenant + DUREE
            Session.objects.filter(session_key=self.session_key).update(expire_date=self.fin, utilisee_le=_heure())

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expire_date__lt=horloge.maintenant() - GARDEE).delete()


def du_compte(compte: int) -> list[Session]:
    """Those that are open, the last one used first."""
    ouvertes = Session.objects.filter(compte=compte, expire_date__gt=horloge.maintenant())
    return list(ouvertes.defer("session_data").order_by("-expire_date"))


def ferme(compte: int, numero: str) -> None:
    """Revoke one of them, wherever it is used."""
    Session.objects.filter(session_key__in=[s.session_key for s in du_compte(compte) if s.numero == numero]).delete()


def ferme_les_autres(compte: int, cle: str | None) -> None:
    """Revoke all of them but `cle`."""
    Session.objects.filter(compte=compte).exclude(session_key=cle).delete()


def a_qui_etait(cle: str) -> int | None:
    """The account of a session that is open, or ended less than a day ago."""
    return Session.objects.filter(session_key=cle).values_list("compte", flat=True).first()


def _heure() -> datetime:
    return horloge.maintenant().replace(minute=0, second=0, microsecond=0)

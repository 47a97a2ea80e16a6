"""The e-mails to be sent: which one and to whom. The address, the text and the code in it are found when it leaves.

Whoever asks for one is answered before anything is looked up: how long a page takes does not tell whether an account exists.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from guichet import clock
from guichet.records import vault
from guichet.records.numeros import Numero

GIVEN_UP_AFTER = timedelta(days=1)


class Courriel(models.Model):
    class Objet(Numero):
        MESSAGE = 1, "un message vous attend"
        CODE = 2, "code, second facteur"
        MOT_DE_PASSE = 3, "mot de passe oublié"

    objet = models.SmallIntegerField(choices=Objet.choices())
    cible_chiffree = models.TextField()
    """Whom it is for, encrypted: a person, or what somebody said to be."""
    demande_le = models.DateTimeField()
    pas_avant = models.DateTimeField(db_index=True)
    essais = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "courriel"

    def __str__(self) -> str:
        return f"courriel {self.pk}"

    @property
    def target(self) -> dict[str, Any]:
        target: dict[str, Any] = json.loads(vault.decrypt(self.cible_chiffree))
        return target


def ask_for(objet: int, target: Mapping[str, Any]) -> None:
    now = clock.now()
    kept = vault.encrypt(json.dumps(dict(target)))
    Courriel.objects.create(objet=objet, cible_chiffree=kept, demande_le=now, pas_avant=now)


@contextmanager
def next_one() -> Iterator[Courriel | None]:
    """The next one to send, for this process alone; it is forgotten unless `put_off` puts it off meanwhile."""
    with transaction.atomic():
        waiting = Courriel.objects.select_for_update(skip_locked=True).filter(pas_avant__lte=clock.now())
        courriel = waiting.order_by("pas_avant").first()
        yield courriel
        if courriel is not None and courriel.pas_avant <= clock.now():
            courriel.delete()


def put_off(courriel: Courriel) -> bool:
    """Put it off after a failure, longer each time; False when it is given up after a day."""
    now = clock.now()
    if now > courriel.demande_le + GIVEN_UP_AFTER:
        return False
    courriel.essais += 1
    courriel.pas_avant = now + timedelta(minutes=2 ** min(courriel.essais, 6))
    courriel.save(update_fields=["essais", "pas_avant"])
    return True

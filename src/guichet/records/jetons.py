"""The tokens by which towns ask for a quotient familial: those that we have issued, and those that we have taken back."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Jeton(models.Model):
    """`siret` is whom it was issued to, `nom` what the people whose file is read are told. A scope is what it may read."""

    jti = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    siret = models.CharField(max_length=14)
    nom = models.CharField(max_length=80)
    portees = ArrayField(models.CharField(max_length=40))
    emis_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    revoque_le = models.DateTimeField(null=True)

    class Meta:
        db_table = "jeton"

    def __str__(self) -> str:
        return f"jeton {self.jti}"


def find(jti: uuid.UUID) -> Jeton | None:
    found: Jeton | None = Jeton.objects.filter(jti=jti).first()
    return found


def all_of_them() -> list[Jeton]:
    """All the tokens, the last issued first."""
    return list(Jeton.objects.order_by("-emis_le", "-pk"))


def revoke(jti: uuid.UUID, at: datetime) -> bool:
    """Make a token open nothing any more. False when it was not issued, or was revoked already."""
    return bool(Jeton.objects.filter(jti=jti, revoque_le=None).update(revoque_le=at))

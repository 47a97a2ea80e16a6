"""The caisses, their files, and who is in them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import models

from guichet.domain.faits import Identite
from guichet.domain.identifiants import Nir
from guichet.domain.vocabulaire import Mois
from guichet.records import sql, vault


class Caisse(models.Model):
    """A caisse d'allocations familiales. `iban` is the account that it pays from."""

    code = models.CharField(max_length=3, primary_key=True)
    nom = models.CharField(max_length=100)
    adresse = models.CharField(max_length=200, blank=True)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)

    class Meta:
        db_table = "caisse"

    def __str__(self) -> str:
        return self.nom


class Dossier(models.Model):
    """The file of a household. `cle` is what addresses and papers name it by: nobody can guess it.

    `liquide_le` is the instant of the facts that its rights were last computed with, None before the first time.
    """

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    caisse = models.ForeignKey(Caisse, models.PROTECT)
    matricule = models.CharField(max_length=7)
    ouvert_le = models.DateField()
    liquide_le = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossier"
        constraints = [models.UniqueConstraint("caisse", "matricule", name="dossier_unique")]

    def __str__(self) -> str:
        return str(self.cle)


class Personne(models.Model):
    """Somebody of a file: an adult or a child. The NIR is encrypted; it is found by its keyed hash."""

    dossier = models.ForeignKey(Dossier, models.PROTECT)
    nom = models.CharField(max_length=80)
    prenoms = models.CharField(max_length=80)
    sexe = models.CharField(max_length=1, choices=[("F", "femme"), ("M", "homme")], blank=True)
    naissance = models.DateField()
    lieu_naissance = models.CharField(max_length=5, blank=True)
    """The INSEE code of the commune, or of the country (99…): part of the pivot identity."""
    nir_chiffre = models.TextField(blank=True)
    nir_empreinte = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        db_table = "personne"
        indexes = [models.Index(fields=["naissance"], name="personne_nee_le")]

    def __str__(self) -> str:
        return f"personne {self.pk}"

    @property
    def nir(self) -> Nir | None:
        return Nir(vault.decrypt(self.nir_chiffre)) if self.nir_chiffre else None

    @nir.setter
    def nir(self, nir: Nir | None) -> None:
        self.nir_chiffre = vault.encrypt(nir) if nir else ""
        self.nir_empreinte = vault.fingerprint(nir) if nir else ""


def personnes(dossiers: Sequence[int]) -> dict[int, dict[int, Identite]]:
    """Who is in each of `dossiers`, by file then by person."""
    found: dict[int, dict[int, Identite]] = {dossier: {} for dossier in dossiers}
    rows: Any = Personne.objects.filter(dossier__in=dossiers).values_list("dossier_id", "id", "naissance", "nom", "prenoms")
    for dossier, number, naissance, nom, prenoms in rows.iterator():
        found[dossier][number] = Identite(naissance, nom, prenoms)
    return found


def identites_of(dossier: int) -> dict[int, Identite]:
    """Who is in a file, by person."""
    return personnes([dossier])[dossier]


def personnes_of(dossier: int) -> list[Personne]:
    """All those who are or have been in a file, in the order in which they came."""
    return list(Personne.objects.filter(dossier=dossier).order_by("pk"))


def born_on(day: date) -> list[Personne]:
    """All those of our files who were born on a day."""
    return list(Personne.objects.filter(naissance=day))


def caisses() -> list[tuple[str, str]]:
    """The code and the name of each caisse. Each login asks for them."""
    return [(caisse.code, caisse.nom) for caisse in sql.read(Caisse, "ORDER BY nom", [])]


def chunks(caisse: str, mois: Mois, size: int = 1000) -> Iterator[list[int]]:
    """The files of a caisse that were open in `mois`, in order, by chunks, whatever is opened meanwhile."""
    last = 0
    while numbers := list(
        Dossier.objects.filter(caisse=caisse, ouvert_le__lt=(mois + 1).first_day, pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:size]
    ):
        yield numbers
        last = numbers[-1]

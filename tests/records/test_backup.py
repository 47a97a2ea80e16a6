"""A backup under load, restored elsewhere: the ledger is that of one instant, to the cent. And the keys change."""

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as configured
from django.db import connection

from dossiers import IBAN, SINCE, caisse, compte, dossier, instant
from guichet.domain.calendrier import jour_de_paie
from guichet.domain.faits import LE_FOYER, Bailleur, Fait, Genre
from guichet.domain.identifiants import Nir
from guichet.domain.vocabulaire import Mois
from guichet.operations.liquider import liquider
from guichet.operations.payer import payer
from guichet.records import backup, faits, keys, vault
from guichet.records.grand_livre import Ecriture, Ordre

JANVIER = Mois(2024, 1)
NIR = "290057505600189"
ELSEWHERE = """
import django; django.setup()
from decimal import Decimal
from django.db.models import Sum
from guichet.records import backup
from pathlib import Path; import sys
backup.restore(Path(sys.argv[1]))
from guichet.records.grand_livre import Ecriture, Ordre, Nature
paid = Ecriture.objects.filter(nature=Nature.PAIEMENT).aggregate(s=Sum("montant"))["s"] or Decimal(0)
ordered = Ordre.objects.aggregate(s=Sum("montant"))["s"] or Decimal(0)
print(Ecriture.objects.count(), Ecriture.objects.aggregate(s=Sum("montant"))["s"], paid + ordered)
try:
    backup.restore(Path(sys.argv[1]))
except backup.BackupError as error:
    print(error)
"""


@pytest.fixture
def elsewhere():
    """Another database of the same server."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    where = connection.get_connection_params()
    yield f"postgresql://{where['user']}@/{name}?host={where['host']}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.django_db(transaction=True)
def test_a_backup_under_load_holds_the_ledger_of_one_instant(elsewhere, tmp_path, monkeypatch):
    """Between two chunks of a payday, and while the next is under way."""
    monkeypatch.setattr(sys.modules["guichet.operations.payer"], "FILES", 4)
    for number in range(12):
        dossier(f"{number:07d}", salaire=500 + 50 * number)
    le = instant(2024, 2, 2)
    liquider("751", JANVIER, le)
    taken = []

    def during(chunk):
        if not taken:
            backup.save(tmp_path / "guichet.dump")
            taken.append((Ecriture.objects.count(), sum(Ecriture.objects.values_list("montant", flat=True))))

    payer("751", jour_de_paie(JANVIER), le, tmp_path, during)
    assert Ordre.objects.count() == 12
    assert (tmp_path / "guichet.dump").stat().st_mode & 0o077 == 0

    environment = os.environ | {"DATABASE_URL": elsewhere, "GUICHET_FIELD_KEYS": " ".join(configured.FIELD_KEYS)}
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(tmp_path / "guichet.dump")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    counted, refused = done.stdout.splitlines()
    assert counted == f"{taken[0][0]} {taken[0][1]} 0.00"
    assert "not empty" in refused


@pytest.mark.django_db
def test_a_file_that_is_no_backup_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "x").write_text("x")
    with pytest.raises(backup.BackupError, match="not empty"):
        backup.restore(tmp_path / "x")


@pytest.mark.django_db
def test_keys_change_while_the_site_serves(settings):
    landlord = Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", IBAN), SINCE)
    file = dossier("0000354", "751", landlord)
    claire = file.personne_set.get()
    claire.nir = Nir(NIR)
    claire.save()
    compte(file)
    caisse()
    old = settings.FIELD_KEYS[0]
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), old]
    # Found and opened before, during and after.
    found = type(claire).objects.filter(nir_empreinte__in=vault.fingerprints(NIR))
    assert found.get().nir == NIR

    assert keys.change() == keys.closed_rows() == 3
    assert found.get().nir == NIR
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert found.get().nir == NIR
    known = {c.fait.genre: c.fait.valeur for c in faits.of_dossier(file.pk, instant(2024, 3, 1))}
    assert vault.decrypt(known[Genre.COMPTE_BANCAIRE].iban) == vault.decrypt(known[Genre.BAILLEUR].iban) == IBAN
    settings.FIELD_KEYS = [old]
    with pytest.raises(vault.LostKeyError):
        keys.change()

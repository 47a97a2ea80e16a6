"""A kill -9 at any moment of a month's computation and payday: run again, everybody is paid once, and what is owed.

`make soak` kills ten times as often (KILLS).
"""

import os
import random
import select
import signal
import time
from datetime import date

import pytest
from django.db import connections

from dossiers import KNOWN_AT, dossier, instant, personne, ressource
from guichet.domain.calendrier import jour_de_paie, jour_de_rentree, jours_de_paie
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, Bailleur, Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.domain.vocabulaire import ZERO, Mois
from guichet.operations import liquider, payer
from guichet.records import faits, grand_livre
from guichet.records.grand_livre import Ecriture, Nature, Ordre, Statut

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("KILLS", "20"))
FILES = 24
JUIN = Mois(2024, 6)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    """Many transactions, so that a kill falls between two of them as well as within one."""
    for module in (liquider, payer):
        monkeypatch.setattr(module, "FILES", 5)


def a_month(mois, folder):
    for day in jours_de_paie(mois):
        at = instant(mois.annee, mois.numero, 28 if day == jour_de_paie(mois) else 12)
        liquider.liquider("751", mois, at)
        payer.payer("751", day, at, folder)


def started(mois, folder):
    """Another process that does the month, on its own connections."""
    connections["default"].close()
    connections["default"].close_pool()
    child = os.fork()
    if child:
        return child
    # A connection of ours would live on when the child is killed, and keep its locks. There may be another than the one
    # that is closed above: asgiref has one for who runs within an event loop (once a browser was started), one for others.
    del connections["default"]
    try:
        a_month(mois, folder)
    finally:
        os._exit(0)


def killed(mois, folder, after):
    """Whether it was still running."""
    child = started(mois, folder)
    with os.fdopen(os.pidfd_open(child)) as end:
        ended, _, _ = select.select([end], [], [], after)
    if ended:
        os.waitpid(child, 0)
        return False
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def test_nobody_is_paid_twice_and_nobody_is_forgotten(tmp_path, record_property):
    draw = random.Random(20261127)
    landlord = Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", "FR7630004000031234567890143"), date(2022, 1, 1))
    files = [
        dossier(f"{number:07d}", "751", *([landlord] if number % 3 == 0 else []), salaire=500 + 50 * number)
        for number in range(FILES)
    ]
    for file in files[::2]:  # with a pupil: what August brings ahead of its payday
        lou = personne(file, "Essai", "Lou", date(2015, 3, 2))
        faits.note(file.pk, [Fait(Genre.PRESENCE, lou.pk, Presence(Role.ENFANT), lou.naissance)], KNOWN_AT)
    a_month(JUIN, tmp_path)
    begun = time.monotonic()
    a_month(JUIN + 1, tmp_path)
    a_month_takes = time.monotonic() - begun

    kills, mois = 0, JUIN + 1
    while kills < KILLS:
        mois += 1
        for file in draw.sample(files, 6):  # some learn something about the months before
            fact = ressource(
                file.personne_set.get(prenoms="Claire"),
                draw.randrange(0, 2000, 100),
                (mois - draw.randrange(3)).first_day,
            )
            faits.learn(file.pk, [fact], instant(mois.annee, mois.numero, 20))
        while kills < KILLS and killed(mois, tmp_path, draw.uniform(0, a_month_takes)):
            kills += 1
        a_month(mois, tmp_path)
        check(files, mois)
    assert Ordre.objects.filter(echeance__jour=jour_de_rentree(2024)).count() == len(files[::2])
    record_property("kills", f"{kills} in {mois.months_since(JUIN)} months")


def check(files, mois):
    """What is due was computed for every file, and paid: nothing is owed but by those who were paid too much."""
    numbers = [file.pk for file in files]
    orders = Ordre.objects.filter(dossier__in=numbers)
    assert set(orders.values_list("statut", flat=True)) == {Statut.EMIS}
    rights = {}
    for number, of, droits in grand_livre.computed_droits(numbers, JUIN):
        rights[number, of] = sum((m for p, m in droits.items() if p is not Prestation.QUOTIENT_FAMILIAL), ZERO)
    assert {number for number, of in rights if of == mois} == set(numbers)
    inscribed = {key: sum(of.values()) for key, of in grand_livre.dus_in_ledger(list(rights)).items()}
    assert {key: due for key, due in inscribed.items() if due} == {key: due for key, due in rights.items() if due}
    for number, balances in grand_livre.soldes(numbers).items():
        due = sum(amount for (whose, _), amount in rights.items() if whose == number)
        paid = sum((order.montant for order in orders if order.dossier_id == number), ZERO)
        assert sum(balances.values()) == due - paid
        assert all(balance < 0 for balance in balances.values())
    written = sum((-e.montant for e in Ecriture.objects.filter(nature=Nature.PAIEMENT)), ZERO)
    assert written == sum((order.montant for order in orders), ZERO)

"""What the demonstration plays besides the law: a bank that refuses closed accounts, an agent who settles deductions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from guichet import clock
from guichet.domain.faits import Genre
from guichet.operations.demonstration.chargement import CODE
from guichet.operations.demonstration.identites import BANK, CLOSED_BRANCH
from guichet.operations.demonstration.personas import PERSONAS
from guichet.operations.rejets import rejeter
from guichet.records import vault
from guichet.records.faits import Fait
from guichet.records.grand_livre import Echeance, Indu, Ordre, Statut

CLOSED_ACCOUNT = "AC04"
"""Of ISO 20022."""
NEXT_DAY = timedelta(days=1)


def closed_accounts() -> frozenset[int]:
    """The accounts that the bank refuses: the facts that tell them."""
    comptes = Fait.objects.filter(dossier__caisse=CODE, genre=Genre.COMPTE_BANCAIRE).values_list("pk", "valeur__iban")
    return frozenset(number for number, iban in comptes if vault.decrypt(iban)[4:14] == BANK + CLOSED_BRANCH)


def send_back(day: date, now: datetime, closed: Collection[int]) -> None:
    """The day after a payday, the bank sends back what was for closed accounts; nothing before that day."""
    at = datetime.combine(day + NEXT_DAY, time(9), clock.PARIS)
    if at <= now:
        sent = Ordre.objects.filter(echeance__caisse=CODE, echeance__jour=day, statut=Statut.EMIS, compte__in=closed)
        rejeter({str(reference): CLOSED_ACCOUNT for reference in sent.values_list("reference", flat=True)}, at)


def send_back_latest(now: datetime, closed: Collection[int]) -> None:
    """`send_back` of the last payday, which may have come after the last start."""
    latest = Echeance.objects.filter(caisse=CODE).order_by("-jour").first()
    if latest:
        send_back(latest.jour, now, closed)


def agree() -> None:
    """The deduction of a persona's overpayment, which no known bracket gives, is settled with them."""
    for persona in PERSONAS:
        if persona.retenue:
            indus = Indu.objects.filter(dossier__caisse=CODE, dossier__matricule=persona.matricule, mensualite=None)
            indus.update(mensualite=persona.retenue)

"""What the demonstration plays besides the law: a bank that refuses closed accounts, an agent who settles deductions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from guichet import clock
from guichet.domain.faits import Genre
from guichet.operations.demonstration.chargement import CODE
from guichet.operations.demonstration.identites import BANQUE, GUICHET_FERME
from guichet.operations.demonstration.personas import PERSONAS
from guichet.operations.rejets import rejeter
from guichet.records import vault
from guichet.records.faits import Fait
from guichet.records.grand_livre import Echeance, Indu, Ordre, Statut

COMPTE_FERME = "AC04"
"""Of ISO 20022."""
LENDEMAIN = timedelta(days=1)


def comptes_fermes() -> frozenset[int]:
    """The accounts that the bank refuses: the facts that tell them."""
    comptes = Fait.objects.filter(dossier__caisse=CODE, genre=Genre.COMPTE_BANCAIRE).values_list("pk", "valeur__iban")
    return frozenset(numero for numero, iban in comptes if vault.decrypt(iban)[4:14] == BANQUE + GUICHET_FERME)


def renvoie(jour: date, maintenant: datetime, fermes: Collection[int]) -> None:
    """The day after a payday, the bank sends back what was for closed accounts; nothing before that day."""
    le = datetime.combine(jour + LENDEMAIN, time(9), clock.PARIS)
    if le <= maintenant:
        emis = Ordre.objects.filter(echeance__caisse=CODE, echeance__jour=jour, statut=Statut.EMIS, compte__in=fermes)
        rejeter({str(reference): COMPTE_FERME for reference in emis.values_list("reference", flat=True)}, le)


def renvoie_les_derniers(maintenant: datetime, fermes: Collection[int]) -> None:
    """Of the last payday, which may have come after the last start."""
    for derniere in Echeance.objects.filter(caisse=CODE).order_by("-jour")[:1]:
        renvoie(derniere.jour, maintenant, fermes)


def convient() -> None:
    """The deduction of a persona's overpayment, which no known bracket gives, is settled with them."""
    for persona in PERSONAS:
        if persona.retenue:
            indus = Indu.objects.filter(dossier__caisse=CODE, dossier__matricule=persona.matricule, mensualite=None)
            indus.update(mensualite=persona.retenue)

"""The ledger: what is due, what was paid. Rows are only added, and each file's balance is their sum.

A month computed again adds the difference, so computing twice adds nothing. A positive balance is owed by the caisse; a
negative one, of a month and a benefit, is an indu.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection, models
from django.db.models import F

from guichet.domain import comptes
from guichet.domain.comptes import Beneficiaire
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.records import bulk, sql
from guichet.records.dossiers import Caisse, Dossier
from guichet.records.faits import Fait
from guichet.records.numeros import Numero
from guichet.records.sql import Question


class Liquidation(models.Model):
    """The rights of a file for a month, computed with the facts known at `connu_le`. The last one of a month stands.

    `droits` are amounts in euros, as texts, by benefit, null where the law is not known well enough. The quotient familial
    is one of them, though nobody is paid it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT)
    mois = models.DateField()
    connu_le = models.DateTimeField()
    droits = models.JSONField()

    class Meta:
        db_table = "liquidation"
        constraints = [models.UniqueConstraint("dossier", "mois", "connu_le", name="liquidation_unique")]

    def __str__(self) -> str:
        return f"liquidation {self.pk}"


class Echeance(models.Model):
    """A day on which a caisse pays, from the balances at `arrete_le`. `emise_le`: when its bank file was written."""

    caisse = models.ForeignKey(Caisse, models.PROTECT)
    jour = models.DateField()
    arrete_le = models.DateTimeField()
    emise_le = models.DateTimeField(null=True)

    class Meta:
        db_table = "echeance"
        constraints = [models.UniqueConstraint("caisse", "jour", name="echeance_unique")]

    def __str__(self) -> str:
        return f"{self.caisse_id}, {self.jour}"


class Statut(Numero):
    """What has become of an order: it is made with its payday, sent with the bank file, and may be sent back by the bank."""

    ORDONNANCE = 1, "ordonnancé"
    EMIS = 2, "émis"
    REJETE = 3, "rejeté par la banque"


class Ordre(models.Model):
    """A transfer. One at the most for each payee of a file on a payday: that is what makes a kill harmless."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    echeance = models.ForeignKey(Echeance, models.PROTECT)
    dossier = models.ForeignKey(Dossier, models.PROTECT)
    beneficiaire = models.SmallIntegerField(choices=[(one.value, one.nom) for one in Beneficiaire])
    montant = models.DecimalField(max_digits=9, decimal_places=2)
    compte = models.ForeignKey(Fait, models.PROTECT)
    """The fact that says where it goes: an account, or a landlord's."""
    statut = models.SmallIntegerField(choices=Statut.choices(), default=Statut.ORDONNANCE)
    motif = models.CharField(max_length=4, blank=True)
    """Why the bank sent it back: a code of ISO 20022."""

    class Meta:
        db_table = "ordre"
        constraints = [
            models.UniqueConstraint("echeance", "dossier", "beneficiaire", name="ordre_unique"),
            models.CheckConstraint(condition=models.Q(montant__gt=0), name="ordre_positif"),
        ]

    def __str__(self) -> str:
        return str(self.reference)


class Indu(models.Model):
    """An overpayment that was told: how much of which month and benefit, and how it is recovered.

    What remains is in the ledger (the balance of that month and benefit). Nothing is deducted before `retenir_des`; an
    appeal that suspends recovery puts `suspendu` (CASF, art. L262-46).
    """

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT)
    mois = models.DateField()
    prestation = models.CharField(max_length=20)
    montant = models.DecimalField(max_digits=9, decimal_places=2)
    notifie_le = models.DateField()
    retenir_des = models.DateField()
    mensualite = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    """What the plan keeps each month; null when it is to be settled with the allocataire: nothing is kept until then."""
    suspendu = models.BooleanField(default=False)

    class Meta:
        db_table = "indu"

    def __str__(self) -> str:
        return str(self.reference)

    def with_remaining(self, soldes: comptes.Soldes) -> comptes.Indu:
        """The overpayment, with what remains of it in the ledger, whose balances are `soldes`."""
        key = (Mois.of(self.mois), Prestation(self.prestation))
        remaining = min(self.montant, max(-soldes.get(key, ZERO), ZERO))
        mensualite = self.mensualite or ZERO
        return comptes.Indu(
            str(self.reference), *key, remaining, mensualite, self.notifie_le, self.retenir_des, self.suspendu
        )


class Nature(Numero):
    DROIT = 1, "droit"
    PAIEMENT = 2, "paiement"
    REJET = 3, "paiement rejeté"
    RETENUE = 4, "retenue"
    REMISE = 5, "remise"


class Ecriture(models.Model):
    """One row of the ledger: `montant` is added to the balance of a month and a benefit of a file."""

    dossier = models.ForeignKey(Dossier, models.PROTECT)
    mois = models.DateField()
    prestation = models.CharField(max_length=20)
    nature = models.SmallIntegerField(choices=Nature.choices())
    montant = models.DecimalField(max_digits=9, decimal_places=2)
    le = models.DateTimeField()
    liquidation = models.ForeignKey(Liquidation, models.PROTECT, null=True)
    ordre = models.ForeignKey(Ordre, models.PROTECT, null=True)
    echeance = models.ForeignKey(Echeance, models.PROTECT, null=True)
    """The payday of a payment or of a deduction."""

    class Meta:
        db_table = "ecriture"
        constraints = [
            models.UniqueConstraint(F("liquidation"), F("prestation"), name="ecriture_d_un_droit"),
            models.UniqueConstraint("ordre", "nature", "mois", "prestation", name="ecriture_d_un_ordre"),
        ]
        indexes = [models.Index(fields=["dossier", "mois"], name="ecriture_du_dossier")]

    def __str__(self) -> str:
        return f"écriture {self.pk}"


def last_liquidations(dossiers: Sequence[int], first: Mois, last: Mois) -> dict[int, Liquidation]:
    """For each file, the computation that stands of the last month computed between `first` and `last`."""
    computed = Liquidation.objects.filter(dossier__in=dossiers, mois__range=(first.first_day, last.first_day))
    return {one.dossier_id: one for one in computed.order_by("dossier", "-mois", "-connu_le").distinct("dossier")}


# Read and written in SQL: a payday does it for millions of files

FILES = 1000
"""Of a chunk."""
PRESTATIONS = {prestation.value: prestation for prestation in Prestation}


def computed_droits(
    dossiers: Sequence[int], since: Mois, at: datetime | None = None
) -> Iterator[tuple[int, Mois, dict[Prestation, Euros | None]]]:
    """The rights of each month since `since`, as last computed, or as they were at the instant `at`."""
    (found,) = sql.ask(computed_droits_question(dossiers, since, at))
    yield from found


def computed_droits_question(dossiers: Sequence[int], since: Mois, at: datetime | None = None) -> Question:
    """`computed_droits` as a `Question`, to be sent with others in one exchange."""
    return Question(
        "SELECT DISTINCT ON (dossier_id, mois) dossier_id, mois, droits::text FROM liquidation "
        "WHERE dossier_id = ANY(%s) AND mois >= %s AND connu_le <= coalesce(%s, 'infinity'::timestamptz) "
        "ORDER BY dossier_id, mois, connu_le DESC",
        [list(dossiers), since.first_day, at],
        lambda rows: ((dossier, Mois.of(mois), _read_montants(droits)) for dossier, mois, droits in rows),
    )


def _read_montants(droits: str) -> dict[Prestation, Euros | None]:
    return {PRESTATIONS[p]: None if m is None else Decimal(m) for p, m in json.loads(droits).items()}


def dus_in_ledger(computed: Iterable[tuple[int, Mois]]) -> dict[tuple[int, Mois], dict[Prestation, Euros]]:
    """What the ledger says is due of each benefit, for each of `computed` (a file, a month), however often it is named."""
    asked = list(dict.fromkeys(computed))
    found: dict[tuple[int, Mois], dict[Prestation, Euros]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dossier_id, mois, prestation, sum(montant) FROM ecriture "
            "JOIN unnest(%s::bigint[], %s::date[]) AS calcule(dossier, du) ON dossier_id = dossier AND mois = du "
            "WHERE nature = %s GROUP BY dossier_id, mois, prestation",
            [[dossier for dossier, _ in asked], [mois.first_day for _, mois in asked], Nature.DROIT],
        )
        for dossier, mois, prestation, montant in cursor:
            found.setdefault((dossier, Mois.of(mois)), {})[PRESTATIONS[prestation]] = montant
    return found


def record_liquidations(
    liquidations: Sequence[tuple[int, Mois, Mapping[Prestation, Euros | None]]],
    differences: Sequence[Mapping[Prestation, Euros]],
    at: datetime,
) -> None:
    """Add computations (file, month, rights) and, for each, the differences that it makes to what is due."""
    computed = [(dossier, mois.first_day, at, json.dumps(_as_texts(droits))) for dossier, mois, droits in liquidations]
    numbers = bulk.copy(Liquidation, ("dossier_id", "mois", "connu_le", "droits"), computed)
    bulk.copy(
        Ecriture,
        ("dossier_id", "mois", "le", "liquidation_id", "nature", "prestation", "montant"),
        [
            (dossier, mois, at, number, Nature.DROIT.value, prestation.value, montant)
            for (dossier, mois, *_), number, each in zip(computed, numbers, differences, strict=True)
            for prestation, montant in each.items()
        ],
    )


def record_ordres(echeance: int, ordres: Sequence[tuple[int, Beneficiaire, Euros, int]]) -> list[int]:
    """Add the orders of a payday (file, payee, amount, fact that says where it goes), and return their numbers."""
    fields = ("dossier_id", "beneficiaire", "montant", "compte_id", "echeance_id", "reference", "statut", "motif")
    rows = [
        (dossier, beneficiaire.value, montant, compte, echeance, uuid.uuid4(), Statut.ORDONNANCE.value, "")
        for dossier, beneficiaire, montant, compte in ordres
    ]
    return bulk.copy(Ordre, fields, rows)


def record_reglements(echeance: Echeance, ecritures: Sequence[tuple[int, Nature, int | None, comptes.Somme]]) -> None:
    """Add what a payday does to the balances: of a file, a payment (with its order) or a deduction (without)."""
    fields = ("dossier_id", "nature", "ordre_id", "mois", "prestation", "montant", "le", "echeance_id")
    rows = [
        (dossier, nature.value, ordre, mois.first_day, prestation.value, montant, echeance.arrete_le, echeance.pk)
        for dossier, nature, ordre, (mois, prestation, montant) in ecritures
    ]
    bulk.copy(Ecriture, fields, rows)


def soldes(dossiers: Sequence[int]) -> dict[int, dict[tuple[Mois, Prestation], Euros]]:
    """The balances of each file that are not zero, by month and benefit."""
    found: dict[int, dict[tuple[Mois, Prestation], Euros]] = {dossier: {} for dossier in dossiers}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dossier_id, mois, prestation, sum(montant) FROM ecriture WHERE dossier_id = ANY(%s) "
            "GROUP BY dossier_id, mois, prestation HAVING sum(montant) <> 0",
            [list(dossiers)],
        )
        for dossier, mois, prestation, montant in cursor.fetchall():
            found[dossier][Mois.of(mois), PRESTATIONS[prestation]] = montant
    return found


def first_computed(dossiers: Sequence[int], mois: Mois) -> dict[int, datetime]:
    """For each file, the instant of the facts with which a month was computed first."""
    computed = Liquidation.objects.filter(dossier__in=dossiers, mois=mois.first_day).values_list("dossier_id")
    return dict(computed.annotate(models.Min("connu_le")))


def overpaid(caisse: str) -> Iterator[list[int]]:
    """The files of a caisse that have a negative balance for a month and a benefit, by chunks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT dossier_id FROM (SELECT dossier_id FROM ecriture JOIN dossier d ON d.id = dossier_id "
            "WHERE caisse_id = %s GROUP BY dossier_id, mois, prestation HAVING sum(montant) < 0) AS trop ORDER BY 1",
            [caisse],
        )
        numbers = [number for (number,) in cursor]
    for begin in range(0, len(numbers), FILES):
        yield numbers[begin : begin + FILES]


def paid_to_bailleur(dossiers: Sequence[int]) -> dict[int, dict[Mois, Euros]]:
    """What landlords have received, by file and month of the housing aid."""
    found: dict[int, dict[Mois, Euros]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.dossier_id, e.mois, -sum(e.montant) FROM ecriture e JOIN ordre o ON o.id = e.ordre_id "
            "WHERE e.dossier_id = ANY(%s) AND o.beneficiaire = %s GROUP BY e.dossier_id, e.mois",
            [list(dossiers), Beneficiaire.BAILLEUR],
        )
        for dossier, mois, montant in cursor:
            found.setdefault(dossier, {})[Mois.of(mois)] = montant
    return found


def _as_texts(droits: Mapping[Prestation, Euros | None]) -> dict[str, str | None]:
    return {prestation.value: None if montant is None else str(montant) for prestation, montant in droits.items()}

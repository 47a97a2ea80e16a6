"""What the ledger says of one file, in as few exchanges with the database as can be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Sum

from guichet.domain.comptes import Beneficiaire
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Euros, Mois
from guichet.records import grand_livre, sql
from guichet.records.grand_livre import PRESTATIONS, Ecriture, Indu, Nature, Statut
from guichet.records.sql import Question


class LigneDePaie(NamedTuple):
    """What a payday did to one balance of a file: a payment, with its order, or a deduction, that has none. `ordonne` is the
    amount of the whole order."""

    jour: date
    arrete_le: datetime
    mois: date
    prestation: str
    montant: Euros
    reference: UUID | None
    beneficiaire: int
    ordonne: Euros
    statut: int
    motif: str
    compte: int


class Releve(NamedTuple):
    """What every page needs of a file: its last paydays, line by line; its rights of each month, as last computed; the
    balances that are not zero, and of the housing aid among them, what the landlord has received (`paid_to_bailleur`); all
    the overpayments that were told."""

    reglements: list[LigneDePaie]
    droits: dict[Mois, dict[Prestation, Euros | None]]
    soldes: dict[tuple[Mois, Prestation], Euros]
    paid_to_bailleur: dict[Mois, Euros]
    indus: list[Indu]


def of_dossier(dossier: int, number: int, since: Mois) -> Releve:
    """The last `number` paydays of a file, and its rights since `since`: all in one exchange with the database."""
    return of_dossier_with(dossier, number, since)[0]


def of_dossier_with(dossier: int, number: int, since: Mois, *others: Question) -> tuple[Releve, list[Any]]:
    """`of_dossier`, and what is found by the questions `others`, in the same exchange."""
    soldes = Question(
        "SELECT e.mois, e.prestation, sum(e.montant), -sum(e.montant) FILTER (WHERE o.beneficiaire = %s) "
        "FROM ecriture e LEFT JOIN ordre o ON o.id = e.ordre_id WHERE e.dossier_id = %s "
        "GROUP BY e.mois, e.prestation HAVING sum(e.montant) <> 0",
        [Beneficiaire.BAILLEUR, dossier],
        lambda rows: [(Mois.of(mois), *rest) for mois, *rest in rows],
    )
    indus = sql.rows(Indu, "WHERE dossier_id = %s ORDER BY id", [dossier])
    reglements, computed, remaining, told, *found = sql.ask(
        *(
            _reglements(dossier, number),
            grand_livre.computed_droits_question([dossier], since),
            soldes,
            indus,
        ),
        *others,
    )
    statement = Releve(
        reglements,
        {mois: droits for _, mois, droits in computed},
        {(mois, PRESTATIONS[prestation]): solde for mois, prestation, solde, _ in remaining},
        {mois: paid for mois, _, _, paid in remaining if paid is not None},
        told,
    )
    return statement, found


_REGLEMENTS = """
WITH dernieres AS (
    SELECT DISTINCT p.id, p.jour, p.arrete_le FROM echeance p JOIN ecriture e ON e.echeance_id = p.id
    WHERE e.dossier_id = %s AND (%s::date IS NULL OR p.jour = %s) ORDER BY p.jour DESC LIMIT %s
)
SELECT p.jour, p.arrete_le, e.mois, e.prestation, e.montant,
       o.reference, o.beneficiaire, o.montant, o.statut, o.motif, o.compte_id
FROM dernieres p JOIN ecriture e ON e.echeance_id = p.id LEFT JOIN ordre o ON o.id = e.ordre_id
WHERE e.dossier_id = %s ORDER BY p.jour DESC, e.id
"""


def reglements(dossier: int, number: int, day: date | None = None) -> list[LigneDePaie]:
    """The lines of the last `number` paydays of a file, or of that of `day`; the latest first."""
    (found,) = sql.ask(_reglements(dossier, number, day))
    return list(found)


def _reglements(dossier: int, number: int, day: date | None = None) -> Question:
    return Question(_REGLEMENTS, [dossier, day, day, number, dossier], lambda rows: [LigneDePaie._make(row) for row in rows])


def refused_comptes(dossiers: Sequence[int], motifs: Collection[str]) -> Question:
    """The accounts that a bank has sent a payment back from for one of `motifs`, however long ago: the numbers of the facts
    that give them."""
    return Question(
        "SELECT DISTINCT compte_id FROM ordre WHERE dossier_id = ANY(%s) AND statut = %s AND motif = ANY(%s)",
        [list(dossiers), Statut.REJETE, sorted(motifs)],
        lambda rows: {number for (number,) in rows},
    )


class Past(NamedTuple):
    """What the ledger says of the months of one file since one: their rights, as last computed; what is due of each in the
    ledger; what the landlord has received."""

    droits: dict[Mois, dict[Prestation, Euros | None]]
    in_ledger: dict[Mois, dict[Prestation, Euros]]
    paid_to_bailleur: dict[Mois, Euros]


def past_since(dossier: int, mois: Mois) -> Past:
    """The `Past` of a file since `mois`, whose months are to be computed again: all in one exchange."""
    dus = Question(
        "SELECT mois, prestation, sum(montant) FROM ecriture WHERE dossier_id = %s AND mois >= %s AND nature = %s "
        "GROUP BY mois, prestation",
        [dossier, mois.first_day, Nature.DROIT],
        _by_mois,
    )
    paid_to_bailleur = Question(
        "SELECT e.mois, -sum(e.montant) FROM ecriture e JOIN ordre o ON o.id = e.ordre_id "
        "WHERE e.dossier_id = %s AND e.mois >= %s AND o.beneficiaire = %s GROUP BY e.mois",
        [dossier, mois.first_day, Beneficiaire.BAILLEUR],
        lambda rows: {Mois.of(of): paid for of, paid in rows},
    )
    computed, in_ledger, received = sql.ask(grand_livre.computed_droits_question([dossier], mois), dus, paid_to_bailleur)
    return Past({of: droits for _, of, droits in computed}, in_ledger, received)


def _by_mois(rows: list[tuple[Any, ...]]) -> dict[Mois, dict[Prestation, Euros]]:
    found: dict[Mois, dict[Prestation, Euros]] = {}
    for mois, prestation, montant in rows:
        found.setdefault(Mois.of(mois), {})[PRESTATIONS[prestation]] = montant
    return found


def paid(dossier: int, first: Mois, last: Mois, day: date) -> list[tuple[Mois, Prestation, bool, Euros]]:
    """What was sent of the rights of the months `first` to `last` by the paydays until `day`, to the landlord or not; what a
    bank sent back is taken away."""
    rows = Ecriture.objects.filter(
        dossier=dossier,
        mois__range=(first.first_day, last.first_day),
        nature__in=(Nature.PAIEMENT, Nature.REJET),
        ordre__echeance__jour__lte=day,
    )
    sommes = rows.values("mois", "prestation", "ordre__beneficiaire").annotate(somme=-Sum("montant")).order_by()
    return [
        (Mois.of(s["mois"]), Prestation(s["prestation"]), s["ordre__beneficiaire"] == Beneficiaire.BAILLEUR, s["somme"])
        for s in sommes
    ]


def withheld(dossier: int, first: Mois, last: Mois, day: date) -> list[tuple[Mois, Prestation, Euros]]:
    """What was kept of the rights of these months for overpayments, by the paydays until `day`."""
    rows = Ecriture.objects.filter(
        dossier=dossier,
        mois__range=(first.first_day, last.first_day),
        nature=Nature.RETENUE,
        montant__lt=0,
        echeance__jour__lte=day,
    )
    sommes = rows.values_list("mois", "prestation").annotate(somme=-Sum("montant")).order_by()
    return [(Mois.of(mois), Prestation(prestation), somme) for mois, prestation, somme in sommes]

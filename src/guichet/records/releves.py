"""What the ledger says of one file, in as few exchanges with the database as can be."""

from __future__ import annotations

from typing import Any, NamedTuple

from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Euros, Mois
from guichet.records import grand_livre, sql
from guichet.records.grand_livre import PRESTATIONS, Beneficiaire, Indu, Nature
from guichet.records.sql import Question


class Releve(NamedTuple):
    """What every page needs of a file: the rows of its last paydays, as `grand_livre.reglements` has them; its rights of
    each month, as last computed; the balances that are not zero, and of the housing aid among them, what the landlord has
    received (`paid_to_bailleur`); all the overpayments that were told."""

    reglements: list[tuple[Any, ...]]
    droits: dict[Mois, dict[Prestation, Euros | None]]
    soldes: dict[tuple[Mois, Prestation], Euros]
    paid_to_bailleur: dict[Mois, Euros]
    indus: list[Indu]


def of_dossier(dossier: int, number: int, since: Mois) -> Releve:
    """Its last `number` paydays, and its rights since `since`: all in one exchange with the database."""
    return of_dossier_with(dossier, number, since)[0]


def of_dossier_with(dossier: int, number: int, since: Mois, *others: Question) -> tuple[Releve, list[Any]]:
    """The same, and what is found by `others`, in the same exchange."""
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
            grand_livre.last_reglements_question(dossier, number),
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


class Past(NamedTuple):
    """What the ledger says of the months of one file since one: their rights, as last computed; what is due of each in the
    ledger; what the landlord has received."""

    droits: dict[Mois, dict[Prestation, Euros | None]]
    in_ledger: dict[Mois, dict[Prestation, Euros]]
    paid_to_bailleur: dict[Mois, Euros]


def past_since(dossier: int, mois: Mois) -> Past:
    """The same way, when they are to be computed again."""
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

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
    received (`verses`); all the overpayments that were told."""

    reglements: list[tuple[Any, ...]]
    droits: dict[Mois, dict[Prestation, Euros | None]]
    soldes: dict[tuple[Mois, Prestation], Euros]
    verses: dict[Mois, Euros]
    indus: list[Indu]


def du_dossier(dossier: int, nombre: int, depuis: Mois) -> Releve:
    """Its last `nombre` paydays, and its rights since `depuis`: all in one exchange with the database."""
    return avec(dossier, nombre, depuis)[0]


def avec(dossier: int, nombre: int, depuis: Mois, *autres: Question) -> tuple[Releve, list[Any]]:
    """The same, and what is found by `autres`, in the same exchange."""
    soldes = Question(
        "SELECT e.mois, e.prestation, sum(e.montant), -sum(e.montant) FILTER (WHERE o.beneficiaire = %s) "
        "FROM ecriture e LEFT JOIN ordre o ON o.id = e.ordre_id WHERE e.dossier_id = %s "
        "GROUP BY e.mois, e.prestation HAVING sum(e.montant) <> 0",
        [Beneficiaire.BAILLEUR, dossier],
        lambda lues: [(Mois.of(mois), *reste) for mois, *reste in lues],
    )
    indus = sql.rows(Indu, "WHERE dossier_id = %s ORDER BY id", [dossier])
    regles, calcules, restants, dits, *trouves = sql.ask(
        *(grand_livre.reglements_des_derniers(dossier, nombre), grand_livre.liquides([dossier], depuis), soldes, indus),
        *autres,
    )
    releve = Releve(
        regles,
        {mois: droits for _, mois, droits in calcules},
        {(mois, PRESTATIONS[prestation]): solde for mois, prestation, solde, _ in restants},
        {mois: verse for mois, _, _, verse in restants if verse is not None},
        dits,
    )
    return releve, trouves


class Passe(NamedTuple):
    """What the ledger says of the months of one file since one: their rights, as last computed; what is due of each in the
    ledger; what the landlord has received."""

    droits: dict[Mois, dict[Prestation, Euros | None]]
    inscrits: dict[Mois, dict[Prestation, Euros]]
    verses: dict[Mois, Euros]


def depuis(dossier: int, mois: Mois) -> Passe:
    """The same way, when they are to be computed again."""
    dus = Question(
        "SELECT mois, prestation, sum(montant) FROM ecriture WHERE dossier_id = %s AND mois >= %s AND nature = %s "
        "GROUP BY mois, prestation",
        [dossier, mois.first_day, Nature.DROIT],
        _par_mois,
    )
    verses = Question(
        "SELECT e.mois, -sum(e.montant) FROM ecriture e JOIN ordre o ON o.id = e.ordre_id "
        "WHERE e.dossier_id = %s AND e.mois >= %s AND o.beneficiaire = %s GROUP BY e.mois",
        [dossier, mois.first_day, Beneficiaire.BAILLEUR],
        lambda lues: {Mois.of(de): verse for de, verse in lues},
    )
    calcules, inscrits, recus = sql.ask(grand_livre.liquides([dossier], mois), dus, verses)
    return Passe({de: droits for _, de, droits in calcules}, inscrits, recus)


def _par_mois(lues: list[tuple[Any, ...]]) -> dict[Mois, dict[Prestation, Euros]]:
    trouves: dict[Mois, dict[Prestation, Euros]] = {}
    for mois, prestation, montant in lues:
        trouves.setdefault(Mois.of(mois), {})[PRESTATIONS[prestation]] = montant
    return trouves

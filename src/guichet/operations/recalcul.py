"""What is due of the months of a file: of a new one, and of those before that a late fact touches.

Nothing is written here. Liquidation adds to the ledger what differs; the forecast of the next payment shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guichet import law
from guichet.domain.comptes import time_barred
from guichet.domain.droits import Prestation
from guichet.domain.faits import Fait, Identite
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import dossier as dossiers_calcules
from guichet.operations.dossier import PAYEES, Calcul, Vue

MOIS_NON_PRESCRITS = 26
"""At the most: prescription runs two years from the payday of a month (`comptes.time_barred`)."""


@dataclass(slots=True)
class EnCours:
    """A file under computation: `dus` is what is due of each month, as last computed."""

    numero: int
    faits: Sequence[Fait]
    identites: Mapping[int, Identite]
    a_calculer: set[Mois]
    dus: dict[Mois, dict[Prestation, Euros | None]] = field(default_factory=dict)


def premier_touche(du: date, mois: Mois) -> Mois:
    """The earliest month that a fact true from `du` on touches, and that prescription may leave, as of that of `mois`."""
    return max(Mois.of(du), mois - MOIS_NON_PRESCRITS)


def mois_a_calculer(dossier: EnCours, touche: date | None, mois: Mois, le: date) -> None:
    """Set the months to compute: `mois`, if it was not with what is known; those from the day `touche` on, the first that a
    new fact is about, but for prescription as of `le`."""
    liquides = dossier.dus.keys()
    if touche is not None and liquides:
        premier = max(premier_touche(touche, mois), min(liquides))
        dossier.a_calculer |= {chaque for chaque in premier.until(max(*liquides, mois)) if not time_barred(chaque, le)}
    elif mois in liquides:
        dossier.a_calculer.clear()


def calcule(en_cours: Sequence[EnCours], de_la_loi: Calcul = law.montants) -> list[tuple[EnCours, Mois]]:
    """Compute what is to be: `dus` is what is due now; the files and the months of which it is no longer the same."""
    changes: list[tuple[EnCours, Mois]] = []
    for chaque in sorted(set().union(*(dossier.a_calculer for dossier in en_cours))):
        concernes = [dossier for dossier in en_cours if chaque in dossier.a_calculer]
        vues: list[list[Vue]] = [dossiers_calcules.vues(d.faits, d.identites, chaque, d.dus, relues=True) for d in concernes]
        for dossier, dus in zip(concernes, dossiers_calcules.montants(vues, chaque, de_la_loi), strict=True):
            verses = {prestation: du for prestation, du in dus.items() if du != ZERO}
            if dossier.dus.get(chaque) != verses:
                dossier.dus[chaque] = verses
                changes.append((dossier, chaque))
    return changes


def ecarts(dus: Mapping[Prestation, Euros | None], inscrits: Mapping[Prestation, Euros]) -> dict[Prestation, Euros]:
    """What a month adds to the ledger, where `inscrits` is due already. An amount that is not known changes nothing until
    somebody has looked at it."""
    trouves = {p: _ecart(dus.get(p, ZERO), inscrits.get(p, ZERO)) for p in {*dus, *inscrits} if p in PAYEES}
    return {prestation: ecart for prestation, ecart in trouves.items() if ecart}


def _ecart(du: Euros | None, inscrit: Euros) -> Euros:
    return ZERO if du is None else du - inscrit

"""What is due: the rights of a month, for all the files of a caisse; and of the months before, where a fact came late.

By chunks, each in one transaction: a kill loses the chunk under way, and the next run begins with it. A month computed
again adds to the ledger what differs, a rappel or an indu; computed twice with the same facts it adds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from guichet.domain.comptes import prescrit
from guichet.domain.droits import Prestation
from guichet.domain.faits import Fait, Identite
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import dossier as dossiers_calcules
from guichet.operations.dossier import MOIS_LUS, PAYEES, Vue
from guichet.records import dossiers, faits, grand_livre

DOSSIERS = 2000
"""Files of a chunk: enough for the law's arrays, little enough to be done again."""
MOIS_NON_PRESCRITS = 26
"""At the most: prescription runs two years from the payday of a month (`comptes.prescrit`)."""


@dataclass(slots=True)
class Bilan:
    """What a run has done: files seen, months computed, rows added to the ledger, and their sum in euros."""

    dossiers: int = 0
    mois: int = 0
    ecritures: int = 0
    montant: Euros = ZERO

    def ajoute(self, autre: Bilan) -> None:
        self.dossiers += autre.dossiers
        self.mois += autre.mois
        self.ecritures += autre.ecritures
        self.montant += autre.montant


@dataclass(slots=True)
class _Dossier:
    """A file under computation: `dus` is what is due of each month, as last computed."""

    numero: int
    faits: list[Fait]
    identites: dict[int, Identite]
    a_calculer: set[Mois]
    dus: dict[Mois, dict[Prestation, Euros | None]] = field(default_factory=dict)


def liquider(caisse: str, mois: Mois, le: datetime, avance: Callable[[Bilan], None] = lambda bilan: None) -> Bilan:
    """Compute the rights of `mois` with the facts known at `le`, and those of the months since June 2012, but for
    prescription, that facts learnt since the last run touch. `avance` is told of each chunk. Raises ValueError for a month
    before June 2012."""
    total = Bilan()
    for numeros in dossiers.lots(caisse, mois, DOSSIERS):
        with transaction.atomic():
            bilan = _liquide(numeros, mois, le)
        total.ajoute(bilan)
        avance(bilan)
    return total


def _liquide(numeros: Sequence[int], mois: Mois, le: datetime) -> Bilan:
    verrouilles = dossiers.Dossier.objects.select_for_update().filter(pk__in=numeros).order_by("pk")
    lus = list(verrouilles.values_list("pk", "liquide_le"))
    touches = faits.changes({numero: avant for numero, avant in lus if avant is not None and avant <= le}, le)
    en_cours = _lit([numero for numero, avant in lus if avant is None or avant <= le], touches, mois, le)
    _mois_a_calculer(en_cours, touches, mois, le)
    calcules: list[tuple[_Dossier, Mois]] = []
    for chaque in sorted(set().union(*(dossier.a_calculer for dossier in en_cours))):
        concernes = [dossier for dossier in en_cours if chaque in dossier.a_calculer]
        vues: list[list[Vue]] = [dossiers_calcules.vues(d.faits, d.identites, chaque, d.dus, relues=True) for d in concernes]
        for dossier, dus in zip(concernes, dossiers_calcules.montants(vues, chaque), strict=True):
            verses = {prestation: du for prestation, du in dus.items() if du != ZERO}
            if dossier.dus.get(chaque) != verses:
                dossier.dus[chaque] = verses
                calcules.append((dossier, chaque))
    bilan = _ecrit(calcules, le)
    dossiers.Dossier.objects.filter(pk__in=[dossier.numero for dossier in en_cours]).update(liquide_le=le)
    bilan.dossiers, bilan.mois = len(en_cours), len(calcules)
    return bilan


def _lit(numeros: Sequence[int], touches: Mapping[int, date], mois: Mois, le: datetime) -> list[_Dossier]:
    """The files, with what was due of the months that their computation reads."""
    connus = faits.vrais(numeros, le)
    identites = dossiers.personnes(numeros)
    lus = {numero: _Dossier(numero, connus[numero], identites[numero], {mois}) for numero in numeros}
    premier = min((_premier(du, mois) for du in touches.values()), default=mois)
    for quels, depuis in ((numeros, mois), (list(touches), premier)):
        for numero, de, droits in grand_livre.droits_liquides(quels, depuis - MOIS_LUS):
            lus[numero].dus[de] = droits
    return list(lus.values())


def _premier(du: date, mois: Mois) -> Mois:
    """The earliest month that a fact true from `du` on touches, and that prescription may leave."""
    return max(Mois.de(du), mois - MOIS_NON_PRESCRITS)


def _mois_a_calculer(en_cours: Sequence[_Dossier], touches: Mapping[int, date], mois: Mois, le: datetime) -> None:
    """The month asked for, if it was not computed with what is known; those from the first day that a new fact is about."""
    for dossier in en_cours:
        liquides = dossier.dus.keys()
        if (du := touches.get(dossier.numero)) is not None and liquides:
            premier = max(_premier(du, mois), min(liquides))
            touches_du_dossier = premier.jusqu_a(max(*liquides, mois))
            dossier.a_calculer |= {chaque for chaque in touches_du_dossier if not prescrit(chaque, le.date())}
        elif mois in liquides:
            dossier.a_calculer.clear()


def _ecrit(calcules: Sequence[tuple[_Dossier, Mois]], le: datetime) -> Bilan:
    """The computations whose result is new, and what they add to the ledger."""
    if not calcules:
        return Bilan()
    deja = grand_livre.dus_inscrits([(dossier.numero, mois) for dossier, mois in calcules])
    lignes: list[tuple[int, Mois, dict[Prestation, Euros | None]]] = []
    differences: list[dict[Prestation, Euros]] = []
    for dossier, mois in calcules:
        dus = dossier.dus[mois]
        inscrits: dict[Prestation, Decimal] = defaultdict(lambda: ZERO, deja.get((dossier.numero, mois), {}))
        # An amount that is not known changes nothing until somebody has looked at it.
        ecarts = {p: _ecart(dus.get(p, ZERO), inscrits[p]) for p in {*dus, *inscrits} if p in PAYEES}
        lignes.append((dossier.numero, mois, dus))
        differences.append({p: ecart for p, ecart in ecarts.items() if ecart})
    grand_livre.inscrit(lignes, differences, le)
    return Bilan(
        ecritures=sum(map(len, differences)),
        montant=sum((ecart for chaque in differences for ecart in chaque.values()), ZERO),
    )


def _ecart(du: Euros | None, inscrit: Euros) -> Euros:
    return ZERO if du is None else du - inscrit

"""What is due: the rights of a month, for all the files of a caisse; and of the months before, where a fact came late.

By chunks, each in one transaction: a kill loses the chunk under way, and the next run begins with it. A month computed
again adds to the ledger what differs, a rappel or an indu; computed twice with the same facts it adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.dossier import MOIS_LUS
from guichet.operations.recalcul import EnCours, calcule, ecarts, mois_a_calculer, premier_touche
from guichet.records import dossiers, faits, grand_livre

DOSSIERS = 2000
"""Files of a chunk: enough for the law's arrays, little enough to be done again."""


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
    for dossier in en_cours:
        mois_a_calculer(dossier, touches.get(dossier.numero), mois, le.date())
    calcules = calcule(en_cours)
    bilan = _ecrit(calcules, le)
    dossiers.Dossier.objects.filter(pk__in=[dossier.numero for dossier in en_cours]).update(liquide_le=le)
    bilan.dossiers, bilan.mois = len(en_cours), len(calcules)
    return bilan


def _lit(numeros: Sequence[int], touches: Mapping[int, date], mois: Mois, le: datetime) -> list[EnCours]:
    """The files, with what was due of the months that their computation reads."""
    connus = faits.vrais(numeros, le)
    identites = dossiers.personnes(numeros)
    lus = {numero: EnCours(numero, connus[numero], identites[numero], {mois}) for numero in numeros}
    premier = min((premier_touche(du, mois) for du in touches.values()), default=mois)
    for quels, depuis in ((numeros, mois), (list(touches), premier)):
        for numero, de, droits in grand_livre.droits_liquides(quels, depuis - MOIS_LUS):
            lus[numero].dus[de] = droits
    return list(lus.values())


def _ecrit(calcules: Sequence[tuple[EnCours, Mois]], le: datetime) -> Bilan:
    """The computations whose result is new, and what they add to the ledger."""
    if not calcules:
        return Bilan()
    deja = grand_livre.dus_inscrits([(dossier.numero, mois) for dossier, mois in calcules])
    lignes: list[tuple[int, Mois, dict[Prestation, Euros | None]]] = []
    differences: list[dict[Prestation, Euros]] = []
    for dossier, mois in calcules:
        dus = dossier.dus[mois]
        lignes.append((dossier.numero, mois, dus))
        differences.append(ecarts(dus, deja.get((dossier.numero, mois), {})))
    grand_livre.inscrit(lignes, differences, le)
    return Bilan(
        ecritures=sum(map(len, differences)),
        montant=sum((ecart for chaque in differences for ecart in chaque.values()), ZERO),
    )

"""What liquidation will do for a file before its next payday, with what is known today: nothing is written.

What counts is what is known when the accounts of the payday are settled. Where something was learnt since rights were last
computed, the months that it touches are computed again, by what liquidation itself calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from guichet.clock import PARIS
from guichet.domain import comptes
from guichet.domain.droits import Droit, Prestation
from guichet.domain.faits import Identite
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import dossier as calcul
from guichet.operations import recalcul
from guichet.operations.echeances import arrete
from guichet.operations.recalcul import EnCours, mois_a_calculer, premier_touche
from guichet.records import faits, releves
from guichet.records.dossiers import Dossier
from guichet.records.faits import Connu
from guichet.records.releves import Releve


@dataclass(frozen=True, slots=True)
class Nouvelle:
    """Something learnt on `appris_le` that no computation has seen; `touche` is the first day that it changes."""

    appris_le: date
    touche: date


@dataclass(frozen=True, slots=True)
class Avenir:
    """The rights of the month that is paid, with their lines; the balances that the payday will find, once liquidation has
    added its `ecarts` to them; what the landlord has received of each month."""

    droits: Sequence[Droit]
    soldes: comptes.Soldes
    verses: Mapping[Mois, Euros]
    ecarts: Mapping[comptes.Cle, Euros] = field(default_factory=dict)
    recalcules: Sequence[Mois] = ()
    """Months before the one that is paid."""


def compte_jusqu_a(dossier: Dossier, mois: Mois, maintenant: datetime) -> datetime:
    """Until when what is learnt counts for the payday of `mois`."""
    le = min(maintenant, arrete(mois))
    return max(le, dossier.liquide_le or le)


def connus_a(sus: Sequence[Connu], le: datetime) -> list[Connu]:
    """Those, of facts that were known at some time, that were at the instant `le`."""
    return [connu for connu in sus if connu.connu_le <= le and (connu.avant is None or connu.avant > le)]


def nouvelle(dossier: int, sus: Sequence[Connu], depuis: datetime, le: datetime) -> Nouvelle | None:
    """What was learnt from `depuis` to `le` and changes something; a fact that was cut is noted again."""
    instants = [quand for connu in sus for quand in (connu.connu_le, connu.avant) if quand and depuis < quand <= le]
    touche = faits.changes({dossier: depuis}, le).get(dossier) if instants else None
    return Nouvelle(max(instants).astimezone(PARIS).date(), touche) if touche is not None else None


def avenir(
    dossier: int,
    nouvelle: Nouvelle | None,
    lus: Sequence[Connu],
    identites: Mapping[int, Identite],
    mois: Mois,
    releve: Releve,
) -> Avenir:
    """What liquidation does for the payday of `mois`, with the facts `lus`; the months before are read and computed again
    only if the news touches them."""
    if nouvelle and nouvelle.touche < mois.premier_jour:
        return _avec_les_mois_d_avant(dossier, nouvelle.touche, lus, identites, mois, releve)
    return _du_mois(lus, identites, mois, releve)


def _du_mois(lus: Sequence[Connu], identites: Mapping[int, Identite], mois: Mois, releve: Releve) -> Avenir:
    droits = droits_payes(lus, identites, mois, releve.droits)
    inscrits = {prestation: du for prestation, du in releve.droits.get(mois, {}).items() if du is not None}
    ecarts = _ecarts(mois, {droit.prestation: droit.montant for droit in droits}, inscrits)
    return Avenir(droits, _ajoutes(releve.soldes, ecarts), releve.verses, ecarts)


def _avec_les_mois_d_avant(
    dossier: int, touche: date, lus: Sequence[Connu], identites: Mapping[int, Identite], mois: Mois, releve: Releve
) -> Avenir:
    passe = releves.depuis(dossier, premier_touche(touche, mois) - calcul.MOIS_LUS)
    en_cours = EnCours(dossier, [connu.fait for connu in lus], identites, {mois}, passe.droits)
    mois_a_calculer(en_cours, touche, mois, arrete(mois).date())
    ecarts: dict[comptes.Cle, Euros] = {}
    for _, change in recalcul.calcule([en_cours], calcul.montants_gardes):
        ecarts |= _ecarts(change, en_cours.dus[change], passe.inscrits.get(change, {}))
    return Avenir(
        *(droits_payes(lus, identites, mois, en_cours.dus), _ajoutes(releve.soldes, ecarts)),
        *({**releve.verses, **passe.verses}, ecarts),
        sorted(chaque for chaque in en_cours.a_calculer if chaque < mois),
    )


def droits_payes(lus: Sequence[Connu], identites: Mapping[int, Identite], mois: Mois, dus: calcul.Dus) -> list[Droit]:
    """The rights of `mois` that are paid to somebody, with their lines."""
    trouves = calcul.droits_de([connu.fait for connu in lus], identites, mois, dus)
    return [droit for droit in trouves if droit.prestation in calcul.PAYEES]


def _ecarts(
    mois: Mois, dus: Mapping[Prestation, Euros | None], inscrits: Mapping[Prestation, Euros]
) -> dict[comptes.Cle, Euros]:
    return {(mois, prestation): ecart for prestation, ecart in recalcul.ecarts(dus, inscrits).items()}


def _ajoutes(soldes: comptes.Soldes, ecarts: Mapping[comptes.Cle, Euros]) -> dict[comptes.Cle, Euros]:
    """The balances once these differences are in the ledger; those that are zero are not there."""
    sommes = {cle: soldes.get(cle, ZERO) + ecarts.get(cle, ZERO) for cle in {**soldes, **ecarts}}
    return {cle: solde for cle, solde in sommes.items() if solde}

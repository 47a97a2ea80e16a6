"""What was paid too much: found in the ledger, told with its reason and its ways of appeal, never kept before its time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from guichet.domain import comptes
from guichet.domain.calendrier import dernier_mois_paye
from guichet.domain.comptes import Somme, recouvrable, trop_percus
from guichet.domain.courriers.decisions import Ecart
from guichet.domain.courriers.indus import notification_d_indu
from guichet.domain.courriers.recours import DE_POSTE, recouvrement
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import ZERO, Mois
from guichet.operations.courriers import enveloppe, envoie
from guichet.operations.motifs import motif, sus_avant
from guichet.records import faits, grand_livre
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Ecriture, Indu, Nature

DELAI_DE_RECOURS = timedelta(days=62)


def regulariser(caisse: str, le: datetime, avance: Callable[[int], None] = lambda nombre: None) -> int:
    """Tell the overpayments of a caisse that were not told yet; how many letters. Done again, it tells nothing more."""
    lettres = 0
    for numeros in grand_livre.trop_payes(caisse):
        for numero in numeros:
            with transaction.atomic():
                lettres += _regularise(Dossier.objects.select_for_update().get(pk=numero), le)
        avance(len(numeros))
    return lettres


def _regularise(dossier: Dossier, le: datetime) -> int:
    soldes = grand_livre.soldes([dossier.pk])[dossier.pk]
    dits = [en_cours(indu, soldes) for indu in Indu.objects.filter(dossier=dossier)]
    nouveaux = trop_percus(soldes, dernier_mois_paye(le.date()), dits)
    par_prestation: dict[Prestation, list[Somme]] = {}
    for somme in nouveaux:
        par_prestation.setdefault(somme.prestation, []).append(somme)
    a_dire: list[Somme] = []
    for prestation, sommes in par_prestation.items():
        if recouvrable(prestation, sum((somme.montant for somme in sommes), ZERO)):
            a_dire += sommes
        else:
            Ecriture.objects.bulk_create(_remises(dossier, sommes, le))
    if not a_dire:
        return 0
    Indu.objects.bulk_create(
        Indu(
            dossier=dossier,
            mois=somme.mois.premier_jour,
            prestation=somme.prestation,
            montant=somme.montant,
            notifie_le=le.date(),
            retenir_des=retenir_des(somme.prestation, le.date()),
        )
        for somme in a_dire
    )
    ecarts = _ecarts(dossier, a_dire)
    sus = sus_avant(grand_livre.premiers_calculs([dossier.pk], min(somme.mois for somme in a_dire))).get(dossier.pk)
    raison = motif(sus, faits.du_dossier(dossier.pk, le), [(somme.mois, somme.prestation) for somme in a_dire])
    envoie(dossier, notification_d_indu(enveloppe(dossier, le.date()), ecarts, raison, plan=None), le)
    return 1


def retenir_des(prestation: Prestation, le: date) -> date:
    """The day from which something may be kept for an overpayment told on `le` (CSS, art. R133-9-2; CASF, art.
    R262-92-1)."""
    regle = recouvrement(prestation, le)
    delai = timedelta(days=regle.rectification) if regle.rectification and not regle.apres_recours else DELAI_DE_RECOURS
    return le + DE_POSTE + delai


def en_cours(indu: Indu, soldes: comptes.Soldes) -> comptes.Indu:
    """An overpayment that was told, with what remains of it in the ledger."""
    cle = (Mois.de(indu.mois), Prestation(indu.prestation))
    restant = min(indu.montant, max(-soldes.get(cle, ZERO), ZERO))
    return comptes.Indu(
        str(indu.reference), *cle, restant, indu.mensualite or ZERO, indu.notifie_le, indu.retenir_des, indu.suspendu
    )


def _remises(dossier: Dossier, sommes: Sequence[Somme], le: datetime) -> Iterable[Ecriture]:
    """What is too little to be asked back is given (CASF, art. R262-92)."""
    for somme in sommes:
        yield Ecriture(
            dossier=dossier,
            mois=somme.mois.premier_jour,
            prestation=somme.prestation,
            nature=Nature.REMISE,
            montant=somme.montant,
            le=le,
        )


def _ecarts(dossier: Dossier, sommes: Sequence[Somme]) -> tuple[Ecart, ...]:
    """For each month and benefit, what is due, what was paid and when."""
    dus = grand_livre.dus_inscrits([(dossier.pk, somme.mois) for somme in sommes])
    payees: dict[tuple[Mois, Prestation], list[tuple[date, Any]]] = {}
    lignes = Ecriture.objects.filter(dossier=dossier, nature__in=(Nature.PAIEMENT, Nature.RETENUE), montant__lt=0)
    for mois, prestation, jour, montant in lignes.values_list("mois", "prestation", "echeance__jour", "montant"):
        payees.setdefault((Mois.de(mois), Prestation(prestation)), []).append((jour, -montant))
    ecarts = []
    for somme in sommes:
        du = dus.get((dossier.pk, somme.mois), {}).get(somme.prestation, ZERO)
        jours = tuple(sorted({jour for jour, _ in payees.get((somme.mois, somme.prestation), ())}))
        ecarts.append(Ecart(somme.prestation, somme.mois, du, du + somme.montant, jours))
    return tuple(ecarts)

"""What was paid too much: found in the ledger, told with its reason and its ways of appeal, never kept before its time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from guichet.domain import comptes
from guichet.domain.calendrier import months_after
from guichet.domain.comptes import Key, Somme, trop_percus
from guichet.domain.courriers.decisions import Ecart
from guichet.domain.courriers.indus import notification_d_indu
from guichet.domain.courriers.recours import DELAI, received_on, recouvrement
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.courriers import enveloppe, envoie
from guichet.operations.motifs import motif, sus_avant
from guichet.records import faits, grand_livre
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Ecriture, Indu, Nature


def regulariser(caisse: str, le: datetime, avance: Callable[[int], None] = lambda nombre: None) -> int:
    """Tell the overpayments of a caisse that were not told yet; how many letters. Done again, it tells nothing more."""
    lettres = 0
    for numeros in grand_livre.trop_payes(caisse):
        for numero in _a_dire(numeros, le):
            with transaction.atomic():
                lettres += _regularise(Dossier.objects.select_for_update().get(pk=numero), le)
        avance(len(numeros))
    return lettres


def _a_dire(numeros: Sequence[int], le: datetime) -> list[int]:
    """The files, among those that were paid too much, that were not told all of it."""
    soldes = grand_livre.soldes(numeros)
    dits: dict[int, list[comptes.Indu]] = {numero: [] for numero in numeros}
    for indu in Indu.objects.filter(dossier__in=numeros):
        dits[indu.dossier_id].append(indu.en_cours(soldes[indu.dossier_id]))
    return [numero for numero in numeros if trop_percus(soldes[numero], le.date(), dits[numero])]


def _regularise(dossier: Dossier, le: datetime) -> int:
    soldes = grand_livre.soldes([dossier.pk])[dossier.pk]
    dits = [indu.en_cours(soldes) for indu in Indu.objects.filter(dossier=dossier)]
    nouveaux = trop_percus(soldes, le.date(), dits)
    a_dire, a_remettre = comptes.split(nouveaux)
    Ecriture.objects.bulk_create(_remises(dossier, a_remettre, le))
    if not a_dire:
        return 0
    Indu.objects.bulk_create(
        Indu(
            dossier=dossier,
            mois=somme.mois.first_day,
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
    """The day from which something may be kept for an overpayment told on `le`: the one after the delay that its letter
    opens, or after that of the appeal (CSS, art. R133-9-2; CASF, art. R262-92-1; CSS, art. R847-1-1)."""
    regle, recue = recouvrement(prestation, le), received_on(le, None)
    if regle.rectification and not regle.apres_recours:
        return recue + timedelta(days=regle.rectification + 1)
    return months_after(recue, DELAI) + timedelta(days=1)


def _remises(dossier: Dossier, sommes: Sequence[Somme], le: datetime) -> Iterable[Ecriture]:
    """What is too little to be asked back is given (CASF, art. R262-92)."""
    for somme in sommes:
        yield Ecriture(
            dossier=dossier,
            mois=somme.mois.first_day,
            prestation=somme.prestation,
            nature=Nature.REMISE,
            montant=somme.montant,
            le=le,
        )


def _ecarts(dossier: Dossier, sommes: Sequence[Somme]) -> tuple[Ecart, ...]:
    """For each month and benefit, what is due, what was paid and when, and what of it needs no telling: told already, paid
    back or given."""
    dus = grand_livre.dus_inscrits((dossier.pk, somme.mois) for somme in sommes)
    verses: dict[Key, Euros] = {}
    jours: dict[Key, set[date]] = {}
    for cle, montant, jour in _versements(dossier):
        verses[cle] = verses.get(cle, ZERO) - montant
        if montant < 0:
            jours.setdefault(cle, set()).add(jour)
    ecarts = []
    for mois, prestation, montant in sommes:
        du = dus.get((dossier.pk, mois), {}).get(prestation, ZERO)
        verse, verse_le = verses.get((mois, prestation), ZERO), jours.get((mois, prestation), ())
        ecarts.append(Ecart(prestation, mois, du, verse, tuple(sorted(verse_le)), verse - du - montant))
    return tuple(ecarts)


def _versements(dossier: Dossier) -> Iterable[tuple[Key, Euros, date]]:
    """The entries of what was paid, below zero, and of what came back. What was kept to pay something back is paid too."""
    paye = Q(nature__in=(Nature.PAIEMENT, Nature.REJET)) | Q(nature=Nature.RETENUE, montant__lt=0)
    lignes = Ecriture.objects.filter(paye, dossier=dossier)
    for mois, prestation, montant, jour in lignes.values_list("mois", "prestation", "montant", "echeance__jour"):
        yield (Mois.of(mois), Prestation(prestation)), montant, jour

"""What is decided is told: the rights that open or end with a month, in one letter to each file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from guichet.domain.courriers.decisions import Decision, Mensualite, Sens, notification_de_droits
from guichet.domain.droits import PONCTUELLES, Prestation
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.courriers import enveloppe, envoie
from guichet.operations.dossier import PAID
from guichet.operations.motifs import Mensuel, sus_avant
from guichet.records import courriers, dossiers, faits, grand_livre

Dus = dict[Prestation, Euros | None]


def notifier(caisse: str, mois: Mois, le: datetime, avance: Callable[[int], None] = lambda nombre: None) -> int:
    """Tell the files of a caisse what begins or ends with `mois`, and what changes with it; how many letters. Done again, it
    tells nothing more. Amounts that change while nothing begins nor ends are on Mon compte, line by line, in no letter."""
    lettres = 0
    for numeros in dossiers.lots(caisse, mois):
        lus: dict[int, dict[Mois, Dus]] = {numero: {} for numero in numeros}
        for numero, de, droits in grand_livre.droits_liquides(numeros, mois - 1):
            lus[numero][de] = {p: montant for p, montant in droits.items() if p in PAID}
        concernes = [n for n, dus in lus.items() if _change(dus.get(mois - 1, {}), dus.get(mois, {}))]
        deja = courriers.deja(concernes, _sujet(mois))
        a_dire = [numero for numero in concernes if numero not in deja]
        with transaction.atomic():
            _notifie(a_dire, mois, lus, le)
        lettres += len(a_dire)
        avance(len(numeros))
    return lettres


def _change(avant: Dus, apres: Dus) -> bool:
    """Something begins or ends, that is not paid once."""
    return {p for p, m in avant.items() if m} - PONCTUELLES != {p for p, m in apres.items() if m} - PONCTUELLES


def _sujet(mois: Mois) -> str:
    return f"droits {mois}"


def _notifie(numeros: Sequence[int], mois: Mois, dus: Mapping[int, Mapping[Mois, Dus]], le: datetime) -> None:
    connus = faits.connus(numeros, le)
    identites = dossiers.personnes(list(numeros))
    sus = sus_avant(grand_livre.premiers_calculs(numeros, mois - 1))
    for dossier in dossiers.Dossier.objects.select_related("caisse").filter(pk__in=numeros).order_by("pk"):
        lus, des_mois = connus[dossier.pk], dus[dossier.pk]
        avant, apres = des_mois.get(mois - 1, {}), des_mois.get(mois, {})
        autres = [p for p in Prestation if (avant.get(p) or ZERO) != (apres.get(p) or ZERO)]
        pourquoi = Mensuel(mois, sus.get(dossier.pk), lus, identites[dossier.pk], autres)
        decisions = tuple(_decisions(mois, avant, apres, pourquoi))
        les_faits = [connu.fait for connu in lus]
        entete = enveloppe(dossier, le.date(), les_faits=les_faits, identites=identites[dossier.pk])
        envoie(dossier, notification_de_droits(entete, decisions), le, _sujet(mois))


def _decisions(mois: Mois, avant: Dus, apres: Dus, pourquoi: Mensuel) -> Iterator[Decision]:
    for prestation in pourquoi.autres:
        ancien, nouveau = avant.get(prestation) or ZERO, apres.get(prestation) or ZERO
        if not nouveau and prestation in PONCTUELLES:
            continue
        sens = Sens.OUVERTURE if not ancien else Sens.FIN if not nouveau else Sens.CHANGEMENT
        mensualite = Mensualite(mois, nouveau, ancien if ancien else None)
        motif = pourquoi.motif(prestation, change=sens is Sens.CHANGEMENT)
        yield Decision(prestation, sens, (mensualite,), motif)

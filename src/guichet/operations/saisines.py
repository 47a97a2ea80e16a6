"""An allocataire writes to the caisse: a question, or the contest of a decision. The tables are in `domain.saisines`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from guichet import clock
from guichet.domain.calendrier import months_after
from guichet.domain.courriers import courrier as letters
from guichet.domain.courriers.recours import DELAI, Voies, by_voies, received_on
from guichet.domain.courriers.suivi import Contestation, accuse_de_contestation
from guichet.domain.droits import Prestation
from guichet.domain.phrases import Phrase
from guichet.domain.saisines import MOST_IN_A_ROW, MOST_OPEN, NEXT_ETATS, SITUATIONS, Auteur, Etat, Genre, Geste
from guichet.operations.courriers import enveloppe, send
from guichet.records.acces import Compte
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Indu
from guichet.records.saisines import Message, Saisine


@dataclass(frozen=True, slots=True)
class Contestable:
    """Decisions of a letter that are contested together, and until when, counted from its reading (`by_reading`) or from
    the post; `already` is the contest that was made."""

    prestations: tuple[Prestation, ...]
    voies: Voies
    since: date
    by_reading: bool
    until: date
    already: Saisine | None = None

    @property
    def organe(self) -> str:
        return self.voies.organe.value


def contestables(courrier: Courrier, letter: letters.Courrier) -> list[Contestable]:
    """What can be contested of a letter. Its delay runs from its first reading, or from the post (`received_on`)."""
    if not letter.decide:
        return []
    already = {saisine.organe: saisine for saisine in Saisine.objects.filter(courrier=courrier)}
    read_on = clock.day_of(courrier.lu_le) if courrier.lu_le else None
    since = received_on(clock.day_of(courrier.envoye_le), read_on)
    start = since, since == read_on
    return [
        Contestable(prestations, voies, *start, months_after(since, DELAI), already.get(voies.organe.value))
        for voies, prestations in by_voies(letter.decide, letter.enveloppe.le).items()
    ]


def ask(compte: Compte, key: UUID, subject: str, text: str) -> Saisine:
    """Keep a question, once for a `key`. ValueError with a sentence when too many wait already."""
    with transaction.atomic():
        Dossier.objects.select_for_update().only("pk").get(pk=compte.dossier_id)
        if already := _already(compte, key):
            return already
        own = Saisine.objects.filter(personne=compte.personne_id, genre=Genre.QUESTION)
        if own.exclude(etat=Etat.REPONDUE).count() >= MOST_OPEN:
            raise ValueError(
                Phrase(
                    "Vous avez déjà {nombre} questions sans réponse. Complétez l'une d'elles, ou attendez.", nombre=MOST_OPEN
                )
            )
        now = clock.now()
        saisine = Saisine(
            cle=key,
            dossier_id=compte.dossier_id,
            personne_id=compte.personne_id,
            genre=Genre.QUESTION,
            sujet=subject,
            recue_le=now,
            avant_le=_deadline(Genre.QUESTION, Etat.RECUE, now),
        )
        saisine.save()
        _write(saisine, Auteur.ALLOCATAIRE, text, now)
        return saisine


def contest(compte: Compte, courrier: Courrier, contestable: Contestable, text: str) -> Saisine:
    """Contest what a letter decides: once. A letter acknowledges it; recovery stops where the law says so (CASF, art.
    L262-46; CSS, art. L845-3)."""
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update(of=["self"]).select_related("caisse").get(pk=compte.dossier_id)
        already: Saisine | None = Saisine.objects.filter(courrier=courrier, organe=contestable.organe).first()
        if already:
            return already
        now = clock.now()
        refused_on = months_after(now.date(), contestable.voies.silence)
        letter = courrier.letter
        indu = letter.genre is letters.Genre.INDU
        acknowledgment = accuse_de_contestation(
            enveloppe(dossier),
            Contestation(
                *(letter.objet, letter.enveloppe.le, contestable.prestations, contestable.voies, text, now.date()),
                jusqu_au=contestable.until,
                refus_le=refused_on,
            ),
            indu=indu,
        )
        saisine: Saisine = Saisine.objects.create(
            dossier=dossier,
            personne_id=compte.personne_id,
            genre=Genre.RECOURS,
            courrier=courrier,
            organe=contestable.organe,
            prestations=list(contestable.prestations),
            accuse=send(dossier, acknowledgment, now),
            recue_le=now,
            avant_le=refused_on,
        )
        _write(saisine, Auteur.ALLOCATAIRE, text, now)
        if indu and contestable.voies.suspensif:
            Indu.objects.filter(
                dossier=dossier, prestation__in=contestable.prestations, notifie_le=letter.enveloppe.le
            ).update(suspendu=True)
        return saisine


def write(saisine: Saisine, auteur: Auteur, geste: Geste, text: str) -> Saisine:
    """Add a message. ValueError with a sentence when the tables do not allow it, or after too many in a row."""
    with transaction.atomic():
        saisine = Saisine.objects.select_for_update().get(pk=saisine.pk)
        following = NEXT_ETATS.get((*saisine.situation, geste))
        if following is None:
            raise ValueError(Phrase("Cet échange est terminé : vous ne pouvez plus y écrire."))
        last_ones = list(saisine.messages.order_by("-pk").values_list("auteur", "texte")[:MOST_IN_A_ROW])
        if last_ones and last_ones[0] == (auteur, text):
            return saisine  # sent twice
        if len(last_ones) == MOST_IN_A_ROW and all(who == auteur for who, _ in last_ones):
            raise ValueError(
                Phrase("Vous avez déjà écrit {nombre} messages de suite. Attendez une réponse.", nombre=MOST_IN_A_ROW)
            )
        now = clock.now()
        _write(saisine, auteur, text, now)
        if following != saisine.etat:
            saisine.etat = following
            saisine.avant_le = _deadline(Genre(saisine.genre), following, now)
            saisine.save(update_fields=["etat", "avant_le"])
        return saisine


def _already(compte: Compte, key: UUID) -> Saisine | None:
    """What was sent with this form already. ValueError when the key is that of another person."""
    already: Saisine | None = Saisine.objects.filter(cle=key).first()
    if already is not None and already.personne_id != compte.personne_id:
        raise ValueError(Phrase("Cette page a servi à un autre envoi. Ouvrez-la de nouveau."))
    return already


def _write(saisine: Saisine, auteur: Auteur, text: str, at: datetime) -> None:
    Message.objects.create(saisine=saisine, auteur=auteur, texte=text, le=at)


def _deadline(genre: Genre, etat: Etat, at: datetime) -> date | None:
    mois = SITUATIONS[genre, etat].mois
    return months_after(at.date(), mois) if mois else None

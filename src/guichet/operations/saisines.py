"""An allocataire writes to the caisse: a question, or the contest of a decision. The tables are in `domain.saisines`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from guichet import clock
from guichet.domain.calendrier import mois_apres
from guichet.domain.courriers import courrier as lettres
from guichet.domain.courriers.recours import Voies, groupes, reception
from guichet.domain.courriers.suivi import Contestation, accuse_de_contestation
from guichet.domain.droits import Prestation
from guichet.domain.phrases import Phrase
from guichet.domain.saisines import DE_SUITE, OUVERTES, SITUATIONS, SUITES, Auteur, Etat, Genre, Geste
from guichet.operations.courriers import enveloppe, envoie
from guichet.records.acces import Compte
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Indu
from guichet.records.saisines import Message, Saisine


@dataclass(frozen=True, slots=True)
class Contestable:
    """Decisions of a letter that are contested together, and until when; `deja` is the contest that was made."""

    prestations: tuple[Prestation, ...]
    voies: Voies
    depuis: date
    jusqu_au: date
    deja: Saisine | None = None

    @property
    def organe(self) -> str:
        return self.voies.organe.value


def contestables(courrier: Courrier, lettre: lettres.Courrier) -> list[Contestable]:
    """What can be contested of a letter. Its delay runs from its first reading, or from the post (`reception`)."""
    if not lettre.decide:
        return []
    deja = {saisine.organe: saisine for saisine in Saisine.objects.filter(courrier=courrier)}
    depuis = reception(_jour(courrier.envoye_le), _jour(courrier.lu_le) if courrier.lu_le else None)
    return [
        Contestable(prestations, voies, depuis, mois_apres(depuis, voies.delai), deja.get(voies.organe.value))
        for voies, prestations in groupes(lettre.decide, lettre.enveloppe.le).items()
    ]


def demande(compte: Compte, cle: UUID, sujet: str, texte: str) -> Saisine:
    """Keep a question, once for a `cle`. ValueError with a sentence when too many wait already."""
    with transaction.atomic():
        Dossier.objects.select_for_update().only("pk").get(pk=compte.dossier_id)
        if deja := _deja(compte, cle):
            return deja
        siennes = Saisine.objects.filter(personne=compte.personne_id, genre=Genre.QUESTION)
        if siennes.exclude(etat=Etat.REPONDUE).count() >= OUVERTES:
            raise ValueError(
                Phrase(
                    "Vous avez déjà {nombre} questions sans réponse. Complétez l'une d'elles, ou attendez.", nombre=OUVERTES
                )
            )
        maintenant = clock.now()
        saisine = Saisine(
            cle=cle,
            dossier_id=compte.dossier_id,
            personne_id=compte.personne_id,
            genre=Genre.QUESTION,
            sujet=sujet,
            recue_le=maintenant,
            avant_le=_avant(Genre.QUESTION, Etat.RECUE, maintenant),
        )
        saisine.save()
        _ecrit(saisine, Auteur.ALLOCATAIRE, texte, maintenant)
        return saisine


def conteste(compte: Compte, courrier: Courrier, contestable: Contestable, texte: str) -> Saisine:
    """Contest what a letter decides: once. A letter acknowledges it; recovery stops where the law says so (CASF, art.
    L262-46; CSS, art. L845-3)."""
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update(of=["self"]).select_related("caisse").get(pk=compte.dossier_id)
        if deja := Saisine.objects.filter(courrier=courrier, organe=contestable.organe).first():
            return deja
        maintenant = clock.now()
        refus_le = mois_apres(maintenant.date(), contestable.voies.silence)
        lettre = courrier.lettre
        indu = lettre.genre is lettres.Genre.INDU
        accuse = accuse_de_contestation(
            enveloppe(dossier),
            Contestation(
                *(lettre.objet, lettre.enveloppe.le, contestable.prestations, contestable.voies, texte, maintenant.date()),
                jusqu_au=contestable.jusqu_au,
                refus_le=refus_le,
            ),
            indu=indu,
        )
        saisine = Saisine.objects.create(
            dossier=dossier,
            personne_id=compte.personne_id,
            genre=Genre.RECOURS,
            courrier=courrier,
            organe=contestable.organe,
            prestations=list(contestable.prestations),
            accuse=envoie(dossier, accuse, maintenant),
            recue_le=maintenant,
            avant_le=refus_le,
        )
        _ecrit(saisine, Auteur.ALLOCATAIRE, texte, maintenant)
        if indu and contestable.voies.suspensif:
            Indu.objects.filter(
                dossier=dossier, prestation__in=contestable.prestations, notifie_le=lettre.enveloppe.le
            ).update(suspendu=True)
        return saisine


def ecrit(saisine: Saisine, auteur: Auteur, geste: Geste, texte: str) -> Saisine:
    """Add a message. ValueError with a sentence when the tables do not allow it, or after too many in a row."""
    with transaction.atomic():
        saisine = Saisine.objects.select_for_update().get(pk=saisine.pk)
        suite = SUITES.get((*saisine.situation, geste))
        if suite is None:
            raise ValueError(Phrase("Cet échange est terminé : vous ne pouvez plus y écrire."))
        derniers = list(saisine.messages.order_by("-pk").values_list("auteur", "texte")[:DE_SUITE])
        if derniers and derniers[0] == (auteur, texte):
            return saisine  # sent twice
        if len(derniers) == DE_SUITE and all(qui == auteur for qui, _ in derniers):
            raise ValueError(
                Phrase("Vous avez déjà écrit {nombre} messages de suite. Attendez une réponse.", nombre=DE_SUITE)
            )
        maintenant = clock.now()
        _ecrit(saisine, auteur, texte, maintenant)
        if suite != saisine.etat:
            saisine.etat = suite
            saisine.avant_le = _avant(Genre(saisine.genre), suite, maintenant)
            saisine.save(update_fields=["etat", "avant_le"])
        return saisine


def _deja(compte: Compte, cle: UUID) -> Saisine | None:
    """What was sent with this form already. ValueError when the key is that of another person."""
    deja: Saisine | None = Saisine.objects.filter(cle=cle).first()
    if deja is not None and deja.personne_id != compte.personne_id:
        raise ValueError(Phrase("Cette page a servi à un autre envoi. Ouvrez-la de nouveau."))
    return deja


def _ecrit(saisine: Saisine, auteur: Auteur, texte: str, le: datetime) -> None:
    Message.objects.create(saisine=saisine, auteur=auteur, texte=texte, le=le)


def _avant(genre: Genre, etat: Etat, le: datetime) -> date | None:
    mois = SITUATIONS[genre, etat].mois
    return mois_apres(le.date(), mois) if mois else None


def _jour(instant: datetime) -> date:
    return instant.astimezone(clock.PARIS).date()

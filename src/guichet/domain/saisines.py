"""What an allocataire writes to the caisse, and where it stands: who acts next, and by when. All of it is in two tables.

A question has no delay of its own in law; an application that gets no answer in two months is refused (CRPA, art. L231-4): a
question is owed an answer by then. The silence on a contest is told by its ways of appeal (`domain.courriers.recours`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from guichet.domain.phrases import Phrase

LONGEST = 4000
"""Characters of a message, at most."""
MOST_OPEN = 10
"""Questions of one person that wait for an answer, at most."""
MOST_IN_A_ROW = 10
"""Messages in a row of one person, at most."""


class Genre(StrEnum):
    QUESTION = "question"
    RECOURS = "recours"


class Etat(StrEnum):
    RECUE = "recue"
    A_COMPLETER = "a_completer"
    REPONDUE = "repondue"


class Auteur(StrEnum):
    ALLOCATAIRE = "allocataire"
    CAISSE = "caisse"


class Geste(StrEnum):
    """What is done with a message: the first two are the caisse's."""

    REPONDRE = "repondre"
    DEMANDER = "demander"
    ECRIRE = "ecrire"


@dataclass(frozen=True, slots=True)
class Situation:
    """`qui` acts next, None when nobody has to; within `mois` months, None when the day was fixed at the beginning."""

    libelle: str
    qui: Auteur | None
    mois: int | None = None


SITUATIONS: dict[tuple[Genre, Etat], Situation] = {
    (Genre.QUESTION, Etat.RECUE): Situation(Phrase("Votre caisse doit vous répondre."), Auteur.CAISSE, 2),
    (Genre.QUESTION, Etat.A_COMPLETER): Situation(
        Phrase("Votre caisse attend une précision de vous."), Auteur.ALLOCATAIRE, 1
    ),
    (Genre.QUESTION, Etat.REPONDUE): Situation(Phrase("Votre caisse a répondu."), None),
    (Genre.RECOURS, Etat.RECUE): Situation(Phrase("Votre contestation est examinée."), Auteur.CAISSE),
    (Genre.RECOURS, Etat.REPONDUE): Situation(Phrase("Votre contestation a reçu une réponse."), None),
}
NEXT_ETATS: dict[tuple[Genre, Etat, Geste], Etat] = {
    (Genre.QUESTION, Etat.RECUE, Geste.REPONDRE): Etat.REPONDUE,
    (Genre.QUESTION, Etat.RECUE, Geste.DEMANDER): Etat.A_COMPLETER,
    (Genre.QUESTION, Etat.RECUE, Geste.ECRIRE): Etat.RECUE,
    (Genre.QUESTION, Etat.A_COMPLETER, Geste.ECRIRE): Etat.RECUE,
    (Genre.QUESTION, Etat.A_COMPLETER, Geste.REPONDRE): Etat.REPONDUE,
    (Genre.QUESTION, Etat.REPONDUE, Geste.ECRIRE): Etat.RECUE,
    (Genre.RECOURS, Etat.RECUE, Geste.REPONDRE): Etat.REPONDUE,
    (Genre.RECOURS, Etat.RECUE, Geste.ECRIRE): Etat.RECUE,
}
"""What is not there cannot be done."""
SUJETS = {
    "paiement": Phrase("Un paiement, un montant"),
    "situation": Phrase("Ma situation, mes ressources"),
    "courrier": Phrase("Un courrier que j'ai reçu"),
    "demarche": Phrase("Une démarche en cours"),
    "autre": Phrase("Autre chose"),
}


def read(typed: str) -> str:
    """The message that was typed; ValueError with a sentence that can be shown."""
    text = "\n".join(line.rstrip() for line in typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
    if not any(character.isalnum() for character in text):
        raise ValueError(Phrase("Écrivez votre message."))
    if len(text) > LONGEST:
        raise ValueError(
            Phrase(
                "Votre message compte {longueur} caractères : {maximum} au plus. Raccourcissez-le, ou envoyez la suite à "
                "part.",
                longueur=len(text),
                maximum=LONGEST,
            )
        )
    return text

"""The month of a journey, the sentences and the conditions that many questions share."""

from __future__ import annotations

from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH
from guichet.journeys.champs import ChampMois
from guichet.journeys.conditions import AuMoins, Est

OUI_OU_NON = "Répondez oui ou non."
DATE = "Indiquez le jour, le mois et l'année, par exemple 27\u00a03\u00a01990."
EUROS = "Indiquez un montant en euros, 0 s'il n'y en a pas."

COUPLE = Est("couple", (True,))
SEUL = Est("couple", (False,))
AVEC_ENFANTS = AuMoins("nombre_enfants", 1)
SANS_ENFANT = Est("nombre_enfants", (0,))

MOIS = ChampMois(
    nom="mois",
    question="Mois de la simulation",
    erreur=Phrase("Indiquez un mois, {premier:de} à {dernier}.", premier=FIRST_MONTH, dernier=LAST_CHECKED_MONTH),
    premier=FIRST_MONTH,
    dernier=LAST_CHECKED_MONTH,
)

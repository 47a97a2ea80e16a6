"""Rare facts: a box to tick each, which opens its own question. They keep common households short."""

from __future__ import annotations

from decimal import Decimal

from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import Cases, Entier, Montant, Option
from guichet.journeys.conditions import Coche, EntreMois, Est, MoinsDe, Tous
from guichet.journeys.questions.activite import AU_CHOMAGE, sauf
from guichet.journeys.questions.mots import AVEC_ENFANTS, COUPLE

AGE_DE_RATTACHEMENT = 25
"""At the latest: a student's place in the tax household of the parents (CGI, art. 6, 3)."""
_PEUT_ETRE_EN_SEJOUR_ETUDIANT = Est("activite", ("etudiant", "chomeur_non_indemnise", "inactif"))

ENCEINTE = Option("enceinte", "Vous, ou votre conjointe, êtes enceinte")
RSA_RECU = Option("rsa", "Vous avez reçu le RSA le mois dernier", "Revenu de solidarité active")
AAH = Option("aah", "Vous recevez l'AAH", "Allocation aux adultes handicapés")
AAH_CONJOINT = Option("conjoint_aah", "Votre conjoint reçoit l'AAH", "Allocation aux adultes handicapés", si=COUPLE)
BOURSIER = Option("boursier", "Vous avez une bourse sur critères sociaux", si=Est("activite", ("etudiant",)))
HORS_UE = Option(
    "hors_ue",
    "Vous avez un titre de séjour d'étudiant ou de recherche d'emploi, sans remplir les conditions d'une bourse",
    "Nationalités hors Union européenne. En couple : si votre conjoint est dans le même cas",
    si=Tous(EntreMois("mois", premier=Mois(2026, 7)), _PEUT_ETRE_EN_SEJOUR_ETUDIANT),
)
IFI = Option(
    "ifi",
    "Vous êtes rattaché au foyer fiscal de vos parents, qui paient l'impôt sur la fortune",
    "Impôt sur la fortune immobilière (IFI) ; ISF jusqu'en 2017",
    si=Tous(EntreMois("mois", premier=Mois(2016, 10)), MoinsDe("naissance", AGE_DE_RATTACHEMENT, "mois")),
)
ALTERNANCE = Option("alternance", "Un de vos enfants, ou plusieurs, vivent en résidence alternée", si=AVEC_ENFANTS)
CHOMAGE_PASSE = Option(
    "chomage_passe", "Vous avez touché des allocations chômage {periode}", si=Est("activite", sauf(*AU_CHOMAGE))
)
CHOMAGE_PASSE_CONJOINT = Option(
    "conjoint_chomage_passe",
    "Votre conjoint a touché des allocations chômage {periode}",
    si=Tous(COUPLE, Est("conjoint_activite", sauf(*AU_CHOMAGE))),
)
PENSION_RECUE = Option("pension_recue", "Vous avez reçu une pension alimentaire en {annee_pension}")
PENSION_VERSEE = Option("pension_versee", "Vous avez versé une pension alimentaire en {annee_pension}")
PATRIMOINE = Option(
    "patrimoine",
    "Vous avez plus de 30\u202f000\u00a0€ de patrimoine",
    "Épargne, biens qui ne sont ni votre logement ni ce qui sert à votre travail",
    si=EntreMois("mois", premier=Mois(2016, 10)),
)


def cases(*options: Option) -> Cases:
    """The boxes of a simulator."""
    return Cases(
        nom="autres",
        question="Cochez ce qui est vrai",
        aide="Rien à cocher ? Continuez.",
        erreur="Choisissez parmi les cases proposées.",
        options=options,
    )


def montant_coche(case: str, question: str, unite: str, maximum: int = 100_000) -> Montant:
    """The amount that a ticked box asks for."""
    erreur = "Indiquez un montant en euros."
    return Montant(
        nom=case, question=question, erreur=erreur, unite=unite, maximum=Decimal(maximum), si=Coche("autres", case)
    )


COMBIEN_EN_ALTERNANCE = Entier(
    nom="alternance",
    question="Combien d'enfants vivent en résidence alternée\u00a0?",
    erreur="Indiquez un nombre, 1 au moins.",
    minimum=1,
    maximum=12,
    si=Coche("autres", "alternance"),
)
AAH_RECUE = montant_coche("aah", "AAH reçue le mois dernier", "€ par mois")
AAH_RECUE_PAR_LE_CONJOINT = montant_coche("conjoint_aah", "AAH reçue le mois dernier par votre conjoint", "€ par mois")
VALEUR_DU_PATRIMOINE = montant_coche("patrimoine", "Valeur de ce patrimoine, en tout", "€", 100_000_000)

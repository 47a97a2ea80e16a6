"""What the adults of the household do."""

from __future__ import annotations

from guichet.journeys.champs import Choix, Option
from guichet.journeys.questions.mots import COUPLE

OPTIONS = (
    Option("salarie", "Emploi salarié"),
    Option("independant", "Travail indépendant"),
    Option("apprenti", "Apprentissage"),
    Option("etudiant", "Études"),
    Option("chomeur", "Chômage, avec une allocation", "Allocation d'aide au retour à l'emploi (ARE), par exemple"),
    Option("chomeur_non_indemnise", "Chômage, sans allocation ou avec l'ASS", "ASS : allocation de solidarité spécifique"),
    Option("retraite", "Retraite"),
    Option("conge_parental", "Congé parental à temps plein"),
    Option("inactif", "Aucune de ces situations"),
)
AU_CHOMAGE = ("chomeur", "chomeur_non_indemnise")


def sauf(*activites: str) -> tuple[str, ...]:
    """The other ones."""
    return tuple(option.value for option in OPTIONS if option.value not in activites)


ACTIVITES = (
    Choix(nom="activite", question="Votre activité en {mois}", erreur="Choisissez votre activité.", options=OPTIONS),
    Choix(
        nom="conjoint_activite",
        question="Activité de votre conjoint en {mois}",
        erreur="Choisissez l'activité de votre conjoint.",
        options=OPTIONS,
        si=COUPLE,
    ),
)

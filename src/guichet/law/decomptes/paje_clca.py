"""The sheet of the complément de libre choix d'activité, and of its optional form."""

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import PAS_A_MAYOTTE, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import DuParametre

PAJE = "prestations_sociales.prestations_familiales.petite_enfance.paje"
CLCA = DuParametre(f"{PAJE}.paje_clca")

FICHE = Fiche(
    prestation=Prestation.PAJE_CLCA,
    montant="paje_clca_nette_crds",
    postes=(
        Poste("Enfants à charge", "paje_nombre_enfants", (), 0, Unite.NOMBRE),
        Poste("Âge du dernier enfant, en mois", "paje_mois_benjamin", (), 0, Unite.MOIS, toujours=True),
        Poste("Allocation de base reçue, avant prélèvement", "paje_base", (), 0),
        Poste("Complément d'activité avant prélèvement", "paje_clca", (CLCA,), 1),
        Poste("Complément optionnel, plus élevé et plus court, avant prélèvement", "paje_colca", (CLCA,), 1),
        crds("paje_clca_crds"),
    ),
    conditions=(
        PAS_A_MAYOTTE,
        Condition(
            "Prestation encore versée ce mois-ci",
            "paje_clca_existe",
            "dernier mois possible : novembre 2017",
            "enfant de moins de 3 ans né avant 2015",
            conseil="Pour un enfant né depuis 2015, voyez la prestation partagée d'éducation de l'enfant.",
        ),
        Condition("Enfant à charge", "paje_a_un_enfant", "aucun enfant né ou arrivé au foyer", "au moins un enfant"),
        Condition(
            "Dernier enfant né ou adopté avant 2015",
            "paje_enfant_avant_2015",
            "dernier enfant né ou adopté depuis le 1er janvier 2015",
            "naissance ou adoption avant le 1er janvier 2015",
            conseil="Voyez la prestation partagée d'éducation de l'enfant.",
        ),
        Condition(
            "Âge du dernier enfant, dans la période de versement",
            "paje_clca_age_ou_option",
            "paje_mois_benjamin",
            "les six mois qui suivent la naissance pour un enfant, jusqu'à 3 ans pour deux enfants ou plus",
            (CLCA,),
            Unite.MOIS,
        ),
        Condition(
            "Activité cessée ou réduite",
            "paje_clca_arret",
            "aucun parent n'a cessé ou réduit son activité",
            "arrêt complet, ou 80 % d'un temps plein au plus",
            (CLCA,),
        ),
        Condition("Montant à verser", "paje_clca_du", "0 €", "plus de 0 €"),
    ),
    doutes=(
        Doute(
            "Huit trimestres d'assurance vieillesse sont supposés validés (dans les 2 ans avant un premier enfant,"
            " 4 ans avant un deuxième, 5 ans ensuite). Un congé de maternité indemnisé retarde le départ.",
            Mois(2012, 6),
            Mois(2017, 11),
            si="paje_clca_du",
        ),
    ),
)

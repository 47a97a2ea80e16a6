"""The sheet of the prestation partagée d'éducation de l'enfant."""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import CONGE_DE_NAISSANCE, PAS_A_MAYOTTE, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

PAJE = "prestations_sociales.prestations_familiales.petite_enfance.paje"
PREPARE = DuParametre(f"{PAJE}.paje_prepare.prestation_partagee_education_enfant.taux_plein")
AGE = DuParametre(f"{PAJE}.paje_prepare.age_max_plus_jeune_enfant.deux_enfants_plus")
DEPUIS_2015 = date(2015, 1, 1)
PARTAGE = Article("CSS, art. L531-4 (loi n° 2014-873, art. 8)", depuis=DEPUIS_2015)
DUREES = Article("CSS, art. D531-13 à D531-16-1", depuis=DEPUIS_2015)
ADOPTION = Article("CSS, art. D531-14", depuis=DEPUIS_2015)
DERNIER = Mois(2026, 11)
SUPPOSE = (
    "Huit trimestres d'assurance vieillesse sont supposés validés (dans les 2 ans avant un premier enfant, 4 ans avant un"
    " deuxième, 5 ans ensuite), et aucun congé payé, chômage ou arrêt maladie indemnisé"
)

FICHE = Fiche(
    prestation=Prestation.PAJE_PREPARE,
    montant="paje_prepare_nette_crds",
    postes=(
        Poste("Enfants à charge", "paje_nombre_enfants", (), 0, Unite.NOMBRE),
        Poste("Âge du dernier enfant, en mois", "paje_mois_benjamin", (AGE,), 0, Unite.MOIS, toujours=True),
        Poste(
            "Mois que ce parent peut encore recevoir",
            "paje_prepare_mois_restants",
            (DUREES,),
            0,
            Unite.MOIS,
            si="paje_prepare_en_couple",
        ),
        Poste("Prestation avant prélèvement", "paje_prepare", (PREPARE,), 1),
        crds("paje_prepare_crds"),
    ),
    conditions=(
        PAS_A_MAYOTTE,
        Condition(
            "Prestation créée",
            "paje_prepare_existe",
            "prestation créée le 1er janvier 2015",
            "mois de droit depuis janvier 2015",
            (PARTAGE,),
            conseil="Avant 2015, voyez le complément de libre choix d'activité.",
        ),
        Condition("Enfant à charge", "paje_a_un_enfant", "aucun enfant né ou arrivé au foyer", "au moins un enfant"),
        Condition(
            "Arrivée au foyer de l'enfant adopté, dans la période de versement",
            "paje_prepare_enfant_present",
            "paje_mois_benjamin",
            "12 mois depuis l'arrivée, ou plus jusqu'à la limite d'âge ; 36 mois pour trois enfants arrivés ensemble",
            (ADOPTION,),
            Unite.MOIS,
            si="paje_prepare_adoption",
        ),
        Condition(
            "Âge du dernier enfant, né ou adopté depuis 2015, dans la période de versement",
            "paje_prepare_enfant_present",
            "paje_mois_benjamin",
            "un enfant (ou le montant majoré) : du mois de la naissance à 1 an ; deux ou plus : du mois d'après à 3 ans",
            (AGE,),
            Unite.MOIS,
        ),
        Condition(
            "Activité cessée ou réduite",
            "paje_parent_arrete_ou_reduit",
            "aucun parent n'a cessé ou réduit son activité",
            "arrêt complet, ou 80 % d'un temps plein au plus",
            (PREPARE,),
        ),
        Condition(
            "Durée non épuisée",
            "paje_prepare_duree_restante",
            "prepare_mois_verses",
            "par parent en couple : moins de 6 mois pour un enfant, 24 pour deux ou plus, 8 au montant majoré",
            (DUREES,),
            Unite.MOIS,
            "L'autre parent peut prendre le relais pour la même durée.",
        ),
        Condition("Montant à verser", "paje_prepare_due", "0 €", "plus de 0 €"),
    ),
    doutes=(
        Doute(f"{SUPPOSE}.", Mois(2015, 1), CONGE_DE_NAISSANCE - 1, si="paje_prepare_due"),
        Doute(
            f"{SUPPOSE}, ni congé supplémentaire de naissance (CSS, art. L532-2).",
            CONGE_DE_NAISSANCE,
            DERNIER,
            si="paje_prepare_due",
        ),
        Doute(
            "Deux parents à temps partiel ont ensemble le montant du taux plein, même quand leurs deux montants font moins :"
            " nous lisons ainsi l'article L531-4, III, du CSS. Les caisses n'en publient que la limite.",
            Mois(2015, 1),
            DERNIER,
            si="paje_prepare_de_deux_temps_partiels",
        ),
    ),
)

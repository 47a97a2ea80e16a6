"""The sheet of the base allowance of the PAJE."""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import PAS_A_MAYOTTE, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

PAJE = "prestations_sociales.prestations_familiales.petite_enfance.paje"
MOIS_SUIVANT = Article("CSS, art. R552-2 (décret n° 2014-1707)", depuis=date(2015, 1, 1))
TAUX = DuParametre(f"{PAJE}.paje_cm.montant.allocation_base_taux_plein.avant_2014.taux")
PLAFOND = DuParametre(f"{PAJE}.paje_plaf.ne_adopte_apres_04_2018.taux_partiel.plafond_ressources_0_enfant")
RESSOURCES = Article("CSS, art. R532-1", depuis=date(2014, 4, 27))
PLAFONDS = Article("CSS, art. L531-3, R531-1 et D531-3-1", depuis=date(2018, 4, 1))
MULTIPLES = Article("CSS, art. L531-3", depuis=date(2018, 4, 1))
MONTANT = (Article("CSS, art. D531-3", depuis=date(2021, 4, 1)), TAUX)
"""Until March 2021, the children born before April 2018 kept their own amount."""
AGE = DuParametre(f"{PAJE}.paje_cm.age_limite_enfant_adopte_non")

FICHE = Fiche(
    prestation=Prestation.PAJE_BASE,
    montant="paje_base_nette_crds",
    postes=(
        Poste("Enfants à charge, nés ou à naître", "paje_enfants_nes_ou_a_naitre", (PLAFONDS,), 0, Unite.NOMBRE),
        Poste(
            "Ressources retenues, de l'avant-dernière année",
            "prestations_familiales_base_ressources",
            (RESSOURCES,),
            0,
            Unite.EUROS_PAR_AN,
            toujours=True,
        ),
        Poste("Plafond du taux plein", "paje_base_plafond_taux_plein", (PLAFONDS,), 0, Unite.EUROS_PAR_AN),
        Poste("Plafond de l'allocation de base", "paje_base_plafond", (PLAFONDS,), 0, Unite.EUROS_PAR_AN),
        Poste("Montant d'une allocation à taux plein", "paje_base_montant_plein", MONTANT, 0, Unite.EUROS_PAR_MOIS),
        Poste("Nombre d'allocations (une, sauf naissances multiples)", "paje_base_nombre", (MULTIPLES,), 0, Unite.NOMBRE),
        Poste("Allocation de base avant prélèvement", "paje_base", MONTANT, 1),
        crds("paje_base_crds"),
    ),
    conditions=(
        PAS_A_MAYOTTE,
        Condition(
            "Enfant né ou arrivé au foyer avant ce mois-ci",
            "paje_base_enfant_present",
            "enfant à naître",
            "enfant né le mois précédent au plus tard",
            (MOIS_SUIVANT,),
            conseil="L'allocation commence le mois qui suit la naissance.",
            si="paje_attend_un_enfant",
        ),
        Condition(
            "Enfant de moins de 3 ans, ou adopté depuis moins de 3 ans",
            "paje_base_enfant_present",
            "aucun enfant de cet âge ce mois-ci",
            "du mois qui suit la naissance au mois qui précède le 3e anniversaire",
            (AGE,),
        ),
        Condition(
            "Ressources sous le plafond",
            "paje_base_sous_plafond",
            "prestations_familiales_base_ressources",
            "paje_base_plafond",
            (PLAFONDS,),
            Unite.EUROS_PAR_AN,
            "Une baisse de revenus se déclare : un chômage peut changer les ressources retenues.",
            comparaison="au plus",
        ),
        Condition("Montant à verser", "paje_base_due", "paje_base", "plus de 0 €"),
    ),
    doutes=(
        Doute(
            "Pour deux enfants de moins de trois ans nés avant et après le 1er avril 2018, les règles du dernier-né"
            " sont appliquées : le texte sur ce point n'a pas été retrouvé.",
            Mois(2018, 4),
            Mois(2021, 3),
            si="paje_base_due",
        ),
    ),
)

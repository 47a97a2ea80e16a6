"""The sheet of the allocation de rentrée scolaire, paid in August."""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.law.decomptes._commun import D_UN_SEUL_PARENT, DEBUT, SANS_FIN, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

ARS = "prestations_sociales.prestations_familiales.education_presence_parentale.ars"
PLAFOND = DuParametre(f"{ARS}.ars_plaf.plafond_ressources")
AGES = Article("CSS, art. R543-2", depuis=date(2008, 8, 3))
RESSOURCES = Article("CSS, art. R543-5, R543-6 et R532-3", depuis=date(2008, 8, 3))
REDUCTION = Article("CSS, art. L543-2 et R543-6-1", depuis=date(2013, 6, 24))

FICHE = Fiche(
    prestation=Prestation.ARS,
    montant="ars_versee",
    postes=(
        Poste("Enfants qui ouvrent droit", "ars_nombre_enfants", (AGES,), 0, Unite.NOMBRE),
        Poste(
            "Ressources retenues, de l'avant-dernière année",
            "ars_ressources",
            (RESSOURCES,),
            0,
            Unite.EUROS_PAR_AN,
            toujours=True,
        ),
        Poste("Plafond de ressources", "ars_plafond", (PLAFOND,), 0, Unite.EUROS_PAR_AN),
        Poste("Enfants de 6 à 10 ans", "ars_6_10_ans", (DuParametre(f"{ARS}.ars_m.taux_primaire"),), 1),
        Poste("Enfants de 11 à 14 ans", "ars_11_14_ans", (DuParametre(f"{ARS}.ars_m.taux_college"),), 1),
        Poste("Enfants de 15 à 18 ans", "ars_15_18_ans", (DuParametre(f"{ARS}.ars_m.taux_lycee"),), 1),
        Poste(
            "Majoration exceptionnelle de la rentrée 2020",
            "ars_majoration_exceptionnelle",
            (Article("Décret n° 2020-985 du 5 août 2020", depuis=date(2020, 8, 1)),),
            1,
        ),
        Poste("Réduction : ce qui dépasse le plafond", "ars_reduction", (REDUCTION,), -1),
        crds("ars_retenue_crds"),
    ),
    conditions=(
        Condition(
            "Mois du versement",
            "ars_mois_de_versement",
            "l'allocation n'est pas versée ce mois-ci",
            "elle est versée en une fois, en août, avant la rentrée",
            (Article("CSS, art. R543-7"),),
        ),
        Condition(
            "Un enfant de 6 à 18 ans à la rentrée",
            "ars_ouvre_droit",
            "aucun enfant de cet âge",
            "6 ans dans l'année au plus tard, moins de 18 ans le 15 septembre",
            (AGES,),
        ),
        Condition(
            "Ressources sous le plafond, et montant d'au moins 15 €",
            "ars_atteint_le_minimum",
            "ars_ressources",
            "ars_plafond",
            (REDUCTION,),
            Unite.EUROS_PAR_AN,
            "Une baisse de revenus se déclare : elle peut changer les ressources retenues.",
        ),
    ),
    doutes=(
        Doute(
            "L'allocation de rentrée scolaire de Mayotte a ses propres montants, qui n'ont pas été retrouvés.",
            DEBUT,
            SANS_FIN,
            si="af_residence_mayotte",
            refuse=True,
        ),
        Doute(
            "Un enfant aura six ans en janvier prochain : l'article R543-2 lui ouvre aussi un droit, mais les caisses"
            " demandent qu'il soit inscrit au cours préparatoire. Son allocation n'est pas comptée ici : demandez-la avec un"
            " certificat.",
            DEBUT,
            SANS_FIN,
            si="ars_attend_six_ans_en_janvier",
        ),
        D_UN_SEUL_PARENT,
    ),
)

"""The sheet of the complément familial."""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import D_UN_SEUL_PARENT, REVENUS_ECARTES, SANS_FIN, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

CF = "prestations_sociales.prestations_familiales.prestations_generales.cf"
TAUX = DuParametre(f"{CF}.cf_cm.complement_familial.taux_cf_base")
TAUX_MAJORE = DuParametre(f"{CF}.cf_cm.complement_familial.taux_cf_majore")
ENFANTS = Article("CSS, art. R522-1 (outre-mer, R755-1)", date(2000, 1, 29))
RESSOURCES = Article("CSS, art. R522-2 et R532-3", date(2011, 11, 1))
REDUCTION = Article("CSS, art. R522-3", date(2014, 1, 1))
AVEC_LA_PAJE = Article("CSS, art. L532-1 et L532-2 (outre-mer, L755-19)", date(2006, 12, 22))
PLAFOND = DuParametre(f"{CF}.cf_plaf.plafond_ressources_0_enfant")

FICHE = Fiche(
    prestation=Prestation.CF,
    montant="cf_net_crds",
    postes=(
        Poste("Enfants en âge d'ouvrir droit au complément", "cf_nombre_enfants", (ENFANTS,), 0, Unite.NOMBRE),
        Poste(
            "Ressources retenues, de l'avant-dernière année",
            "cf_base_ressources",
            (RESSOURCES,),
            0,
            Unite.EUROS_PAR_AN,
            toujours=True,
        ),
        REVENUS_ECARTES,
        Poste("Plafond de ressources", "cf_plafond", (PLAFOND,), 0, Unite.EUROS_PAR_AN),
        Poste(
            "Plafond de ressources du montant majoré",
            "cf_majore_plafond",
            (DuParametre(f"{CF}.cf_plaf.plafond_ressources_majoration.couple_avec_1_revenu"),),
            0,
            Unite.EUROS_PAR_AN,
        ),
        Poste("Complément familial majoré", "cf_entier", (TAUX_MAJORE,), 1, si="cf_est_majore"),
        Poste("Complément familial", "cf_entier", (TAUX,), 1, si="cf_n_est_pas_majore"),
        Poste("Réduction : un douzième de ce qui dépasse le plafond", "cf_reduction", (REDUCTION,), -1),
        crds("cf_retenue_crds"),
    ),
    conditions=(
        Condition(
            "Complément familial étendu au lieu de résidence",
            "pf_hors_mayotte",
            "résidence à Mayotte",
            "résidence en métropole ou dans un autre département d'outre-mer",
        ),
        Condition(
            "Enfants en âge d'ouvrir droit au complément",
            "cf_condition_enfants",
            "cf_nombre_enfants",
            "un enfant de 3 ou 4 ans au moins, et aucun de moins de 3 ans",
            (DuParametre(f"{CF}.cf_cm_dom.age_minimal_dom"),),
            Unite.NOMBRE,
            si="af_residence_outre_mer",
        ),
        Condition(
            "Enfants à charge de 3 ans à moins de 21 ans",
            "cf_condition_enfants",
            "cf_nombre_enfants",
            "3",
            (DuParametre(f"{CF}.cf_cm.nombre_d_enfants_minimal"),),
            Unite.NOMBRE,
            "Le complément peut s'ouvrir quand le troisième enfant atteint 3 ans.",
        ),
        Condition(
            "Aucune allocation de base ni aide à la cessation d'activité de la Paje en même temps",
            "cf_sans_allocation_de_la_paje",
            "une de ces allocations est versée",
            "aucune",
            (AVEC_LA_PAJE,),
        ),
        Condition(
            "Ressources sous le plafond",
            "cf_sous_plafond",
            "cf_base_ressources",
            "cf_plafond",
            (PLAFOND,),
            Unite.EUROS_PAR_AN,
            "Une baisse de revenus se déclare : elle peut changer les ressources retenues.",
        ),
    ),
    doutes=(
        D_UN_SEUL_PARENT,
        Doute(
            "Le complément familial existe à Mayotte depuis janvier 2018 (décret n° 2017-1788), mais son barème n'y a"
            " pas été retrouvé.",
            Mois(2018, 1),
            SANS_FIN,
            si="af_residence_mayotte",
            refuse=True,
        ),
    ),
)

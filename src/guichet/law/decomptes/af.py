"""The sheet of the allocations familiales."""

from dataclasses import replace
from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.law.decomptes._commun import DEBUT, ENFANT_A_CHARGE, REVENUS_ECARTES, SANS_FIN, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

AF = "prestations_sociales.prestations_familiales.prestations_generales.af"
BMAF = DuParametre("prestations_sociales.prestations_familiales.bmaf.bmaf")
BAREME = Article("CSS, art. D521-1", depuis=date(2015, 7, 1))
FORFAIT = Article("CSS, art. D521-2", depuis=date(2015, 7, 1))
DE_20_ANS = Article("CSS, art. L521-1", depuis=date(2015, 7, 1))
RESSOURCES = Article("CSS, art. D521-4 et R532-3", depuis=date(2015, 7, 1))
PLAFOND_1 = DuParametre(f"{AF}.af_cond_ress.plafond_tranche_1_base")
PLAFOND_2 = DuParametre(f"{AF}.af_cond_ress.plafond_tranche_2_base")
UN_ENFANT = Article("CSS, art. D755-5")
MAJORATION = DuParametre(f"{AF}.af_maj.maj_age_deux_enfants.age1")
MAYOTTE = DuParametre(f"{AF}.mayotte.deux_enfants")
GARDE = Article("CSS, art. R521-3", depuis=date(2007, 5, 1))

FICHE = Fiche(
    prestation=Prestation.AF,
    montant="af_nettes_crds",
    postes=(
        Poste("Enfants à charge de moins de 20 ans", "af_nbenf", (ENFANT_A_CHARGE,), 0, Unite.NOMBRE),
        Poste("Enfants de 20 ans", "af_allocation_forfaitaire_nb_enfants", (DE_20_ANS,), 0, Unite.NOMBRE),
        Poste(
            "Ressources retenues, de l'avant-dernière année",
            "af_ressources",
            (RESSOURCES,),
            0,
            Unite.EUROS_PAR_AN,
            si="af_soumises_a_ressources",
            toujours=True,
        ),
        replace(REVENUS_ECARTES, si="af_soumises_a_ressources"),
        Poste(
            "Plafond de la première tranche",
            "af_plafond_1",
            (PLAFOND_1,),
            0,
            Unite.EUROS_PAR_AN,
            "af_soumises_a_ressources",
        ),
        Poste(
            "Plafond de la deuxième tranche",
            "af_plafond_2",
            (PLAFOND_2,),
            0,
            Unite.EUROS_PAR_AN,
            "af_soumises_a_ressources",
        ),
        Poste(
            "Part versée selon les ressources",
            "af_taux_modulation",
            (BAREME,),
            0,
            Unite.POURCENT,
            "af_soumises_a_ressources",
        ),
        Poste(
            "Part versée à ce parent, résidence alternée",
            "af_coeff_garde_alternee",
            (GARDE,),
            0,
            Unite.POURCENT,
            "af_garde_alternee",
        ),
        Poste("Allocations de base", "af_base", (BAREME, BMAF), 1, si="af_bareme_general"),
        Poste("Allocation pour un seul enfant, outre-mer", "af_base", (UN_ENFANT,), 1, si="af_un_enfant_outre_mer"),
        Poste("Allocations de base de Mayotte", "af_base", (MAYOTTE,), 1, si="af_residence_mayotte"),
        Poste("Majoration pour âge", "af_majoration", (MAJORATION,), 1, si="af_bareme_general"),
        Poste("Majoration pour âge", "af_majoration", (UN_ENFANT,), 1, si="af_un_enfant_outre_mer"),
        Poste("Allocation forfaitaire pour un enfant de 20 ans", "af_allocation_forfaitaire", (FORFAIT, BMAF), 1),
        Poste("Complément dégressif", "af_complement_degressif", (BAREME,), 1),
        Poste(
            "Complément dégressif de l'allocation forfaitaire",
            "af_allocation_forfaitaire_complement_degressif",
            (FORFAIT,),
            1,
        ),
        crds("af_retenue_crds"),
    ),
    conditions=(
        Condition(
            "Nombre d'enfants à charge de moins de 20 ans",
            "af_condition_enfants",
            "af_nbenf",
            "af_nombre_enfants_requis",
            (Article("CSS, art. L755-12 (dès le premier enfant)", depuis=date(2014, 12, 24)),),
            Unite.NOMBRE,
            "Outre-mer, les allocations sont dues dès le premier enfant.",
            si="af_residence_outre_mer",
        ),
        Condition(
            "Nombre d'enfants à charge de moins de 20 ans",
            "af_condition_enfants",
            "af_nbenf",
            "af_nombre_enfants_requis",
            (DuParametre(f"{AF}.af_cm.nb_enfants_min_pour_allocation"),),
            Unite.NOMBRE,
            "Les allocations familiales commencent le mois qui suit la naissance du deuxième enfant.",
        ),
        Condition(
            "Aucune allocation de base de la Paje pour cet enfant",
            "af_non_remplacees",
            "l'allocation de base de la Paje est versée",
            "deux enfants à charge, ou un enfant sans allocation de base",
            (Article("CSS, art. L755-19"),),
            conseil="Outre-mer, l'allocation de base, plus élevée, remplace les allocations familiales d'un seul enfant.",
            si="af_un_enfant_outre_mer",
        ),
    ),
    doutes=(
        Doute(
            "À Mayotte, le barème est celui du décret du 29 mars 2002. Aucun texte retrouvé n'y étend la majoration"
            " pour âge, l'allocation forfaitaire des 20 ans ni le prélèvement de la dette sociale : rien de cela n'est"
            " compté. Une famille qui recevait déjà les allocations pour un seul enfant avant 2012 garde 57,28 € tant"
            " que cet enfant reste seul à charge. Le taux à partir du quatrième enfant est celui du tableau de 2011.",
            DEBUT,
            SANS_FIN,
            si="af_residence_mayotte",
        ),
    ),
)

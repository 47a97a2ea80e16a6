"""Figures of the benefits for families, before the CRDS where they owe it."""

from guichet.domain.droits import Prestation, Unite
from guichet.law.baremes import BMAF, Chiffre

FAMILIALES = "prestations_sociales.prestations_familiales"
AF = f"{FAMILIALES}.prestations_generales.af"
CF = f"{FAMILIALES}.prestations_generales.cf"
PRESENCE = f"{FAMILIALES}.education_presence_parentale"
ASF, ARS, AEEH = f"{PRESENCE}.asf", f"{PRESENCE}.ars", f"{PRESENCE}.aeeh"
CATEGORIES = (1, 2, 3, 4, 5)

CHIFFRES = {
    Prestation.AF: (
        Chiffre("Pour deux enfants", f"{AF}.af_cm.taux.enf2", base=BMAF),
        Chiffre("S'ajoute par enfant à partir du troisième", f"{AF}.af_cm.taux.enf3", base=BMAF),
        Chiffre("Majoration pour âge, par enfant", f"{AF}.af_maj.maj_age_deux_enfants.taux1", base=BMAF),
        Chiffre("Majoration pour âge, à partir de", f"{AF}.af_maj.maj_age_deux_enfants.age1", Unite.ANS),
        Chiffre(
            "Allocation forfaitaire, l'année des vingt ans",
            f"{AF}.af_maj.majoration_enfants.allocation_forfaitaire.taux",
            base=BMAF,
        ),
        Chiffre("Part versée, deuxième tranche de ressources", f"{AF}.af_cm.modulation.taux_tranche_2", Unite.POURCENT),
        Chiffre("Part versée, troisième tranche de ressources", f"{AF}.af_cm.modulation.taux_tranche_3", Unite.POURCENT),
        Chiffre("Plafond de la première tranche, deux enfants", f"{AF}.af_cond_ress.plafond_tranche_1", Unite.EUROS_PAR_AN),
        Chiffre("Plafond de la deuxième tranche, deux enfants", f"{AF}.af_cond_ress.plafond_tranche_2", Unite.EUROS_PAR_AN),
        Chiffre(
            "S'ajoute à ces plafonds par enfant en plus",
            f"{AF}.af_cond_ress.majoration_plafond_par_enfant_supplementaire",
            Unite.EUROS_PAR_AN,
        ),
        Chiffre("Âge auquel un enfant n'est plus compté", f"{AF}.af_cm.age3", Unite.ANS),
        Chiffre("Pour un seul enfant, outre-mer", f"{AF}.af_maj_dom.allocations_familiales_un_enfant", base=BMAF),
    ),
    Prestation.CF: (
        Chiffre("Montant", f"{CF}.cf_cm.complement_familial.taux_cf_base", base=BMAF),
        Chiffre("Montant majoré, ressources les plus basses", f"{CF}.cf_cm.complement_familial.taux_cf_majore", base=BMAF),
        Chiffre(
            "Plafond de ressources, avant les majorations", f"{CF}.cf_plaf.plafond_ressources_0_enfant", Unite.EUROS_PAR_AN
        ),
        Chiffre(
            "S'ajoute pour chacun des deux premiers enfants",
            f"{CF}.cf_plaf.majoration.deux_premiers_enf",
            Unite.EUROS_PAR_AN,
            f"{CF}.cf_plaf.plafond_ressources_0_enfant",
        ),
        Chiffre(
            "S'ajoute pour chaque enfant à partir du troisième",
            f"{CF}.cf_plaf.majoration.troisieme_enf_et_plus",
            Unite.EUROS_PAR_AN,
            f"{CF}.cf_plaf.plafond_ressources_0_enfant",
        ),
        Chiffre(
            "S'ajoute pour deux revenus ou un parent seul", f"{CF}.cf_plaf.majoration.biactifs_isoles", Unite.EUROS_PAR_AN
        ),
        Chiffre("Nombre d'enfants", f"{CF}.cf_cm.nombre_d_enfants_minimal", Unite.NOMBRE),
        Chiffre("Âge de ces enfants, à partir de", f"{CF}.cf_cm.age_min", Unite.ANS),
        Chiffre("Âge de ces enfants, moins de", f"{CF}.cf_cm.age_max", Unite.ANS),
    ),
    Prestation.ASF: (
        Chiffre("Par enfant élevé par un seul parent", f"{ASF}.montant_asf.orphelin_assimile_seul_parent", base=BMAF),
        Chiffre("Par enfant privé de ses deux parents", f"{ASF}.montant_asf.orphelin_assimile_deux_parents", base=BMAF),
        Chiffre("Montant trop faible pour être versé, en dessous de", f"{ASF}.seuil"),
        Chiffre("Âge auquel un enfant n'est plus compté", f"{FAMILIALES}.def_pac.enfants.age_limite", Unite.ANS),
    ),
    Prestation.ARS: (
        Chiffre("De l'école primaire", f"{ARS}.ars_m.taux_primaire", Unite.EUROS, BMAF),
        Chiffre("Du collège", f"{ARS}.ars_m.taux_college", Unite.EUROS, BMAF),
        Chiffre("Du lycée", f"{ARS}.ars_m.taux_lycee", Unite.EUROS, BMAF),
        Chiffre("Plafond de ressources, avant les majorations", f"{ARS}.ars_plaf.plafond_ressources", Unite.EUROS_PAR_AN),
        Chiffre(
            "S'ajoute pour chaque enfant",
            f"{ARS}.ars_plaf.majoration_par_enf_supp",
            Unite.EUROS_PAR_AN,
            f"{ARS}.ars_plaf.plafond_ressources",
        ),
        Chiffre("Montant trop faible pour être versé, en dessous de", f"{ARS}.montant_minimum_verse", Unite.EUROS),
        Chiffre("Âge, l'année de la rentrée, à partir de", f"{ARS}.ars_cond.age_entree_primaire", Unite.ANS),
        Chiffre("Âge au 15 septembre, moins de", f"{ARS}.ars_cond.age_sortie_lycee", Unite.ANS),
    ),
    Prestation.AEEH: (
        Chiffre("Montant de base", f"{AEEH}.base", base=BMAF),
        *(
            Chiffre(f"Complément, catégorie {rang}", f"{AEEH}.complement_allocation.categorie_{rang}", base=BMAF)
            for rang in CATEGORIES
        ),
        Chiffre("Complément, catégorie 6", f"{AEEH}.complement_allocation.categorie_6"),
        *(
            Chiffre(
                f"Majoration pour parent isolé, catégorie {rang}",
                f"{AEEH}.majoration_parent_isole.categorie_{rang}",
                base=BMAF,
            )
            for rang in (*CATEGORIES[1:], 6)
        ),
        Chiffre("Âge auquel un enfant n'est plus compté", f"{AEEH}.age_maximum_enfant", Unite.ANS),
    ),
}

"""Figures of the young child's benefits, before the CRDS."""

from guichet.domain.droits import EXISTENCE, Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.baremes import BMAF, Chiffre

PAJE = "prestations_sociales.prestations_familiales.petite_enfance.paje"
TAUX_PLEIN = f"{PAJE}.paje_cm.montant.allocation_base_taux_plein"
AVANT_2014 = f"{PAJE}.paje_plaf.ne_adopte_avant_04_2014"
DEPUIS_2018 = f"{PAJE}.paje_plaf.ne_adopte_apres_04_2018"
PREPARE = f"{PAJE}.paje_prepare"
CLCA = f"{PAJE}.paje_clca"
DE_2014_A_2018 = f"{PAJE}.paje_plaf.ne_adopte_04_2014_et_03_2018"
CMG, CMG_2025 = f"{PAJE}.paje_cmg", f"{PAJE}.cmg_2025"
AVANT_CMG_2025 = Mois(2025, 8)
# The rules of a child born before April 2018 live on until the child is three.
DERNIER_AVANT_2018 = Mois(2021, 3)

PLAFONDS = (
    Chiffre(
        "Plafond de ressources avant les majorations",
        f"{AVANT_2014}.plafond_ressources_0_enfant",
        Unite.EUROS_PAR_AN,
        jusqu_a=Mois(2014, 3),
    ),
    Chiffre(
        "S'ajoute au plafond pour deux revenus ou un parent seul",
        f"{AVANT_2014}.biactifs_parents_isoles",
        Unite.EUROS_PAR_AN,
        jusqu_a=Mois(2014, 3),
    ),
    *(
        Chiffre(
            libelle,
            f"{DE_2014_A_2018}.taux_partiel.{nom}",
            Unite.EUROS_PAR_AN,
            depuis=Mois(2014, 4),
            jusqu_a=Mois(2018, 3),
        )
        for libelle, nom in (
            ("Plafond de ressources avant les majorations", "plafond_ressources_0_enfant"),
            ("S'ajoute au plafond pour deux revenus ou un parent seul", "biactifs_parents_isoles"),
        )
    ),
    Chiffre(
        "Plafond de ressources avant les majorations",
        f"{DEPUIS_2018}.taux_partiel.plafond_ressources_0_enfant",
        Unite.EUROS_PAR_AN,
        depuis=Mois(2018, 4),
    ),
    Chiffre(
        "S'ajoute au plafond pour chacun des deux premiers enfants",
        f"{DEPUIS_2018}.majorations_enfants.premier_2eme_enfant",
        Unite.EUROS_PAR_AN,
        f"{DEPUIS_2018}.taux_partiel.plafond_ressources_0_enfant",
        depuis=Mois(2018, 4),
    ),
    Chiffre(
        "S'ajoute au plafond pour deux revenus ou un parent seul",
        f"{DEPUIS_2018}.taux_partiel.biactifs_parents_isoles",
        Unite.EUROS_PAR_AN,
        depuis=Mois(2018, 4),
    ),
)

CHIFFRES = {
    Prestation.PAJE_NAISSANCE: (
        Chiffre("Prime à la naissance, par enfant", f"{PAJE}.paje_cm2.montant.prime_naissance", Unite.EUROS, BMAF),
        Chiffre("Prime à l'adoption, par enfant", f"{PAJE}.paje_cm2.montant.prime_adoption", Unite.EUROS, BMAF),
        *PLAFONDS,
    ),
    Prestation.PAJE_BASE: (
        Chiffre(
            "Taux plein, enfant né avant avril 2018",
            f"{TAUX_PLEIN}.avant_2014.taux",
            base=f"{PAJE}.base_gelee",
            jusqu_a=DERNIER_AVANT_2018,
        ),
        Chiffre("Taux plein", f"{TAUX_PLEIN}.apres_2018.taux", base=BMAF, depuis=Mois(2018, 4)),
        Chiffre("Taux partiel", f"{PAJE}.paje_cm.montant.allocation_base_taux_partiel", base=BMAF, depuis=Mois(2018, 4)),
        Chiffre(
            "Plafond du taux plein avant les majorations",
            f"{DEPUIS_2018}.taux_plein.plafond_ressources_0_enfant",
            Unite.EUROS_PAR_AN,
            depuis=Mois(2018, 4),
        ),
        *PLAFONDS,
        Chiffre("Âge de l'enfant, moins de", f"{PAJE}.paje_cm.age_limite_enfant_adopte_non", Unite.ANS),
    ),
    Prestation.PAJE_CLCA: tuple(
        Chiffre(f"{qui}, {arret}", f"{CLCA}.{groupe}.{nom}", base=BMAF, jusqu_a=EXISTENCE[Prestation.PAJE_CLCA][1])
        for qui, groupe in (
            ("Sans allocation de base", "non_beneficiaires_enfant_ne_adopte_avant_04_2014"),
            ("Avec l'allocation de base", "beneficiaires_enfant_ne_adopte_apres_04_2014"),
        )
        for arret, nom in (
            ("arrêt complet", "taux_plein"),
            ("mi-temps ou moins", "taux_partiel_50"),
            ("plus d'un mi-temps", "taux_partiel_50_80"),
        )
    ),
    Prestation.PAJE_PREPARE: (
        Chiffre("Arrêt complet", f"{PREPARE}.prestation_partagee_education_enfant.taux_plein", base=BMAF),
        Chiffre("Mi-temps ou moins", f"{PREPARE}.prestation_partagee_education_enfant.taux_partiel_50", base=BMAF),
        Chiffre(
            "Plus d'un mi-temps",
            f"{PREPARE}.prestation_partagee_education_enfant.taux_partiel_entre_50_80",
            base=BMAF,
        ),
        Chiffre("Montant majoré, trois enfants ou plus", f"{PREPARE}.prepare_majoree.taux", base=BMAF),
        Chiffre("Âge de l'enfant unique, moins de", f"{PREPARE}.age_max_plus_jeune_enfant.enfant", Unite.ANS),
        Chiffre(
            "Âge du dernier enfant, s'il y en a plusieurs, moins de",
            f"{PREPARE}.age_max_plus_jeune_enfant.deux_enfants_plus",
            Unite.ANS,
        ),
    ),
    Prestation.PAJE_CMG: (
        Chiffre(
            "Coût de référence d'une heure, assistant maternel",
            f"{CMG_2025}.cout_horaire_reference.assistant_maternel",
            Unite.EUROS_PAR_HEURE,
        ),
        Chiffre(
            "Coût de référence d'une heure, garde à domicile",
            f"{CMG_2025}.cout_horaire_reference.garde_a_domicile",
            Unite.EUROS_PAR_HEURE,
        ),
        Chiffre(
            "Coût maximal d'une heure, assistant maternel",
            f"{CMG_2025}.plafond_cout_horaire.assistant_maternel",
            Unite.EUROS_PAR_HEURE,
        ),
        Chiffre(
            "Coût maximal d'une heure, garde à domicile",
            f"{CMG_2025}.plafond_cout_horaire.garde_a_domicile",
            Unite.EUROS_PAR_HEURE,
        ),
        Chiffre("Ressources comptées, au moins", f"{CMG_2025}.revenu_mensuel.plancher"),
        Chiffre("Ressources comptées, au plus", f"{CMG_2025}.revenu_mensuel.plafond"),
        *(
            Chiffre(
                f"Emploi direct, enfant de moins de 3 ans, {ressources}",
                f"{CMG}.complement_libre_choix_mode_garde.{nom}",
                base=BMAF,
                jusqu_a=AVANT_CMG_2025,
            )
            for ressources, nom in (
                ("ressources basses", "revenus_inferieurs_45_plaf"),
                ("ressources moyennes", "revenus_superieurs_45_plaf"),
                ("ressources hautes", "revenus_superieurs_plaf"),
            )
        ),
        Chiffre(
            "Part du coût que le complément ne dépasse pas",
            f"{CMG}.part_maximale_du_cout",
            Unite.POURCENT,
            jusqu_a=AVANT_CMG_2025,
        ),
    ),
}

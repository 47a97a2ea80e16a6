"""The sheet of the complément de libre choix du mode de garde."""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import CONGE_DE_NAISSANCE, DEBUT, SANS_FIN, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre, Source

PAJE = "prestations_sociales.prestations_familiales.petite_enfance.paje"
HORAIRE = DuParametre(f"{PAJE}.cmg_2025.plafond_cout_horaire.assistant_maternel")
REFERENCE = DuParametre(f"{PAJE}.cmg_2025.cout_horaire_reference.assistant_maternel")
AVANT, DEPUIS_2025 = date(2025, 8, 31), date(2025, 9, 1)
FORMULE = Article("CSS, art. D531-18 (décret n° 2025-515)", depuis=DEPUIS_2025)
COTISATIONS = Article("CSS, art. D531-17 (décret n° 2025-515)", depuis=DEPUIS_2025)
GARDE_PAYEE = Article("CSS, art. L531-5 et L531-6", depuis=date(2020, 1, 1))
TRAVAIL = Article("CSS, art. L531-5, I, et D531-19", depuis=date(2020, 1, 1))
CUMUL = Article("CSS, art. L531-9", depuis=date(2014, 10, 1))
RESSOURCES = Article("CSS, art. R532-1", depuis=date(2014, 4, 27))
MI_TEMPS = (
    Article("CSS, art. D531-21 et D531-23, VIII", depuis=date(2015, 1, 1), jusqu_a=AVANT),
    Article("CSS, art. D531-21, VII (décret n° 2025-515)", depuis=DEPUIS_2025),
)
AGE = (
    Article("CSS, art. D531-18-1 et D531-21, IV (décret n° 2025-515)", depuis=DEPUIS_2025),
    DuParametre(f"{PAJE}.paje_cmg.limite_age.reduite"),
)
PLAFOND_1 = DuParametre(f"{PAJE}.plaf_cmg.premier_plafond_ne_adopte_apres_04_2014.enfant")
PLAFOND_2 = DuParametre(f"{PAJE}.plaf_cmg.deuxieme_plafond_ne_adopte_apres_04_2014.enfant")
DIRECT = (
    Article("CSS, art. D531-18", depuis=date(2018, 4, 1), jusqu_a=AVANT),
    DuParametre(f"{PAJE}.paje_cmg.complement_libre_choix_mode_garde.revenus_inferieurs_45_plaf"),
)
STRUCTURE = (
    Article("CSS, art. D531-23, III", depuis=date(2020, 1, 1), jusqu_a=AVANT),
    Article("CSS, art. D531-21, III (décret n° 2025-515)", depuis=DEPUIS_2025),
    DuParametre(f"{PAJE}.paje_cmg.assistante_mat_asso_entreprise_microcreche.sous_premier_plafond"),
)
ACTIVITE = "paje_cmg_activite"
REFORME = Mois(2025, 9)
DERNIER = Mois(2026, 11)


def _plafond(libelle: str, variable: str, source: Source) -> Poste:
    return Poste(libelle, variable, (source,), 0, Unite.EUROS_PAR_AN, "paje_cmg_par_tranches")


def _horaire(libelle: str, variable: str, unite: Unite, source: Source = FORMULE, explication: str = "") -> Poste:
    return Poste(libelle, variable, (source,), 0, unite, "paje_cmg_calcul_horaire", explication=explication)


FICHE = Fiche(
    prestation=Prestation.PAJE_CMG,
    montant="paje_cmg_nette_crds",
    postes=(
        Poste("Enfants à charge", "paje_nombre_enfants", (), 0, Unite.NOMBRE),
        Poste(
            "Ressources retenues, de l'avant-dernière année",
            "prestations_familiales_base_ressources",
            (RESSOURCES,),
            0,
            Unite.EUROS_PAR_AN,
            toujours=True,
        ),
        _plafond("Premier plafond de ressources", "paje_cmg_plafond_1", PLAFOND_1),
        _plafond("Second plafond de ressources", "paje_cmg_plafond_2", PLAFOND_2),
        _horaire("Heures de garde", "cmg_heures_mensuelles", Unite.HEURES),
        _horaire("Coût maximal d'une heure", "paje_cmg_cout_horaire_maximal", Unite.EUROS_PAR_HEURE, HORAIRE),
        _horaire("Coût de référence d'une heure", "paje_cmg_cout_horaire_reference", Unite.EUROS_PAR_HEURE, REFERENCE),
        _horaire(
            "Ressources mensuelles retenues",
            "paje_cmg_ressources_mensuelles",
            Unite.EUROS_PAR_MOIS,
            explication="Arrondies à l'euro, au moins le RSA d'un parent seul avec un enfant, moins son forfait logement.",
        ),
        _horaire(
            "Participation à une heure de garde",
            "paje_cmg_participation_horaire",
            Unite.EUROS_PAR_HEURE,
        ),
        _horaire(
            "Cotisations sociales prises en charge, en plus", "paje_cmg_part_des_cotisations", Unite.POURCENT, COTISATIONS
        ),
        Poste("Coût mensuel de la garde retenu", "paje_cmg_cout_retenu", (FORMULE,), 1, si="paje_cmg_calcul_horaire"),
        Poste(
            "Part laissée à la famille",
            "paje_cmg_participation_famille",
            (FORMULE,),
            -1,
            si="paje_cmg_calcul_horaire",
        ),
        Poste(
            "Part du montant maximal, pour un mi-temps pris pour un enfant",
            "paje_cmg_part_du_mi_temps",
            MI_TEMPS,
            0,
            Unite.POURCENT,
            "paje_cmg_reduit_par_le_mi_temps",
        ),
        Poste("Complément pour emploi direct, avant prélèvement", "paje_cmg_direct_par_tranches", DIRECT, 1),
        Poste("Complément pour une structure, avant prélèvement", "paje_cmg_structure", STRUCTURE, 1),
        crds("paje_cmg_crds"),
    ),
    conditions=(
        Condition(
            "Mode de garde payant déclaré",
            "paje_cmg_mode_declare",
            "aucun mode de garde déclaré",
            "assistant maternel, garde à domicile, micro-crèche ou structure",
            (GARDE_PAYEE,),
        ),
        Condition(
            "Âge de l'enfant gardé",
            "paje_cmg_direct_enfant_present",
            "aucun enfant gardé de cet âge",
            "moins de 6 ans (12 ans pour un parent seul qui emploie, depuis septembre 2025)",
            AGE,
        ),
        Condition(
            "Activité professionnelle des parents",
            ACTIVITE,
            "paje_cmg_revenu_professionnel",
            "paje_cmg_revenu_minimal",
            (TRAVAIL,),
            Unite.EUROS_PAR_MOIS,
            "Les étudiants et les bénéficiaires de l'allocation aux adultes handicapés en sont dispensés.",
            si="paje_cmg_revenu_trop_faible",
            comparaison="au moins",
        ),
        Condition(
            "Activité professionnelle des parents",
            ACTIVITE,
            "un parent a cessé son activité",
            "travailler, étudier, ou recevoir l'allocation aux adultes handicapés",
            (TRAVAIL,),
        ),
        Condition(
            "Pas de complément d'activité à taux plein",
            "paje_cmg_cumul_possible",
            "complément pour un arrêt complet d'activité reçu ce mois-ci",
            "activité au moins partielle, ou congé plus court au montant majoré",
            (CUMUL,),
        ),
        Condition(
            "Ressources assez basses pour le coût de la garde",
            "paje_cmg_du",
            "paje_cmg_participation_horaire",
            "paje_cmg_cout_horaire_reference",
            (FORMULE,),
            Unite.EUROS_PAR_HEURE,
            "La participation de la famille doit rester sous le coût de référence d'une heure.",
            si="paje_cmg_direct_ouvert",
            comparaison="moins de",
        ),
        Condition(
            "Âge de l'enfant gardé par une structure",
            "paje_cmg_du",
            "aucun enfant gardé de moins de 6 ans",
            "moins de 6 ans",
            AGE,
        ),
    ),
    doutes=(
        Doute(
            "Le complément de mode de garde a été étendu à Mayotte en 2021, à des conditions qui n'ont pas été retrouvées.",
            DEBUT,
            SANS_FIN,
            si="af_residence_mayotte",
            refuse=True,
        ),
        Doute(
            "Depuis septembre 2025 le complément dépend du coût et des heures de garde : indiquez-les pour connaître le"
            " montant.",
            REFORME,
            DERNIER,
            si="paje_cmg_cout_inconnu",
            refuse=True,
        ),
        Doute(
            "Le coût de la garde n'est pas connu : il est compté au coût de référence de l'heure.",
            REFORME,
            DERNIER,
            si="paje_cmg_cout_de_reference_suppose",
        ),
        Doute(
            "Les heures de garde ne sont pas connues : le plafond du coût d'une heure n'a pas pu être appliqué.",
            REFORME,
            DERNIER,
            si="paje_cmg_heures_inconnues",
        ),
        Doute(
            "Vous employiez déjà quelqu'un de mars à mai 2025 ? Si la réforme de septembre 2025 vous donne moins, un"
            " complément transitoire peut s'ajouter, à partir de 50 à 150 heures par mois selon l'âge et la garde, et sous"
            " un plafond de ressources (loi no 2022-1616, art. 86, VII). Il dépend de vos déclarations de ces trois mois :"
            " demandez son montant à Pajemploi. Nous ne le comptons pas, faute du texte qui dit jusqu'à quand il est dû.",
            REFORME,
            DERNIER,
            si="paje_cmg_garde_au_printemps_2025",
        ),
        Doute(
            "La moitié des cotisations est prise en charge dans la limite d'un plafond par mois, deux fois plus bas dès que"
            " l'enfant a trois ans (CSS, art. D531-17 et D531-18-1) : nous n'avons pas retrouvé son montant.",
            REFORME,
            DERNIER,
            si="paje_cmg_cotisations_plafonnees",
        ),
        Doute(
            "Le congé au montant majoré n'exclut pas le complément (CSS, art. L531-9), et l'activité est regardée à son"
            " ouverture (art. R531-5) : nous supposons qu'il était ouvert, ou que vous travailliez encore, avant ce congé.",
            Mois(2012, 6),
            DERNIER,
            si="paje_cmg_suppose_ouvert",
        ),
        Doute(
            "Un congé supplémentaire de naissance indemnisé pour un enfant exclut le complément pour cet enfant (CSS, art."
            " L531-9) : nous supposons qu'il n'y en a pas.",
            CONGE_DE_NAISSANCE,
            DERNIER,
            si="paje_cmg_conge_de_naissance_possible",
        ),
        Doute(
            "Le coût de la garde n'est pas connu : le montant est un maximum, limité à 85 % de ce coût.",
            Mois(2012, 6),
            DERNIER,
            si="paje_cmg_maximum",
        ),
        Doute(
            "Les majorations (parent seul, handicap, horaires) s'ajoutent : nous n'avons pas retrouvé le texte qui le dit.",
            Mois(2012, 6),
            DERNIER,
            si="paje_cmg_majorations_cumulees",
        ),
    ),
)

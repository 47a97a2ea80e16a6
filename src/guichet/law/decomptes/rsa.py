"""RSA: flat amount, less the resources; up to 2015, plus 62 % of the earnings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import adultes_non_comptes, sans_asf_en_residence_alternee
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

RSA = "prestations_sociales.solidarite_insertion.minima_sociaux.rsa"
L262_2 = Article("CASF, art. L262-2")
L262_4 = Article("CASF, art. L262-4")
R262_1 = Article("CASF, art. R262-1")
R262_7 = (
    Article(
        "CASF, art. R262-7",
        depuis=date(2025, 3, 1),
        url="https://tricoteuses.fr/legifrance/articles/LEGIARTI000051258523",
    ),
    Article("CASF, art. R262-7"),
)

FICHE = Fiche(
    prestation=Prestation.RSA,
    montant="rsa_net_crds",
    sources=(L262_2,),
    arrondi_max=Decimal("0.04"),
    postes=(
        Poste("Personnes comptées : adultes", "rsa_nb_adultes", (R262_1,), unite=Unite.NOMBRE),
        adultes_non_comptes("rsa_adultes_non_comptes", Article("CASF, art. L262-5 et R262-6")),
        Poste("Personnes comptées : enfants à charge", "rsa_nb_enfants", (R262_1,), unite=Unite.NOMBRE),
        Poste(
            "Parmi eux, en résidence alternée, comptés pour moitié",
            "rsa_nb_enfants_alternes",
            (Article("Conseil d'État, 21 juillet 2017, n° 398911"),),
            unite=Unite.NOMBRE,
        ),
        Poste(
            "Montant de base pour une personne seule",
            "rsa_montant_de_base",
            (DuParametre(f"{RSA}.rsa_m.montant_de_base_mayotte"),),
            unite=Unite.EUROS_PAR_MOIS,
            si="rsa_a_mayotte",
        ),
        Poste(
            "Montant de base pour une personne seule",
            "rsa_montant_de_base",
            (DuParametre(f"{RSA}.rsa_m.montant_de_base_du_rsa"),),
            unite=Unite.EUROS_PAR_MOIS,
            si="rsa_hors_mayotte",
        ),
        Poste(
            "Montant forfaitaire de votre foyer, majoré pour le parent isolé",
            "rsa_montant_forfaitaire",
            (R262_1,),
            signe=1,
            si="rsa_majore_ouvert",
        ),
        Poste(
            "Montant forfaitaire de votre foyer",
            "rsa_montant_forfaitaire",
            (R262_1,),
            signe=1,
            si="rsa_non_majore",
            explication="Depuis 2017, c'est la moyenne des trois mois examinés : un enfant compte à partir du mois de sa "
            "naissance.",
        ),
        Poste(
            "Forfait logement : vous êtes logé gratuitement, propriétaire sans emprunt, ou aidé pour votre logement",
            "rsa_forfait_logement",
            (Article("CASF, art. R262-9 et R262-10"),),
            signe=-1,
        ),
        Poste("Revenus d'activité du foyer, moyenne des trois mois", "rsa_ressources_activite", R262_7, signe=-1),
        Poste("Autres revenus du foyer, moyenne des trois mois", "rsa_ressources_hors_activite", R262_7, signe=-1),
        Poste(
            "Autres minima sociaux : AAH, ASS, ASI, ASPA",
            "rsa_base_ressources_minima_sociaux",
            R262_7,
            signe=-1,
        ),
        Poste(
            "Prestations familiales comptées comme ressources",
            "rsa_base_ressources_prestations_familiales",
            (Article("CASF, art. R262-7, R262-10-1 et R262-11"),),
            signe=-1,
        ),
        Poste(
            "Premier renouvellement sur les nouveaux mois : la moyenne la plus faible est retenue",
            "rsa_ressources_premier_reexamen",
            signe=1,
        ),
        Poste("Mois dont le montant serait négatif, comptés pour zéro", "rsa_mois_sans_rsa", R262_7, signe=1),
        Poste(
            "Part de vos revenus d'activité que vous conservez : 62 %",
            "rsa_revenu_activite",
            (DuParametre(f"{RSA}.rsa_m.pente"), L262_2),
            signe=1,
        ),
        Poste(
            "CRDS sur la part du RSA liée à l'activité",
            "rsa_crds",
            (Article("Ordonnance n° 96-50 du 24 janvier 1996, art. 14 et 19"),),
            signe=-1,
        ),
    ),
    conditions=(
        Condition(
            "Avoir 25 ans, attendre un enfant ou en avoir un à charge, ou avoir assez travaillé avant 25 ans",
            "rsa_condition_age",
            "Aucun adulte du foyer n'a 25 ans ni la charge d'un enfant",
            "25 ans, ou un enfant à charge ou attendu, ou 3\u202f214 heures de travail en trois ans (hors Mayotte)",
            (L262_4,),
            conseil="Le droit peut s'ouvrir au mois des 25 ans, ou à la déclaration de grossesse.",
        ),
        Condition(
            "Ne pas être étudiant, ni en congé parental, sabbatique ou sans solde",
            "rsa_condition_statut",
            "Étudiant, ou en congé parental, sabbatique, sans solde ou en disponibilité",
            "Un adulte du foyer qui ne soit ni étudiant, ni en congé de cette nature",
            (L262_4,),
            conseil="Le parent isolé qui a droit au montant majoré n'est pas soumis à cette condition.",
        ),
        Condition(
            "Être français, ou remplir la condition de séjour",
            "rsa_condition_sejour",
            "Durée de séjour insuffisante",
            "Être français ; européen, trois mois de séjour ; autre nationalité, cinq ans de titre de séjour (quinze à "
            "Mayotte)",
            (L262_4,),
            conseil="Les réfugiés et les titulaires d'une carte de résident n'ont pas à justifier de cinq ans.",
        ),
        Condition(
            "Des revenus non salariés qui permettent de calculer le droit",
            "rsa_condition_non_salarie",
            "Revenus non salariés trop élevés, salariés employés, ou bénéfices à évaluer par le département",
            "Un chiffre d'affaires et des bénéfices sous les plafonds",
            conseil="Le président du conseil départemental peut évaluer ces revenus : demandez-le à votre caisse.",
        ),
        Condition(
            "Des ressources inférieures au montant forfaitaire, minimum vieillesse (ASPA) compris",
            "rsa_condition_ressources",
            "rsa_ressources_opposees",
            "rsa_montant_forfaitaire",
            (L262_2,),
            unite=Unite.EUROS_PAR_MOIS,
            conseil="L'ASPA, que nous comptons parmi vos ressources, se demande à votre caisse de retraite.",
            si="rsa_avec_aspa",
            comparaison="moins de",
        ),
        Condition(
            "Des ressources inférieures au montant forfaitaire",
            "rsa_condition_ressources",
            "rsa_ressources_opposees",
            "rsa_montant_forfaitaire",
            (L262_2,),
            unite=Unite.EUROS_PAR_MOIS,
            conseil="Le droit peut s'ouvrir si les ressources baissent ou si le foyer s'agrandit.",
            comparaison="moins de",
        ),
        Condition(
            "Un montant qui atteint le seuil de versement",
            "rsa_condition_seuil",
            "rsa_difference",
            "rsa_seuil_versement",
            (Article("CASF, art. R262-39"),),
            unite=Unite.EUROS_PAR_MOIS,
            comparaison="au moins",
        ),
    ),
    doutes=(
        sans_asf_en_residence_alternee("rsa_sans_asf_en_residence_alternee"),
        Doute(
            "À Mayotte, de janvier à juin 2016, le RSA gardait une part liée à l'activité que les textes lus ne "
            "permettent pas de calculer : aucun montant n'est donné.",
            Mois(2016, 1),
            Mois(2016, 6),
            si="rsa_a_mayotte",
            refuse=True,
        ),
        Doute(
            "À Mayotte, en 2013, le montant de base est calculé comme 37,5 % du montant national : le décret n'a pas "
            "été lu.",
            Mois(2013, 1),
            Mois(2013, 12),
            si="rsa_a_mayotte",
        ),
        Doute(
            "À Mayotte, le montant de base est la moitié du montant national, arrondie au centime : nous n'avons pas "
            "retrouvé tous les décrets. Les prestations familiales de Mayotte, comptées comme ressources, ont leurs propres "
            "montants.",
            Mois(2014, 1),
            Mois(2026, 12),
            si="rsa_a_mayotte",
        ),
        Doute(
            "La loi compte les enfants présents à la fin de chacun des trois mois ; nous ne connaissons que les naissances. "
            "Le montant peut différer si un enfant est arrivé autrement, ou parti, pendant ces mois.",
            Mois(2017, 1),
            Mois(2026, 12),
            si="rsa_nb_enfants",
        ),
    ),
)

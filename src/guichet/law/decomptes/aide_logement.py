"""Housing aid: from the rent and the resources to the amount paid.

The rented sector is here; buyers and foyers have their own lines (`_accession`, `_foyer`); all share the resources
(`_ressources_logement`) and the end.
"""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes import _accession, _foyer, _ressources_logement
from guichet.law.decomptes._commun import AVANT_LIVRE_VIII, CRDS, LIVRE_VIII
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

LOCATIF = "prestations_sociales.aides_logement.allocations_logement.locatif"
PARTICIPATION = f"{LOCATIF}.formule.pp_particip_perso"
SI_LOCATIF = "aide_logement_secteur_locatif"
D823_16 = Article("CCH, art. D823-16", LIVRE_VIII)
D823_17 = Article("CCH, art. D823-17", LIVRE_VIII)
TAUX_FAMILLE = (
    Article("Arrêté du 27 septembre 2019, art. 14, 1°", date(2019, 10, 1)),
    Article("Arrêté du 10 juillet 2007", date(2007, 7, 1), date(2019, 9, 30)),
)
TAUX_LOYER = (
    Article("Arrêté du 27 septembre 2019, art. 14, 2°", date(2019, 10, 1)),
    Article("Arrêté du 10 juillet 2007", date(2007, 7, 1), date(2019, 9, 30)),
)
LOYER = (D823_16, Article("CCH, art. R351-17-3 ; CSS, art. D542-5", jusqu_a=AVANT_LIVRE_VIII))
VOTRE_PARTICIPATION = (D823_17, Article("Arrêté du 3 juillet 1978, art. 2 ter", jusqu_a=AVANT_LIVRE_VIII))
DEGRESSIVITE = (
    Article("CCH, art. D823-16 ; arrêté du 27 septembre 2019, art. 10", LIVRE_VIII),
    Article("Décret no 2016-923 du 5 juillet 2016", date(2016, 7, 1), AVANT_LIVRE_VIII),
)
MINORATION = (
    D823_16,
    Article("Décret no 2017-1413 du 28 septembre 2017", date(2017, 10, 1), AVANT_LIVRE_VIII),
)
BAISSE_RLS = (
    Article("CCH, art. L832-3 et D823-16", LIVRE_VIII),
    Article("Décret no 2018-136 du 27 février 2018, art. 1", date(2018, 2, 1), AVANT_LIVRE_VIII),
)
R351_22 = "CCH, art. R351-22"
SEUIL = (D823_16, Article(f"{R351_22} ; CSS, art. D542-7", jusqu_a=AVANT_LIVRE_VIII))
ARRONDI = (D823_16, Article(R351_22, date(2016, 1, 1), AVANT_LIVRE_VIII))
BAILLEUR = (
    Article("CCH, art. L822-3", LIVRE_VIII),
    Article("CCH, art. L351-2-1", jusqu_a=AVANT_LIVRE_VIII),
)
ALTERNANCE = (
    Article("CCH, art. R823-5", LIVRE_VIII),
    Article("Conseil d'État, 21 juillet 2017, no 398563", date(2017, 7, 21), AVANT_LIVRE_VIII),
)

DEPENSE = (
    Poste("Loyer déclaré", "loyer", LOYER, unite=Unite.EUROS_PAR_MOIS, si=SI_LOCATIF),
    Poste("Redevance déclarée", "loyer", unite=Unite.EUROS_PAR_MOIS, si="foyer"),
    Poste("Mensualité de prêt déclarée", "loyer", unite=Unite.EUROS_PAR_MOIS, si=_accession.SI),
)
LOYER_ET_CHARGES = (
    Poste(
        "Deux tiers du loyer, le logement étant meublé",
        "aide_logement_loyer_reel",
        (Article("CCH, art. D842-2", LIVRE_VIII),),
        unite=Unite.EUROS_PAR_MOIS,
        si="aide_logement_loyer_meuble_reduit",
    ),
    Poste(
        "Loyer plafond de votre zone, pour votre famille",
        "aide_logement_loyer_plafond",
        (DuParametre(f"{LOCATIF}.formule.l_plafonds_loyers.par_zone.zone_2.personnes_seules"),),
        unite=Unite.EUROS_PAR_MOIS,
        si=SI_LOCATIF,
        explication="Au-delà, l'aide n'augmente plus avec le loyer.",
    ),
    Poste(
        "Loyer pris en compte",
        "aide_logement_loyer_retenu",
        LOYER,
        1,
        si=SI_LOCATIF,
        explication="Votre loyer, dans la limite du plafond.",
    ),
    Poste(
        "Charges forfaitaires",
        "aide_logement_charges",
        (DuParametre(f"{LOCATIF}.formule.c_forfait_charges.cas_general.cas_general"), D823_16),
        1,
        si=SI_LOCATIF,
        explication="Un montant fixe selon la famille, à la place de vos charges réelles.",
    ),
)
PARTICIPATION_PERSONNELLE = (
    Poste(
        "Abattement sur vos ressources, pour votre famille",
        "aide_logement_R0",
        (DuParametre(f"{PARTICIPATION}.r0_abattement.cas_general.taux_seul"), D823_17),
        unite=Unite.EUROS_PAR_AN,
        si=SI_LOCATIF,
        explication="La part de vos ressources qui ne réduit pas l'aide.",
    ),
    Poste(
        "Taux de participation selon la famille",
        "aide_logement_taux_famille",
        TAUX_FAMILLE,
        unite=Unite.POURCENT,
        si=SI_LOCATIF,
        explication="Il baisse quand la famille s'agrandit.",
    ),
    Poste(
        "Taux de participation selon le loyer",
        "aide_logement_taux_loyer",
        TAUX_LOYER,
        unite=Unite.POURCENT,
        si=SI_LOCATIF,
        explication="Il monte avec le loyer pris en compte.",
    ),
    Poste(
        "Participation minimale",
        "aide_logement_participation_minimale",
        (DuParametre(f"{PARTICIPATION}.p0_particip_min.p0_forfait"), D823_17),
        unite=Unite.EUROS_PAR_MOIS,
        si=SI_LOCATIF,
        explication="Une part du loyer et des charges pris en compte, que chacun paie.",
    ),
    Poste(
        "Votre participation",
        "aide_logement_participation_personnelle",
        VOTRE_PARTICIPATION,
        -1,
        si=SI_LOCATIF,
        explication="Participation minimale + les deux taux × (ressources retenues − abattement), dans la limite du "
        "loyer et des charges.",
    ),
)
MINORATIONS = (
    Poste(
        "Réduction, votre loyer dépassant un multiple du plafond",
        "aide_logement_degressivite",
        DEGRESSIVITE,
        -1,
        explication="L'aide diminue avec les loyers très élevés, puis s'annule.",
    ),
    Poste(
        "Réduction forfaitaire",
        "aide_logement_minoration",
        MINORATION,
        -1,
        explication="La même pour tous, depuis octobre 2017.",
    ),
)
FIN = (
    Poste(
        "Résidence alternée : part du temps sans les enfants",
        "aide_logement_reduction_alternance",
        ALTERNANCE,
        -1,
    ),
    Poste(
        "Arrondi à l'euro inférieur",
        "aide_logement_arrondi",
        ARRONDI,
        1,
        si="aide_logement_avec_rls",
        explication="La CRDS mise à part, l'aide est ramenée à l'euro inférieur. La baisse qui suit vient après.",
    ),
    Poste(
        "Baisse compensée par la réduction de votre loyer social",
        "aide_logement_baisse_rls",
        BAISSE_RLS,
        -1,
        explication="Votre bailleur social baisse le loyer : l'aide baisse presque d'autant.",
    ),
    Poste(
        "Prélèvement social (CRDS, 0,5 %)",
        "crds_logement",
        (Article("Ordonnance no 96-50 du 24 janvier 1996, art. 14 et 19"),),
        1,
        explication=CRDS,
    ),
    Poste("Arrondi à l'euro inférieur", "aide_logement_arrondi", ARRONDI, 1, si="aide_logement_sans_rls"),
    Poste(
        "Mise en place progressive à Saint-Pierre-et-Miquelon",
        "aide_logement_progressivite_saint_pierre",
        (Article("Décret no 2021-1750 du 21 décembre 2021, art. 7", date(2022, 1, 1), date(2025, 12, 31)),),
        1,
    ),
)

CONDITIONS = (
    *_accession.OUVERTURE,
    Condition(
        "Être locataire, résident d'un foyer, ou acheteur avec un prêt qui ouvre encore droit à l'aide",
        "aide_logement_occupation_admise",
        "un logement dont vous êtes propriétaire, où vous êtes logé gratuitement, ou acheté avec un prêt qui n'ouvre "
        "pas droit à l'aide",
        "un loyer ou une redevance, ou un prêt aidé d'avant 2018 (2020 pour l'ancien en zone 3)",
        conseil="Si vous louez votre logement, indiquez-le.",
    ),
    Condition(
        "Payer un loyer, une redevance ou une mensualité",
        "aide_logement_loyer_declare",
        "loyer",
        "plus de 0\u00a0€ par mois",
        conseil="Indiquez le loyer sans les charges.",
    ),
    Condition(
        "Ne pas louer à un parent, un grand-parent, un enfant ou un petit-enfant",
        "aide_logement_bailleur_admis",
        "un propriétaire de votre famille",
        "un propriétaire qui n'est ni votre ascendant ni votre descendant",
        BAILLEUR,
    ),
    Condition(
        "Étudiant étranger hors Union européenne : remplir les conditions d'une bourse sur critères sociaux",
        "aide_logement_sejour_admis",
        "un titre de séjour étudiant, sans remplir ces conditions",
        "les conditions d'une bourse sur critères sociaux, ou un autre titre de séjour",
        (Article("CCH, art. L822-2, I, 3° (loi no 2026-103 du 19 février 2026, art. 179)", date(2026, 7, 1)),),
        conseil="Il suffit de remplir les conditions de la bourse : il n'est pas nécessaire de la recevoir.",
    ),
    Condition(
        "Avoir un loyer inférieur à la limite de la zone",
        "aide_logement_loyer_admis",
        "aide_logement_loyer_reel",
        "aide_logement_loyer_limite",
        DEGRESSIVITE,
        Unite.EUROS_PAR_MOIS,
        conseil="L'aide diminue avec les loyers très élevés, puis s'annule à cette limite.",
        comparaison="moins de",
    ),
    Condition(
        "Avoir des ressources assez basses pour ce loyer",
        "aide_logement_ressources_admises",
        "aide_logement_base_ressources",
        "aide_logement_ressources_limite",
        (D823_17,),
        Unite.EUROS_PAR_AN,
        conseil="Des ressources plus basses ou, si votre loyer est inférieur au plafond, un loyer plus élevé.",
        si=SI_LOCATIF,
        comparaison="au plus",
    ),
    *_accession.CONDITIONS,
    *_foyer.CONDITIONS,
    Condition(
        "Avoir des ressources assez basses pour cette redevance ou cette mensualité",
        "aide_logement_ressources_admises",
        "aide_logement_base_ressources",
        "des ressources plus basses",
        (),
        Unite.EUROS_PAR_AN,
    ),
    Condition(
        "Avoir une aide supérieure à la baisse compensée par la réduction du loyer social",
        "aide_logement_reste_apres_rls",
        "aide_logement_arrondie",
        "aide_logement_baisse_rls",
        BAISSE_RLS,
        Unite.EUROS_PAR_MOIS,
        conseil="Votre bailleur baisse le loyer d'autant.",
        comparaison="plus de",
    ),
    Condition(
        "Avoir une aide au moins égale au seuil de versement",
        "aide_logement_seuil_atteint",
        "aide_logement_comparee_au_seuil",
        "aide_logement_seuil_versement",
        SEUIL,
        Unite.EUROS_PAR_MOIS,
        comparaison="au moins",
    ),
    Condition(
        "Avoir une aide d'au moins un euro, une fois arrondie",
        "aide_logement_un_euro",
        "aide_logement_montant_brut",
        "au moins 1\u00a0€ par mois",
        ARRONDI,
        Unite.EUROS_PAR_MOIS,
    ),
)

DOUTES = (
    *_accession.DOUTES,
    *_foyer.DOUTES,
    Doute(
        "Vous avez eu surtout des indemnités de chômage dans l'année de référence : nous supposons que vous étiez "
        "inscrit depuis plus d'un an, ce qui augmente la déduction pour frais.",
        Mois(2012, 6),
        Mois(2019, 12),
        si="aide_logement_chomeur_longue_duree",
    ),
    Doute(
        "Les revenus d'un chômeur sans allocation cessent de compter le mois qui suit le début du chômage, mais la caisse "
        "attend qu'il ait duré deux mois : elle verse alors le rappel.",
        Mois(2012, 6),
        Mois(2026, 11),
        si="aide_logement_chomage_de_moins_de_deux_mois",
    ),
    Doute(
        "Un enfant vit en résidence alternée : avant juillet 2017, un seul des parents le comptait, celui qui "
        "recevait les prestations familiales. Nous supposons que c'est vous.",
        Mois(2012, 6),
        Mois(2017, 6),
        si="aide_logement_alternance",
    ),
    Doute(
        "Un enfant vit en résidence alternée : nous comptons la part du temps que vous avez indiquée, la moitié sinon ;"
        " en foyer ou en accession, l'enfant est compté tout le temps.",
        Mois(2017, 7),
        Mois(2026, 11),
        si="aide_logement_alternance",
    ),
    Doute(
        "Le décret qui applique aux étudiants étrangers la loi du 19 février 2026 n'a pas été retrouvé : des "
        "exceptions peuvent exister, notamment pour les droits déjà ouverts.",
        Mois(2026, 7),
        Mois(2026, 11),
        si="aide_logement_sejour_exclu",
    ),
)

FICHE = Fiche(
    prestation=Prestation.AIDE_LOGEMENT,
    montant="aide_logement",
    postes=(
        *DEPENSE,
        *LOYER_ET_CHARGES,
        *_ressources_logement.POSTES,
        *PARTICIPATION_PERSONNELLE,
        *_accession.POSTES,
        *_foyer.POSTES,
        *MINORATIONS,
        *_accession.APRES_MINORATION,
        *_foyer.APRES_MINORATION,
        *FIN,
    ),
    conditions=CONDITIONS,
    doutes=DOUTES,
)

"""Prime d'activité: the mean of three monthly primes, less its CRDS."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import SANS_FIN, adultes_non_comptes, sans_asf_en_residence_alternee
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

PPA = "prestations_sociales.solidarite_insertion.minima_sociaux.ppa"
R843_1 = (
    Article("CSS, art. R843-1", depuis=date(2025, 3, 1)),
    Article("CSS, art. R843-1", depuis=date(2016, 1, 1)),
)
L842_2 = Article("CSS, art. L842-2", depuis=date(2016, 1, 1))
L842_3 = Article("CSS, art. L842-3", depuis=date(2016, 1, 1))
D843_1 = Article("CSS, art. D843-1", depuis=date(2016, 1, 1))

FICHE = Fiche(
    prestation=Prestation.PPA,
    montant="ppa_nette_crds",
    sources=(L842_3,),
    arrondi_max=Decimal("0.04"),
    postes=(
        adultes_non_comptes("ppa_adultes_non_comptes", Article("CSS, art. L842-5 et R842-4", depuis=date(2016, 1, 1))),
        Poste(
            "Revenus d'activité du foyer, moyenne des trois mois",
            "ppa_revenus_moyens",
            R843_1,
            unite=Unite.EUROS_PAR_MOIS,
        ),
        Poste(
            "Forfait logement compté dans les ressources, moyenne des trois mois",
            "ppa_forfait_logement_moyen",
            (DuParametre(f"{PPA}.pa_fl.taux_forfait_logement.foyer_1_personne"),),
            unite=Unite.EUROS_PAR_MOIS,
        ),
        Poste(
            "Autres ressources du foyer, moyenne des trois mois",
            "ppa_autres_ressources_moyennes",
            (Article("CSS, art. L842-4", depuis=date(2016, 1, 1)),),
            unite=Unite.EUROS_PAR_MOIS,
        ),
        Poste("Montant forfaitaire de votre foyer", "ppa_forfait_moyen", (D843_1,), signe=1),
        Poste(
            "Part de vos revenus d'activité qui s'ajoute",
            "ppa_part_des_revenus",
            (DuParametre(f"{PPA}.pa_m.majoration_ressources_revenus_activite"),),
            signe=1,
        ),
        Poste(
            "Bonification de chaque travailleur",
            "ppa_bonification_moyenne",
            (DuParametre(f"{PPA}.pa_m.bonification.taux_bonification_max"),),
            signe=1,
            explication="Elle dépend du salaire et du Smic horaire de chacun des trois mois : quand le Smic monte, un "
            "salaire qui ne change pas peut en donner moins.",
        ),
        Poste(
            "Ressources du foyer, au moins égales au montant forfaitaire",
            "ppa_ressources_retenues",
            (L842_3,),
            signe=-1,
        ),
        Poste("Mois sans prime, comptés pour zéro dans la moyenne", "ppa_mois_sans_prime", R843_1, signe=1),
        Poste(
            "CRDS",
            "ppa_crds",
            (Article("Ordonnance n° 96-50 du 24 janvier 1996, art. 14 et 19"),),
            signe=-1,
        ),
    ),
    conditions=(
        Condition(
            "La prime d'activité existe",
            "ppa_existe",
            "Un mois antérieur à la création de la prime d'activité",
            "Janvier 2016 ou un mois suivant (juillet 2016 à Mayotte)",
            (Article("Loi n° 2015-994 du 17 août 2015, art. 57"),),
            conseil="Avant 2016, les revenus d'activité ouvraient droit au RSA activité : voyez le RSA.",
        ),
        Condition(
            "Avoir 18 ans",
            "ppa_condition_age",
            "Aucun adulte du foyer n'a 18 ans",
            "18 ans",
            (L842_2,),
        ),
        Condition(
            "Être français, ou remplir la condition de séjour",
            "ppa_condition_sejour",
            "Durée de séjour insuffisante",
            "Être français ou européen ; autre nationalité, cinq ans de titre de séjour",
            (L842_2,),
        ),
        Condition(
            "Avoir eu des revenus d'activité",
            "ppa_condition_activite",
            "Seul travaille un adulte que la prime ne compte pas : son titre de séjour est trop récent",
            "Un revenu d'activité d'un adulte français, européen, ou qui a cinq ans de titre de séjour",
            (Article("CSS, art. L842-1, L842-5 et R842-4", depuis=date(2016, 1, 1)),),
            si="ppa_un_adulte_travaille",
        ),
        Condition(
            "Avoir eu des revenus d'activité",
            "ppa_condition_activite",
            "Aucun revenu d'activité d'un adulte du foyer pendant les trois mois",
            "Un revenu d'activité pendant l'un des trois mois au moins",
            (Article("CSS, art. L842-1", depuis=date(2016, 1, 1)),),
            conseil="La prime peut s'ouvrir dès que l'un des adultes travaille.",
        ),
        Condition(
            "Étudiant, stagiaire ou apprenti : gagner assez chacun des trois mois",
            "ppa_eligibilite_apprenants",
            "Un revenu insuffisant pendant l'un des trois mois",
            "ppa_plancher_apprenant",
            (L842_2,),
            unite=Unite.EUROS_PAR_MOIS,
            comparaison="plus de",
        ),
        Condition(
            "Des revenus du travail qui laissent une prime",
            "ppa_condition_ressources",
            "ppa_revenus_moyens",
            "ppa_revenus_limites",
            (L842_3,),
            unite=Unite.EUROS_PAR_MOIS,
            conseil="À partir de ces revenus du travail, avec le même foyer et les mêmes autres ressources, la prime n'est "
            "plus versée.",
            si="ppa_revenus_limites_connus",
            comparaison="moins de",
        ),
        Condition(
            "Des ressources autres que le travail qui laissent une prime",
            "ppa_condition_ressources",
            "ppa_autres_ressources_et_logement",
            "ppa_autres_ressources_limites",
            (L842_3,),
            unite=Unite.EUROS_PAR_MOIS,
            conseil="À partir de ces autres ressources, avec le même foyer et les mêmes revenus du travail, la prime n'est "
            "plus versée.",
            si="ppa_autres_ressources_limites_connues",
            comparaison="moins de",
        ),
        Condition(
            "Des ressources qui laissent une prime",
            "ppa_condition_ressources",
            "ppa_ressources_retenues",
            "Des ressources plus faibles, ou un foyer plus grand",
            (L842_3,),
            unite=Unite.EUROS_PAR_MOIS,
            si="ppa_limites_inconnues",
        ),
        Condition(
            "Un montant qui atteint le seuil de versement",
            "ppa_condition_seuil",
            "ppa_moyenne",
            "ppa_seuil_versement",
            (DuParametre(f"{PPA}.pa_m.montant_minimum_verse"),),
            unite=Unite.EUROS_PAR_MOIS,
            comparaison="au moins",
        ),
    ),
    doutes=(
        sans_asf_en_residence_alternee("ppa_sans_asf_en_residence_alternee"),
        # Told with a refusal too, which has no lines.
        Doute(
            "Nous ne comptons pas l'un des adultes du foyer : d'après ce que nous savons, il n'a pas cinq ans de titre de "
            "séjour, ou il est en congé parental, sabbatique ou sans solde et ne gagne rien (CSS, art. L842-5). S'il est "
            "en congé et gagne quelque chose, même à temps partiel, il compte.",
            Mois(2016, 1),
            SANS_FIN,
            si="ppa_adultes_non_comptes",
        ),
        Doute(
            "Un enfant en résidence alternée est compté tout entier dans la prime d'activité : nous n'avons trouvé ni texte "
            "ni décision qui dise d'en compter la moitié, comme pour le RSA.",
            Mois(2017, 7),
            SANS_FIN,
            si="rsa_nb_enfants_alternes",
        ),
        Doute(
            "À Mayotte, la prime d'activité a ses propres seuils et sa propre bonification, que les textes lus ne "
            "donnent pas à toutes les dates : aucun montant n'est donné.",
            Mois(2016, 7),
            Mois(2026, 12),
            si="rsa_a_mayotte",
            refuse=True,
        ),
        Doute(
            "Nous n'avons pas retrouvé le décret 2026-222 du 30 mars 2026 : d'après le ministère, ses montants s'appliquent "
            "aux droits d'avril 2026 et des mois suivants, pour chacun des trois mois examinés.",
            Mois(2026, 4),
            Mois(2026, 7),
        ),
    ),
)

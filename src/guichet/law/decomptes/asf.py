"""The sheet of the allocation de soutien familial."""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import DEBUT, ENFANT_A_CHARGE, PAS_A_MAYOTTE, SANS_FIN, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

ASF = "prestations_sociales.prestations_familiales.education_presence_parentale.asf"
L523_1 = Article("CSS, art. L523-1")
DIFFERENTIELLE = Article("CSS, art. L523-1, I, 4°", date(2017, 4, 15))
SEUL = Article("CSS, art. L523-2", date(1999, 11, 16))
TAUX = DuParametre(f"{ASF}.montant_asf.orphelin_assimile_seul_parent")

FICHE = Fiche(
    prestation=Prestation.ASF,
    montant="asf_nette_crds",
    postes=(
        Poste("Enfants qui ouvrent droit", "asf_nombre_enfants", (L523_1,), 0, Unite.NOMBRE),
        Poste("Allocation entière, pour tous les enfants", "asf_entiere", (TAUX,), 1),
        Poste("Pensions alimentaires perçues", "asf_pension_deduite", (DIFFERENTIELLE,), -1),
        crds("asf_retenue_crds"),
    ),
    conditions=(
        PAS_A_MAYOTTE,
        Condition("Parent qui vit seul", "asf_parent_isole", "vie en couple", "parent seul", (SEUL,)),
        Condition(
            "Un enfant à charge de moins de 20 ans",
            "asf_condition_enfant",
            "asf_enfants_a_charge",
            "1 au moins",
            (ENFANT_A_CHARGE,),
            Unite.NOMBRE,
        ),
        Condition(
            "Un enfant privé de l'aide de l'autre parent",
            "asf_condition_residence",
            "chaque enfant vit en alternance chez ses deux parents",
            "un enfant qui ne soit pas en résidence alternée",
            (L523_1,),
            conseil="Si une pension alimentaire a été fixée et n'est pas payée en entier, dites-le à votre caisse.",
        ),
        Condition(
            "Montant qui atteint le seuil de versement, pension alimentaire déduite",
            "asf_atteint_le_seuil",
            "asf_montant",
            "asf_seuil_de_versement",
            (DuParametre(f"{ASF}.seuil"),),
            comparaison="au moins",
            conseil="Une pension alimentaire plus faible ou impayée se déclare.",
        ),
    ),
    doutes=(
        Doute(
            "Un enfant en résidence alternée n'est pas compté ici, car l'autre parent l'héberge et l'entretient lui aussi. "
            "Une pension alimentaire peut pourtant être fixée pour cet enfant, par un juge ou par un accord (CSS, art. "
            "R582-1) : si elle n'est pas payée ou est plus faible que l'allocation, une allocation peut être due.",
            DEBUT,
            SANS_FIN,
            si="asf_residence_alternee",
        ),
        Doute(
            "Avant avril 2016, une pension alimentaire versée, même faible, pouvait exclure l'allocation : le"
            " complément qui est calculé ici n'existait que par expérimentation.",
            DEBUT,
            Mois(2016, 3),
            si="asf_avec_pension",
        ),
    ),
)

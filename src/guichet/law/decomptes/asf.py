"""The sheet of the allocation de soutien familial."""

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import DEBUT, PAS_A_MAYOTTE, SANS_FIN, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

ASF = "prestations_sociales.prestations_familiales.education_presence_parentale.asf"
L523_1 = Article("CSS, art. L523-1")
TAUX = DuParametre(f"{ASF}.montant_asf.orphelin_assimile_seul_parent")

FICHE = Fiche(
    prestation=Prestation.ASF,
    montant="asf_nette_crds",
    postes=(
        Poste("Enfants qui ouvrent droit", "asf_nombre_enfants", (), 0, Unite.NOMBRE),
        Poste("Allocation entière, pour tous les enfants", "asf_entiere", (TAUX,), 1),
        Poste("Pensions alimentaires perçues", "asf_pension_deduite", (), -1),
        crds("asf_retenue_crds"),
    ),
    conditions=(
        PAS_A_MAYOTTE,
        Condition("Parent qui vit seul", "asf_parent_isole", "vie en couple", "parent seul"),
        Condition(
            "Un enfant à charge de moins de 20 ans",
            "asf_condition_enfant",
            "asf_enfants_a_charge",
            "1 au moins",
            (),
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
            "Montant au-dessus du seuil de versement, pension alimentaire déduite",
            "asf_depasse_le_seuil",
            "asf_montant",
            "asf_seuil_de_versement",
            (DuParametre(f"{ASF}.seuil"),),
            comparaison="plus de",
            conseil="Une pension alimentaire plus faible ou impayée se déclare.",
        ),
    ),
    doutes=(
        Doute(
            "Un enfant en résidence alternée n'est pas compté ici, car l'autre parent l'héberge et l'entretient lui aussi. "
            "La loi ne le dit pas en ces mots : si une pension alimentaire a été fixée pour cet enfant par un juge ou "
            "par un accord, et qu'elle n'est pas payée ou est plus faible que l'allocation, une allocation peut être due.",
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

"""The sheet of the allocation de soutien familial."""

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import DEBUT, PAS_A_MAYOTTE, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import DuParametre

ASF = "prestations_sociales.prestations_familiales.education_presence_parentale.asf"
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
            "asf_nombre_enfants",
            "1 au moins",
            (),
            Unite.NOMBRE,
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
            "Avant avril 2016, une pension alimentaire versée, même faible, pouvait exclure l'allocation : le"
            " complément qui est calculé ici n'existait que par expérimentation.",
            DEBUT,
            Mois(2016, 3),
            si="asf_avec_pension",
        ),
    ),
)

"""The sheet of the allocation d'éducation de l'enfant handicapé."""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import D_UN_SEUL_PARENT, DEBUT, SANS_FIN
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

AEEH = "prestations_sociales.prestations_familiales.education_presence_parentale.aeeh"
ENFANTS = Article("CSS, art. L541-1, R541-7 et R512-2", date(2015, 3, 22))
BASE = DuParametre(f"{AEEH}.base")

FICHE = Fiche(
    prestation=Prestation.AEEH,
    montant="aeeh",
    postes=(
        Poste("Enfants handicapés de moins de 20 ans", "aeeh_nombre_enfants", (ENFANTS,), 0, Unite.NOMBRE),
        Poste("Montant de base", "aeeh_base", (BASE,), 1),
        Poste(
            "Complément, selon la catégorie reconnue",
            "aeeh_complement",
            (DuParametre(f"{AEEH}.complement_allocation.categorie_2"),),
            1,
        ),
        Poste(
            "Majoration pour parent isolé",
            "aeeh_majoration_parent_isole",
            (DuParametre(f"{AEEH}.majoration_parent_isole.categorie_2"),),
            1,
        ),
    ),
    conditions=(
        Condition(
            "Un enfant handicapé de moins de 20 ans",
            "aeeh_condition_enfant",
            "aucun enfant dont le handicap est reconnu",
            "un enfant au moins, reconnu par la commission des droits et de l'autonomie",
            (DuParametre(f"{AEEH}.age_maximum_enfant"),),
            conseil="La reconnaissance du handicap se demande à la maison départementale des personnes handicapées.",
        ),
    ),
    doutes=(
        Doute(
            "La majoration pour parent isolé suppose un complément accordé parce que vous travaillez moins ou employez"
            " quelqu'un pour cet enfant (CSS, art. D541-3). Accordé pour des dépenses seules, il ne l'ouvre pas.",
            DEBUT,
            SANS_FIN,
            si="aeeh_majoration_selon_le_motif",
        ),
        D_UN_SEUL_PARENT,
        Doute(
            "Le montant du complément de sixième catégorie depuis avril 2026 est celui de 2025 augmenté de 0,8 % :"
            " nous n'avons pas retrouvé le texte.",
            Mois(2026, 4),
            SANS_FIN,
            si="aeeh_sixieme_categorie",
        ),
        Doute(
            "Avant 2018, les compléments de l'allocation n'existaient pas à Mayotte, et les textes du montant de base"
            " n'ont pas été retrouvés.",
            DEBUT,
            Mois(2017, 12),
            si="af_residence_mayotte",
            refuse=True,
        ),
    ),
)

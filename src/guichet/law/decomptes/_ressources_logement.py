"""The resources that the housing aid counts: their part of the sheet `aide_logement`, the same for all sectors."""

from __future__ import annotations

from datetime import date

from guichet.domain.droits import Unite
from guichet.law.decomptes._commun import AVANT_LIVRE_VIII, LIVRE_VIII
from guichet.law.explain import Poste
from guichet.law.textes import Article, DuParametre

RESSOURCES = "prestations_sociales.aides_logement.allocations_logement.ressources"
R822_3 = Article("CCH, art. R822-3", date(2021, 1, 1))
RESSOURCES_N_2 = Article("CCH, art. R351-5", jusqu_a=AVANT_LIVRE_VIII)
RESSOURCES_ARRONDIES = (
    Article("CCH, art. D823-17", LIVRE_VIII),
    Article("CSS, art. D542-5, I", jusqu_a=AVANT_LIVRE_VIII),
)

POSTES: tuple[Poste, ...] = (
    Poste(
        "Revenus évalués sur le dernier salaire, ou au forfait d'un indépendant, au lieu de ceux de l'avant-dernière année",
        "aide_logement_base_ressources_eval_forfaitaire",
        (Article("CCH, art. R351-7 ; CSS, art. R532-8"),),
        unite=Unite.EUROS_PAR_AN,
        explication="Douze fois ce salaire, moins 10 % ; 1\u202f500 heures de Smic pour un indépendant. La règle valait "
        "jusqu'à la fin de 2020, pour qui travaillait et n'avait presque rien gagné cette année-là.",
    ),
    Poste(
        "Ressources du foyer, après les abattements de la loi",
        "aide_logement_ressources_du_foyer",
        (R822_3, RESSOURCES_N_2),
        unite=Unite.EUROS_PAR_AN,
        toujours=True,
        explication="Vos revenus, moins les frais que l'impôt déduit : le plus souvent 10 % des salaires, du chômage et des "
        "pensions, rien d'un bénéfice. Ceux d'un travail qui a cessé sont réduits de 30 % (chômage avec "
        "une allocation, retraite, AAH) ou ne comptent pas (RSA, chômage sans allocation, congé parental).",
    ),
    *(
        Poste(
            "Ressources forfaitaires d'un étudiant",
            "aide_logement_forfait_etudiant",
            (DuParametre(f"{RESSOURCES}.etudiants.locatif.dar_4_forfait_ressources"),),
            unite=Unite.EUROS_PAR_AN,
            explication=explication,
            si=si,
        )
        for si, explication in (
            (
                "aide_logement_forfait_etudiant_seul",
                "Vos ressources d'étudiant sont un forfait : votre salaire n'y change rien. Il est le même pour tous, plus "
                "bas avec une bourse.",
            ),
            (
                "aide_logement_forfait_etudiant_plancher",
                "Un montant que la loi suppose au moins à tout étudiant, plus bas avec une bourse.",
            ),
        )
    ),
    Poste(
        "Ressources retenues, arrondies aux 100 € supérieurs",
        "aide_logement_base_ressources",
        RESSOURCES_ARRONDIES,
        unite=Unite.EUROS_PAR_AN,
        toujours=True,
    ),
    Poste(
        "Ressources d'un proche à charge, au plus",
        "al_plafond_proche_a_charge",
        (
            Article("CCH, art. R823-4, 2° et 3°", LIVRE_VIII),
            DuParametre(
                "prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa.plafond_ressources.personnes_seules"
            ),
        ),
        unite=Unite.EUROS_PAR_AN,
        si="al_proches_a_charge",
        explication="Le proche âgé ou handicapé qui a plus ne compte pas parmi les personnes à charge : refaites alors la "
        "simulation sans lui.",
    ),
)

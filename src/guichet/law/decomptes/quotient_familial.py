"""The sheet of the quotient familial of the family funds."""

from guichet.domain.droits import Prestation, Unite
from guichet.law.decomptes._commun import DEBUT, SANS_FIN
from guichet.law.explain import Condition, Doute, Fiche, Poste

FICHE = Fiche(
    prestation=Prestation.QUOTIENT_FAMILIAL,
    montant="quotient_familial",
    postes=(
        Poste(
            "Ressources de l'avant-dernière année, avant abattements fiscaux",
            "qf_ressources",
            (),
            0,
            Unite.EUROS_PAR_AN,
            toujours=True,
        ),
        Poste("Prestations du mois", "qf_prestations", (), 0, Unite.EUROS_PAR_MOIS, toujours=True),
        Poste("Nombre de parts", "qf_parts", (), 0, Unite.PARTS),
        Poste("Un douzième des ressources, par part", "qf_ressources_par_part", (), 1),
        Poste("Prestations du mois, par part", "qf_prestations_par_part", (), 1),
        Poste("Arrondi à l'euro le plus proche", "qf_arrondi", (), 1),
    ),
    conditions=(
        Condition(
            "Ressources ou prestations du foyer",
            "quotient_familial_positif",
            "aucune ressource ni prestation connue",
            "au moins 1 € par part",
        ),
    ),
    doutes=(
        Doute(
            "Le quotient familial des caisses n'a pas de texte publié : le partage d'un enfant en résidence alternée et"
            " l'arrondi suivent l'usage connu.",
            DEBUT,
            SANS_FIN,
        ),
    ),
)

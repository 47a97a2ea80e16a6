"""What the adults earn and receive in the three months that the RSA and the prime d'activité look at.

Asked once when it is the same each month, else month by month.
"""

from __future__ import annotations

from guichet.journeys.champs import Champ, Montant, Option, OuiNon
from guichet.journeys.conditions import Coche, Condition, Est, SaufSi, Tous, Un
from guichet.journeys.questions.activite import sauf
from guichet.journeys.questions.autres_revenus import autres_revenus, par_mois
from guichet.journeys.questions.mots import COUPLE, EUROS, OUI_OU_NON
from guichet.journeys.questions.ressources import (
    benefice,
    de,
    debut_de_la_retraite,
    debut_du_chomage,
    fait,
    indemnite,
    pension,
)

_NET = "Le « montant net social » de la fiche de paie ; avant 2024, le net payé, avant l'impôt."
_EN_EMPLOI = ("salarie", "apprenti")

SALAIRE = Option("salaire", "Vous avez aussi eu un salaire {trimestre}", si=fait("", *sauf(*_EN_EMPLOI)))
SALAIRE_CONJOINT = Option(
    "conjoint_salaire", "Votre conjoint a aussi eu un salaire {trimestre}", si=fait("conjoint_", *sauf(*_EN_EMPLOI))
)
AUTRES_REVENUS = autres_revenus(
    "Ceux des mois {trimestre}.",
    *("chomage", "ass", "ij", "ij_maternite", "invalidite", "formation", "pension_alimentaire", "loyers", "placements"),
)


def mois_par_mois(nom: str, quoi: str, aide: str, si: Condition) -> tuple[Champ, ...]:
    """The amounts of the three months."""
    return tuple(
        Montant(
            nom=f"{nom}_{rang}", question=f"{quoi}, {{mois_{rang}}}", aide=aide if rang == 1 else "", erreur=EUROS, si=si
        )
        for rang in (1, 2, 3)
    )


def _salaires(prefix: str) -> tuple[Champ, ...]:
    si = Un(fait(prefix, *_EN_EMPLOI), Coche("autres", f"{prefix}salaire"))
    change = Est(f"{prefix}salaire_stable", (False,))
    salaire = de(prefix, "salaire net")
    return (
        OuiNon(
            nom=f"{prefix}salaire_stable",
            question=("Le salaire de votre conjoint" if prefix else "Votre salaire")
            + " a-t-il été le même chaque mois, {trimestre}\u00a0?",
            erreur=OUI_OU_NON,
            si=si,
        ),
        Montant(
            nom=f"{prefix}salaire",
            question=f"{salaire}, par mois",
            aide=f"{_NET} S'il a changé, laissez vide : nous demanderons chaque mois.",
            erreur="Indiquez le salaire net d'un mois, par exemple 1\u202f250.",
            si=Tous(si, SaufSi(change)),
        ),
        *mois_par_mois(f"{prefix}salaire", salaire, _NET, Tous(si, change)),
        OuiNon(
            nom=f"{prefix}salaire_continue",
            question="Votre conjoint reçoit-il encore ce salaire\u00a0?"
            if prefix
            else "Recevez-vous encore ce salaire\u00a0?",
            aide="Un salaire qui s'est arrêté, sans rien pour le remplacer, ne compte plus pour le RSA.",
            erreur=OUI_OU_NON,
            si=Coche("autres", f"{prefix}salaire"),
        ),
    )


def _de_la_personne(prefix: str) -> tuple[Champ, ...]:
    chomage = "Allocation chômage de votre conjoint" if prefix else "Allocation chômage"
    return (
        *_salaires(prefix),
        benefice(prefix, Un(fait(prefix, "independant"), Coche("autres", f"{prefix}benefice"))),
        indemnite(prefix),
        debut_du_chomage(
            prefix,
            # Unpaid, its date only tells the housing aid which wages were lost.
            Un(fait(prefix, "chomeur"), Tous(fait(prefix, "chomeur_non_indemnise"), Coche("autres", f"{prefix}salaire"))),
        ),
        pension(prefix),
        debut_de_la_retraite(prefix),
        *mois_par_mois(f"{prefix}chomage", chomage, "", Coche("revenus", f"{prefix}chomage")),
        *(par_mois(nom, prefix) for nom in ("ass", "ij", "ij_maternite", "invalidite", "formation")),
    )


DU_TRIMESTRE = (
    *_de_la_personne(""),
    *_de_la_personne("conjoint_"),
    *(par_mois(nom) for nom in ("pension_alimentaire", "loyers", "placements")),
)
_QUI_EN_A = sauf("etudiant", "conge_parental", "inactif", "chomeur_non_indemnise")
A_DES_REVENUS = Un(
    fait("", *_QUI_EN_A),
    Tous(COUPLE, fait("conjoint_", *_QUI_EN_A)),
    *(Coche("autres", f"{prefix}{case}") for prefix in ("", "conjoint_") for case in ("salaire", "benefice")),
    Coche("autres", "autre_revenu"),
)
"""One of the questions of `DU_TRIMESTRE` at least is asked."""

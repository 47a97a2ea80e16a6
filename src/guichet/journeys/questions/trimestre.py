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


def _salaires(prefixe: str) -> tuple[Champ, ...]:
    si = Un(fait(prefixe, *_EN_EMPLOI), Coche("autres", f"{prefixe}salaire"))
    change = Est(f"{prefixe}salaire_stable", (False,))
    salaire = de(prefixe, "salaire net")
    return (
        OuiNon(
            nom=f"{prefixe}salaire_stable",
            question=("Le salaire de votre conjoint" if prefixe else "Votre salaire")
            + " a-t-il été le même chaque mois, {trimestre}\u00a0?",
            erreur=OUI_OU_NON,
            si=si,
        ),
        Montant(
            nom=f"{prefixe}salaire",
            question=f"{salaire}, par mois",
            aide=f"{_NET} S'il a changé, laissez vide : nous demanderons chaque mois.",
            erreur="Indiquez le salaire net d'un mois, par exemple 1 250.",
            si=Tous(si, SaufSi(change)),
        ),
        *mois_par_mois(f"{prefixe}salaire", salaire, _NET, Tous(si, change)),
        OuiNon(
            nom=f"{prefixe}salaire_continue",
            question="Votre conjoint reçoit-il encore ce salaire\u00a0?"
            if prefixe
            else "Recevez-vous encore ce salaire\u00a0?",
            aide="Un salaire qui s'est arrêté, sans rien pour le remplacer, ne compte plus pour le RSA.",
            erreur=OUI_OU_NON,
            si=Coche("autres", f"{prefixe}salaire"),
        ),
    )


def _de_la_personne(prefixe: str) -> tuple[Champ, ...]:
    chomage = "Allocation chômage de votre conjoint" if prefixe else "Allocation chômage"
    return (
        *_salaires(prefixe),
        benefice(prefixe, Un(fait(prefixe, "independant"), Coche("autres", f"{prefixe}benefice"))),
        indemnite(prefixe),
        debut_du_chomage(
            prefixe,
            # Unpaid, its date only tells the housing aid which wages were lost.
            Un(fait(prefixe, "chomeur"), Tous(fait(prefixe, "chomeur_non_indemnise"), Coche("autres", f"{prefixe}salaire"))),
        ),
        pension(prefixe),
        debut_de_la_retraite(prefixe),
        *mois_par_mois(f"{prefixe}chomage", chomage, "", Coche("revenus", f"{prefixe}chomage")),
        *(par_mois(nom, prefixe) for nom in ("ass", "ij", "ij_maternite", "invalidite", "formation")),
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
    *(Coche("autres", f"{prefixe}{case}") for prefixe in ("", "conjoint_") for case in ("salaire", "benefice")),
    Coche("autres", "autre_revenu"),
)
"""One of the questions of `DU_TRIMESTRE` at least is asked."""

"""The simulator of the RSA and of the prime d'activité: who lives there, where, and on what for three months."""

from __future__ import annotations

from datetime import date

from guichet.domain.droits import Texte
from guichet.domain.vocabulaire import Mois
from guichet.journeys import periods
from guichet.journeys.conditions import BenjaminDAuMoins, Coche, EntreMois, Est, Non, Toujours, Tous, Un
from guichet.journeys.parcours import Arret, Page, Parcours
from guichet.journeys.questions import situation, trimestre
from guichet.journeys.questions.autres_revenus import autre_revenu
from guichet.journeys.questions.foyer import controle_du_foyer
from guichet.journeys.questions.mots import AVEC_ENFANTS, MOIS, SANS_ENFANT, SEUL
from guichet.journeys.questions.premieres import premieres_pages

AGE_DES_ENFANTS = 25
"""A child counts for the RSA until then (CASF, art. R262-3)."""

_SITUATION = (
    situation.cases(
        situation.ENCEINTE,
        situation.ISOLEMENT,
        situation.DEUX_ANS_DE_TRAVAIL,
        situation.DEUX_ANS_DE_TRAVAIL_CONJOINT,
        trimestre.SALAIRE,
        trimestre.SALAIRE_CONJOINT,
        situation.BENEFICE,
        situation.BENEFICE_CONJOINT,
        situation.AAH,
        situation.AAH_CONJOINT,
        autre_revenu("Chômage, indemnités journalières, invalidité, formation, pension alimentaire, loyers, placements"),
        situation.EPARGNE,
        situation.ALTERNANCE,
        situation.ETRANGER,
        situation.ETRANGER_CONJOINT,
    ),
    situation.DATE_DE_L_ISOLEMENT,
    situation.AAH_RECUE,
    situation.AAH_RECUE_PAR_LE_CONJOINT,
    trimestre.AUTRES_REVENUS,
    situation.MONTANT_DE_L_EPARGNE,
    situation.COMBIEN_EN_ALTERNANCE,
    *situation.titre_de_sejour(""),
    *situation.titre_de_sejour("conjoint_"),
)
_PAGES = (
    *premieres_pages(AGE_DES_ENFANTS),
    Page(nom="autres", titre="Votre situation", contenu=_SITUATION),
    Page(nom="trimestre", titre="Vos revenus", contenu=trimestre.DU_TRIMESTRE, si=trimestre.A_DES_REVENUS),
)

_SANS_REVENU_D_ACTIVITE = Non(Un(Coche("autres", "salaire"), Coche("autres", "benefice"), Coche("autres", "autre_revenu")))
_PAS_ENCEINTE = Non(Coche("autres", "enceinte"))
_L262_4 = (Texte("CASF, art. L262-4", date(2009, 6, 1)),)
_ARRETS = (
    Arret(
        si=Tous(Est("activite", ("etudiant",)), SEUL, SANS_ENFANT, _PAS_ENCEINTE, _SANS_REVENU_D_ACTIVITE),
        condition="Ne pas être étudiant, ou travailler pendant ses études",
        trouve="Des études, sans enfant à charge ou attendu, et sans revenu d'un travail",
        requis="Pour le RSA, ne plus être étudiant ; pour la prime d'activité, un salaire assez élevé chaque mois",
        conseil="Un travail pendant les études peut ouvrir la prime d'activité, et un enfant à naître le RSA.",
        textes=_L262_4,
    ),
    Arret(
        si=Tous(
            Est("activite", ("conge_parental",)),
            SEUL,
            BenjaminDAuMoins(situation.AGE_DE_LA_MAJORATION),
            *(_PAS_ENCEINTE, Non(Coche("autres", "isolement")), _SANS_REVENU_D_ACTIVITE),
        ),
        condition="Ne pas être en congé parental",
        trouve="Un congé parental à temps plein, sans revenu d'un travail",
        requis="Un enfant de moins de trois ans ou une séparation récente, pour le RSA ; un travail, pour la prime",
        conseil="La fin du congé parental, ou sa réduction à un temps partiel.",
        textes=_L262_4,
    ),
)

_NON_DEMANDE = (
    (Toujours(), "vos revenus d'avant ces trois mois : nous les supposons semblables, pour les autres prestations"),
    (Toujours(), "les autres personnes qui vivent chez vous"),
    (Toujours(), "les aides de vos proches et les gains exceptionnels"),
    (Toujours(), "pour un Européen, la durée et les conditions de son séjour"),
    (AVEC_ENFANTS, "les revenus de vos enfants"),
    (AVEC_ENFANTS, "une prestation de congé parental (PreParE, CLCA)"),
    (
        Un(*(Est(f"{prefix}activite", ("independant",)) for prefix in ("", "conjoint_"))),
        "le chiffre d'affaires du trimestre d'une microentreprise : nous partons du bénéfice de l'année",
    ),
    (Est("occupation", ("gratuit",)), "votre participation aux frais de qui vous héberge"),
    (EntreMois("mois", dernier=Mois(2016, 12)), "une reprise d'activité récente, qui laissait cumuler le RSA et le salaire"),
)

PARCOURS = Parcours(
    nom="rsa",
    titre="Simulation de RSA et de prime d'activité",
    mois=MOIS,
    pages=_PAGES,
    arrets=_ARRETS,
    non_demande=_NON_DEMANDE,
    contexte=periods.contexte,
    controle=controle_du_foyer(AGE_DES_ENFANTS),
)

"""Rare facts: a box to tick each, which opens its own question. They keep common households short."""

from __future__ import annotations

from decimal import Decimal

from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import Cases, Champ, Choix, Entier, Jour, Montant, Option
from guichet.journeys.conditions import BenjaminDAuMoins, Coche, EntreMois, Est, MoinsDe, Tous, Un
from guichet.journeys.questions.activite import AU_CHOMAGE, sauf
from guichet.journeys.questions.mots import AVEC_ENFANTS, COUPLE, DATE, SANS_ENFANT, SEUL

AGE_DE_RATTACHEMENT = 25
"""At the latest: a student's place in the tax household of the parents (CGI, art. 6, 3)."""
AGE_DU_RSA = 25
"""Without a child, born or expected (CASF, art. L262-4); younger after two years of work (L262-7-1)."""
AGE_DE_LA_MAJORATION = 3
"""With a younger child, a lone parent has the RSA majoré whatever the date of the separation (CASF, art. R262-2)."""
_PEUT_ETRE_EN_SEJOUR_ETUDIANT = Est("activite", ("etudiant", "chomeur_non_indemnise", "inactif"))

ENCEINTE = Option("enceinte", "Vous, ou votre conjointe, êtes enceinte", oui="attend_enfant")
RSA_RECU = Option("rsa", "Vous avez reçu le RSA le mois dernier", "Revenu de solidarité active")
AAH = Option("aah", "Vous recevez l'AAH", "Allocation aux adultes handicapés")
AAH_CONJOINT = Option("conjoint_aah", "Votre conjoint reçoit l'AAH", "Allocation aux adultes handicapés", si=COUPLE)
BOURSIER = Option("boursier", "Vous avez une bourse sur critères sociaux", si=Est("activite", ("etudiant",)))
HORS_UE = Option(
    "hors_ue",
    "Vous avez un titre de séjour d'étudiant ou de recherche d'emploi, sans remplir les conditions d'une bourse",
    "Nationalités hors Union européenne. En couple : si votre conjoint est dans le même cas",
    si=Tous(EntreMois("mois", premier=Mois(2026, 7)), _PEUT_ETRE_EN_SEJOUR_ETUDIANT),
)
IFI = Option(
    "ifi",
    "Vous êtes rattaché au foyer fiscal de vos parents, qui paient l'impôt sur la fortune",
    "Impôt sur la fortune immobilière (IFI) ; ISF jusqu'en 2017",
    si=Tous(EntreMois("mois", premier=Mois(2016, 10)), MoinsDe("naissance", AGE_DE_RATTACHEMENT, "mois")),
)
ALTERNANCE = Option("alternance", "Un de vos enfants, ou plusieurs, vivent en résidence alternée", si=AVEC_ENFANTS)
CHOMAGE_PASSE = Option(
    "chomage_passe", "Vous avez touché des allocations chômage {periode}", si=Est("activite", sauf(*AU_CHOMAGE))
)
CHOMAGE_PASSE_CONJOINT = Option(
    "conjoint_chomage_passe",
    "Votre conjoint a touché des allocations chômage {periode}",
    si=Tous(COUPLE, Est("conjoint_activite", sauf(*AU_CHOMAGE))),
)
PENSION_RECUE = Option("pension_recue", "Vous avez reçu une pension alimentaire en {annee_pension}")
PENSION_VERSEE = Option("pension_versee", "Vous avez versé une pension alimentaire en {annee_pension}")
BENEFICE = Option("benefice", "Vous avez eu un bénéfice d'indépendant en {annee}", si=Est("activite", sauf("independant")))
BENEFICE_CONJOINT = Option(
    "conjoint_benefice",
    "Votre conjoint a eu un bénéfice d'indépendant en {annee}",
    si=Tous(COUPLE, Est("conjoint_activite", sauf("independant"))),
)
PROCHES = Option(
    "proches_a_charge",
    "Un parent âgé, ou un proche handicapé, vit chez vous et a de faibles ressources",
    "Parent ou grand-parent de 67 ans ou plus (65 ans s'il reçoit l'ASPA ou est né avant juillet 1951)\u00a0; enfant de "
    "plus de 21 ans, frère, sœur, tante, neveu… handicapé",
)
AEEH = Option(
    "aeeh",
    "Vous recevez l'AEEH pour un de vos enfants, ou plusieurs",
    "Allocation d'éducation de l'enfant handicapé",
)
HANDICAP = Option(
    "handicap",
    "Vous avez un handicap reconnu d'au moins 80\u00a0%",
    "Carte mobilité inclusion mention invalidité, ou carte d'invalidité",
)
PATRIMOINE = Option(
    "patrimoine",
    "Vous avez plus de 30\u202f000\u00a0€ de patrimoine",
    "Épargne, biens qui ne sont ni votre logement ni ce qui sert à votre travail",
    si=EntreMois("mois", premier=Mois(2016, 10)),
)
EPARGNE = Option("epargne", "Vous avez de l'épargne", "Livrets, assurance-vie, compte courant, même sans revenu")
_TITRE = "Et pas celle d'un pays de l'Union européenne, ni de Suisse, d'Islande, de Norvège ou du Liechtenstein"
ETRANGER = Option("etranger", "Vous n'avez pas la nationalité française", _TITRE)
ETRANGER_CONJOINT = Option("conjoint_etranger", "Votre conjoint n'a pas la nationalité française", _TITRE, si=COUPLE)
_MOINS_DE_25_ANS = MoinsDe("naissance", AGE_DU_RSA, "mois")
_CONJOINT_DE_MOINS_DE_25_ANS = MoinsDe("conjoint_naissance", AGE_DU_RSA, "mois")
_DEUX_ANS = "3\u202f214 heures au moins, en CDI, CDD ou intérim"
DEUX_ANS_DE_TRAVAIL = Option(
    "deux_ans_de_travail",
    "Vous avez travaillé l'équivalent de deux ans à temps plein depuis trois ans",
    _DEUX_ANS,
    si=Tous(SANS_ENFANT, _MOINS_DE_25_ANS, Un(SEUL, _CONJOINT_DE_MOINS_DE_25_ANS)),
)
DEUX_ANS_DE_TRAVAIL_CONJOINT = Option(
    "conjoint_deux_ans_de_travail",
    "Votre conjoint a travaillé l'équivalent de deux ans à temps plein depuis trois ans",
    _DEUX_ANS,
    si=Tous(COUPLE, SANS_ENFANT, _MOINS_DE_25_ANS, _CONJOINT_DE_MOINS_DE_25_ANS),
)
ISOLEMENT = Option(
    "isolement",
    "Vous vous êtes séparé, ou êtes devenu veuf, il y a moins d'un an",
    si=Tous(SEUL, AVEC_ENFANTS, BenjaminDAuMoins(AGE_DE_LA_MAJORATION)),
)


def cases(*options: Option) -> Cases:
    """The boxes of a simulator."""
    return Cases(
        nom="autres",
        question="Cochez ce qui vous concerne",
        aide="Rien à cocher ? Continuez.",
        erreur="Choisissez parmi les cases proposées.",
        options=options,
    )


def montant_coche(case: str, question: str, unite: str, maximum: int = 100_000) -> Montant:
    """The amount that a ticked box asks for."""
    erreur = "Indiquez un montant en euros."
    return Montant(
        nom=case, question=question, erreur=erreur, unite=unite, maximum=Decimal(maximum), si=Coche("autres", case)
    )


COMBIEN_EN_ALTERNANCE = Entier(
    nom="alternance",
    question="Combien d'enfants vivent en résidence alternée\u00a0?",
    erreur="Indiquez un nombre, 1 au moins.",
    minimum=1,
    maximum=12,
    si=Coche("autres", "alternance"),
)
COMBIEN_DE_PROCHES = Entier(
    nom="proches_a_charge",
    question="Combien de ces proches sont à votre charge\u00a0?",
    aide="Handicapé\u00a0: à 80\u00a0% au moins, ou avec une restriction d'accès à l'emploi reconnue par la MDPH. Le "
    "résultat dit jusqu'à quelles ressources chacun compte.",
    erreur="Indiquez un nombre, 1 au moins.",
    minimum=1,
    maximum=12,
    si=Coche("autres", "proches_a_charge"),
)
AAH_RECUE = montant_coche("aah", "AAH reçue le mois dernier", "€ par mois")
AAH_RECUE_PAR_LE_CONJOINT = montant_coche("conjoint_aah", "AAH reçue le mois dernier par votre conjoint", "€ par mois")
MONTANT_DE_L_EPARGNE = montant_coche("epargne", "Votre épargne, en tout", "€", 100_000_000)
VALEUR_DU_PATRIMOINE = montant_coche("patrimoine", "Valeur de ce patrimoine, en tout", "€", 100_000_000)
DATE_DE_L_ISOLEMENT = Jour(
    nom="isole_depuis",
    question="Date de la séparation ou du décès",
    erreur=DATE,
    si=Coche("autres", "isolement"),
)


def titre_de_sejour(prefix: str) -> tuple[Champ, Champ]:
    """What the law asks of a foreigner: a title that lasts, or years of one that permits to work."""
    de_qui = " de votre conjoint" if prefix else ""
    return (
        Choix(
            nom=f"{prefix}titre_de_sejour",
            question=f"Titre de séjour{de_qui}" if prefix else "Votre titre de séjour",
            erreur="Choisissez ce qui décrit le titre de séjour.",
            options=(
                Option("durable", "Carte de résident, ou statut de réfugié", "Protection subsidiaire et apatrides compris"),
                Option("travail", "Un autre titre, qui permet de travailler"),
                Option("aucun", "Un titre qui ne permet pas de travailler, ou aucun"),
            ),
            si=Coche("autres", f"{prefix}etranger"),
        ),
        Entier(
            nom=f"{prefix}annees_de_titre",
            question=f"Depuis combien d'années les titres{de_qui} se suivent-ils\u00a0?"
            if prefix
            else "Depuis combien d'années vos titres se suivent-ils\u00a0?",
            aide="Sans interruption, en années entières. Moins d'un an : 0.",
            erreur="Indiquez un nombre d'années, 0 pour moins d'un an.",
            maximum=80,
            si=Est(f"{prefix}titre_de_sejour", ("travail",)),
        ),
    )

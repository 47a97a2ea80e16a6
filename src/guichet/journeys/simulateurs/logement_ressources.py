"""The housing-aid simulator, continued: what the people of the household do, earn and receive.

The pages of `logement` hold these questions; `logement_foyer` reads their answers.
"""

from __future__ import annotations

from decimal import Decimal

from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import Cases, Champ, Choix, Entier, Jour, Montant, Option
from guichet.journeys.conditions import AuMoins, Coche, Condition, EntreMois, Est, MoinsDe, Tous
from guichet.journeys.simulateurs.logement_foyer import DERNIER_MOIS_ANNUEL, DERNIERE_EVALUATION_FORFAITAIRE

COUPLE = Est("couple", (True,))
DATE = "Indiquez le jour, le mois et l'année, par exemple 27\u00a03\u00a01990."
_EUROS = "Indiquez un montant en euros, 0 s'il n'y en a pas."
_MAXIMUM_PAR_AN = Decimal(1_000_000)
_NET = "Le « net imposable » des fiches de paie, avec les indemnités journalières, sans le chômage ni les pensions."
AGE_DE_RATTACHEMENT = 25
"""At the latest: a student's place in the tax household of the parents (CGI, art. 6, 3)."""

_ACTIVITES = (
    Option("salarie", "Emploi salarié"),
    Option("independant", "Travail indépendant"),
    Option("apprenti", "Apprentissage"),
    Option("etudiant", "Études"),
    Option("chomeur", "Chômage, avec une allocation", "Allocation d'aide au retour à l'emploi (ARE), par exemple"),
    Option("chomeur_non_indemnise", "Chômage, sans allocation ou avec l'ASS", "ASS : allocation de solidarité spécifique"),
    Option("retraite", "Retraite"),
    Option("conge_parental", "Congé parental à temps plein"),
    Option("inactif", "Aucune de ces situations"),
)
_AU_CHOMAGE = ("chomeur", "chomeur_non_indemnise")
_PAS_AU_CHOMAGE = tuple(option.valeur for option in _ACTIVITES if option.valeur not in _AU_CHOMAGE)
_SALARIABLES = tuple(option.valeur for option in _ACTIVITES if option.valeur != "independant")
_ANNUEL = EntreMois("mois", dernier=DERNIER_MOIS_ANNUEL)
_GLISSANT = EntreMois("mois", premier=DERNIER_MOIS_ANNUEL + 1)
_DERNIER_SALAIRE = EntreMois("mois", dernier=DERNIERE_EVALUATION_FORFAITAIRE)

ACTIVITES = (
    Choix(nom="activite", question="Votre activité en {mois}", erreur="Choisissez votre activité.", options=_ACTIVITES),
    Choix(
        nom="conjoint_activite",
        question="Activité de votre conjoint en {mois}",
        erreur="Choisissez l'activité de votre conjoint.",
        options=_ACTIVITES,
        si=COUPLE,
    ),
)


def _revenus(prefixe: str, *si: Condition) -> tuple[Champ, ...]:
    """The incomes of a person: of the months that count, then of today where the law looks at it."""

    def fait(*activites: str) -> Condition:
        return Tous(Est(f"{prefixe}activite", activites), *si)

    def de(quoi: str, votre: str = "Votre") -> str:
        return f"{quoi.capitalize()} de votre conjoint" if prefixe else f"{votre} {quoi}"

    return (
        Montant(
            nom=f"{prefixe}benefice",
            question=de("bénéfice d'indépendant") + ", pour toute l'année {annee}",
            aide="Le bénéfice imposable ; pour une microentreprise, après l'abattement des impôts.",
            erreur=_EUROS,
            unite="€ par an",
            maximum=_MAXIMUM_PAR_AN,
            si=fait("independant"),
        ),
        Montant(
            nom=f"{prefixe}revenus_annuels",
            question=de("salaires", "Vos") + ", pour toute l'année {annee}",
            aide=_NET,
            erreur=_EUROS,
            unite="€ par an",
            maximum=_MAXIMUM_PAR_AN,
            si=Tous(_ANNUEL, fait(*_SALARIABLES)),
        ),
        Montant(
            nom=f"{prefixe}revenus_mensuels",
            question=de("salaires", "Vos") + ", en moyenne par mois, {periode}",
            aide=_NET,
            erreur=_EUROS,
            si=Tous(_GLISSANT, fait(*_SALARIABLES)),
        ),
        Montant(
            nom=f"{prefixe}salaire_actuel",
            question=de("dernier salaire"),
            aide="Le « net imposable » du mois. Il compte s'il n'y avait presque aucun revenu en {annee}.",
            erreur=_EUROS,
            si=Tous(_DERNIER_SALAIRE, fait("salarie", "apprenti")),
        ),
        Montant(
            nom=f"{prefixe}indemnite",
            question=de("allocation chômage"),
            aide="Le montant imposable d'un mois.",
            erreur=_EUROS,
            si=fait("chomeur"),
        ),
        Jour(
            nom=f"{prefixe}depuis",
            question="Début du chômage de votre conjoint" if prefixe else "Début de votre chômage",
            erreur=DATE,
            si=fait(*_AU_CHOMAGE),
        ),
        Montant(
            nom=f"{prefixe}pension",
            question=de("pension de retraite"),
            aide="Le montant imposable d'un mois, toutes caisses ensemble.",
            erreur=_EUROS,
            si=fait("retraite"),
        ),
        Jour(
            nom=f"{prefixe}retraite_depuis",
            question="Début de la retraite de votre conjoint" if prefixe else "Début de votre retraite",
            erreur=DATE,
            si=fait("retraite"),
        ),
    )


RESSOURCES = (*_revenus(""), *_revenus("conjoint_", COUPLE))

_ETUDIANT = Est("activite", ("etudiant",))
_PEUT_ETRE_EN_SEJOUR_ETUDIANT = Est("activite", ("etudiant", "chomeur_non_indemnise", "inactif"))
_CASES = (
    Option("enceinte", "Vous, ou votre conjointe, êtes enceinte"),
    Option("rsa", "Vous avez reçu le RSA le mois dernier", "Revenu de solidarité active"),
    Option("aah", "Vous recevez l'AAH", "Allocation aux adultes handicapés"),
    Option("conjoint_aah", "Votre conjoint reçoit l'AAH", "Allocation aux adultes handicapés", si=COUPLE),
    Option("boursier", "Vous avez une bourse sur critères sociaux", si=_ETUDIANT),
    Option(
        "hors_ue",
        "Vous avez un titre de séjour d'étudiant ou de recherche d'emploi, sans remplir les conditions d'une bourse",
        "Nationalités hors Union européenne. En couple : si votre conjoint est dans le même cas",
        si=Tous(EntreMois("mois", premier=Mois(2026, 7)), _PEUT_ETRE_EN_SEJOUR_ETUDIANT),
    ),
    Option(
        "ifi",
        "Vous êtes rattaché au foyer fiscal de vos parents, qui paient l'impôt sur la fortune",
        "Impôt sur la fortune immobilière (IFI) ; ISF jusqu'en 2017",
        si=Tous(EntreMois("mois", premier=Mois(2016, 10)), MoinsDe("naissance", AGE_DE_RATTACHEMENT, "mois")),
    ),
    Option("alternance", "Un de vos enfants, ou plusieurs, vivent en résidence alternée", si=AuMoins("nombre_enfants", 1)),
    Option(
        "chomage_passe",
        "Vous avez touché des allocations chômage {periode}",
        si=Est("activite", _PAS_AU_CHOMAGE),
    ),
    Option(
        "conjoint_chomage_passe",
        "Votre conjoint a touché des allocations chômage {periode}",
        si=Tous(COUPLE, Est("conjoint_activite", _PAS_AU_CHOMAGE)),
    ),
    Option("pension_recue", "Vous avez reçu une pension alimentaire en {annee_pension}"),
    Option("pension_versee", "Vous avez versé une pension alimentaire en {annee_pension}"),
    Option(
        "patrimoine",
        "Vous avez plus de 30\u202f000\u00a0€ de patrimoine",
        "Épargne, biens qui ne sont ni votre logement ni ce qui sert à votre travail",
        si=EntreMois("mois", premier=Mois(2016, 10)),
    ),
)


def _si_coche(case: str, question: str, unite: str, maximum: int = 100_000) -> Montant:
    erreur = "Indiquez un montant en euros."
    return Montant(
        nom=case, question=question, erreur=erreur, unite=unite, maximum=Decimal(maximum), si=Coche("autres", case)
    )


SITUATION = (
    Cases(
        nom="autres",
        question="Cochez ce qui est vrai",
        aide="Rien à cocher ? Continuez.",
        erreur="Choisissez parmi les cases proposées.",
        options=_CASES,
    ),
    _si_coche("rsa", "RSA reçu le mois dernier", "€ par mois"),
    _si_coche("aah", "AAH reçue le mois dernier", "€ par mois"),
    _si_coche("conjoint_aah", "AAH reçue le mois dernier par votre conjoint", "€ par mois"),
    Entier(
        nom="alternance",
        question="Combien d'enfants vivent en résidence alternée\u00a0?",
        erreur="Indiquez un nombre, 1 au moins.",
        minimum=1,
        maximum=12,
        si=Coche("autres", "alternance"),
    ),
    _si_coche("chomage_passe", "Vos allocations chômage, en tout, {periode}", "€"),
    _si_coche("conjoint_chomage_passe", "Allocations chômage de votre conjoint, en tout, {periode}", "€"),
    _si_coche("pension_recue", "Pension alimentaire reçue, en tout, en {annee_pension}", "€"),
    _si_coche("pension_versee", "Pension alimentaire versée, en tout, en {annee_pension}", "€"),
    _si_coche("patrimoine", "Valeur de ce patrimoine, en tout", "€", 100_000_000),
)

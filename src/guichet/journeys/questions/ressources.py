"""What the adults of the household earn and receive. `prefixe` is empty for the claimant, `conjoint_` for the partner."""

from __future__ import annotations

from decimal import Decimal

from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import Champ, Jour, Montant
from guichet.journeys.conditions import Condition, EntreMois, Est, Tous
from guichet.journeys.periodes import DERNIER_MOIS_ANNUEL, DERNIERE_EVALUATION_FORFAITAIRE
from guichet.journeys.questions.activite import AU_CHOMAGE, sauf
from guichet.journeys.questions.mots import DATE, EUROS

_MAXIMUM_PAR_AN = Decimal(1_000_000)
_NET = "Le « net imposable » des fiches de paie, avec les indemnités journalières, sans le chômage ni les pensions."
ANNUEL = EntreMois("mois", dernier=DERNIER_MOIS_ANNUEL)
GLISSANT = EntreMois("mois", premier=DERNIER_MOIS_ANNUEL + 1)
"""The housing aid looks at a year, then at twelve months that move."""


def fait(prefixe: str, *activites: str) -> Condition:
    """The person does one of `activites`; unknown, hence not asked, of a partner whom the claimant does not have."""
    return Est(f"{prefixe}activite", activites)


def de(prefixe: str, quoi: str, votre: str = "Votre") -> str:
    """`Votre pension`, `Pension de votre conjoint`."""
    return f"{quoi.capitalize()} de votre conjoint" if prefixe else f"{votre} {quoi}"


def benefice(prefixe: str, si: Condition | None = None) -> Champ:
    """Asked of the self-employed, or when `si`."""
    return Montant(
        nom=f"{prefixe}benefice",
        question=de(prefixe, "bénéfice d'indépendant") + ", pour toute l'année {annee}",
        aide="Le bénéfice imposable ; pour une microentreprise, après l'abattement des impôts.",
        erreur=EUROS,
        unite="€ par an",
        maximum=_MAXIMUM_PAR_AN,
        si=si or fait(prefixe, "independant"),
    )


def revenus_annuels(prefixe: str, si: Condition) -> Champ:
    return Montant(
        nom=f"{prefixe}revenus_annuels",
        question=de(prefixe, "salaires", "Vos") + ", pour toute l'année {annee}",
        aide=_NET,
        erreur=EUROS,
        unite="€ par an",
        maximum=_MAXIMUM_PAR_AN,
        si=si,
    )


def revenus_mensuels(prefixe: str, si: Condition) -> Champ:
    return Montant(
        nom=f"{prefixe}revenus_mensuels",
        question=de(prefixe, "salaires", "Vos") + ", en moyenne par mois, {periode}",
        aide=_NET,
        erreur=EUROS,
        si=si,
    )


def salaire_actuel(prefixe: str, dernier: Mois) -> Champ:
    return Montant(
        nom=f"{prefixe}salaire_actuel",
        question=de(prefixe, "dernier salaire"),
        aide="Le « net imposable » du mois. Il compte s'il n'y avait presque aucun revenu en {annee}.",
        erreur=EUROS,
        si=Tous(EntreMois("mois", dernier=dernier), fait(prefixe, "salarie", "apprenti")),
    )


def indemnite(prefixe: str) -> Champ:
    return Montant(
        nom=f"{prefixe}indemnite",
        question=de(prefixe, "allocation chômage"),
        aide="Le montant imposable d'un mois.",
        erreur=EUROS,
        si=fait(prefixe, "chomeur"),
    )


def debut_du_chomage(prefixe: str, si: Condition | None = None) -> Champ:
    """Asked of the unemployed, or when `si`."""
    return Jour(
        nom=f"{prefixe}depuis",
        question="Début du chômage de votre conjoint" if prefixe else "Début de votre chômage",
        erreur=DATE,
        si=si or fait(prefixe, *AU_CHOMAGE),
    )


def pension(prefixe: str) -> Champ:
    return Montant(
        nom=f"{prefixe}pension",
        question=de(prefixe, "pension de retraite"),
        aide="Le montant imposable d'un mois, toutes caisses ensemble.",
        erreur=EUROS,
        si=fait(prefixe, "retraite"),
    )


def debut_de_la_retraite(prefixe: str) -> Champ:
    return Jour(
        nom=f"{prefixe}retraite_depuis",
        question="Début de la retraite de votre conjoint" if prefixe else "Début de votre retraite",
        erreur=DATE,
        si=fait(prefixe, "retraite"),
    )


def _de_reference(prefixe: str) -> tuple[Champ, ...]:
    salarie = fait(prefixe, *sauf("independant"))
    return (
        benefice(prefixe),
        revenus_annuels(prefixe, Tous(ANNUEL, salarie)),
        revenus_mensuels(prefixe, Tous(GLISSANT, salarie)),
        salaire_actuel(prefixe, DERNIERE_EVALUATION_FORFAITAIRE),
        indemnite(prefixe),
        debut_du_chomage(prefixe),
        pension(prefixe),
        debut_de_la_retraite(prefixe),
    )


DE_REFERENCE = (*_de_reference(""), *_de_reference("conjoint_"))
"""What the housing aid asks: the incomes of a year or of twelve months, then those of today where the law looks at it."""

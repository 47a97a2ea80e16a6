"""What the adults of the household earn and receive. `prefix` is empty for the claimant, `conjoint_` for the partner."""

from __future__ import annotations

from decimal import Decimal

from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import Champ, Jour, Montant
from guichet.journeys.conditions import Condition, EntreMois, Est, Tous
from guichet.journeys.periods import LAST_EVALUATION_FORFAITAIRE, LAST_YEARLY_MONTH
from guichet.journeys.questions.activite import AU_CHOMAGE, sauf
from guichet.journeys.questions.mots import DATE, EUROS

_MAXIMUM_PAR_AN = Decimal(1_000_000)
_NET = "Le « net imposable » des fiches de paie, avec les indemnités journalières, sans le chômage ni les pensions."
ANNUEL = EntreMois("mois", dernier=LAST_YEARLY_MONTH)
GLISSANT = EntreMois("mois", premier=LAST_YEARLY_MONTH + 1)
"""The housing aid looks at a year, then at twelve months that move."""


def fait(prefix: str, *activites: str) -> Condition:
    """The person does one of `activites`; unknown, hence not asked, of a partner whom the claimant does not have."""
    return Est(f"{prefix}activite", activites)


def de(prefix: str, quoi: str, votre: str = "Votre") -> str:
    """`Votre pension`, `Pension de votre conjoint`."""
    return f"{quoi.capitalize()} de votre conjoint" if prefix else f"{votre} {quoi}"


def benefice(prefix: str, si: Condition | None = None) -> Champ:
    """Asked of the self-employed, or when `si`."""
    return Montant(
        nom=f"{prefix}benefice",
        question=de(prefix, "bénéfice d'indépendant") + ", pour toute l'année {annee}",
        aide="Le bénéfice imposable ; pour une microentreprise, après l'abattement des impôts.",
        erreur=EUROS,
        unite="€ par an",
        maximum=_MAXIMUM_PAR_AN,
        si=si or fait(prefix, "independant"),
    )


def revenus_annuels(prefix: str, si: Condition) -> Champ:
    return Montant(
        nom=f"{prefix}revenus_annuels",
        question=de(prefix, "salaires", "Vos") + ", pour toute l'année {annee}",
        aide=_NET,
        erreur=EUROS,
        unite="€ par an",
        maximum=_MAXIMUM_PAR_AN,
        si=si,
    )


def revenus_mensuels(prefix: str, si: Condition) -> Champ:
    return Montant(
        nom=f"{prefix}revenus_mensuels",
        question=de(prefix, "salaires", "Vos") + ", en moyenne par mois, {periode}",
        aide=_NET,
        erreur=EUROS,
        si=si,
    )


def salaire_actuel(prefix: str, dernier: Mois) -> Champ:
    return Montant(
        nom=f"{prefix}salaire_actuel",
        question=de(prefix, "dernier salaire"),
        aide="Le « net imposable » du mois. Il compte s'il n'y avait presque aucun revenu en {annee}.",
        erreur=EUROS,
        si=Tous(EntreMois("mois", dernier=dernier), fait(prefix, "salarie", "apprenti")),
    )


def indemnite(prefix: str) -> Champ:
    return Montant(
        nom=f"{prefix}indemnite",
        question=de(prefix, "allocation chômage"),
        aide="Le montant imposable d'un mois.",
        erreur=EUROS,
        si=fait(prefix, "chomeur"),
    )


def debut_du_chomage(prefix: str, si: Condition | None = None) -> Champ:
    """Asked of the unemployed, or when `si`."""
    return Jour(
        nom=f"{prefix}depuis",
        question="Début du chômage de votre conjoint" if prefix else "Début de votre chômage",
        erreur=DATE,
        si=si or fait(prefix, *AU_CHOMAGE),
    )


def pension(prefix: str) -> Champ:
    return Montant(
        nom=f"{prefix}pension",
        question=de(prefix, "pension de retraite"),
        aide="Le montant imposable d'un mois, toutes caisses ensemble.",
        erreur=EUROS,
        si=fait(prefix, "retraite"),
    )


def debut_de_la_retraite(prefix: str) -> Champ:
    return Jour(
        nom=f"{prefix}retraite_depuis",
        question="Début de la retraite de votre conjoint" if prefix else "Début de votre retraite",
        erreur=DATE,
        si=fait(prefix, "retraite"),
    )


def _de_reference(prefix: str) -> tuple[Champ, ...]:
    salarie = fait(prefix, *sauf("independant"))
    return (
        benefice(prefix),
        revenus_annuels(prefix, Tous(ANNUEL, salarie)),
        revenus_mensuels(prefix, Tous(GLISSANT, salarie)),
        salaire_actuel(prefix, LAST_EVALUATION_FORFAITAIRE),
        indemnite(prefix),
        debut_du_chomage(prefix),
        pension(prefix),
        debut_de_la_retraite(prefix),
    )


DE_REFERENCE = (*_de_reference(""), *_de_reference("conjoint_"))
"""What the housing aid asks: the incomes of a year or of twelve months, then those of today where the law looks at it."""

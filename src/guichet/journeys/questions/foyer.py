"""Who lives together: the claimant, the partner, the children; ages that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import Entier, Jour, OuiNon
from guichet.journeys.conditions import Reponses, Un, age
from guichet.journeys.parcours import Groupe, Page
from guichet.journeys.questions.mots import AVEC_ENFANTS, COUPLE, DATE, OUI_OU_NON

AGE_MINIMAL = 14
"""Younger, the year of birth of an adult is a slip of the keyboard."""


EN_COUPLE = OuiNon(
    nom="couple", question="Vivez-vous en couple\u00a0?", aide="Mariage, pacs ou vie commune.", erreur=OUI_OU_NON
)
ENFANTS = Groupe(
    nom="enfants",
    nombre="nombre_enfants",
    champs=(
        Jour(
            nom="naissance",
            question="Date de naissance de l'enfant {rang}",
            erreur=DATE,
            conseil=(
                "Si cet enfant n'était pas encore né, ne le comptez pas à la page « Votre foyer », "
                "ou choisissez un autre mois."
            ),
        ),
    ),
)


def nombre_d_enfants(age: int) -> Entier:
    """`age` is that at which a child no longer counts for the benefit."""
    return Entier(
        nom="nombre_enfants",
        question="Combien d'enfants avez-vous à charge\u00a0?",
        aide=Phrase("Ceux de moins de {age} ans qui vivent avec vous, y compris en résidence alternée. Aucun : 0.", age=age),
        erreur="Indiquez un nombre de 0 à 12, 0 si vous n'en avez pas.",
        maximum=12,
    )


def page_du_foyer(age_des_enfants: int) -> Page:
    """See `nombre_d_enfants`."""
    naissance = Jour(nom="naissance", question="Votre date de naissance", erreur=DATE)
    return Page(nom="foyer", titre="Votre foyer", contenu=(naissance, EN_COUPLE, nombre_d_enfants(age_des_enfants)))


PROCHES = Page(
    nom="proches",
    titre="Vos proches",
    si=Un(COUPLE, AVEC_ENFANTS),
    contenu=(
        Jour(nom="conjoint_naissance", question="Date de naissance de votre conjoint", erreur=DATE, si=COUPLE),
        ENFANTS,
    ),
)


def controle_du_foyer(age_des_enfants: int) -> Callable[[Reponses], dict[str, str]]:
    """Adults too young to claim, children too old to count or older than the claimant, too many of them elsewhere."""

    def controle(reponses: Reponses) -> dict[str, str]:
        mois = reponses.get("mois")
        if not isinstance(mois, Mois):
            return {}
        return {**_adultes(reponses, mois), **_enfants(reponses, mois, age_des_enfants), **_alternance(reponses)}

    return controle


def _adultes(reponses: Reponses, mois: Mois) -> Mapping[str, str]:
    naissances = ((nom, reponses.get(nom)) for nom in ("naissance", "conjoint_naissance"))
    trop_jeunes = (nom for nom, jour in naissances if isinstance(jour, date) and age(jour, mois) < AGE_MINIMAL)
    phrase = Phrase("Vérifiez l'année : cela fait moins de {age} ans en {mois}.", age=AGE_MINIMAL, mois=mois)
    return dict.fromkeys(trop_jeunes, phrase)


def _enfants(reponses: Reponses, mois: Mois, limite: int) -> Mapping[str, str]:
    parent = reponses.get("naissance")
    phrases: dict[str, str] = {}
    for nom, enfant in reponses.items():
        if not (nom.startswith("enfants-") and nom.endswith("-naissance") and isinstance(enfant, date)):
            continue
        if isinstance(parent, date) and enfant <= parent:
            phrases[nom] = Phrase("Vérifiez l'année : cet enfant serait plus âgé que vous.")
        elif age(enfant, mois) >= limite:
            phrases[nom] = Phrase(
                "Cet enfant a {age} ans ou plus en {mois} : il n'est plus compté. "
                "Corrigez la date, ou le nombre d'enfants à la page « Votre foyer ».",
                age=limite,
                mois=mois,
            )
    return phrases


def _alternance(reponses: Reponses) -> Mapping[str, str]:
    alternes, enfants = reponses.get("alternance"), reponses.get("nombre_enfants")
    if isinstance(alternes, int) and isinstance(enfants, int) and alternes > enfants:
        pattern = "Vous avez {nombre} enfants à charge : indiquez {nombre} au plus."
        if enfants < 2:
            pattern = "Vous avez {nombre} enfant à charge : indiquez {nombre} au plus."
        return {"alternance": Phrase(pattern, nombre=enfants)}
    return {}

"""The letter that decides what is due: rights that open, change or end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from guichet.domain.courriers.courrier import Bloc, Courrier, Enveloppe, Genre, Paragraphe, Tableau, Titre
from guichet.domain.courriers.mentions import Motif, calculation, heading, recours
from guichet.domain.droits import Prestation
from guichet.domain.phrases import to_the_cent
from guichet.domain.vocabulaire import ZERO, Euros, Mois


class Sens(StrEnum):
    OUVERTURE = "droit ouvert"
    CHANGEMENT = "montant changé"
    FIN = "fin du droit"


@dataclass(frozen=True, slots=True)
class MontantDecide:
    """The right of a month, net of CRDS; `avant` is what it was until now, None when there was none."""

    mois: Mois
    montant: Euros
    avant: Euros | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on one benefit, for one reason, month by month (at least one)."""

    prestation: Prestation
    sens: Sens
    montants: tuple[MontantDecide, ...]
    motif: Motif
    apl: bool = False
    """Of a housing aid: it is an APL (see `voies_de_recours`)."""

    def __post_init__(self) -> None:
        if not self.montants:
            raise ValueError("Une décision dit ses montants, mois par mois.")


def notification_de_droits(enveloppe: Enveloppe, decisions: tuple[Decision, ...]) -> Courrier:
    """ValueError without a decision."""
    if not decisions:
        raise ValueError("Une notification de droits dit au moins une décision.")
    corps: list[Bloc] = [Paragraphe("Voici ce que nous avons décidé pour vous.")]
    for decision in decisions:
        corps.extend(_decision(decision))
    if any(decision.montants[-1].montant for decision in decisions):
        corps.append(
            Paragraphe(
                "Les montants du dernier mois valent pour les mois suivants, tant que votre situation et les barèmes ne "
                "changent pas. Ils sont nets de CRDS. Chaque mois est payé au début du mois suivant. Dites-nous sans "
                "attendre tout changement de situation, de logement ou de ressources."
            )
        )
    prestations = tuple(decision.prestation for decision in decisions)
    corps += (*recours(enveloppe, prestations, apl=any(decision.apl for decision in decisions)), *calculation(enveloppe))
    since = min(decision.montants[0].mois for decision in decisions)
    objet = f"Vos droits à partir {since.with_de}"
    return Courrier(Genre.DROITS, objet, enveloppe, tuple(corps), decide=tuple(dict.fromkeys(prestations)))


def _decision(decision: Decision) -> Iterator[Bloc]:
    since = decision.montants[0].mois
    yield Titre(f"{heading(decision.prestation)} : {decision.sens} à partir {since.with_de}")
    with_before = any(each.avant is not None for each in decision.montants)
    yield Tableau(
        entetes=("Mois", *(("Avant",) if with_before else ()), "Montant décidé"),
        lignes=tuple(
            (
                each.mois.in_words,
                *((to_the_cent(each.avant or ZERO),) if with_before else ()),
                to_the_cent(each.montant),
            )
            for each in decision.montants
        ),
        chiffres=1 + with_before,
    )
    yield from decision.motif.blocs

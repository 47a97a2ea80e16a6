"""The letters that decide what is due: rights that open, change, end or are refused; arrears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guichet.domain.courriers.courrier import Bloc, Courrier, Enveloppe, Genre, Paragraphe, Tableau, Titre
from guichet.domain.courriers.mentions import Motif, calculation, heading, recours
from guichet.domain.droits import Prestation
from guichet.domain.phrases import in_french, to_the_cent
from guichet.domain.vocabulaire import ZERO, Euros, Mois


class Sens(StrEnum):
    OUVERTURE = "droit ouvert"
    CHANGEMENT = "montant changé"
    FIN = "fin du droit"
    REFUS = "droit refusé"


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


@dataclass(frozen=True, slots=True)
class Ecart:
    """A month of which what is due, as it is known now, is not what was paid, on those days. `deja` is the part of the
    difference that an earlier letter told, or that was paid back or given since."""

    prestation: Prestation
    mois: Mois
    du: Euros
    verse: Euros
    verse_le: tuple[date, ...] = ()
    deja: Euros = ZERO

    @property
    def trop(self) -> Euros:
        """What was paid and was not due, and is told now."""
        return self.verse - self.du - self.deja


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


def rappel(
    enveloppe: Enveloppe, ecarts: tuple[Ecart, ...], motif: Motif, *, paye_le: date | None, apl: bool = False
) -> Courrier:
    """What the caisse owes for past months; `paye_le` is its payday, None when it is not known yet. ValueError when nothing
    is owed."""
    total = sum((ecart.du - ecart.verse for ecart in ecarts), ZERO)
    if total <= 0:
        raise ValueError("Un rappel est une somme que la caisse doit.")
    when = f"Nous vous la verserons le {in_french(paye_le)}." if paye_le else "Nous vous la verserons bientôt."
    corps = (
        Paragraphe(f"Nous avons revu vos droits. Cette somme s'ajoute à vos paiements habituels. {when}"),
        Titre("Pourquoi"),
        *motif.blocs,
        Titre("Ce que nous vous devons, mois par mois"),
        Tableau(
            entetes=("Prestation", "Mois", "Dû", "Versé", "Reste dû"),
            lignes=tuple(
                (
                    *(heading(ecart.prestation), ecart.mois.in_words),
                    *(to_the_cent(ecart.du), to_the_cent(ecart.verse), to_the_cent(ecart.du - ecart.verse)),
                )
                for ecart in ecarts
            ),
            total=("Total", "", "", "", to_the_cent(total)),
            chiffres=3,
        ),
        *recours(enveloppe, (ecart.prestation for ecart in ecarts), apl=apl),
        *calculation(enveloppe),
    )
    decide = tuple(dict.fromkeys(ecart.prestation for ecart in ecarts))
    return Courrier(Genre.RAPPEL, f"Nous vous devons {to_the_cent(total)}", enveloppe, corps, decide=decide)

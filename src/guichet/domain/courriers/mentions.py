"""What letters say alike: why, how to contest, who calculated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from guichet.domain.courriers.courrier import Bloc, Enveloppe, Liste, Paragraphe, Titre
from guichet.domain.courriers.recours import DELAI, Organe, Voies, by_voies
from guichet.domain.droits import Prestation
from guichet.domain.phrases import capfirst

_ALGORITHM_TOLD_FROM = date(2017, 9, 1)  # décret 2017-330
_MOIS = {1: "le mois", 2: "les deux mois"}


@dataclass(frozen=True, slots=True)
class Motif:
    """Why, in fact (sentences) and in law (articles): a decision without both is not motivated (CRPA, art. L211-5)."""

    fait: str
    textes: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.fait.strip() or not self.textes:
            raise ValueError("Une décision dit ses motifs, en fait et en droit.")

    @property
    def blocs(self) -> tuple[Bloc, ...]:
        return (Paragraphe(self.fait), Paragraphe(f"Textes appliqués : {' ; '.join(self.textes)}."))


def heading(prestation: Prestation) -> str:
    """The name of a benefit at the head of a line: `Allocations familiales`."""
    return capfirst(prestation.nom)


def listed(prestations: Iterable[Prestation]) -> str:
    """`RSA, allocations familiales et complément familial`."""
    *first, last = [prestation.nom for prestation in prestations]
    return capfirst(f"{', '.join(first)} et {last}" if first else last)


def recours(
    enveloppe: Enveloppe,
    prestations: Iterable[Prestation],
    *,
    apl: bool = False,
    since: str = "la réception de cette lettre",
) -> tuple[Bloc, ...]:
    """The ways of appeal of a decision on `prestations`; those that share one are told together. `since` is what starts
    the time of the first."""
    blocs: list[Bloc] = [Titre("Si vous n'êtes pas d'accord")]
    groups = by_voies(prestations, enveloppe.le, apl=apl)
    for voies, concerned in groups.items():
        if len(groups) > 1:
            blocs.append(Titre(listed(concerned), 3))
        blocs.append(Liste(tuple(_steps(voies, enveloppe, since))))
    return tuple(blocs)


def _steps(voies: Voies, enveloppe: Enveloppe, since: str) -> Iterator[str]:
    delai, silence = _MOIS[DELAI], _MOIS[voies.silence]
    yield (
        f"D'abord, écrivez {voies.organe.nom}, dans {delai} qui suivent {since} ({voies.texte}). Dites pourquoi vous "
        f"n'êtes pas d'accord et joignez une copie de cette lettre. Sans réponse dans {silence}, votre demande est refusée "
        f"({voies.texte_du_silence}).{_adresse(voies.organe, enveloppe)}"
    )
    yield (
        f"Ensuite, si la réponse ne vous convient pas, ou si vous n'en recevez pas, {before_the_tribunal(voies, enveloppe)}"
    )


def before_the_tribunal(voies: Voies, enveloppe: Enveloppe) -> str:
    """`saisissez …`: where one goes when the first body has refused, or has not answered."""
    return (
        f"saisissez {voies.tribunal.nom}, dans {_MOIS[DELAI]} qui suivent cette réponse ou ce refus "
        f"({voies.texte_du_tribunal}).{_adresse(voies.tribunal, enveloppe)}"
    )


def _adresse(organe: Organe, enveloppe: Enveloppe) -> str:
    """Where to write, when the caisse knows it or has it in its house."""
    in_house = organe in {Organe.COMMISSION, Organe.DIRECTION}
    adresse = (enveloppe.emetteur.adresses or {}).get(organe) or (", ".join(enveloppe.emetteur.adresse) if in_house else "")
    return f" Adresse : {adresse}." if adresse else ""


def calculation(enveloppe: Enveloppe) -> tuple[Bloc, ...]:
    """A decision taken with an algorithm says so, and how to know more (CRPA, art. L311-3-1 and R311-3-1-1)."""
    if enveloppe.le < _ALGORITHM_TOLD_FROM:
        return ()
    return (
        Titre("Comment cette décision a été calculée"),
        Paragraphe(
            "Cette décision a été prise sur le fondement d'un traitement algorithmique : un programme applique les textes "
            "aux informations de votre dossier, pour calculer vos droits. Vous pouvez nous demander les règles qu'il suit, "
            "et la façon dont il les a appliquées à votre dossier (CRPA, art. L311-3-1 et R311-3-1-1). En cas de refus, ou "
            "sans réponse dans le mois, vous pouvez saisir, dans les deux mois, la Commission d'accès aux documents "
            "administratifs (CRPA, art. R343-1)."
        ),
    )

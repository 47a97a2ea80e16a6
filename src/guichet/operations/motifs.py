"""Why rights are no longer what they were: the facts learnt since, and the texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from guichet import law
from guichet.domain.comptes import Cle
from guichet.domain.courriers.mentions import Motif
from guichet.domain.faits import DEMANDES, RESSOURCES, Fait, Genre, Source
from guichet.domain.phrases import en_francais
from guichet.records import faits

NOMS: dict[int, str] = {
    Genre.PRESENCE: "les personnes de votre foyer",
    Genre.ACTIVITE: "votre activité",
    Genre.EPARGNE: "votre patrimoine",
    Genre.HANDICAP: "un handicap",
    Genre.GROSSESSE: "une grossesse",
    Genre.CESSATION: "un congé parental",
    Genre.SEJOUR: "votre droit au séjour",
    Genre.LOGEMENT: "votre logement",
    Genre.PRET: "votre prêt immobilier",
    Genre.GARDE: "la garde de vos enfants",
    **dict.fromkeys(RESSOURCES.values(), "vos ressources"),
    **dict.fromkeys(DEMANDES.values(), "vos demandes"),
}
"""What a fact is about, in a letter; the others change no right."""
TEXTES = 3
"""Of each benefit, those that a letter cites."""


DIT = {
    Source.ALLOCATAIRE: "Vous nous l'avez dit",
    Source.CAISSE: "Nous l'avons constaté",
    Source.IMPOTS: "Les impôts nous l'ont dit",
    Source.EMPLOYEUR: "Votre employeur nous l'a dit",
    Source.FRANCE_TRAVAIL: "France Travail nous l'a dit",
    Source.BAILLEUR: "Votre bailleur nous l'a dit",
}


def sus_avant(premiers: Mapping[int, datetime]) -> dict[int, list[faits.Connu]]:
    """What was known of each file at its instant."""
    sus: dict[int, list[faits.Connu]] = {}
    for instant in set(premiers.values()):
        sus |= faits.connus([numero for numero, sien in premiers.items() if sien == instant], instant)
    return sus


def motif(sus: Collection[faits.Connu] | None, lus: Collection[faits.Connu], concernes: Sequence[Cle]) -> Motif:
    """Why the rights `concernes` (a month, a benefit) changed: what is known now of a file (`lus`) and was not when its
    months were first computed (`sus`, None when they never were), and the texts that found them."""
    mois = max(mois for mois, _ in concernes)
    deja = [connu.fait for connu in sus or ()]
    phrases = dict.fromkeys(
        _phrase(connu)
        for connu in lus
        if sus is not None
        and connu.fait.genre in NOMS
        and connu.fait.du < (mois + 1).premier_jour
        and not any(_dit_deja(ancien, connu.fait) for ancien in deja)
    )
    textes = dict.fromkeys(
        texte.reference
        for prestation in dict.fromkeys(prestation for _, prestation in concernes)
        for texte in law.textes_cites(prestation, mois)[:TEXTES]
    )
    return Motif(" ".join(phrases) or "Nous avons refait le calcul de vos droits.", tuple(textes))


def _dit_deja(ancien: Fait, fait: Fait) -> bool:
    """What remains of a fact that another one cut is no news."""
    meme = (ancien.genre, ancien.sujet, ancien.valeur) == (fait.genre, fait.sujet, fait.valeur)
    return meme and ancien.du <= fait.du and fait.avant <= ancien.avant


def _phrase(connu: faits.Connu) -> str:
    quoi, du = NOMS[connu.fait.genre], en_francais(connu.fait.du)
    return (
        f"Un changement concerne {quoi}, à partir du {du}. {DIT[connu.fait.source]} le {en_francais(connu.connu_le.date())}."
    )

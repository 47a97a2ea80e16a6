"""Why rights are no longer what they were: the facts learnt since, and the texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guichet import law
from guichet.domain.comptes import Cle
from guichet.domain.courriers.mentions import Motif
from guichet.domain.faits import DEMANDES, RESSOURCES, Genre
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


def motif(lus: Sequence[faits.Connu], avant: datetime | None, concernes: Sequence[Cle]) -> Motif:
    """Why the rights `concernes` (a month, a benefit) changed: of what is known of a file (`lus`), what was learnt after the
    instant `avant` of the first computation of its months, and the texts that found them."""
    mois = max(mois for mois, _ in concernes)
    phrases: dict[str, None] = {}
    for connu in lus:
        fait = connu.fait
        if avant and connu.connu_le > avant and fait.genre in NOMS and fait.du < (mois + 1).premier_jour:
            phrase = (
                f"Changement concernant {NOMS[fait.genre]}, à partir du {en_francais(fait.du)} : dit par "
                f"{fait.source.nom}, le {en_francais(connu.connu_le.date())}."
            )
            phrases[phrase] = None
    textes = dict.fromkeys(
        texte.reference
        for prestation in dict.fromkeys(prestation for _, prestation in concernes)
        for texte in law.textes_cites(prestation, mois)[:TEXTES]
    )
    return Motif(" ".join(phrases) or "Nous avons refait le calcul de vos droits.", tuple(textes))

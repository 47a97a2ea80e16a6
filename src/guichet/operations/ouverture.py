"""From when a right would be due to who claims it now, and when it would be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guichet.domain.calendrier import jour_de_paie
from guichet.domain.droits import Prestation, Texte
from guichet.domain.vocabulaire import Mois


@dataclass(frozen=True, slots=True)
class Regle:
    """The first month due: `attente` months after that of the claim, for who is in the case of `phrase`."""

    phrase: str
    attente: int
    texte: Texte | None


_R823_10 = Texte("CCH, art. R823-10", date(2019, 9, 1))
REGLES = {
    Prestation.AIDE_LOGEMENT: (
        Regle("Vous habitiez déjà ce logement avant", 0, _R823_10),
        Regle("Vous y entrez ce mois-là", 1, _R823_10),
    ),
    Prestation.RSA: (Regle("Le mois de la demande compte en entier", 0, Texte("CASF, art. R262-33")),),
    Prestation.PPA: (Regle("Le mois de la demande compte en entier", 0, None),),
}
"""Benefits that nobody is paid without a claim, and whose first month depends on it alone."""


@dataclass(frozen=True, slots=True)
class Ouverture:
    """The first month due and the day of its payment."""

    phrase: str
    mois: Mois
    paiement: date
    texte: Texte | None


def ouvertures(prestation: Prestation, demande: Mois) -> list[Ouverture]:
    """The first month due of a benefit claimed in the month `demande`, by case; nothing where no rule was read."""
    return [
        Ouverture(regle.phrase, demande + regle.attente, jour_de_paie(demande + regle.attente), regle.texte)
        for regle in REGLES.get(prestation, ())
    ]

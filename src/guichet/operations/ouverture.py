"""From when a right would be due to who claims it now, and when it would be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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
        Ouverture(regle.phrase, demande + regle.attente, jour_de_paiement(demande + regle.attente), regle.texte)
        for regle in REGLES.get(prestation, ())
    ]


def jour_de_paiement(mois: Mois) -> date:
    """Paid on the 5th of the next month; on Friday or Monday when that is a Saturday or a Sunday.

    Order of 29 June 1994, then of November 2019. Holidays are not looked at.
    """
    cinq = (mois + 1).premier_jour.replace(day=5)
    return cinq + timedelta(days={5: -1, 6: 1}.get(cinq.weekday(), 0))

"""From when a right would be due to who claims it now, and when it would be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guichet.domain.calendrier import jour_de_paie
from guichet.domain.droits import Prestation, Texte
from guichet.domain.vocabulaire import Mois


@dataclass(frozen=True, slots=True)
class Rule:
    """The first month due: `wait` months after that of the claim, for who is in the case of `phrase`."""

    phrase: str
    wait: int
    texte: Texte | None


_R823_10 = Texte("CCH, art. R823-10", date(2019, 9, 1))
RULES = {
    Prestation.AIDE_LOGEMENT: (
        Rule("Vous habitiez déjà ce logement avant", 0, _R823_10),
        Rule("Vous y entrez ce mois-là", 1, _R823_10),
    ),
    Prestation.RSA: (Rule("Le mois de la demande compte en entier", 0, Texte("CASF, art. R262-33")),),
    Prestation.PPA: (Rule("Le mois de la demande compte en entier", 0, None),),
}
"""Benefits that nobody is paid without a claim, and whose first month depends on it alone."""


@dataclass(frozen=True, slots=True)
class Ouverture:
    """The first month due and the day of its payment."""

    phrase: str
    mois: Mois
    paiement: date
    texte: Texte | None


def ouvertures(prestation: Prestation, claimed_in: Mois) -> list[Ouverture]:
    """The first month due of a benefit claimed in the month `claimed_in`, by case; nothing where no rule was read."""
    return [
        Ouverture(rule.phrase, claimed_in + rule.wait, jour_de_paie(claimed_in + rule.wait), rule.texte)
        for rule in RULES.get(prestation, ())
    ]

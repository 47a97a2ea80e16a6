"""The recovery plan of an overpayment: what is kept each month from the benefits of who owes some back.

CSS, art. D553-1, read in its versions of 2020 to 2026, which the other benefits refer to (CCH L823-9, CASF L262-46, CSS
L821-5-1 and L845-3): it depends on what the household has, not on what it owes. Its brackets move each 1 January, by an
order until 2021, by itself since (the article asks for none in its version of 2022); a year that was not read is refused.

Nothing asks it yet, by choice (docs/decisions/16-recovery.md): what is kept each month is what was agreed with who owes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from guichet.domain.droits import COUNTED_AS_INCOME, Prestation, Texte
from guichet.domain.vocabulaire import ZERO, Euros, euros

TAUX = (Decimal("0.25"), Decimal("0.35"), Decimal("0.45"), Decimal("0.60"))
"""What is kept of each bracket, above the first one, of which a flat sum is kept."""


class UnknownBaremeError(ValueError):
    """The figures needed were not read; the sentence can be shown."""


@dataclass(frozen=True, slots=True)
class Bareme:
    """The brackets of one year, in whole euros as the order writes them.

    `bornes` 262, 390, 584, 780 are the order's « entre 262 et 390 », « entre 391 et 584 », « entre 585 et 780 »,
    « supérieure à 781 »: nothing is kept of the euro between two brackets.
    """

    annee: int
    bornes: tuple[int, int, int, int]
    forfait: Euros
    """Kept of the income below the first bound, whatever it is."""
    repute: Euros
    """The weighted income of who did not say theirs."""
    texte: Texte | None

    def mensualite(self, revenu: Euros | None) -> Euros:
        """What is kept each month, in euros, of a weighted monthly income (`revenu_pondere`; None when it is not known)."""
        revenu = self.repute if revenu is None else revenu
        first, *following = map(Decimal, self.bornes)
        floors = (first, *(borne + 1 for borne in following))
        ceilings = (*following, revenu)
        tranches = zip(TAUX, floors, ceilings, strict=True)
        return euros(self.forfait + sum(taux * max(min(revenu, top) - bottom, ZERO) for taux, bottom, top in tranches))


def _bareme(year: int, bornes: tuple[int, int, int, int], forfait: int, repute: int, texte: str | None) -> Bareme:
    assert all(bottom < top for bottom, top in pairwise(bornes))
    return Bareme(year, bornes, euros(forfait), euros(repute), Texte(texte, date(year, 1, 1)) if texte else None)


BAREMES = {
    bareme.annee: bareme
    for bareme in (
        _bareme(2014, (255, 380, 571, 762), 48, 1140, "Arrêté du 19/12/2013"),
        _bareme(2015, (257, 383, 575, 767), 48, 1148, None),
        _bareme(2018, (259, 386, 578, 772), 48, 1155, None),
        _bareme(2019, (262, 390, 584, 780), 48, 1167, "Arrêté du 21/12/2018, art. 5"),
        _bareme(2020, (266, 396, 593, 792), 49, 1186, "Arrêté du 20/12/2019, art. 5"),
        _bareme(2025, (301, 450, 672, 898), 56, 1345, None),
    )
}
"""Metropolitan France and overseas but Mayotte, which has its own. That of 2020 is the order's own text, the
others are as the press printed them: of 2018 afoc-locataires-arcade.eklablog.fr, of 2025 magazine-economie.fr (February)."""
LOGEMENT_REPUTE = Decimal("0.25")
"""Of what the household has, when its housing costs are not known (D553-1, I c)."""
PERSONNE_SEULE, MENAGE, PAR_ENFANT = Decimal("1.5"), Decimal(2), Decimal("0.5")
"""Parts (D553-1, II)."""


def bareme(year: int) -> Bareme:
    """The brackets of `year`; UnknownBaremeError with a sentence when they were not read."""
    if year not in BAREMES:
        known = ", ".join(map(str, sorted(BAREMES)))
        raise UnknownBaremeError(
            f"Le barème des retenues de {year} n'a pas été trouvé (années connues : {known}). "
            "La retenue ne peut pas être calculée : fixez-la avec l'allocataire, ou ajoutez l'arrêté de l'année."
        )
    return BAREMES[year]


def parts(menage: bool, enfants: int) -> Decimal:
    """The parts of a couple (`menage`) or of a person alone, with so many children at charge (D553-1, II)."""
    return (MENAGE if menage else PERSONNE_SEULE) + PAR_ENFANT * enfants


def revenu_pondere(
    ressources: Euros, duree: int, prestations: Mapping[Prestation, Euros], logement: Euros | None, parts: Decimal
) -> Euros:
    """The weighted monthly income, in euros (D553-1, I and II); below zero when the dwelling costs more than all else.

    `ressources` of the couple, before any tax allowance, over `duree` months: 3 (the reference quarter) while a benefit
    calculated by quarters is due, else 12 (since 2021 the months that the housing aid looks at, else the reference year).
    `prestations`: those of the first month from which something is kept, but the supplements of the AEEH for a child who
    comes home at times, and the AAH and the RSA of a leave from a hospital or a prison. `logement`: rent or loan of the main
    home, by month; None when it is not known, which who owes is told. `parts`: see the function of that name.
    """
    if duree not in (3, 12):
        raise ValueError("Les ressources sont celles d'un trimestre ou d'une année : 3 ou 12 mois.")
    if parts <= 0:
        raise ValueError("Le nombre de parts doit être supérieur à zéro.")
    paid = sum((montant for prestation, montant in prestations.items() if prestation in COUNTED_AS_INCOME), ZERO)
    received = ressources / duree + paid
    return euros((received - (received * LOGEMENT_REPUTE if logement is None else logement)) / parts)

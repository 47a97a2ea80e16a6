"""Why an amount differs from that of another month: the lines of its décompte that are no longer the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guichet.domain.droits import Droit, Ligne, Prestation
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import ZERO, Euros


@dataclass(frozen=True, slots=True)
class Difference:
    """A line, as it was and as it is; None where it is not there."""

    avant: Ligne | None
    apres: Ligne | None

    @property
    def libelle(self) -> str:
        ligne = self.apres or self.avant
        return ligne.libelle if ligne else ""


@dataclass(frozen=True, slots=True)
class Evolution:
    """The right of a benefit, of one month then of another."""

    prestation: Prestation
    avant: Droit | None
    apres: Droit | None

    @property
    def montant(self) -> Euros:
        """What is paid more, or less, in euros; what is not known counts for nothing."""
        return (_montant_of(self.apres) or ZERO) - (_montant_of(self.avant) or ZERO)

    @property
    def ouvert(self) -> bool:
        return not _montant_of(self.avant) and bool(_montant_of(self.apres))

    @property
    def ferme(self) -> bool:
        return bool(_montant_of(self.avant)) and not _montant_of(self.apres)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The lines that differ, in the order in which the amount is found."""
        return tuple(_differing(self.avant, self.apres)) if self.avant and self.apres else ()


def _montant_of(droit: Droit | None) -> Euros | None:
    return droit.montant if droit else None


def _differing(avant: Droit, apres: Droit) -> Iterator[Difference]:
    old_lines = {_key(ligne): ligne for ligne in avant.decompte.lignes}
    new_lines = {_key(ligne): ligne for ligne in apres.decompte.lignes}
    for key in dict.fromkeys((*old_lines, *new_lines)):
        old, new = old_lines.get(key), new_lines.get(key)
        if old is None or new is None or old.valeur != new.valeur:
            yield Difference(old, new)


def _key(ligne: Ligne) -> str:
    """A label that holds a value of the month is the same line in another one."""
    return ligne.libelle.pattern if isinstance(ligne.libelle, Phrase) else ligne.libelle

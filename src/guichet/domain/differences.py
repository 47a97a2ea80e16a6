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
class Ecart:
    """The right of a benefit, of one month then of another.."""

    prestation: Prestation
    avant: Droit | None
    apres: Droit | None

    @property
    def montant(self) -> Euros:
        """What is paid more, or less, in euros; what is not known counts for nothing."""
        return (_montant(self.apres) or ZERO) - (_montant(self.avant) or ZERO)

    @property
    def ouvert(self) -> bool:
        return not _montant(self.avant) and bool(_montant(self.apres))

    @property
    def ferme(self) -> bool:
        return bool(_montant(self.avant)) and not _montant(self.apres)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The lines that differ, in the order in which the amount is found."""
        return tuple(_differences(self.avant, self.apres)) if self.avant and self.apres else ()


def ecarts(avant: list[Droit], apres: list[Droit]) -> tuple[Ecart, ...]:
    """The benefits whose amount is not the same."""
    par_prestation = [{droit.prestation: droit for droit in droits} for droits in (avant, apres)]
    tous = (Ecart(prestation, *(droits.get(prestation) for droits in par_prestation)) for prestation in Prestation)
    return tuple(ecart for ecart in tous if ecart.montant)


def _montant(droit: Droit | None) -> Euros | None:
    return droit.montant if droit else None


def _differences(avant: Droit, apres: Droit) -> Iterator[Difference]:
    anciennes = {_cle(ligne): ligne for ligne in avant.decompte.lignes}
    nouvelles = {_cle(ligne): ligne for ligne in apres.decompte.lignes}
    for cle in dict.fromkeys((*anciennes, *nouvelles)):
        ancienne, nouvelle = anciennes.get(cle), nouvelles.get(cle)
        if ancienne is None or nouvelle is None or ancienne.valeur != nouvelle.valeur:
            yield Difference(ancienne, nouvelle)


def _cle(ligne: Ligne) -> str:
    """A label that holds a value of the month is the same line in another one."""
    return ligne.libelle.pattern if isinstance(ligne.libelle, Phrase) else ligne.libelle

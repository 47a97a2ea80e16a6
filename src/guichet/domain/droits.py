"""A right, and the lines that make its amount."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from guichet.domain.vocabulaire import Euros, Mois


class Prestation(StrEnum):
    """The benefits, by the name that the law and OpenFisca give them."""

    AIDE_LOGEMENT = "aide_logement"
    RSA = "rsa"
    PPA = "ppa"
    AAH = "aah"
    AEEH = "aeeh"
    AF = "af"
    CF = "cf"
    ASF = "asf"
    ARS = "ars"
    PAJE_NAISSANCE = "paje_naissance"
    PAJE_BASE = "paje_base"
    PAJE_CLCA = "paje_clca"
    PAJE_PREPARE = "paje_prepare"
    PAJE_CMG = "paje_cmg"
    QUOTIENT_FAMILIAL = "quotient_familial"

    @property
    def nom(self) -> str:
        """Its plain French name, inside a sentence."""
        return _NAMES[self]


RANKS = {prestation: rank for rank, prestation in enumerate(Prestation)}
"""In which order benefits are told."""
_NAMES = {
    Prestation.AIDE_LOGEMENT: "aide au logement",
    Prestation.RSA: "RSA",
    Prestation.PPA: "prime d'activité",
    Prestation.AAH: "AAH",
    Prestation.AEEH: "AEEH",
    Prestation.AF: "allocations familiales",
    Prestation.CF: "complément familial",
    Prestation.ASF: "allocation de soutien familial",
    Prestation.ARS: "allocation de rentrée scolaire",
    Prestation.PAJE_NAISSANCE: "prime à la naissance ou à l'adoption",
    Prestation.PAJE_BASE: "allocation de base",
    Prestation.PAJE_CLCA: "complément de libre choix d'activité",
    Prestation.PAJE_PREPARE: "prestation partagée d'éducation de l'enfant (PreParE)",
    Prestation.PAJE_CMG: "complément de libre choix du mode de garde (CMG)",
    Prestation.QUOTIENT_FAMILIAL: "quotient familial",
}
EXISTENCE = {
    Prestation.PPA: (Mois(2016, 1), Mois(9999, 12)),
    Prestation.PAJE_CLCA: (Mois(1, 1), Mois(2017, 11)),
    Prestation.PAJE_PREPARE: (Mois(2015, 1), Mois(9999, 12)),
}
"""The first and the last month due of the benefits that have not always been, or are no more: the prime d'activité since
2016 (CSS, art. L842-1); the CLCA for children who came before 2015, until they are three, the PreParE for the others
(décret 2014-1708 du 30/12/2014, art. 1)."""
PAID_ONCE = frozenset((Prestation.PAJE_NAISSANCE, Prestation.ARS))
"""Paid once: their amounts do not add up with those of each month."""
COUNTED_AS_INCOME = frozenset(Prestation) - PAID_ONCE - {Prestation.PAJE_CMG, Prestation.QUOTIENT_FAMILIAL}
"""The benefits that the quotient familial, the RSA, the prime d'activité and what is kept for an overpayment (CSS, art.
D553-1, I b) count as income."""


def existing(prestations: Iterable[Prestation], mois: Mois) -> tuple[Prestation, ...]:
    """The benefits of `prestations` that the law of `mois` knows."""
    always = (mois, mois)
    return tuple(p for p in prestations if EXISTENCE.get(p, always)[0] <= mois <= EXISTENCE.get(p, always)[1])


class Unite(StrEnum):
    EUROS = "€"
    EUROS_PAR_MOIS = "€ par mois"
    EUROS_PAR_AN = "€ par an"
    EUROS_PAR_HEURE = "€ par heure"
    POURCENT = "%"
    NOMBRE = ""
    PARTS = "parts"
    HEURES = "heures"
    MOIS = "mois"
    ANS = "ans"


@dataclass(frozen=True, slots=True)
class Texte:
    """A legal text, in the version in force at the month of the right.

    `depuis` is the date from which that version (or that figure) applies, None when it is not known.
    """

    reference: str
    depuis: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of a décompte. `signe` is 1 or -1 when the line is added or taken away, 0 when it only informs.

    `texte` is None when no text was found: the page then says so. `explication` says how the value is found, in a
    sentence; empty when the label is enough.
    """

    libelle: str
    valeur: Decimal
    unite: Unite
    texte: Texte | None
    signe: int = 0
    explication: str = ""

    @property
    def montant(self) -> Euros:
        """What the line adds to the total, in euros."""
        return self.valeur * self.signe


@dataclass(frozen=True, slots=True)
class Decompte:
    """The lines of an amount; those that count add up to it, to the cent."""

    lignes: tuple[Ligne, ...]

    @property
    def total(self) -> Euros:
        return sum((ligne.montant for ligne in self.lignes), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Refus:
    """A condition that failed: what was found, what was needed, what would change it."""

    condition: str
    trouve: str
    requis: str
    texte: Texte | None
    conseil: str = ""


@dataclass(frozen=True, slots=True)
class Droit:
    """What the law grants to a household, of one benefit, for one month.

    `montant` is what is paid, net of CRDS, in euros (a whole number for the quotient familial); None when the law
    of that month is not known well enough, and `doutes` says why. A right of zero carries its `refus`.
    """

    prestation: Prestation
    mois: Mois
    montant: Euros | None
    decompte: Decompte = field(default_factory=lambda: Decompte(()))
    refus: tuple[Refus, ...] = ()
    doutes: tuple[str, ...] = ()

    @property
    def one_off(self) -> bool:
        """Whether it is paid once, and not each month."""
        return self.prestation in PAID_ONCE

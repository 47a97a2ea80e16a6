"""The facts of a file: what is true of a household, from one day to another, whoever said it.

A fact is small and immutable: a kind, whom it is about, its values, the days in which it holds. The household of a day is
what the facts of that day say, and every right follows from it. When each fact was learnt is kept beside it (`records`).
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any

from guichet.domain.droits import Prestation
from guichet.domain.foyer import DU_TRAVAIL, Garde, Logement, Nature, Personne, Pret, Role
from guichet.domain.vocabulaire import Euros, Mois

LE_FOYER = 0
"""The subject of the facts that are about no one in particular."""
OPEN_END = date(9999, 1, 1)


class Genre(IntEnum):
    """The kinds of facts, by the number under which they are kept. One fact of a kind holds for a subject on a day."""

    PRESENCE = 1
    ACTIVITE = 2
    EPARGNE = 3
    HANDICAP = 4
    GROSSESSE = 5
    CESSATION = 6
    SEJOUR = 7
    LOGEMENT = 20
    PRET = 21
    GARDE = 22
    ADRESSE = 23
    BAILLEUR = 24
    """Whom the housing aid is paid to, in the place of the allocataire (tiers payant)."""
    COORDONNEES = 25
    COMPTE_BANCAIRE = 26


WITHOUT_EFFECT = (Genre.ADRESSE, Genre.BAILLEUR, Genre.COORDONNEES, Genre.COMPTE_BANCAIRE)
"""What no right depends on."""
RESSOURCES = {
    Nature.SALAIRE: 100,
    Nature.CHOMAGE: 101,
    Nature.RETRAITE: 102,
    Nature.INVALIDITE: 103,
    Nature.INDEMNITES_JOURNALIERES: 104,
    Nature.INDEMNITES_MATERNITE: 105,
    Nature.INDEPENDANT: 106,
    Nature.FORMATION: 107,
    Nature.STAGE: 108,
    Nature.ASS: 109,
    Nature.PENSION_ALIMENTAIRE_RECUE: 110,
    Nature.PENSION_ALIMENTAIRE_VERSEE: 111,
    Nature.REVENUS_FONCIERS: 112,
    Nature.REVENUS_DU_CAPITAL: 113,
    Nature.AAH: 114,
    Nature.RSA: 115,
}
"""The kinds of the facts of income. The database keeps these numbers too: a new income takes the next, none ever moves."""
DEMANDES = {
    Prestation.AIDE_LOGEMENT: 200,
    Prestation.RSA: 201,
    Prestation.PPA: 202,
    Prestation.AAH: 203,
    Prestation.AEEH: 204,
    Prestation.AF: 205,
    Prestation.CF: 206,
    Prestation.ASF: 207,
    Prestation.ARS: 208,
    Prestation.PAJE_NAISSANCE: 209,
    Prestation.PAJE_BASE: 210,
    Prestation.PAJE_CLCA: 211,
    Prestation.PAJE_PREPARE: 212,
    Prestation.PAJE_CMG: 213,
    Prestation.QUOTIENT_FAMILIAL: 214,
}
"""The kinds of the facts of claim, likewise: a benefit was asked for, from a day on."""
NATURES = {number: nature for nature, number in RESSOURCES.items()}
"""What is received, by kind of fact."""
REVENUS_DU_TRAVAIL = frozenset(RESSOURCES[nature] for nature in DU_TRAVAIL)
"""The kinds of the incomes from work, or in its place."""
ASKED_FOR = {number: prestation for prestation, number in DEMANDES.items()}
"""What is asked for, by kind of fact."""


class Source(IntEnum):
    """Who said it."""

    ALLOCATAIRE = 1
    CAISSE = 2
    IMPOTS = 3
    EMPLOYEUR = 4
    FRANCE_TRAVAIL = 5
    BAILLEUR = 6

    @property
    def nom(self) -> str:
        """Its name in a sentence: « déclaré par … »."""
        return _SOURCES[self]


_SOURCES = {
    Source.ALLOCATAIRE: "vous",
    Source.CAISSE: "votre caisse",
    Source.IMPOTS: "les impôts",
    Source.EMPLOYEUR: "votre employeur",
    Source.FRANCE_TRAVAIL: "France Travail",
    Source.BAILLEUR: "votre bailleur",
}


@dataclass(frozen=True, slots=True)
class Presence:
    """A person is in the household. `motif` is why this ended, when it has: separation, deces, depart."""

    role: Role
    garde_alternee: bool = False
    adoption: date | None = None
    motif: str = ""


@dataclass(frozen=True, slots=True)
class Grossesse:
    terme: date
    """The expected date of birth."""


@dataclass(frozen=True, slots=True)
class Montant:
    """An income of `mensuel` euros a month. See `Ressource`."""

    mensuel: Euros
    imposable: Euros | None = None


@dataclass(frozen=True, slots=True)
class Adresse:
    voie: str
    code_postal: str
    commune: str
    insee: str = ""


@dataclass(frozen=True, slots=True)
class Bailleur:
    nom: str
    iban: str
    siret: str = ""


@dataclass(frozen=True, slots=True)
class Coordonnees:
    courriel: str = ""
    telephone: str = ""
    accord: bool = False
    """Letters may be announced by e-mail, instead of sent on paper."""


@dataclass(frozen=True, slots=True)
class CompteBancaire:
    titulaire: str
    iban: str


@dataclass(frozen=True, slots=True)
class Demande:
    """A benefit was asked for."""


OF_PERSONNE: dict[int, tuple[str, ...]] = {
    Genre.ACTIVITE: (
        *("activite", "boursier", "chomage_indemnise", "chomage_longue_duree"),
        *("deux_ans_de_travail", "etudiant_hors_ue_sans_criteres"),
    ),
    Genre.EPARGNE: ("epargne",),
    Genre.HANDICAP: ("handicap",),
    Genre.CESSATION: ("cessation_activite", "cessation_majoree"),
    Genre.SEJOUR: ("annees_de_residence",),
}
"""The facts whose values are fields of a `Personne`, as a mapping."""
COMPOSITE: dict[int, type] = {
    Genre.PRESENCE: Presence,
    Genre.GROSSESSE: Grossesse,
    Genre.LOGEMENT: Logement,
    Genre.PRET: Pret,
    Genre.GARDE: Garde,
    Genre.ADRESSE: Adresse,
    Genre.BAILLEUR: Bailleur,
    Genre.COORDONNEES: Coordonnees,
    Genre.COMPTE_BANCAIRE: CompteBancaire,
    **dict.fromkeys(RESSOURCES.values(), Montant),
    **dict.fromkeys(DEMANDES.values(), Demande),
}
"""The facts whose value is an object of its own."""
SENSITIVE: dict[int, tuple[str, ...]] = {Genre.COMPTE_BANCAIRE: ("iban",), Genre.BAILLEUR: ("iban",)}
"""The values that are kept encrypted."""


@dataclass(frozen=True, slots=True)
class Fait:
    """`valeur` is that of `genre` (`OF_PERSONNE`, `COMPOSITE`); it holds from `du` on, until the day before `avant`."""

    genre: int
    sujet: int
    """A person of the file, or LE_FOYER."""
    valeur: Any
    du: date
    avant: date = OPEN_END
    source: Source = Source.ALLOCATAIRE

    def holds_on(self, day: date) -> bool:
        return self.du <= day < self.avant

    @property
    def last_mois(self) -> Mois:
        """The last month of an income, which holds for whole months."""
        return Mois.of(self.avant) - 1

    def contradicts(self, other: Fait) -> bool:
        """Whether both say something of the same thing, on a same day."""
        same = self.genre == other.genre and self.sujet == other.sujet
        return same and self.du < other.avant and other.du < self.avant

    def outside(self, new: Fait) -> Iterator[Fait]:
        """What remains of this fact once `new` has contradicted it: the days before, the days after."""
        if self.du < new.du:
            yield replace(self, avant=new.du)
        if new.avant < self.avant:
            yield replace(self, du=new.avant)


@dataclass(frozen=True, slots=True)
class Identite:
    """Who a person of the file is: what no event changes."""

    naissance: date
    nom: str = ""
    prenoms: str = ""


# What is kept: texts, numbers and booleans only


def to_json(fait: Fait) -> dict[str, Any]:
    """The value of a fact, ready for JSON: what differs from the default."""
    value = fait.valeur
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return {c.name: _plain(getattr(value, c.name)) for c in fields(value) if getattr(value, c.name) != c.default}


def from_json(genre: int, written: Mapping[str, Any]) -> Any:
    """What `to_json` wrote. Raises KeyError or TypeError for what no version of a fact has written."""
    readers = _readers(genre)
    found = {name: readers[name](value) for name, value in written.items()}
    composite = COMPOSITE.get(genre)
    return found if composite is None else composite(**found)


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value


@functools.cache
def _readers(genre: int) -> dict[str, Any]:
    """How each value of a kind of fact is read."""
    composite = COMPOSITE.get(genre, Personne)
    hints = typing.get_type_hints(composite)
    names = OF_PERSONNE.get(genre, tuple(hints))
    return {name: _reader(hints[name]) for name in names}


def _reader(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        (hint,) = (one for one in typing.get_args(hint) if one is not types.NoneType)
    if hint is date:
        return date.fromisoformat
    if hint in (bool, str, int):
        return lambda value: value
    return hint


# What several facts say


def departures(faits: Iterable[Fait]) -> dict[int, date]:
    """The first day on which each person is in the household no more, as far as is known: what they are and receive from
    then on is no business of it. Who came back has left on the last of these days."""
    ends: dict[int, date] = {}
    for fait in faits:
        if fait.genre == Genre.PRESENCE:
            ends[fait.sujet] = max(fait.avant, ends.get(fait.sujet, fait.avant))
    return ends


def demandes(faits: Iterable[Fait], mois: Mois) -> dict[Prestation, Mois]:
    """The benefits that were asked for, for a right of `mois`, each with the month of its claim, from which it counts."""
    following = (mois + 1).first_day
    made = (fait for fait in faits if fait.genre in ASKED_FOR and fait.du < following <= fait.avant)
    return {ASKED_FOR[fait.genre]: Mois.of(fait.du) for fait in made}

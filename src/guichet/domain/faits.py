"""The facts of a file: what is true of a household, from one day to another, whoever said it.

A fact is small and immutable: a kind, whom it is about, its values, the days in which it holds. The household of a day is
what the facts of that day say, and every right follows from it. When each fact was learnt is kept beside it (`records`).
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any

from guichet.domain.droits import Prestation
from guichet.domain.foyer import DU_TRAVAIL, PENSIONS, Foyer, Garde, Logement, Nature, Personne, Pret, Ressource, Role
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
RESSOURCES = {nature: 100 + rank for rank, nature in enumerate(Nature)}
"""The kinds of the facts of income."""
DEMANDES = {prestation: 200 + rank for rank, prestation in enumerate(Prestation)}
"""The kinds of the facts of demand: a benefit was asked for, from a day on."""
_NATURES = {number: nature for nature, number in RESSOURCES.items()}
_ASKED_FOR = {number: prestation for prestation, number in DEMANDES.items()}


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
        """In a sentence: « déclaré par … »."""
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


# The household of a day


@dataclass(frozen=True, slots=True)
class Regard:
    """On which day each thing is looked at, to find the household that a month's right depends on (see `effets`)."""

    enfants: date
    conjoint: date
    logement: date
    reste: date

    @classmethod
    def of_day(cls, day: date) -> Regard:
        return cls(day, day, day, day)

    def day_for(self, fait: Fait) -> date:
        if fait.genre == Genre.PRESENCE:
            role = fait.valeur.role
            return self.enfants if role is Role.ENFANT else self.conjoint if role is Role.CONJOINT else self.reste
        if fait.genre == Genre.GROSSESSE:
            return self.enfants
        return self.logement if fait.genre in (Genre.LOGEMENT, Genre.PRET) else self.reste


def foyer(
    faits: Collection[Fait], identites: Mapping[int, Identite], mois: Mois, regard: Regard | None = None
) -> Foyer | None:
    """The household as `faits` say it for a right of `mois`, looked at on the first day unless `regard` says otherwise.

    None when nobody lives there, or nowhere is known. Incomes are those of every month until `mois`.
    """
    regard = regard or Regard.of_day(mois.first_day)
    presences: dict[int, Presence] = {}
    values: dict[int, dict[str, Any]] = {}
    received: dict[int, list[Ressource]] = {}
    of_foyer: dict[int, Fait] = {}
    for fait in faits:
        if fait.genre in _NATURES:
            received.setdefault(fait.sujet, []).extend(_ressource(fait, mois))
        elif fait.holds_on(regard.day_for(fait)):
            if fait.genre == Genre.PRESENCE:
                presences[fait.sujet] = fait.valeur
            elif fait.genre in OF_PERSONNE:
                values.setdefault(fait.sujet, {}).update(fait.valeur)
            else:
                of_foyer[fait.genre] = fait
    grossesse = of_foyer.get(Genre.GROSSESSE)
    personnes = [
        Personne(
            identites[sujet].naissance,
            presence.role,
            ressources=tuple(received.get(sujet, ())),
            enceinte=grossesse is not None and grossesse.sujet == sujet,
            garde_alternee=presence.garde_alternee,
            adoption=presence.adoption,
            revenus_interrompus=_are_interrupted(received.get(sujet, ()), mois),
            **values.get(sujet, {}),
        )
        for sujet, presence in sorted(presences.items(), key=_rank)
    ]
    if Genre.LOGEMENT not in of_foyer or not personnes or personnes[0].role is not Role.DEMANDEUR:
        return None
    if grossesse is not None and grossesse.valeur.terme >= mois.first_day:
        personnes.append(Personne(grossesse.valeur.terme, Role.ENFANT))
    alone = all(presence.role is not Role.CONJOINT for presence in presences.values())
    garde = of_foyer.get(Genre.GARDE)
    return Foyer(
        tuple(personnes),
        _logement(of_foyer),
        isole_depuis=_departure_of_conjoint(faits, regard.conjoint) if alone else None,
        garde=None if garde is None else garde.valeur,
    )


def _are_interrupted(received: Collection[Ressource], mois: Mois) -> bool:
    """Whether somebody earned something, and has neither that nor a pension in `mois`."""
    earned = [
        ressource
        for ressource in received
        if ressource.mensuel and (ressource.nature in DU_TRAVAIL or ressource.nature in PENSIONS)
    ]
    return any(ressource.nature in DU_TRAVAIL for ressource in earned) and all(ressource.au < mois for ressource in earned)


def departures(faits: Iterable[Fait]) -> dict[int, date]:
    """The first day on which each person is in the household no more, as far as is known: what they are and receive from
    then on is no business of it. Who came back has left on the last of these days."""
    ends: dict[int, date] = {}
    for fait in faits:
        if fait.genre == Genre.PRESENCE:
            ends[fait.sujet] = max(fait.avant, ends.get(fait.sujet, fait.avant))
    return ends


def demandes(faits: Iterable[Fait], mois: Mois) -> dict[Prestation, Mois]:
    """The benefits that were asked for, for a right of `mois`, each with the month of its demand, from which it counts."""
    following = (mois + 1).first_day
    made = (fait for fait in faits if fait.genre in _ASKED_FOR and fait.du < following <= fait.avant)
    return {_ASKED_FOR[fait.genre]: Mois.of(fait.du) for fait in made}


def _rank(presence: tuple[int, Presence]) -> tuple[int, int]:
    """The claimant, the partner, the children, each in the order in which they came."""
    return _RANKS[presence[1].role], presence[0]


_RANKS = {Role.DEMANDEUR: 0, Role.CONJOINT: 1, Role.ENFANT: 2}


def _ressource(fait: Fait, mois: Mois) -> Iterator[Ressource]:
    """What was received until `mois`; a fact of income holds for whole months."""
    du = Mois.of(fait.du)
    au = mois if fait.avant == OPEN_END else min(mois, Mois.of(fait.avant) - 1)
    if du <= au:
        yield Ressource(_NATURES[fait.genre], fait.valeur.mensuel, du, au, fait.valeur.imposable)


def _logement(of_foyer: Mapping[int, Fait]) -> Logement:
    logement: Logement = of_foyer[Genre.LOGEMENT].valeur
    pret = of_foyer.get(Genre.PRET)
    return logement if pret is None else replace(logement, pret=pret.valeur)


def _departure_of_conjoint(faits: Iterable[Fait], day: date) -> Mois | None:
    """The month in which the last partner left, or died."""
    departures = [
        fait.avant
        for fait in faits
        if fait.genre == Genre.PRESENCE and fait.valeur.role is Role.CONJOINT and fait.avant <= day
    ]
    return Mois.of(max(departures) - timedelta(days=1)) if departures else None

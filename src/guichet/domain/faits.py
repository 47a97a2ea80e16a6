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
AU_PLUS_TARD = date(9999, 1, 1)


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


SANS_EFFET = (Genre.ADRESSE, Genre.BAILLEUR, Genre.COORDONNEES, Genre.COMPTE_BANCAIRE)
"""What no right depends on."""
RESSOURCES = {nature: 100 + rang for rang, nature in enumerate(Nature)}
"""The kinds of the facts of income."""
DEMANDES = {prestation: 200 + rang for rang, prestation in enumerate(Prestation)}
"""The kinds of the facts of demand: a benefit was asked for, from a day on."""
_NATURES = {numero: nature for nature, numero in RESSOURCES.items()}
_DEMANDEES = {numero: prestation for prestation, numero in DEMANDES.items()}


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


DE_LA_PERSONNE: dict[int, tuple[str, ...]] = {
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
COMPOSES: dict[int, type] = {
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
SENSIBLES: dict[int, tuple[str, ...]] = {Genre.COMPTE_BANCAIRE: ("iban",), Genre.BAILLEUR: ("iban",)}
"""The values that are kept encrypted."""


@dataclass(frozen=True, slots=True)
class Fait:
    """`valeur` is that of `genre` (`DE_LA_PERSONNE`, `COMPOSES`); it holds from `du` on, until the day before `avant`."""

    genre: int
    sujet: int
    """A person of the file, or LE_FOYER."""
    valeur: Any
    du: date
    avant: date = AU_PLUS_TARD
    source: Source = Source.ALLOCATAIRE

    def tient(self, jour: date) -> bool:
        return self.du <= jour < self.avant

    def contredit(self, autre: Fait) -> bool:
        """Whether both say something of the same thing, on a same day."""
        meme = self.genre == autre.genre and self.sujet == autre.sujet
        return meme and self.du < autre.avant and autre.du < self.avant

    def hors_de(self, nouveau: Fait) -> Iterator[Fait]:
        """What remains of this fact once `nouveau` has contradicted it: the days before, the days after."""
        if self.du < nouveau.du:
            yield replace(self, avant=nouveau.du)
        if nouveau.avant < self.avant:
            yield replace(self, du=nouveau.avant)


@dataclass(frozen=True, slots=True)
class Identite:
    """Who a person of the file is: what no event changes."""

    naissance: date
    nom: str = ""
    prenoms: str = ""


# What is kept: texts, numbers and booleans only


def ecrit(fait: Fait) -> dict[str, Any]:
    """The value of a fact, ready for JSON: what differs from the default."""
    valeur = fait.valeur
    if isinstance(valeur, Mapping):
        return {nom: _ecrite(chacune) for nom, chacune in valeur.items()}
    return {c.name: _ecrite(getattr(valeur, c.name)) for c in fields(valeur) if getattr(valeur, c.name) != c.default}


def lit(genre: int, ecrite: Mapping[str, Any]) -> Any:
    """What `ecrit` wrote. Raises KeyError or TypeError for what no version of a fact has written."""
    lectures = _lectures(genre)
    lus = {nom: lectures[nom](valeur) for nom, valeur in ecrite.items()}
    classe = COMPOSES.get(genre)
    return lus if classe is None else classe(**lus)


def _ecrite(valeur: Any) -> Any:
    match valeur:
        case Enum():
            return valeur.value
        case date():
            return valeur.isoformat()
        case Decimal():
            return str(valeur)
    return valeur


@functools.cache
def _lectures(genre: int) -> dict[str, Any]:
    """How each value of a kind of fact is read."""
    classe = COMPOSES.get(genre, Personne)
    types_ecrits = typing.get_type_hints(classe)
    noms = DE_LA_PERSONNE.get(genre, tuple(types_ecrits))
    return {nom: _lecture(types_ecrits[nom]) for nom in noms}


def _lecture(annonce: Any) -> Any:
    if isinstance(annonce, types.UnionType):
        (annonce,) = (t for t in typing.get_args(annonce) if t is not types.NoneType)
    if annonce is date:
        return date.fromisoformat
    if annonce in (bool, str, int):
        return lambda valeur: valeur
    return annonce


# The household of a day


@dataclass(frozen=True, slots=True)
class Regard:
    """On which day each thing is looked at, to find the household that a month's right depends on (see `effets`)."""

    enfants: date
    conjoint: date
    logement: date
    reste: date

    @classmethod
    def du_jour(cls, jour: date) -> Regard:
        return cls(jour, jour, jour, jour)

    def jour(self, fait: Fait) -> date:
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
    regard = regard or Regard.du_jour(mois.premier_jour)
    presences: dict[int, Presence] = {}
    valeurs: dict[int, dict[str, Any]] = {}
    recues: dict[int, list[Ressource]] = {}
    du_foyer: dict[int, Fait] = {}
    for fait in faits:
        if fait.genre in _NATURES:
            recues.setdefault(fait.sujet, []).extend(_ressource(fait, mois))
        elif fait.tient(regard.jour(fait)):
            if fait.genre == Genre.PRESENCE:
                presences[fait.sujet] = fait.valeur
            elif fait.genre in DE_LA_PERSONNE:
                valeurs.setdefault(fait.sujet, {}).update(fait.valeur)
            else:
                du_foyer[fait.genre] = fait
    grossesse = du_foyer.get(Genre.GROSSESSE)
    personnes = [
        Personne(
            identites[sujet].naissance,
            presence.role,
            ressources=tuple(recues.get(sujet, ())),
            enceinte=grossesse is not None and grossesse.sujet == sujet,
            garde_alternee=presence.garde_alternee,
            adoption=presence.adoption,
            revenus_interrompus=_interrompus(recues.get(sujet, ()), mois),
            **valeurs.get(sujet, {}),
        )
        for sujet, presence in sorted(presences.items(), key=_rang)
    ]
    if Genre.LOGEMENT not in du_foyer or not personnes or personnes[0].role is not Role.DEMANDEUR:
        return None
    if grossesse is not None and grossesse.valeur.terme >= mois.premier_jour:
        personnes.append(Personne(grossesse.valeur.terme, Role.ENFANT))
    seul = all(presence.role is not Role.CONJOINT for presence in presences.values())
    garde = du_foyer.get(Genre.GARDE)
    return Foyer(
        tuple(personnes),
        _logement(du_foyer),
        isole_depuis=_depart_du_conjoint(faits, regard.conjoint) if seul else None,
        garde=None if garde is None else garde.valeur,
    )


def _interrompus(recues: Collection[Ressource], mois: Mois) -> bool:
    """Whether somebody earned something, and has neither that nor a pension in `mois`."""
    gains = [r for r in recues if r.mensuel and (r.nature in DU_TRAVAIL or r.nature in PENSIONS)]
    return any(r.nature in DU_TRAVAIL for r in gains) and all(r.au < mois for r in gains)


def departs(faits: Iterable[Fait]) -> dict[int, date]:
    """The first day on which each person is in the household no more, as far as is known: what they are and receive from
    then on is no business of it. Who came back has left on the last of these days."""
    fins: dict[int, date] = {}
    for fait in faits:
        if fait.genre == Genre.PRESENCE:
            fins[fait.sujet] = max(fait.avant, fins.get(fait.sujet, fait.avant))
    return fins


def demandes(faits: Iterable[Fait], mois: Mois) -> dict[Prestation, Mois]:
    """The benefits that were asked for, for a right of `mois`, each with the month of its demand, from which it counts."""
    suivant = (mois + 1).premier_jour
    faites = (fait for fait in faits if fait.genre in _DEMANDEES and fait.du < suivant <= fait.avant)
    return {_DEMANDEES[fait.genre]: Mois.de(fait.du) for fait in faites}


def _rang(presence: tuple[int, Presence]) -> tuple[int, int]:
    """The claimant, the partner, the children, each in the order in which they came."""
    return _RANGS[presence[1].role], presence[0]


_RANGS = {Role.DEMANDEUR: 0, Role.CONJOINT: 1, Role.ENFANT: 2}


def _ressource(fait: Fait, mois: Mois) -> Iterator[Ressource]:
    """What was received until `mois`; a fact of income holds for whole months."""
    du = Mois.de(fait.du)
    au = mois if fait.avant == AU_PLUS_TARD else min(mois, Mois.de(fait.avant) - 1)
    if du <= au:
        yield Ressource(_NATURES[fait.genre], fait.valeur.mensuel, du, au, fait.valeur.imposable)


def _logement(du_foyer: Mapping[int, Fait]) -> Logement:
    logement: Logement = du_foyer[Genre.LOGEMENT].valeur
    pret = du_foyer.get(Genre.PRET)
    return logement if pret is None else replace(logement, pret=pret.valeur)


def _depart_du_conjoint(faits: Iterable[Fait], jour: date) -> Mois | None:
    """The month in which the last partner left, or died."""
    departs = [
        fait.avant
        for fait in faits
        if fait.genre == Genre.PRESENCE and fait.valeur.role is Role.CONJOINT and fait.avant <= jour
    ]
    return Mois.de(max(departs) - timedelta(days=1)) if departs else None

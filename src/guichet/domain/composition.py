"""The household that the facts of a file make up on a day, in a month."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from guichet.domain.faits import NATURES, OF_PERSONNE, Fait, Genre, Identite, Presence
from guichet.domain.foyer import DU_TRAVAIL, PENSIONS, RANKS, Foyer, Logement, Personne, Ressource, Role
from guichet.domain.vocabulaire import Mois


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
    seen = _seen(faits, mois, regard)
    personnes = [seen.personne(sujet, identites[sujet], mois) for sujet in sorted(seen.presences, key=seen.rank)]
    if Genre.LOGEMENT not in seen.of_foyer or not personnes or personnes[0].role is not Role.DEMANDEUR:
        return None
    grossesse, garde = seen.of_foyer.get(Genre.GROSSESSE), seen.of_foyer.get(Genre.GARDE)
    if grossesse is not None and grossesse.valeur.terme >= mois.first_day:
        personnes.append(Personne(grossesse.valeur.terme, Role.ENFANT))
    alone = all(presence.role is not Role.CONJOINT for presence in seen.presences.values())
    return Foyer(
        tuple(personnes),
        seen.logement,
        isole_depuis=_departure_of_conjoint(faits, regard.conjoint) if alone else None,
        garde=None if garde is None else garde.valeur,
    )


@dataclass(slots=True)
class _Seen:
    """The facts that hold when they are looked at, by the person whom they are about; else by their kind."""

    presences: dict[int, Presence] = field(default_factory=dict)
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    received: dict[int, list[Ressource]] = field(default_factory=dict)
    of_foyer: dict[int, Fait] = field(default_factory=dict)

    def add(self, fait: Fait) -> None:
        if fait.genre == Genre.PRESENCE:
            self.presences[fait.sujet] = fait.valeur
        elif fait.genre in OF_PERSONNE:
            self.values.setdefault(fait.sujet, {}).update(fait.valeur)
        else:
            self.of_foyer[fait.genre] = fait

    def rank(self, sujet: int) -> tuple[int, int]:
        """The claimant, the partner, the children, each in the order in which they came."""
        return RANKS[self.presences[sujet].role], sujet

    def personne(self, sujet: int, identite: Identite, mois: Mois) -> Personne:
        presence, received = self.presences[sujet], self.received.get(sujet, ())
        grossesse = self.of_foyer.get(Genre.GROSSESSE)
        return Personne(
            identite.naissance,
            presence.role,
            ressources=tuple(received),
            enceinte=grossesse is not None and grossesse.sujet == sujet,
            garde_alternee=presence.garde_alternee,
            adoption=presence.adoption,
            revenus_interrompus=_are_interrupted(received, mois),
            **self.values.get(sujet, {}),
        )

    @property
    def logement(self) -> Logement:
        logement: Logement = self.of_foyer[Genre.LOGEMENT].valeur
        pret = self.of_foyer.get(Genre.PRET)
        return logement if pret is None else replace(logement, pret=pret.valeur)


def _seen(faits: Iterable[Fait], mois: Mois, regard: Regard) -> _Seen:
    seen = _Seen()
    for fait in faits:
        if fait.genre in NATURES:
            seen.received.setdefault(fait.sujet, []).extend(_ressource(fait, mois))
        elif fait.holds_on(regard.day_for(fait)):
            seen.add(fait)
    return seen


def _ressource(fait: Fait, mois: Mois) -> Iterator[Ressource]:
    """What was received until `mois`."""
    du, au = Mois.of(fait.du), min(mois, fait.last_mois)
    if du <= au:
        yield Ressource(NATURES[fait.genre], fait.valeur.mensuel, du, au, fait.valeur.imposable)


def _are_interrupted(received: Collection[Ressource], mois: Mois) -> bool:
    """Whether somebody earned something, and has neither that nor a pension in `mois`."""
    earned = [
        ressource
        for ressource in received
        if ressource.mensuel and (ressource.nature in DU_TRAVAIL or ressource.nature in PENSIONS)
    ]
    return any(ressource.nature in DU_TRAVAIL for ressource in earned) and all(ressource.au < mois for ressource in earned)


def _departure_of_conjoint(faits: Iterable[Fait], day: date) -> Mois | None:
    """The month in which the last partner left, or died."""
    departures = [
        fait.avant
        for fait in faits
        if fait.genre == Genre.PRESENCE and fait.valeur.role is Role.CONJOINT and fait.avant <= day
    ]
    return Mois.of(max(departures) - timedelta(days=1)) if departures else None

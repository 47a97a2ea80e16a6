"""A household as it is being told: what its story knows of it, in words that say one thing each.

Every gesture adds facts to the story, with the day on which they were true and the instant at which they were learnt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from guichet import territory
from guichet.domain.droits import Prestation
from guichet.domain.faits import (
    DEMANDES,
    LE_FOYER,
    OPEN_END,
    RESSOURCES,
    Bailleur,
    CompteBancaire,
    Demande,
    Genre,
    Grossesse,
    Montant,
    Presence,
    Source,
)
from guichet.domain.foyer import Activite, Garde, Logement, Nature, Occupation, Pret, Role, Zone
from guichet.domain.identifiants import Iban
from guichet.domain.vocabulaire import Mois, euros
from guichet.operations.demonstration import identites
from guichet.operations.demonstration.histoire import Individu, Story

RENT_FREE = Logement(Occupation.LOGE_GRATUITEMENT)


@dataclass(slots=True)
class Adult:
    """`monthly` is what the person receives a month, of the kind `nature`."""

    sujet: int
    sexe: str
    naissance: date
    came_on: date
    activite: Activite = Activite.INACTIF
    nature: Nature = Nature.SALAIRE
    monthly: int = 0


@dataclass(slots=True)
class Menage:
    """`opened_at` is the instant of the file's opening: what is said without another one was known then."""

    chance: Random
    story: Story
    opened_at: datetime
    adults: list[Adult] = field(default_factory=list)
    enfants: list[tuple[int, date]] = field(default_factory=list)
    logement: Logement = RENT_FREE
    account_count: int = 0
    claimed: set[Prestation] = field(default_factory=set)

    @property
    def ouvert_le(self) -> date:
        return self.story.ouvert_le

    @property
    def told_since(self) -> date:
        """The first day of which incomes are told: that of the second year before the opening."""
        return date(self.ouvert_le.year - 2, 1, 1)

    # Who is there

    def add_adult(self, who: Individu, role: Role, since: date | None = None, at: datetime | None = None) -> Adult:
        sujet = self.story.add(who)
        since = since or self.told_since
        self.says(Genre.PRESENCE, sujet, Presence(role), since, at=at)
        self.adults.append(Adult(sujet, who.sexe, who.naissance, since))
        return self.adults[-1]

    def add_enfant(self, who: Individu, at: datetime | None = None, garde_alternee: bool = False) -> int:
        sujet = self.story.add(who)
        self.says(Genre.PRESENCE, sujet, Presence(Role.ENFANT, garde_alternee), who.naissance, at=at)
        self.enfants.append((sujet, who.naissance))
        return sujet

    def expects(self, mother: Adult, terme: date, naissance: date, declared: datetime) -> None:
        self.says(Genre.GROSSESSE, mother.sujet, Grossesse(terme), declared.date(), naissance, at=declared)

    def leaves(self, adult: Adult, day: date, motif: str, at: datetime) -> None:
        """The partner is no longer in the household from `day` on."""
        self.story.end(at, Genre.PRESENCE, adult.sujet, day)
        self.says(Genre.PRESENCE, adult.sujet, Presence(Role.CONJOINT, motif=motif), adult.came_on, day, at=at)
        self.adults.remove(adult)

    # What they do and receive

    def does(
        self, adult: Adult, activite: Activite, since: date | None = None, at: datetime | None = None, **others: Any
    ) -> None:
        adult.activite = activite
        source = Source.FRANCE_TRAVAIL if activite is Activite.CHOMEUR else Source.ALLOCATAIRE
        self.says(
            Genre.ACTIVITE, adult.sujet, {"activite": activite, **others}, since or self.told_since, at=at, source=source
        )

    def receives(
        self,
        adult: Adult,
        nature: Nature,
        monthly: int,
        since: date | None = None,
        until: date = OPEN_END,
        at: datetime | None = None,
        source: Source = Source.EMPLOYEUR,
    ) -> None:
        """An income that goes on until the day before `until`. Zero says that it has stopped."""
        if until == OPEN_END:
            adult.nature, adult.monthly = nature, monthly
        self.says(RESSOURCES[nature], adult.sujet, Montant(euros(monthly)), since or self.told_since, until, at, source)

    # Where they live, and who is paid

    def lives_in(self, logement: Logement, insee: str, since: date, at: datetime | None = None) -> None:
        self.logement = logement
        source = Source.ALLOCATAIRE
        self.says(Genre.LOGEMENT, LE_FOYER, logement, since, at=at, source=source)
        self.says(Genre.ADRESSE, LE_FOYER, identites.adresse(self.chance, insee), since, at=at)

    def tiers_payant(self, nom: str, compte: Iban, since: date) -> None:
        self.says(Genre.BAILLEUR, LE_FOYER, Bailleur(nom, compte), since, source=Source.BAILLEUR)

    def opens_account(self, titulaire: Individu, at: datetime | None = None, closed: bool = False) -> None:
        """A new account of the household; `closed`: the bank sends payments back."""
        self.account_count += 1
        iban = identites.iban(int(self.story.matricule) * 10 + self.account_count, closed)
        nom = f"{titulaire.prenoms} {titulaire.nom}"
        since = self.told_since if at is None else at.date()
        self.says(Genre.COMPTE_BANCAIRE, LE_FOYER, CompteBancaire(nom, iban), since, at=at)

    # What they ask for

    def claims(self, prestations: Iterable[Prestation], at: datetime | None = None) -> None:
        for prestation in sorted(set(prestations) - self.claimed):
            self.claimed.add(prestation)
            since = (at or self.opened_at).date().replace(day=1)
            self.says(DEMANDES[prestation], LE_FOYER, Demande(), since, at=at)

    def pays_garde(self, garde: Garde, since: date, until: date, at: datetime | None = None) -> None:
        self.says(Genre.GARDE, LE_FOYER, garde, since, until, at)

    def repays(self, pret: Pret) -> None:
        self.says(Genre.PRET, LE_FOYER, pret, self.told_since)

    def says(
        self,
        genre: int,
        sujet: int,
        valeur: Any,
        since: date,
        until: date = OPEN_END,
        at: datetime | None = None,
        source: Source = Source.ALLOCATAIRE,
    ) -> None:
        self.story.learn(at or self.opened_at, genre, sujet, valeur, since, until, source)


def zone(insee: str) -> Zone:
    return Zone(f"zone_{territory.commune(insee).zone}")


def next_month(day: date) -> date:
    return (Mois.of(day) + 1).first_day

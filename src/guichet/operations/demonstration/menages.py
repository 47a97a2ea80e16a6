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
from guichet.operations.demonstration.histoire import Histoire, Individu

SANS_LOYER = Logement(Occupation.LOGE_GRATUITEMENT)


@dataclass(slots=True)
class Adulte:
    """`mensuel` is what the person receives a month, of the kind `nature`."""

    sujet: int
    sexe: str
    naissance: date
    venu_le: date
    activite: Activite = Activite.INACTIF
    nature: Nature = Nature.SALAIRE
    mensuel: int = 0


@dataclass(slots=True)
class Menage:
    """`le` is the instant of the file's opening: what is said without another one was known then."""

    hasard: Random
    histoire: Histoire
    le: datetime
    adultes: list[Adulte] = field(default_factory=list)
    enfants: list[tuple[int, date]] = field(default_factory=list)
    logement: Logement = SANS_LOYER
    comptes: int = 0
    demandees: set[Prestation] = field(default_factory=set)

    @property
    def ouvert_le(self) -> date:
        return self.histoire.ouvert_le

    @property
    def depuis(self) -> date:
        """The first day of which incomes are told: that of the second year before the opening."""
        return date(self.ouvert_le.year - 2, 1, 1)

    # Who is there

    def adulte(self, qui: Individu, role: Role, du: date | None = None, le: datetime | None = None) -> Adulte:
        sujet = self.histoire.ajoute(qui)
        du = du or self.depuis
        self.dit(Genre.PRESENCE, sujet, Presence(role), du, le=le)
        self.adultes.append(Adulte(sujet, qui.sexe, qui.naissance, du))
        return self.adultes[-1]

    def enfant(self, qui: Individu, le: datetime | None = None, garde_alternee: bool = False) -> int:
        sujet = self.histoire.ajoute(qui)
        self.dit(Genre.PRESENCE, sujet, Presence(Role.ENFANT, garde_alternee), qui.naissance, le=le)
        self.enfants.append((sujet, qui.naissance))
        return sujet

    def grossesse(self, mere: Adulte, terme: date, naissance: date, declaree: datetime) -> None:
        self.dit(Genre.GROSSESSE, mere.sujet, Grossesse(terme), declaree.date(), naissance, le=declaree)

    def part(self, adulte: Adulte, jour: date, motif: str, le: datetime) -> None:
        """The partner is no longer in the household from `jour` on."""
        self.histoire.cesse(le, Genre.PRESENCE, adulte.sujet, jour)
        self.dit(Genre.PRESENCE, adulte.sujet, Presence(Role.CONJOINT, motif=motif), adulte.venu_le, jour, le=le)
        self.adultes.remove(adulte)

    # What they do and receive

    def fait_quoi(
        self, adulte: Adulte, activite: Activite, du: date | None = None, le: datetime | None = None, **autres: Any
    ) -> None:
        adulte.activite = activite
        source = Source.FRANCE_TRAVAIL if activite is Activite.CHOMEUR else Source.ALLOCATAIRE
        self.dit(Genre.ACTIVITE, adulte.sujet, {"activite": activite, **autres}, du or self.depuis, le=le, source=source)

    def recoit(
        self,
        adulte: Adulte,
        nature: Nature,
        mensuel: int,
        du: date | None = None,
        avant: date = OPEN_END,
        le: datetime | None = None,
        source: Source = Source.EMPLOYEUR,
    ) -> None:
        """An income that goes on until the day before `avant`. Zero says that it has stopped."""
        if avant == OPEN_END:
            adulte.nature, adulte.mensuel = nature, mensuel
        self.dit(RESSOURCES[nature], adulte.sujet, Montant(euros(mensuel)), du or self.depuis, avant, le, source)

    # Where they live, and who is paid

    def loge(self, logement: Logement, insee: str, du: date, le: datetime | None = None) -> None:
        self.logement = logement
        source = Source.ALLOCATAIRE
        self.dit(Genre.LOGEMENT, LE_FOYER, logement, du, le=le, source=source)
        self.dit(Genre.ADRESSE, LE_FOYER, identites.adresse(self.hasard, insee), du, le=le)

    def tiers_payant(self, nom: str, compte: Iban, du: date, le: datetime | None = None) -> None:
        self.dit(Genre.BAILLEUR, LE_FOYER, Bailleur(nom, compte), du, le=le, source=Source.BAILLEUR)

    def compte(self, titulaire: Individu, le: datetime | None = None, ferme: bool = False) -> None:
        """A new account of the household; `ferme`: the bank sends payments back."""
        self.comptes += 1
        iban = identites.iban(int(self.histoire.matricule) * 10 + self.comptes, ferme)
        nom = f"{titulaire.prenoms} {titulaire.nom}"
        du = self.depuis if le is None else le.date()
        self.dit(Genre.COMPTE_BANCAIRE, LE_FOYER, CompteBancaire(nom, iban), du, le=le)

    # What they ask for

    def demande(self, prestations: Iterable[Prestation], le: datetime | None = None) -> None:
        for prestation in sorted(set(prestations) - self.demandees):
            self.demandees.add(prestation)
            du = (le or self.le).date().replace(day=1)
            self.dit(DEMANDES[prestation], LE_FOYER, Demande(), du, le=le)

    def garde(self, garde: Garde, du: date, avant: date, le: datetime | None = None) -> None:
        self.dit(Genre.GARDE, LE_FOYER, garde, du, avant, le)

    def pret(self, pret: Pret) -> None:
        self.dit(Genre.PRET, LE_FOYER, pret, self.depuis)

    def dit(
        self,
        genre: int,
        sujet: int,
        valeur: Any,
        du: date,
        avant: date = OPEN_END,
        le: datetime | None = None,
        source: Source = Source.ALLOCATAIRE,
    ) -> None:
        self.histoire.apprend(le or self.le, genre, sujet, valeur, du, avant, source)


def zone(insee: str) -> Zone:
    return Zone(f"zone_{territory.commune(insee).zone}")


def mois_suivant(jour: date) -> date:
    return (Mois.of(jour) + 1).first_day

"""A dozen households whose stories can be followed on the site: `docs/personas.md` tells them to a reader.

Their names are plants: nobody is meant. Their dates follow the clock, so that what has just happened always has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.faits import Genre, Presence, Source
from guichet.domain.foyer import Activite, Garde, Logement, ModeDeGarde, Nature, Occupation, Role
from guichet.domain.vocabulaire import Euros, Mois, euros
from guichet.operations.demonstration import identites
from guichet.operations.demonstration.histoire import Story
from guichet.operations.demonstration.menages import Adult, Menage, zone

DAY = timedelta(days=1)


@dataclass(slots=True)
class Tale:
    """The story of a household under way: `mois` is the last one paid, from which everything is dated."""

    menage: Menage
    mois: Mois
    end: date

    def on(self, before: int, day: int) -> date:
        """A day of the month that comes `before` months before the last one paid; never after the end of the story."""
        return min((self.mois - before).first_day + (day - 1) * DAY, self.end)

    def instant(self, before: int, day: int) -> datetime:
        return max(instant(self.on(before, day)), self.menage.opened_at)

    def born(self, years: int, mois: int = 0) -> date:
        return (self.mois - 12 * years - mois).first_day + 11 * DAY

    def add_adult(self, first_name: str, nom: str, sexe: str, years: int, activite: Activite) -> Adult:
        menage = self.menage
        who = identites.individu(menage.chance, nom, sexe, self.born(years, 5), first_name)
        adult = menage.add_adult(who, Role.CONJOINT if menage.adults else Role.DEMANDEUR)
        menage.does(adult, activite)
        return adult

    def add_enfant(self, first_name: str, nom: str, sexe: str, naissance: date, at: datetime | None = None) -> int:
        long_known = at is None
        return self.menage.add_enfant(
            identites.individu(self.menage.chance, nom, sexe, naissance, first_name, nir=long_known), at
        )

    def earns(self, adult: Adult, monthly: int, nature: Nature = Nature.SALAIRE, source: Source = Source.EMPLOYEUR) -> None:
        """An adult earns for as long as the file knows; the impôts tell it for the years that are over."""
        year = self.menage.ouvert_le.year
        self.menage.receives(adult, nature, monthly, until=date(year, 1, 1), source=Source.IMPOTS)
        self.menage.receives(adult, nature, monthly, date(year, 1, 1), source=source)

    def rents(self, occupation: Occupation, loyer: int, insee: str, since: date, at: datetime | None = None) -> None:
        conventionne = occupation in (Occupation.LOCATAIRE_HLM, Occupation.RESIDENCE_UNIVERSITAIRE)
        self.menage.lives_in(Logement(occupation, euros(loyer), zone(insee), conventionne=conventionne), insee, since, at)

    def finishes(self, *prestations: Prestation) -> None:
        """What every file has: an account, an address to write to, what was asked for."""
        titulaire = self.menage.story.individus[0]
        self.menage.opens_account(titulaire)
        coordonnees = identites.coordonnees(self.menage.chance, titulaire, self.menage.story.matricule)
        self.menage.says(Genre.COORDONNEES, 0, coordonnees, self.menage.ouvert_le)
        self.menage.claims(prestations)


def instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, 30, tzinfo=clock.PARIS)


def _ines(tale: Tale) -> None:
    ines = tale.add_adult("Inès", "Coquelicot", "F", 20, Activite.ETUDIANT)
    tale.menage.does(ines, Activite.ETUDIANT, boursier=True)
    tale.rents(Occupation.RESIDENCE_UNIVERSITAIRE, 265, "35238", tale.menage.ouvert_le - 20 * DAY)
    tale.finishes(Prestation.AIDE_LOGEMENT)


def _awa(tale: Tale) -> None:
    awa = tale.add_adult("Awa", "Mirabelle", "F", 27, Activite.INACTIF)
    tale.rents(Occupation.LOCATAIRE_HLM, 395, "94028", tale.on(40, 1))
    naissance = tale.born(1, 6)
    tale.menage.expects(awa, naissance + 4 * DAY, naissance, max(instant(naissance - 150 * DAY), tale.menage.opened_at))
    tale.add_enfant("Sami", "Mirabelle", "M", naissance, instant(naissance + 9 * DAY))
    tale.finishes(Prestation.AIDE_LOGEMENT, Prestation.RSA)
    tale.menage.claims([Prestation.ASF], instant(naissance + 9 * DAY))


def _sophie(tale: Tale) -> None:
    """His new pay of spring is told in summer: months were paid too much."""
    sophie = tale.add_adult("Sophie", "Tilleul", "F", 39, Activite.SALARIE)
    karim = tale.add_adult("Karim", "Tilleul", "M", 41, Activite.SALARIE)
    tale.earns(sophie, 980)
    tale.earns(karim, 1350)
    for first_name, sexe, years in (("Nour", "F", 12), ("Adam", "M", 9), ("Lina", "F", 5)):
        tale.add_enfant(first_name, "Tilleul", sexe, tale.born(years))
    tale.rents(Occupation.LOCATAIRE_VIDE, 690, "49007", tale.on(50, 1))
    tale.finishes(Prestation.AIDE_LOGEMENT, Prestation.PPA)
    tale.menage.receives(karim, Nature.SALAIRE, 2150, tale.on(9, 1), at=tale.instant(4, 20))


def _lea(tale: Tale) -> None:
    lea = tale.add_adult("Léa", "Genêt", "F", 31, Activite.SALARIE)
    hugo = tale.add_adult("Hugo", "Genêt", "M", 32, Activite.SALARIE)
    tale.earns(lea, 1650)
    tale.earns(hugo, 1850)
    tale.rents(Occupation.LOCATAIRE_VIDE, 610, "37261", tale.on(30, 1))
    tale.finishes()
    naissance = tale.born(0, 4)
    tale.menage.expects(lea, naissance + 3 * DAY, naissance, instant(naissance - 170 * DAY))
    tale.add_enfant("Zoé", "Genêt", "F", naissance, instant(naissance + 6 * DAY))
    garde = Garde(ModeDeGarde.ASSISTANT_MATERNEL, euros(640), Decimal(140))
    tale.menage.pays_garde(garde, tale.on(1, 1), tale.born(-3, 4), tale.instant(1, 4))
    tale.menage.claims([Prestation.PAJE_CMG], tale.instant(1, 4))


def _marc(tale: Tale) -> None:
    marc = tale.add_adult("Marc", "Bruyère", "M", 44, Activite.SALARIE)
    tale.menage.says(Genre.HANDICAP, marc.sujet, {"handicap": Decimal("0.8")}, tale.menage.told_since, source=Source.CAISSE)
    tale.earns(marc, 540)
    tale.rents(Occupation.LOCATAIRE_HLM, 340, "87085", tale.on(60, 1))
    tale.finishes(Prestation.AIDE_LOGEMENT, Prestation.AAH)
    tale.menage.receives(marc, Nature.SALAIRE, 610, tale.on(6, 1), at=tale.instant(5, 8))


def _fatou(tale: Tale) -> None:
    fatou = tale.add_adult("Fatou", "Sureau", "F", 36, Activite.SALARIE)
    tale.earns(fatou, 1050)
    for first_name, sexe, years in (("Issa", "M", 10), ("Mariam", "F", 7)):
        tale.add_enfant(first_name, "Sureau", sexe, tale.born(years))
    tale.rents(Occupation.LOCATAIRE_VIDE, 560, "76540", tale.on(40, 1))
    tale.menage.tiers_payant("Société du Canal", identites.iban(9_000_000_000), tale.on(40, 1))
    tale.finishes(Prestation.AIDE_LOGEMENT, Prestation.PPA, Prestation.ASF)


def _yanis(tale: Tale) -> None:
    yanis = tale.add_adult("Yanis", "Églantier", "M", 29, Activite.SALARIE)
    tale.earns(yanis, 1180)
    tale.rents(Occupation.LOCATAIRE_MEUBLE, 410, "63113", tale.on(30, 1))
    tale.finishes(Prestation.AIDE_LOGEMENT, Prestation.PPA)
    pays = (1420, 960, 1250, 1510, 880, 1340, 1190, 1460, 1020, 1380, 1270, 940)
    for before, pay in enumerate(pays):
        tale.menage.receives(yanis, Nature.SALAIRE, pay, tale.on(before, 1), at=tale.instant(before - 1, 9))


def _nadia(tale: Tale) -> None:
    """Her new account is refused by the bank on the last payday."""
    nadia = tale.add_adult("Nadia", "Pervenche", "F", 33, Activite.SALARIE)
    tale.earns(nadia, 1120)
    tale.add_enfant("Élias", "Pervenche", "M", tale.born(6))
    tale.rents(Occupation.LOCATAIRE_HLM, 430, "67482", tale.on(36, 1))
    tale.finishes(Prestation.AIDE_LOGEMENT, Prestation.PPA, Prestation.ASF)
    tale.menage.opens_account(tale.menage.story.individus[0], tale.instant(0, 15), closed=True)


def _julien(tale: Tale) -> None:
    julien = tale.add_adult("Julien", "Romarin", "M", 26, Activite.SALARIE)
    tale.earns(julien, 1010)
    tale.rents(Occupation.LOCATAIRE_VIDE, 330, "03185", tale.on(30, 1))
    tale.finishes(Prestation.AIDE_LOGEMENT, Prestation.PPA)
    tale.rents(Occupation.LOCATAIRE_VIDE, 470, "35238", tale.on(1, 12), tale.instant(0, 20))


def _claire(tale: Tale) -> None:
    claire = tale.add_adult("Claire", "Fougère", "F", 38, Activite.SALARIE)
    denis = tale.add_adult("Denis", "Fougère", "M", 40, Activite.SALARIE)
    tale.earns(claire, 1290)
    tale.earns(denis, 1900)
    enfants = [tale.add_enfant(p, "Fougère", s, tale.born(years)) for p, s, years in (("Jade", "F", 11), ("Théo", "M", 8))]
    tale.rents(Occupation.LOCATAIRE_VIDE, 640, "54395", tale.on(60, 1))
    tale.finishes()
    at, day = tale.instant(9, 28), tale.on(9, 14)
    tale.menage.leaves(denis, day, "separation", at)
    for enfant in enfants:
        tale.menage.says(Genre.PRESENCE, enfant, Presence(Role.ENFANT, garde_alternee=True), day, at=at)
    tale.menage.claims([Prestation.AIDE_LOGEMENT, Prestation.PPA], at)


def _monique(tale: Tale) -> None:
    monique = tale.add_adult("Monique", "Lavande", "F", 72, Activite.RETRAITE)
    tale.earns(monique, 920, Nature.RETRAITE, Source.CAISSE)
    tale.rents(Occupation.LOCATAIRE_HLM, 365, "79191", tale.on(120, 1))
    tale.finishes(Prestation.AIDE_LOGEMENT)


def _paul(tale: Tale) -> None:
    paul = tale.add_adult("Paul", "Bleuet", "M", 47, Activite.CHOMEUR)
    rosa = tale.add_adult("Rosa", "Bleuet", "F", 45, Activite.CHOMEUR)
    tale.earns(paul, 1080, Nature.CHOMAGE, Source.FRANCE_TRAVAIL)
    tale.menage.does(rosa, Activite.CHOMEUR, chomage_indemnise=False)
    tale.add_enfant("Manon", "Bleuet", "F", tale.born(14))
    tale.rents(Occupation.LOCATAIRE_HLM, 480, "59350", tale.on(70, 1))
    tale.finishes(Prestation.AIDE_LOGEMENT)
    at = tale.instant(6, 5)
    tale.menage.receives(paul, Nature.CHOMAGE, 0, tale.on(6, 1), at=at, source=Source.FRANCE_TRAVAIL)
    tale.menage.does(paul, Activite.CHOMEUR, tale.on(6, 1), at, chomage_indemnise=False)
    tale.menage.claims([Prestation.RSA], at)


@dataclass(frozen=True, slots=True)
class Persona:
    """`months_paid`: months paid since the file was opened, all of them if None. `retenue`: what was agreed with the
    allocataire to keep each month for an overpayment, where the brackets of the year are not known."""

    matricule: str
    name: str
    subject: str
    tell: Callable[[Tale], None]
    months_paid: int | None = None
    retenue: Euros | None = None


PERSONAS = (
    Persona("0000001", "Inès Coquelicot", "étudiante en résidence universitaire", _ines, months_paid=14),
    Persona("0000002", "Awa Mirabelle", "seule avec un enfant de moins de trois ans", _awa),
    Persona("0000003", "Sophie et Karim Tilleul", "un trop-perçu, retenu chaque mois", _sophie, retenue=euros(45)),
    Persona("0000004", "Léa et Hugo Genêt", "un bébé, une assistante maternelle", _lea),
    Persona("0000005", "Marc Bruyère", "AAH et un emploi à temps partiel", _marc),
    Persona("0000006", "Fatou Sureau", "aide au logement versée au bailleur", _fatou),
    Persona("0000007", "Yanis Églantier", "un salaire différent chaque mois", _yanis),
    Persona("0000008", "Nadia Pervenche", "un virement rejeté par la banque", _nadia),
    Persona("0000009", "Julien Romarin", "un déménagement déclaré en retard", _julien),
    Persona("0000010", "Claire Fougère", "séparée, résidence alternée", _claire),
    Persona("0000011", "Monique Lavande", "retraitée locataire", _monique),
    Persona("0000012", "Paul et Rosa Bleuet", "au chômage, en fin de droits", _paul),
)


def story_of(persona: Persona, first: Mois, last: Mois, now: datetime) -> Story:
    """The story of a persona, in files that have been paid from the month `first` to `last`."""
    opened = first if persona.months_paid is None else max(first, last - persona.months_paid + 1)
    at = datetime(opened.annee, opened.numero, 1, 6, tzinfo=clock.PARIS)
    menage = Menage(Random(persona.matricule), Story(persona.matricule, opened.first_day), at)
    persona.tell(Tale(menage, last, now.date()))
    return menage.story

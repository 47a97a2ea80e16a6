"""Households drawn at random: of which type, of which ages, living on what and where.

The shares of the types are those of the files of the Caf in December 2012; the rest are plausible orders of magnitude, not
measured ones. What each household is owed is never said here: the law answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from guichet.domain.droits import Prestation
from guichet.domain.faits import Genre, Source
from guichet.domain.foyer import Activite, Garde, Logement, ModeDeGarde, Nature, Occupation, Pret, Role, Zone
from guichet.domain.vocabulaire import euros
from guichet.operations.demonstration import identites
from guichet.operations.demonstration.histoire import Story
from guichet.operations.demonstration.menages import Adult, Menage, next_month, zone
from guichet.operations.demonstration.noms import BAILLEURS, COMMUNES, SURNAMES, UNIVERSITY_COMMUNES

TYPES = {
    # Adults by sex, number of children (3: three or more), share of the files in percent.
    ("F", 0): 19.2,
    ("M", 0): 17.4,
    ("FM", 0): 4.0,
    ("F", 1): 10.0,
    ("F", 2): 4.6,
    ("F", 3): 2.0,
    ("FM", 1): 8.4,
    ("FM", 2): 22.4,
    ("FM", 3): 12.0,
}
ALONE = {
    # What who lives alone does, by age: (until that age, what, share).
    Activite.ETUDIANT: 22,
    Activite.SALARIE: 36,
    Activite.CHOMEUR: 12,
    Activite.INACTIF: 24,
    Activite.RETRAITE: 6,
}
IN_FAMILY = {Activite.SALARIE: 74, Activite.CHOMEUR: 10, Activite.INACTIF: 12, Activite.INDEPENDANT: 4}
LOGEMENTS = {
    Occupation.LOCATAIRE_HLM: 34,
    Occupation.LOCATAIRE_VIDE: 32,
    Occupation.LOCATAIRE_MEUBLE: 6,
    Occupation.ACCEDANT: 16,
    Occupation.PROPRIETAIRE: 6,
    Occupation.LOGE_GRATUITEMENT: 6,
}
RENTED = (Occupation.LOCATAIRE_HLM, Occupation.LOCATAIRE_VIDE, Occupation.LOCATAIRE_MEUBLE)
LOYERS = {Zone.ZONE_1: 420, Zone.ZONE_2: 350, Zone.ZONE_3: 310}
"""The rent of a single person, in euros a month, around which ours are drawn."""
T = TypeVar("T")
HANDICAPS = (Decimal("0.55"), Decimal("0.8"))
YEAR = timedelta(days=365.25)


def draw(chance: Random, matricule: str, opened_on: date, at: datetime) -> Menage:
    """A household whose file opens at the instant `at`."""
    menage = Menage(chance, Story(matricule, opened_on), at)
    sexes, count = _among(chance, TYPES)
    enfants = _ages_of_enfants(chance, count + (count == 3 and chance.random() < 0.3))
    nom = chance.choice(SURNAMES)
    _add_adults(menage, sexes, nom, enfants)
    for age in enfants:
        born_on = opened_on - age * YEAR
        menage.add_enfant(identites.individu(chance, nom, chance.choice("FM"), born_on, nir=chance.random() < 0.9))
    _house(menage, alone=len(sexes) == 1)
    titulaire = menage.story.individus[0]
    menage.opens_account(titulaire)
    menage.says(Genre.COORDONNEES, 0, identites.coordonnees(chance, titulaire, matricule), opened_on)
    claim(menage)
    _garde(menage)
    return menage


def _add_adults(menage: Menage, sexes: str, nom: str, enfants: list[float]) -> None:
    chance = menage.chance
    # Beyond what a family's needs explain, who earns much has no file.
    level = chance.gauss(0, 1)
    for rank, sexe in enumerate(sexes):
        activite = _among(chance, IN_FAMILY if enfants or len(sexes) > 1 else ALONE)
        age = _age(chance, activite, enfants)
        naissance = menage.ouvert_le - age * YEAR
        other_nom = chance.choice(SURNAMES) if rank and chance.random() < 0.5 else nom
        who = identites.individu(chance, other_nom, sexe, naissance)
        adult = menage.add_adult(who, Role.CONJOINT if rank else Role.DEMANDEUR)
        _occupy(menage, adult, activite, 0.3 * level + 0.95 * chance.gauss(0, 1), bool(enfants))


def _age(chance: Random, activite: Activite, enfants: list[float]) -> float:
    if enfants:
        return max(max(enfants) + 18.5, enfants[-1] + chance.gauss(31, 4.5))
    if activite is Activite.ETUDIANT:
        return chance.uniform(18.5, 25)
    if activite is Activite.RETRAITE:
        return chance.uniform(66, 85)
    if activite is Activite.INACTIF:
        return chance.uniform(26, 60)
    return min(60.0, max(20.0, chance.gauss(36, 11)))


def _ages_of_enfants(chance: Random, count: int) -> list[float]:
    """The ages of children, from the eldest to the youngest; three years apart, more or less."""
    if not count:
        return []
    ages = [chance.uniform(0.1, 15)]
    while len(ages) < count:
        ages.append(ages[-1] + max(1.0, chance.gauss(3, 1)))
    return [age for age in reversed(ages) if age < 20.5 or age == ages[0]]


def _occupy(menage: Menage, adult: Adult, activite: Activite, level: float, in_family: bool) -> None:
    """What the person does, and what they have received since then; the years that are over were told by the impôts."""
    chance = menage.chance
    handicap = activite is Activite.INACTIF and chance.random() < 0.4
    if handicap:
        menage.says(
            Genre.HANDICAP, adult.sujet, {"handicap": chance.choice(HANDICAPS)}, menage.told_since, source=Source.CAISSE
        )
        menage.claims([Prestation.AAH])
    menage.does(adult, activite)
    if activite is Activite.ETUDIANT and chance.random() < 0.4:
        menage.does(adult, activite, boursier=True)
    monthly = round((1650 if in_family else 1300) * 2.718 ** (0.38 * level))
    match activite:
        case Activite.SALARIE:
            _receives(menage, adult, Nature.SALAIRE, min(monthly, 4500))
        case Activite.INDEPENDANT:
            _receives(menage, adult, Nature.INDEPENDANT, min(monthly, 4000), Source.ALLOCATAIRE)
        case Activite.CHOMEUR:
            _receives(menage, adult, Nature.CHOMAGE, round(min(monthly, 2400) * 0.62), Source.FRANCE_TRAVAIL)
        case Activite.RETRAITE:
            _receives(menage, adult, Nature.RETRAITE, min(round(monthly * 0.75), 1500), Source.CAISSE)
        case Activite.ETUDIANT if chance.random() < 0.4:
            _receives(menage, adult, Nature.SALAIRE, chance.randint(150, 600))
        case _:
            pass


def _receives(menage: Menage, adult: Adult, nature: Nature, monthly: int, source: Source = Source.EMPLOYEUR) -> None:
    """A little less in the years before: three percent a year."""
    year = menage.ouvert_le.year
    for before in (2, 1):
        since = date(year - before, 1, 1)
        menage.receives(
            adult, nature, round(monthly * 0.97**before), since, date(year - before + 1, 1, 1), source=Source.IMPOTS
        )
    menage.receives(adult, nature, monthly, date(year, 1, 1), source=source)


def _house(menage: Menage, alone: bool) -> None:
    chance = menage.chance
    since = menage.ouvert_le - chance.uniform(0.05, 8) * YEAR
    student = menage.adults[0].activite is Activite.ETUDIANT
    insee = chance.choice(UNIVERSITY_COMMUNES) if student else chance.choice(COMMUNES[_among(chance, {1: 20, 2: 50, 3: 30})])
    if student and alone:
        _house_student(menage, insee, since)
        return
    occupation = _among(chance, LOGEMENTS)
    if occupation in RENTED:
        menage.lives_in(rental(menage, occupation, insee), insee, since)
        if occupation is Occupation.LOCATAIRE_HLM:
            menage.tiers_payant(chance.choice(BAILLEURS), identites.iban(9_000_000_000 + chance.randint(1, 5)), since)
    elif occupation is Occupation.ACCEDANT:
        mensualite = euros(chance.randint(450, 1100))
        menage.lives_in(Logement(occupation, mensualite, zone(insee)), insee, since)
        menage.repays(Pret(since, mensualite, conventionne=True, neuf=chance.random() < 0.4))
    else:
        menage.lives_in(Logement(occupation, zone=zone(insee)), insee, since)


def _house_student(menage: Menage, insee: str, since: date) -> None:
    chance = menage.chance
    since = max(since, menage.ouvert_le - 2 * YEAR)
    occupation = chance.choice((Occupation.RESIDENCE_UNIVERSITAIRE, Occupation.LOCATAIRE_MEUBLE, Occupation.CHAMBRE))
    loyer = {Occupation.RESIDENCE_UNIVERSITAIRE: 280, Occupation.CHAMBRE: 300}.get(occupation, 430) + chance.randint(-40, 60)
    colocation = occupation is Occupation.LOCATAIRE_MEUBLE and chance.random() < 0.3
    conventionne = occupation is Occupation.RESIDENCE_UNIVERSITAIRE
    menage.lives_in(
        Logement(occupation, euros(loyer), zone(insee), colocation=colocation, conventionne=conventionne), insee, since
    )


def rental(menage: Menage, occupation: Occupation, insee: str) -> Logement:
    """A rent that fits the household, more or less."""
    chance, its_zone = menage.chance, zone(insee)
    size = 1 + 0.2 * (len(menage.adults) > 1) + 0.25 * (len(menage.enfants) > 0) + 0.12 * max(0, len(menage.enfants) - 1)
    hlm = occupation is Occupation.LOCATAIRE_HLM
    loyer = LOYERS[its_zone] * size * (0.85 if hlm else 1.15) * 2.718 ** chance.gauss(0, 0.2)
    return Logement(occupation, euros(round(loyer)), its_zone, conventionne=hlm or chance.random() < 0.2)


def claim(menage: Menage, at: datetime | None = None) -> None:
    """What is asked for when the file opens, or when something has changed; whether it is due is for the law to say."""
    chance, adults = menage.chance, menage.adults
    incomes = sum(adult.monthly for adult in adults)
    parts = 1 + 0.5 * (len(adults) - 1) + 0.3 * len(menage.enfants)
    working = any(adult.monthly and adult.activite in (Activite.SALARIE, Activite.INDEPENDANT) for adult in adults)
    rents = menage.logement.loyer and menage.logement.occupation is not Occupation.ACCEDANT
    claimed = []
    if rents and incomes / parts < 1500:
        claimed.append(Prestation.AIDE_LOGEMENT)
    if working and incomes / parts < 1700 and chance.random() < 0.75:
        claimed.append(Prestation.PPA)
    student = adults[0].activite is Activite.ETUDIANT
    adult_or_parent = menage.enfants or menage.ouvert_le - adults[0].naissance > 25 * YEAR
    if not student and adult_or_parent and incomes / parts < 560 and chance.random() < 0.8:
        claimed.append(Prestation.RSA)
    if menage.enfants and len(adults) == 1 and chance.random() < 0.6:
        claimed.append(Prestation.ASF)
    menage.claims(claimed, at)


def _garde(menage: Menage) -> None:
    """Half of the parents who all work pay somebody for a child under three."""
    ages = [born_on for _, born_on in menage.enfants if menage.ouvert_le - born_on < 2.5 * YEAR]
    if ages and all(adult.activite is Activite.SALARIE for adult in menage.adults) and menage.chance.random() < 0.5:
        pay_for_garde(menage, max(ages), menage.ouvert_le.replace(day=1))


def pay_for_garde(menage: Menage, born_on: date, since: date, at: datetime | None = None) -> None:
    """A childminder until three years old."""
    hours = menage.chance.choice((80, 120, 140, 160))
    menage.pays_garde(
        Garde(ModeDeGarde.ASSISTANT_MATERNEL, euros(hours * 5), Decimal(hours)), since, next_month(born_on + 3 * YEAR), at
    )
    menage.claims([Prestation.PAJE_CMG], at)


def _among(chance: Random, parts: Mapping[T, float]) -> T:
    return chance.choices(list(parts), list(parts.values()))[0]

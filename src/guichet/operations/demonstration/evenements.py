"""What happens to households, and when the caisse learns it: mostly in time, sometimes months late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.faits import Genre, Presence, Source
from guichet.domain.foyer import Activite, Nature, Role
from guichet.operations.demonstration import identites
from guichet.operations.demonstration.menages import Adult, Menage, next_month
from guichet.operations.demonstration.noms import COMMUNES, SURNAMES
from guichet.operations.demonstration.population import RENTED, YEAR, claim, pay_for_garde, rental

DELAYS = ((0.72, 2, 20), (0.22, 21, 75))
"""How late something is declared: share of the declarations, days at least, days at most. The others are forgotten until
the caisse finds out, in October, from what the impôts tell."""
TEMPORARY_WORKERS = 0.08
"""Share of the workers whose pay is another one every month."""
REVISED, REFINED = 0.04, 0.15
"""Share of those whose incomes are followed by the month and whose year turns out to have been another one; of the others,
those of whom the impôts tell more exactly what was known."""
DAY = timedelta(days=1)


def tell(menage: Menage, end: datetime) -> None:
    """The events of the file, from its opening to the instant `end`, each on the household that the others have left."""
    chance, start = menage.chance, menage.ouvert_le
    years = (end.date() - start) / YEAR
    happening = [
        (start + chance.uniform(0, years) * YEAR, rank)
        for rank, yearly in enumerate(EVENTS.values())
        if chance.random() < yearly * years
    ]
    events = list(EVENTS)
    for day, rank in sorted(happening):
        events[rank](menage, day)
    _pays(menage, end.date())
    _impots(menage, end.date())


def instant(menage: Menage, day: date) -> datetime:
    """Some time of `day` when people write to the caisse, never before the opening of the file."""
    chance = menage.chance
    moment = datetime(day.year, day.month, day.day, chance.randint(7, 22), chance.randint(0, 59), tzinfo=clock.PARIS)
    return max(moment, menage.opened_at)


def _learnt(menage: Menage, day: date) -> datetime:
    """When something that happened on `day` is declared."""
    draw = menage.chance.random()
    for share, soonest, latest in DELAYS:
        if draw < share:
            return instant(menage, day + menage.chance.randint(soonest, latest) * DAY)
        draw -= share
    return _in_october(menage, day.year + (day.month > 8))


def _in_october(menage: Menage, year: int) -> datetime:
    return instant(menage, date(year, 10, menage.chance.randint(5, 20)))


# The events


def _moves(menage: Menage, day: date) -> None:
    if menage.logement.occupation not in RENTED:
        return
    insee = menage.chance.choice(COMMUNES[menage.chance.choice((1, 2, 2, 3))])
    at = _learnt(menage, day)
    menage.lives_in(rental(menage, menage.chance.choice(RENTED[:2]), insee), insee, day, at)
    claim(menage, at)


def _separates(menage: Menage, day: date) -> None:
    if len(menage.adults) < 2:
        return
    at = _learnt(menage, day)
    menage.leaves(menage.adults[1], day, "separation", at)
    if menage.enfants and menage.chance.random() < 0.25:
        for sujet, _ in menage.enfants:
            menage.says(Genre.PRESENCE, sujet, Presence(Role.ENFANT, garde_alternee=True), day, at=at)
    claim(menage, at)


def _finds_partner(menage: Menage, day: date) -> None:
    if len(menage.adults) > 1 or menage.adults[0].activite in (Activite.ETUDIANT, Activite.RETRAITE):
        return
    chance, alone, at = menage.chance, menage.adults[0], _learnt(menage, day)
    sexe = "M" if alone.sexe == "F" else "F"
    who = identites.individu(chance, chance.choice(SURNAMES), sexe, alone.naissance + chance.gauss(0, 3) * YEAR)
    conjoint = menage.add_adult(who, Role.CONJOINT, day, at)
    menage.does(conjoint, Activite.SALARIE, at=at)
    menage.receives(conjoint, Nature.SALAIRE, chance.randint(1100, 2100), at=at)


def _has_child(menage: Menage, day: date) -> None:
    mother = next((adult for adult in menage.adults if adult.sexe == "F" and 19 < (day - adult.naissance) / YEAR < 43), None)
    ages = [(day - born_on) / YEAR for _, born_on in menage.enfants]
    if mother is None or (ages and min(ages) < 1.2) or (len(menage.adults) < 2 and menage.chance.random() < 0.7):
        return
    chance = menage.chance
    declared = instant(menage, day - chance.randint(160, 190) * DAY)
    menage.expects(mother, day + chance.randint(-12, 10) * DAY, day, declared)
    nom = menage.story.individus[-1].nom
    at = instant(menage, day + chance.randint(3, 40) * DAY)
    menage.add_enfant(identites.individu(chance, nom, chance.choice("FM"), day, nir=False), at)
    if all(adult.activite is Activite.SALARIE for adult in menage.adults):
        if chance.random() < 0.6:
            back_at_work = next_month(day + 80 * DAY)
            pay_for_garde(menage, day, back_at_work, instant(menage, back_at_work + 5 * DAY))
        elif chance.random() < 0.4:
            _takes_leave(menage, mother, next_month(day + 60 * DAY))


def _takes_leave(menage: Menage, mother: Adult, since: date) -> None:
    """A parental leave of six months: the PreParE. Work is taken up again at the same pay."""
    at, until, pay = instant(menage, since - 5 * DAY), next_month(since + 170 * DAY), mother.monthly
    menage.says(Genre.CESSATION, mother.sujet, {"cessation_activite": "totale"}, since, until, at)
    menage.says(Genre.ACTIVITE, mother.sujet, {"activite": Activite.CONGE_PARENTAL}, since, until, at)
    menage.receives(mother, Nature.SALAIRE, 0, since, until, at)
    menage.claims([Prestation.PAJE_PREPARE], at)
    mother.monthly = pay


def _loses_job(menage: Menage, day: date) -> None:
    employee = next((adult for adult in menage.adults if adult.activite is Activite.SALARIE and adult.monthly), None)
    if employee is None:
        return
    since, at, pay = next_month(day), _learnt(menage, day), employee.monthly
    menage.receives(employee, Nature.SALAIRE, 0, since, at=at)
    menage.receives(employee, Nature.CHOMAGE, round(pay * 0.68), since, at=at, source=Source.FRANCE_TRAVAIL)
    menage.does(employee, Activite.CHOMEUR, day, at)
    claim(menage, at)


def _finds_job(menage: Menage, day: date) -> None:
    out_of_work = (Activite.CHOMEUR, Activite.INACTIF)
    seeker = next((a for a in menage.adults if a.activite in out_of_work and (day - a.naissance) / YEAR < 58), None)
    if seeker is None:
        return
    since, at = day.replace(day=1), _learnt(menage, day)
    if seeker.activite is Activite.CHOMEUR and seeker.nature is Nature.CHOMAGE and seeker.monthly:
        menage.receives(seeker, Nature.CHOMAGE, 0, since, at=at, source=Source.FRANCE_TRAVAIL)
    menage.receives(seeker, Nature.SALAIRE, menage.chance.randint(600, 1750), since, at=at)
    menage.does(seeker, Activite.SALARIE, day, at)
    claim(menage, at)


def _earns_otherwise(menage: Menage, day: date) -> None:
    """More hours, or fewer."""
    employee = next((adult for adult in menage.adults if adult.activite is Activite.SALARIE and adult.monthly), None)
    if employee is not None:
        pay = round(employee.monthly * menage.chance.choice((0.6, 0.75, 0.85, 1.12, 1.2, 1.35)))
        at = _learnt(menage, day)
        menage.receives(employee, Nature.SALAIRE, pay, day.replace(day=1), at=at)
        claim(menage, at)


def _changes_account(menage: Menage, day: date) -> None:
    """One in five mistypes: the bank sends the payment back, and another account is given."""
    titulaire = menage.story.individus[0]
    closed = menage.chance.random() < 0.2
    at = instant(menage, day)
    menage.opens_account(titulaire, at, closed)
    if closed:
        menage.opens_account(titulaire, instant(menage, day + menage.chance.randint(36, 70) * DAY))


EVENTS: dict[Callable[[Menage, date], None], float] = {
    _moves: 0.14,
    _separates: 0.025,
    _finds_partner: 0.02,
    _has_child: 0.11,
    _loses_job: 0.06,
    _finds_job: 0.25,
    _earns_otherwise: 0.1,
    _changes_account: 0.06,
}
"""How often each happens to a household in a year, where it can."""


# What comes every month, every year


def _pays(menage: Menage, end: date) -> None:
    """A pay that is never the same, for some; a raise in January, for half of the others. Employers tell it next month."""
    chance = menage.chance
    for adult in menage.adults:
        if adult.activite is not Activite.SALARIE or not adult.monthly or adult.nature is not Nature.SALAIRE:
            continue
        from_day = max(menage.ouvert_le, end - 10 * 30 * DAY)
        if chance.random() < TEMPORARY_WORKERS:
            month, usual = next_month(from_day), adult.monthly
            while month < end:
                pay = round(usual * chance.uniform(0.4, 1.25))
                menage.receives(adult, Nature.SALAIRE, pay, month, at=instant(menage, next_month(month) + 9 * DAY))
                month = next_month(month)
        elif chance.random() < 0.5 and menage.ouvert_le < date(end.year, 1, 1):
            pay = round(adult.monthly * chance.uniform(1.005, 1.03))
            menage.receives(adult, Nature.SALAIRE, pay, date(end.year, 1, 1), at=instant(menage, date(end.year, 2, 9)))


def _impots(menage: Menage, end: date) -> None:
    """In October the impôts tell the year before: for a few, it is not what was known each month."""
    by_month = menage.claimed & {Prestation.AIDE_LOGEMENT, Prestation.RSA, Prestation.PPA, Prestation.AAH}
    for year in range(menage.ouvert_le.year, end.year + 1):
        for adult in menage.adults:
            share, factors = (REVISED, (1.05, 1.3)) if by_month else (REFINED, (0.98, 1.04))
            if adult.monthly and menage.chance.random() < share:
                at = _in_october(menage, year)
                since, until = date(year - 1, 1, 1), date(year, 1, 1)
                menage.receives(
                    adult,
                    adult.nature,
                    round(adult.monthly * menage.chance.uniform(*factors)),
                    since,
                    until,
                    at,
                    Source.IMPOTS,
                )

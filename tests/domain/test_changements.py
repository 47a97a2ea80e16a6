"""What has become other in a file: on the day when it did, while those whom it is about are there."""

from datetime import date

from guichet.domain.changements import come_about, learnt, revenus
from guichet.domain.faits import LE_FOYER, OPEN_END, RESSOURCES, Fait, Genre, Montant, Presence
from guichet.domain.foyer import Logement, Nature, Occupation, Role
from guichet.domain.vocabulaire import Euros, Mois

HER, HIM = 1, 2
SINCE, LEFT, END = date(2022, 1, 1), date(2026, 1, 14), date(2026, 3, 1)
SALAIRE = RESSOURCES[Nature.SALAIRE]
HERE = Fait(Genre.PRESENCE, HER, Presence(Role.DEMANDEUR), SINCE)
WITH_HIM = Fait(Genre.PRESENCE, HIM, Presence(Role.CONJOINT), SINCE)
UNTIL_THEN = Fait(Genre.PRESENCE, HIM, Presence(Role.CONJOINT, motif="separation"), SINCE, LEFT)


def wage(sujet, mensuel, du=SINCE, avant=OPEN_END):
    return Fait(SALAIRE, sujet, Montant(Euros(mensuel)), du, avant)


def told(changements):
    return [(c.genre, c.sujet, c.jour) for c in changements]


def test_a_departure_is_dated_by_its_day_not_by_the_arrival():
    then = [HERE, WITH_HIM, wage(HIM, 1900)]
    now = [HERE, UNTIL_THEN, wage(HIM, 1900, avant=date(2026, 1, 1)), wage(HIM, 2100, date(2026, 2, 1))]
    assert told(learnt(then, now, END)) == [(Genre.PRESENCE, HIM, LEFT), (SALAIRE, HIM, date(2026, 1, 1))]
    assert told(learnt([HERE, WITH_HIM], [HERE, UNTIL_THEN, wage(HIM, 2100, date(2026, 2, 1))], END)) == [
        (Genre.PRESENCE, HIM, LEFT)
    ]
    assert told(come_about([HERE, UNTIL_THEN, wage(HIM, 1900)], date(2026, 1, 1), END)) == [(Genre.PRESENCE, HIM, LEFT)]


def test_who_comes_does_not_make_news_of_all_their_past():
    him = Fait(Genre.PRESENCE, HIM, Presence(Role.CONJOINT), date(2026, 1, 10))
    assert told(learnt([HERE], [HERE, him, wage(HIM, 1500)], END)) == [(Genre.PRESENCE, HIM, date(2026, 1, 10))]


def test_what_remains_of_a_fact_that_was_cut_is_no_news():
    def logement(loyer, du, avant=OPEN_END):
        return Fait(Genre.LOGEMENT, LE_FOYER, Logement(Occupation.LOCATAIRE_VIDE, Euros(loyer)), du, avant)

    cut = [logement(500, SINCE, date(2026, 1, 1)), logement(400, date(2026, 1, 1), END), logement(500, END)]
    assert told(learnt([logement(500, SINCE)], cut, END)) == [(Genre.LOGEMENT, LE_FOYER, date(2026, 1, 1))]
    assert told(learnt(cut, cut, END)) == []
    assert told(come_about(cut, date(2026, 1, 1), END)) == [(Genre.LOGEMENT, LE_FOYER, END)]
    # Later than the last month that is decided.
    assert told(learnt([HERE], [HERE, logement(500, END)], END)) == []


def test_an_income_of_nothing_is_none():
    assert told(learnt([HERE], [HERE, wage(HER, 0)], END)) == []
    (ended,) = come_about([HERE, wage(HER, 900, avant=date(2026, 2, 1)), wage(HER, 0, date(2026, 2, 1))], SINCE, END)
    assert (ended.jour, ended.apres) == (date(2026, 2, 1), None)


def test_the_incomes_of_those_who_are_there():
    now = [HERE, UNTIL_THEN, wage(HIM, 1900), wage(HER, 900, avant=date(2026, 1, 1)), wage(HER, 1000, date(2026, 1, 1))]
    assert revenus(now, Mois(2025, 11), Mois(2026, 1), date(2026, 2, 28)) == {(SALAIRE, HER): Euros(2800)}

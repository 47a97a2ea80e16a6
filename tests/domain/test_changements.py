"""What has become other in a file: on the day when it did, while those whom it is about are there."""

from datetime import date

from guichet.domain.changements import come_about, learnt, revenus
from guichet.domain.faits import LE_FOYER, OPEN_END, RESSOURCES, Fait, Genre, Montant, Presence
from guichet.domain.foyer import Logement, Nature, Occupation, Role
from guichet.domain.vocabulaire import Euros, Mois

ELLE, LUI = 1, 2
DEPUIS, PARTI, FIN = date(2022, 1, 1), date(2026, 1, 14), date(2026, 3, 1)
SALAIRE = RESSOURCES[Nature.SALAIRE]
ICI = Fait(Genre.PRESENCE, ELLE, Presence(Role.DEMANDEUR), DEPUIS)
AVEC_LUI = Fait(Genre.PRESENCE, LUI, Presence(Role.CONJOINT), DEPUIS)
JUSQUE_LA = Fait(Genre.PRESENCE, LUI, Presence(Role.CONJOINT, motif="separation"), DEPUIS, PARTI)


def paie(sujet, mensuel, du=DEPUIS, avant=OPEN_END):
    return Fait(SALAIRE, sujet, Montant(Euros(mensuel)), du, avant)


def dits(changements):
    return [(c.genre, c.sujet, c.jour) for c in changements]


def test_a_departure_is_dated_by_its_day_not_by_the_arrival():
    sus = [ICI, AVEC_LUI, paie(LUI, 1900)]
    lus = [ICI, JUSQUE_LA, paie(LUI, 1900, avant=date(2026, 1, 1)), paie(LUI, 2100, date(2026, 2, 1))]
    assert dits(learnt(sus, lus, FIN)) == [(Genre.PRESENCE, LUI, PARTI), (SALAIRE, LUI, date(2026, 1, 1))]
    assert dits(learnt([ICI, AVEC_LUI], [ICI, JUSQUE_LA, paie(LUI, 2100, date(2026, 2, 1))], FIN)) == [
        (Genre.PRESENCE, LUI, PARTI)
    ]
    assert dits(come_about([ICI, JUSQUE_LA, paie(LUI, 1900)], date(2026, 1, 1), FIN)) == [(Genre.PRESENCE, LUI, PARTI)]


def test_who_comes_does_not_make_news_of_all_their_past():
    lui = Fait(Genre.PRESENCE, LUI, Presence(Role.CONJOINT), date(2026, 1, 10))
    assert dits(learnt([ICI], [ICI, lui, paie(LUI, 1500)], FIN)) == [(Genre.PRESENCE, LUI, date(2026, 1, 10))]


def test_what_remains_of_a_fact_that_was_cut_is_no_news():
    def logement(loyer, du, avant=OPEN_END):
        return Fait(Genre.LOGEMENT, LE_FOYER, Logement(Occupation.LOCATAIRE_VIDE, Euros(loyer)), du, avant)

    coupe = [logement(500, DEPUIS, date(2026, 1, 1)), logement(400, date(2026, 1, 1), FIN), logement(500, FIN)]
    assert dits(learnt([logement(500, DEPUIS)], coupe, FIN)) == [(Genre.LOGEMENT, LE_FOYER, date(2026, 1, 1))]
    assert dits(learnt(coupe, coupe, FIN)) == []
    assert dits(come_about(coupe, date(2026, 1, 1), FIN)) == [(Genre.LOGEMENT, LE_FOYER, FIN)]
    # Later than the last month that is decided.
    assert dits(learnt([ICI], [ICI, logement(500, FIN)], FIN)) == []


def test_an_income_of_nothing_is_none():
    assert dits(learnt([ICI], [ICI, paie(ELLE, 0)], FIN)) == []
    (fini,) = come_about([ICI, paie(ELLE, 900, avant=date(2026, 2, 1)), paie(ELLE, 0, date(2026, 2, 1))], DEPUIS, FIN)
    assert (fini.jour, fini.apres) == (date(2026, 2, 1), None)


def test_the_incomes_of_those_who_are_there():
    lus = [ICI, JUSQUE_LA, paie(LUI, 1900), paie(ELLE, 900, avant=date(2026, 1, 1)), paie(ELLE, 1000, date(2026, 1, 1))]
    assert revenus(lus, Mois(2025, 11), Mois(2026, 1), date(2026, 2, 28)) == {(SALAIRE, ELLE): Euros(2800)}

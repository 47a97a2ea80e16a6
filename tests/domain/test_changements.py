"""What has become other in a file: on the day when it did, while those whom it is about are there."""

from datetime import date

from guichet.domain.changements import appris, revenus, survenus
from guichet.domain.faits import AU_PLUS_TARD, LE_FOYER, RESSOURCES, Fait, Genre, Montant, Presence
from guichet.domain.foyer import Logement, Nature, Occupation, Role
from guichet.domain.vocabulaire import Euros, Mois

ELLE, LUI = 1, 2
DEPUIS, PARTI, FIN = date(2022, 1, 1), date(2026, 1, 14), date(2026, 3, 1)
SALAIRE = RESSOURCES[Nature.SALAIRE]
ICI = Fait(Genre.PRESENCE, ELLE, Presence(Role.DEMANDEUR), DEPUIS)
AVEC_LUI = Fait(Genre.PRESENCE, LUI, Presence(Role.CONJOINT), DEPUIS)
JUSQUE_LA = Fait(Genre.PRESENCE, LUI, Presence(Role.CONJOINT, motif="separation"), DEPUIS, PARTI)


def paie(sujet, mensuel, du=DEPUIS, avant=AU_PLUS_TARD):
    return Fait(SALAIRE, sujet, Montant(Euros(mensuel)), du, avant)


def dits(changements):
    return [(c.genre, c.sujet, c.jour) for c in changements]


def test_a_departure_is_dated_by_its_day_not_by_the_arrival():
    sus = [ICI, AVEC_LUI, paie(LUI, 1900)]
    lus = [ICI, JUSQUE_LA, paie(LUI, 1900, avant=date(2026, 1, 1)), paie(LUI, 2100, date(2026, 2, 1))]
    assert dits(appris(sus, lus, FIN)) == [(Genre.PRESENCE, LUI, PARTI), (SALAIRE, LUI, date(2026, 1, 1))]
    assert dits(appris([ICI, AVEC_LUI], [ICI, JUSQUE_LA, paie(LUI, 2100, date(2026, 2, 1))], FIN)) == [
        (Genre.PRESENCE, LUI, PARTI)
    ]
    assert dits(survenus([ICI, JUSQUE_LA, paie(LUI, 1900)], date(2026, 1, 1), FIN)) == [(Genre.PRESENCE, LUI, PARTI)]


def test_who_comes_does_not_make_news_of_all_their_past():
    lui = Fait(Genre.PRESENCE, LUI, Presence(Role.CONJOINT), date(2026, 1, 10))
    assert dits(appris([ICI], [ICI, lui, paie(LUI, 1500)], FIN)) == [(Genre.PRESENCE, LUI, date(2026, 1, 10))]


def test_what_remains_of_a_fact_that_was_cut_is_no_news():
    def logement(loyer, du, avant=AU_PLUS_TARD):
        return Fait(Genre.LOGEMENT, LE_FOYER, Logement(Occupation.LOCATAIRE_VIDE, Euros(loyer)), du, avant)

    coupe = [logement(500, DEPUIS, date(2026, 1, 1)), logement(400, date(2026, 1, 1), FIN), logement(500, FIN)]
    assert dits(appris([logement(500, DEPUIS)], coupe, FIN)) == [(Genre.LOGEMENT, LE_FOYER, date(2026, 1, 1))]
    assert dits(appris(coupe, coupe, FIN)) == []
    assert dits(survenus(coupe, date(2026, 1, 1), FIN)) == [(Genre.LOGEMENT, LE_FOYER, FIN)]
    # Later than the last month that is decided.
    assert dits(appris([ICI], [ICI, logement(500, FIN)], FIN)) == []


def test_an_income_of_nothing_is_none():
    assert dits(appris([ICI], [ICI, paie(ELLE, 0)], FIN)) == []
    (fini,) = survenus([ICI, paie(ELLE, 900, avant=date(2026, 2, 1)), paie(ELLE, 0, date(2026, 2, 1))], DEPUIS, FIN)
    assert (fini.jour, fini.apres) == (date(2026, 2, 1), None)


def test_the_incomes_of_those_who_are_there():
    lus = [ICI, JUSQUE_LA, paie(LUI, 1900), paie(ELLE, 900, avant=date(2026, 1, 1)), paie(ELLE, 1000, date(2026, 1, 1))]
    assert revenus(lus, Mois(2025, 11), Mois(2026, 1), date(2026, 2, 28)) == {(SALAIRE, ELLE): Euros(2800)}

"""The RSA and the prime d'activité are settled for a quarter (CASF, art. R262-4 and R262-4-1; CSS, art. R843-1), as are the
incomes of the housing aid (CCH, art. R823-6)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dossiers import SINCE, caisse, dossier, instant, personne, ressource
from guichet.domain.droits import Prestation
from guichet.domain.effets import start_of_trimestre
from guichet.domain.faits import DEMANDES, LE_FOYER, Demande, Fait, Genre, Grossesse, Presence
from guichet.domain.foyer import Activite, Logement, Nature, Occupation, Role
from guichet.domain.vocabulaire import Euros, Mois
from guichet.operations.droits import droits_of_dossier, montants
from guichet.operations.liquider import liquider
from guichet.operations.looks import looks
from guichet.records import dossiers, faits
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Liquidation

pytestmark = pytest.mark.django_db
JANVIER = Mois(2024, 1)
ALONE, AFTER_APRIL = Decimal("607.75"), Decimal("635.70")
"""Décret 2023-340, then 2024-396 from 1 April 2024."""
FORFAIT, FORFAIT_AFTER_APRIL = Decimal("72.93"), Decimal("76.28")
"""12 % of them, for who is housed free (CASF, art. R262-9)."""

EXPECTING = Decimal("707.49")
"""Worked: 607.75 x 128.412 % - 72.93 (CASF, art. R262-1, R262-9)."""
LONE_PARENT = Decimal("894.71")
"""With one child, worked: 607.75 x (128.412 % + 42.804 %) - 145.86."""


@pytest.fixture
def file():
    """Somebody of 33, housed free, without a partner nor a pay; the RSA was asked for in January 2024."""
    new = Dossier.objects.create(caisse=caisse(), matricule="0000354", ouvert_le=SINCE)
    claire = personne(new, "Essai", "Claire", date(1990, 5, 12))
    asked = [Fait(DEMANDES[p], LE_FOYER, Demande(), date(2024, 1, 9)) for p in (Prestation.RSA, Prestation.PPA)]
    home = Fait(Genre.LOGEMENT, LE_FOYER, Logement(Occupation.LOGE_GRATUITEMENT, Euros(0)), SINCE)
    here = Fait(Genre.PRESENCE, claire.pk, Presence(Role.DEMANDEUR), SINCE)
    learn(new, here, home, Fait(Genre.ACTIVITE, claire.pk, {"activite": Activite.CHOMEUR}, SINCE), *asked)
    return new


def learn(file, *known):
    faits.note(file.pk, known, instant(2024, 1, 2))


def rsa(file, *months, benefit=Prestation.RSA):
    """What is due of each month of 2024."""
    found = []
    for number in months:
        month = Mois(2024, number)
        rights = droits_of_dossier(file.pk, month, instant(2025, 1, 1), {})
        (amount,) = (right.montant for right in rights if right.prestation is benefit)
        known = [known.fait for known in faits.of_dossier(file.pk, instant(2025, 1, 1))]
        (due,) = montants([looks(known, dossiers.identites_of(file.pk), month, {})], month)
        assert due[benefit] == amount, "in bulk as one by one"
        found.append(amount)
    return found


@pytest.mark.parametrize(("month", "first"), [(0, 0), (1, 0), (2, 0), (3, 3), (14, 12), (-1, -3)])
def test_quarters_run_from_the_claim(month, first):
    assert start_of_trimestre(JANVIER, JANVIER + month) == JANVIER + first


def test_a_published_amount(file):
    assert rsa(file, 1, 2, 3) == [ALONE - FORFAIT] * 3


def test_a_pay_that_begins_counts_from_the_next_quarter(file):
    learn(file, ressource(file.personne_set.get(), 1000, date(2024, 1, 1)))
    january, february, march, april = rsa(file, 1, 2, 3, 4)
    assert january == february == march == ALONE - FORFAIT
    assert april < march


def test_a_new_rate_counts_at_once(file):
    file_asked_in_march = Fait(DEMANDES[Prestation.RSA], LE_FOYER, Demande(), date(2024, 3, 9))
    faits.learn(file.pk, [file_asked_in_march], instant(2024, 3, 9))
    learn(file, ressource(file.personne_set.get(), 1000, date(2024, 3, 1)))
    assert rsa(file, 3, 4, 5) == [ALONE - FORFAIT, *[AFTER_APRIL - FORFAIT_AFTER_APRIL] * 2]


def test_a_pay_that_stops_counts_at_once_and_in_the_quarters_that_follow(file):
    learn(file, ressource(file.personne_set.get(), 1000, date(2023, 6, 1), avant=date(2024, 2, 1)))
    january, february, march, april = rsa(file, 1, 2, 3, 4)
    assert january < ALONE - FORFAIT
    assert february == march == ALONE - FORFAIT
    assert april == AFTER_APRIL - FORFAIT_AFTER_APRIL, "January's pay is one of the months that this quarter looks at"


def test_a_pay_that_stopped_is_still_left_out_when_its_months_come_last(file):
    """CASF, art. R262-13: what has stopped for certain does not count, whatever the quarter."""
    learn(file, ressource(file.personne_set.get(), 1000, date(2023, 6, 1), avant=date(2023, 12, 1)))
    assert rsa(file, 1, 2, 3) == [ALONE - FORFAIT] * 3


def test_a_pay_that_a_pension_follows_counts(file):
    claire = file.personne_set.get()
    pension = ressource(claire, 10, date(2023, 12, 1), nature=Nature.RETRAITE)
    learn(file, ressource(claire, 1000, date(2023, 6, 1), avant=date(2023, 12, 1)), pension)
    january, february, march = rsa(file, 1, 2, 3)
    assert january == february == march < ALONE - FORFAIT - 10


def test_nothing_moves_within_a_quarter_when_nothing_happens():
    """The hourly minimum wage of November 2024 is in the months that October to December would look at one by one."""
    steady = dossier()
    october, november, december, january = rsa(steady, 10, 11, 12, benefit=Prestation.PPA) + prime_of_2025(steady, 1)
    assert october == november == december != january


def prime_of_2025(file, number):
    rights = droits_of_dossier(file.pk, Mois(2025, number), instant(2025, 1, 1), {})
    return [right.montant for right in rights if right.prestation is Prestation.PPA]


def test_a_pay_that_another_follows_does_not(file):
    claire = file.personne_set.get()
    learn(file, ressource(claire, 1000, date(2023, 6, 1), avant=date(2024, 2, 1)), ressource(claire, 500, date(2024, 2, 1)))
    january, february, march = rsa(file, 1, 2, 3)
    assert january == february == march


def test_a_replacement_income_that_follows_is_seen_in_the_next_quarter(file):
    claire = file.personne_set.get()
    benefit = ressource(claire, 900, date(2024, 2, 1), nature=Nature.CHOMAGE)
    learn(file, ressource(claire, 1000, date(2023, 6, 1), avant=date(2024, 2, 1)), benefit)
    january, february, march = rsa(file, 1, 2, 3)
    assert january == february == march


def test_a_couple_is_formed_for_the_next_quarter(file):
    paul = personne(file, "Essai", "Paul", date(1991, 2, 3))
    learn(file, Fait(Genre.PRESENCE, paul.pk, Presence(Role.CONJOINT), date(2024, 2, 10)))
    assert rsa(file, 1, 2, 3) == [ALONE - FORFAIT] * 3
    assert rsa(file, 4)[0] > AFTER_APRIL


@pytest.fixture
def paul(file):
    """The partner of who asked, who leaves on 10 February 2024."""
    paul = personne(file, "Essai", "Paul", date(1991, 2, 3))
    left = Presence(Role.CONJOINT, motif="separation")
    learn(file, Fait(Genre.PRESENCE, paul.pk, left, SINCE, date(2024, 2, 10)))
    return paul


def test_a_separation_that_raises_counts_at_once(file, paul):
    salaried = Fait(Genre.ACTIVITE, paul.pk, {"activite": Activite.SALARIE}, SINCE)
    learn(file, salaried, ressource(paul, 1500, date(2023, 6, 1)))
    january, february, march = rsa(file, 1, 2, 3)
    assert january < february == march == ALONE - FORFAIT


def test_a_separation_that_lowers_counts_at_once_too(file, paul):
    """« Le montant de l'allocation est révisé »: no text keeps the amount of a couple to who is alone."""
    january, february, march = rsa(file, 1, 2, 3)
    assert january > february == march == ALONE - FORFAIT


def test_the_incomes_of_a_revised_quarter_are_those_that_it_began_with(file, paul):
    """The pay that began in January is in the months that February would look at."""
    learn(file, ressource(file.personne_set.get(prenoms="Claire"), 400, date(2024, 1, 1)))
    assert rsa(file, 2, 3) == [ALONE - FORFAIT] * 2


def primes_of_a_separation(file, first, **pays):
    """The prime of the three months of a quarter, in the second of which the couple ends; `pays`: what each one earns."""
    claire, paul = file.personne_set.get(), personne(file, "Essai", "Paul", date(1991, 2, 3))
    for one, pay in zip((claire, paul), pays.values(), strict=True):
        worker = Fait(Genre.ACTIVITE, one.pk, {"activite": Activite.SALARIE}, SINCE)
        faits.learn(file.pk, [worker, ressource(one, pay, date(2022, 6, 1))], instant(2024, 1, 3))
    left, day = Presence(Role.CONJOINT, motif="separation"), date(first.annee, first.numero + 1, 10)
    asked = Fait(DEMANDES[Prestation.PPA], LE_FOYER, Demande(), first.first_day)
    faits.learn(file.pk, [asked, Fait(Genre.PRESENCE, paul.pk, left, SINCE, day)], instant(2024, 1, 3))
    return [due_of(file, month) for month in first.until(first + 2)]


def due_of(file, month):
    found = montants([looks(*known(file), month, {})], month)[0]
    return found[Prestation.PPA]


def test_before_march_2025_a_couple_that_ends_is_no_ground_for_the_prime(file):
    """CSS, art. R843-2 of 2017: « lorsque les conditions mentionnées à l'article L. 842-7 sont remplies »."""
    first, second, third = primes_of_a_separation(file, Mois(2024, 4), hers=1000, his=1300)
    assert first == second == third > 0


def test_since_march_2025_it_is(file):
    """CSS, art. R843-2 of 2025. Alone, on her pays of December to February, looked at in April: 633.21 + 59.85 % x 1 000
    + bonus - 1 000 - 12 % x 633.21, where the bonus is 29.101 % x 633.21 x (1 000 - 59 x 11.88) / (61 x 11.88)."""
    first, second, third = primes_of_a_separation(file, Mois(2025, 4), hers=1000, his=1300)
    alone = Decimal("633.21") + Decimal("598.50") + Decimal("76.05") - 1000 - Decimal("75.99")
    assert second == third == alone - Decimal("1.15")  # the CRDS of 231.77
    assert first != second


def test_a_pay_that_stops_is_no_ground_for_the_prime(file):
    """CSS, art. L843-4: « il n'est pas tenu compte de l'évolution des ressources du foyer »."""
    worker = Fait(Genre.ACTIVITE, file.personne_set.get().pk, {"activite": Activite.SALARIE}, SINCE)
    faits.learn(file.pk, [worker], instant(2024, 1, 3))
    learn(file, ressource(file.personne_set.get(), 1000, date(2023, 6, 1), avant=date(2024, 2, 1)))
    january, february, march, april = rsa(file, 1, 2, 3, 4, benefit=Prestation.PPA)
    assert january == february == march != april


def test_a_child_who_comes_to_a_lone_parent_counts_from_that_month(file):
    """« À compter du premier jour du mois civil au cours duquel s'est produit l'évènement », whatever its day."""
    zoe = personne(file, "Essai", "Zoé", date(2020, 3, 3))
    learn(file, Fait(Genre.PRESENCE, zoe.pk, Presence(Role.ENFANT), date(2024, 2, 20)))
    january, february, march = rsa(file, 1, 2, 3)
    assert january == ALONE - FORFAIT
    assert february == march > january


def test_a_lone_parent_is_raised_at_once(file):
    """Expected from February on, born in March; a couple's child would wait (CASF, art. L262-9).

    Worked: what the caisse pays counts as it was received in January, February and March (R262-7): nothing yet in April,
    the family support allowance in July, 22.5 % of 466.44 (R262-10-1). The basic allowance is left out until the month in
    which the child is three months old (R262-11).
    """
    claire, zoe = file.personne_set.get(), personne(file, "Essai", "Zoé", date(2024, 3, 3))
    learn(
        file,
        Fait(Genre.GROSSESSE, claire.pk, Grossesse(date(2024, 3, 3)), date(2024, 2, 1), date(2024, 3, 3)),
        Fait(Genre.PRESENCE, zoe.pk, Presence(Role.ENFANT), date(2024, 3, 3)),
    )
    january, february, march, april, july = rsa(file, 1, 2, 3, 4, 7)
    assert january == ALONE - FORFAIT
    assert february == EXPECTING
    assert march == LONE_PARENT
    assert april == Decimal("935.87")
    assert july == Decimal("830.92")


def test_new_rates_see_no_more_of_a_birth(file):
    """Of a couple whose quarter runs from February to April, born in January, one of its three months (CASF, art. R262-4):
    1.6 times the base, less 16 % of 1.5 twice and 16.5 % of 1.8 for the home. April has new rates, the same months."""
    paul, zoe = personne(file, "Essai", "Paul", date(1991, 2, 3)), personne(file, "Essai", "Zoé", date(2024, 1, 10))
    known = [
        each.fait for each in faits.of_dossier(file.pk, instant(2025, 1, 1)) if each.fait.genre == DEMANDES[Prestation.RSA]
    ]
    faits.learn(file.pk, [replace(each, du=date(2024, 2, 1)) for each in known], instant(2024, 1, 20))
    learn(
        file,
        Fait(Genre.PRESENCE, paul.pk, Presence(Role.CONJOINT), SINCE),
        Fait(Genre.PRESENCE, zoe.pk, Presence(Role.ENFANT), date(2024, 1, 10)),
    )
    february, march, april = rsa(file, 2, 3, 4)
    assert february == march == Decimal("814.99")
    assert april == Decimal("852.49")


def test_payday_after_payday_it_is_the_same(file):
    """What the first month settled is read in the ledger, until something makes it be computed again."""
    claire = file.personne_set.get()
    learn(file, ressource(claire, 1000, date(2023, 6, 1), avant=date(2024, 2, 1)), ressource(claire, 700, date(2024, 4, 1)))
    for number in range(1, 7):
        liquider("751", Mois(2024, number), instant(2024, number, 28))
    assert settled(file) == rsa(file, *range(1, 7))
    paid = settled(file)
    faits.learn(file.pk, [ressource(claire, 100, date(2023, 6, 1), avant=date(2024, 1, 1))], instant(2024, 6, 29))
    liquider("751", Mois(2024, 7), instant(2024, 7, 28))
    assert settled(file)[:6] == rsa(file, *range(1, 7)) != paid


def settled(file):
    computed = Liquidation.objects.filter(dossier=file).order_by("mois", "pk")
    return list({one.mois: Decimal(one.droits.get("rsa", 0)) for one in computed}.values())


@pytest.fixture
def tenant():
    """The housing aid and the prime d'activité were asked for in January 2022: quarters begin in January. The pay has been
    higher since November 2023."""
    new = dossier(salaire=900)
    faits.learn(new.pk, [ressource(new.personne_set.get(), 1400, date(2023, 11, 1))], instant(2024, 1, 3))
    return new


def housing_aid(file, *months):
    return rsa(file, *months, benefit=Prestation.AIDE_LOGEMENT)


def test_the_housing_aid_looks_at_the_incomes_of_a_quarter(tenant):
    january, february, march, april = housing_aid(tenant, 1, 2, 3, 4)
    assert january == february == march
    assert april < march


def test_the_housing_aid_looks_at_the_family_of_the_month(tenant):
    child = personne(tenant, "Essai", "Zoé", date(2024, 1, 3))
    learn(tenant, Fait(Genre.PRESENCE, child.pk, Presence(Role.ENFANT), date(2024, 1, 3)))
    january, february, march = housing_aid(tenant, 1, 2, 3)
    assert january < february == march


def test_its_quarters_are_those_of_the_rsa(tenant):
    asked = Fait(DEMANDES[Prestation.RSA], LE_FOYER, Demande(), date(2022, 2, 1))
    learn(tenant, asked)
    january, february, march, april, may = housing_aid(tenant, 1, 2, 3, 4, 5)
    assert january > february == march == april > may


def test_what_nobody_lives_in_is_not_due(file):
    learn(file, ressource(file.personne_set.get(), 1000, date(2024, 1, 1)))
    gone = Fait(Genre.PRESENCE, file.personne_set.get().pk, Presence(Role.ENFANT), date(2024, 2, 1))
    faits.learn(file.pk, [gone], instant(2024, 2, 1))
    (due,) = montants([looks(*known(file), Mois(2024, 3), {})], Mois(2024, 3))
    assert due[Prestation.RSA] == 0


def known(file):
    return [one.fait for one in faits.of_dossier(file.pk, instant(2025, 1, 1))], dossiers.identites_of(file.pk)

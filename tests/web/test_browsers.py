"""A browser in which an account was opened before waits in a line of its own: who fills the line of the account keeps its
owner out of it nowhere else."""

import re
from datetime import timedelta

import pytest

from dossiers import THEIR_PASSWORD, compte, dossier, log_in, personne
from guichet import clock
from guichet.domain.identifiants import Nir
from guichet.records import acces
from guichet.web import browsers
from guichet.web.comptes import patience

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tries")]
NIR = "255081416802538"
NEW = "Des pommes & 12 poires"


@pytest.fixture
def account():
    return compte(dossier())


@pytest.fixture
def known(visitor, account):
    """A browser in which the account was opened, then closed."""
    return opened(visitor())


def opened(browser, *credentials):
    assert log_in(browser, *credentials).url == "/mon-compte"
    browser.post("/deconnexion")
    return browser


@pytest.fixture
def full(visitor, monkeypatch):
    """Somebody fills the line of an account, from as many addresses as wait at once."""

    def fill(*numbers):
        for number in numbers:
            for _ in range(patience.ACCOUNTS.burst + 1):
                log_in(visitor(), number, "faux")
        monkeypatch.setattr(patience, "_waiting", {f"192.0.2.{n}" for n in range(patience.MOST_WAITING)})

    return fill


def seal_of(browser):
    return browser.cookies[browsers.COOKIE].value


def test_who_fills_the_line_of_an_account_keeps_a_stranger_out_not_its_owner(visitor, known, full):
    full("0000354")
    assert log_in(visitor()).status_code == 429
    assert log_in(known).url == "/mon-compte"


def test_the_other_pages_of_the_door_have_the_same_line(known, full, account):
    code = acces.give_letter_code(account.personne_id)
    birth = {"naissance-jour": "12", "naissance-mois": "5", "naissance-annee": "1990"}
    full("0000354")
    assert known.post("/connexion/oubli", {"identifiant": "0000354"}).url == "/connexion/oubli?envoye"
    sent = {"identifiant": "0000354", "code": code} | birth
    assert known.post("/connexion/premier-acces", sent).url == "/connexion/mot-de-passe"


def test_the_same_account_has_the_same_browser_by_its_other_number(known, full, account):
    account.personne.nir = Nir(NIR)
    account.personne.save()
    full("0000354", NIR)
    assert log_in(known, NIR).url == "/mon-compte"


def test_a_browser_of_another_account_gives_nothing(known, full):
    compte(dossier("0000007"), password=NEW)
    full("0000007")
    assert log_in(known, "0000007", NEW).status_code == 429


def test_a_browser_knows_the_accounts_of_a_household(visitor, account, full):
    """And each only as long as its own password is the same."""
    partner = personne(account.dossier, "Essai", "Paul", "1988-03-02", nir=Nir(NIR))
    theirs = compte(account.dossier, partner, password=NEW, titulaire=False)
    browser = opened(opened(visitor()), NIR, NEW)
    theirs.set_password(THEIR_PASSWORD)
    theirs.save()
    full("0000354", NIR)
    assert log_in(browser, NIR).status_code == 429
    assert log_in(browser).url == "/mon-compte"


def test_a_browser_forgets_the_oldest_of_many_accounts(visitor):
    browser = visitor()
    for number in range(1, browsers.ACCOUNTS + 3):
        compte(dossier(f"{number:07}"))
        opened(browser, f"{number:07}")
    assert len(seal_of(browser).split(browsers.BETWEEN)) == browsers.ACCOUNTS
    opened(browser, f"{number:07}")
    assert len(seal_of(browser).split(browsers.BETWEEN)) == browsers.ACCOUNTS


@pytest.mark.parametrize(
    "change", [str.swapcase, lambda seal: seal[:-1], lambda seal: "~".join("abcd"), lambda seal: "é:1:" * 900]
)
def test_a_forged_seal_gives_nothing(known, full, change):
    known.cookies[browsers.COOKIE] = change(seal_of(known))
    full("0000354")
    assert log_in(known).status_code == 429


@pytest.mark.parametrize("junk", ["a" * 90_000, "a:b:c~:::~é", "x" * 16 + ":1811376024:" + "y" * 43 + "\r\nSet-Cookie: a=b"])
def test_what_is_no_seal_is_not_sent_back(visitor, account, junk):
    browser = visitor()
    browser.cookies[browsers.COOKIE] = junk
    log_in(browser)
    assert browsers.SEAL.fullmatch(seal_of(browser))


def test_a_seal_whose_end_was_put_off_gives_nothing(known, full):
    nonce, end, mark = seal_of(known).split(":")
    known.cookies[browsers.COOKIE] = f"{nonce}:{int(end) + 1}:{mark}"
    full("0000354")
    assert log_in(known).status_code == 429


def test_a_seal_ends(known, full, set_clock):
    full("0000354")
    set_clock(*(clock.today() + browsers.KEPT_FOR + timedelta(days=1)).timetuple()[:3])
    assert log_in(known).status_code == 429


def test_a_new_password_makes_every_other_browser_a_stranger(visitor, known, full):
    here = visitor()
    log_in(here)
    here.budget = 12
    here.post("/mon-compte/securite/mot-de-passe", {"ancien": THEIR_PASSWORD, "mot_de_passe": NEW, "encore": NEW})
    here.post("/deconnexion")
    full("0000354")
    assert log_in(known, password=NEW).status_code == 429
    assert log_in(here, password=NEW).url == "/mon-compte"


def test_a_password_chosen_again_too_and_a_closed_account(known, full, account):
    acces.give_letter_code(account.personne_id)
    acces.choose_password(acces.Code.objects.get().empreinte, NEW)
    full("0000354")
    assert log_in(known, password=NEW).status_code == 429
    acces.close(account)
    assert log_in(known, password=NEW).status_code == 429


def test_a_browser_where_a_password_was_chosen_is_known(visitor, full, account):
    browser = visitor()
    birth = {"naissance-jour": "12", "naissance-mois": "5", "naissance-annee": "1990"}
    sent = {"identifiant": "0000354", "code": acces.give_letter_code(account.personne_id)} | birth
    browser.post("/connexion/premier-acces", sent)
    browser.budget = 12
    browser.post("/connexion/mot-de-passe", {"mot_de_passe": NEW, "encore": NEW})
    browser.post("/deconnexion")
    full("0000354")
    assert log_in(browser, password=NEW).url == "/mon-compte"


def test_the_line_of_a_browser_is_no_longer_than_another(known, tries, monkeypatch):
    for _ in range(patience.ACCOUNTS.burst + 1):
        assert log_in(known, password="faux").status_code == 200
    assert not tries
    log_in(known, password="faux")
    assert 0 < tries[0] <= patience.LONGEST_WAIT
    monkeypatch.setattr(patience, "_waiting", {"127.0.0.1"})
    assert log_in(known).status_code == 429


def test_a_login_of_the_owner_gives_who_guesses_no_more_tries(visitor, known, tries):
    for _ in range(patience.ACCOUNTS.burst + 1):
        log_in(visitor(), password="faux")
    assert log_in(known).url == "/mon-compte"
    assert not tries
    log_in(visitor(), password="faux")
    assert tries


def test_the_cookie_tells_nobody_and_is_for_this_site_alone(visitor, account, settings):
    settings.SESSION_COOKIE_SECURE = True
    account.personne.nir = Nir(NIR)
    account.personne.save()
    cookie = log_in(visitor(), NIR).cookies[browsers.COOKIE]
    assert re.fullmatch(r"[\w-]{16}:[0-9]{10}:[\w-]{43}", cookie.value)
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
    assert cookie["max-age"] == browsers.KEPT_FOR.total_seconds()
    assert "navigateur" in visitor().get("/confidentialite").content.decode()


def test_who_has_no_right_password_gets_no_cookie(visitor, account):
    assert browsers.COOKIE not in log_in(visitor(), password="faux").cookies


def test_the_page_after_the_way_out_tells_the_cookie_that_is_left(known, visitor):
    assert "Un cookie reste dans ce navigateur" in known.get("/deconnexion").content.decode()
    assert "Aucun cookie de ce site ne reste" in visitor().get("/deconnexion").content.decode()


@pytest.mark.parametrize("number", ["0000354", "9999999"])
def test_a_seal_does_not_tell_whether_an_account_exists(known, number, django_assert_num_queries):
    """As many queries for a number that names nobody."""
    known.cookies[browsers.COOKIE] = seal_of(known).swapcase()
    known.get("/connexion")
    with django_assert_num_queries(3):
        assert log_in(known, number, "faux").status_code == 200

"""Drafts outlive what happens to a visitor: time, a second tab, the back button, another device, haste, a dead server.

They are in the database, behind their link: there is no session to lose.
"""

from __future__ import annotations

from gestures import PHONE, SCREEN, Visitor, accessible

from guichet.records.brouillons import Brouillon
from reponses import COMMON

HOUSEHOLD = COMMON["logement"]["a single tenant"]


def begun(open_page, pages=2):
    """A visitor who has answered so many pages."""
    visitor = Visitor(open_page(viewport=PHONE), HOUSEHOLD)
    visitor.page.goto("/simulation/logement")
    for _ in range(pages):
        visitor.answers_the_page()
    return visitor


def test_a_month_later_all_is_forgotten(open_page, set_clock):
    visitor = begun(open_page)
    set_clock(2026, 12, 24)  # the thirtieth day
    visitor.page.reload()
    visitor.page.get_by_role("heading", name="Votre foyer").wait_for()
    set_clock(2026, 12, 26)
    visitor.page.reload()
    assert "30 jours" in visitor.page.locator("main").inner_text().replace("\u00a0", " ")
    accessible(visitor.page)
    Visitor(visitor.page, HOUSEHOLD).simulates("logement")
    assert Brouillon.objects.count() == 1  # the draft that begins sweeps the old one away


def test_two_tabs_keep_what_each_was_told(open_page):
    first = begun(open_page)
    second = Visitor(first.page.context.new_page(), HOUSEHOLD)
    second.page.goto(first.page.url)
    first.answers_the_page()
    first.answers_the_page()
    second.page.get_by_role("button", name="Continuer").click()  # this tab knows nothing of it, and answers nothing
    second.page.get_by_role("alert").wait_for()
    second.answers_the_page()
    assert second.place == "ressources"
    assert second.answers_all().amounts == first.answers_all().amounts


def test_going_back_loses_nothing(open_page):
    visitor = begun(open_page, pages=4)
    for _ in range(3):
        visitor.page.go_back()
    assert visitor.page.get_by_label("Loyer du mois").input_value() == "520,50"
    visitor.page.get_by_label("Loyer du mois").fill("400")
    visitor.page.get_by_role("button", name="Continuer").click()
    assert visitor.place == "ressources"  # the pages in between are answered already
    visitor.answers_all()
    assert "400\u00a0€" in visitor.page.locator("tr", has_text="Loyer déclaré").inner_text()


def test_the_link_goes_on_elsewhere(open_page):
    visitor = begun(open_page)
    link = visitor.page.url.partition("#")[0].rpartition("/")[0]
    elsewhere = Visitor(open_page(viewport=SCREEN, java_script_enabled=False), HOUSEHOLD)
    elsewhere.page.goto(link)
    assert elsewhere.place == visitor.place == "foyer"
    assert elsewhere.answers_all().amounts == visitor.answers_all().amounts
    assert Brouillon.objects.count() == 1


def test_haste_makes_no_second_draft(open_page):
    visitor = begun(open_page, pages=1)
    page = visitor.page
    page.get_by_label("Un propriétaire privé", exact=True).check()
    page.get_by_label("Loyer du mois").fill("520,50")
    page.get_by_role("button", name="Continuer").dblclick()
    page.get_by_role("heading", name="Votre foyer").wait_for()
    assert Brouillon.objects.count() == 1
    assert visitor.answers_all().amounts


def test_another_server_takes_over_from_a_dead_one(open_page, site):
    visitor = begun(open_page)
    address = visitor.page.url
    site.terminate()
    revived = type(site)(site.log)
    try:
        visitor.page.goto(address.replace(site.url, revived.url))
        assert visitor.place == "foyer"
        assert visitor.answers_all().amounts
    finally:
        revived.terminate()

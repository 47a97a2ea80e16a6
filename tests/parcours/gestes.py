"""What a visitor does in the browser, and what every page must be."""

from axe_playwright_python.sync_playwright import Axe

RULES = {"rules": {"target-size": {"enabled": True}}}
"""Axe leaves it out by default: nothing to touch is smaller than 24 pixels, or too near another."""


def accessible(page):
    """No violation that axe can see, and nothing wider than the screen."""
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def continue_(page):
    page.get_by_role("button", name="Continuer").click()


def simulate(page, check, income="1100"):
    """A couple with a child, from the home page to the result; `check(page)` is called on every page."""
    page.goto("/")
    check(page)
    page.locator("#simuler").get_by_role("link", name="Aide au logement").click()
    check(page)
    page.get_by_label("Code postal").fill("01400")
    page.get_by_label("Locataire d’un logement vide").check()
    continue_(page)
    page.get_by_text("Encore une question").wait_for()
    check(page)
    page.get_by_label("Châtillon-sur-Chalaronne").check()
    continue_(page)
    continue_(page)  # nothing answered
    page.get_by_role("alert").wait_for()
    check(page)
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.locator(":focus, :target").count() >= 1
    page.get_by_label("Un propriétaire privé", exact=True).check()
    page.get_by_label("Loyer du mois, sans les charges").fill("520,50")
    continue_(page)
    check(page)
    fill_date(page, "Votre date de naissance", "1", "5", "1990")
    page.get_by_role("group", name="Vivez-vous en couple").get_by_label("Oui").check()
    page.get_by_label("Combien d’enfants").fill("1")
    continue_(page)
    check(page)
    fill_date(page, "Date de naissance de votre conjoint", "2", "6", "1991")
    fill_date(page, "Date de naissance de l’enfant 1", "3", "7", "2020")
    continue_(page)
    check(page)
    page.get_by_role("group", name="Votre activité").get_by_label("Emploi salarié").check()
    page.get_by_role("group", name="Activité de votre conjoint").get_by_label("Aucune de ces situations").check()
    continue_(page)
    check(page)
    page.get_by_label("Vos salaires").fill(income)
    page.get_by_label("Salaires de votre conjoint").fill("0")
    continue_(page)
    check(page)
    continue_(page)
    page.get_by_role("heading", name="Récapitulatif").wait_for()
    check(page)
    page.get_by_role("link", name="Voir le résultat").click()
    page.get_by_role("heading", level=1).wait_for()
    check(page)


def fill_date(page, name, *parts):
    group = page.get_by_role("group", name=name)
    for label, part in zip(("Jour", "Mois", "Année"), parts, strict=True):
        group.get_by_label(label).fill(part)

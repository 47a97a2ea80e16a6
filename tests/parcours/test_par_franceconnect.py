"""Coming in by FranceConnect and leaving, in a real browser that follows every address and every policy."""

import pytest
from gestures import accessible

from dossiers import dossier
from identity_provider import claire


@pytest.mark.parametrize(("width", "javascript"), [(320, False), (1280, True)])
def test_in_and_out(open_page, site, provider, settings, photograph, width, javascript):
    settings.BASE_URL = site.url
    provider.begin(site.url)
    claire()
    page = open_page(viewport={"width": width, "height": 800}, java_script_enabled=javascript)
    page.goto("/mon-compte/securite")
    photograph(page, "connexion")
    page.get_by_role("link", name="S’identifier avec FranceConnect").click()
    page.wait_for_url("**/mon-compte/securite")
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("heading", name="Votre session est fermée").wait_for()
    assert [name for name, _ in provider.asked][-1] == "session"
    page.goto("/mon-compte")
    assert page.url.startswith(f"{site.url}/connexion?")


@pytest.mark.parametrize("width", [320, 1280])
def test_who_has_no_file_is_told_what_to_do(open_page, site, provider, settings, photograph, width):
    settings.BASE_URL = site.url
    provider.begin(site.url)
    dossier()
    page = open_page(viewport={"width": width, "height": 800})
    page.goto("/connexion")
    accessible(page)
    page.get_by_role("link", name="S’identifier avec FranceConnect").click()
    page.get_by_role("heading", name="Votre dossier n’a pas été trouvé").wait_for()
    photograph(page, "inconnu")
    accessible(page)
    page.get_by_role("link", name="Se déconnecter de FranceConnect").click()
    page.get_by_role("heading", name="Votre session est fermée").wait_for()

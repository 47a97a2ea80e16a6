"""The pages of an account in Chromium: accessible, light, without JavaScript, on a phone first."""

import pytest
from gestures import PHONE, SCREEN, accessible
from test_budgets import NEXT_PAGE, REQUESTS, ecoindex

from dossiers import THEIR_PASSWORD
from histories import FAMILLE, REFUSED, WITHOUT_DROIT, tell

INNER = [
    *("situation", "situation/corriger/logement", "situation/corriger/prestations"),
    *("paiements", "paiements/2026-11-05", "ressources", "demarches"),
]


def logs_in(page, matricule):
    page.goto("/connexion?suite=/mon-compte")
    page.get_by_label("Numéro d’allocataire").fill(matricule)
    page.get_by_label("Mot de passe").fill(THEIR_PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1).first.wait_for()
    assert page.url.endswith("/mon-compte")


@pytest.mark.parametrize(("screen", "scheme"), [(PHONE, "dark"), (SCREEN, "light")])
def test_every_page_of_an_account(open_page, photograph, tmp_path, screen, scheme):
    tell(tmp_path)
    for matricule in (FAMILLE, REFUSED, WITHOUT_DROIT):
        page = open_page(viewport=screen, color_scheme=scheme)
        received = []
        page.on("requestfinished", lambda request, received=received: received.append(request.sizes()))
        logs_in(page, matricule)
        pages = ["", *(f"/{inner}" for inner in INNER)] if matricule == FAMILLE else ["", "/paiements", "/demarches"]
        for address in pages:
            received.clear()
            page.goto(f"/mon-compte{address}", wait_until="networkidle")
            size = sum(sizes["responseBodySize"] + sizes["responseHeadersSize"] for sizes in received)
            nodes = page.locator("*").count()
            print(matricule, address, size, nodes, ecoindex(nodes, max(len(received), 2), size))
            assert size <= NEXT_PAGE, address
            assert len(received) <= REQUESTS, address
            for summary in page.locator("main summary").all():
                summary.click()
            accessible(page)
            photograph(page, f"espace-{matricule}{address.replace('/', '-')}")
            if matricule == FAMILLE and address in ("", "/paiements/2026-11-05"):
                page.emulate_media(media="print", color_scheme=scheme)
                photograph(page, f"espace-print{address.replace('/', '-')}")
                page.emulate_media(media="screen", color_scheme=scheme)

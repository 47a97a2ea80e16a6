"""The e-mails of a demonstration are shown; those of a real site are not."""

import pytest

from dossiers import compte, dossier, give_address
from guichet.operations import courriels

pytestmark = pytest.mark.django_db
OUTBOX = "/demonstration/courriels"


def test_a_demonstration_shows_its_last_e_mails(client, shown_e_mails):
    assert "Aucun pour l’instant" in client.get(OUTBOX).content.decode()
    file = dossier()
    give_address(file, "claire@exemple.fr")
    courriels.request_code(compte(file))
    courriels.announce(file.pk)
    assert courriels.send() == 2
    page = client.get(OUTBOX).content.decode()
    assert "Votre code (Guichet, démonstration)" in page
    assert "Un message vous attend" in page
    assert "claire@exemple.fr" in page
    assert 'href="http://127.0.0.1:8000/mon-compte"' in page


@pytest.mark.parametrize("what", ["another name", "a server"])
def test_a_real_site_shows_none(client, shown_e_mails, settings, what):
    if what == "another name":
        settings.IS_DEMONSTRATION = False
    else:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get(OUTBOX).status_code == 404

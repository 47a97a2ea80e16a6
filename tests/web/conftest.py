"""What the tests of pages share."""

import pytest

from guichet.web.comptes import patience


@pytest.fixture
def tries(monkeypatch):
    """The seconds that tries of passwords and codes have waited, without waiting; the schedules of this test alone."""
    waited = []
    monkeypatch.setattr(patience.time, "sleep", waited.append)
    for schedule in (patience.ACCOUNTS, patience.ADDRESSES, patience.SHORT_CODES):
        monkeypatch.setattr(schedule, "_next", type(schedule._next)())
        monkeypatch.setattr(schedule, "clock", lambda: 1000.0)
    return waited


@pytest.fixture
def shown_e_mails(settings, tmp_path):
    """E-mails are files that a page shows, as in a demonstration; the folder."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path

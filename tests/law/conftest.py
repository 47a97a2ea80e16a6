"""The law, built once for a worker."""

from __future__ import annotations

import pytest

from guichet.law.reference import systeme


@pytest.fixture(scope="session")
def loi():
    """OpenFisca-France with our extension."""
    return systeme("guichet")

"""The law, built once for a worker."""

from __future__ import annotations

import pytest

from guichet.law.reference import whole_system


@pytest.fixture(scope="session")
def loi():
    """OpenFisca-France with our extension."""
    return whole_system("guichet")

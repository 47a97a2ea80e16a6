"""Whether this server can serve."""

import pytest


@pytest.mark.django_db
def test_healthy_when_the_database_and_the_law_answer(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "law": "ok"}

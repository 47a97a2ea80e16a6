"""An opinion on a result: counted, anonymous, and never an obstacle."""

import json

import pytest
from visit import answer_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(settings, tmp_path):
    settings.EVENTS_DIR = tmp_path / "events"

    def read():
        lines = [line for path in settings.EVENTS_DIR.glob("*") for line in path.read_text().splitlines()]
        return [(e["event"], e["kind"], e["value"], e["who"]) for e in map(json.loads, lines) if e["event"] == "avis"]

    return read


@pytest.mark.parametrize(
    ("sent", "counted"),
    [
        ({"trouve": "oui", "contact_evite": "non"}, [("trouve", 1), ("contact_evite", 0)]),
        ({"trouve": "non"}, [("trouve", 0)]),
        ({"contact_evite": "oui", "trouve": "peut-être"}, [("contact_evite", 1)]),
    ],
)
def test_what_is_answered_is_counted_without_who_answers(client, written, sent, counted):
    link = answer_all(client)
    answer = client.post(f"{link}/avis", sent)
    assert answer.status_code == 302
    assert written() == [("avis", kind, value, None) for kind, value in counted]
    thanks = client.get(answer.headers["Location"]).content.decode()
    assert "Merci de votre avis" in thanks
    assert f'href="{link}/resultat"' in thanks


@pytest.mark.parametrize("sent", [{}, {"trouve": ""}, {"trouve": "1", "autre": "oui"}, {"trouve": "oui\0"}])
def test_nothing_answered_is_said_and_not_counted(client, written, sent):
    link = answer_all(client)
    page = client.post(f"{link}/avis", sent)
    assert page.status_code == 200
    assert '<a href="#trouve">' in page.content.decode()
    assert written() == []


def test_a_result_asks_for_it(client):
    link = answer_all(client)
    assert f'action="{link}/avis"' in client.get(f"{link}/resultat").content.decode()

"""Who sends too much waits its turn; others do not."""

import threading

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from guichet.web import pace

requests = RequestFactory()


@pytest.fixture
def slept(monkeypatch):
    """The seconds waited, without waiting."""
    waited = []
    monkeypatch.setattr(pace.time, "sleep", waited.append)
    return waited


@pytest.fixture
def paced():
    return pace.Paced(lambda request: HttpResponse("ok"), clock=lambda: 1000.0)


def test_a_burst_goes_through_then_each_waits_its_turn(paced, slept):
    for _ in range(pace.BURST + 1):
        assert paced(requests.post("/")).status_code == 200
    assert slept == []
    for _ in range(3):
        assert paced(requests.post("/")).status_code == 200
    assert slept == pytest.approx([1 / pace.RATE, 2 / pace.RATE, 3 / pace.RATE])
    paced(requests.post("/", REMOTE_ADDR="192.0.2.7"))
    paced(requests.get("/"))
    assert len(slept) == 3


def test_nobody_waits_long_nor_keeps_the_others_from_a_thread(paced, slept, monkeypatch):
    for _ in range(pace.BURST + 500):
        paced(requests.post("/"))
    assert max(slept) <= pace.LONGEST_WAIT
    entered, leave = threading.Barrier(pace.MOST_WAITING + 1), threading.Event()

    def held(seconds):
        entered.wait(10)
        leave.wait(10)

    monkeypatch.setattr(pace.time, "sleep", held)
    threads = [threading.Thread(target=paced, args=[requests.post("/")], daemon=True) for _ in range(pace.MOST_WAITING)]
    for thread in threads:
        thread.start()
    entered.wait(10)
    refused = paced(requests.post("/"))
    leave.set()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")


def test_the_schedules_kept_are_bounded(paced, slept, monkeypatch):
    monkeypatch.setattr(pace, "KEYS", 10)
    for rank in range(50):
        paced(requests.post("/", REMOTE_ADDR=f"192.0.2.{rank}"))
    assert len(paced.turns.schedule._next) == 10


@pytest.mark.parametrize(
    ("address", "whence"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
        ("", ""),
    ],
)
def test_a_network_of_ipv6_is_one_visitor(address, whence):
    assert pace.origin(requests.get("/", REMOTE_ADDR=address)) == whence

"""Who is a robot: each agent as its patterns say, one by one, however many agents there are."""

from __future__ import annotations

import random
import re

import crawleruseragents
import pytest

from guichet.audience import lists
from guichet.audience.measure import measure

LINE = '192.0.2.{} - - [07/Jan/2013:09:12:{:02} +0100] "GET / HTTP/1.1" 200 12 "-" "{}"\n'
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:{0}) AppleWebKit/537.{0} (KHTML, like Gecko) Chrome/{0}.0 Safari/{0}"


def agents() -> list[bytes]:
    """Those that the maintained list gives as examples, our patterns, browsers; and the same with other numbers."""
    rng = random.Random(3)
    named = [agent for one in crawleruseragents.CRAWLER_USER_AGENTS_DATA for agent in one["instances"]]
    patterns = [pattern for several in lists.ours().robots.values() for pattern in several]
    given = [one.encode() for one in (*named, *patterns, *(BROWSER.format(number) for number in range(50)))]
    return given + [re.sub(rb"\d", lambda _: str(rng.randrange(1000)).encode(), one) for one in given]


def test_an_agent_is_judged_as_by_each_pattern():
    ours = lists.ours()
    patterns = [
        [re.compile(pattern.encode(), re.IGNORECASE if reason in ours.any_case else 0) for pattern in several]
        for reason, several in ours.robots.items()
    ]
    for agent in filter(None, agents()):
        reasons = (place for place, several in enumerate(patterns, 1) if any(one.search(agent) for one in several))
        assert ours.verdict(agent) == next(reasons, None), agent


@pytest.mark.parametrize(
    ("agent", "reason"),
    [
        ("Apache/2.4.57 (Debian) OpenSSL/3.0.11 (internal dummy connection)", "robot: probe"),
        ("ELB-HealthChecker/2.0", "robot: probe"),
        ("kube-probe/1.27", "robot: probe"),
        ("GuzzleHttp/7", "robot: program"),
        ("Dart/3.2 (dart:io)", "robot: program"),
        ("My-Bot/1.0", "robot: says so"),
        ("Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36", None),
        (BROWSER.format(115), None),
    ],
)
def test_a_machine_is_no_visitor(agent, reason):
    verdict = lists.ours().verdict(agent.encode())

    assert (None if verdict is None else lists.ours().reasons[verdict]) == reason


def test_more_agents_than_are_remembered(tmp_path, monkeypatch):
    """Each line has an agent of its own; every third one is a robot."""
    monkeypatch.setattr(lists, "KNOWN", 20)
    path = tmp_path / "access.log"
    several = [
        f"{BROWSER.format(number)}{' crawler' * (number % 3 == 0)} {'abcdefghij'[number % 10] * 9}" for number in range(3000)
    ]
    path.write_text("".join(LINE.format(number % 250, number % 60, agent) for number, agent in enumerate(several)))

    found = measure([path])

    assert (found.pages, found.robots) == (2000, 1000)

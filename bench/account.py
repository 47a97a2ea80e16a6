"""`python -m bench.account`: what an account costs: its pages in process, then pages and logins a second beside a bare page.

On the demonstration's personas and their two years. The processor's milliseconds of a page are those of all of Django,
without the calculation of rights, which is kept for the next pages: what the law takes the first time is beside. Clients
run on the same machine: the ratios count, not the figures.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.load import Ask
from bench.site import get, server, under_load, without_recording
from bench.stopwatch import pace, timed_without

PAGE_MS, LOGIN_MS = 3.0, 30.0
PERSONA = "0000003"
PAGES = ("", "/situation", "/paiements", "/courriers", "/demarches", "/ressources")
RIGHTS = tuple(f"guichet.operations.{module}.droits_of" for module in ("avenir", "droits"))
"""The calculation of rights, by the names under which it is called."""


def main() -> None:
    print(f"Ten million additions in Python: {pace():.2f} s (0.5 s or so on a quiet machine of 2024)\n")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # for root, the database runs as somebody else, who must go through
        os.environ |= {"GUICHET_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "guichet.settings"}
        os.environ["GUICHET_TRUSTED_PROXIES"] = "127.0.0.1"  # each login has an address of its own: none is slowed
        _made(Path(folder))
        gc.freeze()  # as a worker of the site does
        print(_in_process())
        with server(["-m", "guichet.cli", "serve", "--port"], "/healthz") as ours:
            without_recording(ours)
            session = f"Cookie: {_cookies()}\r\n"
            pages = {
                "my account": Ask("/mon-compte", headers=session),
                "my payments": Ask("/mon-compte/paiements", headers=session),
            }
            pages["a login"] = _login()
            granian = ["-m", "granian", "bench.bare:application", "--interface", "wsgi", "--workers", "2"]
            granian += ["--blocking-threads", "8", "--log-level", "error", "--host", "127.0.0.1", "--port"]
            with server(granian, "/") as bare:
                print(under_load(ours, pages, bare))
    print(f"\nTen million additions in Python, again: {pace():.2f} s")


def _made(folder: Path) -> None:
    """The personas, and their paydays."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from guichet import clock, law
    from guichet.domain.calendrier import last_mois_paid
    from guichet.operations import demonstration

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    print("The personas' two years are told...", file=sys.stderr, flush=True)
    now = clock.now()
    demonstration.load(now, len(demonstration.PERSONAS))
    demonstration.catch_up(now, folder / "virements")
    law.keep_programs_in(settings.PROGRAMS_DIR)
    month = last_mois_paid(now.date())
    for each in (month - 2).until(month + 1):  # a quarter is looked at in its first month
        law.build_programs(each)


def _in_process() -> str:
    lines = [f"{'ms of the processor':44}{'page':>8}{'law':>8}{'budget':>8}"]
    client = _client()
    cookies = _cookies()
    for path in PAGES:
        page = f"/mon-compte{path}"
        cost, of_the_law = _without_the_law(get(page, cookies))
        lines.append(f"{page:44}{cost:8.2f}{of_the_law:8.2f}{PAGE_MS:8.1f} {_held(cost <= PAGE_MS)}")
    cost, _ = timed_without(lambda: _logged_in(client))
    lines.append(f"{'a login':44}{cost:8.2f}{'':8}{LOGIN_MS:8.1f} {_held(cost <= LOGIN_MS)}")
    return "\n".join(lines)


def _client() -> Any:
    """Somebody who has just logged in, as a form does."""
    from django.test import Client

    return _logged_in(Client(headers={"host": "127.0.0.1"}))


def _logged_in(client: Any) -> Any:
    from guichet.operations import demonstration

    client.cookies.clear()
    form = {"identifiant": PERSONA, "mot_de_passe": demonstration.PASSWORD}
    answer = client.post("/connexion", form)
    if answer.status_code != 302:
        raise RuntimeError(f"/connexion: {answer.status_code}")
    return client


def _without_the_law(action: Callable[[], None]) -> tuple[float, float]:
    """The milliseconds of `action` but for the calculation of rights, and those of the law the first time."""
    from guichet.law import foyers
    from guichet.operations import droits

    def first_time() -> None:
        droits._all_droits.cache_clear()
        action()

    for _ in range(25):  # the programs, then their code, as after the first visitors
        first_time()
        foyers.PROGRAMS.ready()
    law = timed_without(first_time, "guichet.law.droits")[1]
    return timed_without(action, *RIGHTS)[0], law


def _cookies() -> str:
    """Those that a browser sends once somebody has logged in."""
    client = _client()
    client.get("/mon-compte")  # its forms come with a cookie of their own
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


def _login() -> Ask:
    from django.middleware.csrf import _get_new_csrf_string

    from guichet.operations import demonstration

    token = _get_new_csrf_string()
    form = {"csrfmiddlewaretoken": token, "identifiant": PERSONA, "mot_de_passe": demonstration.PASSWORD}
    return Ask("/connexion", 302, f"Cookie: csrftoken={token}\r\n", urlencode(form))


def _held(yes: bool) -> str:
    return "held" if yes else "missed"


if __name__ == "__main__":
    main()

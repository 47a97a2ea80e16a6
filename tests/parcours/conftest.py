"""A real browser on the real server."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, Response, sync_playwright

from guichet import law
from guichet.audience.measure import measure
from guichet.records import brouillons
from guichet.web.access_log import AccessLog

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium")
        pytest.skip("no Chromium on this machine: apt install chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, and Django would take the database calls of fixtures for its own.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def law_is_read() -> None:
    """As before the first request of the real server: no page waits for it."""
    law.prepare()


USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
"""That of a person: a headless browser is counted as a robot."""


class Site(LiveServerThread):
    """The site on a port of its own, as in production: style sheets by WhiteNoise, and an access log, in `log`.

    `opened` are the pages that browsers got.
    """

    def __init__(self, log: Path) -> None:
        self.log, self.opened = log, 0
        super().__init__("127.0.0.1", static_handler=lambda application: AccessLog(application, self._write))
        self.daemon = True
        self.start()
        self.is_ready.wait()
        assert self.error is None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _write(self, line: bytes) -> None:
        with self.log.open("ab") as file:
            file.write(line)

    def note(self, response: Response) -> None:
        """Count a page that a browser got; a document that it takes away is none."""
        taken = "content-disposition" in response.headers
        if response.request.resource_type == "document" and response.status in (200, 304) and not taken:
            self.opened += 1

    def told(self) -> int:
        """The pages that its log tells of. A line is written once its answer is sent: the last one may come late."""
        for _ in range(200):
            found = measure([self.log]).pages if self.log.exists() else 0
            if found >= self.opened:
                break
            time.sleep(0.01)
        return found


@pytest.fixture
def site(transactional_db, law_is_read, tmp_path) -> Iterator[Site]:
    """Whatever a test does, the audience counts exactly the pages that it opened."""
    running = Site(tmp_path / "access.log")
    yield running
    assert running.told() == running.opened
    running.terminate()


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`open_page(java_script_enabled=False, viewport=...)`: a page at the home of the site, in a context of its own."""
    contexts = []

    def opened(**options) -> Page:
        context = browser.new_context(**{"base_url": site.url, "locale": "fr-FR", "user_agent": USER_AGENT, **options})
        context.on("response", site.note)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def draft(site: Site) -> Callable[[str, Mapping[str, str]], str]:
    """`draft(kind, answers)`: the address of a draft that holds these answers, right or wrong."""
    return lambda kind, answers: f"/simulation/{kind}/{brouillons.begin(kind, answers)}"


@pytest.fixture
def photograph() -> Callable[[Page, str], None]:
    """`photograph(page, name)`: the page as a picture, in the folder $GUICHET_SCREENSHOTS if there is one."""
    number = count()

    def taken(page: Page, name: str) -> None:
        if folder := os.environ.get("GUICHET_SCREENSHOTS"):
            width = page.viewport_size["width"]
            page.screenshot(path=Path(folder) / f"{name}-{width}-{next(number):02d}.png", full_page=True)

    return taken

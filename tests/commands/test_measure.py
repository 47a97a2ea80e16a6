"""`guichet measure`: the site's logs become rows, once; what is wrong is one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.audience.store import Store
from guichet.cli import main
from journaux import visited


@pytest.fixture
def kept(settings, tmp_path):
    settings.LOGS_DIR, settings.EVENTS_DIR, settings.AUDIENCE_DIR = (
        tmp_path / name for name in ("logs", "events", "audience")
    )
    return tmp_path


def test_logs_are_read_then_erased_when_they_are_old(kept, settings):
    assert main(["measure"]) == 0  # nothing yet
    for day in (date(2026, 10, 1), date(2026, 11, 24)):
        visited(kept / "logs", day, 2)
    assert main(["measure"]) == 0
    assert main(["measure"]) == 0
    assert [log.name for log in (kept / "logs").iterdir()] == ["access-2026-11-24.log"]
    assert Store.read(settings.AUDIENCE_DIR, date(2026, 11, 25)).visits == 4


def test_what_is_wrong_is_said(kept, capsys):
    visited(kept / "logs", date(2026, 11, 24), 1)
    (kept / "audience").mkdir()
    (kept / "audience" / "store.json").write_text("{")
    assert main(["measure"]) == 1
    assert capsys.readouterr().err == f"guichet measure: {kept}/audience/store.json: it is not what a store writes\n"
    assert (kept / "logs").exists()

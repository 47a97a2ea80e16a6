"""`guichet measure`: the site's logs become rows, once; what is wrong is one sentence."""

from __future__ import annotations

from datetime import date

from guichet.audience.store import Store
from guichet.cli import main
from site_logs import visited


def test_logs_are_read_then_erased_when_they_are_old(folders):
    assert main(["measure"]) == 0  # nothing yet
    for day in (date(2026, 10, 1), date(2026, 11, 24)):
        visited(folders.logs, day, 2)
    assert main(["measure"]) == 0
    assert main(["measure"]) == 0
    assert [log.name for log in folders.logs.iterdir()] == ["access-2026-11-24.log"]
    assert Store.read(folders.rows, date(2026, 11, 25)).visits == 4


def test_what_is_wrong_is_said(folders, capsys):
    visited(folders.logs, date(2026, 11, 24), 1)
    folders.rows.mkdir()
    (folders.rows / "store.json").write_text("{")
    assert main(["measure"]) == 1
    assert capsys.readouterr().err == f"guichet measure: {folders.rows}/store.json: it is not what a store writes\n"
    assert folders.logs.exists()

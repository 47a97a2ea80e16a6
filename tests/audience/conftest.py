from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guichet.audience import compare
from guichet.audience.measures import Sources
from guichet.audience.replay import replay
from tools import audience_docs


@dataclass(frozen=True)
class Replayed:
    """The year of the study at 1/1000, and what was measured in it."""

    folder: Path
    truth: dict[str, Any]
    sources: Sources


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    folder = tmp_path_factory.mktemp("replay") / "year"
    replay(date(2012, 6, 1), date(2013, 6, 30), 0.001, folder, day_done=lambda _=1: None)
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    return Replayed(folder, truth, compare.read(audience_docs.given(folder)))

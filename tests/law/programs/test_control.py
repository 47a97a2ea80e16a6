"""One answer in a thousand is calculated again: what is counted, what is said."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from guichet.law.programs import control

NAME = "foyer-2026-11"


@pytest.fixture
def events(monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(control, "_watchers", [told.append])
    monkeypatch.setattr(control, "SHARE", 1.0)
    return told


def compare(found, expected):
    control.control(NAME, found, lambda variable, periode: expected[variable, periode])
    for thread in threading.enumerate():
        if thread.name.startswith("control-"):
            thread.join()


def test_the_same_amounts_are_counted(events, caplog):
    compare({("rsa", "mois"): np.array([651.69, np.nan])}, {("rsa", "mois"): np.array([651.691, np.nan])})

    assert events == ["same"]
    assert not caplog.records


def test_a_difference_is_an_error_that_names_the_program_and_nobody(events, caplog):
    compare({("rsa", "mois"): np.array([651.69])}, {("rsa", "mois"): np.array([651.70])})

    assert events == ["different"]
    assert caplog.messages == [f"program {NAME} differs from the interpreter on ('rsa', 'mois')"]
    assert "651" not in caplog.text


def test_a_control_that_fails_hurts_nobody(events, caplog):
    compare({("rsa", "mois"): np.array([1.0])}, {})

    assert events == []
    assert caplog.messages == [f"program {NAME} cannot be controlled"]
    compare({("rsa", "mois"): np.array([1.0])}, {("rsa", "mois"): np.array([1.0])})
    assert events == ["same"]


def test_hardly_ever(events, monkeypatch):
    monkeypatch.setattr(control, "SHARE", 0.0)

    compare({("rsa", "mois"): np.array([1.0])}, {})

    assert events == []

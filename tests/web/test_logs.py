"""The application's log is JSON and tells nothing of a person."""

import json
import logging
import sys

from guichet.web.logs import WithoutPersonalData


def written(message: str, *arguments: object, error: bool = False) -> dict:
    record = logging.LogRecord("here", logging.ERROR, __file__, 1, message, arguments, sys.exc_info() if error else None)
    record.request = "<WSGIRequest: GET '/simulation/logement/s3cr3t'>"
    line = WithoutPersonalData().format(record)
    assert "\n" not in line
    return json.loads(line)


def test_what_is_told():
    line = written("Not Found: %s", "/simulation/logement/s3cr3t")

    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "error", "logger": "here", "message": "Not Found: /simulation/logement/*"}


def test_a_long_address_is_cut():
    assert len(written("Not Found: %s", "/" + "a" * 20_000)["message"]) == 1000


def test_an_exception_tells_its_place_but_not_its_message():
    try:
        int("184.62 euros de Mme X")
    except ValueError:
        line = written("health", error=True)

    assert line["error"] == "ValueError"
    assert "test_an_exception_tells_its_place_but_not_its_message" in line["where"]
    assert "184.62" not in json.dumps(line)

"""The application's own log: one JSON object a line, on standard error, without personal data."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime

from guichet.web.secret_links import masked

LONGEST = 1000
"""Characters kept of a message: an address may be as long as its sender likes."""


class WithoutPersonalData(logging.Formatter):
    """When, how bad, who says it, what; of an exception its type and where it was raised, never its message.

    The message of an exception quotes what it stumbled on (an answer, a row of the database), and the extra fields of
    a record hold the request: neither is written.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__qualname__
            line["where"] = " < ".join(
                f"{frame.name} ({frame.filename}:{frame.lineno})"
                for frame in reversed(traceback.extract_tb(record.exc_info[2]))
            )
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """What granian says of an exception ends with its message: the first line tells enough."""
    said = record.getMessage()
    return masked(said.partition("\n")[0] if record.name.startswith("_granian") else said)[:LONGEST]


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "guichet.web.logs.WithoutPersonalData"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django and granian have handlers of their own unless they are told otherwise.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True},
        # A scanner's request for another host is answered (400); it is nobody's error. Without a handler, Python would
        # write what was sent as it is.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "_granian": {"handlers": [], "level": "ERROR"},
    },
}

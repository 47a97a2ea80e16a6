"""Django, for the commands that need the site or its database."""

from __future__ import annotations

import os
import sys

from guichet.commands import _streams

os.environ["DJANGO_SETTINGS_MODULE"] = "guichet.settings"


def start(command: str) -> None:
    """Read the settings; a wrong one ends the command with a sentence."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        _streams.say(command, error)
        sys.exit(1)


def keep_programs() -> None:
    """Have the law keep its programs in the data folder of the site. Raises ImproperlyConfigured when there is none."""
    from django.conf import settings

    from guichet import law

    law.keep_programs_in(settings.PROGRAMS_DIR)


def why_no_database() -> str | None:
    """Why the database of DATABASE_URL refuses us, in one line without its password; None if it does not."""
    import psycopg

    try:
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()
    except psycopg.Error as error:
        return str(error).partition("\n")[0]
    return None

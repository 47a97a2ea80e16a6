"""The whole database in one file, and back. PostgreSQL's own tools do it, on a snapshot: the site goes on meanwhile.

The file holds what the database holds: NIRs and IBANs in it are closed, and open with GUICHET_FIELD_KEYS alone, which are
not in it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from django.db import connection

from guichet.records.embedded.server import program


class BackupError(Exception):
    """A backup that can't be made or put back; the message says why, in one line."""


def save(file: Path) -> None:
    """Write the database into `file`, which is whole or is not there, and which its owner alone can read.

    Raises BackupError, OSError.
    """
    temporary = file.with_name(f"{file.name}.en-cours")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={temporary}")
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def restore(file: Path) -> None:
    """Put a backup into the database, all or nothing. Raises BackupError: among others, when it is not empty."""
    if connection.introspection.table_names():
        raise BackupError("the database is not empty: give a new one (DATABASE_URL, or another GUICHET_DATA_DIR)")
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(file))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a backup does not say how much tables hold; plans depend on it


def _run(name: str, *arguments: str) -> None:
    connection.ensure_connection()
    where = connection.get_connection_params()
    environment = {
        "PGHOST": where.get("host"),
        "PGPORT": where.get("port"),
        "PGUSER": where.get("user"),
        "PGPASSWORD": where.get("password"),
        "PGSSLMODE": where.get("sslmode"),
        "LC_ALL": "C",
    }
    done = subprocess.run(
        [str(program(name)), f"--dbname={where['dbname']}", *arguments],
        env={variable: str(value) for variable, value in environment.items() if value},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(done.stderr.strip().partition("\n")[0])

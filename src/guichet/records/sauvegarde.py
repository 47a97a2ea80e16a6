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


class SauvegardeError(Exception):
    """A backup that can't be made or put back; the message says why, in one line."""


def sauvegarde(fichier: Path) -> None:
    """Write the database into `fichier`, which is whole or is not there, and which its owner alone can read.

    Raises SauvegardeError, OSError.
    """
    provisoire = fichier.with_name(f"{fichier.name}.en-cours")
    os.close(os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        _lance("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={provisoire}")
        provisoire.replace(fichier)
    finally:
        provisoire.unlink(missing_ok=True)


def restaure(fichier: Path) -> None:
    """Put a backup into the database, all or nothing. Raises SauvegardeError: among others, when it is not empty."""
    if connection.introspection.table_names():
        raise SauvegardeError("the database is not empty: give a new one (DATABASE_URL, or another GUICHET_DATA_DIR)")
    _lance("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(fichier))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a backup does not say how much tables hold; plans depend on it


def _lance(programme: str, *arguments: str) -> None:
    connection.ensure_connection()
    ou = connection.get_connection_params()
    environnement = {
        "PGHOST": ou.get("host"),
        "PGPORT": ou.get("port"),
        "PGUSER": ou.get("user"),
        "PGPASSWORD": ou.get("password"),
        "PGSSLMODE": ou.get("sslmode"),
        "LC_ALL": "C",
    }
    fait = subprocess.run(
        [str(program(programme)), f"--dbname={ou['dbname']}", *arguments],
        env={nom: str(valeur) for nom, valeur in environnement.items() if valeur},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if fait.returncode:
        raise SauvegardeError(fait.stderr.strip().partition("\n")[0])

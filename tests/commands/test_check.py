"""`guichet check` says what must be set before real use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from guichet.commands import check
from guichet.records.embedded.server import EmbeddedServer

READY = {
    "GUICHET_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ",
    "GUICHET_FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "EMAIL_URL": "smtps://guichet:s3cr3t@mail.caisse.example",
    "GUICHET_BASE_URL": "https://www.caisse.example",
    "GUICHET_NAME": "Caisse d'exemple",
    "GUICHET_TRUSTED_PROXIES": "192.0.2.1, 10.0.0.0/8",
}


def guichet(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # Neither our settings nor what a browser test of the same worker leaves for Django.
    ours = ("GUICHET_", "FRANCECONNECT_", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    folder = {"GUICHET_DATA_DIR": os.environ["GUICHET_DATA_DIR"]}
    return subprocess.run(
        [sys.executable, "-m", "guichet.cli", *arguments],
        env={**kept, **folder, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def database() -> str:
    """The address of a migrated database, which no other test uses."""
    server = EmbeddedServer.at(Path(os.environ["GUICHET_DATA_DIR"]))
    server.ensure()
    name = f"check_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **server.connection()) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = f"postgresql://guichet@/{name}?host={server.socket_dir}"
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0"], env={**os.environ, "DATABASE_URL": url}, check=True
    )
    return url


def test_a_demonstration_is_told_all_that_is_missing():
    done = guichet("check")

    assert done.returncode == 1
    named = [line.removeprefix("- ").partition(":")[0] for line in done.stdout.splitlines()]
    secrets = ("GUICHET_SECRET_KEY", "GUICHET_FIELD_KEYS", "EMAIL_URL")
    assert named == [*secrets, "GUICHET_NAME", "GUICHET_BASE_URL", "GUICHET_TRUSTED_PROXIES", "DATABASE_URL"]
    assert done.stderr == "guichet check: 7 to set before real use\n"


FRANCECONNECT = {
    "FRANCECONNECT_URL": "https://oidc.franceconnect.example/api/v2",
    "FRANCECONNECT_CLIENT_ID": "guichet",
    "FRANCECONNECT_CLIENT_SECRET": "s3cr3t",
}


@pytest.mark.parametrize("more", [{}, FRANCECONNECT], ids=["without FranceConnect", "with it"])
def test_ready(database, more):
    done = guichet("check", **READY, **more, DATABASE_URL=database)

    assert (done.returncode, done.stdout) == (0, "Ready for real use, as far as settings can tell.\n")


WRONG = [
    ("GUICHET_BASE_URL", "http://www.caisse.example", "in https://"),
    ("GUICHET_THEME", "#66bbcc #84ccd6", "#66bbcc has a contrast of 2.0 on the light pages"),
    ("GUICHET_TRUSTED_PROXIES", "the-proxy", "'the-proxy' is not an address nor a network"),
    ("DATABASE_URL", "postgresql://guichet:s3cr3t@127.0.0.1:1/guichet", "the database does not answer"),
    ("FRANCECONNECT_CLIENT_ID", "", "with all three"),
]


@pytest.mark.parametrize("secret", ["a" * 60, "short"])
def test_each_setting_that_is_wrong_is_told_once(secret):
    wrong = [("GUICHET_SECRET_KEY", secret, "random characters"), *WRONG]
    done = guichet("check", **READY | FRANCECONNECT | {name: value for name, value, _ in wrong})

    assert done.returncode == 1
    told = dict(line.removeprefix("- ").split(": ", 1) for line in done.stdout.splitlines())
    assert set(told) == {name for name, _, _ in wrong}
    assert len(done.stdout.splitlines()) == len(wrong)
    for name, _, said in wrong:
        assert said in told[name]
    assert "s3cr3t" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", FRANCECONNECT)
def test_franceconnect_is_set_in_whole_or_not_at_all(name, monkeypatch):
    for each, value in FRANCECONNECT.items():
        monkeypatch.setenv(each, value if each == name else "")
    told = list(check._franceconnect())
    assert [sentence.partition(":")[0] for sentence in told] == [each for each in FRANCECONNECT if each != name]
    assert "s3cr3t" not in "".join(told)


@pytest.mark.parametrize(
    "url", ["http://oidc.franceconnect.example", "oidc.franceconnect.example", "ftp://x", "https://é", "https://x y"]
)
def test_an_address_of_franceconnect_that_is_none(url):
    done = guichet("check", FRANCECONNECT_URL=url)
    assert done.returncode == 1
    assert "FRANCECONNECT_URL: write it as https://" in done.stderr


def test_migrations_that_wait(database):
    server = EmbeddedServer.at(Path(os.environ["GUICHET_DATA_DIR"]))
    done = guichet("check", **READY, DATABASE_URL=f"postgresql://guichet@/postgres?host={server.socket_dir}")

    assert done.returncode == 1
    assert "migrations are waiting" in done.stdout


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["check", "--nothing"], ["serve", "--port", "http"]])
def test_badly_called(arguments):
    done = guichet(*arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "guichet" in done.stderr


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp://", "smtp://a:b@c:port", "smtp://c:0"])
def test_an_address_of_e_mails_that_is_none_ends_with_a_sentence(address):
    done = guichet("check", **READY | {"EMAIL_URL": address})

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "guichet check: EMAIL_URL: write it as smtp://user:password@host:587, or smtps://.\n"


def test_a_wrong_setting_ends_another_command_with_the_same_sentence():
    done = guichet("programs", "2013-01", GUICHET_LOG_DAYS="x")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "guichet programs: GUICHET_LOG_DAYS: write a number of days, from 1 to 400.\n"

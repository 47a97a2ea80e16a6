"""`guichet check`: what must be set before real use. Exit 0 when nothing is missing, 1 otherwise."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from ipaddress import ip_network
from urllib.parse import urlsplit

from guichet.commands import _django, _streams

SHORTEST_SECRET = 50
OLDEST_POSTGRESQL = 15
# Redirections, cookies and HSTS follow from GUICHET_BASE_URL; browsers' preload list is the site's own decision.
SILENCED = {"security.W021"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser  # no option


def run(options: argparse.Namespace) -> int:
    _django.start("check")
    missing = [*_environment(), *_database(), *_what_django_finds()]
    for sentence in missing:
        print(f"- {sentence}")
    if missing:
        return _streams.say("check", f"{len(missing)} to set before real use")
    print("Ready for real use, as far as settings can tell.")
    return 0


def _environment() -> Iterator[str]:
    secret = os.environ.get("GUICHET_SECRET_KEY", "")
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 5:
        yield (
            f"GUICHET_SECRET_KEY: at least {SHORTEST_SECRET} random characters, the same for all servers "
            "(without it, each data folder makes its own)."
        )
    if not os.environ.get("GUICHET_FIELD_KEYS"):
        yield (
            "GUICHET_FIELD_KEYS: the keys of what is kept encrypted, the same for all servers, with a copy in a safe place "
            "(without it, each data folder makes its own)."
        )
    if not os.environ.get("EMAIL_URL"):
        yield "EMAIL_URL: the server that sends e-mails, smtp://user:password@host:587 (without it, none leaves)."
    if not os.environ.get("GUICHET_NAME"):
        yield "GUICHET_NAME: the name that the site shows (it says that it is a demonstration)."
    address = urlsplit(os.environ.get("GUICHET_BASE_URL", ""))
    if address.scheme != "https" or not address.hostname:
        yield "GUICHET_BASE_URL: the site's address, in https:// (without it, only this machine is answered)."
    yield from _franceconnect()
    yield from _theme()
    yield from _proxies()


def _franceconnect() -> Iterator[str]:
    names = ("FRANCECONNECT_URL", "FRANCECONNECT_CLIENT_ID", "FRANCECONNECT_CLIENT_SECRET")
    missing = [name for name in names if not os.environ.get(name)]
    for name in missing if len(missing) < len(names) else ():
        yield f"{name}: FranceConnect is offered with all three of {', '.join(names)} (or set none of them)."


def _theme() -> Iterator[str]:
    from django.conf import settings

    for sentence in settings.THEME.too_pale() if settings.THEME else ():
        yield f"GUICHET_THEME: {sentence}"


def _proxies() -> Iterator[str]:
    from django.conf import settings

    if not settings.TRUSTED_PROXIES:
        yield (
            "GUICHET_TRUSTED_PROXIES: the addresses of the proxy that ends HTTPS "
            "(without it, who visits and by which protocol is not known)."
        )
    for proxy in settings.TRUSTED_PROXIES:
        try:
            ip_network(proxy)
        except ValueError:
            yield f"GUICHET_TRUSTED_PROXIES: {proxy!r} is not an address nor a network (10.0.0.0/8)."


def _database() -> Iterator[str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if not os.environ.get("DATABASE_URL"):
        yield (
            "DATABASE_URL: a PostgreSQL that is backed up, postgresql://user:password@host/name "
            "(without it, an embedded one serves a demonstration)."
        )
        return
    if refused := _django.why_no_database():
        yield f"DATABASE_URL: the database does not answer: {refused}."
        return
    version = connection.pg_version // 10_000
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if version < OLDEST_POSTGRESQL:
        yield f"DATABASE_URL: PostgreSQL {version} is too old, {OLDEST_POSTGRESQL} or later is needed."
    if waiting:
        yield f"DATABASE_URL: {len(waiting)} migrations are waiting; `guichet serve` applies them when it starts."


def _what_django_finds() -> Iterator[str]:
    """What Django itself finds unsafe, beyond what the environment above decides."""
    from django.core.checks import run_checks

    explained = SILENCED | {"security.W004", "security.W008", "security.W009", "security.W011", "security.W016"}
    for message in run_checks(include_deployment_checks=True):
        if message.id not in explained:
            yield f"{message.id}: {message.msg}"

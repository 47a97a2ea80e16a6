"""The door of the web server, for a site in HTTPS behind a proxy."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ASK = """
import io, json, sys
from django.conf import settings
settings.STATIC_ROOT = sys.argv[2]
from guichet.web.wsgi import application

answer = []
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/nothing-here", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000",
           "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "www.caisse.example", "wsgi.input": io.BytesIO(),
           "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr, **json.loads(sys.argv[1])}
body = application(environ, lambda status, headers, *_: answer.extend((status[:3], dict(headers))))
list(body)
body.close()
print(json.dumps(answer))
"""
FORWARDED = {"HTTP_X_FORWARDED_FOR": "198.51.100.9", "HTTP_X_FORWARDED_PROTO": "https"}


@pytest.fixture
def ask(tmp_path):
    return lambda **environ: asked(tmp_path, **environ)


def asked(folder, **environ: str) -> tuple[str, dict[str, str], str]:
    """Status, headers and line of the access log."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(environ), str(settings.STATIC_ROOT)],
        env={
            **os.environ,
            "GUICHET_DATA_DIR": str(folder),
            "GUICHET_BASE_URL": "https://www.caisse.example",
            "GUICHET_TRUSTED_PROXIES": "192.0.2.1, 10.0.0.0/8",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    (log,) = (folder / "logs").iterdir()
    line = log.read_text()
    status, headers = json.loads(done.stdout)
    return status, headers, line


@pytest.mark.parametrize("proxy", ["192.0.2.1", "10.1.2.3"])
def test_a_trusted_proxy_is_believed(ask, proxy):
    status, headers, line = ask(REMOTE_ADDR=proxy, **FORWARDED)

    assert status == "404"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert line.startswith("198.51.100.9 - - [")


def test_nobody_else_is(ask):
    status, headers, line = ask(REMOTE_ADDR="203.0.113.5", **FORWARDED)

    assert (status, headers["Location"]) == ("301", "https://www.caisse.example/nothing-here")
    assert line.startswith("203.0.113.5 - - [")


def test_another_host_is_refused(ask):
    assert ask(REMOTE_ADDR="192.0.2.1", HTTP_HOST="elsewhere.example", **FORWARDED)[0] == "400"

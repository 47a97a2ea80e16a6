"""What a request must be before Django reads it: hostile bodies, types, cookies and addresses, at the WSGI door itself."""

from __future__ import annotations

import io
import threading

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from dossiers import compte, dossier, log_in
from guichet.records.brouillons import Brouillon
from guichet.web import door
from guichet.web.access_log import AccessLog

pytestmark = pytest.mark.django_db
BOUNDARY = "--x\r\nContent-Disposition: form-data; name="


def environ(path: str = "/", method: str = "GET", body: bytes = b"", **more) -> dict:
    path, _, query = path.partition("?")
    told = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "REMOTE_ADDR": "192.0.2.7"}
    told |= {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1"}
    told |= {"wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(), "wsgi.input": io.BytesIO(body)}
    return told | ({"CONTENT_LENGTH": str(len(body))} if body else {}) | more


@pytest.fixture
def django():
    """The application, on the connection of the test: Django would close it after a request, as its test client says."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    handler = WSGIHandler()
    handler.request_class = door.Request
    yield handler
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def asked(application, told: dict) -> tuple[int, bytes, dict[str, str]]:
    answer: list = []
    body = application(told, lambda status, headers, *_: answer.extend((int(status[:3]), dict(headers))))
    content = b"".join(body)
    getattr(body, "close", lambda: None)()
    return answer[0], content, answer[1]


@pytest.mark.parametrize(
    "codec", ["hex", "rot13", "base64", "zlib", "undefined", "idna", "punycode", "utf-7", "unicode_escape"]
)
@pytest.mark.parametrize("query", ["q=a", "q=%2B2AA-", "q=%5Cud800", "q=%ff"])
def test_a_type_cannot_name_another_codec(django, codec, query):
    told = environ(f"/recherche?{query}", CONTENT_TYPE=f"text/plain; charset={codec}")
    assert asked(door.Door(django), told)[0] == 200


def test_a_form_of_another_codec_is_read_all_the_same(django):
    body = f'{BOUNDARY}"adresse"\r\n\r\né\r\n--x--\r\n'.encode()
    told = environ("/simulation/rsa", "POST", body, CONTENT_TYPE="multipart/form-data; charset=hex; boundary=x")
    assert asked(door.Door(django), told)[0] in (200, 302)


@pytest.mark.parametrize("key", ['"\\000aaaaaaaaaaaaaaa"', "a" * 5000, "é" * 32, "' OR 1=1 --", ""])
def test_a_cookie_that_is_no_key_is_nobody(django, key):
    cookie = f"{settings.SESSION_COOKIE_NAME}={key}"
    for path, method in (("/mon-compte", "GET"), ("/connexion", "GET"), ("/mon-compte/code", "POST")):
        assert asked(door.Door(django), environ(path, method, HTTP_COOKIE=cookie))[0] in (200, 302, 403)


def test_a_file_is_read_past_and_kept_nowhere(django):
    body = f'{BOUNDARY}"f"; filename="a.bin"\r\n\r\n'.encode() + b"a" * 1_000_000 + b"\r\n--x--\r\n"
    request = door.Request(environ("/", "POST", body, CONTENT_TYPE="multipart/form-data; boundary=x"))
    assert not request.FILES
    assert not request.POST


def test_a_body_without_a_length_is_refused(django):
    status, content, headers = asked(door.Door(django), environ("/simulation/rsa", "POST", HTTP_TRANSFER_ENCODING="chunked"))
    assert status == 411
    assert b"Content-Length" in content
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_body_that_is_cut_is_no_answer(client, django):
    """Half a form would be read as boxes that were not ticked."""
    told = environ("/simulation/rsa", "POST", b"occupation=vide", CONTENT_TYPE="application/x-www-form-urlencoded")
    status, content, _ = asked(door.Door(django), told | {"CONTENT_LENGTH": "16"})
    assert status == 400
    assert "en entier" in content.decode()
    assert not Brouillon.objects.exists()
    assert asked(door.Door(django), told | {"wsgi.input": io.BytesIO(b"occupation=vide")})[0] == 302


def test_who_waits_for_a_body_does_not_stop_the_others(django):
    """Two bodies that never come take the two places; another is told to come back, and pages are read."""
    entrance, waiting, over = door.Door(django, at_once=2), threading.Barrier(3), threading.Event()

    class Slow(io.BytesIO):
        def read(self, *_):
            waiting.wait()
            over.wait()
            return b"{"

    slow = [environ("/simulation/rsa", "POST", **{"wsgi.input": Slow(), "CONTENT_LENGTH": "50"}) for _ in range(2)]
    threads = [threading.Thread(target=entrance._receive, args=(told,), daemon=True) for told in slow]
    for thread in threads:
        thread.start()
    waiting.wait()
    status, _, headers = asked(entrance, environ("/simulation/rsa", "POST", b"a=b"))
    assert (status, headers["Retry-After"]) == (503, "1")
    assert asked(entrance, environ("/"))[0] == 200
    over.set()
    for thread in threads:
        thread.join()
    assert asked(entrance, environ("/simulation/rsa", "POST", b"a=b"))[0] == 302


def test_what_is_too_long_is_not_read(django):
    class Never(io.BytesIO):
        def read(self, *_):
            raise AssertionError("it was read")

    told = environ("/api/v1/simulations/rsa", "POST", **{"wsgi.input": Never(), "CONTENT_LENGTH": str(10**9)})
    assert asked(door.Door(django), told | {"CONTENT_TYPE": "application/json"})[0] == 413


def test_a_fault_of_ours_is_answered(caplog):
    def broken(*_):
        raise ValueError("1 90 05 35 238 042 81")

    status, content, headers = asked(door.Door(broken), environ())
    assert status == 500
    assert content
    assert headers["Cache-Control"] == "no-store"
    assert "a request could not be read" in caplog.text


@pytest.mark.parametrize("told", ['1.2.3.4" 200 "x', "%s", "fe80::1%eth0é", "é", "9" * 5000, "198.51.100.9"])
def test_only_an_address_is_believed(told):
    lines: list[bytes] = []
    inner = AccessLog(lambda *_: [b""], lines.append)
    application = door.behind_proxies(inner, ["192.0.2.7"])
    asked_for = environ(HTTP_X_FORWARDED_FOR=told)
    body = application(asked_for, lambda *_: None)
    body.close()
    expected = told if told == "198.51.100.9" else "192.0.2.7"
    assert lines[0].startswith(f"{expected} - - [".encode())


def test_the_errors_of_a_private_page_are_private_too(client):
    compte(dossier())
    log_in(client)
    for path in ("courriers/x", "paiements/2001-01-01", "questions/x"):
        response = client.get(f"/mon-compte/{path}")
        assert response.status_code == 404
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    response = client.get("/simulation/logement/nobody/recapitulatif")
    assert response.status_code == 404
    assert response.headers["Referrer-Policy"] == "no-referrer"

"""The access log tells what was asked, and nothing of who asked or of what a link protects."""

from __future__ import annotations

import pytest

from guichet.web.access_log import AccessLog


def logged(answer=("200 OK", [b"abc", b"de"]), **environ) -> str:
    lines: list[bytes] = []

    def application(environ, start_response):
        start_response(answer[0], [])
        return answer[1]

    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.7"}
    body = AccessLog(application, lines.append)({**asked, **environ}, lambda *_: None)
    assert b"".join(body) == b"".join(answer[1])
    assert lines == []  # written when the answer is sent
    body.close()
    body.close()
    (line,) = lines
    return line.decode("ascii")


def test_combined_format():
    assert logged(HTTP_REFERER="http://127.0.0.1/", HTTP_USER_AGENT="Mozilla/5.0") == (
        '192.0.2.7 - - [25/Nov/2026:12:00:00 +0100] "GET / HTTP/1.1" 200 5 "http://127.0.0.1/" "Mozilla/5.0"\n'
    )


def test_an_empty_answer_and_missing_headers_are_dashes():
    assert logged(("304 Not Modified", [])).endswith('"GET / HTTP/1.1" 304 - "-" "-"\n')


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/simulation/logement", "/simulation/logement"),
        ("/simulation/logement/Xy_9-z", "/simulation/logement/*"),
        ("/simulation/rsa/Xy_9-z/resultat", "/simulation/rsa/*/resultat"),
        ("/en/simulation/paje/Xy_9-z", "/en/simulation/paje/*"),
        ("//simulation//rsa//Xy_9-z/", "//simulation//rsa//*/"),
        ("/Simulation/rsa/Xy_9-z", "/Simulation/rsa/*"),
    ],
)
def test_secret_links_are_masked_in_the_request_and_in_the_referrer(path, written):
    line = logged(PATH_INFO=path, QUERY_STRING="commune=Lyon", HTTP_REFERER=f"http://127.0.0.1{path}?q=1#f")

    assert f'"GET {written} HTTP/1.1"' in line
    assert f'"http://127.0.0.1{written}"' in line
    assert "Lyon" not in line


def test_a_secret_link_quoted_in_another_address_is_masked():
    assert '"https://a/%2Fsimulation%2frsa%2F*%2Fb"' in logged(HTTP_REFERER="https://a/%2Fsimulation%2frsa%2FXy_9-z%2Fb")


def test_every_version_of_http_has_two_figures():
    assert '"GET / HTTP/1.0" 200' in logged(SERVER_PROTOCOL="HTTP/1")


def test_nobody_writes_a_line_of_their_own():
    line = logged(
        REQUEST_METHOD='GE"T',
        PATH_INFO='/a" 200\n1.2.3.4 - - "é',
        HTTP_USER_AGENT='x" \\ \r\n\t% %s é',
        HTTP_REFERER='"\n',
    )

    assert line.count("\n") == 1
    assert '"GE\\"T /a%22%20200%0A1.2.3.4%20-%20-%20%22%E9 HTTP/1.1"' in line
    assert line.endswith('"\\"\\x0a" "x\\" \\\\ \\x0d\\x0a\\x09% %s \\xc3\\xa9"\n')


def test_a_failure_is_logged_as_500():
    lines: list[bytes] = []

    def application(environ, start_response):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        AccessLog(application, lines.append)({"REQUEST_METHOD": "GET"}, lambda *_: None)
    assert b'" 500 - "' in lines[0]

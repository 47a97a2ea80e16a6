"""What nobody should send: it is refused with a page, nothing typed is lost, and nothing of anybody else is shown."""

import threading

import pytest
from django.db import connection
from visit import PAGES, START, answer_all, send_form

from guichet.records.brouillons import Brouillon

pytestmark = pytest.mark.django_db

HOSTILE = [
    "\0",
    "5\x0020",
    "-520",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "9" * 300_000,
    "é" * 100_000,
    "\u202e\ufffe",
    "{{ 7|add:7 }}",
    "NaN",
    "1e400",
    "٣٤٥٦٧",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_answers_are_refused_and_escaped(client, text):
    link = answer_all(client)
    for name, sent in PAGES.items():
        following, response = send_form(client, f"{link}/{name}", {**dict.fromkeys(sent, text), "autres": [text, text]})
        assert response.status_code == 200
        assert following.startswith(link)
        assert b"<script>" not in response.content
        assert b"<img" not in response.content
        assert client.get(f"{link}/{name}").status_code in (200, 302)


def test_bytes_that_are_no_text(client):
    address, _ = send_form(client, START, PAGES["logement"])
    form = "application/x-www-form-urlencoded"
    for body in (b"loyer=%ff%fe&bailleur=%00", b"loyer=\xff\xfe", b"&&&=", b"loyer", b"a=b&" * 500):
        assert client.post(address, data=body, content_type=form).status_code == 302
    assert client.post(address, data=b"loyer=" + b"9" * 1_000_000, content_type=form).status_code == 302
    assert client.post(address, data=b"a=b&" * 5000, content_type=form).status_code == 400
    assert client.post(address, data=b"loyer=" + b"9" * 3_000_000, content_type=form).status_code == 400
    assert client.post(address, data=b"x", content_type="multipart/form-data; boundary=").status_code in (302, 400)
    assert client.get(address + "%00").status_code == 404
    assert client.get("/simulation/logement/%ff%00").status_code == 404
    assert client.get(f"{START}?mois=%00").status_code == 200
    assert client.delete(address).status_code == 405


def test_ten_megabytes_are_refused(client):
    form = "application/x-www-form-urlencoded"
    response = client.post(START, data=b"loyer=" + b"9" * 10_000_000, content_type=form)
    assert response.status_code == 400
    assert "trop long" in response.content.decode()
    response = client.post(START, data={"loyer": "9" * 10_000_000})  # multipart
    assert response.status_code == 400
    assert not Brouillon.objects.exists()


def test_an_unknown_field_is_not_kept(client):
    address, _ = send_form(client, START, PAGES["logement"] | {"mois": "2013-01", "est_agent": "oui", "naissance": "x"})
    assert address.endswith("/loyer")
    assert set(Brouillon.objects.get().reponses) == {"mois", "code_postal", "occupation"}
    assert Brouillon.objects.get().reponses["mois"] == "2026-11"


def test_a_page_out_of_order_shows_what_is_to_be_answered(client):
    address, _ = send_form(client, START, PAGES["logement"])
    link = address.removesuffix("/loyer")
    following, _ = send_form(client, f"{link}/ressources", PAGES["ressources"])
    assert following == address
    assert client.get(f"{link}/pret").url == address  # a tenant has no loan
    assert client.post(f"{link}/pret", {"mensualite": "1"}).url == address


def test_the_same_form_sent_twice_changes_nothing(client):
    link = answer_all(client)
    before = Brouillon.objects.get().reponses
    for _ in range(2):
        following, _ = send_form(client, f"{link}/loyer", PAGES["loyer"])
        assert following == f"{link}/recapitulatif"
    assert Brouillon.objects.get().reponses == before


def test_going_back_then_forward_keeps_what_comes_after(client):
    link = answer_all(client)
    following, _ = send_form(client, f"{link}/logement", PAGES["logement"] | {"occupation": "chambre"})
    assert following == f"{link}/recapitulatif"  # the rent and the household are still there


def test_the_draft_of_somebody_else_is_nowhere(client):
    """Another link, another simulator, a link that is only nearly right: not found, whatever the method."""
    link = answer_all(client)
    token = link.rsplit("/", 1)[1]
    for wrong in (token[:-1], token + "A", token.swapcase(), token[::-1], "A" * 32, "%00" * 8, "a" * 5000, "' or 1=1 --"):
        for rest in ("", "/loyer", "/mois", "/recapitulatif", "/resultat"):
            response = client.get(f"/simulation/logement/{wrong}{rest}")
            assert response.status_code == 404
            assert "520,50" not in response.content.decode()
        assert client.post(f"/simulation/logement/{wrong}/loyer", PAGES["loyer"]).status_code == 404


def test_cookies_are_neither_set_nor_read(client):
    link = answer_all(client)
    assert not client.cookies
    page = client.get(f"{link}/resultat").content
    for name, value in (("sessionid", "../../etc/passwd"), ("csrftoken", "\x00"), ("lien", "A" * 4000)):
        client.cookies[name] = value
    assert client.get(f"{link}/resultat").content == page
    assert client.get("/simulation/logement/" + "A" * 32).status_code == 404


def test_a_form_sent_from_elsewhere_reaches_no_draft(client):
    """No cookie carries a right here: another site that makes a visitor post can only begin a draft of its own."""
    answer_all(client)
    before = Brouillon.objects.get().reponses
    elsewhere = {"origin": "https://elsewhere.example", "referer": "https://elsewhere.example/"}
    response = client.post(START, PAGES["logement"], headers=elsewhere)
    assert response.status_code == 302
    assert [b.reponses for b in Brouillon.objects.all()].count(before) == 1
    assert client.post("/", {"a": "b"}, headers=elsewhere).status_code in (403, 405)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_another_method_is_a_page(client, method):
    link = answer_all(client)
    for address in ("/", START, f"{link}/loyer", f"{link}/resultat"):
        response = getattr(client, method)(address)
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]
        assert "Cette page ne se demande pas ainsi" in response.content.decode()
        assert "Content-Security-Policy" in response.headers


@pytest.mark.django_db(transaction=True)
def test_two_answers_sent_at_once_are_both_kept(client):
    address, _ = send_form(client, START, PAGES["logement"])
    link = address.removesuffix("/loyer")

    def send(name):
        client.post(f"{link}/{name}", PAGES[name])
        connection.close()

    threads = [threading.Thread(target=send, args=(name,)) for name in ("loyer", "foyer")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {"bailleur", "loyer", "naissance", "couple"} <= set(Brouillon.objects.get().reponses)

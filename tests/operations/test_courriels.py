"""E-mails: sent by a real server, put off when it refuses, and never anything of a file in them."""

import email
import email.policy
import logging
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core import mail

import letters
from dossiers import SINCE, compte, dossier, give_address
from guichet import clock
from guichet.domain.faits import LE_FOYER, Coordonnees, Fait, Genre
from guichet.domain.identifiants import CodeOrganisme, Matricule, Nir
from guichet.operations import courriels, courriers
from guichet.records import faits
from guichet.records.acces import Qui
from guichet.records.courriels import GIVEN_UP_AFTER, Courriel
from guichet.records.courriers import Courrier

pytestmark = pytest.mark.django_db
ADDRESS = "claire@exemple.fr"
logging.getLogger("mail.log").setLevel(logging.WARNING)  # the server's thread would still write when its test is over
OURS = Qui(CodeOrganisme("751"), Matricule("0000354"))


class Mailbox:
    """What the server received; it answers `refusal` when there is one."""

    def __init__(self):
        self.received, self.refusal = [], ""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (the name that aiosmtpd calls)
        if self.refusal:
            return self.refusal
        self.received.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 OK"


class OnAnyPort(Controller):
    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mailbox(settings):
    """A server on this machine, which EMAIL_URL would name."""
    box = Mailbox()
    server = OnAnyPort(box, hostname="127.0.0.1", port=0)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield box
    server.stop()


@pytest.fixture
def account():
    file = dossier()
    give_address(file, ADDRESS)
    return compte(file)


def test_each_kind_leaves_by_smtp_and_says_nothing_of_the_file(mailbox, account):
    courriels.announce(account.dossier_id)
    courriels.request_code(account)
    courriels.request_password(OURS)
    assert courriels.send() == 3
    assert not Courriel.objects.exists()
    for to, message in mailbox.received:
        assert to == [ADDRESS]
        assert message["From"] == "ne-pas-repondre@127.0.0.1"
        assert message["Auto-Submitted"] == "auto-generated"
        text = f"{message['Subject']} {message.get_content()}"
        for secret in ("0000354", "751", "Claire", "Essai", "1990", "FR76"):
            assert secret not in text
    subjects = {message["Subject"].partition(" (")[0].strip() for _, message in mailbox.received}
    assert subjects == {"Un message vous attend", "Votre code", "Choisir un nouveau mot de passe"}


def test_whom_it_is_for_is_kept_encrypted(account):
    courriels.request_password(Qui(nir=Nir("255081416802538")))
    courriels.request_password(OURS)
    kept = str(Courriel.objects.values())
    assert "2550814168025" not in kept
    assert "0000354" not in kept


def test_nobody_is_written_to_who_has_no_account_or_no_address(mailbox):
    compte(dossier("0000002"))
    for number in ("0000002", "9999999"):
        courriels.request_password(Qui(CodeOrganisme("751"), Matricule(number)))
    courriels.request_password(Qui(nir=Nir("255081416802538")))
    courriels.announce(999_999)
    assert courriels.send() == 0
    assert not mailbox.received
    assert not Courriel.objects.exists()


def test_a_letter_is_announced_once_to_who_agreed(mailbox, account):
    """Not one of the past, that is written when a file is made; not who gave an address for codes alone."""
    now = clock.now()
    for at, about in ((now, "rights"), (now, "rights"), (now - timedelta(days=2), "of the past"), (now, "")):
        courriers.send(account.dossier, letters.rappel(), at, about)
    other = dossier("0000002")
    compte(other)
    contact = Fait(Genre.COORDONNEES, LE_FOYER, Coordonnees("paul@exemple.fr", accord=False), SINCE)
    faits.note(other.pk, [contact], now - timedelta(days=1))
    courriers.send(other, letters.rappel(), now)
    assert courriels.send() == 2
    assert [to for to, _ in mailbox.received] == [[ADDRESS]] * 2
    assert Courrier.objects.count() == 4


def test_a_server_that_refuses_is_asked_again_later_for_a_day(mailbox, account, set_clock):
    courriels.announce(account.dossier_id)
    mailbox.refusal = "451 later"
    assert courriels.send() == 0
    assert courriels.send() == 0  # not at once
    assert Courriel.objects.get().essais == 1
    mailbox.refusal = ""
    set_clock(2026, 11, 25, 12, 3)
    assert courriels.send() == 1
    courriels.announce(account.dossier_id)
    mailbox.refusal = "550 never"
    Courriel.objects.update(demande_le=clock.now() - GIVEN_UP_AFTER - timedelta(minutes=1))
    assert courriels.send() == 0
    assert not Courriel.objects.exists()


def test_one_that_cannot_leave_does_not_keep_the_others(account, monkeypatch):
    other = dossier("0000002")
    give_address(other, "paul@exemple.fr\r\nBcc: tous@exemple.fr")
    bad = compte(other)
    courriels.announce(bad.dossier_id)
    courriels.announce(account.dossier_id)
    assert courriels.send() == 1
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert Courriel.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_senders_send_each_once(account):
    """One that another process is sending is passed over."""
    import threading

    from django.db import connection

    from guichet.records import courriels as waiting

    for _ in range(2):
        courriels.announce(account.dossier_id)
    sent = []

    def other():
        sent.append(courriels.send())
        connection.close()

    with waiting.next_one() as mine:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert mine is not None
    assert sent == [1]
    assert not Courriel.objects.exists()

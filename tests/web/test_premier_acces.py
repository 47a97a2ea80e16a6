"""The first access and the forgotten password: codes and links that open once, to their owner alone."""

import re
from datetime import date

import pytest
from django.core import mail
from visit import page_of

from dossiers import THEIR_PASSWORD, compte, dossier, give_address, log_in, personne
from guichet.operations import courriels
from guichet.records import acces
from guichet.records.acces import Code, Compte
from guichet.records.courriels import Courriel
from guichet.records.sessions import Session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tries")]
BIRTH = {"naissance-jour": "12", "naissance-mois": "5", "naissance-annee": "1990"}
CHOSEN = {"mot_de_passe": "Des pommes & 12 poires", "encore": "Des pommes & 12 poires"}
FIRST, NEW = "/connexion/premier-acces", "/connexion/mot-de-passe"


def type_code(client, code, matricule="0000354", **others):
    return client.post(FIRST, {"identifiant": matricule, "code": code} | BIRTH | others)


def choose(client, sent=CHOSEN):
    """The heaviest page: 8 queries and two transactions."""
    client.budget = 12
    return client.post(NEW, sent)


def test_a_letter_opens_an_account_once(client):
    file = dossier()
    code = acces.give_letter_code(file.personne_set.get().pk)
    assert re.fullmatch(r"[A-Z2-9]{5}-[A-Z2-9]{5}", code)
    assert code.replace("-", "") not in str(Code.objects.values())
    assert type_code(client, code.lower().replace("-", " ")).url == NEW
    assert client.get(NEW).status_code == 200
    assert choose(client).url == "/mon-compte"
    account = Compte.objects.get()
    assert (account.titulaire, account.dossier) == (True, file)
    assert client.get("/mon-compte/securite/application").status_code == 200  # a letter is a second factor
    client.post("/deconnexion")
    assert type_code(client, code).status_code == 200  # it has been used
    assert log_in(client, password=CHOSEN["mot_de_passe"]).url == "/mon-compte"


def test_the_number_of_the_file_stays_the_allocataire_s(client):
    """Her partner opens an account with a letter of his own, and is known by his NIR."""
    file = dossier()
    partner = personne(file, "Essai", "Paul", date(1990, 5, 12))
    type_code(client, acces.give_letter_code(partner.pk))
    choose(client)
    assert not Compte.objects.get().titulaire


def test_what_a_code_had_opened_is_closed_by_the_next_one(client, visitor, set_clock):
    """Somebody read the letter, or the e-mail, of another: the one that is asked for then ends theirs, though they have
    typed it already."""
    thief = visitor()
    number = dossier().personne_set.get().pk
    type_code(thief, acces.give_letter_code(number))
    code = acces.give_letter_code(number)
    assert thief.get(NEW).url == FIRST
    assert choose(thief).url == FIRST
    assert type_code(client, code).url == NEW
    assert choose(client).url == "/mon-compte"
    thief.post("/connexion/oubli/lien", {"lien": acces.give_link(number)} | BIRTH)
    set_clock(2026, 11, 25, 12, 20)
    link = acces.give_link(number)
    assert choose(thief).url == FIRST
    assert client.post("/connexion/oubli/lien", {"lien": link} | BIRTH).url == NEW


@pytest.mark.parametrize("why", ["another birth date", "another file", "expired", "replaced", "forged", "of a link"])
def test_a_code_that_is_not_good_opens_nothing(client, set_clock, why):
    file = dossier()
    dossier("0000001")
    who = file.personne_set.get().pk
    code = acces.give_letter_code(who)
    sent = {}
    if why == "another birth date":
        sent = {"naissance-annee": "1991"}
    elif why == "another file":
        sent = {"matricule": "0000001"}
    elif why == "expired":
        set_clock(2026, 12, 26)
    elif why == "replaced":
        acces.give_letter_code(who)
    elif why == "forged":
        code = code[:-1] + ("A" if code[-1] != "A" else "B")
    else:
        code = acces.give_link(who)
    response = type_code(client, code, **sent)
    assert response.status_code == 200
    assert "Ces informations ne vont pas ensemble" in page_of(response)
    assert code in page_of(response)  # nothing typed is lost
    assert not client.cookies.get("sessionid")
    assert client.get(NEW).url == FIRST
    assert choose(client).url == FIRST
    assert not Compte.objects.exists()


def test_two_tabs_that_read_one_code_open_one_account(client, visitor):
    code = acces.give_letter_code(dossier().personne_set.get().pk)
    other = visitor()
    assert type_code(client, code).url == type_code(other, code).url == NEW
    assert choose(client).url == "/mon-compte"
    assert choose(other, dict.fromkeys(CHOSEN, "Volée par un autre 1")).url == FIRST
    assert Compte.objects.get().check_password(CHOSEN["mot_de_passe"])


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("court 1 A", "il lui faut au moins 12 caractères"),
        ("que des minuscules", "Il manque à ce mot de passe une majuscule ou un chiffre."),
        ("quedesminuscules", "Il manque à ce mot de passe une majuscule ou un signe comme # ou -."),
        ("Treize13signe", "Ajoutez à ce mot de passe un signe comme # ou -, ou allongez-le à 14 caractères."),
        ("Aa1!Aa1!Aa1!Aa1!", "répète"),
        ("x" * 250 + "A1", "trop long"),
        ("", "il lui faut au moins 12 caractères"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(client, password, said):
    type_code(client, acces.give_letter_code(dossier().personne_set.get().pk))
    page = page_of(client.post(NEW, {"mot_de_passe": password, "encore": password}))
    assert said in page.replace("\u00a0", " ").replace("’", "'")
    assert not password or password not in page
    assert not Compte.objects.exists()


def test_common_passwords_are_refused_whatever_their_case(monkeypatch):
    from guichet.records import passwords

    common = next(word for word in sorted(passwords._common()) if len(word) >= 14 and len(set(word)) > 6)
    monkeypatch.setattr(passwords, "KINDS", ("la seule",))
    monkeypatch.setattr(passwords, "_kind", lambda sign: "la seule")
    assert "plus utilisés" in passwords.refusal(common.title())


def test_accents_typed_either_way_are_one_password():
    account = compte(dossier(), password="Un été à la mer, 2")
    assert account.check_password("Un e\u0301te\u0301 a\u0300 la mer, 2")


# A forgotten password


def ask(client, matricule="0000354"):
    response = client.post("/connexion/oubli", {"identifiant": matricule})
    courriels.send()
    return response


def link_of(message):
    return re.search(r"http://127\.0\.0\.1:8000(\S+)", message.body)[1]


def test_a_link_by_e_mail_gives_a_new_password_and_closes_the_rest(client, visitor):
    file = dossier()
    compte(file)
    give_address(file, "claire@exemple.fr")
    stolen = visitor()
    log_in(stolen)
    assert ask(client).url == "/connexion/oubli?envoye"
    (message,) = mail.outbox
    assert message.to == ["claire@exemple.fr"]
    link = link_of(message)
    assert client.get(link).status_code == 200
    token = link.partition("lien=")[2]
    assert client.post("/connexion/oubli/lien", {"lien": token} | BIRTH | {"naissance-jour": "13"}).status_code == 200
    assert client.post("/connexion/oubli/lien", {"lien": token} | BIRTH).url == NEW
    assert choose(client).url == "/mon-compte"
    assert stolen.get("/mon-compte").status_code == 302
    assert Session.objects.filter(compte__isnull=False).count() == 1
    assert log_in(stolen, password=THEIR_PASSWORD).status_code == 200
    assert client.post("/connexion/oubli/lien", {"lien": token} | BIRTH).status_code == 200  # it has been used


def test_a_link_expires_in_an_hour(client, set_clock):
    file = dossier()
    compte(file)
    give_address(file, "claire@exemple.fr")
    ask(client)
    set_clock(2026, 11, 25, 13, 1)
    token = link_of(mail.outbox[0]).partition("lien=")[2]
    assert client.post("/connexion/oubli/lien", {"lien": token} | BIRTH).status_code == 200


def test_asking_for_a_link_tells_nothing_and_floods_nobody(client, django_assert_num_queries):
    """Nothing is looked up before the answer: the same page and the same queries for everybody."""
    file = dossier()
    compte(file)
    give_address(file, "claire@exemple.fr")
    compte(dossier("0000001"))  # no address
    seen = set()
    for matricule in ("0000354", "0000001", "9999999", "0000354"):
        client.cookies.clear()
        with django_assert_num_queries(2):  # the caisses; what was asked
            response = client.post("/connexion/oubli", {"identifiant": matricule})
        seen.add((response.status_code, response.url, *client.cookies))
    assert len(seen) == 1
    assert "0000354" not in str(Courriel.objects.values())
    assert courriels.send() == 1
    assert not Courriel.objects.exists()

"""FranceConnect, against a real provider: the whole exchange, who is matched, and what is shown when it does not work."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from visit import page_of

from dossiers import SINCE, THEIR_PASSWORD, caisse, compte, dossier, log_in, personne
from guichet import clock
from guichet.domain.faits import Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.records import acces, faits, franceconnect
from guichet.records.acces import Compte
from identity_provider import BACK, CLIENT, HERE, SECRET, claims_of, claire, comes_back

pytestmark = pytest.mark.django_db

# The exchange


def test_the_whole_exchange(client, provider):
    file = claire()
    assert comes_back(client).url == "/mon-compte"
    assert "Claire Essai" in client.get("/mon-compte").content.decode()
    account = Compte.objects.get()
    assert (account.dossier, account.titulaire, account.has_usable_password()) == (file, True, False)
    asked = dict(provider.asked)
    assert set(asked) == {"provider_config", "authorization", "token", "jwks", "userinfo"}
    query = asked["authorization"]
    assert query["scope"] == "openid identite_pivot email"
    assert (query["response_type"], query["acr_values"]) == ("code", "eidas1")
    assert query["redirect_uri"] == f"{HERE}{BACK}"
    assert query["code_challenge_method"] == "S256"
    assert min(len(query[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert (asked["token"]["client_id"], asked["token"]["client_secret"]) == (CLIENT, SECRET)
    assert SECRET not in str(query)


def test_states_and_nonces_are_never_the_same(client, provider):
    asked = [parse_qs(urlsplit(client.get("/connexion/franceconnect").url).query) for _ in range(8)]
    assert len({query[name][0] for query in asked for name in ("state", "nonce", "code_challenge")}) == 24


def test_without_pkce_at_the_provider_none_is_sent(client, provider):
    claire()
    provider.asks_no_proof_of_the_code()
    assert comes_back(client).url == "/mon-compte"
    assert "code_verifier" not in dict(provider.asked)["token"]


def test_what_it_says_of_itself_is_asked_once_and_a_new_key_is_found(client, visitor, provider):
    claire()
    comes_back(client)
    provider.asked.clear()
    comes_back(visitor())
    assert [name for name, _ in provider.asked] == ["authorization", "token", "userinfo"]
    key = rsa.generate_private_key(65537, 2048)
    public = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": "new", "use": "sig"}

    def signs_anew(answer):
        told = answer.json
        answer.json = told | {"id_token": provider.signed(claims_of(told["id_token"]), key=key, kid="new")}

    def publishes(answer):
        answer.json = {"keys": [*answer.json["keys"], public]}

    provider.twists |= {"token": signs_anew, "jwks": publishes}
    provider.asked.clear()
    assert comes_back(visitor()).url == "/mon-compte"
    assert [name for name, _ in provider.asked].count("jwks") == 1


def test_it_leads_where_one_was_going_and_nowhere_else(client, visitor, provider):
    claire()
    assert comes_back(client, "/connexion/franceconnect?suite=/mon-compte/securite").url == "/mon-compte/securite"
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"):
        assert comes_back(visitor(), f"/connexion/franceconnect?suite={elsewhere}").url == "/mon-compte"
    assert comes_back(visitor(), "/en/connexion/franceconnect").url == "/en/mon-compte"


def test_it_is_no_second_factor(client, provider):
    claire()
    comes_back(client)
    assert client.get("/mon-compte/securite").status_code == 200
    assert client.get("/mon-compte/securite/application").url.startswith("/mon-compte/code?")


def test_what_was_being_sent_is_offered_again(client, provider, set_clock):
    compte(claire())
    log_in(client)
    set_clock(2026, 11, 25, 13)
    client.post("/mon-compte/securite", {"fermer": "x"})
    assert comes_back(client).url == "/mon-compte/reprise"


def test_the_session_has_a_new_key_and_nothing_in_clear(client, provider):
    claire()
    there = client.get("/connexion/franceconnect")
    before = client.cookies["sessionid"].value
    client.get(requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"].removeprefix(HERE))
    assert client.cookies["sessionid"].value != before
    assert client.session["franceconnect"].startswith("gAAAA")
    assert not client.session["franceconnect-asked"]


def test_logout_is_there_too(client, visitor, provider):
    claire()
    comes_back(client)
    page = client.post("/deconnexion")
    assert page.status_code == 200
    end = page.headers["Refresh"].removeprefix("0; url=")
    query = parse_qs(urlsplit(end).query)
    assert end.startswith(f"{provider.url}/session/end?")
    assert set(query) == {"id_token_hint", "post_logout_redirect_uri", "state"}
    back = requests.get(end, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://127.0.0.1:8000/connexion/franceconnect/fin?state=")
    assert client.get(back.removeprefix(HERE)).url == "/deconnexion"
    assert client.get("/mon-compte").status_code == 302
    compte(dossier("0000001"))
    other = visitor()
    log_in(other, "0000001")
    assert other.post("/deconnexion").url == "/deconnexion"


def test_who_is_logged_out_when_the_provider_is_down_is_logged_out_here(client, provider):
    from django.core.cache import cache

    claire()
    comes_back(client)
    cache.clear()
    provider.twists["provider_config"] = lambda answer: setattr(answer, "status", 500)
    assert client.post("/deconnexion").url == "/deconnexion"
    assert client.get("/mon-compte").status_code == 302


# Who it is


@pytest.mark.parametrize(
    "recorded",
    [
        {"nom": "essai", "prenoms": "CLAIRE"},
        {"nom": "Éssaï", "prenoms": "Clàire"},
        {"nom": "ES-SAI", "prenoms": "Claire"},
    ],
)
def test_names_are_compared_without_accents_case_nor_hyphens(client, provider, recorded):
    claire(**recorded)
    assert comes_back(client).url == "/mon-compte"


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ({}, {"given_name": "Claire Marie"}),
        ({"prenoms": "Claire Marie"}, {"given_name": "Claire Marie"}),
        (
            {"prenoms": "Jean-René", "nom": "d'Œuvre", "sexe": "M"},
            {"given_name": "JEAN RENE", "family_name": "D OEUVRE", "gender": "male"},
        ),
        ({"lieu_naissance": "99352"}, {"birthplace": "", "birthcountry": "99352"}),
        ({"lieu_naissance": "2A004"}, {"birthplace": "2A004"}),
    ],
)
def test_who_has_the_pivot_identity_gets_in(client, provider, recorded, told):
    claire(**recorded)
    provider.knows(**told)
    assert comes_back(client).url == "/mon-compte"


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ({}, {"family_name": "ESSAY"}),
        ({}, {"given_name": "Clara"}),
        ({}, {"given_name": "Marie Claire"}),
        ({}, {"given_name": ""}),
        ({}, {"gender": "male"}),
        ({}, {"gender": ""}),
        ({}, {"birthdate": "1990-05-13"}),
        ({}, {"birthdate": "1990-05-00"}),
        ({}, {"birthdate": "1990-00-00"}),
        ({}, {"birthdate": "1990"}),
        ({}, {"birthplace": "75101"}),
        ({}, {"birthplace": ""}),
        ({}, {"birthcountry": "99352"}),
        ({}, {"birthcountry": ""}),
        ({"sexe": ""}, {}),
        ({"sexe": ""}, {"gender": ""}),
        ({"lieu_naissance": ""}, {}),
        ({"lieu_naissance": ""}, {"birthplace": ""}),
        ({"lieu_naissance": "99352"}, {}),
    ],
)
def test_any_other_identity_opens_nothing(client, provider, recorded, told):
    """What a file does not know proves nothing either; the e-mail address is the same in all of them."""
    claire(**recorded)
    provider.knows(**told)
    page = comes_back(client)
    assert page.status_code == 403
    assert "Votre dossier n’a pas été trouvé" in page_of(page)
    assert "premier-acces" in page_of(page)
    assert f"{provider.url}/session/end?id_token_hint=" in page_of(page)
    assert not Compte.objects.exists()
    assert client.get("/mon-compte").status_code == 302


def test_several_persons_with_one_identity_open_nothing(client, provider):
    claire()
    claire("0000001")
    page = comes_back(client)
    assert page.status_code == 403
    assert "Plusieurs dossiers ont votre identité" in page_of(page)
    assert not Compte.objects.exists()


def known_as(file, role, until=None):
    """A person with the identity of whom the provider knows, in this role in this file."""
    who = personne(file, "Essai", "Claire", date(1990, 5, 12), sexe="F", lieu_naissance="75056")
    faits.note(file.pk, [Fait(Genre.PRESENCE, who.pk, Presence(role), SINCE, until)], clock.now())
    return who


def test_a_child_of_a_file_has_no_account_and_the_other_adult_has_hers(client, visitor, provider):
    file = dossier()
    file.personne_set.update(nom="Autre")
    known_as(file, Role.ENFANT)
    assert comes_back(client).status_code == 403
    partner = known_as(file, Role.CONJOINT)
    assert comes_back(visitor()).url == "/mon-compte"
    account = Compte.objects.get()
    assert (account.personne, account.titulaire) == (partner, False)


def test_an_account_that_exists_is_opened_as_it_is(client, provider):
    account = compte(claire())
    assert comes_back(client).url == "/mon-compte"
    client.post("/deconnexion")
    assert log_in(client).url == "/mon-compte"
    account.refresh_from_db()
    assert len(account.alias_empreinte) == 64


def test_who_has_no_password_is_told_how_to_choose_one(client, provider):
    claire()
    comes_back(client)
    page = page_of(client.get("/mon-compte/securite/mot-de-passe"))
    assert 'href="/connexion/oubli"' in page
    assert 'name="ancien"' not in page
    assert (
        client.post("/mon-compte/securite/mot-de-passe", {"ancien": "", "mot_de_passe": THEIR_PASSWORD}).status_code == 200
    )
    assert not Compte.objects.get().has_usable_password()


def test_a_closed_account_is_opened_again_without_its_password(client, provider):
    Compte.objects.filter(pk=compte(claire()).pk).update(ferme_le=clock.now())
    assert comes_back(client).url == "/mon-compte"
    assert Compte.objects.get().ferme_le is None
    assert not Compte.objects.get().check_password(THEIR_PASSWORD)


def test_who_was_matched_once_is_known_after_a_change_of_name(client, visitor, provider):
    file = claire()
    comes_back(client)
    file.personne_set.update(nom="Tout autre")
    assert comes_back(visitor()).url == "/mon-compte"
    Compte.objects.update(ferme_le=clock.now())
    assert comes_back(visitor()).status_code == 403


def test_who_has_gone_to_another_file_opens_that_one(client, visitor, provider):
    left = claire()
    comes_back(client)
    left.personne_set.update(nom="Autre")
    file = claire("0000001")
    assert comes_back(client).url == "/mon-compte"
    assert "Claire Essai" in client.get("/mon-compte").content.decode()
    file.personne_set.update(prenoms="Autre")
    other = visitor()
    comes_back(other)
    assert "Autre Essai" in other.get("/mon-compte").content.decode()


def test_the_alias_is_found_while_keys_change(client, visitor, provider, settings):
    file = claire()
    comes_back(client)
    file.personne_set.update(nom="Tout autre")
    settings.FIELD_KEYS = ["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", *settings.FIELD_KEYS]
    assert comes_back(visitor()).url == "/mon-compte"


def test_queries(client, visitor, provider):
    claire()
    comes_back(client)
    other = visitor()
    there = other.get("/connexion/franceconnect").url
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    other.budget = 9
    assert other.get(back.removeprefix(HERE)).status_code == 302


# Without it


def test_without_its_settings_it_is_not_there(client, settings):
    caisse()
    for name in ("URL", "CLIENT_ID", "CLIENT_SECRET"):
        for other in ("URL", "CLIENT_ID", "CLIENT_SECRET"):
            setattr(settings, f"FRANCECONNECT_{other}", "" if other == name else "https://elsewhere.example")
        for page in ("", "/retour", "/fin"):
            assert client.get(f"/connexion/franceconnect{page}").status_code == 404
        assert "FranceConnect" not in client.get("/connexion").content.decode()


def test_the_login_offers_it_and_keeps_where_one_was_going(client, provider):
    caisse()
    page = page_of(client.get("/connexion?suite=/mon-compte/securite"))
    assert 'href="/connexion/franceconnect?suite=/mon-compte/securite"' in page.replace("%2F", "/")
    assert "S’identifier avec FranceConnect" in page
    assert 'href="https://franceconnect.gouv.fr/"' in page
    assert "S’identifier avec FranceConnect" in page_of(client.get("/connexion/premier-acces"))
    assert not provider.asked


def test_who_gives_up_there_is_told_what_to_do(client, provider):
    there = client.get("/connexion/franceconnect?suite=/mon-compte/securite").url
    state = parse_qs(urlsplit(there).query)["state"][0]
    page = client.get(BACK, {"error": "access_denied", "state": state})
    assert page.status_code == 200
    assert "interrompue" in page_of(page)
    assert 'href="/connexion?suite=/mon-compte/securite"' in page_of(page).replace("%2F", "/")


def test_an_account_opened_in_two_tabs_at_once_is_one():
    who = claire().personne_set.get()
    one, other = (acces.open_compte(acces.personnes().get(pk=who.pk)) for _ in range(2))
    assert franceconnect._save(one).pk == franceconnect._save(other).pk == Compte.objects.get().pk


def test_an_answer_in_chunks_is_read(client, provider):
    claire()

    def in_chunks(answer):
        pieces = [answer.body[start : start + 50] for start in range(0, len(answer.body), 50)]
        answer.parts = [b"%x\r\n%b\r\n" % (len(piece), piece) for piece in [*pieces, b""]]
        answer.headers["Transfer-Encoding"] = "chunked"

    provider.twists |= dict.fromkeys(("token", "userinfo", "jwks"), in_chunks)
    assert comes_back(client).url == "/mon-compte"


def test_its_pages_are_kept_by_nobody(client, provider):
    claire()
    pages = [client.get(f"/connexion/franceconnect{page}") for page in ("", "/retour", "/fin")]
    for page in [*pages, comes_back(client), client.post("/deconnexion")]:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")


def test_what_is_done_of_its_answers_is_told_where_it_is_offered(client, provider, settings):
    from django.core.cache import cache

    assert "Ce que dit FranceConnect" in client.get("/confidentialite").content.decode()
    cache.clear()
    settings.FRANCECONNECT_URL = ""
    assert "FranceConnect" not in client.get("/confidentialite").content.decode()


def test_its_pages_speak_english(client, provider):
    page = page_of(client.get("/en/connexion/franceconnect/retour"))
    assert "This login is no longer valid" in page
    assert "Log in with FranceConnect" in page
    dossier()
    page = page_of(comes_back(client, "/en/connexion/franceconnect"))
    for sentence in ("Your file was not found", "I have a password: log in with it", "Log out of FranceConnect"):
        assert sentence in page

"""The quotient familial for towns: what is answered, to whom, and what is not."""

import logging
from collections import Counter
from datetime import date
from urllib.parse import urlencode

import pytest
import schemathesis
from communes import ADDRESS, CLAIRE, ask, refusal, token
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from dossiers import KNOWN_AT, SINCE, dossier, instant, personne
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, Adresse, Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.domain.portees import Portee
from guichet.domain.vocabulaire import Mois
from guichet.operations.liquider import liquider
from guichet.records import faits, lectures, sql
from guichet.records.dossiers import Personne
from guichet.records.grand_livre import Liquidation
from guichet.web import pace
from guichet.web.access_log import AccessLog
from guichet.web.api import particulier
from guichet.web.api.particulier_contract import WRONG, Question
from guichet.web.wsgi import application

pytestmark = pytest.mark.django_db
OCTOBRE = Mois(2026, 10)
CHEZ_ELLE = Adresse("12 rue des Essais", "35000", "Rennes", "35238")


def computed(file, quotient="412", mois=OCTOBRE, connu_le=None):
    """The quotient familial of a month; the law is asked in one test only."""
    rights = {Prestation.QUOTIENT_FAMILIAL.value: quotient}
    le = connu_le or instant(2026, 11, 2)
    return Liquidation.objects.create(dossier=file, mois=mois.first_day, connu_le=le, droits=rights)


def family(matricule="0000354", place="35238", quotient="412"):
    """Claire, her partner, two children of whom one has left, and where they live."""
    file = dossier(matricule)
    Personne.objects.filter(dossier=file).update(sexe="F", lieu_naissance=place)
    conjoint = personne(file, "D'Essai-Dupré", "Jean René", date(1988, 1, 31), sexe="M", lieu_naissance="99351")
    lea = personne(file, "Essai", "Léa", date(2015, 3, 2), sexe="F")
    gone = personne(file, "Essai", "Tom", date(2012, 3, 2), sexe="M")
    faits.note(
        file.pk,
        [
            Fait(Genre.PRESENCE, conjoint.pk, Presence(Role.CONJOINT), SINCE),
            Fait(Genre.PRESENCE, lea.pk, Presence(Role.ENFANT), SINCE),
            Fait(Genre.PRESENCE, gone.pk, Presence(Role.ENFANT), SINCE, date(2025, 9, 1)),
            Fait(Genre.ADRESSE, LE_FOYER, CHEZ_ELLE, SINCE),
        ],
        KNOWN_AT,
    )
    if quotient:
        computed(file, quotient)
    return file


def test_a_town_is_answered_as_api_particulier_answers(client):
    file = family()
    client.budget = 8
    response = ask(client, token())
    assert response.status_code == 200
    # Its owner can see who read it.
    ((read,),) = sql.ask(lectures.latest(file.pk, 10))
    assert "octobre 2026" in read.motif
    assert response.json() == {
        "data": {
            "quotient_familial": {
                **{"fournisseur": "CNAF", "valeur": 412, "annee": 2026, "mois": 10},
                **{"annee_calcul": 2026, "mois_calcul": 11},
            },
            "allocataires": [
                {
                    **{"nom_naissance": "Essai", "nom_usage": None, "prenoms": "Claire"},
                    **{"date_naissance": "1990-05-12", "sexe": "F"},
                },
                {
                    **{"nom_naissance": "D'Essai-Dupré", "nom_usage": None, "prenoms": "Jean René"},
                    **{"date_naissance": "1988-01-31", "sexe": "M"},
                },
            ],
            "enfants": [
                {
                    **{"nom_naissance": "Essai", "nom_usage": None, "prenoms": "Léa"},
                    **{"date_naissance": "2015-03-02", "sexe": "F"},
                },
            ],
            "adresse": {
                **{"destinataire": "Madame Essai Claire", "complement_information": None},
                **{"complement_information_geographique": None, "numero_libelle_voie": "12 rue des Essais"},
                **{"lieu_dit": None, "code_postal_ville": "35000 Rennes", "pays": "FRANCE"},
            },
        },
        "links": {},
        "meta": {},
    }
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_what_is_answered_is_what_was_computed_and_what_the_account_shows(client):
    """A month computed twice: the last computation stands."""
    file = family(quotient=None)
    for le in (instant(2026, 11, 2), instant(2026, 11, 4)):
        liquider("751", OCTOBRE, le)
    kept = Liquidation.objects.filter(dossier=file, mois=OCTOBRE.first_day).latest("connu_le")
    told = ask(client, token(), CLAIRE | {"annee": 2026, "mois": 10}).json()["data"]["quotient_familial"]["valeur"]
    assert 0 < told == int(kept.droits["quotient_familial"].partition(".")[0])


@pytest.mark.parametrize(
    ("scope", "part"),
    [
        (Portee.QUOTIENT_FAMILIAL, "quotient_familial"),
        (Portee.ALLOCATAIRES, "allocataires"),
        (Portee.ENFANTS, "enfants"),
        (Portee.ADRESSE, "adresse"),
    ],
)
def test_what_a_scope_does_not_open_is_not_there(client, scope, part):
    family()
    assert set(ask(client, token(scope)).json()["data"]) == {part}


# Who is meant


@pytest.mark.parametrize(
    "told",
    [
        {"nomNaissance": "ÉSSAI", "prenoms[]": ["claire"]},
        {"nomNaissance": "es-sai", "prenoms[]": ["Claire", "Marie Odile"]},
        {"codeCogInseeCommuneNaissance": ""},
        {
            **{
                "nomNaissance": "D’ESSAI DUPRE",
                "prenoms[]": ["JEAN-RENE"],
                "sexeEtatCivil": "M",
                "anneeDateNaissance": 1988,
            },
            **{"moisDateNaissance": 1, "jourDateNaissance": 31, "codeCogInseePaysNaissance": "99351"},
            "codeCogInseeCommuneNaissance": "",
        },
    ],
)
def test_names_are_read_as_people_write_them(client, told):
    family()
    assert ask(client, token(), CLAIRE | told).status_code == 200


NOBODY = {
    "another name": {"nomNaissance": "Essais"},
    "another first name": {"prenoms[]": ["Marie", "Claire"]},
    "another sex": {"sexeEtatCivil": "M"},
    "another day": {"jourDateNaissance": 13},
    "another commune": {"codeCogInseeCommuneNaissance": "35047"},
    "another country": {"codeCogInseePaysNaissance": "99109", "codeCogInseeCommuneNaissance": ""},
    "a child": {"prenoms[]": ["Léa"], "anneeDateNaissance": 2015, "moisDateNaissance": 3, "jourDateNaissance": 2},
}


@pytest.mark.parametrize("told", NOBODY.values(), ids=NOBODY.keys())
def test_nobody_else_is_found(client, told):
    family()
    assert refusal(ask(client, token(), CLAIRE | told)) == (404, "23003", None)


def test_several_people_are_answered_like_nobody(client):
    text = token()
    unknown = ask(client, text).json()
    family()
    family("0000355")
    assert ask(client, text).json() == unknown


def test_a_file_that_was_left_for_another_one_does_not_hide_it(client):
    old, new = dossier("0000355"), family()
    computed(old, "999")
    claire = old.personne_set.get()
    faits.learn(old.pk, [Fait(Genre.PRESENCE, claire.pk, Presence(Role.ENFANT), date(2026, 1, 1))], instant(2026, 1, 5))
    assert ask(client, token()).json()["data"]["quotient_familial"]["valeur"] == 412
    assert new.pk != old.pk


def test_who_has_left_is_told_nothing_of_what_became_of_the_household(client):
    file = family()
    gone = personne(file, "Parti", "Paul", date(1985, 6, 7), sexe="M")
    faits.note(file.pk, [Fait(Genre.PRESENCE, gone.pk, Presence(Role.CONJOINT), SINCE, date(2026, 2, 1))], KNOWN_AT)
    computed(file, "300", Mois(2026, 1), instant(2026, 2, 2))
    moved = Fait(Genre.ADRESSE, LE_FOYER, Adresse("1 rue Nouvelle", "22000", "Saint-Brieuc"), date(2026, 3, 1))
    faits.learn(file.pk, [moved], instant(2026, 3, 2))
    paul = CLAIRE | {
        **{"nomNaissance": "Parti", "prenoms[]": ["Paul"], "sexeEtatCivil": "M"},
        **{"anneeDateNaissance": 1985, "moisDateNaissance": 6, "jourDateNaissance": 7},
    }
    assert refusal(ask(client, token(), paul)) == (404, "23003", None)
    then = ask(client, token(), paul | {"annee": 2026, "mois": 1}).json()["data"]
    assert (then["quotient_familial"]["valeur"], then["adresse"]["code_postal_ville"]) == (300, "35000 Rennes")


# Which month


def test_each_month_has_its_own_and_the_last_one_is_told_without_a_month(client):
    file = family()
    computed(file, "380.00", Mois(2026, 9), instant(2026, 10, 2))
    text = token()
    september = ask(client, text, CLAIRE | {"annee": 2026, "mois": 9}).json()["data"]["quotient_familial"]
    assert (september["valeur"], september["mois"], september["mois_calcul"]) == (380, 9, 10)
    assert ask(client, text).json()["data"]["quotient_familial"]["mois"] == 10


@pytest.mark.parametrize("quotient", [None, "null"])
def test_a_month_that_is_not_known(client, quotient):
    file = family(quotient=None)
    if quotient:
        computed(file, None)
    response = ask(client, token(), CLAIRE | {"annee": 2026, "mois": 10})
    assert refusal(response) == (404, "23003", None)
    assert "n'est pas connu" in response.json()["errors"][0]["detail"]


# What is wrong


@pytest.mark.parametrize(
    ("told", "code", "parameter"),
    [
        ({"recipient": "21350238800018"}, "00210", "recipient"),
        ({"nomNaissance": ""}, "00420", "nomNaissance"),
        ({"nomNaissance": "'\x00-"}, "00420", "nomNaissance"),
        ({"nomNaissance": "a" * 201}, "00420", "nomNaissance"),
        ({"prenoms[]": []}, "00421", "prenoms[]"),
        ({"prenoms[]": ["Claire", ""]}, "00421", "prenoms[]"),
        ({"sexeEtatCivil": "X"}, "00427", "sexeEtatCivil"),
        ({"anneeDateNaissance": "mille"}, "00422", "anneeDateNaissance"),
        ({"moisDateNaissance": 13}, "00423", "moisDateNaissance"),
        ({"jourDateNaissance": 9**99}, "00424", "jourDateNaissance"),
        ({"moisDateNaissance": 2, "jourDateNaissance": 30}, "00425", "dateNaissance"),
        ({"codeCogInseePaysNaissance": "FR"}, "00400", "codeCogInseePaysNaissance"),
        ({"codeCogInseeCommuneNaissance": "Rennes"}, "00426", "codeCogInseeCommuneNaissance"),
        ({"annee": 2023, "mois": 1}, "00356", "annee"),
        ({"annee": 2027, "mois": 1}, "00356", "annee"),
        ({"annee": 2026, "mois": 0}, "00354", "mois"),
        ({"annee": 2026}, "00354", "mois"),
        ({"mois": 3}, "00356", "annee"),
    ],
)
def test_what_is_wrong_is_named(client, told, code, parameter):
    assert refusal(ask(client, token(), CLAIRE | told)) == (422, code, parameter)


def test_all_that_is_missing_is_told_at_once(client):
    errors = ask(client, token(), {}).json()["errors"]
    assert {error["detail"] for error in errors} == {
        f"Le paramètre {name} est obligatoire." for name in CLAIRE if name != "codeCogInseeCommuneNaissance"
    }


@pytest.mark.parametrize(("method", "address", "status"), [("post", ADDRESS, 405), ("get", "/v3/rien", 404)])
def test_other_errors_have_the_same_form(client, method, address, status):
    assert refusal(getattr(client, method)(address)) == (status, f"00{status}", None)


# Who knows that it was asked


def test_no_log_holds_what_is_asked(client, caplog):
    family()
    lines = []
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": ADDRESS, "QUERY_STRING": urlencode(CLAIRE, doseq=True)}
    referrer = f"https://ville.example{ADDRESS}?{asked['QUERY_STRING']}"
    AccessLog(lambda *_: [], lines.append)(asked | {"HTTP_REFERER": referrer}, None).close()
    assert ADDRESS in lines[0].decode()
    with caplog.at_level(logging.DEBUG, "django"):
        for text, told in ((token(), CLAIRE), (token(), CLAIRE | {"jourDateNaissance": 9}), ("a.b.c", CLAIRE)):
            ask(client, text, told)
    written = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    written = " ".join([*written, lines[0].decode()])
    assert ADDRESS in written
    for secret in ("Essai", "Claire", "nomNaissance", token()):
        assert secret not in written


def test_a_token_that_asks_too_much_waits_then_comes_back(client, monkeypatch):
    """The others do not wait for it."""
    waited = []
    monkeypatch.setattr(pace.time, "sleep", waited.append)
    turns = pace.Turns(pace.Schedule(rate=20, burst=3, longest=2, clock=lambda: 1000.0))
    monkeypatch.setattr(particulier, "TURNS", turns)
    family()
    one, other = token(), token()
    for _ in range(6):
        assert ask(client, one).status_code == 200
    assert waited == pytest.approx([1 / 20, 2 / 20])
    ask(client, other)
    assert len(waited) == 2
    for _ in range(pace.MOST_WAITING):
        turns._waiting.acquire()
    response = ask(client, one)
    assert refusal(response) == (429, "00429", None)
    assert response.headers["Retry-After"] == "1"


# Strangers

contract = schemathesis.openapi.from_wsgi("/v3/openapi.json", application, config=SchemathesisConfig())
TRIED = Counter()


@pytest.fixture(autouse=True)
def requests_are_counted(record_property):
    yield
    for status, number in TRIED.items():
        record_property(f"requests answered {status}", number)
    TRIED.clear()


@pytest.fixture
def transaction_goes_on():
    """Over requests that are answered as in production, as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@contract.parametrize()
@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.usefixtures("transaction_goes_on")
def test_any_question_is_answered_as_the_contract_says(case):
    excluded = [positive_data_acceptance, negative_data_rejection]
    headers = {"Accept-Encoding": "identity", "Authorization": f"Bearer {token()}"}
    response = case.call_and_validate(headers=headers, excluded_checks=excluded)
    TRIED[response.status_code] += 1


@pytest.mark.parametrize(("told", "status"), [({}, 200), ({"nomNaissance": "Autre"}, 404), ({"annee": 2026}, 422)])
@pytest.mark.usefixtures("transaction_goes_on")
def test_who_is_known_and_who_is_not_are_answered_as_the_contract_says(told, status):
    family()
    case = contract[ADDRESS]["GET"].Case(query=CLAIRE | told)
    headers = {"Accept-Encoding": "identity", "Authorization": f"Bearer {token()}"}
    assert case.call_and_validate(headers=headers).status_code == status


ANYTHING = st.one_of(st.text(max_size=40), st.integers().map(str))
LIKELY = {
    **{
        "nomNaissance": st.text("Essai -'é", min_size=1, max_size=9),
        "prenoms[]": st.sampled_from(["Claire", "CLAIRE MARIE"]),
    },
    **{"anneeDateNaissance": st.integers(1900, 2100), "moisDateNaissance": st.integers(1, 12)},
    **{"jourDateNaissance": st.integers(1, 31), "sexeEtatCivil": st.sampled_from("FM")},
    **{"annee": st.integers(2024, 2026), "mois": st.integers(1, 12), "nomUsage": ANYTHING, "context": ANYTHING},
    **{"recipient": st.sampled_from([CLAIRE["recipient"], "13002526500013"])},
    **{"codeCogInseePaysNaissance": st.integers(99000, 99999), "codeCogInseeCommuneNaissance": st.just("35238")},
}
ONE = st.sampled_from(list(LIKELY)).flatmap(
    lambda name: st.tuples(st.just(name), st.one_of(LIKELY[name], ANYTHING).map(str))
)
CHANGED = st.lists(ONE, max_size=3).map(dict)


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHANGED)
def test_any_parameter_of_a_right_question_may_be_anything(client, changed):
    if not Personne.objects.exists():
        family()
    response = ask(client, token(), CLAIRE | {name: value.encode(errors="replace") for name, value in changed.items()})
    TRIED[response.status_code] += 1
    assert response.status_code in (200, 403, 404, 422)
    assert ("data" in response.json()) is (response.status_code == 200)


def test_each_parameter_has_its_code():
    assert {field.alias or name for name, field in Question.model_fields.items()} | {"dateNaissance"} == set(WRONG)

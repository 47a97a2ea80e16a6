"""A town that asks for the quotient familial of a family."""

from datetime import datetime
from urllib.parse import urlencode

from guichet import clock
from guichet.domain.portees import Portee
from guichet.operations import jetons

ADDRESS = "/v3/dss/quotient_familial/identite"
SIRET = "21350238800019"
CLAIRE = {
    **{"recipient": SIRET, "nomNaissance": "Essai", "prenoms[]": ["Claire"], "sexeEtatCivil": "F"},
    **{"anneeDateNaissance": 1990, "moisDateNaissance": 5, "jourDateNaissance": 12},
    **{"codeCogInseePaysNaissance": "99100", "codeCogInseeCommuneNaissance": "35238"},
}
NEXT_YEAR = datetime(2027, 12, 31, tzinfo=clock.PARIS)
ALL = tuple(Portee)


def token(*scopes, until=NEXT_YEAR):
    """The text of a token of the town of the tests, for all that may be read unless it is said."""
    return jetons.issue(SIRET, "Ville d'essai", scopes or ALL, until)[1]


def ask(client, text, asked=CLAIRE):
    headers = {"authorization": f"Bearer {text}"} if text is not None else {}
    return client.get(f"{ADDRESS}?{urlencode(asked, doseq=True)}", headers=headers)


def refusal(response):
    """The status, the code and the parameter of the only error."""
    (error,) = response.json()["errors"]
    assert set(error) == {"code", "title", "detail", "source", "meta"}
    assert response.headers["Content-Type"].startswith("application/json")
    return response.status_code, error["code"], (error["source"] or {}).get("parameter")

"""`/v3`: the quotient familial for towns, as API Particulier answers it (see `particulier_contract`).

Who may ask: who has a token that we issued (`operations.jetons`), for itself, what its scopes open. An identity that nobody
has and one that several people have are answered alike. Nothing of what is asked is logged: names are in the query, which
our logs do not hold.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from guichet import clock
from guichet.domain.identite_pivot import IdentitePivot
from guichet.domain.portees import Portee
from guichet.domain.vocabulaire import Mois
from guichet.operations import jetons
from guichet.operations import quotient_familial as operation
from guichet.operations.quotient_familial import QuotientFamilial, UnknownAllocataireError, UnknownMoisError
from guichet.records import lectures
from guichet.records.dossiers import Personne
from guichet.web.api import particulier_contract as contract
from guichet.web.api.methods import Api
from guichet.web.headers import View, private
from guichet.web.pace import Schedule, Turns, too_many
from guichet.web.problems import error, refusal, refusals

TURNS = Turns(Schedule(rate=20, burst=100, longest=2))
"""Of each token, for each worker: what API Particulier allows, 20 requests a second; beyond, they wait."""
UNPROCESSABLE = "Entité non traitable"
INSUFFICIENT = "Privilèges insuffisants"
YEARS = 2
"""How far back a month may be asked for: the years before this one, as at API Particulier."""
CIVILITIES = {"F": "Madame ", "M": "Monsieur "}


class TooManyError(Exception):
    """This token has to come back later."""


class RecipientError(Exception):
    """The token was issued to somebody else."""


class WrongError(Exception):
    """A parameter that is wrong beside the others, or missing."""

    def __init__(self, name: str, missing: bool = False) -> None:
        super().__init__(name)
        self.name, self.missing = name, missing


class Token(HttpBearer):
    """`Authorization: Bearer <token>`. `request.auth` is its row."""

    openapi_bearerFormat = "JWT"  # noqa: N815 (OpenAPI's name)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = jetons.read(token)
        if not TURNS.take(str(found.jti)):
            raise TooManyError
        return found


def nobody_keeps(view: View) -> View:
    """Neither a browser, nor a proxy, nor a search engine; errors included."""
    return lambda request, *arguments, **named: private(view(request, *arguments, **named))


api = Api(
    title="Quotient familial, pour les collectivités",
    version="3",
    description="Le quotient familial d'une famille, sous la forme de l'API Particulier (v3). Jeton délivré par la caisse.",
    urls_namespace="particulier",
    docs_url=None,
    auth=Token(),
)
REFUSED = dict.fromkeys((401, 403, 404, 422, 429), contract.Errors)


@api.read(
    "/dss/quotient_familial/identite",
    response={200: contract.Answer, **REFUSED},
    exclude_unset=True,
    summary="Quotient familial d'une famille, par l'identité d'un de ses adultes",
    operation_id="quotient_familial",
)
@decorate_view(nobody_keeps)
def quotient_familial(request: HttpRequest, asked: Query[contract.Question]) -> Any:
    token = request.auth
    if asked.recipient != token.siret:
        raise RecipientError
    now = clock.now()
    found = operation.quotient_familial(_identity(asked), _month(asked), now)
    lectures.note(found.dossier, token.nom or f"SIRET {token.siret}", f"Quotient familial {found.mois.with_de}", now)
    parts = {
        Portee.QUOTIENT_FAMILIAL: ("quotient_familial", _quotient),
        Portee.ALLOCATAIRES: ("allocataires", lambda q: [_person(p) for p in q.allocataires]),
        Portee.ENFANTS: ("enfants", lambda q: [_person(p) for p in q.enfants]),
        Portee.ADRESSE: ("adresse", _address),
    }
    opened = [parts[scope] for scope in token.portees]
    return {"data": {name: part(found) for name, part in opened}, "links": {}, "meta": {}}


# What is asked


def _identity(asked: contract.Question) -> IdentitePivot:
    try:
        born = date(asked.birth_year, asked.birth_month, asked.birth_day)
    except ValueError:
        raise WrongError("dateNaissance") from None
    return IdentitePivot(asked.name, tuple(asked.given_names), asked.sex, born, asked.birth_country, asked.birth_commune)


def _month(asked: contract.Question) -> Mois | None:
    if asked.year is None and asked.month is None:
        return None
    if asked.year is None or asked.month is None:
        raise WrongError("annee" if asked.year is None else "mois", missing=True)
    this_year = clock.today().year
    if not this_year - YEARS <= asked.year <= this_year:
        raise WrongError("annee")
    return Mois(asked.year, asked.month)


# What is answered


def _quotient(found: QuotientFamilial) -> dict[str, Any]:
    return {
        "fournisseur": "CNAF",
        "valeur": found.value,
        "annee": found.mois.annee,
        "mois": found.mois.numero,
        "annee_calcul": found.computed_in.annee,
        "mois_calcul": found.computed_in.numero,
    }


def _person(person: Personne) -> dict[str, Any]:
    return {
        "nom_naissance": person.nom,
        "nom_usage": None,
        "prenoms": person.prenoms,
        "date_naissance": person.naissance.isoformat(),
        "sexe": person.sexe or None,
    }


def _address(found: QuotientFamilial) -> dict[str, Any]:
    who = found.allocataires[0]
    address = found.adresse
    return {
        "destinataire": f"{CIVILITIES.get(who.sexe, '')}{who.nom} {who.prenoms}",
        "complement_information": None,
        "complement_information_geographique": None,
        "numero_libelle_voie": address.voie if address else None,
        "lieu_dit": None,
        "code_postal_ville": f"{address.code_postal} {address.commune}" if address else None,
        "pays": "FRANCE" if address else None,
    }


# Errors


@api.exception_handler(AuthenticationError)
def without_token(request: HttpRequest, refused: AuthenticationError) -> HttpResponse:
    return token_refused(request, jetons.RefusedJetonError())


@api.exception_handler(jetons.RefusedJetonError)
def token_refused(request: HttpRequest, refused: jetons.RefusedJetonError) -> HttpResponse:
    response = refusal(401, "00101", "Interdit", refused.detail, "token")
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(TooManyError)
def slowed(request: HttpRequest, refused: TooManyError) -> HttpResponse:
    return too_many(request)


@api.exception_handler(RecipientError)
def not_theirs(request: HttpRequest, refused: RecipientError) -> HttpResponse:
    detail = "Le paramètre recipient n'est pas le SIRET auquel votre jeton a été délivré."
    return refusal(403, "00100", INSUFFICIENT, detail, "recipient")


@api.exception_handler(ValidationError)
def parameters_refused(request: HttpRequest, refused: ValidationError) -> HttpResponse:
    """Each parameter once."""
    missing = {
        next(part for part in each["loc"] if part in contract.WRONG): each["type"] == "missing" for each in refused.errors
    }
    return refusals(422, [_wrong(name, absent) for name, absent in missing.items()])


@api.exception_handler(WrongError)
def parameter_refused(request: HttpRequest, refused: WrongError) -> HttpResponse:
    return refusals(422, [_wrong(refused.name, refused.missing)])


def _wrong(name: str, missing: bool = False) -> dict[str, object]:
    code, why = contract.WRONG[name]
    return error(code, UNPROCESSABLE, f"Le paramètre {name} {'est obligatoire' if missing else why}.", name)


@api.exception_handler(UnknownAllocataireError)
def nobody(request: HttpRequest, refused: UnknownAllocataireError) -> HttpResponse:
    detail = "Le dossier allocataire n'a pas été trouvé auprès de la CNAF."
    return refusal(404, "23003", "Dossier allocataire absent CNAF", detail, provider="CNAF")


@api.exception_handler(UnknownMoisError)
def no_month(request: HttpRequest, refused: UnknownMoisError) -> HttpResponse:
    detail = "Le quotient familial de ce mois n'est pas connu : demandez un autre mois, ou le dernier connu, sans mois."
    return refusal(404, "23003", "Quotient familial absent CNAF", detail, provider="CNAF")

"""`/api/v1`: simulations and communes. No key, no cookie; other sites' scripts are not invited (no CORS header)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import Path, Query
from ninja.errors import HttpError, ValidationError

from guichet import territory
from guichet.journeys.simulateurs import SIMULATEURS
from guichet.operations import simuler
from guichet.records import events
from guichet.web.api import contract
from guichet.web.api.methods import Api
from guichet.web.problems import PROBLEM, problem

PROBLEMS = {400: contract.Problem, 422: contract.Problem}


class Simulations(Api):
    def get_openapi_schema(self, **named: Any) -> Any:
        """Errors have a type of their own, which django-ninja cannot say."""
        schema = super().get_openapi_schema(**named)
        for operation in (operation for path in schema["paths"].values() for operation in path.values()):
            for status, response in operation["responses"].items():
                if int(status) >= 400 and "application/json" in response["content"]:
                    response["content"] = {PROBLEM: response["content"]["application/json"]}
        return schema


api = Simulations(
    title="Guichet",
    version="1",
    description="Simulations de droits, au droit de n'importe quel mois depuis juin 2012. Les réponses citent leurs textes.",
    urls_namespace="api",
    docs_url=None,  # a page of ours, without script
)


PARAMETERS = {
    "code_postal": "Indiquez le code postal en cinq chiffres, par exemple 35000.",
    "insee": "Indiquez le code Insee de la commune, en cinq caractères, par exemple 35238 ou 2A004.",
}
"""What is said of a parameter that is missing, or wrong."""
TOO_LONG = f"Plus de {simuler.LARGEST} octets : ce n'est pas une simulation."


def _simulation(genre: str) -> Callable[[HttpRequest], Any]:
    def simulate(request: HttpRequest) -> Any:
        try:
            body = request.body
        except RequestDataTooBig:
            raise HttpError(413, TOO_LONG) from None
        if len(body) > simuler.LARGEST:
            raise HttpError(413, TOO_LONG)
        result = simuler.simuler_json(genre, body)
        events.note("simulation", genre)
        return result

    return simulate


def _without_dialect(schema: Mapping[str, Any]) -> dict[str, Any]:
    """OpenAPI 3.1 says itself which JSON Schema it speaks."""
    return {name: value for name, value in schema.items() if name != "$schema"}


for name, simulateur in SIMULATEURS.items():
    body = {"required": True, "content": {"application/json": {"schema": _without_dialect(simulateur.parcours.schema())}}}
    api.post(
        f"/simulations/{name}",
        response={200: contract.Simulation, 413: contract.Problem, **PROBLEMS},
        summary=simulateur.parcours.titre,
        operation_id=f"simulate_{name}",
        openapi_extra={"requestBody": body},
    )(_simulation(name))


@api.read(
    "/communes",
    response={200: list[contract.Commune], **PROBLEMS},
    summary="Les communes d'un code postal",
    description="Par ordre alphabétique ; une liste vide quand il n'y en a aucune.",
)
def communes(request: HttpRequest, code_postal: str = Query(..., pattern=r"^[0-9]{5}$")) -> Any:  # type: ignore[type-arg]
    """A postal code serves 46 communes at the most."""
    return [_commune(commune) for commune in territory.communes(code_postal)]


@api.read(
    "/communes/{insee}",
    response={200: contract.Commune, 404: contract.Problem, **PROBLEMS},
    summary="Une commune, d'aujourd'hui ou fusionnée depuis 2011",
)
def commune(request: HttpRequest, insee: str = Path(..., pattern=r"^[0-9AB]{5}$")) -> Any:  # type: ignore[type-arg]
    try:
        return _commune(territory.commune(insee))
    except territory.UnknownCommuneError as error:
        raise Http404(str(error)) from None


def _commune(commune: territory.Commune) -> dict[str, Any]:
    return {"insee": commune.insee, "name": commune.nom, "zone": commune.zone, "department": commune.departement}


def documentation(request: HttpRequest) -> HttpResponse:
    """The API for people: each simulator's questions, read from its journey."""
    return render(request, "api/documentation.html", {"simulateurs": SIMULATEURS, "base": f"{settings.BASE_URL}/"})


# Errors


@api.exception_handler(simuler.ReponsesError)
def answers_refused(request: HttpRequest, error: simuler.ReponsesError) -> HttpResponse:
    return problem(422, "Réponses à corriger", "Chaque question à corriger est dans « errors ».", error.phrases)


@api.exception_handler(ValidationError)
def parameters_refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = dict.fromkeys(each["loc"][-1] for each in error.errors)
    errors = {name: PARAMETERS[name] for name in wrong}
    return problem(422, "Paramètres à corriger", "Chaque paramètre à corriger est dans « errors ».", errors)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "Demande refusée", str(error))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "Inconnu", str(error))

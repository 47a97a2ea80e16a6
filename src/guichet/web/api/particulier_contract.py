"""What a town asks and what it is answered, field by field, in API Particulier's own words.

Its fields, their types and its error codes are those of its published test data and of its public source:
github.com/etalab/siade_staging_data (payloads/api_particulier_v3_cnav_quotient_familial_with_civility), the OpenAPI
specification of `cnav.quotient-familial-v2` and `UnprocessableEntityError` in the source of siade. It wants a month of this
year or of the two before, and puts up with a birth date that lacks its day or its month: we do not.
"""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import AfterValidator, Field

from guichet.domain.identifiants import Siret
from guichet.domain.identite_pivot import words
from guichet.web.api.contract import told


def _named(text: str) -> str:
    """Some letters, at least."""
    if not words(text):
        raise ValueError("no letter")
    return text


Name = Annotated[str, Field(max_length=200), AfterValidator(_named)]


class Question(Schema):
    """The names of API Particulier are aliases."""

    model_config = told("Les noms sont ceux de l'API Particulier.")

    recipient: Annotated[str, AfterValidator(Siret.parse)] = Field(
        description="SIRET de la collectivité à laquelle le jeton a été délivré", examples=["13002526500013"]
    )
    name: Name = Field(alias="nomNaissance", description="Nom de naissance")
    given_names: list[Name] = Field(
        alias="prenoms[]",
        min_length=1,
        max_length=20,
        description="Prénoms, le premier au moins, dans l'ordre de l'état civil",
    )
    sex: Literal["F", "M"] = Field(alias="sexeEtatCivil", description="Sexe à l'état civil")
    birth_year: int = Field(alias="anneeDateNaissance", ge=1900, le=2100, description="Année de naissance")
    birth_month: int = Field(alias="moisDateNaissance", ge=1, le=12, description="Mois de naissance")
    birth_day: int = Field(alias="jourDateNaissance", ge=1, le=31, description="Jour de naissance")
    birth_country: str = Field(
        alias="codeCogInseePaysNaissance", pattern=r"^99[0-9]{3}$", description="Pays de naissance, 99100 pour la France"
    )
    birth_commune: str = Field(
        "",
        alias="codeCogInseeCommuneNaissance",
        pattern=r"^(|[0-9]{5}|2[AB][0-9]{3})$",
        description="Commune de naissance, en France",
    )
    year: int | None = Field(
        None, alias="annee", ge=2000, le=2100, description="Année du quotient familial ; sans elle, le dernier connu"
    )
    month: int | None = Field(None, alias="mois", ge=1, le=12, description="Mois du quotient familial")


WRONG: dict[str, tuple[str, str]] = {
    "recipient": ("00210", "n'est pas un SIRET valide"),
    "nomNaissance": ("00420", "n'est pas un nom"),
    "prenoms[]": ("00421", "n'est pas une liste de prénoms"),
    "anneeDateNaissance": ("00422", "n'est pas une année de naissance"),
    "moisDateNaissance": ("00423", "n'est pas un mois, de 1 à 12"),
    "jourDateNaissance": ("00424", "n'est pas un jour, de 1 à 31"),
    "dateNaissance": ("00425", "n'est pas une date du calendrier"),
    "codeCogInseeCommuneNaissance": ("00426", "n'est pas un code de commune de l’Insee"),
    "sexeEtatCivil": ("00427", "n'est pas F ou M"),
    "codeCogInseePaysNaissance": ("00400", "n'est pas un code de pays de l’Insee"),
    "annee": ("00356", "n'est pas l'année en cours ou l'une des deux précédentes"),
    "mois": ("00354", "n'est pas un mois, de 1 à 12"),
}
"""For each parameter, the code of API Particulier and what is said of a wrong one."""


class QuotientFamilial(Schema):
    fournisseur: Literal["CNAF"]
    valeur: int = Field(description="En euros entiers")
    annee: int
    mois: int
    annee_calcul: int
    mois_calcul: int


class Person(Schema):
    nom_naissance: str
    nom_usage: str | None
    prenoms: str
    date_naissance: str = Field(description="AAAA-MM-JJ")
    sexe: Literal["F", "M"] | None


class Address(Schema):
    destinataire: str
    complement_information: str | None
    complement_information_geographique: str | None
    numero_libelle_voie: str | None
    lieu_dit: str | None
    code_postal_ville: str | None
    pays: str | None


class Data(Schema):
    """A part that the scopes of the token do not open is not there."""

    model_config = told("Une partie que les portées du jeton n'ouvrent pas est absente.")
    quotient_familial: QuotientFamilial | None = Field(None, description="Portée cnaf_quotient_familial")
    allocataires: list[Person] | None = Field(None, description="Portée cnaf_allocataires")
    enfants: list[Person] | None = Field(None, description="Portée cnaf_enfants")
    adresse: Address | None = Field(None, description="Portée cnaf_adresse")


class Empty(Schema):
    """An object without fields."""

    model_config = told("Un objet sans champ.")


class Answer(Schema):
    data: Data
    links: Empty
    meta: Empty


class Source(Schema):
    parameter: str


class Meta(Schema):
    provider: str | None = None


class Error(Schema):
    code: str
    title: str
    detail: str
    source: Source | None
    meta: Meta


class Errors(Schema):
    errors: list[Error]

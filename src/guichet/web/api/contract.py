"""What the API answers, field by field: these types make the OpenAPI document, which is read in French."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict, Field


def told(sentence: str) -> ConfigDict:
    """What the document says of a type, in place of its docstring."""
    return ConfigDict(json_schema_extra={"description": sentence})


class Text(Schema):
    """A legal text, in the version in force at the month; `since` is null when its date is not known."""

    model_config = told(
        "Un texte, dans sa version en vigueur ce mois-là ; « since » est nul quand sa date n'est pas connue."
    )
    reference: str
    since: str | None
    url: str | None


class Line(Schema):
    """A line of an amount. Those of sign 1 or -1 add up to it, to the cent; those of sign 0 only inform."""

    model_config = told(
        "Une ligne d'un montant. Celles de signe 1 ou -1 le donnent, au centime, une fois additionnées ; celles de signe 0 "
        "informent."
    )
    label: str
    value: float
    unit: str
    sign: int
    text: Text | None
    explanation: str


class Reason(Schema):
    """A condition that failed: what was found, what was needed, what would change it."""

    model_config = told(
        "Une condition qui manque : ce qui a été trouvé, ce qu'il fallait, ce qui y changerait quelque chose."
    )
    condition: str
    found: str
    needed: str
    advice: str
    text: Text | None


class Right(Schema):
    """A right of one month, net of CRDS in euros; `amount` is null when the law of that month is not known well enough."""

    model_config = told(
        "Un droit d'un mois, en euros, CRDS déduite ; « amount » est nul quand le droit de ce mois n'est pas assez connu."
    )
    benefit: str
    month: str
    one_off: bool = Field(description="versé une seule fois, et non chaque mois")
    amount: float | None
    lines: list[Line]
    reasons: list[Reason]
    doubts: list[str]


class Simulation(Schema):
    month: str
    rights: list[Right]
    refused: list[Right]
    other_months: list[Right] = Field(description="ce que les mêmes réponses ouvrent un autre mois")
    not_asked: list[str] = Field(description="faits qui pourraient compter, et que le simulateur ne demande pas")
    not_read: list[str] = Field(description="réponses sans effet dans cette situation")


class Commune(Schema):
    insee: str
    name: str
    zone: int | None = Field(
        description="1, 2 ou 3 : la zone des aides au logement ; nulle quand aucun texte connu ne la donne"
    )
    department: str


class FieldError(Schema):
    field: str
    detail: str


class Problem(Schema):
    """Problem details (RFC 9457)."""

    model_config = told("Une erreur, décrite selon la RFC 9457 (Problem Details).")
    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = Field(default_factory=list)

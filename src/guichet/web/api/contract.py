"""What the API answers, field by field: these types make the OpenAPI document."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict, Field


class Text(Schema):
    """A legal text, in the version in force at the month; `since` is null when its date is not known."""

    reference: str
    since: str | None
    url: str | None


class Line(Schema):
    """A line of an amount. Those of sign 1 or -1 add up to it, to the cent; those of sign 0 only inform."""

    label: str
    value: float
    unit: str
    sign: int
    text: Text | None
    explanation: str


class Reason(Schema):
    """A condition that failed: what was found, what was needed, what would change it."""

    condition: str
    found: str
    needed: str
    advice: str
    text: Text | None


class Right(Schema):
    """A right of one month, net of CRDS in euros; `amount` is null when the law of that month is not known well enough."""

    benefit: str
    month: str
    one_off: bool = Field(description="paid once, not every month")
    amount: float | None
    lines: list[Line]
    reasons: list[Reason]
    doubts: list[str]


class Simulation(Schema):
    month: str
    rights: list[Right]
    refused: list[Right]
    other_months: list[Right] = Field(description="what the same answers open at another month")
    not_asked: list[str] = Field(description="facts that could count and that are not asked")
    not_read: list[str] = Field(description="answers without effect in this situation")


class Commune(Schema):
    insee: str
    name: str
    zone: int | None = Field(description="1, 2 or 3: the zone of the housing aid; null when no known text gives it")
    department: str


class FieldError(Schema):
    field: str
    detail: str


class Problem(Schema):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra={"description": "Problem details (RFC 9457)."})
    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = Field(default_factory=list)

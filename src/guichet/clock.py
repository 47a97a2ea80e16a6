"""The only clock. Every room that needs today's date asks here, so that tests decide what day it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """This instant, in Paris time."""
    return datetime.now(PARIS)  # noqa: TID251


def today() -> date:
    """Today's date in Paris."""
    return now().date()


def day_of(instant: datetime) -> date:
    """The date in Paris at an instant, which the database gives in universal time."""
    return instant.astimezone(PARIS).date()

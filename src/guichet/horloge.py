"""The only clock. Every room that needs today's date asks here, so that tests decide what day it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def maintenant() -> datetime:
    """This instant, in Paris time."""
    return datetime.now(PARIS)  # noqa: TID251


def aujourd_hui() -> date:
    """Today's date in Paris."""
    return maintenant().date()

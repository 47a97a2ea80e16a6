"""Where people live: communes, postal codes, zones of the housing aid. A leaf: it knows nothing of the other rooms.

The table is written by `tools/territory.py`, which names its sources. What it does not know is refused.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib.resources import files

OUTRE_MER = {"971": "guadeloupe", "972": "martinique", "973": "guyane", "974": "reunion", "976": "mayotte"}
"""The overseas departments, by the first digits of their communes."""


class UnknownCommuneError(LookupError):
    """No such commune: the message is a sentence that can be shown."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today, an arrondissement, or a former commune where the zone depends on it.

    `zone` is 1, 2 or 3 (order of 17 March 1978), None when no text known here gives it.
    """

    insee: str
    nom: str
    zone: int | None
    codes_postaux: tuple[str, ...]

    @property
    def departement(self) -> str:
        return self.insee[:3] if self.insee.startswith(("97", "98")) else self.insee[:2]

    @property
    def outre_mer(self) -> str | None:
        """The overseas department, None in metropolitan France (and in the overseas collectivities)."""
        return OUTRE_MER.get(self.departement)


def communes(code_postal: str) -> list[Commune]:
    """The communes that a postal code (five digits) serves, by name; an empty list when there is none."""
    return list(_table()[1].get(code_postal, ()))


def commune(insee: str) -> Commune:
    """The commune of an INSEE code, of today or merged since 2011; raises UnknownCommuneError."""
    try:
        return _table()[0][insee]
    except KeyError:
        raise UnknownCommuneError(f"« {insee} » n'est le code INSEE d'aucune commune connue.") from None


@functools.cache
def _table() -> tuple[dict[str, Commune], dict[str, tuple[Commune, ...]]]:
    """Communes by INSEE code, and by postal code."""
    by_insee: dict[str, Commune] = {}
    by_code_postal: dict[str, list[Commune]] = {}
    with files(__package__).joinpath("communes.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            zone = int(line["zone"]) if line["zone"] else None
            found = Commune(line["insee"], line["nom"], zone, tuple(line["codes_postaux"].split()))
            by_insee |= dict.fromkeys((found.insee, *line["anciens"].split()), found)
            for code_postal in found.codes_postaux:
                by_code_postal.setdefault(code_postal, []).append(found)
    return by_insee, {code: tuple(sorted(served, key=lambda c: c.nom)) for code, served in by_code_postal.items()}

"""Numbers that have the right form and key, and that belong to nobody."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from random import Random

from stdnum.iso7064 import mod_97_10

from guichet import territory
from guichet.domain.faits import Adresse, Coordonnees
from guichet.domain.identifiants import Iban, Nir
from guichet.operations.demonstration.histoire import Individu
from guichet.operations.demonstration.noms import EMAIL_DOMAIN, FIRST_NAMES, STREETS

NAMELESS_COMMUNE = "960"
"""No department has so many communes: a NIR with it was never given."""
DEPARTEMENTS = tuple(f"{number:02d}" for number in range(1, 96) if number != 20)
BANK = "99999"
"""A bank code that no bank has."""
BRANCH, CLOSED_BRANCH = "00001", "00404"
"""The branch of the accounts; that of those which the bank of the demonstration sends back."""


def individu(chance: Random, nom: str, sexe: str, naissance: date, prenoms: str = "", nir: bool = True) -> Individu:
    place = chance.choice(DEPARTEMENTS) + NAMELESS_COMMUNE
    number = _nir(sexe, naissance, place, chance.randint(1, 999)) if nir else None
    return Individu(nom, prenoms or chance.choice(FIRST_NAMES[sexe]), sexe, naissance, number, place)


def _nir(sexe: str, naissance: date, place: str, rank: int) -> Nir:
    number = f"{1 if sexe == 'M' else 2}{naissance:%y%m}{place}{rank:03d}"
    return Nir.parse(f"{number}{97 - int(number) % 97:02d}")


def iban(account: int, closed: bool = False) -> Iban:
    """The IBAN of an account of our bank; `closed`: payments to it are sent back."""
    branch = CLOSED_BRANCH if closed else BRANCH
    key = 97 - (89 * int(BANK) + 15 * int(branch) + 3 * account) % 97
    bban = f"{BANK}{branch}{account:011d}{key:02d}"
    return Iban.parse(f"FR{mod_97_10.calc_check_digits(bban + 'FR')}{bban}")


def adresse(chance: Random, insee: str) -> Adresse:
    commune = territory.commune(insee)
    voie = f"{chance.randint(1, 140)} {chance.choice(STREETS)}"
    return Adresse(voie, commune.codes_postaux[0], commune.nom, commune.insee)


def coordonnees(chance: Random, who: Individu, matricule: str) -> Coordonnees:
    """The telephone numbers are of those that Arcep keeps for works of fiction (06 39 98 and four digits)."""
    name = unicodedata.normalize("NFKD", f"{who.prenoms}.{who.nom}").encode("ascii", "ignore").decode().lower()
    email = f"{re.sub(r'[^a-z.-]', '-', name)}.{int(matricule)}@{EMAIL_DOMAIN}"
    return Coordonnees(email, f"063998{chance.randint(0, 9999):04d}", accord=chance.random() < 0.7)

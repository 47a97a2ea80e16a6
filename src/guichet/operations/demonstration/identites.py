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
from guichet.operations.demonstration.noms import COURRIEL, PRENOMS, VOIES

COMMUNE_SANS_NOM = "960"
"""No department has so many communes: a NIR with it was never given."""
DEPARTEMENTS = tuple(f"{numero:02d}" for numero in range(1, 96) if numero != 20)
BANQUE = "99999"
"""A bank code that no bank has."""
GUICHET, GUICHET_FERME = "00001", "00404"
"""The branch of the accounts; that of those which the bank of the demonstration sends back."""


def individu(hasard: Random, nom: str, sexe: str, naissance: date, prenoms: str = "", nir: bool = True) -> Individu:
    lieu = hasard.choice(DEPARTEMENTS) + COMMUNE_SANS_NOM
    numero = _nir(sexe, naissance, lieu, hasard.randint(1, 999)) if nir else None
    return Individu(nom, prenoms or hasard.choice(PRENOMS[sexe]), sexe, naissance, numero, lieu)


def _nir(sexe: str, naissance: date, lieu: str, ordre: int) -> Nir:
    numero = f"{1 if sexe == 'M' else 2}{naissance:%y%m}{lieu}{ordre:03d}"
    return Nir.parse(f"{numero}{97 - int(numero) % 97:02d}")


def iban(compte: int, ferme: bool = False) -> Iban:
    """That of an account of our bank; `ferme`: it sends payments back."""
    guichet = GUICHET_FERME if ferme else GUICHET
    cle = 97 - (89 * int(BANQUE) + 15 * int(guichet) + 3 * compte) % 97
    bban = f"{BANQUE}{guichet}{compte:011d}{cle:02d}"
    return Iban.parse(f"FR{mod_97_10.calc_check_digits(bban + 'FR')}{bban}")


def adresse(hasard: Random, insee: str) -> Adresse:
    commune = territory.commune(insee)
    voie = f"{hasard.randint(1, 140)} {hasard.choice(VOIES)}"
    return Adresse(voie, commune.codes_postaux[0], commune.nom, commune.insee)


def coordonnees(hasard: Random, qui: Individu, matricule: str) -> Coordonnees:
    """The telephone numbers are of those that Arcep keeps for works of fiction (06 39 98 and four digits)."""
    nom = unicodedata.normalize("NFKD", f"{qui.prenoms}.{qui.nom}").encode("ascii", "ignore").decode().lower()
    courriel = f"{re.sub(r'[^a-z.-]', '-', nom)}.{int(matricule)}@{COURRIEL}"
    return Coordonnees(courriel, f"063998{hasard.randint(0, 9999):04d}", accord=hasard.random() < 0.7)

"""Files that the tests share."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.faits import (
    DEMANDES,
    LE_FOYER,
    RESSOURCES,
    CompteBancaire,
    Coordonnees,
    Demande,
    Fait,
    Genre,
    Montant,
    Presence,
)
from guichet.domain.foyer import Activite, Logement, Nature, Occupation, Role
from guichet.domain.vocabulaire import Euros, euros
from guichet.records import faits
from guichet.records.acces import Compte
from guichet.records.dossiers import Caisse, Dossier, Personne

SINCE = date(2022, 1, 1)
IBAN, OTHER_IBAN = "FR7630001007941234567890185", "FR7630004000031234567890143"


def instant(year: int, month: int, day: int, hour: int = 8) -> datetime:
    return datetime(year, month, day, hour, tzinfo=clock.PARIS)


KNOWN_AT = instant(2024, 1, 2)


def caisse(code: str = "751") -> Caisse:
    return Caisse.objects.get_or_create(code=code, defaults={"nom": "Caisse d'essai", "iban": IBAN, "bic": "BDFEFRPPCCT"})[0]


def dossier(matricule: str = "0000354", code: str = "751", *more_faits: Fait, salaire: int = 900) -> Dossier:
    """A tenant who lives alone in Paris and earns `salaire` euros a month; the housing aid and the prime d'activité were
    asked for. What is in `more_faits` is added to what is known since January 2024."""
    new = Dossier.objects.create(caisse=caisse(code), matricule=matricule, ouvert_le=SINCE)
    claire = personne(new, "Essai", "Claire", date(1990, 5, 12))
    logement = Logement(Occupation.LOCATAIRE_VIDE, Euros(520))
    faits.note(
        new.pk,
        [
            Fait(Genre.PRESENCE, claire.pk, Presence(Role.DEMANDEUR), SINCE),
            Fait(Genre.ACTIVITE, claire.pk, {"activite": Activite.SALARIE}, SINCE),
            ressource(claire, salaire),
            Fait(Genre.LOGEMENT, LE_FOYER, logement, SINCE),
            Fait(Genre.COMPTE_BANCAIRE, LE_FOYER, CompteBancaire("Claire Essai", IBAN), SINCE),
            *(Fait(DEMANDES[p], LE_FOYER, Demande(), SINCE) for p in (Prestation.AIDE_LOGEMENT, Prestation.PPA)),
            *more_faits,
        ],
        KNOWN_AT,
    )
    return new


def personne(of: Dossier, nom: str, prenoms: str, naissance: date, **others: Any) -> Personne:
    return Personne.objects.create(dossier=of, nom=nom, prenoms=prenoms, naissance=naissance, **others)


def ressource(whose: Personne, a_month: int, since: date = SINCE, nature: Nature = Nature.SALAIRE, **others: Any) -> Fait:
    return Fait(RESSOURCES[nature], whose.pk, Montant(euros(a_month)), since, **others)


THEIR_PASSWORD = "Une porte, deux clés 3"


def compte(of: Dossier, whose: Personne | None = None, password: str = THEIR_PASSWORD, titulaire: bool = True) -> Compte:
    """The account of a person of a file, the first one if it is not said."""
    whose = whose or of.personne_set.first()
    new = Compte(dossier=of, personne=whose, titulaire=titulaire, ouvert_le=clock.now())
    new.set_password(password)
    new.save()
    return new


def log_in(client: Any, matricule: str = "0000354", password: str = THEIR_PASSWORD) -> Any:
    """Log in as a person does; the answer."""
    return client.post("/connexion", {"identifiant": matricule, "mot_de_passe": password})


def give_address(of: Dossier, address: str, whose: Personne | None = None) -> None:
    """The e-mail address of a person of a file, the first one if it is not said, known since yesterday."""
    whose = whose or of.personne_set.first()
    fait = Fait(Genre.COORDONNEES, whose.pk, Coordonnees(address, accord=True), SINCE)
    faits.note(of.pk, [fait], clock.now() - timedelta(days=1))

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

DEPUIS = date(2022, 1, 1)
IBAN, AUTRE_IBAN = "FR7630001007941234567890185", "FR7630004000031234567890143"


def instant(annee: int, mois: int, jour: int, heure: int = 8) -> datetime:
    return datetime(annee, mois, jour, heure, tzinfo=clock.PARIS)


CONNU = instant(2024, 1, 2)


def caisse(code: str = "751") -> Caisse:
    return Caisse.objects.get_or_create(code=code, defaults={"nom": "Caisse d'essai", "iban": IBAN, "bic": "BDFEFRPPCCT"})[0]


def dossier(matricule: str = "0000354", code: str = "751", *faits_en_plus: Fait, salaire: int = 900) -> Dossier:
    """A tenant who lives alone in Paris and earns `salaire` euros a month; the housing aid and the prime d'activité were
    asked for. What is in `faits_en_plus` is added to what is known since January 2024."""
    neuf = Dossier.objects.create(caisse=caisse(code), matricule=matricule, ouvert_le=DEPUIS)
    claire = personne(neuf, "Essai", "Claire", date(1990, 5, 12))
    logement = Logement(Occupation.LOCATAIRE_VIDE, Euros(520))
    faits.note(
        neuf.pk,
        [
            Fait(Genre.PRESENCE, claire.pk, Presence(Role.DEMANDEUR), DEPUIS),
            Fait(Genre.ACTIVITE, claire.pk, {"activite": Activite.SALARIE}, DEPUIS),
            ressource(claire, salaire),
            Fait(Genre.LOGEMENT, LE_FOYER, logement, DEPUIS),
            Fait(Genre.COMPTE_BANCAIRE, LE_FOYER, CompteBancaire("Claire Essai", IBAN), DEPUIS),
            *(Fait(DEMANDES[p], LE_FOYER, Demande(), DEPUIS) for p in (Prestation.AIDE_LOGEMENT, Prestation.PPA)),
            *faits_en_plus,
        ],
        CONNU,
    )
    return neuf


def personne(du: Dossier, nom: str, prenoms: str, naissance: date, **autres: Any) -> Personne:
    return Personne.objects.create(dossier=du, nom=nom, prenoms=prenoms, naissance=naissance, **autres)


def ressource(de: Personne, mensuel: int, du: date = DEPUIS, nature: Nature = Nature.SALAIRE, **autres: Any) -> Fait:
    return Fait(RESSOURCES[nature], de.pk, Montant(euros(mensuel)), du, **autres)


MOT_DE_PASSE = "Une porte, deux clés 3"


def compte(du: Dossier, de: Personne | None = None, mot: str = MOT_DE_PASSE, titulaire: bool = True) -> Compte:
    """The account of a person of a file, the first one if it is not said."""
    de = de or du.personne_set.first()
    neuf = Compte(dossier=du, personne=de, titulaire=titulaire, ouvert_le=clock.now())
    neuf.set_password(mot)
    neuf.save()
    return neuf


def connecte(client: Any, matricule: str = "0000354", mot: str = MOT_DE_PASSE) -> Any:
    """Log in as a person does; the answer."""
    return client.post("/connexion", {"identifiant": matricule, "mot_de_passe": mot})


def ecrit_a(a: Dossier, courriel: str, de: Personne | None = None) -> None:
    """The e-mail address of a person of a file, the first one if it is not said, known since yesterday."""
    de = de or a.personne_set.first()
    fait = Fait(Genre.COORDONNEES, de.pk, Coordonnees(courriel, accord=True), DEPUIS)
    faits.note(a.pk, [fait], clock.now() - timedelta(days=1))

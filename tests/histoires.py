"""Files that have been paid, for the tests that read them: the paydays of October and November 2026 are past."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from dossiers import AUTRE_IBAN, DEPUIS, compte, dossier, instant, personne, ressource
from guichet.domain.calendrier import jour_de_paie
from guichet.domain.droits import Prestation
from guichet.domain.faits import (
    DEMANDES,
    LE_FOYER,
    Adresse,
    Bailleur,
    Coordonnees,
    Demande,
    Fait,
    Genre,
    Presence,
    Source,
)
from guichet.domain.foyer import Logement, Nature, Occupation, Role
from guichet.domain.vocabulaire import Euros, Mois
from guichet.operations.liquider import liquider
from guichet.operations.payer import payer
from guichet.operations.regulariser import regulariser
from guichet.operations.rejets import rejeter
from guichet.records import faits
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Ordre

SEPTEMBRE = Mois(2026, 9)
FAMILLE, REFUSE, SANS_DROIT, NEUF = "0000354", "0000355", "0000356", "0000357"


def mois_paye(mois: Mois, sortie: Path, le: datetime | None = None) -> None:
    """What a caisse does in a month: the rights, then the payday."""
    le = le or instant((mois + 1).annee, (mois + 1).numero, 2)
    liquider("751", mois, le)
    payer("751", jour_de_paie(mois), le, sortie)


def famille() -> Dossier:
    """A mother and two children; her landlord receives the housing aid."""
    file = dossier(FAMILLE, "751", Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", AUTRE_IBAN), DEPUIS))
    compte(file)
    mother = file.personne_set.get()
    children = [personne(file, "Essai", name, birth) for name, birth in (("Lou", date(2015, 3, 2)), ("Noé", date(2019, 8, 9)))]
    asked = [Fait(DEMANDES[Prestation.ASF], LE_FOYER, Demande(), DEPUIS)]
    here = [Fait(Genre.PRESENCE, child.pk, Presence(Role.ENFANT), child.naissance) for child in children]
    place = Fait(Genre.ADRESSE, LE_FOYER, Adresse("12 rue de l'Exemple", "75011", "Paris"), DEPUIS)
    contact = Fait(Genre.COORDONNEES, mother.pk, Coordonnees("claire@exemple.fr", "06 00 00 00 00", accord=True), DEPUIS)
    past = [
        ressource(mother, 720, date(2021, 1, 1), Nature.CHOMAGE, avant=date(2022, 1, 1), source=Source.FRANCE_TRAVAIL),
    ]
    faits.note(file.pk, [*asked, *here, place, contact, *past], instant(2024, 1, 3))
    return file


def paye_et_corrige(sortie: Path) -> Dossier:
    """The family, paid twice; in November she tells a higher salary, since June: something was paid too much."""
    file = famille()
    for mois in (SEPTEMBRE, SEPTEMBRE + 1):
        mois_paye(mois, sortie)
    raised = ressource(file.personne_set.first(), 1300, date(2026, 6, 1))
    faits.apprend(file.pk, [raised], instant(2026, 11, 12))
    liquider("751", SEPTEMBRE + 1, instant(2026, 11, 13))
    regulariser("751", instant(2026, 11, 13))
    file.refresh_from_db()
    return file


def refuse(sortie: Path) -> Dossier:
    """Alone; the bank sent the payment of November back."""
    file = dossier(REFUSE)
    compte(file)
    for mois in (SEPTEMBRE, SEPTEMBRE + 1):
        mois_paye(mois, sortie)
    last = Ordre.objects.filter(dossier=file).order_by("-echeance__jour").first()
    rejeter({str(last.reference): "AC04"}, instant(2026, 11, 10))
    return file


def sans_droit() -> Dossier:
    """Alone, with a salary that opens nothing."""
    file = dossier(SANS_DROIT, salaire=4000)
    compte(file)
    return file


def seule(nom: str, matricule: str, iban: str, loyer: str) -> Dossier:
    """Somebody whose name, account and rent are nobody else's."""
    file = Dossier.objects.create(caisse_id="751", matricule=matricule, ouvert_le=DEPUIS)
    one = personne(file, nom, "Zelda", date(1988, 2, 3))
    from guichet.domain.faits import CompteBancaire

    faits.note(
        file.pk,
        [
            Fait(Genre.PRESENCE, one.pk, Presence(Role.DEMANDEUR), DEPUIS),
            ressource(one, 800),
            Fait(Genre.LOGEMENT, LE_FOYER, Logement(Occupation.LOCATAIRE_VIDE, Euros(loyer)), DEPUIS),
            Fait(Genre.COMPTE_BANCAIRE, LE_FOYER, CompteBancaire(f"Zelda {nom}", iban), DEPUIS),
            Fait(DEMANDES[Prestation.AIDE_LOGEMENT], LE_FOYER, Demande(), DEPUIS),
        ],
        instant(2024, 1, 2),
    )
    compte(file)
    return file

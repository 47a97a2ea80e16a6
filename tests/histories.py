"""Files that have been paid, for the tests that read them: the paydays of October and November 2026 are past."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dossiers import OTHER_IBAN, SINCE, compte, dossier, instant, personne, ressource
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
from guichet.domain.foyer import Nature, Role
from guichet.domain.vocabulaire import Mois
from guichet.operations.liquider import liquider
from guichet.operations.payer import payer
from guichet.operations.regulariser import regulariser
from guichet.operations.rejets import rejeter
from guichet.records import faits
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Ordre

SEPTEMBRE = Mois(2026, 9)
FAMILLE, REFUSED, WITHOUT_DROIT = "0000354", "0000355", "0000356"


def famille() -> Dossier:
    """A mother and two children; her landlord receives the housing aid."""
    file = dossier(FAMILLE, "751", Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", OTHER_IBAN), SINCE))
    compte(file)
    mother = file.personne_set.get()
    children = [
        personne(file, "Essai", name, birth) for name, birth in (("Lou", date(2015, 3, 2)), ("Noé", date(2019, 8, 9)))
    ]
    asked = [Fait(DEMANDES[Prestation.ASF], LE_FOYER, Demande(), SINCE)]
    here = [Fait(Genre.PRESENCE, child.pk, Presence(Role.ENFANT), child.naissance) for child in children]
    place = Fait(Genre.ADRESSE, LE_FOYER, Adresse("12 rue de l'Exemple", "75011", "Paris"), SINCE)
    contact = Fait(Genre.COORDONNEES, mother.pk, Coordonnees("claire@exemple.fr", "06 00 00 00 00", accord=True), SINCE)
    past = [
        ressource(mother, 720, date(2021, 1, 1), Nature.CHOMAGE, avant=date(2022, 1, 1), source=Source.FRANCE_TRAVAIL),
    ]
    faits.note(file.pk, [*asked, *here, place, contact, *past], instant(2024, 1, 3))
    return file


def tell(folder: Path) -> dict[str, Dossier]:
    """Three files by their number, paid in October and in November. Then the family tells a higher salary, since June:
    something was paid too much. The bank sent the payment of November back to who is alone. The third has no right."""
    files = {FAMILLE: famille(), REFUSED: dossier(REFUSED), WITHOUT_DROIT: dossier(WITHOUT_DROIT, salaire=4000)}
    for number in (REFUSED, WITHOUT_DROIT):
        compte(files[number])
    for mois in (SEPTEMBRE, SEPTEMBRE + 1):
        at = instant((mois + 1).annee, (mois + 1).numero, 2)
        liquider("751", mois, at)
        payer("751", jour_de_paie(mois), at, folder)
    last = Ordre.objects.filter(dossier=files[REFUSED]).order_by("-echeance__jour")[0]
    rejeter({str(last.reference): "AC04"}, instant(2026, 11, 10))
    raised = ressource(files[FAMILLE].personne_set.order_by("pk")[0], 1300, date(2026, 6, 1))
    faits.learn(files[FAMILLE].pk, [raised], instant(2026, 11, 12))
    liquider("751", SEPTEMBRE + 1, instant(2026, 11, 13))
    regulariser("751", instant(2026, 11, 13))
    return files

"""A dozen households whose stories can be followed on the site: `docs/personas.md` tells them to a reader.

Their names are plants: nobody is meant. Their dates follow the clock, so that what has just happened always has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.faits import Genre, Presence, Source
from guichet.domain.foyer import Activite, Garde, Logement, ModeDeGarde, Nature, Occupation, Role
from guichet.domain.vocabulaire import Euros, Mois, euros
from guichet.operations.demonstration import identites
from guichet.operations.demonstration.histoire import Histoire
from guichet.operations.demonstration.menages import Adulte, Menage, zone

JOUR = timedelta(days=1)


@dataclass(slots=True)
class Conte:
    """The story of a household under way: `mois` is the last one paid, from which everything is dated."""

    menage: Menage
    mois: Mois
    fin: date

    def le(self, avant: int, jour: int) -> date:
        """A day of the month that comes `avant` months before the last one paid; never after the end of the story."""
        return min((self.mois - avant).premier_jour + (jour - 1) * JOUR, self.fin)

    def instant(self, avant: int, jour: int) -> datetime:
        return max(instant(self.le(avant, jour)), self.menage.le)

    def ne(self, ans: int, mois: int = 0, jour: int = 12) -> date:
        return (self.mois - 12 * ans - mois).premier_jour + (jour - 1) * JOUR

    def adulte(self, prenom: str, nom: str, sexe: str, ans: int, activite: Activite) -> Adulte:
        menage = self.menage
        qui = identites.individu(menage.hasard, nom, sexe, self.ne(ans, 5), prenom)
        adulte = menage.adulte(qui, Role.CONJOINT if menage.adultes else Role.DEMANDEUR)
        menage.fait_quoi(adulte, activite)
        return adulte

    def enfant(self, prenom: str, nom: str, sexe: str, naissance: date, le: datetime | None = None) -> int:
        ancien = le is None
        return self.menage.enfant(identites.individu(self.menage.hasard, nom, sexe, naissance, prenom, nir=ancien), le)

    def gagne(
        self, adulte: Adulte, mensuel: int, nature: Nature = Nature.SALAIRE, source: Source = Source.EMPLOYEUR
    ) -> None:
        """For as long as the file knows, told by the impôts for the years that are over."""
        annee = self.menage.ouvert_le.year
        self.menage.recoit(adulte, nature, mensuel, avant=date(annee, 1, 1), source=Source.IMPOTS)
        self.menage.recoit(adulte, nature, mensuel, date(annee, 1, 1), source=source)

    def loue(self, occupation: Occupation, loyer: int, insee: str, du: date, le: datetime | None = None) -> None:
        conventionne = occupation in (Occupation.LOCATAIRE_HLM, Occupation.RESIDENCE_UNIVERSITAIRE)
        self.menage.loge(Logement(occupation, euros(loyer), zone(insee), conventionne=conventionne), insee, du, le)

    def finit(self, *prestations: Prestation) -> None:
        """What every file has: an account, an address to write to, what was asked for."""
        titulaire = self.menage.histoire.individus[0]
        self.menage.compte(titulaire)
        coordonnees = identites.coordonnees(self.menage.hasard, titulaire, self.menage.histoire.matricule)
        self.menage.dit(Genre.COORDONNEES, 0, coordonnees, self.menage.ouvert_le)
        self.menage.demande(prestations)


def instant(jour: date) -> datetime:
    return datetime(jour.year, jour.month, jour.day, 10, 30, tzinfo=clock.PARIS)


def _ines(conte: Conte) -> None:
    ines = conte.adulte("Inès", "Coquelicot", "F", 20, Activite.ETUDIANT)
    conte.menage.fait_quoi(ines, Activite.ETUDIANT, boursier=True)
    conte.loue(Occupation.RESIDENCE_UNIVERSITAIRE, 265, "35238", conte.menage.ouvert_le - 20 * JOUR)
    conte.finit(Prestation.AIDE_LOGEMENT)


def _awa(conte: Conte) -> None:
    awa = conte.adulte("Awa", "Mirabelle", "F", 27, Activite.INACTIF)
    conte.loue(Occupation.LOCATAIRE_HLM, 395, "94028", conte.le(40, 1))
    naissance = conte.ne(1, 6)
    conte.menage.grossesse(awa, naissance + 4 * JOUR, naissance, max(instant(naissance - 150 * JOUR), conte.menage.le))
    conte.enfant("Sami", "Mirabelle", "M", naissance, instant(naissance + 9 * JOUR))
    conte.finit(Prestation.AIDE_LOGEMENT, Prestation.RSA)
    conte.menage.demande([Prestation.ASF], instant(naissance + 9 * JOUR))


def _sophie(conte: Conte) -> None:
    """His new pay of spring is told in summer: months were paid too much."""
    sophie = conte.adulte("Sophie", "Tilleul", "F", 39, Activite.SALARIE)
    karim = conte.adulte("Karim", "Tilleul", "M", 41, Activite.SALARIE)
    conte.gagne(sophie, 980)
    conte.gagne(karim, 1350)
    for prenom, sexe, ans in (("Nour", "F", 12), ("Adam", "M", 9), ("Lina", "F", 5)):
        conte.enfant(prenom, "Tilleul", sexe, conte.ne(ans))
    conte.loue(Occupation.LOCATAIRE_VIDE, 690, "49007", conte.le(50, 1))
    conte.finit(Prestation.AIDE_LOGEMENT, Prestation.PPA)
    conte.menage.recoit(karim, Nature.SALAIRE, 2150, conte.le(9, 1), le=conte.instant(4, 20))


def _lea(conte: Conte) -> None:
    lea = conte.adulte("Léa", "Genêt", "F", 31, Activite.SALARIE)
    hugo = conte.adulte("Hugo", "Genêt", "M", 32, Activite.SALARIE)
    conte.gagne(lea, 1650)
    conte.gagne(hugo, 1850)
    conte.loue(Occupation.LOCATAIRE_VIDE, 610, "37261", conte.le(30, 1))
    conte.finit()
    naissance = conte.ne(0, 4)
    conte.menage.grossesse(lea, naissance + 3 * JOUR, naissance, instant(naissance - 170 * JOUR))
    conte.enfant("Zoé", "Genêt", "F", naissance, instant(naissance + 6 * JOUR))
    garde = Garde(ModeDeGarde.ASSISTANT_MATERNEL, euros(640), Decimal(140))
    conte.menage.garde(garde, conte.le(1, 1), conte.ne(-3, 4), conte.instant(1, 4))
    conte.menage.demande([Prestation.PAJE_CMG], conte.instant(1, 4))


def _marc(conte: Conte) -> None:
    marc = conte.adulte("Marc", "Bruyère", "M", 44, Activite.SALARIE)
    conte.menage.dit(Genre.HANDICAP, marc.sujet, {"handicap": Decimal("0.8")}, conte.menage.depuis, source=Source.CAISSE)
    conte.gagne(marc, 540)
    conte.loue(Occupation.LOCATAIRE_HLM, 340, "87085", conte.le(60, 1))
    conte.finit(Prestation.AIDE_LOGEMENT, Prestation.AAH)
    conte.menage.recoit(marc, Nature.SALAIRE, 610, conte.le(6, 1), le=conte.instant(5, 8))


def _fatou(conte: Conte) -> None:
    fatou = conte.adulte("Fatou", "Sureau", "F", 36, Activite.SALARIE)
    conte.gagne(fatou, 1050)
    for prenom, sexe, ans in (("Issa", "M", 10), ("Mariam", "F", 7)):
        conte.enfant(prenom, "Sureau", sexe, conte.ne(ans))
    conte.loue(Occupation.LOCATAIRE_VIDE, 560, "76540", conte.le(40, 1))
    conte.menage.tiers_payant("Société du Canal", identites.iban(9_000_000_000), conte.le(40, 1))
    conte.finit(Prestation.AIDE_LOGEMENT, Prestation.PPA, Prestation.ASF)


def _yanis(conte: Conte) -> None:
    yanis = conte.adulte("Yanis", "Églantier", "M", 29, Activite.SALARIE)
    conte.gagne(yanis, 1180)
    conte.loue(Occupation.LOCATAIRE_MEUBLE, 410, "63113", conte.le(30, 1))
    conte.finit(Prestation.AIDE_LOGEMENT, Prestation.PPA)
    paies = (1420, 960, 1250, 1510, 880, 1340, 1190, 1460, 1020, 1380, 1270, 940)
    for avant, paie in enumerate(paies):
        conte.menage.recoit(yanis, Nature.SALAIRE, paie, conte.le(avant, 1), le=conte.instant(avant - 1, 9))


def _nadia(conte: Conte) -> None:
    """Her new account is refused by the bank on the last payday."""
    nadia = conte.adulte("Nadia", "Pervenche", "F", 33, Activite.SALARIE)
    conte.gagne(nadia, 1120)
    conte.enfant("Élias", "Pervenche", "M", conte.ne(6))
    conte.loue(Occupation.LOCATAIRE_HLM, 430, "67482", conte.le(36, 1))
    conte.finit(Prestation.AIDE_LOGEMENT, Prestation.PPA, Prestation.ASF)
    conte.menage.compte(conte.menage.histoire.individus[0], conte.instant(0, 15), ferme=True)


def _julien(conte: Conte) -> None:
    julien = conte.adulte("Julien", "Romarin", "M", 26, Activite.SALARIE)
    conte.gagne(julien, 1010)
    conte.loue(Occupation.LOCATAIRE_VIDE, 330, "03185", conte.le(30, 1))
    conte.finit(Prestation.AIDE_LOGEMENT, Prestation.PPA)
    conte.loue(Occupation.LOCATAIRE_VIDE, 470, "35238", conte.le(1, 12), conte.instant(0, 20))


def _claire(conte: Conte) -> None:
    claire = conte.adulte("Claire", "Fougère", "F", 38, Activite.SALARIE)
    denis = conte.adulte("Denis", "Fougère", "M", 40, Activite.SALARIE)
    conte.gagne(claire, 1290)
    conte.gagne(denis, 1900)
    enfants = [conte.enfant(p, "Fougère", s, conte.ne(ans)) for p, s, ans in (("Jade", "F", 11), ("Théo", "M", 8))]
    conte.loue(Occupation.LOCATAIRE_VIDE, 640, "54395", conte.le(60, 1))
    conte.finit()
    le, jour = conte.instant(9, 28), conte.le(9, 14)
    conte.menage.part(denis, jour, "separation", le)
    for enfant in enfants:
        conte.menage.dit(Genre.PRESENCE, enfant, Presence(Role.ENFANT, garde_alternee=True), jour, le=le)
    conte.menage.demande([Prestation.AIDE_LOGEMENT, Prestation.PPA], le)


def _monique(conte: Conte) -> None:
    monique = conte.adulte("Monique", "Lavande", "F", 72, Activite.RETRAITE)
    conte.gagne(monique, 920, Nature.RETRAITE, Source.CAISSE)
    conte.loue(Occupation.LOCATAIRE_HLM, 365, "79191", conte.le(120, 1))
    conte.finit(Prestation.AIDE_LOGEMENT)


def _paul(conte: Conte) -> None:
    paul = conte.adulte("Paul", "Bleuet", "M", 47, Activite.CHOMEUR)
    rosa = conte.adulte("Rosa", "Bleuet", "F", 45, Activite.CHOMEUR)
    conte.gagne(paul, 1080, Nature.CHOMAGE, Source.FRANCE_TRAVAIL)
    conte.menage.fait_quoi(rosa, Activite.CHOMEUR, chomage_indemnise=False)
    conte.enfant("Manon", "Bleuet", "F", conte.ne(14))
    conte.loue(Occupation.LOCATAIRE_HLM, 480, "59350", conte.le(70, 1))
    conte.finit(Prestation.AIDE_LOGEMENT)
    le = conte.instant(6, 5)
    conte.menage.recoit(paul, Nature.CHOMAGE, 0, conte.le(6, 1), le=le, source=Source.FRANCE_TRAVAIL)
    conte.menage.fait_quoi(paul, Activite.CHOMEUR, conte.le(6, 1), le, chomage_indemnise=False)
    conte.menage.demande([Prestation.RSA], le)


@dataclass(frozen=True, slots=True)
class Persona:
    """`anciennete`: months paid since the file was opened, all of them if None. `retenue`: what was agreed with the
    allocataire to keep each month for an overpayment, where the brackets of the year are not known."""

    matricule: str
    nom: str
    sujet: str
    raconte: Callable[[Conte], None]
    anciennete: int | None = None
    retenue: Euros | None = None


PERSONAS = (
    Persona("0000001", "Inès Coquelicot", "étudiante en résidence universitaire", _ines, anciennete=14),
    Persona("0000002", "Awa Mirabelle", "seule avec un enfant de moins de trois ans", _awa),
    Persona("0000003", "Sophie et Karim Tilleul", "un trop-perçu, retenu chaque mois", _sophie, retenue=euros(45)),
    Persona("0000004", "Léa et Hugo Genêt", "un bébé, une assistante maternelle", _lea),
    Persona("0000005", "Marc Bruyère", "AAH et un emploi à temps partiel", _marc),
    Persona("0000006", "Fatou Sureau", "aide au logement versée au bailleur", _fatou),
    Persona("0000007", "Yanis Églantier", "un salaire différent chaque mois", _yanis),
    Persona("0000008", "Nadia Pervenche", "un virement rejeté par la banque", _nadia),
    Persona("0000009", "Julien Romarin", "un déménagement déclaré en retard", _julien),
    Persona("0000010", "Claire Fougère", "séparée, garde alternée", _claire),
    Persona("0000011", "Monique Lavande", "retraitée locataire", _monique),
    Persona("0000012", "Paul et Rosa Bleuet", "au chômage, en fin de droits", _paul),
)


def histoire(persona: Persona, premier: Mois, dernier: Mois, maintenant: datetime) -> Histoire:
    """Their story, in files that have been paid from the month `premier` to `dernier`."""
    ouvert = premier if persona.anciennete is None else max(premier, dernier - persona.anciennete + 1)
    le = datetime(ouvert.annee, ouvert.numero, 1, 6, tzinfo=clock.PARIS)
    menage = Menage(Random(persona.matricule), Histoire(persona.matricule, ouvert.premier_jour), le)
    persona.raconte(Conte(menage, dernier, maintenant.date()))
    return menage.histoire

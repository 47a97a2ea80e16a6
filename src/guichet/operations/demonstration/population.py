"""Households drawn at random: of which type, of which ages, living on what and where.

The shares of the types are those of the files of the Caf in December 2012; the rest are plausible orders of magnitude, not
measured ones. What each household is owed is never said here: the law answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from guichet.domain.droits import Prestation
from guichet.domain.faits import Genre, Source
from guichet.domain.foyer import Activite, Garde, Logement, ModeDeGarde, Nature, Occupation, Pret, Role, Zone
from guichet.domain.vocabulaire import euros
from guichet.operations.demonstration import identites
from guichet.operations.demonstration.histoire import Histoire
from guichet.operations.demonstration.menages import Adulte, Menage, mois_suivant, zone
from guichet.operations.demonstration.noms import BAILLEURS, COMMUNES, NOMS, UNIVERSITAIRES

TYPES = {
    # Adults by sex, number of children (3: three or more), share of the files in percent.
    ("F", 0): 19.2,
    ("M", 0): 17.4,
    ("FM", 0): 4.0,
    ("F", 1): 10.0,
    ("F", 2): 4.6,
    ("F", 3): 2.0,
    ("FM", 1): 8.4,
    ("FM", 2): 22.4,
    ("FM", 3): 12.0,
}
SEULS = {
    # What who lives alone does, by age: (until that age, what, share).
    Activite.ETUDIANT: 22,
    Activite.SALARIE: 36,
    Activite.CHOMEUR: 12,
    Activite.INACTIF: 24,
    Activite.RETRAITE: 6,
}
EN_FAMILLE = {Activite.SALARIE: 74, Activite.CHOMEUR: 10, Activite.INACTIF: 12, Activite.INDEPENDANT: 4}
LOGEMENTS = {
    Occupation.LOCATAIRE_HLM: 34,
    Occupation.LOCATAIRE_VIDE: 32,
    Occupation.LOCATAIRE_MEUBLE: 6,
    Occupation.ACCEDANT: 16,
    Occupation.PROPRIETAIRE: 6,
    Occupation.LOGE_GRATUITEMENT: 6,
}
LOUES = (Occupation.LOCATAIRE_HLM, Occupation.LOCATAIRE_VIDE, Occupation.LOCATAIRE_MEUBLE)
LOYERS = {Zone.ZONE_1: 420, Zone.ZONE_2: 350, Zone.ZONE_3: 310}
"""The rent of a single person, in euros a month, around which ours are drawn."""
T = TypeVar("T")
HANDICAPS = (Decimal("0.55"), Decimal("0.8"))
AN = timedelta(days=365.25)


def tire(hasard: Random, matricule: str, ouvert_le: date, le: datetime) -> Menage:
    """A household whose file opens at the instant `le`."""
    menage = Menage(hasard, Histoire(matricule, ouvert_le), le)
    sexes, nombre = _parmi(hasard, TYPES)
    enfants = _ages_des_enfants(hasard, nombre + (nombre == 3 and hasard.random() < 0.3))
    nom = hasard.choice(NOMS)
    _adultes(menage, sexes, nom, enfants)
    for age in enfants:
        ne = ouvert_le - age * AN
        menage.enfant(identites.individu(hasard, nom, hasard.choice("FM"), ne, nir=hasard.random() < 0.9))
    _loge(menage, seul=len(sexes) == 1)
    titulaire = menage.histoire.individus[0]
    menage.compte(titulaire)
    menage.dit(Genre.COORDONNEES, 0, identites.coordonnees(hasard, titulaire, matricule), ouvert_le)
    demande(menage)
    _garde(menage)
    return menage


def _adultes(menage: Menage, sexes: str, nom: str, enfants: list[float]) -> None:
    hasard = menage.hasard
    # Beyond what a family's needs explain, who earns much has no file.
    niveau = hasard.gauss(0, 1)
    for rang, sexe in enumerate(sexes):
        activite = _parmi(hasard, EN_FAMILLE if enfants or len(sexes) > 1 else SEULS)
        age = _age(hasard, activite, enfants)
        naissance = menage.ouvert_le - age * AN
        autre_nom = hasard.choice(NOMS) if rang and hasard.random() < 0.5 else nom
        qui = identites.individu(hasard, autre_nom, sexe, naissance)
        adulte = menage.adulte(qui, Role.CONJOINT if rang else Role.DEMANDEUR)
        _occupe(menage, adulte, activite, 0.3 * niveau + 0.95 * hasard.gauss(0, 1), bool(enfants))


def _age(hasard: Random, activite: Activite, enfants: list[float]) -> float:
    if enfants:
        return max(max(enfants) + 18.5, enfants[-1] + hasard.gauss(31, 4.5))
    if activite is Activite.ETUDIANT:
        return hasard.uniform(18.5, 25)
    if activite is Activite.RETRAITE:
        return hasard.uniform(66, 85)
    if activite is Activite.INACTIF:
        return hasard.uniform(26, 60)
    return min(60.0, max(20.0, hasard.gauss(36, 11)))


def _ages_des_enfants(hasard: Random, nombre: int) -> list[float]:
    """From the eldest to the youngest; three years apart, more or less."""
    if not nombre:
        return []
    ages = [hasard.uniform(0.1, 15)]
    while len(ages) < nombre:
        ages.append(ages[-1] + max(1.0, hasard.gauss(3, 1)))
    return [age for age in reversed(ages) if age < 20.5 or age == ages[0]]


def _occupe(menage: Menage, adulte: Adulte, activite: Activite, niveau: float, en_famille: bool) -> None:
    """What the person does, and what they have received since then; the years that are over were told by the impôts."""
    hasard = menage.hasard
    handicap = activite is Activite.INACTIF and hasard.random() < 0.4
    if handicap:
        menage.dit(Genre.HANDICAP, adulte.sujet, {"handicap": hasard.choice(HANDICAPS)}, menage.depuis, source=Source.CAISSE)
        menage.demande([Prestation.AAH])
    menage.fait_quoi(adulte, activite)
    if activite is Activite.ETUDIANT and hasard.random() < 0.4:
        menage.fait_quoi(adulte, activite, boursier=True)
    mensuel = round((1650 if en_famille else 1300) * 2.718 ** (0.38 * niveau))
    match activite:
        case Activite.SALARIE:
            _recoit(menage, adulte, Nature.SALAIRE, min(mensuel, 4500))
        case Activite.INDEPENDANT:
            _recoit(menage, adulte, Nature.INDEPENDANT, min(mensuel, 4000), Source.ALLOCATAIRE)
        case Activite.CHOMEUR:
            _recoit(menage, adulte, Nature.CHOMAGE, round(min(mensuel, 2400) * 0.62), Source.FRANCE_TRAVAIL)
        case Activite.RETRAITE:
            _recoit(menage, adulte, Nature.RETRAITE, min(round(mensuel * 0.75), 1500), Source.CAISSE)
        case Activite.ETUDIANT if hasard.random() < 0.4:
            _recoit(menage, adulte, Nature.SALAIRE, hasard.randint(150, 600))
        case _:
            pass


def _recoit(menage: Menage, adulte: Adulte, nature: Nature, mensuel: int, source: Source = Source.EMPLOYEUR) -> None:
    """A little less in the years before: three percent a year."""
    annee = menage.ouvert_le.year
    for avant in (2, 1):
        du = date(annee - avant, 1, 1)
        menage.recoit(adulte, nature, round(mensuel * 0.97**avant), du, date(annee - avant + 1, 1, 1), source=Source.IMPOTS)
    menage.recoit(adulte, nature, mensuel, date(annee, 1, 1), source=source)


def _loge(menage: Menage, seul: bool) -> None:
    hasard = menage.hasard
    depuis = menage.ouvert_le - hasard.uniform(0.05, 8) * AN
    etudiant = menage.adultes[0].activite is Activite.ETUDIANT
    insee = hasard.choice(UNIVERSITAIRES) if etudiant else hasard.choice(COMMUNES[_parmi(hasard, {1: 20, 2: 50, 3: 30})])
    if etudiant and seul:
        _loge_un_etudiant(menage, insee, depuis)
        return
    occupation = _parmi(hasard, LOGEMENTS)
    if occupation in LOUES:
        menage.loge(location(menage, occupation, insee), insee, depuis)
        if occupation is Occupation.LOCATAIRE_HLM:
            menage.tiers_payant(hasard.choice(BAILLEURS), identites.iban(9_000_000_000 + hasard.randint(1, 5)), depuis)
    elif occupation is Occupation.ACCEDANT:
        mensualite = euros(hasard.randint(450, 1100))
        menage.loge(Logement(occupation, mensualite, zone(insee)), insee, depuis)
        menage.pret(Pret(depuis, mensualite, conventionne=True, neuf=hasard.random() < 0.4))
    else:
        menage.loge(Logement(occupation, zone=zone(insee)), insee, depuis)


def _loge_un_etudiant(menage: Menage, insee: str, depuis: date) -> None:
    hasard = menage.hasard
    depuis = max(depuis, menage.ouvert_le - 2 * AN)
    occupation = hasard.choice((Occupation.RESIDENCE_UNIVERSITAIRE, Occupation.LOCATAIRE_MEUBLE, Occupation.CHAMBRE))
    loyer = {Occupation.RESIDENCE_UNIVERSITAIRE: 280, Occupation.CHAMBRE: 300}.get(occupation, 430) + hasard.randint(-40, 60)
    colocation = occupation is Occupation.LOCATAIRE_MEUBLE and hasard.random() < 0.3
    conventionne = occupation is Occupation.RESIDENCE_UNIVERSITAIRE
    menage.loge(
        Logement(occupation, euros(loyer), zone(insee), colocation=colocation, conventionne=conventionne), insee, depuis
    )


def location(menage: Menage, occupation: Occupation, insee: str) -> Logement:
    """A rent that fits the household, more or less."""
    hasard, la_zone = menage.hasard, zone(insee)
    taille = 1 + 0.2 * (len(menage.adultes) > 1) + 0.25 * (len(menage.enfants) > 0) + 0.12 * max(0, len(menage.enfants) - 1)
    hlm = occupation is Occupation.LOCATAIRE_HLM
    loyer = LOYERS[la_zone] * taille * (0.85 if hlm else 1.15) * 2.718 ** hasard.gauss(0, 0.2)
    return Logement(occupation, euros(round(loyer)), la_zone, conventionne=hlm or hasard.random() < 0.2)


def demande(menage: Menage, le: datetime | None = None) -> None:
    """What is asked for when the file opens, or when something has changed; whether it is due is for the law to say."""
    hasard, adultes = menage.hasard, menage.adultes
    revenus = sum(adulte.mensuel for adulte in adultes)
    parts = 1 + 0.5 * (len(adultes) - 1) + 0.3 * len(menage.enfants)
    actif = any(adulte.mensuel and adulte.activite in (Activite.SALARIE, Activite.INDEPENDANT) for adulte in adultes)
    loue = menage.logement.loyer and menage.logement.occupation is not Occupation.ACCEDANT
    demandees = []
    if loue and revenus / parts < 1500:
        demandees.append(Prestation.AIDE_LOGEMENT)
    if actif and revenus / parts < 1700 and hasard.random() < 0.75:
        demandees.append(Prestation.PPA)
    etudiant = adultes[0].activite is Activite.ETUDIANT
    adulte_ou_parent = menage.enfants or menage.ouvert_le - adultes[0].naissance > 25 * AN
    if not etudiant and adulte_ou_parent and revenus / parts < 560 and hasard.random() < 0.8:
        demandees.append(Prestation.RSA)
    if menage.enfants and len(adultes) == 1 and hasard.random() < 0.6:
        demandees.append(Prestation.ASF)
    menage.demande(demandees, le)


def _garde(menage: Menage) -> None:
    """Half of the parents who all work pay somebody for a child under three."""
    ages = [ne for _, ne in menage.enfants if menage.ouvert_le - ne < 2.5 * AN]
    if ages and all(adulte.activite is Activite.SALARIE for adulte in menage.adultes) and menage.hasard.random() < 0.5:
        fait_garder(menage, max(ages), menage.ouvert_le.replace(day=1))


def fait_garder(menage: Menage, ne_le: date, du: date, le: datetime | None = None) -> None:
    """A childminder until three years old."""
    heures = menage.hasard.choice((80, 120, 140, 160))
    menage.garde(
        Garde(ModeDeGarde.ASSISTANT_MATERNEL, euros(heures * 5), Decimal(heures)), du, mois_suivant(ne_le + 3 * AN), le
    )
    menage.demande([Prestation.PAJE_CMG], le)


def _parmi(hasard: Random, parts: Mapping[T, float]) -> T:
    return hasard.choices(list(parts), list(parts.values()))[0]

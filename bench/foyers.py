"""The households of the measures: one for each question, and a population that resembles a caisse's."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guichet.domain.droits import Prestation
from guichet.domain.foyer import (
    Activite,
    Foyer,
    Garde,
    Logement,
    ModeDeGarde,
    Nature,
    Occupation,
    Personne,
    Pret,
    Ressource,
    Role,
    Zone,
)
from guichet.domain.vocabulaire import Euros, Mois, euros


@dataclass(frozen=True, slots=True)
class Question:
    """`variables` are OpenFisca's, `prestations` are the same for us, with their lines.

    Budgets in milliseconds: of programs, of the interpreter (with what it takes to be asked in OpenFisca's words).
    """

    nom: str
    variables: tuple[str, ...]
    prestations: tuple[Prestation, ...]
    budget: float
    budget_sans_programme: float
    foyer: Callable[[Mois], Foyer]


def _locataire(mois: Mois) -> Foyer:
    return Foyer((_adulte(mois, 30, Nature.SALAIRE, 900),), Logement(Occupation.LOCATAIRE_VIDE, Euros(450)))


def _couple_sans_salaire_plein(mois: Mois) -> Foyer:
    personnes = (_adulte(mois, 33, Nature.SALAIRE, 400), _conjoint(mois), _enfant(mois, 60))
    return Foyer(personnes, Logement(Occupation.LOCATAIRE_HLM, Euros(420)))


def _jeunes_parents(mois: Mois) -> Foyer:
    personnes = (_adulte(mois, 33, Nature.SALAIRE, 1500), _conjoint(mois), _enfant(mois, 60), _enfant(mois, 14))
    return Foyer(personnes, Logement(Occupation.LOCATAIRE_VIDE, Euros(600)))


PAJE = tuple(prestation for prestation in Prestation if prestation.startswith("paje_"))
QUESTIONS = (
    Question("housing aid", ("aide_logement",), (Prestation.AIDE_LOGEMENT,), 1.5, 15, _locataire),
    Question("RSA", ("rsa",), (Prestation.RSA,), 3, 30, _couple_sans_salaire_plein),
    Question("PAJE", ("paje",), PAJE, 2, 10, _jeunes_parents),
    Question("everything", ("aide_logement", "rsa", "paje", "af", "cf", "asf"), tuple(Prestation), 10, 60, _jeunes_parents),
)


def _adulte(mois: Mois, age: int, nature: Nature, mensuel: int) -> Personne:
    activite = Activite.SALARIE if nature is Nature.SALAIRE else Activite.CHOMEUR
    return Personne(_ne(mois, age * 12), Role.DEMANDEUR, activite, (Ressource(nature, euros(mensuel), mois - 36, mois),))


def _conjoint(mois: Mois) -> Personne:
    return Personne(_ne(mois, 31 * 12), Role.CONJOINT)


def _enfant(mois: Mois, age_en_mois: int) -> Personne:
    return Personne(_ne(mois, age_en_mois), Role.ENFANT)


def _ne(mois: Mois, age_en_mois: int) -> date:
    naissance = mois - age_en_mois
    return date(naissance.annee, naissance.numero, 15)


ACTIVITES = {
    # Share in a hundred adults, kind of income, lowest and highest monthly amount.
    Activite.SALARIE: (48, Nature.SALAIRE, 300, 2600),
    Activite.CHOMEUR: (13, Nature.CHOMAGE, 500, 1500),
    Activite.INACTIF: (13, Nature.RSA, 200, 550),
    Activite.ETUDIANT: (9, Nature.SALAIRE, 100, 700),
    Activite.RETRAITE: (7, Nature.RETRAITE, 500, 1400),
    Activite.INDEPENDANT: (4, Nature.INDEPENDANT, 300, 2500),
    Activite.CONGE_PARENTAL: (3, Nature.INDEMNITES_MATERNITE, 500, 1500),
    Activite.APPRENTI: (3, Nature.SALAIRE, 500, 1100),
}
OCCUPATIONS = {
    Occupation.LOCATAIRE_HLM: 38,
    Occupation.LOCATAIRE_VIDE: 30,
    Occupation.LOCATAIRE_MEUBLE: 9,
    Occupation.ACCEDANT: 7,
    Occupation.PROPRIETAIRE: 5,
    Occupation.LOGE_GRATUITEMENT: 4,
    Occupation.CHAMBRE: 2,
    Occupation.RESIDENCE_UNIVERSITAIRE: 2,
    Occupation.RESIDENCE_SOCIALE: 2,
    Occupation.FOYER_JEUNES_TRAVAILLEURS: 1,
}


def population(nombre: int, mois: Mois) -> list[Foyer]:
    """`nombre` households at `mois`, always the same: the shares are round figures, not a caisse's own."""
    hasard = random.Random(f"bench {mois}")
    return [_tire(hasard, mois) for _ in range(nombre)]


def _tire(hasard: random.Random, mois: Mois) -> Foyer:
    couple = hasard.random() < 0.4
    personnes = [_tire_adulte(hasard, mois, Role.DEMANDEUR)]
    if couple:
        personnes.append(_tire_adulte(hasard, mois, Role.CONJOINT))
    if personnes[0].activite not in (Activite.ETUDIANT, Activite.RETRAITE):
        enfants = hasard.choices((0, 1, 2, 3, 4), (40, 22, 24, 10, 4))[0]
        personnes += [_enfant(mois, hasard.randrange(-4, 20 * 12)) for _ in range(enfants)]
    garde = None
    if any(mois - 36 <= Mois.of(personne.naissance) <= mois for personne in personnes) and hasard.random() < 0.3:
        garde = Garde(hasard.choice(list(ModeDeGarde)), euros(hasard.randint(200, 900)), Decimal(hasard.randint(40, 180)))
    separation = mois - hasard.randrange(12) if not couple and hasard.random() < 0.05 else None
    return Foyer(tuple(personnes), _tire_logement(hasard, mois), separation, garde)


def _tire_adulte(hasard: random.Random, mois: Mois, role: Role) -> Personne:
    activite = hasard.choices(list(ACTIVITES), [part for part, *_ in ACTIVITES.values()])[0]
    _, nature, bas, haut = ACTIVITES[activite]
    ages = {Activite.RETRAITE: (62, 85), Activite.ETUDIANT: (18, 26), Activite.APPRENTI: (18, 25)}.get(activite, (20, 61))
    ressources = [Ressource(nature, euros(hasard.randint(bas, haut)), mois - hasard.randrange(3, 40), mois)]
    if activite is Activite.INACTIF and hasard.random() < 0.3:
        ressources = []
    handicap = "0.8" if activite is Activite.INACTIF and hasard.random() < 0.3 else "0"
    return Personne(
        _ne(mois, 12 * hasard.randint(*ages) + hasard.randrange(12)),
        role,
        activite,
        tuple(ressources),
        handicap=Decimal(handicap),
        boursier=activite is Activite.ETUDIANT and hasard.random() < 0.3,
        cessation_activite="totale" if activite is Activite.CONGE_PARENTAL else "",
    )


def _tire_logement(hasard: random.Random, mois: Mois) -> Logement:
    occupation = hasard.choices(list(OCCUPATIONS), list(OCCUPATIONS.values()))[0]
    pret = None
    if occupation is Occupation.ACCEDANT:
        signature = mois - hasard.randrange(12, 180)
        pret = Pret(signature.first_day, euros(hasard.randint(300, 900)), hasard.random() < 0.6)
    return Logement(occupation, euros(hasard.randint(200, 800)), hasard.choice(list(Zone)), pret=pret)

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

    name: str
    variables: tuple[str, ...]
    prestations: tuple[Prestation, ...]
    budget: float
    budget_without_program: float
    foyer: Callable[[Mois], Foyer]


def _tenant(mois: Mois) -> Foyer:
    return Foyer((_adult(mois, 30, Nature.SALAIRE, 900),), Logement(Occupation.LOCATAIRE_VIDE, Euros(450)))


def _couple_without_a_full_wage(mois: Mois) -> Foyer:
    personnes = (_adult(mois, 33, Nature.SALAIRE, 400), _partner(mois), _child(mois, 60))
    return Foyer(personnes, Logement(Occupation.LOCATAIRE_HLM, Euros(420)))


def _young_parents(mois: Mois) -> Foyer:
    personnes = (_adult(mois, 33, Nature.SALAIRE, 1500), _partner(mois), _child(mois, 60), _child(mois, 14))
    return Foyer(personnes, Logement(Occupation.LOCATAIRE_VIDE, Euros(600)))


PAJE = tuple(prestation for prestation in Prestation if prestation.startswith("paje_"))
QUESTIONS = (
    Question("housing aid", ("aide_logement",), (Prestation.AIDE_LOGEMENT,), 1.5, 15, _tenant),
    Question("RSA", ("rsa",), (Prestation.RSA,), 3, 30, _couple_without_a_full_wage),
    Question("PAJE", ("paje",), PAJE, 2, 10, _young_parents),
    Question("everything", ("aide_logement", "rsa", "paje", "af", "cf", "asf"), tuple(Prestation), 10, 60, _young_parents),
)


def _adult(mois: Mois, age: int, nature: Nature, monthly: int) -> Personne:
    activite = Activite.SALARIE if nature is Nature.SALAIRE else Activite.CHOMEUR
    return Personne(_born(mois, age * 12), Role.DEMANDEUR, activite, (Ressource(nature, euros(monthly), mois - 36, mois),))


def _partner(mois: Mois) -> Personne:
    return Personne(_born(mois, 31 * 12), Role.CONJOINT)


def _child(mois: Mois, months_old: int) -> Personne:
    return Personne(_born(mois, months_old), Role.ENFANT)


def _born(mois: Mois, months_old: int) -> date:
    birth = mois - months_old
    return date(birth.annee, birth.numero, 15)


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


def population(number: int, mois: Mois) -> list[Foyer]:
    """`number` households at `mois`, always the same: the shares are round figures, not a caisse's own."""
    chance = random.Random(f"bench {mois}")
    return [_drawn(chance, mois) for _ in range(number)]


def _drawn(chance: random.Random, mois: Mois) -> Foyer:
    couple = chance.random() < 0.4
    personnes = [_drawn_adult(chance, mois, Role.DEMANDEUR)]
    if couple:
        personnes.append(_drawn_adult(chance, mois, Role.CONJOINT))
    if personnes[0].activite not in (Activite.ETUDIANT, Activite.RETRAITE):
        children = chance.choices((0, 1, 2, 3, 4), (40, 22, 24, 10, 4))[0]
        personnes += [_child(mois, chance.randrange(-4, 20 * 12)) for _ in range(children)]
    garde = None
    if any(mois - 36 <= Mois.of(personne.naissance) <= mois for personne in personnes) and chance.random() < 0.3:
        garde = Garde(chance.choice(list(ModeDeGarde)), euros(chance.randint(200, 900)), Decimal(chance.randint(40, 180)))
    separation = mois - chance.randrange(12) if not couple and chance.random() < 0.05 else None
    return Foyer(tuple(personnes), _drawn_dwelling(chance, mois), separation, garde)


def _drawn_adult(chance: random.Random, mois: Mois, role: Role) -> Personne:
    activite = chance.choices(list(ACTIVITES), [share for share, *_ in ACTIVITES.values()])[0]
    _, nature, low, high = ACTIVITES[activite]
    ages = {Activite.RETRAITE: (62, 85), Activite.ETUDIANT: (18, 26), Activite.APPRENTI: (18, 25)}.get(activite, (20, 61))
    ressources = [Ressource(nature, euros(chance.randint(low, high)), mois - chance.randrange(3, 40), mois)]
    if activite is Activite.INACTIF and chance.random() < 0.3:
        ressources = []
    handicap = "0.8" if activite is Activite.INACTIF and chance.random() < 0.3 else "0"
    return Personne(
        _born(mois, 12 * chance.randint(*ages) + chance.randrange(12)),
        role,
        activite,
        tuple(ressources),
        handicap=Decimal(handicap),
        boursier=activite is Activite.ETUDIANT and chance.random() < 0.3,
        cessation_activite="totale" if activite is Activite.CONGE_PARENTAL else "",
    )


def _drawn_dwelling(chance: random.Random, mois: Mois) -> Logement:
    occupation = chance.choices(list(OCCUPATIONS), list(OCCUPATIONS.values()))[0]
    loan = None
    if occupation is Occupation.ACCEDANT:
        signature = mois - chance.randrange(12, 180)
        loan = Pret(signature.first_day, euros(chance.randint(300, 900)), chance.random() < 0.6)
    return Logement(occupation, euros(chance.randint(200, 800)), chance.choice(list(Zone)), pret=loan)

"""Random households for the tests of the law: as `Foyer`s, and as OpenFisca groups that need not coincide.

`foyers(n, mois, seed)` draws households as a simulator describes them. `menages(n, mois, seed)` draws what only
an OpenFisca situation can say: two families in one dwelling, partners taxed apart, grown children in a tax household
of their own, pay given gross. The same seed gives the same households.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

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
    Territoire,
    Zone,
)
from guichet.domain.vocabulaire import ZERO, Mois, euros
from guichet.law import columns
from guichet.law.columns import Columns, Groups, Shape
from guichet.law.facts import ENTITIES

DATES = tuple(
    Mois.parse(text)
    for text in (
        *("2012-06", "2013-01", "2014-04", "2015-07", "2016-10", "2017-12"),
        *("2019-09", "2020-12", "2021-08", "2023-04", "2025-09", "2026-11"),
    )
)
REVENUS = {
    Activite.SALARIE: (Nature.SALAIRE,),
    Activite.INDEPENDANT: (Nature.INDEPENDANT,),
    Activite.APPRENTI: (Nature.SALAIRE,),
    Activite.ETUDIANT: (Nature.SALAIRE, Nature.STAGE),
    Activite.CHOMEUR: (Nature.CHOMAGE, Nature.ASS, Nature.FORMATION),
    Activite.RETRAITE: (Nature.RETRAITE,),
    Activite.CONGE_PARENTAL: (Nature.SALAIRE,),
    Activite.INACTIF: (Nature.INVALIDITE, Nature.AAH, Nature.RSA),
}
AUTRES = (
    *(Nature.INDEMNITES_JOURNALIERES, Nature.INDEMNITES_MATERNITE, Nature.PENSION_ALIMENTAIRE_RECUE),
    *(Nature.PENSION_ALIMENTAIRE_VERSEE, Nature.REVENUS_FONCIERS, Nature.REVENUS_DU_CAPITAL, Nature.SALAIRE),
)
AVEC_D_AUTRES = (*AUTRES, Nature.RETRAITE, Nature.CHOMAGE, Nature.INVALIDITE, Nature.FORMATION)


PROCHES = (*(0,) * 28, 1, 2)


def foyers(count: int, mois: Mois, seed: int) -> list[Foyer]:
    """`count` households as a simulator may describe them at `mois`."""
    rng, rare = random.Random(f"{seed} {mois}"), random.Random(f"rare {seed} {mois}")
    return [_with_rare_facts(_foyer(rng, mois), rare, mois) for _ in range(count)]


def _with_rare_facts(foyer: Foyer, rng: random.Random, mois: Mois) -> Foyer:
    """Dependent relatives, and several incomes at once."""
    personnes = [
        replace(p, ressources=(*p.ressources, *(_ressource(rng, mois, n) for n in rng.choices(AVEC_D_AUTRES, k=2))))
        if p.role is not Role.ENFANT and rng.random() < 0.06
        else p
        for p in foyer.personnes
    ]
    return replace(foyer, personnes=tuple(personnes), proches_a_charge=rng.choice(PROCHES))


def _foyer(rng: random.Random, mois: Mois) -> Foyer:
    couple = rng.random() < 0.5
    personnes = [_adulte(rng, mois, Role.DEMANDEUR)]
    if couple:
        personnes.append(_adulte(rng, mois, Role.CONJOINT))
    personnes += [_enfant(rng, mois) for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6)))]
    return Foyer(
        tuple(personnes),
        _logement(rng, mois),
        isole_depuis=mois - rng.randrange(18) if not couple and rng.random() < 0.3 else None,
        garde=_garde(rng) if rng.random() < 0.15 else None,
    )


def _adulte(rng: random.Random, mois: Mois, role: Role) -> Personne:
    activite = rng.choice(list(Activite))
    age = rng.randint(62, 85) if activite is Activite.RETRAITE else rng.randint(18, 61)
    return Personne(
        _naissance(rng, mois, age * 12 + rng.randrange(12)),
        role,
        activite,
        _ressources(rng, mois, activite),
        boursier=activite is Activite.ETUDIANT and rng.random() < 0.4,
        epargne=euros(rng.randint(0, 60000)) if rng.random() < 0.1 else ZERO,
        deux_ans_de_travail=rng.random() < 0.1,
        handicap=Decimal(rng.choice(("0", "0", "0", "0", "0", "0", "0", "0.5", "0.79", "0.8", "0.9"))),
        enceinte=rng.random() < 0.05,
        cessation_activite=rng.choice(("totale", "partielle_50", "partielle_80"))
        if activite is Activite.CONGE_PARENTAL
        else "",
        chomage_longue_duree=activite is Activite.CHOMEUR and rng.random() < 0.3,
        etudiant_hors_ue_sans_criteres=activite is Activite.ETUDIANT and rng.random() < 0.1,
        annees_de_residence=rng.choice((1, 3, 6, 12)) if rng.random() < 0.07 else None,
    )


def _enfant(rng: random.Random, mois: Mois) -> Personne:
    age = rng.randint(-8, 22 * 12)
    grand = age >= 16 * 12
    return Personne(
        _naissance(rng, mois, age),
        Role.ENFANT,
        rng.choice((Activite.ETUDIANT, Activite.SALARIE, Activite.INACTIF)) if grand else Activite.INACTIF,
        (_ressource(rng, mois, Nature.SALAIRE),) if grand and rng.random() < 0.3 else (),
        handicap=Decimal(rng.choice(("0", "0", "0", "0", "0", "0", "0", "0", "0.5", "0.8"))),
        garde_alternee=rng.random() < 0.12,
        adoption=mois.first_day - timedelta(rng.randint(0, 900)) if 0 < age < 36 and rng.random() < 0.1 else None,
    )


def _naissance(rng: random.Random, mois: Mois, age_en_mois: int) -> date:
    ne = mois - age_en_mois
    return date(ne.annee, ne.numero, rng.randint(1, 28))


def _ressources(rng: random.Random, mois: Mois, activite: Activite) -> tuple[Ressource, ...]:
    natures = [nature for nature in REVENUS[activite] if rng.random() < 0.6]
    natures += [rng.choice(AUTRES)] * (rng.random() < 0.25)
    return tuple(_ressource(rng, mois, nature) for nature in natures for _ in range(rng.choice((1, 1, 2))))


def _ressource(rng: random.Random, mois: Mois, nature: Nature) -> Ressource:
    mensuel = euros(round(rng.choice((rng.uniform(50, 1200), rng.uniform(50, 4000))), 2))
    du = mois - rng.choice((0, 1, 2, 3, 5, 11, 14, 26, 48))
    au = du + rng.choice((0, 2, 6, 60, 60))
    imposable = euros(mensuel * Decimal("1.03")) if rng.random() < 0.6 else None
    return Ressource(nature, mensuel, du, au, imposable)


def _logement(rng: random.Random, mois: Mois) -> Logement:
    occupation = rng.choice(list(Occupation))
    pret = None
    if occupation is Occupation.ACCEDANT:
        signature = mois.first_day - timedelta(rng.randint(30, 6000))
        pret = Pret(signature, euros(rng.randint(100, 1200)), rng.random() < 0.5, rng.random() < 0.5)
    return Logement(
        occupation,
        euros(round(rng.uniform(0, 1300), 2)),
        rng.choice(list(Zone)),
        rng.choice(list(Territoire)) if rng.random() < 0.15 else Territoire.METROPOLE,
        colocation=rng.random() < 0.1,
        conventionne=rng.random() < 0.6,
        bailleur_parent=rng.random() < 0.05,
        pret=pret,
        convention_foyer=mois.first_day - timedelta(rng.randint(0, 9000)) if rng.random() < 0.2 else None,
    )


def _garde(rng: random.Random) -> Garde:
    return Garde(
        rng.choice(list(ModeDeGarde)),
        euros(rng.randint(50, 1500)),
        Decimal(rng.randint(5, 200)),
        rng.random() < 0.1,
    )


@dataclass(frozen=True)
class Menages:
    """Groups and inputs, ready for any system: `simulation(system, kind)`."""

    mois: Mois
    shape: Shape
    arrays: Columns

    @property
    def oldest(self) -> date:
        return min(self.arrays["date_naissance", "ETERNITY"]).astype(object)

    def simulation(self, system, kind):
        return columns.filled(system, self.shape, self.arrays, kind)


def menages(count: int, mois: Mois, seed: int, system) -> Menages:
    """`count` families whose tax households and dwellings are their own; one seed in three gives pay gross."""
    drawn = foyers(count, mois, seed)
    arrays = columns.columns_of(drawn, mois, system)
    rng = np.random.default_rng(seed)
    famille = columns.shape_of(drawn)["famille"]
    if seed % 3 == 0:
        arrays = _brut(arrays)
    naissances = arrays["date_naissance", "ETERNITY"]
    majeur = naissances < np.datetime64(mois.first_day) - np.timedelta64(20 * 365, "D")
    logement, chosen = _cohabite(famille, rng)
    shape = {
        "famille": famille,
        "foyer_fiscal": _se_declare(famille, majeur, rng),
        "menage": logement,
    }
    by_entity = {name: system.variables[name].entity.key for name, _ in arrays}
    return Menages(mois, shape, _placed(arrays, by_entity, shape, chosen))


def _brut(arrays: Columns) -> Columns:
    brut = {}
    for (name, period), array in arrays.items():
        if name == "salaire_imposable":
            brut["salaire_de_base", period] = (array * np.float32(1.28)).astype("float32")
        elif name != "salaire_net":
            brut[name, period] = array
    return brut


def _cohabite(famille: Groups, rng: np.random.Generator) -> tuple[Groups, np.ndarray]:
    """Some families live with the one before them. Also returns, for each dwelling, its first family."""
    chez_l_autre = rng.random(famille.count) < 0.3
    chez_l_autre[0] = False
    chez_l_autre[1:] &= ~chez_l_autre[:-1]
    logement = np.cumsum(~chez_l_autre) - 1
    roles = np.select(
        [chez_l_autre[famille.ranks], famille.holds("demandeur"), famille.holds("conjoint")],
        [3, 0, 1],
        2,
    )
    keys = (*ENTITIES["menage"], "autre")
    return Groups(int(logement[-1]) + 1, logement[famille.ranks], roles, keys), np.nonzero(~chez_l_autre)[0]


def _se_declare(famille: Groups, majeur: np.ndarray, rng: np.random.Generator) -> Groups:
    """Half of the couples are taxed apart; so are some grown children."""
    a_part = famille.holds("conjoint") & (rng.random(famille.count) < 0.5)[famille.ranks]
    a_part |= famille.holds("enfant") & majeur & (rng.random(len(majeur)) < 0.6)
    ranks = famille.ranks.copy()
    seuls = np.nonzero(a_part)[0]
    ranks[seuls] = famille.count + np.arange(len(seuls))
    roles = np.select(
        [a_part | famille.holds("demandeur"), famille.holds("conjoint")],
        [0, 1],
        2,
    )
    return Groups(famille.count + len(seuls), ranks, roles, ENTITIES["foyer_fiscal"])


def _placed(arrays: Columns, entities: dict[str, str], shape: Shape, chosen: np.ndarray) -> Columns:
    """Inputs of the groups that were made: a dwelling keeps those of its first family, new tax households have none."""
    placed = {}
    for (name, period), array in arrays.items():
        if entities[name] == "menage":
            array = array[chosen]  # noqa: PLW2901
        elif entities[name] == "foyer_fiscal":
            manquants = shape["foyer_fiscal"].count - len(array)
            array = np.concatenate([array, np.zeros(manquants, array.dtype)])  # noqa: PLW2901
        placed[name, period] = array
    return placed

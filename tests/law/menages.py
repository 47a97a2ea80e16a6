"""Random households for the tests of the law: as `Foyer`s, and as OpenFisca groups that need not coincide.

`foyers(n, mois, graine)` draws households as a simulator describes them. `menages(n, mois, graine)` draws what only
an OpenFisca situation can say: two families in one dwelling, partners taxed apart, grown children in a tax household
of their own, pay given gross. The same seed gives the same households.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
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

DATES = tuple(
    Mois.lire(texte)
    for texte in (
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


def foyers(nombre: int, mois: Mois, graine: int) -> list[Foyer]:
    """`count` households as a simulator may describe them at `mois`."""
    hasard = random.Random(f"{graine} {mois}")
    return [_foyer(hasard, mois) for _ in range(nombre)]


def _foyer(hasard: random.Random, mois: Mois) -> Foyer:
    couple = hasard.random() < 0.5
    personnes = [_adulte(hasard, mois, Role.DEMANDEUR)]
    if couple:
        personnes.append(_adulte(hasard, mois, Role.CONJOINT))
    personnes += [_enfant(hasard, mois) for _ in range(hasard.choice((0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6)))]
    return Foyer(
        tuple(personnes),
        _logement(hasard, mois),
        isole_depuis=mois - hasard.randrange(18) if not couple and hasard.random() < 0.3 else None,
        garde=_garde(hasard) if hasard.random() < 0.15 else None,
    )


def _adulte(hasard: random.Random, mois: Mois, role: Role) -> Personne:
    activite = hasard.choice(list(Activite))
    age = hasard.randint(62, 85) if activite is Activite.RETRAITE else hasard.randint(18, 61)
    return Personne(
        _naissance(hasard, mois, age * 12 + hasard.randrange(12)),
        role,
        activite,
        _ressources(hasard, mois, activite),
        boursier=activite is Activite.ETUDIANT and hasard.random() < 0.4,
        epargne=euros(hasard.randint(0, 60000)) if hasard.random() < 0.1 else ZERO,
        deux_ans_de_travail=hasard.random() < 0.1,
        handicap=Decimal(hasard.choice(("0", "0", "0", "0", "0", "0", "0", "0.5", "0.79", "0.8", "0.9"))),
        enceinte=hasard.random() < 0.05,
        cessation_activite=hasard.choice(("totale", "partielle_50", "partielle_80"))
        if activite is Activite.CONGE_PARENTAL
        else "",
        chomage_longue_duree=activite is Activite.CHOMEUR and hasard.random() < 0.3,
        etudiant_hors_ue_sans_criteres=activite is Activite.ETUDIANT and hasard.random() < 0.1,
        annees_de_residence=hasard.choice((1, 3, 6, 12)) if hasard.random() < 0.07 else None,
    )


def _enfant(hasard: random.Random, mois: Mois) -> Personne:
    age = hasard.randint(-8, 22 * 12)
    grand = age >= 16 * 12
    return Personne(
        _naissance(hasard, mois, age),
        Role.ENFANT,
        hasard.choice((Activite.ETUDIANT, Activite.SALARIE, Activite.INACTIF)) if grand else Activite.INACTIF,
        (_ressource(hasard, mois, Nature.SALAIRE),) if grand and hasard.random() < 0.3 else (),
        handicap=Decimal(hasard.choice(("0", "0", "0", "0", "0", "0", "0", "0", "0.5", "0.8"))),
        garde_alternee=hasard.random() < 0.12,
        adoption=mois.premier_jour - timedelta(hasard.randint(0, 900)) if 0 < age < 36 and hasard.random() < 0.1 else None,
    )


def _naissance(hasard: random.Random, mois: Mois, age_en_mois: int) -> date:
    ne = mois - age_en_mois
    return date(ne.annee, ne.numero, hasard.randint(1, 28))


def _ressources(hasard: random.Random, mois: Mois, activite: Activite) -> tuple[Ressource, ...]:
    natures = [nature for nature in REVENUS[activite] if hasard.random() < 0.6]
    natures += [hasard.choice(AUTRES)] * (hasard.random() < 0.25)
    return tuple(_ressource(hasard, mois, nature) for nature in natures for _ in range(hasard.choice((1, 1, 2))))


def _ressource(hasard: random.Random, mois: Mois, nature: Nature) -> Ressource:
    mensuel = euros(round(hasard.choice((hasard.uniform(50, 1200), hasard.uniform(50, 4000))), 2))
    du = mois - hasard.choice((0, 1, 2, 3, 5, 11, 14, 26, 48))
    au = du + hasard.choice((0, 2, 6, 60, 60))
    imposable = euros(mensuel * Decimal("1.03")) if hasard.random() < 0.6 else None
    return Ressource(nature, mensuel, du, au, imposable)


def _logement(hasard: random.Random, mois: Mois) -> Logement:
    occupation = hasard.choice(list(Occupation))
    pret = None
    if occupation is Occupation.ACCEDANT:
        signature = mois.premier_jour - timedelta(hasard.randint(30, 6000))
        pret = Pret(signature, euros(hasard.randint(100, 1200)), hasard.random() < 0.5, hasard.random() < 0.5)
    return Logement(
        occupation,
        euros(round(hasard.uniform(0, 1300), 2)),
        hasard.choice(list(Zone)),
        hasard.choice(list(Territoire)) if hasard.random() < 0.15 else Territoire.METROPOLE,
        colocation=hasard.random() < 0.1,
        conventionne=hasard.random() < 0.6,
        bailleur_parent=hasard.random() < 0.05,
        pret=pret,
        convention_foyer=mois.premier_jour - timedelta(hasard.randint(0, 9000)) if hasard.random() < 0.2 else None,
    )


def _garde(hasard: random.Random) -> Garde:
    return Garde(
        hasard.choice(list(ModeDeGarde)),
        euros(hasard.randint(50, 1500)),
        Decimal(hasard.randint(5, 200)),
        hasard.random() < 0.1,
    )


@dataclass(frozen=True)
class Menages:
    """Groups and inputs, ready for any system: `simulation(system, classe)`."""

    mois: Mois
    shape: Shape
    arrays: Columns

    @property
    def oldest(self) -> date:
        return min(self.arrays["date_naissance", "ETERNITY"]).astype(object)

    def simulation(self, system, classe):
        return columns.filled(system, self.shape, self.arrays, classe)


def menages(nombre: int, mois: Mois, graine: int, system) -> Menages:
    """`count` families whose tax households and dwellings are their own; one seed in three gives pay gross."""
    tires = foyers(nombre, mois, graine)
    arrays = columns.columns_of(tires, mois, system)
    hasard = np.random.default_rng(graine)
    famille = columns.shape_of(tires)["famille"]
    if graine % 3 == 0:
        arrays = _brut(arrays)
    naissances = arrays["date_naissance", "ETERNITY"]
    majeur = naissances < np.datetime64(mois.premier_jour) - np.timedelta64(20 * 365, "D")
    logement, choisis = _cohabite(famille, hasard)
    shape = {
        "famille": famille,
        "foyer_fiscal": _se_declare(famille, majeur, hasard),
        "menage": logement,
    }
    par_entite = {nom: system.variables[nom].entity.key for nom, _ in arrays}
    return Menages(mois, shape, _range(arrays, par_entite, shape, choisis))


def _brut(arrays: Columns) -> Columns:
    brut = {}
    for (nom, periode), array in arrays.items():
        if nom == "salaire_imposable":
            brut["salaire_de_base", periode] = (array * np.float32(1.28)).astype("float32")
        elif nom != "salaire_net":
            brut[nom, periode] = array
    return brut


def _cohabite(famille: Groups, hasard: np.random.Generator) -> tuple[Groups, np.ndarray]:
    """Some families live with the one before them. Also returns, for each dwelling, its first family."""
    chez_l_autre = hasard.random(famille.count) < 0.3
    chez_l_autre[0] = False
    chez_l_autre[1:] &= ~chez_l_autre[:-1]
    logement = np.cumsum(~chez_l_autre) - 1
    roles = np.select(
        [chez_l_autre[famille.ranks], famille.roles == "demandeur", famille.roles == "conjoint"],
        ["autre", "personne_de_reference", "conjoint"],
        "enfant",
    )
    return Groups(int(logement[-1]) + 1, logement[famille.ranks], roles), np.nonzero(~chez_l_autre)[0]


def _se_declare(famille: Groups, majeur: np.ndarray, hasard: np.random.Generator) -> Groups:
    """Half of the couples are taxed apart; so are some grown children."""
    a_part = (famille.roles == "conjoint") & (hasard.random(famille.count) < 0.5)[famille.ranks]
    a_part |= (famille.roles == "enfant") & majeur & (hasard.random(len(majeur)) < 0.6)
    ranks = famille.ranks.copy()
    seuls = np.nonzero(a_part)[0]
    ranks[seuls] = famille.count + np.arange(len(seuls))
    roles = np.select(
        [a_part | (famille.roles == "demandeur"), famille.roles == "conjoint"],
        ["declarant_principal", "conjoint"],
        "personne_a_charge",
    )
    return Groups(famille.count + len(seuls), ranks, roles)


def _range(arrays: Columns, entites: dict[str, str], shape: Shape, choisis: np.ndarray) -> Columns:
    """Inputs of the groups that were made: a dwelling keeps those of its first family, new tax households have none."""
    ranges = {}
    for (nom, periode), array in arrays.items():
        if entites[nom] == "menage":
            array = array[choisis]  # noqa: PLW2901
        elif entites[nom] == "foyer_fiscal":
            manquants = shape["foyer_fiscal"].count - len(array)
            array = np.concatenate([array, np.zeros(manquants, array.dtype)])  # noqa: PLW2901
        ranges[nom, periode] = array
    return ranges

"""Households at random, for the property tests of the law: all sorts of homes, incomes, children and places."""

from __future__ import annotations

import random
from datetime import date

from guichet.domain.vocabulaire import Mois

COMMUNES = ("75056", "69123", "23096", "97411", "97209", "97611")
STATUTS = (
    "locataire_vide",
    "locataire_hlm",
    "locataire_meuble",
    "locataire_foyer",
    "loge_gratuitement",
    "proprietaire",
)
ANNEES_D_ENFANT = (0, 1, 2, 3, 4, 5, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 20, 20, 22)
SALAIRES = (0, 0, 0, 250, 700, 1200, 1500, 1900, 2600, 4200, 9000)
MOIS = [
    *("2012-06", "2012-08", "2013-04", "2014-04", "2015-06", "2015-07", "2016-08", "2017-12", "2018-10", "2019-09"),
    *("2020-08", "2021-01", "2022-08", "2023-09", "2023-10", "2024-04", "2025-08", "2025-09", "2026-03", "2026-11"),
]


def random_foyers(mois: Mois, count: int, seed: str) -> dict[str, dict]:
    """An OpenFisca situation of `count` households at `mois`, the same for the same `seed`."""
    rng = random.Random(f"{seed} {mois}")
    situation: dict[str, dict] = {"individus": {}, "familles": {}, "menages": {}, "foyers_fiscaux": {}}
    for rank in range(count):
        parents = [f"a{rank}", f"b{rank}"][: rng.choice((1, 1, 2, 2, 2))]
        enfants = [f"e{rank}_{n}" for n in range(rng.choice((0, 0, 1, 1, 2, 2, 3, 3, 4, 6)))]
        for nom in parents:
            situation["individus"][nom] = _adulte(mois, rng)
        for nom in enfants:
            situation["individus"][nom] = _enfant(mois, rng)
        situation["familles"][f"f{rank}"] = {"parents": parents, "enfants": enfants, "inactif": rng.random() < 0.2}
        situation["foyers_fiscaux"][f"t{rank}"] = {"declarants": parents, "personnes_a_charge": enfants}
        membres = {"personne_de_reference": parents[:1], "conjoint": parents[1:], "enfants": enfants}
        situation["menages"][f"m{rank}"] = {**membres, **_logement(mois, rng)}
    return situation


def _jour(mois: Mois, ans: int, rng: random.Random) -> str:
    ne = mois - (12 * ans + rng.randint(0, 11))
    return date(ne.annee, ne.numero, rng.randint(1, 28)).isoformat()


def _adulte(mois: Mois, rng: random.Random) -> dict:
    salaire = rng.choice(SALAIRES)
    recents = {str(mois - ecart): salaire for ecart in range(14)}
    adulte = {
        "date_naissance": _jour(mois, rng.choice((19, 22, 28, 35, 44, 58, 66)), rng),
        "salaire_imposable": {str(mois.annee - 2): 12 * rng.choice(SALAIRES), **recents},
        "salaire_net": recents,
        "etudiant": rng.random() < 0.1,
        "enceinte": rng.random() < 0.05,
    }
    if rng.random() < 0.15:
        adulte["taux_incapacite"] = rng.choice((0.4, 0.6, 0.85))
        adulte["aah_restriction_substantielle_durable_acces_emploi"] = rng.random() < 0.5
        adulte["aah_reprise_activite_moins_de_six_mois"] = rng.random() < 0.3
        adulte["pensions_invalidite"] = rng.choice((0, 0, 300))
    if rng.random() < 0.15:
        adulte["pensions_alimentaires_percues"] = {str(mois - ecart): rng.choice((40, 95, 125, 400)) for ecart in range(5)}
    return adulte


def _enfant(mois: Mois, rng: random.Random) -> dict:
    enfant = {"date_naissance": _jour(mois, rng.choice(ANNEES_D_ENFANT), rng), "garde_alternee": rng.random() < 0.15}
    if rng.random() < 0.08:
        # Not born yet: in three months.
        enfant["date_naissance"] = (mois + 3).first_day.isoformat()
    if rng.random() < 0.1:
        enfant["handicap"] = True
        enfant["aeeh_niveau_handicap"] = rng.randint(0, 6)
    return enfant


def _logement(mois: Mois, rng: random.Random) -> dict:
    statut = rng.choice(STATUTS)
    mois_lus = [str(mois - ecart) for ecart in range(5)]
    logement = {"depcom": dict.fromkeys(mois_lus, rng.choice(COMMUNES))}
    logement["statut_occupation_logement"] = dict.fromkeys(mois_lus, statut)
    if statut.startswith("locataire"):
        logement["loyer"] = dict.fromkeys(mois_lus, rng.choice((150, 320, 480, 650, 1100)))
        logement["coloc"] = rng.random() < 0.1
    return logement

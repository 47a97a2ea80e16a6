"""Random households for the RSA and the prime d'activité: families, incomes, dwellings, months."""

from __future__ import annotations

import random

from guichet.domain.vocabulaire import Mois

LOGEMENTS = ("locataire_vide", "loge_gratuitement", "proprietaire", "sans_domicile", "primo_accedant")


def situation(mois: Mois, count: int, seed: int) -> dict:
    """`count` families around `mois`, each with its own tax household and dwelling."""
    rng = random.Random(seed)
    tout: dict = {"individus": {}, "familles": {}, "foyers_fiscaux": {}, "menages": {}}
    for rank in range(count):
        _ajoute(tout, mois, rank, rng)
    return tout


def _ajoute(tout: dict, mois: Mois, rank: int, rng: random.Random) -> None:
    mois_vus = [str(mois - recul) for recul in range(8)]
    adultes = [f"adulte{rank}_{n}" for n in range(rng.choice((1, 1, 2)))]
    enfants = [f"enfant{rank}_{n}" for n in range(rng.choice((0, 0, 1, 2, 3, 5)))]
    for adulte in adultes:
        tout["individus"][adulte] = _adulte(mois, mois_vus, rng)
    for enfant in enfants:
        tout["individus"][enfant] = {"date_naissance": f"{mois.annee - rng.randint(0, 19)}-{mois.numero:02d}-01"}
    tout["familles"][f"f{rank}"] = {
        "parents": adultes,
        "enfants": enfants,
        "rsa_isolement_recent": {str(mois): rng.random() < 0.3},
        "rsa_premier_reexamen": {str(mois): rng.random() < 0.3},
    }
    tout["foyers_fiscaux"][f"ff{rank}"] = {"declarants": adultes, "personnes_a_charge": enfants}
    tout["menages"][f"m{rank}"] = {
        "personne_de_reference": adultes[:1],
        "conjoint": adultes[1:],
        "enfants": enfants,
        "statut_occupation_logement": dict.fromkeys(mois_vus, rng.choice(LOGEMENTS)),
        "loyer": dict.fromkeys(mois_vus, rng.choice((0, 400, 650))),
        "residence_mayotte": dict.fromkeys(mois_vus, rng.random() < 0.1),
    }


def _adulte(mois: Mois, mois_vus: list[str], rng: random.Random) -> dict:
    salaire = rng.choice((0, 0, 250, 600, 900, 1150, 1500, 2100))
    adulte = {
        "date_naissance": f"{mois.annee - rng.choice((17, 19, 24, 25, 33, 48))}-{mois.numero:02d}-01",
        "salaire_net": {vu: salaire * (rng.random() < 0.85) for vu in mois_vus},
    }
    if rng.random() < 0.2:
        adulte["chomage_net"] = dict.fromkeys(mois_vus, rng.choice((300, 800)))
    if rng.random() < 0.15:
        adulte["etudiant"] = dict.fromkeys(mois_vus, True)
    if rng.random() < 0.1:
        adulte["enceinte"] = {str(mois): True}
    if rng.random() < 0.1:
        adulte["rsa_conge_excluant"] = {str(mois): True}
    if rng.random() < 0.1:
        adulte["rsa_cumul_integral"] = {str(mois): True}
    if rng.random() < 0.1:
        adulte["nationalite"] = dict.fromkeys(mois_vus, "DZ")
    return adulte

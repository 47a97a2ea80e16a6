"""Random households for the RSA and the prime d'activité: families, incomes, dwellings, months."""

from __future__ import annotations

import random

from guichet.domain.vocabulaire import Mois

LOGEMENTS = ("locataire_vide", "loge_gratuitement", "proprietaire", "sans_domicile", "primo_accedant")


def situation(mois: Mois, nombre: int, seed: int) -> dict:
    """`nombre` families around `mois`, each with its own tax household and dwelling."""
    hasard = random.Random(seed)
    tout: dict = {"individus": {}, "familles": {}, "foyers_fiscaux": {}, "menages": {}}
    for rang in range(nombre):
        _ajoute(tout, mois, rang, hasard)
    return tout


def _ajoute(tout: dict, mois: Mois, rang: int, hasard: random.Random) -> None:
    mois_vus = [str(mois - recul) for recul in range(8)]
    adultes = [f"adulte{rang}_{n}" for n in range(hasard.choice((1, 1, 2)))]
    enfants = [f"enfant{rang}_{n}" for n in range(hasard.choice((0, 0, 1, 2, 3, 5)))]
    for adulte in adultes:
        tout["individus"][adulte] = _adulte(mois, mois_vus, hasard)
    for enfant in enfants:
        tout["individus"][enfant] = {"date_naissance": f"{mois.annee - hasard.randint(0, 19)}-{mois.numero:02d}-01"}
    tout["familles"][f"f{rang}"] = {
        "parents": adultes,
        "enfants": enfants,
        "rsa_isolement_recent": {str(mois): hasard.random() < 0.3},
        "rsa_premier_reexamen": {str(mois): hasard.random() < 0.3},
    }
    tout["foyers_fiscaux"][f"ff{rang}"] = {"declarants": adultes, "personnes_a_charge": enfants}
    tout["menages"][f"m{rang}"] = {
        "personne_de_reference": adultes[:1],
        "conjoint": adultes[1:],
        "enfants": enfants,
        "statut_occupation_logement": dict.fromkeys(mois_vus, hasard.choice(LOGEMENTS)),
        "loyer": dict.fromkeys(mois_vus, hasard.choice((0, 400, 650))),
        "residence_mayotte": dict.fromkeys(mois_vus, hasard.random() < 0.1),
    }


def _adulte(mois: Mois, mois_vus: list[str], hasard: random.Random) -> dict:
    salaire = hasard.choice((0, 0, 250, 600, 900, 1150, 1500, 2100))
    adulte = {
        "date_naissance": f"{mois.annee - hasard.choice((17, 19, 24, 25, 33, 48))}-{mois.numero:02d}-01",
        "salaire_net": {vu: salaire * (hasard.random() < 0.85) for vu in mois_vus},
    }
    if hasard.random() < 0.2:
        adulte["chomage_net"] = dict.fromkeys(mois_vus, hasard.choice((300, 800)))
    if hasard.random() < 0.15:
        adulte["etudiant"] = dict.fromkeys(mois_vus, True)
    if hasard.random() < 0.1:
        adulte["enceinte"] = {str(mois): True}
    if hasard.random() < 0.1:
        adulte["rsa_conge_excluant"] = {str(mois): True}
    if hasard.random() < 0.1:
        adulte["rsa_cumul_integral"] = {str(mois): True}
    if hasard.random() < 0.1:
        adulte["nationalite"] = dict.fromkeys(mois_vus, "DZ")
    return adulte

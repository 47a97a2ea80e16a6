"""RSA and prime d'activité: what our law gives for each published amount."""

from __future__ import annotations

from collections.abc import Callable

from lecture import premier

from guichet.domain.vocabulaire import Mois


def foyer(
    mois: Mois,
    *,
    adultes: int = 1,
    enfants: int = 0,
    isole: bool = False,
    enceinte: bool = False,
    gratuit: bool = False,
) -> dict:
    """A household without income, without a home unless `gratuit`, its children 4 years old and more."""
    mois_vus = [str(mois - recul) for recul in range(8)]
    parents = [f"adulte{n}" for n in range(adultes)]
    petits = [f"enfant{n}" for n in range(enfants)]
    individus: dict = {nom: {"date_naissance": "1980-01-01"} for nom in parents}
    individus |= {nom: {"date_naissance": f"{mois.annee - 4 - n}-01-01"} for n, nom in enumerate(petits)}
    if enceinte:
        individus[parents[0]]["enceinte"] = dict.fromkeys(mois_vus, True)
    statut = "loge_gratuitement" if gratuit else "sans_domicile"
    return {
        "individus": individus,
        "familles": {"f": {"parents": parents, "enfants": petits, "rsa_isolement_recent": dict.fromkeys(mois_vus, isole)}},
        "foyers_fiscaux": {"ff": {"declarants": parents, "personnes_a_charge": petits}},
        "menages": {
            "m": {
                "personne_de_reference": parents[:1],
                "conjoint": parents[1:],
                "enfants": petits,
                "statut_occupation_logement": dict.fromkeys(mois_vus, statut),
            }
        },
    }


def calcule(variable: str, mois: Mois, situation: dict) -> float:
    return premier(variable, situation, mois)


def avec_salaire(mois: Mois, salaire: float) -> dict:
    situation = foyer(mois)
    situation["individus"]["adulte0"]["salaire_net"] = {str(mois - recul): salaire for recul in range(8)}
    return situation


def depuis(entree: dict) -> Mois:
    return Mois.parse(entree.get("from") or entree["date"])


def montant(variable: str = "rsa_montant_forfaitaire", **composition) -> Callable[[dict], float]:
    return lambda entree: calcule(variable, depuis(entree), foyer(depuis(entree), **composition))


def supplement_par_enfant(entree: dict) -> float:
    un, aucun = (montant(enfants=n, isole=True, enceinte=n == 0)(entree) for n in (1, 0))
    return un - aucun


def plus_petit_rsa(_: dict) -> float:
    """The RSA is paid when 6.00 € are left of 564.78 €, not when 5.99 € are."""
    mois = Mois(2020, 6)
    assert calcule("rsa", mois, avec_salaire(mois, 558.79)) == 0
    return calcule("rsa", mois, avec_salaire(mois, 558.78))


def plus_petite_prime(_: dict) -> float:
    """The prime is paid at 15.00 € (62 % of 24.20 €), not at 14.97 € (62 % of 24.15 €)."""
    mois = Mois(2016, 6)
    assert calcule("ppa", mois, avec_salaire(mois, 24.15)) == 0
    return calcule("ppa", mois, avec_salaire(mois, 24.20))


# "SMIC 12.31": the three reference months must all follow 1 June 2026, hence October.
def prime_apres_la_hausse_du_smic(_: dict) -> float:
    return calcule("ppa", Mois(2026, 10), avec_salaire(Mois(2026, 10), 1443))


MESURES: dict[str, Callable[[dict], float]] = {
    "RSA montant forfaitaire, personne seule sans enfant (hors Mayotte), avant forfait logement": montant("rsa"),
    "Forfait logement RSA, foyer de 1 personne(s)": montant("rsa_forfait_logement", gratuit=True),
    "Forfait logement RSA, foyer de 2 personne(s)": montant("rsa_forfait_logement", adultes=2, gratuit=True),
    "Forfait logement RSA, foyer de 3+ personne(s)": montant("rsa_forfait_logement", adultes=2, enfants=2, gratuit=True),
    "RSA majoré, femme enceinte isolée sans enfant": montant("rsa", enceinte=True),
    "femme enceinte isolée": montant("rsa", enceinte=True),
    "supplément par enfant": supplement_par_enfant,
    "parent isolé 1 enfant": montant(enfants=1, isole=True),
    "Prime d'activité, montant forfaitaire personne seule": montant("ppa_forfait_moyen"),
    "RSA non versé sous 6 €": plus_petit_rsa,
    "Prime d'activité non versée sous 15 €": plus_petite_prime,
    "rsa-2025-01": montant(),
    "rsa-2025-02": montant(adultes=2),
    "rsa-2025-03": montant(enfants=1),
    "rsa-2025-04": montant(adultes=2, enfants=1),
    "rsa-2025-06": montant(enceinte=True),
    "rsa-2025-08": montant(enfants=2, isole=True),
    "rsa-2026-01": montant(),
    "ppa-of-01": prime_apres_la_hausse_du_smic,
}

ARGUED: dict[str, str] = {}

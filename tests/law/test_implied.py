"""What an outsider's question leaves unsaid: the home of the months before, the fourth month of the new quarter."""

from __future__ import annotations

import pytest

from guichet.law import calculate


def seul(salaires, **logement):
    return {
        "individus": {"p": {"date_naissance": "1980-01-01", "salaire_net": salaires}},
        "familles": {"f": {"parents": ["p"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["p"]}},
        "menages": {"m": {"personne_de_reference": ["p"], **logement}},
    }


def ppa(mois, situation, loi="guichet"):
    return calculate(situation, ["ppa"], mois, loi)["ppa"]


LOCATAIRE = {"statut_occupation_logement": "locataire_vide", "loyer": 450, "zone_apl": "zone_2"}
SALAIRES = {"2018-07": 1000, "2018-08": 1000, "2018-09": 1000, "2018-10": 1000}


def test_the_home_of_the_month_is_that_of_the_months_before():
    """The same as with the home told for each month: the flat rate of 12 % of 551.51 is taken off."""
    mois = ("2018-06", "2018-07", "2018-08", "2018-09", "2018-10")
    partout = {nom: dict.fromkeys(mois, valeur) for nom, valeur in LOCATAIRE.items()}
    assert ppa("2018-10", seul(SALAIRES, **LOCATAIRE)) == ppa("2018-10", seul(SALAIRES, **partout))
    sans = ppa("2018-10", seul(SALAIRES))
    assert sans - ppa("2018-10", seul(SALAIRES, **LOCATAIRE)) == pytest.approx(66.18, abs=0.01)


def test_a_home_told_for_a_month_before_is_left_as_it_is():
    """Without a home in the reference months there is no flat rate; stock OpenFisca is not touched."""
    ailleurs = {"statut_occupation_logement": {"2018-06": "sans_domicile", "2018-10": "locataire_vide"}}
    assert ppa("2018-10", seul(SALAIRES, **ailleurs)) == ppa("2018-10", seul(SALAIRES))
    assert ppa("2018-10", seul(SALAIRES, **LOCATAIRE), "stock") == ppa("2018-10", seul(SALAIRES), "stock")


@pytest.mark.parametrize("rank", ["2025-06", "2026-11"])
def test_the_fourth_month_before_is_like_the_third(rank):
    """Wages told for the quarter of before March 2025 (M-3 to M-1): the same as with M-4; said otherwise, as said."""
    m3, m2, m1, m4 = (
        ("2025-03", "2025-04", "2025-05", "2025-02") if rank == "2025-06" else ("2026-08", "2026-09", "2026-10", "2026-07")
    )
    trimestre = dict.fromkeys((m3, m2, m1, rank), 1200)
    assert ppa(rank, seul(trimestre)) == ppa(rank, seul(trimestre | {m4: 1200})) > 0
    assert ppa(rank, seul(trimestre)) != ppa(rank, seul(trimestre | {m4: 0}))


def test_before_march_2025_nothing_is_added_to_the_earnings():
    salaires = {"2024-10": 600, "2024-11": 600, "2024-12": 600, "2025-01": 600}
    rsa = calculate(seul(salaires), ["rsa"], "2025-01")["rsa"]
    assert rsa == calculate(seul(salaires), ["rsa"], "2025-01", "stock")["rsa"]

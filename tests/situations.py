"""The common households of `reponses.py` as OpenFisca situations, written by hand from the facts, not from the code of
the journeys: what `guichet calculate` says of them is what a page must show.

A situation is given with the net amounts to ask, by month. Where a journey supposes something, so does the situation:
incomes of the three months of the RSA are also those of the years before, those of 2024 also those of 2025.
"""

from __future__ import annotations

from guichet.domain.vocabulaire import Mois

NOVEMBRE = "2026-11"
TWELVE_MOIS = ("2025-10", "2026-09")
"""What the housing aid of November 2026 looks at."""
SINCE_2024, SINCE_JULY = ("2024-01", NOVEMBRE), ("2026-07", NOVEMBRE)
NET = {
    **{"aide_logement": "aide_logement", "rsa": "rsa_net_crds", "ppa": "ppa_nette_crds"},
    **{"paje_naissance": "paje_prime_nette_crds", "paje_base": "paje_base_nette_crds"},
    **{"paje_prepare": "paje_prepare_nette_crds", "paje_cmg": "paje_cmg_nette_crds"},
}
"""The variable of what is paid, net of the CRDS, by benefit."""


def each_mois(value, period):
    first, last = (Mois.parse(text) for text in period)
    return {str(first + rank): value for rank in range(last.months_since(first) + 1)}


def personne(naissance, **faits):
    return {"date_naissance": naissance, **faits}


def lasting(**faits):
    """What has not changed since July, the first month at which the RSA of November looks."""
    return {name: each_mois(value, SINCE_JULY) for name, value in faits.items()}


def earner(naissance, monthly, period, **faits):
    """Paid each month as much, net and taxable alike."""
    paid = each_mois(monthly, period)
    return personne(naissance, salaire_net=paid, salaire_imposable=paid, **faits)


def situation(adults, enfants=(), logement=None, **famille):
    """One family, one tax household, one dwelling. Without anything said of it, no RSA was paid before November."""
    individus = {f"a{rank}": adult for rank, adult in enumerate(adults)}
    children = {f"e{rank}": personne(naissance) for rank, naissance in enumerate(enfants)}
    (first, *second), names = individus, list(children)
    return {
        "individus": individus | children,
        "familles": {
            "f": {"parents": [first, *second], "enfants": names, "rsa": each_mois(0, ("2026-07", "2026-10")), **famille}
        },
        "foyers_fiscaux": {"x": {"declarants": [first, *second], "personnes_a_charge": names}},
        "menages": {"m": {"personne_de_reference": [first], "conjoint": second, "enfants": names, **(logement or {})}},
    }


ADULT, CONJOINT, STUDENT = "1990-05-01", "1991-02-03", "2005-05-01"
RENTED = lasting(statut_occupation_logement="locataire_vide", zone_apl="zone_2", loyer=520.5)
COLOCATION = RENTED | lasting(statut_occupation_logement="locataire_meuble", coloc=True, loyer=380)
HLM = RENTED | lasting(statut_occupation_logement="locataire_hlm", loyer=390)
PREGNANT, STUDYING = lasting(enceinte=True), lasting(activite="etudiant", etudiant=True)
TWO_CHILDREN, SMALL_CHILD = ("2018-01-01", "2020-01-01"), ("2022-03-01",)
UNEMPLOYED = personne(ADULT, **lasting(activite="chomeur"))
EXPECTED = situation(
    [earner(ADULT, 1500, ("2025-01", "2025-12")), earner(CONJOINT, 16000 / 12, ("2025-01", "2025-12"))], ["2027-03-10"]
)
AL, MINIMA, PAJE = (
    {NOVEMBRE: ("aide_logement",)},
    {NOVEMBRE: ("rsa", "ppa")},
    {NOVEMBRE: ("paje_base", "paje_prepare", "paje_cmg")},
)
SITUATIONS = {
    "logement": {
        "a single tenant": (situation([earner(ADULT, 1100, TWELVE_MOIS)], logement=RENTED), AL),
        "a student in shared housing": (
            situation([personne(STUDENT, **lasting(boursier=True), **STUDYING)], logement=COLOCATION),
            AL,
        ),
        "a couple with two children, one salary": (
            situation([earner(ADULT, 1600, TWELVE_MOIS), personne(CONJOINT)], TWO_CHILDREN, RENTED),
            AL,
        ),
        "a lone parent with RSA": (
            situation([UNEMPLOYED | {"date_debut_chomage": "2025-01-15"}], SMALL_CHILD, HLM, rsa={"2026-10": 800}),
            AL,
        ),
        "a pregnant couple": (
            situation([earner(ADULT, 1400, TWELVE_MOIS, **PREGNANT), earner(CONJOINT, 900, TWELVE_MOIS)], logement=RENTED),
            AL,
        ),
    },
    "rsa": {
        "a single tenant": (situation([earner(ADULT, 1100, SINCE_2024)], logement=RENTED), MINIMA),
        "a student in shared housing": (
            situation([earner(STUDENT, 1150, SINCE_2024, **STUDYING)], logement=COLOCATION),
            MINIMA,
        ),
        "a couple with two children, one salary": (
            situation(
                [earner(ADULT, 1600, SINCE_2024), personne(CONJOINT, **lasting(activite="inactif"))], TWO_CHILDREN, RENTED
            ),
            MINIMA,
        ),
        "a lone parent with RSA": (situation([UNEMPLOYED], SMALL_CHILD, HLM), MINIMA),
        "a pregnant couple": (
            situation([earner(ADULT, 1400, SINCE_2024, **PREGNANT), earner(CONJOINT, 900, SINCE_2024)], logement=RENTED),
            MINIMA,
        ),
    },
    "paje": {
        "a single tenant": (situation([personne(ADULT)]), PAJE),
        "a student in shared housing": (situation([personne(STUDENT, **STUDYING)]), PAJE),
        "a couple with two children, one salary": (
            situation(
                [earner(ADULT, 2000, SINCE_2024), earner(CONJOINT, 750, ("2024-01", "2024-12"))],
                ["2025-03-10", "2022-04-01"],
                inactif=True,
            ),
            PAJE,
        ),
        "a lone parent with RSA": (
            situation(
                [earner(ADULT, 500, SINCE_2024)],
                ["2024-09-10"],
                **{"empl_dir": True, "cmg_cout_mensuel": 800, "cmg_heures_mensuelles": 100},
            ),
            PAJE,
        ),
        "a pregnant couple": (EXPECTED, {"2027-01": ("paje_naissance",), "2027-04": ("paje_base",)}),
    },
}
"""By simulator and household, as in `reponses.COMMON`: the situation, and what is asked of it each month."""


def montants(genre, name, calculate):
    """What `guichet calculate` pays, by benefit and month; nothing where nothing is paid."""
    faits, questions = SITUATIONS[genre][name]
    paid = {}
    for mois, prestations in questions.items():
        found = calculate(faits, [NET[prestation] for prestation in prestations], mois)
        paid |= {(prestation, mois): round(found[NET[prestation]], 2) for prestation in prestations}
    return {key: montant for key, montant in paid.items() if montant}

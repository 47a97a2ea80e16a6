"""The common households of `reponses.py` as OpenFisca situations, written by hand from the facts, not from the code of
the journeys: what `guichet calculate` says of them is what a page must show.

A situation is given with the net amounts to ask, by month. Where a journey supposes something, so does the situation:
incomes of the three months of the RSA are also those of the years before, those of 2024 also those of 2025.
"""

from __future__ import annotations

from guichet.domain.vocabulaire import Mois

NOVEMBRE = "2026-11"
DOUZE_MOIS = ("2025-10", "2026-09")
"""What the housing aid of November 2026 looks at."""
DEPUIS_2024, DEPUIS_JUILLET = ("2024-01", NOVEMBRE), ("2026-07", NOVEMBRE)
NET = {
    **{"aide_logement": "aide_logement", "rsa": "rsa_net_crds", "ppa": "ppa_nette_crds"},
    **{"paje_naissance": "paje_prime_nette_crds", "paje_base": "paje_base_nette_crds"},
    **{"paje_prepare": "paje_prepare_nette_crds", "paje_cmg": "paje_cmg_nette_crds"},
}
"""The variable of what is paid, net of the CRDS, by benefit."""


def chaque_mois(valeur, periode):
    du, au = (Mois.parse(texte) for texte in periode)
    return {str(du + rang): valeur for rang in range(au.months_since(du) + 1)}


def personne(naissance, **faits):
    return {"date_naissance": naissance, **faits}


def dure(**faits):
    """What has not changed since July, the first month at which the RSA of November looks."""
    return {nom: chaque_mois(valeur, DEPUIS_JUILLET) for nom, valeur in faits.items()}


def salarie(naissance, mensuel, periode, **faits):
    """Paid each month as much, net and taxable alike."""
    paye = chaque_mois(mensuel, periode)
    return personne(naissance, salaire_net=paye, salaire_imposable=paye, **faits)


def situation(adultes, enfants=(), logement=None, **famille):
    """One family, one tax household, one dwelling. Without anything said of it, no RSA was paid before November."""
    individus = {f"a{rang}": adulte for rang, adulte in enumerate(adultes)}
    petits = {f"e{rang}": personne(naissance) for rang, naissance in enumerate(enfants)}
    (premier, *second), noms = individus, list(petits)
    return {
        "individus": individus | petits,
        "familles": {
            "f": {"parents": [premier, *second], "enfants": noms, "rsa": chaque_mois(0, ("2026-07", "2026-10")), **famille}
        },
        "foyers_fiscaux": {"x": {"declarants": [premier, *second], "personnes_a_charge": noms}},
        "menages": {"m": {"personne_de_reference": [premier], "conjoint": second, "enfants": noms, **(logement or {})}},
    }


SEULE, CONJOINT, ETUDIANTE = "1990-05-01", "1991-02-03", "2005-05-01"
LOUE = dure(statut_occupation_logement="locataire_vide", zone_apl="zone_2", loyer=520.5)
COLOCATION = LOUE | dure(statut_occupation_logement="locataire_meuble", coloc=True, loyer=380)
HLM = LOUE | dure(statut_occupation_logement="locataire_hlm", loyer=390)
ENCEINTE, ETUDE = dure(enceinte=True), dure(activite="etudiant", etudiant=True)
ENFANTS, PETITE = ("2018-01-01", "2020-01-01"), ("2022-03-01",)
CHOMEUSE = personne(SEULE, **dure(activite="chomeur"))
ATTENDU = situation(
    [salarie(SEULE, 1500, ("2025-01", "2025-12")), salarie(CONJOINT, 16000 / 12, ("2025-01", "2025-12"))], ["2027-03-10"]
)
AL, MINIMA, PAJE = (
    {NOVEMBRE: ("aide_logement",)},
    {NOVEMBRE: ("rsa", "ppa")},
    {NOVEMBRE: ("paje_base", "paje_prepare", "paje_cmg")},
)
SITUATIONS = {
    "logement": {
        "a single tenant": (situation([salarie(SEULE, 1100, DOUZE_MOIS)], logement=LOUE), AL),
        "a student in shared housing": (
            situation([personne(ETUDIANTE, **dure(boursier=True), **ETUDE)], logement=COLOCATION),
            AL,
        ),
        "a couple with two children, one salary": (
            situation([salarie(SEULE, 1600, DOUZE_MOIS), personne(CONJOINT)], ENFANTS, LOUE),
            AL,
        ),
        "a lone parent with RSA": (
            situation([CHOMEUSE | {"date_debut_chomage": "2025-01-15"}], PETITE, HLM, rsa={"2026-10": 800}),
            AL,
        ),
        "a pregnant couple": (
            situation([salarie(SEULE, 1400, DOUZE_MOIS, **ENCEINTE), salarie(CONJOINT, 900, DOUZE_MOIS)], logement=LOUE),
            AL,
        ),
    },
    "rsa": {
        "a single tenant": (situation([salarie(SEULE, 1100, DEPUIS_2024)], logement=LOUE), MINIMA),
        "a student in shared housing": (
            situation([salarie(ETUDIANTE, 1150, DEPUIS_2024, **ETUDE)], logement=COLOCATION),
            MINIMA,
        ),
        "a couple with two children, one salary": (
            situation([salarie(SEULE, 1600, DEPUIS_2024), personne(CONJOINT, **dure(activite="inactif"))], ENFANTS, LOUE),
            MINIMA,
        ),
        "a lone parent with RSA": (situation([CHOMEUSE], PETITE, HLM), MINIMA),
        "a pregnant couple": (
            situation([salarie(SEULE, 1400, DEPUIS_2024, **ENCEINTE), salarie(CONJOINT, 900, DEPUIS_2024)], logement=LOUE),
            MINIMA,
        ),
    },
    "paje": {
        "a single tenant": (situation([personne(SEULE)]), PAJE),
        "a student in shared housing": (situation([personne(ETUDIANTE, **ETUDE)]), PAJE),
        "a couple with two children, one salary": (
            situation(
                [salarie(SEULE, 2000, DEPUIS_2024), salarie(CONJOINT, 750, ("2024-01", "2024-12"))],
                ["2025-03-10", "2022-04-01"],
                inactif=True,
            ),
            PAJE,
        ),
        "a lone parent with RSA": (
            situation(
                [salarie(SEULE, 500, DEPUIS_2024)],
                ["2024-09-10"],
                **{"empl_dir": True, "cmg_cout_mensuel": 800, "cmg_heures_mensuelles": 100},
            ),
            PAJE,
        ),
        "a pregnant couple": (ATTENDU, {"2027-01": ("paje_naissance",), "2027-04": ("paje_base",)}),
    },
}
"""By simulator and household, as in `reponses.COMMUNS`: the situation, and what is asked of it each month."""


def montants(genre, nom, calculate):
    """What `guichet calculate` pays, by benefit and month; nothing where nothing is paid."""
    faits, questions = SITUATIONS[genre][nom]
    payes = {}
    for mois, prestations in questions.items():
        trouves = calculate(faits, [NET[prestation] for prestation in prestations], mois)
        payes |= {(prestation, mois): round(trouves[NET[prestation]], 2) for prestation in prestations}
    return {cle: montant for cle, montant in payes.items() if montant}

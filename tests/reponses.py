"""Answers of common households, and how they are read."""

from guichet.journeys.foyer import foyer
from guichet.journeys.simulateurs import SIMULATEURS

ALONE = {
    **{"mois": "2026-11", "code_postal": "35000", "occupation": "vide", "bailleur": "prive", "loyer": "520,50"},
    **{"naissance": "1990-05-01", "couple": "non", "nombre_enfants": "0", "activite": "salarie", "autres": ""},
}
STUDENT = ALONE | {
    **{"occupation": "colocation_meuble", "loyer": "380", "naissance": "2005-05-01", "activite": "etudiant"},
}
IN_COUPLE = ALONE | {"couple": "oui", "conjoint_naissance": "1991-02-03"}
COUPLE = IN_COUPLE | {
    **{"nombre_enfants": "2", "enfants-1-naissance": "2018-01-01", "enfants-2-naissance": "2020-01-01"},
    "conjoint_activite": "inactif",
}
LONE_MOTHER = ALONE | {"bailleur": "hlm", "loyer": "390", "nombre_enfants": "1", "enfants-1-naissance": "2022-03-01"}
EXPECTING = IN_COUPLE | {"conjoint_activite": "salarie", "autres": "enceinte"}
CHILDLESS = {"mois": "2026-11", "couple": "non", "nombre_enfants": "0", "attend_enfant": "non"}
PREGNANCY = CHILDLESS | {
    **{"couple": "oui", "attend_enfant": "oui", "naissance_prevue": "2027-03-10", "autres": ""},
    **{"revenus_annuels": "18 000", "conjoint_revenus_annuels": "16 000"},
}
TWO_CHILDREN = CHILDLESS | {
    **{"couple": "oui", "nombre_enfants": "2", "autres": ""},
    **{"enfants-1-naissance": "2025-03-10", "enfants-2-naissance": "2022-04-01"},
    **{"garde": "aucune", "activite": "salarie", "conjoint_activite": "conge_parental", "temps_partiel": ""},
    **{"revenus_annuels": "24 000", "conjoint_revenus_annuels": "9 000"},
}
CHILD_IN_CARE = CHILDLESS | {
    **{"nombre_enfants": "1", "enfants-1-naissance": "2024-09-10", "autres": "", "garde": "assistant_maternel"},
    **{"activite": "salarie", "garde_cout": "800", "garde_heures": "100", "revenus_annuels": "40 000"},
}
COMMON = {
    "logement": {
        "a single tenant": ALONE | {"revenus_mensuels": "1 100"},
        "a student in shared housing": STUDENT | {"revenus_mensuels": "0", "autres": "boursier"},
        "a couple with two children, one salary": COUPLE | {"revenus_mensuels": "1 600", "conjoint_revenus_mensuels": "0"},
        "a lone parent with RSA": LONE_MOTHER
        | {**{"activite": "chomeur_non_indemnise", "depuis": "2025-01-15"}, "revenus_mensuels": "0", "autres": "rsa"}
        | {"rsa": "800"},
        "a pregnant couple": EXPECTING | {"revenus_mensuels": "1 400", "conjoint_revenus_mensuels": "900"},
    },
    "rsa": {
        "a single tenant": ALONE | {"salaire_stable": "oui", "salaire": "1 100"},
        "a student in shared housing": STUDENT
        | {**{"autres": "salaire", "salaire_stable": "oui", "salaire": "1 150"}, "salaire_continue": "oui"},
        "a couple with two children, one salary": COUPLE | {"salaire_stable": "oui", "salaire": "1 600"},
        "a lone parent with RSA": LONE_MOTHER | {"activite": "chomeur_non_indemnise"},
        "a pregnant couple": EXPECTING
        | {**{"salaire_stable": "oui", "salaire": "1 400"}, "conjoint_salaire_stable": "oui", "conjoint_salaire": "900"},
    },
    "paje": {
        "a single tenant": CHILDLESS,
        "a student in shared housing": CHILDLESS,
        "a couple with two children, one salary": TWO_CHILDREN,
        "a lone parent with RSA": CHILD_IN_CARE | {"revenus_annuels": "6 000"},
        "a pregnant couple": PREGNANCY,
    },
}
"""The five common households of each simulator, by their name. A new simulator adds its own."""


def answers_of(genre, texts):
    """The answers read, all there and right."""
    reading = SIMULATEURS[genre].parcours.read(texts)
    assert not reading.errors
    assert [champ.nom for champ in reading.missing] == []
    return reading.reponses


def foyer_of(genre, texts):
    return foyer(answers_of(genre, texts))

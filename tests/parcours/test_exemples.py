"""Published examples, typed into the site by keyboard: it pays the amounts that were published.

`tests/data` holds the sources: the situation of each example by its identifier. Where no amount is published to the cent,
the example is one of docs/law.md, worked by hand from the texts, and is labelled so.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from gestures import PHONE, SCREEN, Visitor

SEUL = {"couple": "non", "nombre_enfants": "0", "autres": ""}


@dataclass(frozen=True)
class Example:
    """`answers` to the simulator `kind` at `month`; what was published of `benefit`, where, and under which identifier of
    `tests/data`."""

    kind: str
    month: str
    answers: dict[str, str]
    benefit: str
    amount: float
    published: str
    source: str


EXAMPLES = {
    "DHUP, buyers": Example(
        "logement",
        "2024-01",
        {
            **{"code_postal": "75011", "occupation": "accedant", "signature": "2017-10-05", "pret_conventionne": "non"},
            **{"neuf": "non", "mensualite": "450", "naissance": "1985-01-01", "couple": "oui", "nombre_enfants": "2"},
            **{"conjoint_naissance": "1986-01-01", "enfants-1-naissance": "2010-03-15", "activite": "salarie"},
            **{"enfants-2-naissance": "2011-03-15", "conjoint_activite": "inactif", "autres": ""},
            **{"revenus_mensuels": "1620", "conjoint_revenus_mensuels": "0"},
        },
        *("aide_logement", 124.00),
        "the DHUP's brochure on housing aid of 2024, AL of buyers: resources of 17 500 € once rounded",
        "law_cases.jsonl, dhup2024_al_accession",
    ),
    "caf.fr, a student": Example(
        "logement",
        "2015-02",
        SEUL
        | {"code_postal": "75011", "occupation": "vide", "bailleur": "prive", "loyer": "405", "naissance": "1990-08-12"}
        | {"activite": "etudiant", "revenus_annuels": "0"},
        *("aide_logement", 211.20),
        "caf.fr's simulator in February 2015, as mes-aides.gouv.fr noted it",
        "law_cases.jsonl, ma_54d345a54ec19fce442271d2",
    ),
    "RSA": Example(
        "rsa",
        "2026-11",
        SEUL | {"code_postal": "35000", "occupation": "sans_logement", "naissance": "1990-05-01", "activite": "inactif"},
        *("rsa", 651.69),
        "flat amount of a person alone: décret 2026-220 of 30 March 2026",
        "examples_2025_2026.jsonl, rsa-2026-01",
    ),
    "prime d'activité": Example(
        "rsa",
        "2026-04",
        SEUL
        | {"code_postal": "35000", "occupation": "sans_logement", "naissance": "1980-01-01", "activite": "salarie"}
        | {"salaire_stable": "oui", "salaire": "1443"},
        *("ppa", 245.08),
        "worked by hand from the texts: none is published to the cent",
        "worked/ppa_revalorisation_2026.json",
    ),
    "CMG of September 2025": Example(
        "paje",
        "2025-09",
        {
            **{"couple": "oui", "nombre_enfants": "1", "attend_enfant": "non", "enfants-1-naissance": "2024-09-10"},
            **{"autres": "", "garde": "assistant_maternel", "activite": "salarie", "conjoint_activite": "salarie"},
            **{"temps_partiel": "", "garde_cout": "776", "garde_heures": "160"},
            # 2 000 € a month once the 10 % of the tax are taken off; 160 hours at 4,85 €.
            **{"revenus_annuels": "26 666,67", "conjoint_revenus_annuels": "0"},
        },
        *("paje_cmg", 577.92),
        "the reform's example of one child with a childminder, as an open-source calculator quotes it",
        "examples_2025_2026.jsonl, cmg-gh-01",
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_was_published_is_what_the_site_pays(open_page, name):
    """By way of « un autre mois » when the example is not of this month."""
    example, phone = EXAMPLES[name], list(EXAMPLES).index(name) % 2
    page = open_page(viewport=PHONE if phone else SCREEN)
    visitor = Visitor(page, example.answers)
    page.goto(f"/simulation/{example.kind}")
    if example.month != "2026-11":
        visitor.presses("un autre mois")
        visitor.chooses_month(example.month)
    visitor.answers_all()
    assert visitor.amounts[example.benefit, example.month] == example.amount

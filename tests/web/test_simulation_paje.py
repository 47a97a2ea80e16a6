"""The pages of the PAJE simulator, from the first question to the rights of this month and of others."""

import re

import pytest
from visit import page_of, send_form

pytestmark = pytest.mark.django_db

START = "/simulation/paje"


def jour(name, text):
    return dict(zip((f"{name}-annee", f"{name}-mois", f"{name}-jour"), text.split("-"), strict=True))


EXPECTING = [
    ("foyer", {"couple": "oui", "nombre_enfants": "0", "attend_enfant": "oui"}),
    ("enfants", jour("naissance_prevue", "2027-03-10")),
    ("autres", {}),
    ("ressources", {"revenus_annuels": "18 000", "conjoint_revenus_annuels": "16 000"}),
]
TWO_CHILDREN = [
    ("foyer", {"couple": "oui", "nombre_enfants": "2", "attend_enfant": "non"}),
    ("enfants", jour("enfants-1-naissance", "2025-03-10") | jour("enfants-2-naissance", "2022-04-01")),
    ("autres", {}),
    ("garde", {"garde": "assistant_maternel"}),
    ("travail", {"activite": "salarie", "conjoint_activite": "salarie", "temps_partiel": ["conjoint_partielle_80"]}),
    ("cout", {"garde_cout": "900", "garde_heures": "150"}),
    ("ressources", {"revenus_annuels": "24 000", "conjoint_revenus_annuels": "16 000"}),
]


def answer_all(client, pages):
    """The result of answers sent page after page, and what each page was."""
    address = START
    for name, sent in pages:
        assert address == START or address.endswith(f"/{name}")
        address, response = send_form(client, address, sent)
        assert response.status_code == 200
    return page_of(client.get(address.replace("/recapitulatif", "/resultat")))


def centimes(text):
    return int(re.sub(r"\D", "", text))


def test_a_pregnancy_says_what_is_due_and_when(client):
    page = answer_all(client, EXPECTING)
    assert "en janvier 2027, en une fois" in page
    assert "En novembre 2026, rien n’est dû." in page
    assert re.search(r"Allocation de base, avril 2027 : [\d,]+ € par mois", page)
    assert "Nous supposons pour 2027 les mêmes revenus" in page
    assert "au plus" not in page


def test_what_is_paid_each_month_adds_up(client):
    page = answer_all(client, TWO_CHILDREN)
    total = re.search(r"Vous auriez droit à</span> <b>([\d,]+) €</b>", page)
    montants = re.findall(r"Versé chaque mois</th><td>([\d,]+) €", page)
    assert len(montants) == 3
    assert sum(map(centimes, montants)) == centimes(total[1])
    assert "Prime à la naissance ou à l’adoption</summary>" in page


def test_care_without_work_is_refused_for_that_reason(client):
    without_work = [
        *TWO_CHILDREN[:4],
        ("travail", {"activite": "salarie", "conjoint_activite": "inactif"}),
        TWO_CHILDREN[-1],
    ]
    page = answer_all(client, without_work)
    assert "Activité professionnelle des parents" in page
    assert "CSS, art. L531-5" in page


def test_nobody_to_ask_for_is_said_at_once(client):
    page = answer_all(client, [("foyer", {"couple": "non", "nombre_enfants": "0", "attend_enfant": "non"})])
    assert "Rien n’est dû en novembre 2026" in page
    assert page.count("Avoir un enfant à charge, ou en attendre un") == 1

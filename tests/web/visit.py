"""A visitor without JavaScript, who answers page after page."""

import html
import re

START = "/simulation/logement"
PAGES = {
    "logement": {"code_postal": "35000", "occupation": "vide"},
    "loyer": {"bailleur": "prive", "loyer": "520,50"},
    "foyer": {
        **{"naissance-jour": "1", "naissance-mois": "5", "naissance-annee": "1990", "couple": "non"},
        "nombre_enfants": "1",
    },
    "proches": {
        "enfants-1-naissance-jour": "3",
        "enfants-1-naissance-mois": "2",
        "enfants-1-naissance-annee": "2020",
    },
    "activite": {"activite": "salarie"},
    "ressources": {"revenus_mensuels": "1 100"},
    "autres": {},
}

RSA = {
    **{name: PAGES[name] for name in ("logement", "loyer", "foyer", "proches")},
    **{"activite": {"activite": "salarie"}, "autres": {}},
    "trimestre": {"salaire_stable": "oui", "salaire": "450"},
}
SIMULATIONS = {"logement": PAGES, "rsa": RSA}
BOXES = [
    *("rsa", "aah", "alternance", "proches_a_charge", "patrimoine", "chomage_passe", "pension_recue", "pension_versee"),
    "autre_revenu",
]
"""Those of the housing aid that open a question."""


PARTS = ("annee", "mois", "jour")


def sent(texts):
    """Answers of `reponses.py` as forms send them: dates in three fields, each box by its value."""
    fields = {}
    for name, text in texts.items():
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            fields |= {f"{name}-{part}": value for part, value in zip(PARTS, text.split("-"), strict=True)}
        else:
            fields[name] = text.split() if name in ("autres", "revenus", "temps_partiel") else text
    return fields


BLOCKS = "div|section|details|summary|h[1-6]|p|[uo]l|li|dl|dt|table|t(?:head|body|foot|[rhd])"


def page_of(response):
    """The page in one line, without the blanks around what is a block."""
    line = re.sub(r"\s+", " ", html.unescape(response.content.decode()))
    return re.sub(rf" ?(</?(?:{BLOCKS})\b[^>]*>) ?", r"\1", line)


def send_form(client, address, sent):
    """Send a form, follow the redirection; the last address and its page."""
    response = client.post(address, sent)
    assert response.status_code == 302
    return response.url, client.get(response.url)


def answer_all(client, mois="", genre="logement", root="", **changes):
    """Answer every page in turn, for that month or for the current one; the link of the draft (`root`: `/en`)."""
    start = f"{root}/simulation/{genre}"
    address = f"{start}?mois={mois}" if mois else start
    for name, sent in SIMULATIONS[genre].items():
        assert name == "logement" or address.endswith(f"/{name}")
        address, response = send_form(client, address, changes.get(name, sent))
        if name in changes and address.endswith(f"/{name}"):
            address, response = send_form(client, address, changes[name])  # the questions that boxes have opened
        assert response.status_code == 200
    assert address.endswith("/recapitulatif")
    return address.removesuffix("/recapitulatif")

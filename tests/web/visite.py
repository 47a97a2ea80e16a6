"""A visitor without JavaScript, who answers page after page."""

import html
import re

DEBUT = "/simulation/logement"
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
    **{nom: PAGES[nom] for nom in ("logement", "loyer", "foyer", "proches")},
    **{"activite": {"activite": "salarie"}, "autres": {}},
    "trimestre": {"salaire_stable": "oui", "salaire": "450"},
}
SIMULATIONS = {"logement": PAGES, "rsa": RSA}


PARTIES = ("annee", "mois", "jour")


def sent(textes):
    """Answers of `reponses.py` as forms send them: dates in three fields, each box by its value."""
    champs = {}
    for nom, texte in textes.items():
        if re.fullmatch(r"\d{4}-\d\d-\d\d", texte):
            champs |= {f"{nom}-{partie}": valeur for partie, valeur in zip(PARTIES, texte.split("-"), strict=True)}
        else:
            champs[nom] = texte.split() if nom in ("autres", "revenus", "temps_partiel") else texte
    return champs


BLOCKS = "div|section|details|summary|h[1-6]|p|[uo]l|li|dl|dt|table|t(?:head|body|foot|[rhd])"


def dit(response):
    """The page in one line, without the blanks around what is a block."""
    line = re.sub(r"\s+", " ", html.unescape(response.content.decode()))
    return re.sub(rf" ?(</?(?:{BLOCKS})\b[^>]*>) ?", r"\1", line)


def envoie(client, address, sent):
    """Send a form, follow the redirection; the last address and its page."""
    response = client.post(address, sent)
    assert response.status_code == 302
    return response.url, client.get(response.url)


def repond(client, mois="", genre="logement", racine="", **changes):
    """Answer every page in turn, for that month or for the current one; the link of the draft (`racine`: `/en`)."""
    debut = f"{racine}/simulation/{genre}"
    address = f"{debut}?mois={mois}" if mois else debut
    for nom, sent in SIMULATIONS[genre].items():
        assert nom == "logement" or address.endswith(f"/{nom}")
        address, response = envoie(client, address, changes.get(nom, sent))
        if nom in changes and address.endswith(f"/{nom}"):
            address, response = envoie(client, address, changes[nom])  # the questions that boxes have opened
        assert response.status_code == 200
    assert address.endswith("/recapitulatif")
    return address.removesuffix("/recapitulatif")

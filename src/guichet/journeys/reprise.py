"""The answers of one journey taken up in another, and the boxes that are then to be looked at again."""

from __future__ import annotations

from guichet.journeys.champs import Cases, Champ, OuiNon
from guichet.journeys.parcours import Groupe, Parcours, Reading, Texts

TO_REVIEW = "-a-revoir"
"""After the name of boxes: those that were ticked in another journey, or before other answers brought new boxes. They are
shown ticked until they are answered."""


def reprise(parcours: Parcours, texts: Texts) -> dict[str, str]:
    """The texts of another journey's answers that answer questions of this one. Its boxes are still to be looked at
    (`TO_REVIEW`): those that the other journey has not shown would pass for unticked."""
    groupes = [element for element in parcours.elements if isinstance(element, Groupe)]
    cases = [element for element in parcours.elements if isinstance(element, Cases)]
    champs = [element for element in parcours.elements if isinstance(element, Champ) and not isinstance(element, Cases)]
    known = {parcours.mois.nom} | {champ.nom for champ in champs}
    repeated = {(groupe.nom, champ.nom) for groupe in groupes for champ in groupe.champs}

    def asks(name: str) -> bool:
        parts = name.split("-")
        return name in known or (parts[0], parts[-1]) in repeated

    taken = {name: text for name, text in texts.items() if asks(name)}
    for champ in champs:
        if isinstance(champ, OuiNon) and champ.case[1] in shown_text(texts, champ.case[0]).split():
            taken.setdefault(champ.nom, "oui")
    return taken | {case.nom + TO_REVIEW: " ".join(ticked) for case in cases if (ticked := _ticked(case, texts))}


def shown_text(texts: Texts, name: str) -> str:
    """What is shown as answered to the question `name`: boxes that are still to be looked at are."""
    return texts.get(name, texts.get(name + TO_REVIEW, ""))


def _ticked(cases: Cases, texts: Texts) -> list[str]:
    """The boxes that another journey ticked, or answered by yes."""
    ticked_by_yes = (option.value for option in cases.options if texts.get(option.oui) == "oui")
    return list(dict.fromkeys((*shown_text(texts, cases.nom).split(), *ticked_by_yes)))


def new_boxes(before: Reading, after: Reading) -> dict[str, str]:
    """What was ticked of the boxes answered `before` among which the answers of `after` offer new ones, by their name."""
    return {
        champ.nom: champ.text(after.reponses[champ.nom])
        for champ in after.read
        if isinstance(champ, Cases)
        and champ.nom in before.reponses
        and not set(champ.options_for(after.reponses)) <= set(champ.options_for(before.reponses))
    }

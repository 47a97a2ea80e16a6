"""A page of a journey as a form: what was sent becomes texts, texts become questions to show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext_noop

from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import NOMS_DES_MOIS
from guichet.journeys.champs import Cases, Champ, Choix, ChoixCommune, Montant, OuiNon
from guichet.journeys.conditions import Reponses
from guichet.journeys.parcours import A_REVOIR, Lecture, Page, Parcours, Textes
from guichet.web.filters import dans_la_phrase
from guichet.web.languages import said

LONGEST = 200
"""Characters kept of an answer: a longer one is not an answer."""
AUTOCOMPLETE = {"naissance": "bday", "code_postal": "postal-code"}
PARTS = {
    "date": (("jour", gettext_noop("Jour"), 2), ("mois", gettext_noop("Mois"), 2), ("annee", gettext_noop("Année"), 4)),
    "mois": (("mois", gettext_noop("Mois"), 2), ("annee", gettext_noop("Année"), 4)),
}


class Part(NamedTuple):
    """A day, a month or a year, each in its own box. `choices` when it is chosen in a list."""

    name: str
    label: str
    size: int
    value: str
    autocomplete: str
    choices: tuple[tuple[str, str], ...] = ()


class Choice(NamedTuple):
    id: str
    value: str
    label: str
    hint: str
    checked: bool


class Question(NamedTuple):
    """A question as a template shows it; `kind` chooses the piece of template."""

    name: str
    kind: str
    label: str
    hint: str
    error: str
    value: str
    unit: str
    autocomplete: str
    choices: tuple[Choice, ...]
    parts: tuple[Part, ...]

    @property
    def described_by(self) -> str:
        ids = [f"{self.name}-{nom}" for nom, dit in (("aide", self.hint), ("erreur", self.error)) if dit]
        return " ".join(ids)

    @property
    def summary(self) -> str:
        """The error, in the list above the form."""
        if self.label.endswith("?"):
            return f"{self.label} {self.error}"
        return said(Phrase("{question} : {erreur}", question=self.label, erreur=dans_la_phrase(self.error)))


def read(page: Page, reponses: Reponses, sent: QueryDict) -> dict[str, str]:
    """The texts of the questions that `page` shows to who has given `reponses`; an empty one when nothing was sent."""
    return {champ.nom: text_of(champ, sent) for champ in page.champs(reponses)}


def text_of(champ: Champ, sent: QueryDict) -> str:
    """What was answered to one question; PostgreSQL's JSON holds no NUL."""
    return _sent(champ, sent).replace("\0", "")[:LONGEST]


def _sent(champ: Champ, sent: QueryDict) -> str:
    if champ.genre in PARTS:
        parts = [sent.get(f"{champ.nom}-{part}", "").strip() for part, _, _ in reversed(PARTS[champ.genre])]
        # A hyphen parts them: one that was typed becomes a sign that no number has.
        return "-".join(part[:10].replace("-", "\u2212") for part in parts) if any(parts) else ""
    if isinstance(champ, Cases):
        return " ".join(sent.getlist(champ.nom)[:50])
    return sent.get(champ.nom, "")


def question(parcours: Parcours, champ: Champ, textes: Textes, lecture: Lecture) -> Question:
    """A question with what was typed and what is wrong with it."""
    texte = textes.get(champ.nom, textes.get(champ.nom + A_REVOIR, ""))
    unite = champ.unite if isinstance(champ, Montant) else ""
    return Question(
        name=champ.nom,
        kind=champ.genre,
        label=said(parcours.dire(champ.question, lecture.reponses)),
        hint=said(parcours.dire(champ.aide, lecture.reponses)),
        error=said(lecture.erreurs.get(champ.nom, "")),
        value=texte,
        unit=said(unite),
        autocomplete=AUTOCOMPLETE.get(champ.nom, "off"),
        choices=tuple(_choices(parcours, champ, texte, lecture.reponses)),
        parts=tuple(_parts(champ, texte)),
    )


def _choices(parcours: Parcours, champ: Champ, texte: str, reponses: Reponses) -> Iterator[Choice]:
    if isinstance(champ, Choix | Cases | OuiNon | ChoixCommune):
        checked = set(texte.split()) if isinstance(champ, Cases) else {texte}
        for rang, option in enumerate(champ.options_de(reponses), 1):
            # The link of an error leads to the first one.
            identifiant = champ.nom if rang == 1 else f"{champ.nom}-{rang}"
            label, hint = (said(parcours.dire(dit, reponses)) for dit in (option.libelle, option.aide))
            yield Choice(identifiant, option.valeur, label, hint, option.valeur in checked)


def _parts(champ: Champ, texte: str) -> Iterator[Part]:
    parts = PARTS.get(champ.genre, ())
    values = [*reversed(texte.split("-"))] if texte and parts else []
    values = (values + [""] * len(parts))[: len(parts)]
    autocomplete = AUTOCOMPLETE.get(champ.nom, "")
    english = {"jour": "day", "mois": "month", "annee": "year"}
    months = tuple((f"{rang:02d}", said(nom)) for rang, nom in enumerate(NOMS_DES_MOIS, 1)) if champ.genre == "mois" else ()
    for (nom, label, size), value in zip(parts, values, strict=True):
        yield Part(
            *(f"{champ.nom}-{nom}", said(label), size, value),
            autocomplete=f"{autocomplete}-{english[nom]}" if autocomplete else "off",
            choices=months if nom == "mois" else (),
        )

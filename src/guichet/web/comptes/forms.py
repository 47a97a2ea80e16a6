"""The questions of the pages by which one gets in: what was sent is read, and shown again with what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext_noop

from guichet import clock
from guichet.domain.identifiants import CodeOrganisme, Matricule, Nir
from guichet.domain.phrases import Phrase
from guichet.records import dossiers, passwords
from guichet.records.acces import Qui
from guichet.web.questions import Field, Form

# Who one is


class WhoForm(Form):
    """The number of the file and its caisse, or a NIR, then `more`. With one caisse, it is not asked."""

    def __init__(self, more: Iterable[Field], sent: QueryDict | None = None) -> None:
        self.caisses = dossiers.caisses()
        super().__init__([*_who_fields(self.caisses), *more], sent)
        self.who = self._who() if sent is not None else None

    def _who(self) -> Qui | None:
        """Whom the answers name; None, and an error, when a caisse is missing."""
        number = self.values.get("identifiant")
        if isinstance(number, Nir):
            return Qui(nir=number)
        if not isinstance(number, Matricule):
            return None
        caisse = self.values.get("caisse") or (self.caisses[0][0] if len(self.caisses) == 1 else "")
        if not caisse:
            self.refuse("caisse", gettext_noop("Choisissez votre caisse."))
            return None
        return Qui(CodeOrganisme(caisse), number)


def _who_fields(known: Sequence[tuple[str, str]]) -> list[Field]:
    number = Field(
        "identifiant",
        gettext_noop("Numéro d'allocataire ou de sécurité sociale"),
        _number,
        gettext_noop("7 chiffres, en haut des lettres de votre caisse, ou les 15 caractères de votre carte Vitale."),
        autocomplete="username",
    )
    if len(known) == 1:
        return [number]
    choices = (("", gettext_noop("Choisissez")), *known)
    caisse = Field(
        *("caisse", gettext_noop("Votre caisse"), lambda text: text if text in dict(known) else ""),
        hint=gettext_noop("Avec le numéro de sécurité sociale, ce n'est pas nécessaire."),
        kind="liste",
        choices=choices,
    )
    return [number, caisse]


def _number(text: str) -> Matricule | Nir:
    signs = re.sub(r"[\s.-]", "", text)
    if not signs:
        raise ValueError(gettext_noop("Indiquez votre numéro d'allocataire, ou votre numéro de sécurité sociale."))
    return Matricule.parse(signs) if len(signs) <= 8 else Nir.parse(signs)


def _day(text: str) -> date:
    refused = gettext_noop("Indiquez le jour, le mois et l'année, par exemple 12 5 1990.")
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    if found is None:
        raise ValueError(refused)
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        raise ValueError(Phrase("Cette date n'existe pas. {erreur}", erreur=refused)) from None
    if day.year < 1900 or day > clock.today():
        raise ValueError(refused)
    return day


BIRTH = Field(
    "naissance",
    gettext_noop("Votre date de naissance"),
    _day,
    gettext_noop("Par exemple 12 5 1990."),
    kind="date",
)


# What proves it


def _given(sentence: str) -> Callable[[str], str]:
    """A reader for which something must be typed, else `sentence` is said."""

    def read(text: str) -> str:
        if not text.strip():
            raise ValueError(sentence)
        return text

    return read


def _new_password(text: str) -> str:
    if refused := passwords.refusal(text):
        raise ValueError(refused)
    return text


PASSWORD = Field(
    *("mot_de_passe", gettext_noop("Mot de passe"), _given(gettext_noop("Indiquez votre mot de passe."))),
    kind="secret",
    autocomplete="current-password",
)
OLD_PASSWORD = Field(
    *("ancien", gettext_noop("Mot de passe actuel"), _given(gettext_noop("Indiquez votre mot de passe actuel."))),
    kind="secret",
    autocomplete="current-password",
)
NEW_PASSWORD = Field(
    *("mot_de_passe", gettext_noop("Nouveau mot de passe"), _new_password),
    hint=gettext_noop("Au moins 12 caractères : minuscules, majuscules, chiffres et signes comme # ou -. Sans signes, 14."),
    kind="secret",
    autocomplete="new-password",
)
AGAIN = Field(
    *("encore", gettext_noop("Le même, une seconde fois"), str),
    kind="secret",
    autocomplete="new-password",
)
LETTER_CODE = Field(
    *("code", gettext_noop("Code de la lettre"), _given(gettext_noop("Indiquez le code de la lettre."))),
    hint=gettext_noop("10 signes, par exemple K7QFA-29TMP. Les tirets et les minuscules ne comptent pas."),
)
CODE = Field(
    *("code", gettext_noop("Code"), _given(gettext_noop("Indiquez le code."))),
    autocomplete="one-time-code",
)


def same_twice(form: Form) -> bool:
    """The new password was typed twice alike."""
    if form.is_right and form.values["mot_de_passe"] != form.values["encore"]:
        form.refuse("encore", gettext_noop("Les deux mots de passe sont différents. Tapez-les de nouveau."))
    return form.is_right

"""A simulation: the answers of a journey in, the rights that they open out, with their lines or their refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guichet import law
from guichet.domain.droits import Droit, Ligne, Prestation, Refus, Texte, existing
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.journeys.answers import mois_of
from guichet.journeys.champs import AnswerError
from guichet.journeys.conditions import Reponses
from guichet.journeys.foyer import foyer
from guichet.journeys.parcours import Arret, Parcours, Reading
from guichet.journeys.simulateurs import SIMULATEURS, Simulateur
from guichet.operations import json_strict

LARGEST = 1_000_000
"""Bytes of a question; a household of fourteen takes 2 000."""


class ReponsesError(ValueError):
    """Answers that can't be read, or that are not all there: `phrases` gives a sentence by question."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{name} : {phrase}" for name, phrase in phrases.items()))
        self.phrases = dict(phrases)


@dataclass(frozen=True, slots=True)
class Result:
    """`reponses` are what was read; `droits` are in the order of the simulator's benefits. `other_months` are rights that
    the same answers open at another month, where incomes of a later year are supposed to be those that were given.
    `not_read` are the answers given to questions that the other answers leave aside."""

    mois: Mois
    reponses: Reponses
    droits: tuple[Droit, ...]
    other_months: tuple[Droit, ...]
    not_asked: tuple[str, ...]
    not_read: tuple[str, ...]

    @property
    def granted(self) -> tuple[Droit, ...]:
        """The rights of this month, whether or not their amount is known."""
        return tuple(droit for droit in self.droits if not droit.refus)

    @property
    def refused(self) -> tuple[Droit, ...]:
        """The refusals that are to be told: not those of a benefit that another month opens."""
        elsewhere = {droit.prestation for droit in self.other_months}
        return tuple(droit for droit in self.droits if droit.refus and droit.prestation not in elsewhere)

    @property
    def first(self) -> Droit | None:
        """The first right with an amount, of this month, else of another one: what a page says first when nothing is
        paid each month."""
        return next((droit for droit in (*self.droits, *self.other_months) if droit.montant), None)

    @property
    def monthly(self) -> Euros:
        """What is paid each month, all together: neither grants nor rights of unknown amount."""
        return sum((d.montant for d in self.droits if d.montant and not d.one_off), ZERO)

    @property
    def one_off(self) -> Euros:
        """The grants of this month."""
        return sum((d.montant for d in self.droits if d.montant and d.one_off), ZERO)


def simuler(genre: str, texts: Mapping[str, str], reading: Reading | None = None) -> Result:
    """The result of the answers `texts` (see `Parcours`) to the simulator `genre`; `reading` is what its journey has
    read in them, if it has. Raises ReponsesError."""
    simulateur = SIMULATEURS[genre]
    reponses = _complete(simulateur.parcours, reading or simulateur.parcours.read(texts))
    return Result(
        mois_of(reponses),
        reponses,
        tuple(_droits(simulateur, reponses)),
        tuple(_other_months(simulateur, reponses)),
        simulateur.parcours.faits_not_asked(reponses),
        tuple(name for name, text in texts.items() if text and name not in reponses),
    )


def _complete(parcours: Parcours, reading: Reading) -> Reponses:
    """The typed answers, all there and all right. Raises ReponsesError."""
    phrases = {champ.nom: champ.erreur for champ in reading.missing} | reading.errors
    if phrases:
        raise ReponsesError({name: parcours.say(phrase, reading.reponses) for name, phrase in phrases.items()})
    return reading.reponses


def _droits(simulateur: Simulateur, reponses: Reponses) -> Iterator[Droit]:
    """What the answers refuse, without asking the law for it; then what the law says of the rest."""
    mois = mois_of(reponses)
    in_force = existing(simulateur.prestations, mois)
    refus = {prestation: simulateur.parcours.refus(reponses, prestation) for prestation in in_force}
    to_judge = [prestation for prestation in in_force if refus[prestation] is None]
    judged = iter(law.droits([foyer(reponses)], mois, to_judge)[0] if to_judge else ())
    for prestation, arret in refus.items():
        yield next(judged) if arret is None else _refused(prestation, mois, arret)


def _refused(prestation: Prestation, mois: Mois, arret: Arret) -> Droit:
    refus = Refus(arret.condition, arret.trouve, arret.requis, arret.texte(mois), arret.conseil)
    return Droit(prestation, mois, ZERO, refus=(refus,))


def _other_months(simulateur: Simulateur, reponses: Reponses) -> Iterator[Droit]:
    for prestation, mois in simulateur.echeances(reponses):
        yield law.droits([foyer({**reponses, simulateur.parcours.mois.nom: mois})], mois, (prestation,))[0][0]


def simuler_json(genre: str, content: bytes) -> dict[str, Any]:
    """The result, ready for JSON, of a JSON object that follows the schema of the simulator. Raises ReponsesError."""
    try:
        data = json_strict.read(content)
    except json_strict.JsonError as error:
        raise ReponsesError({"réponses": f"Ce n'est pas du JSON : {error.in_french}."}) from None
    if not isinstance(data, dict):
        raise ReponsesError({"réponses": "Un objet JSON est attendu."})
    try:
        texts = SIMULATEURS[genre].parcours.texts(data)
    except AnswerError as refus:
        raise ReponsesError({refus.name: refus.phrase}) from None
    return to_json(simuler(genre, texts))


def to_json(result: Result) -> dict[str, Any]:
    """Amounts are numbers of euros; a right of unknown amount has null; a `one_off` one is paid once. `rights` and
    `refused` are those of `month`, `other_months` what the same answers open at another one. `not_asked` are facts that
    could count and that the journey does not ask, `not_read` are answers without effect in this situation."""
    return {
        "month": str(result.mois),
        "rights": [_droit(droit) for droit in result.droits if not droit.refus],
        "refused": [_droit(droit) for droit in result.droits if droit.refus],
        "other_months": [_droit(droit) for droit in result.other_months],
        "not_asked": list(result.not_asked),
        "not_read": list(result.not_read),
    }


def _droit(droit: Droit) -> dict[str, Any]:
    return {
        **{"benefit": droit.prestation.value, "month": str(droit.mois)},
        "one_off": droit.one_off,
        "amount": None if droit.montant is None else float(droit.montant),
        "lines": [_line(line) for line in droit.decompte.lignes],
        "reasons": [
            {
                **{"condition": refus.condition, "found": refus.trouve, "needed": refus.requis, "advice": refus.conseil},
                "text": _text(refus.texte),
            }
            for refus in droit.refus
        ],
        "doubts": list(droit.doutes),
    }


def _line(line: Ligne) -> dict[str, Any]:
    return {
        **{"label": line.libelle, "value": float(line.valeur), "unit": line.unite.value, "sign": line.signe},
        **{"text": _text(line.texte), "explanation": line.explication},
    }


def _text(texte: Texte | None) -> dict[str, Any] | None:
    if texte is None:
        return None
    return {"reference": texte.reference, "since": texte.depuis and texte.depuis.isoformat(), "url": texte.url}

"""A simulation: the answers of a journey in, the rights that they open out, with their lines or their refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guichet import law
from guichet.domain.droits import PONCTUELLES, Droit, Ligne, Prestation, Refus, Texte, existent
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.journeys.champs import SaisieError
from guichet.journeys.conditions import Reponses
from guichet.journeys.foyer import foyer
from guichet.journeys.lecture import le_mois
from guichet.journeys.parcours import Arret, Lecture, Parcours
from guichet.journeys.simulateurs import SIMULATEURS, Simulateur
from guichet.operations import json_strict


class ReponsesError(ValueError):
    """Answers that can't be read, or that are not all there: `phrases` gives a sentence by question."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{nom} : {phrase}" for nom, phrase in phrases.items()))
        self.phrases = dict(phrases)


@dataclass(frozen=True, slots=True)
class Resultat:
    """`reponses` are what was read; `droits` are in the order of the simulator's benefits. `autres_mois` are rights that
    the same answers open at another month, where incomes of a later year are supposed to be those that were given.
    `non_lues` are the answers given to questions that the other answers leave aside."""

    mois: Mois
    reponses: Reponses
    droits: tuple[Droit, ...]
    autres_mois: tuple[Droit, ...]
    non_demande: tuple[str, ...]
    non_lues: tuple[str, ...]

    @property
    def ouverts(self) -> tuple[Droit, ...]:
        """The rights of this month, whether or not their amount is known."""
        return tuple(droit for droit in self.droits if not droit.refus)

    @property
    def refuses(self) -> tuple[Droit, ...]:
        """The refusals that are to be told: not those of a benefit that another month opens."""
        ailleurs = {droit.prestation for droit in self.autres_mois}
        return tuple(droit for droit in self.droits if droit.refus and droit.prestation not in ailleurs)

    @property
    def premier(self) -> Droit | None:
        """The first right with an amount, of this month, else of another one: what a page says first when nothing is
        paid each month."""
        return next((droit for droit in (*self.droits, *self.autres_mois) if droit.montant), None)

    @property
    def par_mois(self) -> Euros:
        """What is paid each month, all together: neither grants nor rights of unknown amount."""
        return sum((d.montant for d in self.droits if d.montant and d.prestation not in PONCTUELLES), ZERO)

    @property
    def en_une_fois(self) -> Euros:
        """The grants of this month."""
        return sum((d.montant for d in self.droits if d.montant and d.prestation in PONCTUELLES), ZERO)


def simuler(genre: str, textes: Mapping[str, str], lecture: Lecture | None = None) -> Resultat:
    """The result of the answers `textes` (see `Parcours`) to the simulator `genre`; `lecture` is what its journey has
    read in them, if it has. Raises ReponsesError."""
    simulateur = SIMULATEURS[genre]
    reponses = _completes(simulateur.parcours, lecture or simulateur.parcours.lire(textes))
    return Resultat(
        le_mois(reponses),
        reponses,
        tuple(_droits(simulateur, reponses)),
        tuple(_d_autres_mois(simulateur, reponses)),
        simulateur.parcours.faits_non_demandes(reponses),
        tuple(nom for nom, texte in textes.items() if texte and nom not in reponses),
    )


def _completes(parcours: Parcours, lecture: Lecture) -> Reponses:
    """The typed answers, all there and all right. Raises ReponsesError."""
    phrases = {champ.nom: champ.erreur for champ in lecture.manquants} | lecture.erreurs
    if phrases:
        raise ReponsesError({nom: parcours.dire(phrase, lecture.reponses) for nom, phrase in phrases.items()})
    return lecture.reponses


def _droits(simulateur: Simulateur, reponses: Reponses) -> Iterator[Droit]:
    """What the answers refuse, without asking the law for it; then what the law says of the rest."""
    mois = le_mois(reponses)
    existantes = existent(simulateur.prestations, mois)
    refus = {prestation: simulateur.parcours.refus(reponses, prestation) for prestation in existantes}
    a_juger = [prestation for prestation in existantes if refus[prestation] is None]
    juges = iter(law.droits([foyer(reponses)], mois, a_juger)[0] if a_juger else ())
    for prestation, arret in refus.items():
        yield next(juges) if arret is None else _refuse(prestation, mois, arret)


def _refuse(prestation: Prestation, mois: Mois, arret: Arret) -> Droit:
    refus = Refus(arret.condition, arret.trouve, arret.requis, arret.texte(mois), arret.conseil)
    return Droit(prestation, mois, ZERO, refus=(refus,))


def _d_autres_mois(simulateur: Simulateur, reponses: Reponses) -> Iterator[Droit]:
    for prestation, mois in simulateur.echeances(reponses):
        yield law.droits([foyer({**reponses, simulateur.parcours.mois.nom: mois})], mois, (prestation,))[0][0]


def simuler_json(genre: str, octets: bytes) -> dict[str, Any]:
    """The result, ready for JSON, of a JSON object that follows the schema of the simulator. Raises ReponsesError."""
    try:
        donnees = json_strict.read(octets)
    except json_strict.JsonError as erreur:
        raise ReponsesError({"réponses": f"ce n'est pas du JSON, {erreur.in_french}."}) from None
    if not isinstance(donnees, dict):
        raise ReponsesError({"réponses": "un objet JSON est attendu."})
    try:
        textes = SIMULATEURS[genre].parcours.textes(donnees)
    except SaisieError as refus:
        raise ReponsesError({"réponses": refus.phrase}) from None
    return en_json(simuler(genre, textes))


def en_json(resultat: Resultat) -> dict[str, Any]:
    """Amounts are numbers of euros; a right of unknown amount has null; a `one_off` one is paid once. `rights` and
    `refused` are those of `month`, `other_months` what the same answers open at another one. `not_asked` are facts that
    could count and that the journey does not ask, `not_read` are answers without effect in this situation."""
    return {
        "month": str(resultat.mois),
        "rights": [_droit(droit) for droit in resultat.droits if not droit.refus],
        "refused": [_droit(droit) for droit in resultat.droits if droit.refus],
        "other_months": [_droit(droit) for droit in resultat.autres_mois],
        "not_asked": list(resultat.non_demande),
        "not_read": list(resultat.non_lues),
    }


def _droit(droit: Droit) -> dict[str, Any]:
    return {
        **{"benefit": droit.prestation.value, "month": str(droit.mois)},
        "one_off": droit.prestation in PONCTUELLES,
        "amount": None if droit.montant is None else float(droit.montant),
        "lines": [_ligne(ligne) for ligne in droit.decompte.lignes],
        "reasons": [
            {
                **{"condition": refus.condition, "found": refus.trouve, "needed": refus.requis, "advice": refus.conseil},
                "text": _texte(refus.texte),
            }
            for refus in droit.refus
        ],
        "doubts": list(droit.doutes),
    }


def _ligne(ligne: Ligne) -> dict[str, Any]:
    return {
        **{"label": ligne.libelle, "value": float(ligne.valeur), "unit": ligne.unite.value, "sign": ligne.signe},
        **{"text": _texte(ligne.texte), "explanation": ligne.explication},
    }


def _texte(texte: Texte | None) -> dict[str, Any] | None:
    if texte is None:
        return None
    return {"reference": texte.reference, "since": texte.depuis and texte.depuis.isoformat(), "url": texte.url}

"""The lines of a décompte: a benefit's sheet (`Fiche`) read on a simulation.

A sheet is data, one module a benefit in `decomptes/`. Its lines show the engine's own variables: nothing is computed
here but their sum. What the law rounds has a line of its own; what remains after all lines (single precision, cents
of each line) is the sheet's `arrondi_max` at the most, else the sheet is wrong and `explique` raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, Protocol

import numpy as np
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from guichet.domain.droits import Decompte, Droit, Ligne, Prestation, Refus, Unite
from guichet.domain.phrases import Phrase, Quantite
from guichet.domain.vocabulaire import CENTIME, Mois, euros
from guichet.law.textes import Source, texte_en_vigueur

Periode = Literal["mois", "mois précédent", "année", "n-2", "toujours"]
Lu = tuple[str, Periode]
"""What a sheet reads: a variable, at a period seen from the month of the right."""
Array = np.ndarray[Any, Any]
MILLIEME = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Poste:
    """A line of a sheet: a variable of the law, and what it is in plain French.

    - `signe`: 1 or -1 when it is added or taken away, 0 when it only informs;
    - `si`: a boolean variable, when the line exists only for the households for which it is true;
    - `periode`: the period of `variable`, seen from the month of the right;
    - a line of value zero is shown only when `toujours`;
    - `explication`: how the value is found, in a sentence, where the label is not enough.
    """

    libelle: str
    variable: str
    sources: tuple[Source, ...] = ()
    signe: int = 0
    unite: Unite = Unite.EUROS
    si: str | None = None
    periode: Periode = "mois"
    toujours: bool = False
    explication: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the right: `variable` (boolean, of the family or of its members) must be true.

    For the members, one who meets it is enough. `trouve` and `requis` are variables whose values are shown, or a
    sentence where the value has no figure; `comparaison` comes before the figure needed ("au plus", "au moins", "plus
    de"). `conseil` says what would change it. Conditions are listed in the order in which the law asks them, and only
    the first that failed is told.
    """

    libelle: str
    variable: str
    trouve: str
    requis: str
    sources: tuple[Source, ...] = ()
    unite: Unite = Unite.EUROS
    conseil: str = ""
    si: str | None = None
    comparaison: str = ""


@dataclass(frozen=True, slots=True)
class Doute:
    """What is not known well enough between two months (included), told with the result.

    `si` names a boolean variable: the doubt concerns only the households for which it is true. `refuse` means that no
    amount is given at all.
    """

    phrase: str
    depuis: Mois
    jusqu_a: Mois
    si: str | None = None
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class Fiche:
    """All that is told of a benefit: `montant` is the variable of the amount paid, net of CRDS."""

    prestation: Prestation
    montant: str
    postes: tuple[Poste, ...]
    conditions: tuple[Condition, ...] = ()
    doutes: tuple[Doute, ...] = ()
    arrondi_max: Decimal = Decimal("0.03")
    sources: tuple[Source, ...] = ()

    @property
    def lues(self) -> frozenset[Lu]:
        """All that the sheet may read (a sentence of a condition is harmlessly among the names)."""
        du_mois = {self.montant, *(doute.si for doute in self.doutes), *(poste.si for poste in self.postes)}
        for condition in self.conditions:
            du_mois |= {condition.variable, condition.trouve, condition.requis, condition.si}
        postes = {(poste.variable, poste.periode) for poste in self.postes}
        return frozenset(postes | {(nom, "mois") for nom in du_mois if nom})

    @property
    def lues_pour_le_montant(self) -> frozenset[Lu]:
        """What `montants_de` reads."""
        return frozenset((nom, "mois") for nom in (self.montant, *(d.si for d in self.doutes if d.refuse)) if nom)


class DecompteFauxError(ArithmeticError):
    """The lines of a sheet do not add up to its amount: a fault of the sheet."""


class Lecture(Protocol):
    """The variables of a calculation, by family: a person's are summed over the family, a dwelling's are its own."""

    @property
    def mois(self) -> Mois: ...

    @property
    def system(self) -> TaxBenefitSystem: ...

    def valeur(self, variable: str, periode: Periode = "mois") -> Array: ...


class LectureDeSimulation:
    """What OpenFisca calculates when it is asked."""

    def __init__(self, simulation: Simulation, mois: Mois) -> None:
        self.simulation = simulation
        self.system = simulation.tax_benefit_system
        self.mois = mois
        self._lues: dict[Lu, Array] = {}

    def valeur(self, variable: str, periode: Periode = "mois") -> Array:
        cle = (variable, periode)
        if cle not in self._lues:
            self._lues[cle] = par_famille(self.simulation, variable, self._calcule(variable, periode))
        return self._lues[cle]

    def _calcule(self, variable: str, periode: Periode) -> Array:
        definition = self.system.variables[variable].definition_period
        annee = self.mois.annee - (2 if periode == "n-2" else 0)
        calcule = self.simulation.calculate
        lu: Array
        if definition == "eternity" or periode == "toujours":
            lu = calcule(variable, "ETERNITY")
        elif definition == "year":
            lu = calcule(variable, str(annee))
        elif periode in ("année", "n-2"):
            lu = self.simulation.calculate_add(variable, str(annee))
        else:
            lu = calcule(variable, str(self.mois - (1 if periode == "mois précédent" else 0)))
        return lu


def par_famille(simulation: Simulation, variable: str, tableau: Array) -> Array:
    """The values of `variable` by family: a person's are summed, or true for one is enough.

    A dwelling or a tax household may hold several families: each reads that of its first member.
    """
    entite = simulation.tax_benefit_system.variables[variable].entity.key
    if entite == "famille":
        return tableau
    famille = simulation.populations["famille"]
    if entite == "individu":
        somme: Array = famille.sum(tableau)
        return somme > 0 if tableau.dtype == bool else somme
    premier: Array = famille.value_from_first_person(simulation.populations[entite].project(tableau))
    return premier


@dataclass(frozen=True, slots=True)
class LectureDeProgramme:
    """What a program has calculated already; `interprete` is asked for the rest."""

    valeurs: Mapping[Lu, Array]
    system: TaxBenefitSystem
    mois: Mois
    interprete: Lecture

    def valeur(self, variable: str, periode: Periode = "mois") -> Array:
        calculee = self.valeurs.get((variable, periode))
        return self.interprete.valeur(variable, periode) if calculee is None else calculee


def montants_de(lecture: Lecture, fiche: Fiche) -> tuple[Array, Array]:
    """The amounts of `fiche`, in euros, one for each family; and whether the law of that month is known."""
    montants = lecture.valeur(fiche.montant)
    connus = np.ones(len(montants), bool)
    for doute in fiche.doutes:
        if doute.refuse and doute.depuis <= lecture.mois <= doute.jusqu_a:
            connus &= np.zeros_like(connus) if doute.si is None else ~lecture.valeur(doute.si).astype(bool)
    return montants, connus


def explique(lecture: Lecture, fiche: Fiche) -> list[Droit]:
    """The right of `fiche`, one for each family, with its lines or its refusal."""
    montants = lecture.valeur(fiche.montant)
    return [_droit(lecture, fiche, rang, euros(float(np.float32(montant)))) for rang, montant in enumerate(montants)]


def _droit(lecture: Lecture, fiche: Fiche, rang: int, montant: Decimal) -> Droit:
    doutes = [doute for doute in fiche.doutes if _concerne(lecture, doute, rang)]
    phrases = tuple(doute.phrase for doute in doutes)
    if any(doute.refuse for doute in doutes):
        return Droit(fiche.prestation, lecture.mois, None, doutes=phrases)
    if not montant:
        return Droit(fiche.prestation, lecture.mois, montant, refus=_refus(lecture, fiche, rang), doutes=phrases)
    return Droit(fiche.prestation, lecture.mois, montant, _decompte(lecture, fiche, rang, montant), doutes=phrases)


def _concerne(lecture: Lecture, doute: Doute, rang: int) -> bool:
    return doute.depuis <= lecture.mois <= doute.jusqu_a and (doute.si is None or bool(lecture.valeur(doute.si)[rang]))


def _decompte(lecture: Lecture, fiche: Fiche, rang: int, montant: Decimal) -> Decompte:
    lignes = []
    for poste in fiche.postes:
        if poste.si is not None and not lecture.valeur(poste.si)[rang]:
            continue
        valeur = _nombre(lecture.valeur(poste.variable, poste.periode)[rang], poste.unite)
        if valeur or poste.toujours:
            texte = _texte(lecture, poste.sources)
            lignes.append(Ligne(poste.libelle, valeur, poste.unite, texte, poste.signe, poste.explication))
    ecart = montant - Decompte(tuple(lignes)).total
    if abs(ecart) > fiche.arrondi_max:
        raise DecompteFauxError(f"{fiche.prestation} {lecture.mois}: {montant} against {montant - ecart}, {lignes}")
    if abs(ecart) >= CENTIME:
        lignes.append(Ligne(Phrase("Arrondi des lignes au centime"), ecart, Unite.EUROS, None, 1))
    return Decompte(tuple(lignes))


def _nombre(lu: Any, unite: Unite) -> Decimal:
    """What was read, to the cent; a rate (0,0283) becomes a percentage (2,83) with the three decimals of the law."""
    valeur = Decimal(str(float(np.float32(lu))))
    return (valeur * 100).quantize(MILLIEME, ROUND_HALF_UP) if unite is Unite.POURCENT else euros(valeur)


def _refus(lecture: Lecture, fiche: Fiche, rang: int) -> tuple[Refus, ...]:
    for condition in fiche.conditions:
        if condition.si is not None and not lecture.valeur(condition.si)[rang]:
            continue
        if not lecture.valeur(condition.variable)[rang]:
            return (
                Refus(
                    condition.libelle,
                    _lu(lecture, condition.trouve, condition.unite, rang),
                    _lu(lecture, condition.requis, condition.unite, rang, condition.comparaison),
                    _texte(lecture, condition.sources),
                    condition.conseil,
                ),
            )
    return ()


def _lu(lecture: Lecture, nom: str, unite: Unite, rang: int, comparaison: str = "") -> str:
    """The value of the variable `nom`, with its unit; or `nom` itself when it is a sentence."""
    if nom not in lecture.system.variables:
        return nom
    valeur = euros(float(np.float32(lecture.valeur(nom)[rang])))
    return Phrase(f"{comparaison} {{valeur}}".strip(), valeur=Quantite(valeur, unite.value))


def _texte(lecture: Lecture, sources: tuple[Source, ...]) -> Any:
    return texte_en_vigueur(sources, lecture.mois, lecture.system.parameters)

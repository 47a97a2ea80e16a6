"""The lines of a décompte: a benefit's sheet (`Fiche`) read on a simulation.

A sheet is data, one module a benefit in `decomptes/`. Its lines show the engine's own variables: nothing is computed
here but their sum. What the law rounds has a line of its own; what remains after all lines (single precision, cents
of each line) is the sheet's `arrondi_max` at the most, else the sheet is wrong and `explain` raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, Protocol

import numpy as np
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from guichet.domain.droits import Decompte, Droit, Ligne, Prestation, Refus, Texte, Unite
from guichet.domain.phrases import Phrase, Quantite
from guichet.domain.vocabulaire import CENT, Mois, euros
from guichet.law.textes import Source, texte_en_vigueur

Periode = Literal["mois", "mois précédent", "année", "n-2", "toujours"]
Read = tuple[str, Periode]
"""What a sheet reads: a variable, at a period seen from the month of the right."""
Array = np.ndarray[Any, Any]
THOUSANDTH = Decimal("0.001")
MONTHS_SAID_IN_YEARS = 48
"""« 8 ans », not « 98 mois »."""


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

    `si` names a variable: the doubt concerns only the households for which it is true, or above zero. `refuse` means that no
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
    def read(self) -> frozenset[Read]:
        """All that the sheet may read (a sentence of a condition is harmlessly among the names)."""
        of_the_month = {self.montant, *(doute.si for doute in self.doutes), *(poste.si for poste in self.postes)}
        for condition in self.conditions:
            of_the_month |= {condition.variable, condition.trouve, condition.requis, condition.si}
        postes = {(poste.variable, poste.periode) for poste in self.postes}
        return frozenset(postes | {(name, "mois") for name in of_the_month if name})

    @property
    def read_for_montant(self) -> frozenset[Read]:
        """What `montants_of` reads."""
        return frozenset((name, "mois") for name in (self.montant, *(d.si for d in self.doutes if d.refuse)) if name)


class WrongDecompteError(ArithmeticError):
    """The lines of a sheet do not add up to its amount: a fault of the sheet."""


class Reading(Protocol):
    """The variables of a calculation, by family: a person's are summed over the family, a dwelling's are its own."""

    @property
    def mois(self) -> Mois: ...

    @property
    def system(self) -> TaxBenefitSystem: ...

    def value(self, variable: str, periode: Periode = "mois") -> Array: ...


class SimulationReading:
    """What OpenFisca calculates when it is asked."""

    def __init__(self, simulation: Simulation, mois: Mois) -> None:
        self.simulation = simulation
        self.system = simulation.tax_benefit_system
        self.mois = mois
        self._read: dict[Read, Array] = {}

    def value(self, variable: str, periode: Periode = "mois") -> Array:
        key = (variable, periode)
        if key not in self._read:
            self._read[key] = by_famille(self.simulation, variable, self._calculated(variable, periode))
        return self._read[key]

    def _calculated(self, variable: str, periode: Periode) -> Array:
        definition = self.system.variables[variable].definition_period
        year = self.mois.annee - (2 if periode == "n-2" else 0)
        calculate = self.simulation.calculate
        read: Array
        if definition == "eternity" or periode == "toujours":
            read = calculate(variable, "ETERNITY")
        elif definition == "year":
            read = calculate(variable, str(year))
        elif periode in ("année", "n-2"):
            read = self.simulation.calculate_add(variable, str(year))
        else:
            read = calculate(variable, str(self.mois - (1 if periode == "mois précédent" else 0)))
        return read


def by_famille(simulation: Simulation, variable: str, array: Array) -> Array:
    """The values of `variable` by family: a person's are summed, or true for one is enough.

    A dwelling or a tax household may hold several families: each reads that of its first member.
    """
    entity = simulation.tax_benefit_system.variables[variable].entity.key
    if entity == "famille":
        return array
    famille = simulation.populations["famille"]
    if entity == "individu":
        total: Array = famille.sum(array)
        return total > 0 if array.dtype == bool else total
    first: Array = famille.value_from_first_person(simulation.populations[entity].project(array))
    return first


@dataclass(frozen=True, slots=True)
class ProgramReading:
    """What a program has calculated already; `interpreter` is asked for the rest."""

    values: Mapping[Read, Array]
    system: TaxBenefitSystem
    mois: Mois
    interpreter: Reading

    def value(self, variable: str, periode: Periode = "mois") -> Array:
        found = self.values.get((variable, periode))
        return self.interpreter.value(variable, periode) if found is None else found


def montants_of(reading: Reading, fiche: Fiche) -> tuple[Array, Array]:
    """The amounts of `fiche`, in euros, one for each family; and whether the law of that month is known."""
    montants = reading.value(fiche.montant)
    known = np.ones(len(montants), bool)
    for doute in fiche.doutes:
        if doute.refuse and doute.depuis <= reading.mois <= doute.jusqu_a:
            known &= np.zeros_like(known) if doute.si is None else ~reading.value(doute.si).astype(bool)
    return montants, known


def explain(reading: Reading, fiche: Fiche) -> list[Droit]:
    """The right of `fiche`, one for each family, with its lines or its refusal."""
    montants = reading.value(fiche.montant)
    return [_droit(reading, fiche, rank, euros(float(np.float32(montant)))) for rank, montant in enumerate(montants)]


def _droit(reading: Reading, fiche: Fiche, rank: int, montant: Decimal) -> Droit:
    doutes = [doute for doute in fiche.doutes if _concerns(reading, doute, rank)]
    phrases = tuple(doute.phrase for doute in doutes)
    if any(doute.refuse for doute in doutes):
        return Droit(fiche.prestation, reading.mois, None, doutes=phrases)
    if not montant:
        return Droit(fiche.prestation, reading.mois, montant, refus=_refus(reading, fiche, rank), doutes=phrases)
    return Droit(fiche.prestation, reading.mois, montant, _decompte(reading, fiche, rank, montant), doutes=phrases)


def _concerns(reading: Reading, doute: Doute, rank: int) -> bool:
    return doute.depuis <= reading.mois <= doute.jusqu_a and (doute.si is None or bool(reading.value(doute.si)[rank]))


def _decompte(reading: Reading, fiche: Fiche, rank: int, montant: Decimal) -> Decompte:
    lignes = []
    for poste in fiche.postes:
        if poste.si is not None and not reading.value(poste.si)[rank]:
            continue
        value = _number(reading.value(poste.variable, poste.periode)[rank], poste.unite)
        if value or poste.toujours:
            texte = _texte(reading, poste.sources)
            lignes.append(Ligne(poste.libelle, value, poste.unite, texte, poste.signe, poste.explication))
    gap = montant - Decompte(tuple(lignes)).total
    if abs(gap) > fiche.arrondi_max:
        raise WrongDecompteError(f"{fiche.prestation} {reading.mois}: {montant} against {montant - gap}, {lignes}")
    if abs(gap) >= CENT:
        lignes.append(Ligne(Phrase("Arrondi des lignes au centime"), gap, Unite.EUROS, None, 1))
    return Decompte(tuple(lignes))


def _number(read: Any, unite: Unite) -> Decimal:
    """What was read, to the cent; a rate (0,0283) becomes a percentage (2,83) with the three decimals of the law."""
    value = Decimal(str(float(np.float32(read))))
    return (value * 100).quantize(THOUSANDTH, ROUND_HALF_UP) if unite is Unite.POURCENT else euros(value)


def _refus(reading: Reading, fiche: Fiche, rank: int) -> tuple[Refus, ...]:
    for condition in fiche.conditions:
        if condition.si is not None and not reading.value(condition.si)[rank]:
            continue
        if not reading.value(condition.variable)[rank]:
            return (
                Refus(
                    condition.libelle,
                    _said(reading, condition.trouve, condition.unite, rank),
                    _said(reading, condition.requis, condition.unite, rank, condition.comparaison),
                    _texte(reading, condition.sources),
                    condition.conseil,
                ),
            )
    return ()


def _said(reading: Reading, name: str, unite: Unite, rank: int, comparaison: str = "") -> str:
    """The value of the variable `name`, with its unit; or `name` itself when it is a sentence."""
    if name not in reading.system.variables:
        return name
    value = euros(float(np.float32(reading.value(name)[rank])))
    if unite is Unite.MOIS and value >= MONTHS_SAID_IN_YEARS:
        value, unite = value // 12, Unite.ANS
    return Phrase(f"{comparaison} {{valeur}}".strip(), valeur=Quantite(value, unite.value))


def _texte(reading: Reading, sources: tuple[Source, ...]) -> Texte | None:
    return texte_en_vigueur(sources, reading.mois, reading.system.parameters)

"""A question in OpenFisca's words, checked.

Checks come before OpenFisca, whose own errors name no field or come too late; each is one sentence that names the
field. What OpenFisca accepts and this does not: a person in no family, tax household or dwelling; a group without its
first adult; an adult born after the month; a commune that the zones do not know (OpenFisca would take zone 2); a
number that no household has. An age becomes a date of birth (`ages.py`).
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guichet.domain.vocabulaire import DERNIER_MOIS_VERIFIE, PREMIER_MOIS, Mois
from guichet.law import SituationError, sous_entendus
from guichet.law.ages import en_naissances
from guichet.law.lean import read_period
from guichet.law.reference import LOIS, whole_system
from guichet.law.values import AGES, check_commune, label, read_value, shown

PREMIERS_ROLES = {"familles": "parents", "foyers_fiscaux": "declarants", "menages": "personne_de_reference"}
ADULTES = frozenset(("parents", "declarants", "personne_de_reference", "conjoint", "demandeur", "declarant_principal"))
DERNIER_MOIS = DERNIER_MOIS_VERIFIE + 24
"""Later, today's rules would be no answer."""
DERNIERE_ANNEE = 2100
"""Of a value."""
AGES_DITS = tuple(sorted(AGES))
_MOIS = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Demande:
    """A question that was checked: every value of `situation` has its period."""

    situation: dict[str, Any]
    variables: tuple[str, ...]
    mois: Mois


def lit_demande(situation: Any, variables: Any, period: Any, loi: str) -> Demande:
    """Check a question in OpenFisca's words; raises SituationError."""
    if loi not in LOIS:
        raise SituationError(f"law: {shown(loi)} is not one of {', '.join(LOIS)}.")
    mois = lit_mois(period)
    propre = _lit_situation(situation, mois, loi)
    if loi == "guichet":
        sous_entendus.complete(propre, mois, whole_system(loi).variables)
    return Demande(propre, lit_variables(variables, loi), mois)


def lit_mois(period: Any) -> Mois:
    if period is None:
        raise SituationError("period: give a month, such as 2013-01.")
    if not isinstance(period, str) or not _MOIS.fullmatch(period):
        raise SituationError(f"period: {shown(period)} is not a month, write it as 2013-01.")
    mois = Mois.lire(period)
    if mois < PREMIER_MOIS:
        raise SituationError(f"period: the law is known from {PREMIER_MOIS} on, not in {period}.")
    if mois > DERNIER_MOIS:
        raise SituationError(f"period: the law was checked until {DERNIER_MOIS_VERIFIE}, {period} is too far from there.")
    return mois


def lit_variables(variables: Any, loi: str) -> tuple[str, ...]:
    if not isinstance(variables, list | tuple) or not variables or not all(isinstance(v, str) for v in variables):
        raise SituationError('variables: give a list of names, such as ["aide_logement"].')
    connues = whole_system(loi).variables
    for nom in variables:
        if nom not in connues:
            raise SituationError(f"variables: {inconnue(nom, loi)}.")
    return tuple(dict.fromkeys(variables))


def inconnue(nom: str, loi: str) -> str:
    proches = difflib.get_close_matches(nom[:80], whole_system(loi).variables, 1)
    return f"there is no variable {shown(nom)}" + (f" (did you mean {proches[0]!r}?)" if proches else "")


def _lit_situation(situation: Any, mois: Mois, loi: str) -> dict[str, Any]:
    """`situation` with a period on each value; everything in it has been checked."""
    if not isinstance(situation, dict):
        raise SituationError("situation: give an object with individus, familles, foyers_fiscaux and menages.")
    entites = {entite.plural: entite for entite in whole_system(loi).entities}
    for pluriel in situation:
        if pluriel not in entites:
            raise SituationError(f"situation: {shown(pluriel)} is not one of {', '.join(entites)}.")
    individus = situation.get("individus")
    if not isinstance(individus, dict) or not individus:
        raise SituationError("situation.individus: give at least one person.")
    propre: dict[str, Any] = {}
    for pluriel, entite in entites.items():
        instances = situation.get(pluriel, {})
        if not isinstance(instances, dict):
            raise SituationError(f"situation.{pluriel}: give an object, not {shown(instances)}.")
        propre[pluriel] = {}
        for identifiant, contenu in instances.items():
            chemin = f"situation.{pluriel}.{label(identifiant)}"
            if not isinstance(contenu, dict):
                raise SituationError(f"{chemin}: give an object, not {shown(contenu)}.")
            lu: dict[str, Any] = _lit_roles(contenu, entite, chemin)
            for nom, valeur in contenu.items():
                if nom not in lu:
                    ou = f"{chemin}.{label(nom)}"
                    lu[nom] = _lit_valeurs(lit_variable(nom, entite, loi, ou), valeur, mois, ou)
            propre[pluriel][identifiant] = lu
    if loi == "guichet":
        en_naissances(propre["individus"], "situation.individus")
    for pluriel, premier_role in PREMIERS_ROLES.items():
        _verifie_groupes(propre[pluriel], propre["individus"], pluriel, premier_role)
    _verifie_naissances(propre, mois)
    return propre


def _lit_roles(contenu: dict[str, Any], entite: Any, chemin: str) -> dict[str, list[str]]:
    if entite.is_person:
        return {}
    roles = {}
    for role in entite.roles:
        nom = role.plural or role.key
        if nom in contenu:
            membres = [contenu[nom]] if isinstance(contenu[nom], str) else contenu[nom]
            if not isinstance(membres, list) or not all(isinstance(membre, str) for membre in membres):
                raise SituationError(f"{chemin}.{nom}: give a list of persons, not {shown(membres)}.")
            if role.max is not None and len(membres) > role.max:
                raise SituationError(f"{chemin}.{nom}: {len(membres)} persons, at most {role.max} can be.")
            roles[nom] = membres
    return roles


def lit_variable(nom: str, entite: Any, loi: str, chemin: str) -> Any:
    variable = whole_system(loi).variables.get(nom)
    if variable is None:
        raise SituationError(f"{chemin}: {inconnue(nom, loi)}.")
    if variable.entity.key != entite.key:
        raise SituationError(f"{chemin}: this variable belongs to {variable.entity.plural}, not to {entite.plural}.")
    return variable


def _lit_valeurs(variable: Any, valeur: Any, mois: Mois, chemin: str) -> dict[str, Any]:
    """The values of a variable by period, each period in one writing."""
    par_periode = valeur if isinstance(valeur, dict) else {periode_de(variable, mois): valeur}
    lues: dict[str, Any] = {}
    for texte, brute in par_periode.items():
        ou = f"{chemin}.{label(texte)}" if par_periode is valeur else chemin
        periode = lit_periode_de(texte, variable, ou)
        if brute is None:  # as OpenFisca does, null says nothing
            continue
        if periode in lues:
            raise SituationError(f"{ou}: this value is given twice.")
        lues[periode] = read_value(variable, brute, ou)
        if variable.name == "depcom":
            check_commune(lues[periode], ou)
    return lues


def periode_de(variable: Any, mois: Mois) -> str:
    """The period of a value that has none: always, the year or the month."""
    if variable.definition_period == "eternity":
        return "ETERNITY"
    return str(mois.annee) if variable.definition_period == "year" else str(mois)


def lit_periode_de(texte: str, variable: Any, chemin: str) -> str:
    """A period in its shortest writing: "month:2013-01:12" is "2013"."""
    periode, faute = _periode_ou_faute(texte, variable)
    if periode is None:
        raise SituationError(f"{chemin}: {faute}.")
    return periode


@functools.lru_cache(maxsize=16_384)
def _periode_ou_faute(texte: str, variable: Any) -> tuple[str | None, str]:
    """The period, or what is wrong."""
    try:
        periode = read_period(texte)
    except (ValueError, TypeError):
        return None, f"{shown(texte)} is not a month (2013-01) or a year (2013)"
    if variable.definition_period == "eternity":
        return "ETERNITY", ""
    mensuelle = not variable.set_input and variable.definition_period == "month"
    faute = (
        "give this value for a month or for a year"
        if periode.unit not in ("month", "year")
        else f"{shown(texte)} is out of reach"
        if not (1900 <= periode.start.year <= DERNIERE_ANNEE and 1 <= periode.size_in_months <= 1200)
        else f"this variable is yearly, give it for a year, such as {periode.start.year}"
        if variable.definition_period == "year" and periode.unit == "month" and not variable.set_input
        else "this variable is monthly, give it for each month"
        if mensuelle and (periode.unit, periode.size) != ("month", 1)
        else ""
    )
    return (None, faute) if faute else (str(periode), "")


def _verifie_groupes(groupes: dict[str, Any], individus: dict[str, Any], pluriel: str, premier_role: str) -> None:
    """Each person in one group, and only one; each group with its first adult."""
    vus: dict[str, str] = {}
    for identifiant, role, membre in _membres(groupes):
        if membre not in individus or membre in vus:
            faute = (
                f"there is no person {shown(membre)} in individus"
                if membre not in individus
                else f"{shown(membre)} is already in {pluriel}.{label(vus[membre])}"
            )
            raise SituationError(f"situation.{pluriel}.{label(identifiant)}.{role}: {faute}.")
        vus[membre] = identifiant
    for membre in individus:
        if membre not in vus:
            raise SituationError(f"situation.{pluriel}: {shown(membre)} is in none.")
    for identifiant, groupe in groupes.items():
        if not groupe.get(premier_role) and not ADULTES.intersection(nom for nom in groupe if groupe[nom]):
            chemin = f"situation.{pluriel}.{label(identifiant)}.{premier_role}"
            raise SituationError(f"{chemin}: name at least one person.")


def _membres(groupes: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for identifiant, groupe in groupes.items():
        for role, membres in groupe.items():
            if isinstance(membres, list):
                yield from ((identifiant, role, membre) for membre in membres)


def _verifie_naissances(propre: dict[str, Any], mois: Mois) -> None:
    """Who holds an adult's role is born by the end of the month."""
    suivant = (mois + 1).premier_jour.isoformat()
    a_naitre = {nom: preuve for nom, personne in propre["individus"].items() if (preuve := _a_naitre(personne, suivant))}
    if not a_naitre:
        return
    for pluriel in PREMIERS_ROLES:
        for identifiant, role, membre in _membres(propre[pluriel]):
            if role in ADULTES and membre in a_naitre:
                raise SituationError(
                    f"situation.{pluriel}.{label(identifiant)}.{role}: {shown(membre)} is born after {mois} "
                    f"(situation.individus.{a_naitre[membre]})."
                )


def _a_naitre(personne: dict[str, Any], suivant: str) -> str | None:
    """The variable which says that `personne` is not born before the day `suivant`."""
    if any(naissance >= suivant for naissance in personne.get("date_naissance", {}).values()):
        return "date_naissance"
    return next((nom for nom in AGES_DITS if any(age < 0 for age in personne.get(nom, {}).values())), None)

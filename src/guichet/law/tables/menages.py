"""Who belongs where: the roles of the persons of a chunk, in their families, tax households and dwellings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from guichet.law import SituationError
from guichet.law.columns import Array, Groups, Shape
from guichet.law.situation import ADULTS
from guichet.law.tables import Ou
from guichet.law.tables.valeurs import en_choix
from guichet.law.values import shown


def shape_of(
    individus: pa.Table,
    rangs: Mapping[str, Array],
    nombres: Mapping[str, int],
    lignes: Mapping[str, int],
    system: TaxBenefitSystem,
) -> Shape:
    """`rangs`: the group of each person; `nombres`: how many groups (both by entity); `lignes`: first rows by table."""
    forme = {}
    for entite in system.group_entities:
        ou = Ou("individus", f"{entite.key}_role", lignes["individus"])
        cles = np.array([role.key for role in entite.flattened_roles])
        try:
            tenus = _roles(en_choix(individus.column(ou.colonne).combine_chunks(), ou), rangs[entite.key], entite, ou)
        except SituationError:
            _verifie_identifiants(individus.column("id").to_pylist(), lignes["individus"])
            raise
        forme[entite.key] = Groups(nombres[entite.key], rangs[entite.key], cles[tenus])
        _verifie_adultes(forme[entite.key], np.isin(cles, list(ADULTS))[tenus], entite, lignes[entite.plural])
    return forme


def _roles(dits: pa.DictionaryArray, rangs: Array, entite: Any, ou: Ou) -> Array:
    """The rank of each person's role; of a role with several names (parent: demandeur, conjoint) the first person has the
    first one that is free."""
    cles = [role.key for role in entite.flattened_roles]
    noms = _noms(entite)
    textes = dits.dictionary.to_pylist()
    codes = np.array(dits.indices.fill_null(-1))
    tenus = np.full(len(codes), -1)
    for code, dit in enumerate(textes):
        if possibles := noms.get(dit):
            if len(possibles) == 1:
                tenus[codes == code] = cles.index(possibles[0])
        elif len(fautives := np.flatnonzero(codes == code)):
            raise SituationError(f"{ou.ligne(fautives[0])}: {shown(dit)} is not one of {', '.join(noms)}.")
    if (codes == -1).any():
        raise SituationError(f"{ou.ligne(np.flatnonzero(codes == -1)[0])}: give the role of this person.")
    for role in entite.roles:
        if role.subroles:
            connus = [code for code, dit in enumerate(textes) if dit in (role.key, role.plural)]
            _distribue(role, np.isin(codes, connus), tenus, rangs, cles, ou)
    for place, role in enumerate(entite.flattened_roles):
        if role.max == 1:
            personnes = np.flatnonzero(tenus == place)
            en_trop = np.delete(personnes, np.unique(rangs[personnes], return_index=True)[1])
            if len(en_trop):
                raise SituationError(f"{ou.ligne(en_trop[0])}: another person of this {entite.key} is {role.key} already.")
    return tenus


def _verifie_identifiants(identifiants: list[Any], premiere: int) -> None:
    """Who is given twice takes a role that is taken: the fault to name is the second row, not its role."""
    vus: dict[Any, int] = {}
    for rang, identifiant in enumerate(identifiants):
        if identifiant is not None and (avant := vus.setdefault(identifiant, rang)) != rang:
            ou = Ou("individus", "id", premiere)
            raise SituationError(f"{ou.ligne(rang)}: {shown(identifiant)} is already on row {premiere + avant}.")


def _noms(entite: Any) -> dict[str, tuple[str, ...]]:
    """What may be written for a role, and the keys that it may mean."""
    noms: dict[str, tuple[str, ...]] = {}
    for role in entite.roles:
        cles = tuple(sous_role.key for sous_role in role.subroles or (role,))
        noms |= {nom: cles for nom in (role.key, role.plural) if nom} | {cle: (cle,) for cle in cles}
    return noms


def _distribue(role: Any, sans_nom: Array, tenus: Array, rangs: Array, cles: list[str], ou: Ou) -> None:
    """Give the names of `role`, in order, to the persons `sans_nom` of each group."""
    for sous_role in role.subroles:
        place = cles.index(sous_role.key)
        candidats = np.flatnonzero(sans_nom & ~np.isin(rangs, rangs[tenus == place]))
        elus = candidats[np.unique(rangs[candidats], return_index=True)[1]]
        tenus[elus] = place
        sans_nom[elus] = False
    if sans_nom.any():
        raise SituationError(
            f"{ou.ligne(np.flatnonzero(sans_nom)[0])}: there are more than {len(role.subroles)} {role.plural} here."
        )


def adultes(groupe: Groups) -> Array:
    """Whether each person holds an adult's role."""
    return np.isin(groupe.roles, list(ADULTS))


def _verifie_adultes(groupe: Groups, adulte: Array, entite: Any, premiere: int) -> None:
    presents = np.bincount(groupe.ranks[adulte], minlength=groupe.count)
    if not presents.all():
        rang = np.flatnonzero(presents == 0)[0]
        premier_role = entite.flattened_roles[0].key
        raise SituationError(
            f"{entite.plural}, row {premiere + int(rang)}, column id: none of its persons is {premier_role} "
            f"(individus, column {entite.key}_role)."
        )

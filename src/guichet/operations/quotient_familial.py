"""The quotient familial that a town asks for, by the pivot identity of an allocataire or of the partner.

What is answered is what was computed (the last `Liquidation` of the month, the one that Mon compte shows), with the
household of the first day of that month, as it was known when it was computed: they agree, and who has left a household
learns nothing of what became of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from guichet.clock import PARIS
from guichet.domain.droits import Prestation
from guichet.domain.faits import Adresse, Genre
from guichet.domain.foyer import Role
from guichet.domain.identite_pivot import IdentitePivot
from guichet.domain.vocabulaire import Mois
from guichet.records import dossiers, faits, grand_livre
from guichet.records.dossiers import Personne

DOSSIERS_LUS = 3
"""One person may have had several files, one after the other; of somebody who has more of them, we do not choose."""
MOIS_LUS = 24
"""How old the last quotient familial may be, when no month is asked for."""
ADULTES = frozenset((Role.DEMANDEUR, Role.CONJOINT))


class AllocataireInconnuError(Exception):
    """Nobody has this identity, or several people do."""


class MoisInconnuError(Exception):
    """No quotient familial is known for the month."""


@dataclass(frozen=True, slots=True)
class QuotientFamilial:
    dossier: int
    valeur: int
    """In whole euros."""
    mois: Mois
    calcule_en: Mois
    allocataires: tuple[Personne, ...]
    enfants: tuple[Personne, ...]
    adresse: Adresse | None


@dataclass(frozen=True, slots=True)
class _Vu:
    """A file, as it was known when the quotient familial of a month was computed; None if it was not."""

    dossier: int
    mois: Mois
    liquidation: grand_livre.Liquidation | None
    roles: Mapping[int, Role]
    adresse: Adresse | None


def quotient_familial(qui: IdentitePivot, mois: Mois | None, le: datetime) -> QuotientFamilial:
    """That of `mois`, or the last one known at the instant `le`. Raises AllocataireInconnuError, MoisInconnuError."""
    designees = [
        personne
        for personne in dossiers.nes_le(qui.naissance)
        if qui.se_nomme(personne.nom, personne.prenoms)
        and personne.sexe in ("", qui.sexe)
        and qui.est_nee(personne.lieu_naissance)
    ]
    ou = {personne.pk: personne.dossier_id for personne in designees}
    if not 0 < len(set(ou.values())) <= DOSSIERS_LUS:
        raise AllocataireInconnuError
    vus = _vus(sorted(set(ou.values())), mois, le)
    adultes = [vus[dossier] for numero, dossier in ou.items() if vus[dossier].roles.get(numero) in ADULTES]
    if len(adultes) != 1:
        raise AllocataireInconnuError
    return _reponse(adultes[0])


def _vus(numeros: list[int], mois: Mois | None, le: datetime) -> dict[int, _Vu]:
    dernier = mois or Mois.de(le.date())
    liquidations = grand_livre.dernieres_liquidations(numeros, mois or dernier - MOIS_LUS, dernier)
    vus = {}
    for dossier in numeros:
        liquidation = liquidations.get(dossier)
        du = Mois.de(liquidation.mois) if liquidation else dernier
        vrais = [connu.fait for connu in faits.du_dossier(dossier, liquidation.connu_le if liquidation else le)]
        ce_jour = [fait for fait in vrais if fait.tient(du.premier_jour)]
        roles = {fait.sujet: fait.valeur.role for fait in ce_jour if fait.genre == Genre.PRESENCE}
        adresse = next((fait.valeur for fait in ce_jour if fait.genre == Genre.ADRESSE), None)
        vus[dossier] = _Vu(dossier, du, liquidation, roles, adresse)
    return vus


def _reponse(vu: _Vu) -> QuotientFamilial:
    valeur = vu.liquidation and vu.liquidation.droits.get(Prestation.QUOTIENT_FAMILIAL)
    if vu.liquidation is None or valeur is None:
        raise MoisInconnuError
    presentes = [p for p in dossiers.personnes_du(vu.dossier) if p.pk in vu.roles]
    allocataires = [p for p in presentes if vu.roles[p.pk] in ADULTES]
    return QuotientFamilial(
        vu.dossier,
        int(Decimal(valeur)),
        vu.mois,
        Mois.de(vu.liquidation.connu_le.astimezone(PARIS).date()),
        tuple(sorted(allocataires, key=lambda p: (vu.roles[p.pk] is Role.CONJOINT, p.pk))),
        tuple(p for p in presentes if vu.roles[p.pk] is Role.ENFANT),
        vu.adresse,
    )

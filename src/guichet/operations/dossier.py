"""The household of a file at a month, as it was known on a day; and the rights that it opens."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from guichet import law
from guichet.domain import effets, faits
from guichet.domain.calendrier import months_after
from guichet.domain.droits import Droit, Prestation, existing
from guichet.domain.faits import Fait, Identite, Regard
from guichet.domain.foyer import Foyer, Nature, Ressource
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.records import dossiers
from guichet.records import faits as connus

SANS_DEMANDE = frozenset(
    (
        *(Prestation.AF, Prestation.CF, Prestation.ARS, Prestation.PAJE_NAISSANCE, Prestation.PAJE_BASE),
        Prestation.QUOTIENT_FAMILIAL,
    )
)
"""What the caisse opens by itself when it knows the household; the others are asked for."""
PAYEES = tuple(prestation for prestation in Prestation if prestation is not Prestation.QUOTIENT_FAMILIAL)
"""The quotient familial is computed with the rights, and paid to nobody."""
AU_QUOTIENT = frozenset(PAYEES) - {Prestation.ARS, Prestation.PAJE_NAISSANCE, Prestation.PAJE_CMG}
"""The benefits of each month that it counts."""
VERSEES_AVANT = {Prestation.RSA: Nature.RSA, Prestation.AAH: Nature.AAH}
"""What was due for the months before is an income that the law reads."""
PAR_ANNEE = frozenset(
    (
        *(Nature.INDEPENDANT, Nature.INVALIDITE, Nature.PENSION_ALIMENTAIRE_RECUE, Nature.PENSION_ALIMENTAIRE_VERSEE),
        *(Nature.REVENUS_FONCIERS, Nature.REVENUS_DU_CAPITAL, Nature.AAH, Nature.RSA),
    )
)
"""Incomes that the housing aid counts by calendar year (CCH, art. R822-3), or that the caisse knows of the month."""
MOIS_RECUS = 4
"""The months before that the law reads."""
MOIS_LUS = MOIS_RECUS + 2
"""Those of the quarter's first month."""

Dus = Mapping[Mois, Mapping[Prestation, Euros | None]]
"""What is due of each month, net of CRDS; None where the law is not known well enough."""
MontantsDeLaLoi = Mapping[Prestation, list[Euros | None]]
Calcul = Callable[[Sequence[Foyer], Mois, Sequence[Prestation]], MontantsDeLaLoi]
"""`law.montants`, or what keeps its answers."""


@dataclass(frozen=True, slots=True)
class Vue:
    """A household under the law of `mois`, and the benefits that it counts for; `fixes` are the amounts already settled."""

    foyer: Foyer | None
    prestations: frozenset[Prestation]
    mois: Mois
    fixes: Mapping[Prestation, Euros | None] | None = None


def vues(
    les_faits: Collection[Fait], identites: Mapping[int, Identite], mois: Mois, dus: Dus, relues: bool = False
) -> list[Vue]:
    """The household that a right of `mois` depends on. Nearly always one; several when something changes within the month,
    or since a quarter began (see `effets`, and `_retenu` for what is due). `dus` is what was due of the months before;
    `relues`: what the first month of a quarter settled is read there, when it is there."""
    trouvees: list[Vue] = []
    du_mois: Foyer | None = None
    demandes = faits.demandes(les_faits, mois)
    du_logement = effets.mois_of_logement_ressources(les_faits, mois, demandes)
    for (vu, loi, regard), concernees in _regards(les_faits, mois, demandes).items():  # `mois` first
        if vu == mois:
            foyer = faits.foyer(les_faits, identites, mois, regard)
            du_mois = du_mois or foyer
            recu = foyer and _avec(foyer, _recues(mois, dus))
            a_part = concernees & {Prestation.AIDE_LOGEMENT} if du_logement != mois else set()
            if a_part:
                trouvees.append(Vue(recu and _ressources_de(recu, du_logement, mois), frozenset(a_part), mois))
            if concernees > a_part:
                trouvees.append(Vue(recu, frozenset(concernees - a_part), mois))
        elif relues and vu == loi and vu in dus and du_mois:
            fixes = {prestation: dus[vu].get(prestation, ZERO) for prestation in concernees}
            trouvees.append(Vue(None, frozenset(concernees), mois, fixes))
        elif du_mois and (foyer := faits.foyer(les_faits, identites, vu, regard)):
            recu = _avec(foyer, _recues(vu, dus))
            trouvees.append(Vue(_decale(recu, loi, vu), frozenset(concernees), loi))
        else:  # a quarter begins and ends with its household
            trouvees.append(Vue(du_mois and _avec(du_mois, _recues(mois, dus)), frozenset(concernees), mois))
    return trouvees


def _regards(
    les_faits: Collection[Fait], mois: Mois, demandes: Mapping[Prestation, Mois]
) -> dict[tuple[Mois, Mois, Regard], set[Prestation]]:
    """How the household is looked at for a right of `mois`: as that of which month, under the law of which one, how, for
    which benefits."""
    trouves: dict[tuple[Mois, Mois, Regard], set[Prestation]] = {}
    # Those that may be due: the law knows them, and they were asked for where they must be.
    prestations = existing(SANS_DEMANDE | demandes.keys(), mois)
    for vu, concernees in effets.mois_looked_at(les_faits, prestations, mois, demandes).items():
        change = effets.changes_within(les_faits, vu)
        du_premier = Regard.of_day(vu.first_day)
        if vu == mois and not change:
            trouves[mois, mois, du_premier] = concernees
            continue
        separation = change and effets.separation(les_faits, vu)
        for prestation in concernees:
            loi = mois if vu == mois else _loi(prestation, vu, mois)
            for regard in effets.regards(prestation, vu, separation) if change else (du_premier,):
                trouves.setdefault((vu, loi, regard), set()).add(prestation)
    return trouves


@functools.cache
def _loi(prestation: Prestation, vu: Mois, mois: Mois) -> Mois:
    """The month whose law settles, for a right of `mois`, what is looked at in `vu`: that of the last new rates."""
    for chaque in reversed(list((vu + 1).until(mois))):
        if law.chiffres(prestation, chaque) != law.chiffres(prestation, chaque - 1):
            return chaque
    return vu


def montants_gardes(foyers: Sequence[Foyer], mois: Mois, prestations: Sequence[Prestation]) -> MontantsDeLaLoi:
    """`law.montants`, kept for the next pages of who reads theirs."""
    return _gardes(tuple(foyers), mois, tuple(prestations))


@functools.lru_cache(maxsize=1024)
def _gardes(foyers: tuple[Foyer, ...], mois: Mois, prestations: tuple[Prestation, ...]) -> MontantsDeLaLoi:
    return law.montants(foyers, mois, prestations)


def montants(
    les_vues: Sequence[Sequence[Vue]], mois: Mois, de_la_loi: Calcul = law.montants
) -> list[dict[Prestation, Euros | None]]:
    """What is due to each file, seen as `les_vues` say, of each of its benefits; and its quotient familial, on that."""
    calcules = {}
    for loi in {mois, *(vue.mois for chaque in les_vues for vue in chaque)}:
        foyers = [vue.foyer for chaque in les_vues for vue in chaque if vue.mois == loi and vue.foyer is not None]
        prestations = existing(PAYEES if loi == mois else effets.QUARTERLY, loi)
        calcules[loi] = _par_foyer(de_la_loi(foyers, loi, prestations))
    trouves = []
    for chaque in les_vues:
        dus: dict[Prestation, Euros | None] = {}
        for vue in chaque:
            rien = dict.fromkeys(vue.prestations, ZERO)
            calcule = vue.fixes or (rien if vue.foyer is None else next(calcules[vue.mois]))
            for prestation in vue.prestations & calcule.keys():
                montant = calcule[prestation]
                dus[prestation] = _retenu(prestation, dus[prestation], montant) if prestation in dus else montant
        trouves.append(dus)
    _ajoute_les_quotients(les_vues, trouves, mois)
    return trouves


def _ajoute_les_quotients(
    les_vues: Sequence[Sequence[Vue]], les_dus: Sequence[dict[Prestation, Euros | None]], mois: Mois
) -> None:
    """What was not asked for, and so is not due, does not count. Of several looks, the lesser is kept."""
    regardes: list[tuple[dict[Prestation, Euros | None], Foyer, Euros]] = []
    for chaque, dus in zip(les_vues, les_dus, strict=True):
        foyers = [vue.foyer for vue in chaque if Prestation.QUOTIENT_FAMILIAL in vue.prestations]
        comptes = [dus.get(prestation, ZERO) for prestation in AU_QUOTIENT]
        connus = [montant for montant in comptes if montant is not None]
        if None in foyers:
            dus[Prestation.QUOTIENT_FAMILIAL] = ZERO
        elif len(connus) < len(comptes):
            dus[Prestation.QUOTIENT_FAMILIAL] = None
        else:
            regardes += [(dus, foyer, sum(connus, ZERO)) for foyer in foyers if foyer is not None]
    trouves = law.quotients([foyer for _, foyer, _ in regardes], mois, [somme for _, _, somme in regardes])
    for (dus, _, _), quotient in zip(regardes, trouves, strict=True):
        deja = dus.get(Prestation.QUOTIENT_FAMILIAL)
        dus[Prestation.QUOTIENT_FAMILIAL] = quotient if deja is None else min(deja, quotient)


def _par_foyer(calcules: Mapping[Prestation, list[Euros | None]]) -> Iterator[dict[Prestation, Euros | None]]:
    for montants in zip(*calcules.values(), strict=True):
        yield dict(zip(calcules, montants, strict=True))


def droits(dossier: int, mois: Mois, connu_le: datetime, dus: Dus) -> list[Droit]:
    """The rights of `mois` with their lines, on the facts known at `connu_le`; `dus` is what was due before."""
    les_faits = [connu.fait for connu in connus.du_dossier(dossier, connu_le)]
    return droits_de(les_faits, identites(dossier), mois, dus)


def identites(dossier: int) -> Mapping[int, Identite]:
    trouvees: dict[int, Identite] = dossiers.personnes([dossier])[dossier]
    return trouvees


def droits_de(les_faits: Collection[Fait], identites: Mapping[int, Identite], mois: Mois, dus: Dus) -> list[Droit]:
    """The rights of `mois` with their lines; those of which a look finds nobody are not due (see `montants`)."""
    trouves: dict[Prestation, Droit] = {}
    nuls: set[Prestation] = set()
    for vue in vues(les_faits, identites, mois, dus):
        if vue.foyer is None:
            nuls |= vue.prestations
        else:
            tous = _tous_les_droits(vue.foyer, vue.mois)
            for trouve in (droit for droit in tous if droit.prestation in vue.prestations):
                droit = trouve if vue.mois == mois else replace(trouve, mois=mois)
                autre = trouves.get(droit.prestation)
                if autre is None or autre.montant != _retenu(droit.prestation, autre.montant, droit.montant):
                    trouves[droit.prestation] = droit
    return [trouves[prestation] for prestation in Prestation if prestation in trouves and prestation not in nuls]


@functools.lru_cache(maxsize=256)
def _tous_les_droits(foyer: Foyer, mois: Mois) -> tuple[Droit, ...]:
    """Whatever was asked for: one program of the law serves all files. Kept for the next pages of who reads theirs."""
    return tuple(law.droits([foyer], mois)[0])


def _retenu(prestation: Prestation, un: Euros | None, autre: Euros | None) -> Euros | None:
    """Of what two looks open: the lesser, or the greater for what is settled for a quarter. Unknown as soon as one of them
    is."""
    if un is None or autre is None:
        return None
    return max(un, autre) if prestation in effets.QUARTERLY else min(un, autre)


def _decale(foyer: Foyer, mois: Mois, de: Mois) -> Foyer:
    """The household of `de` for the law of `mois`: what was received is as far, and who was not born is not."""
    if mois == de:
        return foyer
    ecart = mois.months_since(de)
    personnes = []
    for personne in foyer.personnes:
        naissance = personne.naissance
        if naissance > de.first_day:
            naissance = months_after(naissance, ecart)
        ressources = tuple(_plus_tard(ressource, ressource.au, ecart) for ressource in personne.ressources)
        personnes.append(replace(personne, ressources=ressources, naissance=naissance))
    return replace(foyer, personnes=tuple(personnes))


def _ressources_de(foyer: Foyer, premier: Mois, mois: Mois) -> Foyer:
    """The household with the incomes that the housing aid of `premier` saw, as far from `mois`; those that it counts by
    year are of the same years."""
    ecart = mois.months_since(premier)
    personnes = []
    for personne in foyer.personnes:
        de_l_annee = (r for r in personne.ressources if r.nature in PAR_ANNEE)
        vues = (r for r in personne.ressources if r.nature not in PAR_ANNEE and r.du <= premier)
        du_mois = (_plus_tard(r, min(r.au, premier), ecart) for r in vues)
        personnes.append(replace(personne, ressources=(*de_l_annee, *du_mois)))
    return replace(foyer, personnes=tuple(personnes))


def _plus_tard(ressource: Ressource, au: Mois, mois: int) -> Ressource:
    """An income until `au`, some months later."""
    return Ressource(ressource.nature, ressource.mensuel, ressource.du + mois, au + mois, ressource.imposable)


def _recues(mois: Mois, dus: Dus) -> tuple[tuple[Nature, Mois, Decimal], ...]:
    return tuple(
        (nature, avant, montant)
        for avant in (mois - MOIS_RECUS).until(mois - 1)
        for prestation, nature in VERSEES_AVANT.items()
        if (montant := dus.get(avant, {}).get(prestation))
    )


def _avec(foyer: Foyer, recues: Sequence[tuple[Nature, Mois, Decimal]]) -> Foyer:
    """The AAH goes to who has a recognised disability, the RSA to the claimant."""
    if not recues:
        return foyer
    personnes = list(foyer.personnes)
    for nature, mois, montant in recues:
        aah = nature is Nature.AAH
        rang = next((rang for rang, personne in enumerate(personnes) if aah and personne.handicap), 0)
        recue = Ressource(nature, montant, mois, mois)
        personnes[rang] = replace(personnes[rang], ressources=(*personnes[rang].ressources, recue))
    return replace(foyer, personnes=tuple(personnes))

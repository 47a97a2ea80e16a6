"""What has become other in a file: because it was learnt since, or because its day has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from guichet.domain.faits import AU_PLUS_TARD, LE_FOYER, RESSOURCES, Fait, Genre, Montant, Presence
from guichet.domain.vocabulaire import ZERO, Euros, Mois

REVENUS = frozenset(RESSOURCES.values())


class Changement(NamedTuple):
    """From `jour` on, what is true of `sujet` is `apres`, and no longer `avant`; None is nothing."""

    genre: int
    sujet: int
    jour: date
    avant: Any
    apres: Any


_Histoire = Mapping[tuple[int, int], list[Fait]]


def appris(sus: Iterable[Fait], lus: Iterable[Fait], fin: date) -> Iterator[Changement]:
    """What is known (`lus`) and is not what was known (`sus`): of each thing, the first day before `fin` that differs.

    Why somebody left is no difference, nor are the days on which they were not there, then or now.
    """
    alors, maintenant = _histoire(sus), _histoire(lus)
    for cle in dict.fromkeys((*maintenant, *alors)):
        jours = {jour for histoire in (alors, maintenant) for jour in _jours(histoire, cle) if jour < fin}
        for jour in sorted(jours):
            avant, apres = _valeur(alors, cle, jour), _valeur(maintenant, cle, jour)
            if avant != apres and _compte(alors, cle, jour) and _compte(maintenant, cle, jour):
                yield Changement(*cle, jour, avant, apres)
                break


def survenus(lus: Iterable[Fait], debut: date, fin: date) -> Iterator[Changement]:
    """What becomes other on a day after `debut`, `fin` at the latest, while those whom it is about are there."""
    histoire = _histoire(lus)
    for cle in histoire:
        for jour in sorted({jour for jour in _jours(histoire, cle) if debut < jour <= fin}):
            veille = jour - timedelta(days=1)
            avant, apres = _valeur(histoire, cle, veille), _valeur(histoire, cle, jour)
            if avant != apres and _compte(histoire, cle, veille) and _compte(histoire, cle, jour):
                yield Changement(*cle, jour, avant, apres)


def revenus(lus: Iterable[Fait], du: Mois, au: Mois, jour: date) -> dict[tuple[int, int], Euros]:
    """What those who are there on `jour` received from the month `du` to the month `au`, by kind and person."""
    histoire = _histoire(lus)
    recus: dict[tuple[int, int], Euros] = {}
    for cle, siens in histoire.items():
        if cle[0] in REVENUS and _compte(histoire, cle, jour):
            total = sum((fait.valeur.mensuel * _mois_communs(fait, du, au) for fait in siens), ZERO)
            if total:
                recus[cle] = total
    return recus


def _mois_communs(fait: Fait, du: Mois, au: Mois) -> int:
    premier = max(du, Mois.de(fait.du))
    dernier = au if fait.avant == AU_PLUS_TARD else min(au, Mois.de(fait.avant) - 1)
    return max(dernier.ecart(premier) + 1, 0)


def _histoire(faits: Iterable[Fait]) -> _Histoire:
    histoire: defaultdict[tuple[int, int], list[Fait]] = defaultdict(list)
    for fait in faits:
        histoire[fait.genre, fait.sujet].append(fait)
    return histoire


def _jours(histoire: _Histoire, cle: tuple[int, int]) -> Iterator[date]:
    """Those on which something may become other: of the thing, of the presence of whom it is about."""
    for fait in (*histoire.get(cle, ()), *histoire.get((Genre.PRESENCE, cle[1]), ())):
        yield fait.du
        yield fait.avant


def _valeur(histoire: _Histoire, cle: tuple[int, int], jour: date) -> Any:
    valeur = next((fait.valeur for fait in histoire.get(cle, ()) if fait.tient(jour)), None)
    if isinstance(valeur, Presence):
        return replace(valeur, motif="")
    return None if isinstance(valeur, Montant) and not valeur.mensuel and not valeur.imposable else valeur


def _compte(histoire: _Histoire, cle: tuple[int, int], jour: date) -> bool:
    """What somebody is or receives counts while they are there."""
    genre, sujet = cle
    if genre == Genre.PRESENCE or sujet == LE_FOYER:
        return True
    return any(presence.tient(jour) for presence in histoire.get((Genre.PRESENCE, sujet), ()))

"""The keys change: what is kept closed is opened, and closed again under the first one, a little at a time.

The site goes on: it opens with all the keys, and finds by all of them. Once this is done the old key can be taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, models, transaction

from guichet.domain.faits import SENSITIVE
from guichet.records import coffre
from guichet.records.acces import Compte
from guichet.records.courriels import Courriel
from guichet.records.dossiers import Personne
from guichet.records.faits import Fait

LIGNES = 500


def change(avance: Callable[[int], None] = lambda nombre: None) -> int:
    """Close everything again under the first key; how many rows. Stopped, it can be done again. Raises CoffreFermeError
    when no key opens something."""
    total = 0
    for lignes, referme, champs in _fermees():
        for lot in _lots(lignes):
            with transaction.atomic():
                # Facts never change, but for the keys of what they hold (see migration 0003).
                connection.cursor().execute("SET LOCAL guichet.cles = 'on'")
                refermes = list(lignes.model.objects.select_for_update().filter(pk__in=lot))
                for ligne in refermes:
                    referme(ligne)
                lignes.model.objects.bulk_update(refermes, champs)
            total += len(lot)
            avance(len(lot))
    return total


def a_refermer() -> int:
    """How many rows hold something closed."""
    return sum(lignes.count() for lignes, _, _ in _fermees())


def _fermees() -> tuple[tuple[models.QuerySet[Any], Callable[[Any], None], list[str]], ...]:
    """All that is kept closed: the rows, how one is closed again, the columns that this writes."""
    return (
        (Personne.objects.exclude(nir_chiffre=""), _personne, ["nir_chiffre", "nir_empreinte"]),
        (Compte.objects.exclude(totp_chiffre=""), _compte, ["totp_chiffre"]),
        (Courriel.objects.all(), _courriel, ["cible_chiffree"]),
        (Fait.objects.filter(genre__in=SENSITIVE), _fait, ["valeur"]),
    )


def _lots(lignes: models.QuerySet[Any]) -> Iterable[list[int]]:
    dernier = 0
    while lot := list(lignes.filter(pk__gt=dernier).order_by("pk").values_list("pk", flat=True)[:LIGNES]):
        yield lot
        dernier = lot[-1]


def _personne(personne: Personne) -> None:
    personne.nir = personne.nir


def _compte(compte: Compte) -> None:
    compte.totp_chiffre = coffre.referme(compte.totp_chiffre)


def _courriel(courriel: Courriel) -> None:
    courriel.cible_chiffree = coffre.referme(courriel.cible_chiffree)


def _fait(fait: Fait) -> None:
    fait.valeur |= {nom: coffre.referme(fait.valeur[nom]) for nom in SENSITIVE[fait.genre]}

"""Whom FranceConnect names: the account of the one adult of our files who has this pivot identity.

Never by an e-mail address, which may be shared or given to somebody else. The alias of a person at FranceConnect (`sub`) is
kept hashed: who was matched once is still known after a name has changed on one side. It cannot be hashed again without the
person: once keys have changed, it is at the next login.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from guichet.domain.identite_pivot import FRANCE, IdentitePivot
from guichet.records import acces, vault
from guichet.records.acces import Compte


class NotRecognisedError(Exception):
    """The person is nobody of our files, or might be several of them: `several`."""

    def __init__(self, several: bool = False) -> None:
        super().__init__()
        self.several = several


def compte(sub: str, pivot: IdentitePivot | None) -> Compte:
    """The account of this person, opened if it was not. Raises NotRecognisedError."""
    alias = f"franceconnect/{sub}"
    try:
        return _match(pivot, vault.fingerprint(alias))
    except NotRecognisedError:
        open_ones = Compte.objects.select_related("dossier").filter(ferme_le=None)
        known: Compte | None = open_ones.filter(alias_empreinte__in=vault.fingerprints(alias)).order_by("-pk").first()
        if known is None:
            raise
        return known


def _match(pivot: IdentitePivot | None, fingerprint: str) -> Compte:
    """The account of the only one who has all of this identity: what a file does not know proves nothing."""
    place = "" if pivot is None else pivot.commune if pivot.pays == FRANCE else pivot.pays
    if pivot is None or not (place and pivot.sexe):
        raise NotRecognisedError
    born = acces.personnes().filter(naissance=pivot.naissance, sexe=pivot.sexe, lieu_naissance=place)
    found = [p for p in born.filter(acces.is_adult()) if pivot.is_named(p.nom, p.prenoms)]
    if len(found) != 1:
        raise NotRecognisedError(several=bool(found))
    known: Compte | None = getattr(found[0], "compte", None)
    is_up_to_date = known is not None and known.is_active and known.alias_empreinte == fingerprint
    compte = acces.open_compte(found[0])
    if not is_up_to_date:
        compte.alias_empreinte = fingerprint
        compte = _save(compte)
    return compte


def _save(compte: Compte) -> Compte:
    changed = ["password", "dossier", "ferme_le", "alias_empreinte"] if compte.pk else None
    try:
        with transaction.atomic():
            compte.save(update_fields=changed)
    except IntegrityError:  # another tab has just opened it
        compte = Compte.objects.select_related("dossier").get(personne=compte.personne_id)
    return compte

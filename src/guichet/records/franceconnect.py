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


class NonReconnueError(Exception):
    """The person is nobody of our files, or might be several of them: `plusieurs`."""

    def __init__(self, plusieurs: bool = False) -> None:
        super().__init__()
        self.plusieurs = plusieurs


def compte(sub: str, pivot: IdentitePivot | None) -> Compte:
    """The account of this person, opened if it was not. Raises NonReconnueError."""
    alias = f"franceconnect/{sub}"
    try:
        return _rattache(pivot, vault.fingerprint(alias))
    except NonReconnueError:
        ouverts = Compte.objects.select_related("dossier").filter(ferme_le=None)
        connu: Compte | None = ouverts.filter(alias_empreinte__in=vault.fingerprints(alias)).order_by("-pk").first()
        if connu is None:
            raise
        return connu


def _rattache(pivot: IdentitePivot | None, empreinte: str) -> Compte:
    """The account of the only one who has all of this identity: what a file does not know proves nothing."""
    lieu = "" if pivot is None else pivot.commune if pivot.pays == FRANCE else pivot.pays
    if pivot is None or not (lieu and pivot.sexe):
        raise NonReconnueError
    nees = acces.personnes().filter(naissance=pivot.naissance, sexe=pivot.sexe, lieu_naissance=lieu)
    trouvees = [p for p in nees.filter(acces.est_adulte()) if pivot.is_named(p.nom, p.prenoms)]
    if len(trouvees) != 1:
        raise NonReconnueError(plusieurs=bool(trouvees))
    connu: Compte | None = getattr(trouvees[0], "compte", None)
    est_a_jour = connu is not None and connu.is_active and connu.alias_empreinte == empreinte
    compte = acces.ouvre(trouvees[0])
    if not est_a_jour:
        compte.alias_empreinte = empreinte
        compte = _garde(compte)
    return compte


def _garde(compte: Compte) -> Compte:
    modifies = ["password", "dossier", "ferme_le", "alias_empreinte"] if compte.pk else None
    try:
        with transaction.atomic():
            compte.save(update_fields=modifies)
    except IntegrityError:  # another tab has just opened it
        compte = Compte.objects.select_related("dossier").get(personne=compte.personne_id)
    return compte

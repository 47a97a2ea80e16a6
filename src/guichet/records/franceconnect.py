"""Whom FranceConnect names: the account of the one adult of our files who has this pivot identity.

Never by an e-mail address, which may be shared or given to somebody else. The alias of a person at FranceConnect (`sub`) is
kept hashed: who was matched once is still known after a name has changed on one side.
"""

from __future__ import annotations

from django.db import transaction

from guichet.domain.identite_pivot import FRANCE, IdentitePivot
from guichet.records import acces, coffre
from guichet.records.acces import Compte
from guichet.records.dossiers import Personne


class NonReconnueError(Exception):
    """The person is nobody of our files, or might be several of them: `plusieurs`."""

    def __init__(self, plusieurs: bool = False) -> None:
        super().__init__()
        self.plusieurs = plusieurs


def compte(sub: str, pivot: IdentitePivot | None) -> Compte:
    """The account of this person, opened if it was not. Raises NonReconnueError."""
    alias = f"franceconnect/{sub}"
    try:
        return _rattache(_personne(pivot), alias)
    except NonReconnueError:
        ouverts = Compte.objects.select_related("dossier").filter(ferme_le=None)
        connu: Compte | None = ouverts.filter(alias_empreinte__in=coffre.empreintes(alias)).first()
        if connu is None:
            raise
        return connu


def _personne(pivot: IdentitePivot | None) -> Personne:
    """The only one who has all of this identity: what a file does not know proves nothing."""
    lieu = "" if pivot is None else pivot.commune if pivot.pays == FRANCE else pivot.pays
    if pivot is None or not (lieu and pivot.sexe):
        raise NonReconnueError
    nees = acces.personnes().filter(naissance=pivot.naissance, sexe=pivot.sexe, lieu_naissance=lieu)
    trouvees = [p for p in nees.filter(acces.est_adulte()) if pivot.se_nomme(p.nom, p.prenoms)]
    if len(trouvees) != 1:
        raise NonReconnueError(plusieurs=bool(trouvees))
    return trouvees[0]


def _rattache(personne: Personne, alias: str) -> Compte:
    """The account of this person, which has this alias, and no other account has."""
    connu: Compte | None = getattr(personne, "compte", None)
    if connu and connu.is_active and connu.alias_empreinte == coffre.empreinte(alias):
        return connu
    with transaction.atomic():
        verrouillee = acces.personnes().select_for_update(of=("self",)).get(pk=personne.pk)  # two tabs open one account
        Compte.objects.filter(alias_empreinte__in=coffre.empreintes(alias)).update(alias_empreinte="")
        ouvert = acces.ouvre(verrouillee)
        ouvert.alias_empreinte = coffre.empreinte(alias)
        ouvert.save()
    return ouvert

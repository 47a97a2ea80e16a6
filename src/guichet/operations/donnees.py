"""All that the file holds on somebody, for that person: who they are, the facts and their history, rights, payments,
letters, questions.

Of the other adults, their name and that they live there, no more. The NIR and the account are given after a second factor
alone. Nobody's else account is ever given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from guichet import clock
from guichet.domain.courriers.courrier import Liste, Paragraphe, Tableau, Titre
from guichet.domain.faits import AU_PLUS_TARD, DEMANDES, RESSOURCES, SENSIBLES, Genre, Source
from guichet.domain.foyer import Role
from guichet.domain.vocabulaire import Mois
from guichet.records import courriers, vault
from guichet.records.acces import Compte
from guichet.records.courriers import Courrier
from guichet.records.faits import Fait
from guichet.records.grand_livre import Beneficiaire, Ecriture, Indu, Liquidation, Nature, Statut
from guichet.records.saisines import Message

_NOMS: dict[int, str] = {
    **{genre.value: genre.name.lower() for genre in Genre},
    **{numero: f"ressource_{nature.value}" for nature, numero in RESSOURCES.items()},
    **{numero: f"demande_{prestation.value}" for prestation, numero in DEMANDES.items()},
}
GENRES = {nom: genre for genre, nom in _NOMS.items()}
"""The kind of facts that each name is of."""
LE_FOYER_ENTIER = "le foyer"
"""Whom a fact is about, when that is nobody in particular."""
_DU_TITULAIRE = frozenset((Genre.COMPTE_BANCAIRE, Genre.BAILLEUR, Genre.COORDONNEES))
"""What is said of the household, and is the allocataire's."""

Donnees = dict[str, Any]


def donnees(compte: Compte, secrets: bool = False) -> Donnees:
    """As JSON has it. `secrets`: with the NIR and the account of who asks."""
    du_foyer = compte.est_du_foyer
    lus = list(Fait.objects.filter(dossier=compte.dossier_id).select_related("personne").order_by("pk"))
    enfants = _enfants(lus)
    trouvees: Donnees = {
        "etabli_le": clock.now().isoformat(timespec="seconds"),
        "dossier": {"caisse": str(compte.dossier.caisse), "numero_d_allocataire": compte.dossier.matricule},
        "vous": _vous(compte, secrets),
        "compte": {
            "ouvert_le": _instant(compte.ouvert_le),
            "au_nom_de_l_allocataire": compte.titulaire,
            "codes_par_une_application": bool(compte.totp_chiffre),
        },
        "foyer": _foyer(compte, lus) if du_foyer else [],
        "faits": [_fait(compte, fait, secrets) for fait in lus if _visible(compte, fait, du_foyer, enfants)],
        "courriers": [_courrier(courrier) for courrier in courriers.du_compte(compte)],
        "questions_et_contestations": _saisines(compte),
    }
    return trouvees | (_argent(compte.dossier_id) if du_foyer else {})


def _vous(compte: Compte, secrets: bool) -> Donnees:
    qui = compte.personne
    dites = {
        "nom": qui.nom,
        "prenoms": qui.prenoms,
        "sexe": qui.sexe,
        "naissance": qui.naissance.isoformat(),
        "lieu_de_naissance": qui.lieu_naissance,
    }
    return dites | ({"numero_de_securite_sociale": str(qui.nir or "")} if secrets else {})


def _foyer(compte: Compte, lus: list[Fait]) -> list[Donnees]:
    autres = {fait.personne_id: fait.personne for fait in lus if fait.personne_id not in (None, compte.personne_id)}
    return [{"nom": qui.nom, "prenoms": qui.prenoms} for qui in autres.values()]


def _enfants(lus: list[Fait]) -> dict[int | None, date]:
    """The children, each with the first day on which they are in the household no more."""
    presences = [fait for fait in lus if fait.genre == Genre.PRESENCE and fait.valeur["role"] == Role.ENFANT]
    fins: dict[int | None, list[date]] = {fait.personne_id: [] for fait in presences}
    for fait in presences:
        if fait.connu.upper is None:
            fins[fait.personne_id].append(fait.valide.upper or AU_PLUS_TARD)
    return {qui: max(siennes, default=AU_PLUS_TARD) for qui, siennes in fins.items()}


def _visible(compte: Compte, fait: Fait, du_foyer: bool, enfants: dict[int | None, date]) -> bool:
    if fait.personne_id == compte.personne_id:
        return True
    if not du_foyer:
        return False
    if fait.personne_id is None:
        return compte.titulaire or fait.genre not in _DU_TITULAIRE
    return fait.genre == Genre.PRESENCE or (fait.valide.lower or date.min) < enfants.get(fait.personne_id, date.min)


def _fait(compte: Compte, fait: Fait, secrets: bool) -> Donnees:
    valeur = dict(fait.valeur)
    for nom in SENSIBLES.get(fait.genre, ()):
        if not (secrets and fait.genre == Genre.COMPTE_BANCAIRE):
            del valeur[nom]
        else:
            valeur[nom] = vault.decrypt(valeur[nom])
    qui = fait.personne
    return {
        "quoi": _NOMS.get(fait.genre, str(fait.genre)),
        "qui": LE_FOYER_ENTIER if qui is None else f"{qui.prenoms} {qui.nom}",
        "valeur": valeur,
        "vrai_du": _jour(fait.valide.lower),
        "vrai_avant_le": _jour(fait.valide.upper),
        "connu_du": _instant(fait.connu.lower),
        "connu_jusqu_au": _instant(fait.connu.upper),
        "source": Source(fait.source).name.lower(),
    }


def _argent(dossier: int) -> Donnees:
    lignes = Ecriture.objects.filter(dossier=dossier).select_related("ordre", "echeance").order_by("pk")
    liquidations = Liquidation.objects.filter(dossier=dossier).order_by("mois", "connu_le")
    return {
        "droits": [
            {"mois": str(Mois.de(de.mois)), "calcule_le": _instant(de.connu_le), "montants": de.droits}
            for de in liquidations
        ],
        "comptes": [_ecriture(ligne) for ligne in lignes],
        "trop_percus": [
            {
                "mois": str(Mois.de(indu.mois)),
                "prestation": indu.prestation,
                "montant": str(indu.montant),
                "dit_le": _jour(indu.notifie_le),
                "retenu_des_le": _jour(indu.retenir_des),
                "retenue_par_mois": None if indu.mensualite is None else str(indu.mensualite),
                "suspendu": indu.suspendu,
            }
            for indu in Indu.objects.filter(dossier=dossier).order_by("pk")
        ],
    }


def _ecriture(ligne: Ecriture) -> Donnees:
    dite: Donnees = {
        "mois": str(Mois.de(ligne.mois)),
        "prestation": ligne.prestation,
        "nature": Nature(ligne.nature).label,
        "montant": str(ligne.montant),
        "inscrit_le": _instant(ligne.le),
        "jour_de_paie": _jour(ligne.echeance.jour) if ligne.echeance_id else None,
    }
    if ligne.ordre_id:
        dite["virement"] = {
            "a": Beneficiaire(ligne.ordre.beneficiaire).label,
            "etat": Statut(ligne.ordre.statut).label,
            "motif_de_la_banque": ligne.ordre.motif,
        }
    return dite


def _courrier(courrier: Courrier) -> Donnees:
    return {
        "envoye_le": _instant(courrier.envoye_le),
        "lu_le": _instant(courrier.lu_le),
        "objet": courrier.objet,
        "texte": list(_textes(courrier)),
    }


def _textes(courrier: Courrier) -> Iterator[str]:
    for bloc in courrier.lettre.corps:
        match bloc:
            case Titre(texte) | Paragraphe(texte):
                yield texte
            case Liste(elements):
                yield from elements
            case Tableau(entetes, lignes, total):
                yield from (" | ".join(ligne) for ligne in (entetes, *lignes, total) if ligne)


def _saisines(compte: Compte) -> list[Donnees]:
    messages = Message.objects.filter(Q(saisine__personne=compte.personne_id)).select_related("saisine").order_by("pk")
    trouvees: dict[int, Donnees] = {}
    for message in messages:
        sienne = trouvees.setdefault(
            message.saisine_id,
            {"genre": message.saisine.genre, "recue_le": _instant(message.saisine.recue_le), "messages": []},
        )
        sienne["messages"].append({"de": message.auteur, "le": _instant(message.le), "texte": message.texte})
    return list(trouvees.values())


def _jour(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None


def _instant(instant: datetime | None) -> str | None:
    return instant.astimezone(clock.PARIS).isoformat(timespec="seconds") if instant else None

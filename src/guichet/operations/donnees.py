"""All that the file holds on somebody, for that person: who they are, the facts and their history, rights, payments,
letters, questions.

Of the other adults, their name and that they live there, no more. The NIR and the account are given after a second factor
alone. Nobody else's account is ever given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from guichet import clock
from guichet.domain.comptes import Beneficiaire
from guichet.domain.courriers.courrier import Liste, Paragraphe, Tableau, Titre
from guichet.domain.faits import DEMANDES, OPEN_END, RESSOURCES, SENSITIVE, Genre, Source
from guichet.domain.foyer import Role
from guichet.domain.vocabulaire import Mois
from guichet.records import courriers, vault
from guichet.records.acces import Compte
from guichet.records.courriers import Courrier
from guichet.records.faits import Fait
from guichet.records.grand_livre import Ecriture, Indu, Liquidation, Nature, Statut
from guichet.records.saisines import Message

_NAMES: dict[int, str] = {
    **{genre.value: genre.name.lower() for genre in Genre},
    **{number: f"ressource_{nature.value}" for nature, number in RESSOURCES.items()},
    **{number: f"demande_{prestation.value}" for prestation, number in DEMANDES.items()},
}
GENRES = {name: genre for genre, name in _NAMES.items()}
"""The kind of facts that each name is of."""
WHOLE_FOYER = "le foyer"
"""Whom a fact is about, when that is nobody in particular."""
_OF_TITULAIRE = frozenset((Genre.COMPTE_BANCAIRE, Genre.BAILLEUR, Genre.COORDONNEES))
"""What is said of the household, and is the allocataire's."""

Donnees = dict[str, Any]


def donnees(compte: Compte, secrets: bool = False) -> Donnees:
    """All that is held on the holder of an account, as JSON has it. `secrets`: with their NIR and their bank account."""
    in_foyer = compte.is_in_foyer
    known = list(Fait.objects.filter(dossier=compte.dossier_id).select_related("personne").order_by("pk"))
    enfants = _enfants(known)
    found: Donnees = {
        "etabli_le": clock.now().isoformat(timespec="seconds"),
        "dossier": {"caisse": str(compte.dossier.caisse), "numero_d_allocataire": compte.dossier.matricule},
        "vous": _you(compte, secrets),
        "compte": {
            "ouvert_le": _instant(compte.ouvert_le),
            "au_nom_de_l_allocataire": compte.titulaire,
            "codes_par_une_application": bool(compte.totp_chiffre),
        },
        "foyer": _foyer(compte, known) if in_foyer else [],
        "faits": [_fait(compte, fait, secrets) for fait in known if _visible(compte, fait, in_foyer, enfants)],
        "courriers": [_courrier(courrier) for courrier in courriers.of_compte(compte)],
        "questions_et_contestations": _saisines(compte),
    }
    return found | (_money(compte.dossier_id) if in_foyer else {})


def _you(compte: Compte, secrets: bool) -> Donnees:
    who = compte.personne
    told = {
        "nom": who.nom,
        "prenoms": who.prenoms,
        "sexe": who.sexe,
        "naissance": who.naissance.isoformat(),
        "lieu_de_naissance": who.lieu_naissance,
    }
    return told | ({"numero_de_securite_sociale": str(who.nir or "")} if secrets else {})


def _foyer(compte: Compte, known: list[Fait]) -> list[Donnees]:
    others = {fait.personne_id: fait.personne for fait in known if fait.personne_id not in (None, compte.personne_id)}
    return [{"nom": who.nom, "prenoms": who.prenoms} for who in others.values()]


def _enfants(known: list[Fait]) -> dict[int | None, date]:
    """The children, each with the first day on which they are in the household no more."""
    presences = [fait for fait in known if fait.genre == Genre.PRESENCE and fait.valeur["role"] == Role.ENFANT]
    ends: dict[int | None, list[date]] = {fait.personne_id: [] for fait in presences}
    for fait in presences:
        if fait.connu.upper is None:
            ends[fait.personne_id].append(fait.valide.upper or OPEN_END)
    return {who: max(own, default=OPEN_END) for who, own in ends.items()}


def _visible(compte: Compte, fait: Fait, in_foyer: bool, enfants: dict[int | None, date]) -> bool:
    if fait.personne_id == compte.personne_id:
        return True
    if not in_foyer:
        return False
    if fait.personne_id is None:
        return compte.titulaire or fait.genre not in _OF_TITULAIRE
    return fait.genre == Genre.PRESENCE or (fait.valide.lower or date.min) < enfants.get(fait.personne_id, date.min)


def _fait(compte: Compte, fait: Fait, secrets: bool) -> Donnees:
    value = dict(fait.valeur)
    for name in SENSITIVE.get(fait.genre, ()):
        if not (secrets and fait.genre == Genre.COMPTE_BANCAIRE):
            del value[name]
        else:
            value[name] = vault.decrypt(value[name])
    who = fait.personne
    return {
        "quoi": _NAMES.get(fait.genre, str(fait.genre)),
        "qui": WHOLE_FOYER if who is None else f"{who.prenoms} {who.nom}",
        "valeur": value,
        "vrai_du": _day(fait.valide.lower),
        "vrai_avant_le": _day(fait.valide.upper),
        "connu_du": _instant(fait.connu.lower),
        "connu_jusqu_au": _instant(fait.connu.upper),
        "source": Source(fait.source).name.lower(),
    }


def _money(dossier: int) -> Donnees:
    entries = Ecriture.objects.filter(dossier=dossier).select_related("ordre", "echeance").order_by("pk")
    liquidations = Liquidation.objects.filter(dossier=dossier).order_by("mois", "connu_le")
    return {
        "droits": [
            {"mois": str(Mois.of(one.mois)), "calcule_le": _instant(one.connu_le), "montants": one.droits}
            for one in liquidations
        ],
        "comptes": [_ecriture(entry) for entry in entries],
        "trop_percus": [
            {
                "mois": str(Mois.of(indu.mois)),
                "prestation": indu.prestation,
                "montant": str(indu.montant),
                "dit_le": _day(indu.notifie_le),
                "retenu_des_le": _day(indu.retenir_des),
                "retenue_par_mois": None if indu.mensualite is None else str(indu.mensualite),
                "suspendu": indu.suspendu,
            }
            for indu in Indu.objects.filter(dossier=dossier).order_by("pk")
        ],
    }


def _ecriture(entry: Ecriture) -> Donnees:
    told: Donnees = {
        "mois": str(Mois.of(entry.mois)),
        "prestation": entry.prestation,
        "nature": Nature(entry.nature).label,
        "montant": str(entry.montant),
        "inscrit_le": _instant(entry.le),
        "jour_de_paie": _day(entry.echeance.jour) if entry.echeance_id else None,
    }
    if entry.ordre_id:
        told["virement"] = {
            "a": Beneficiaire(entry.ordre.beneficiaire).nom,
            "etat": Statut(entry.ordre.statut).label,
            "motif_de_la_banque": entry.ordre.motif,
        }
    return told


def _courrier(courrier: Courrier) -> Donnees:
    return {
        "envoye_le": _instant(courrier.envoye_le),
        "lu_le": _instant(courrier.lu_le),
        "objet": courrier.objet,
        "texte": list(_texts(courrier)),
    }


def _texts(courrier: Courrier) -> Iterator[str]:
    for bloc in courrier.letter.corps:
        match bloc:
            case Titre(text) | Paragraphe(text):
                yield text
            case Liste(items):
                yield from items
            case Tableau(heads, lines, total):
                yield from (" | ".join(line) for line in (heads, *lines, total) if line)


def _saisines(compte: Compte) -> list[Donnees]:
    messages = Message.objects.filter(saisine__personne=compte.personne_id).select_related("saisine").order_by("pk")
    found: dict[int, Donnees] = {}
    for message in messages:
        own = found.setdefault(
            message.saisine_id,
            {"genre": message.saisine.genre, "recue_le": _instant(message.saisine.recue_le), "messages": []},
        )
        own["messages"].append({"de": message.auteur, "le": _instant(message.le), "texte": message.texte})
    return list(found.values())


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _instant(instant: datetime | None) -> str | None:
    return instant.astimezone(clock.PARIS).isoformat(timespec="seconds") if instant else None

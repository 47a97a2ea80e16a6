"""What is held on somebody, in plain words and in the language of the page: the names, the kinds and the values of the data
that one takes away (JSON). What the caisse wrote in French stays so (`Quoted`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from guichet import territory
from guichet.domain.comptes import Beneficiaire
from guichet.domain.droits import Prestation
from guichet.domain.faits import Source
from guichet.domain.phrases import Phrase, Quantite, capfirst
from guichet.domain.saisines import Auteur, Genre
from guichet.domain.vocabulaire import Mois
from guichet.operations import donnees
from guichet.operations.donnees import Donnees
from guichet.operations.virements import Rejet
from guichet.records.grand_livre import Nature, Statut
from guichet.web import facts
from guichet.web.filters import centimes, heure, jour, whole_number
from guichet.web.languages import in_english, said, written

INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\+[0-9:]{5}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOTHING = "–"
NAMES = {
    "etabli_le": gettext_noop("établi le"),
    "dossier": gettext_noop("dossier"),
    "caisse": gettext_noop("caisse"),
    "numero_d_allocataire": gettext_noop("numéro d'allocataire"),
    "vous": gettext_noop("qui vous êtes"),
    "nom": gettext_noop("nom"),
    "prenoms": gettext_noop("prénoms"),
    "sexe": gettext_noop("sexe"),
    "naissance": gettext_noop("date de naissance"),
    "lieu_de_naissance": gettext_noop("lieu de naissance"),
    "compte": gettext_noop("votre accès en ligne"),
    "ouvert_le": gettext_noop("ouvert le"),
    "au_nom_de_l_allocataire": gettext_noop("au nom de l'allocataire"),
    "codes_par_une_application": gettext_noop("codes donnés par une application"),
    "foyer": gettext_noop("les autres personnes de votre dossier"),
    "faits": gettext_noop("ce que votre caisse sait, ou a su"),
    "quoi": gettext_noop("de quoi il s'agit"),
    "qui": gettext_noop("de qui"),
    "valeur": gettext_noop("ce qui est noté"),
    "vrai_du": gettext_noop("vrai à partir du"),
    "vrai_avant_le": gettext_noop("vrai avant le"),
    "connu_du": gettext_noop("connu depuis le"),
    "connu_jusqu_au": gettext_noop("connu jusqu'au"),
    "source": gettext_noop("dit par"),
    "courriers": gettext_noop("courriers"),
    "envoye_le": gettext_noop("envoyé le"),
    "lu_le": gettext_noop("lu le"),
    "objet": gettext_noop("objet"),
    "texte": gettext_noop("texte"),
    "questions_et_contestations": gettext_noop("questions et contestations"),
    "genre": gettext_noop("sorte d'échange"),
    "recue_le": gettext_noop("reçue le"),
    "messages": gettext_noop("messages"),
    "de": gettext_noop("écrit par"),
    "le": gettext_noop("écrit le"),
    "droits": gettext_noop("droits calculés"),
    "mois": gettext_noop("mois concerné"),
    "calcule_le": gettext_noop("calculé le"),
    "montants": gettext_noop("montants"),
    "comptes": gettext_noop("ce qui est dû et ce qui est payé"),
    "prestation": gettext_noop("prestation"),
    "nature": gettext_noop("sorte de mouvement"),
    "montant": gettext_noop("montant"),
    "inscrit_le": gettext_noop("inscrit le"),
    "jour_de_paie": gettext_noop("jour de paiement"),
    "virement": gettext_noop("virement"),
    "a": gettext_noop("versé à"),
    "etat": gettext_noop("état"),
    "motif_de_la_banque": gettext_noop("motif de la banque"),
    "trop_percus": gettext_noop("sommes versées en trop"),
    "dit_le": gettext_noop("annoncé le"),
    "retenu_des_le": gettext_noop("retenu au plus tôt le"),
    "retenue_par_mois": gettext_noop("retenue par mois"),
    "suspendu": gettext_noop("remboursement suspendu"),
    # Of the values of a fact.
    "role": gettext_noop("place dans le foyer"),
    "garde_alternee": gettext_noop("en résidence alternée"),
    "adoption": gettext_noop("adoption, dans le foyer depuis le"),
    "motif": gettext_noop("raison du départ"),
    "terme": gettext_noop("naissance attendue vers le"),
    "mensuel": gettext_noop("par mois"),
    "imposable": gettext_noop("imposable, par mois"),
    "voie": gettext_noop("voie"),
    "code_postal": gettext_noop("code postal"),
    "commune": gettext_noop("commune"),
    "insee": gettext_noop("code Insee de la commune"),
    "siret": gettext_noop("numéro Siret"),
    "courriel": gettext_noop("adresse électronique"),
    "telephone": gettext_noop("téléphone"),
    "accord": gettext_noop("courriers annoncés par courriel"),
    "titulaire": gettext_noop("titulaire"),
    "activite": gettext_noop("activité"),
    "boursier": gettext_noop("boursier ou boursière"),
    "chomage_indemnise": gettext_noop("chômage indemnisé"),
    "chomage_longue_duree": gettext_noop("au chômage depuis plus d'un an"),
    "deux_ans_de_travail": gettext_noop("deux ans de travail dans les trois dernières années"),
    "etudiant_hors_ue_sans_criteres": gettext_noop("hors Union européenne, sans bourse sur critères sociaux"),
    "epargne": gettext_noop("épargne et autres biens"),
    "handicap": gettext_noop("taux de handicap reconnu"),
    "cessation_activite": gettext_noop("congé parental"),
    "cessation_majoree": gettext_noop("montant plus élevé, sur une durée plus courte"),
    "annees_de_residence": gettext_noop("années de résidence avec un titre de séjour"),
    "occupation": gettext_noop("sorte de logement"),
    "loyer": gettext_noop("loyer sans les charges, ou redevance, par mois"),
    "zone": gettext_noop("zone de l'aide au logement"),
    "territoire": gettext_noop("territoire"),
    "colocation": gettext_noop("en colocation"),
    "conventionne": gettext_noop("convention avec l'État"),
    "bailleur_parent": gettext_noop("le bailleur est de la famille"),
    "convention_foyer": gettext_noop("date de la convention du foyer"),
    "signature": gettext_noop("signé le"),
    "mensualite": gettext_noop("mensualité"),
    "neuf": gettext_noop("logement neuf"),
    "mode": gettext_noop("mode de garde"),
    "cout_mensuel": gettext_noop("coût par mois"),
    "heures": gettext_noop("heures par mois"),
    "horaires_specifiques": gettext_noop("de nuit, le dimanche ou les jours fériés"),
}
"""What the file of data names in one word."""
EUROS = frozenset(
    ("montant", "retenue_par_mois", "mensuel", "imposable", "loyer", "mensualite", "cout_mensuel", "epargne"),
)
LEAVINGS = {
    "separation": gettext_noop("séparation"),
    "deces": gettext_noop("décès"),
    "depart": gettext_noop("départ"),
}
MOVES = {
    Nature.DROIT.label: gettext_noop("droit"),
    Nature.PAIEMENT.label: gettext_noop("paiement"),
    Nature.REJET.label: gettext_noop("paiement rejeté"),
    Nature.RETENUE.label: gettext_noop("retenue"),
    Nature.REMISE.label: gettext_noop("remise de dette"),
}
STATES = {
    Statut.ORDONNANCE.label: gettext_noop("préparé"),
    Statut.EMIS.label: gettext_noop("envoyé à la banque"),
    Statut.REJETE.label: gettext_noop("refusé par la banque"),
}
PAYEES = {
    Beneficiaire.ALLOCATAIRE.nom: gettext_noop("l'allocataire"),
    Beneficiaire.BAILLEUR.nom: gettext_noop("le bailleur"),
}
KINDS = {Genre.QUESTION: gettext_noop("question"), Genre.RECOURS: gettext_noop("contestation")}
WRITERS = {Auteur.ALLOCATAIRE: gettext_noop("vous"), Auteur.CAISSE: gettext_noop("votre caisse")}
SEXES = {"F": gettext_noop("femme"), "M": gettext_noop("homme")}
TERRITORIES = {"metropole": gettext_noop("métropole"), "guyane": "Guyane", "reunion": "La Réunion"}


class Quoted(str):
    """What was written in French, and is not translated."""

    lang = "fr"


def readable(found: Donnees) -> Any:
    """All of it, as one reads it."""
    return {said(NAMES[name]): _read(name, value) for name, value in found.items()}


def _read(name: str, value: Any) -> Any:
    """What is held under a name."""
    match value:
        case dict() if name == "montants":
            return {capfirst(said(Prestation(of).nom)): _right(Prestation(of), amount) for of, amount in value.items()}
        case dict():
            return {said(NAMES[inner]): _read(inner, one) for inner, one in value.items()}
        case list():
            return [_read(name, one) for one in value]
        case bool():
            return said(gettext_noop("oui") if value else gettext_noop("non"))
    return _word(name, value) if value not in (None, "") else NOTHING


def _word(name: str, value: Any) -> str:
    """A code, an amount, a day, or what is written."""
    if name in WORDS:
        return WORDS[name](value)
    if name in EUROS:
        return centimes(Decimal(value))
    if INSTANT.fullmatch(str(value)):
        instant = datetime.fromisoformat(value)
        return f"{jour(instant)}, {heure(instant)}"
    return jour(date.fromisoformat(value)) if DAY.fullmatch(str(value)) else str(value)


def _right(of: Prestation, amount: str | None) -> str:
    if amount is None:
        return NOTHING
    return whole_number(Decimal(amount)) if of is Prestation.QUOTIENT_FAMILIAL else centimes(Decimal(amount))


def _among(words: Mapping[Any, str]) -> Callable[[str], str]:
    """What a code is called; one that no version has written stays as it is."""
    return lambda code: said(words.get(code, code))


def _number(value: Any, unit: str) -> str:
    return said(Phrase("{montant}", montant=Quantite(Decimal(value), unit)))


def _whom(value: str) -> str:
    return said(gettext_noop("tout le foyer")) if value == donnees.WHOLE_FOYER else value


def _birthplace(value: str) -> str:
    """The NIR knows a commune by its code, of today or of then."""
    try:
        return territory.commune(value).nom
    except territory.UnknownCommuneError:
        return said(Phrase("code {code}", code=value)) if value.isalnum() and value[-3:].isdecimal() else value


def _quoted(value: str) -> str:
    return Quoted(value) if in_english() else value


WORDS: dict[str, Callable[[Any], str]] = {
    "quoi": lambda value: facts.label(donnees.GENRES[value]) if value in donnees.GENRES else value,
    "qui": _whom,
    "source": lambda value: said(Source[value.upper()].nom),
    "mois": lambda value: written(Mois.parse(value)),
    "prestation": lambda value: capfirst(said(Prestation(value).nom)),
    "nature": _among(MOVES),
    "a": _among(PAYEES),
    "etat": _among(STATES),
    "motif_de_la_banque": lambda value: said(Rejet("", value).reason),
    "genre": _among(KINDS),
    "de": _among(WRITERS),
    "sexe": _among(SEXES),
    "lieu_de_naissance": _birthplace,
    "objet": _quoted,
    "texte": _quoted,
    "role": _among({role.value: word for role, word in facts.ROLES.items()}),
    "motif": _among(LEAVINGS),
    "activite": _among({activity.value: word for activity, word in facts.ACTIVITIES.items()}),
    "cessation_activite": _among(facts.LEAVES),
    "handicap": lambda value: _number(100 * Decimal(value), "%"),
    "occupation": _among({dwelling.value: word for dwelling, word in facts.DWELLINGS.items()}),
    "zone": lambda value: said(Phrase("zone {numero}", numero=value.removeprefix("zone_"))),
    "territoire": lambda value: said(TERRITORIES.get(value, capfirst(value))),
    "mode": _among({mode.value: word for mode, word in facts.CHILDCARE.items()}),
    "heures": lambda value: _number(value, "heures"),
}
"""How a code is said, by the name under which it is held."""

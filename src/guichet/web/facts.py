"""The facts of a file, in plain words: their names, and what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from guichet.domain.faits import ASKED_FOR, NATURES, Fait, Genre
from guichet.domain.foyer import Activite, ModeDeGarde, Nature, Occupation, Role
from guichet.domain.identifiants import Iban
from guichet.domain.phrases import Phrase, Quantite, capfirst
from guichet.records import vault
from guichet.web.languages import said

LABELS: dict[int, str] = {
    Genre.PRESENCE: gettext_noop("Dans le foyer"),
    Genre.ACTIVITE: gettext_noop("Activité"),
    Genre.EPARGNE: gettext_noop("Patrimoine"),
    Genre.HANDICAP: gettext_noop("Handicap"),
    Genre.GROSSESSE: gettext_noop("Grossesse"),
    Genre.CESSATION: gettext_noop("Congé parental"),
    Genre.SEJOUR: gettext_noop("Séjour en France"),
    Genre.LOGEMENT: gettext_noop("Logement"),
    Genre.PRET: gettext_noop("Prêt immobilier"),
    Genre.GARDE: gettext_noop("Garde d'enfant"),
    Genre.ADRESSE: gettext_noop("Adresse"),
    Genre.BAILLEUR: gettext_noop("Bailleur qui reçoit l'aide au logement"),
    Genre.COORDONNEES: gettext_noop("Contact"),
    Genre.COMPTE_BANCAIRE: gettext_noop("Compte bancaire"),
}
ROLES = {
    Role.DEMANDEUR: gettext_noop("Allocataire"),
    Role.CONJOINT: gettext_noop("En couple avec l'allocataire"),
    Role.ENFANT: gettext_noop("Enfant"),
}
ACTIVITIES = {
    Activite.SALARIE: gettext_noop("Emploi salarié"),
    Activite.INDEPENDANT: gettext_noop("Travail indépendant"),
    Activite.APPRENTI: gettext_noop("Apprentissage"),
    Activite.ETUDIANT: gettext_noop("Études"),
    Activite.CHOMEUR: gettext_noop("Chômage"),
    Activite.RETRAITE: gettext_noop("Retraite"),
    Activite.CONGE_PARENTAL: gettext_noop("Congé parental à temps plein"),
    Activite.INACTIF: gettext_noop("Sans activité"),
}
DETAILS = {
    "boursier": (gettext_noop("Boursier ou boursière"), ""),
    "chomage_indemnise": ("", gettext_noop("Sans allocation de chômage")),
    "chomage_longue_duree": (gettext_noop("Au chômage depuis plus d'un an"), ""),
    "deux_ans_de_travail": (gettext_noop("Deux ans de travail dans les trois dernières années"), ""),
    "etudiant_hors_ue_sans_criteres": (gettext_noop("Hors Union européenne, sans bourse sur critères sociaux"), ""),
    "cessation_majoree": (gettext_noop("Montant plus élevé, sur une durée plus courte"), ""),
}
"""What a detail of a person adds when it is true, and when it is not."""
LEAVES = {
    "totale": gettext_noop("Travail arrêté"),
    "partielle_50": gettext_noop("Mi-temps ou moins"),
    "partielle_80": gettext_noop("Temps partiel, jusqu'à 80 %"),
}
DWELLINGS = {
    Occupation.LOCATAIRE_VIDE: gettext_noop("Locataire d'un logement vide"),
    Occupation.LOCATAIRE_MEUBLE: gettext_noop("Locataire d'un logement meublé"),
    Occupation.LOCATAIRE_HLM: gettext_noop("Locataire d'un logement HLM"),
    Occupation.CHAMBRE: gettext_noop("Locataire d'une chambre"),
    Occupation.FOYER: gettext_noop("En foyer"),
    Occupation.FOYER_JEUNES_TRAVAILLEURS: gettext_noop("En foyer de jeunes travailleurs"),
    Occupation.RESIDENCE_UNIVERSITAIRE: gettext_noop("En résidence universitaire"),
    Occupation.RESIDENCE_SOCIALE: gettext_noop("En résidence sociale"),
    Occupation.ACCEDANT: gettext_noop("Propriétaire, avec un prêt à rembourser"),
    Occupation.PROPRIETAIRE: gettext_noop("Propriétaire, sans prêt à rembourser"),
    Occupation.LOGE_GRATUITEMENT: gettext_noop("Logé gratuitement"),
}
HOMES = frozenset(
    (
        *(Occupation.FOYER, Occupation.FOYER_JEUNES_TRAVAILLEURS),
        *(Occupation.RESIDENCE_UNIVERSITAIRE, Occupation.RESIDENCE_SOCIALE),
    )
)
"""Where one pays a fee (redevance), and no rent."""
FRENCH_PHONE = re.compile(r"0[0-9]{9}")
CHILDCARE = {
    ModeDeGarde.ASSISTANT_MATERNEL: gettext_noop("Par un assistant maternel"),
    ModeDeGarde.DOMICILE: gettext_noop("À votre domicile"),
    ModeDeGarde.STRUCTURE_ASSISTANT_MATERNEL: gettext_noop("Par un assistant maternel, employé d'une structure"),
    ModeDeGarde.STRUCTURE: gettext_noop("À votre domicile, par une structure"),
    ModeDeGarde.MICRO_CRECHE: gettext_noop("En micro-crèche"),
}
INCOMES = {
    Nature.SALAIRE: gettext_noop("Salaire"),
    Nature.CHOMAGE: gettext_noop("Allocation de chômage"),
    Nature.RETRAITE: gettext_noop("Retraite"),
    Nature.INVALIDITE: gettext_noop("Pension d'invalidité"),
    Nature.INDEMNITES_JOURNALIERES: gettext_noop("Indemnités journalières"),
    Nature.INDEMNITES_MATERNITE: gettext_noop("Indemnités de maternité"),
    Nature.INDEPENDANT: gettext_noop("Revenu d'indépendant"),
    Nature.FORMATION: gettext_noop("Rémunération de formation"),
    Nature.STAGE: gettext_noop("Gratification de stage"),
    Nature.ASS: gettext_noop("Allocation de solidarité spécifique (ASS)"),
    Nature.PENSION_ALIMENTAIRE_RECUE: gettext_noop("Pension alimentaire reçue"),
    Nature.PENSION_ALIMENTAIRE_VERSEE: gettext_noop("Pension alimentaire versée"),
    Nature.REVENUS_FONCIERS: gettext_noop("Loyers reçus"),
    Nature.REVENUS_DU_CAPITAL: gettext_noop("Revenus du capital"),
    Nature.AAH: gettext_noop("AAH"),
    Nature.RSA: gettext_noop("RSA"),
}


def label(genre: int) -> str:
    if genre in NATURES:
        return said(INCOMES[NATURES[genre]])
    if genre in ASKED_FOR:
        return capfirst(said(ASKED_FOR[genre].nom))
    return said(LABELS[genre])


def values(fact: Fait) -> Iterator[str]:
    """What a fact says, sentence by sentence: ours in the language of the page, people's own words as they are."""
    if fact.genre in NATURES:
        return iter([_a_month(fact.valeur.mensuel)])
    if fact.genre in ASKED_FOR:
        return iter(())
    return WORDS[fact.genre](fact.valeur)


def _a_month(amount: Any) -> str:
    return said(Phrase("{montant}", montant=Quantite(amount, "€ par mois")))


def _presence(value: Any) -> Iterator[str]:
    yield said(ROLES[value.role])
    if value.garde_alternee:
        yield said(gettext_noop("En résidence alternée"))
    if value.adoption:
        yield said(Phrase("Adoption : dans le foyer depuis le {jour}", jour=value.adoption))


def _of_the_person(value: Mapping[str, Any]) -> Iterator[str]:
    for name, given in value.items():
        match name:
            case "activite":
                yield said(ACTIVITIES[given])
            case "epargne":
                yield said(Phrase("{montant} d'épargne et d'autres biens", montant=Quantite(given, "€")))
            case "handicap":
                yield said(Phrase("Taux reconnu : {taux}", taux=Quantite(100 * given, "%")))
            case "cessation_activite":
                yield said(LEAVES.get(given, ""))
            case "annees_de_residence":
                yield said(Phrase("Années de résidence avec un titre de séjour : {nombre}", nombre=given))
            case _:
                yield said(DETAILS[name][0 if given else 1])


def _pregnancy(value: Any) -> Iterator[str]:
    yield said(Phrase("Naissance attendue vers le {jour}", jour=value.terme))


def _dwelling(value: Any) -> Iterator[str]:
    yield said(DWELLINGS[value.occupation])
    if value.loyer:
        monthly = Quantite(value.loyer, "€ par mois")
        pattern = "Redevance : {montant}" if value.occupation in HOMES else "Loyer sans les charges : {montant}"
        yield said(Phrase(pattern, montant=monthly))
    if value.colocation:
        yield said(gettext_noop("En colocation"))
    if value.bailleur_parent:
        yield said(gettext_noop("Le bailleur est de la famille"))


def _loan(value: Any) -> Iterator[str]:
    yield said(Phrase("Signé le {jour}", jour=value.signature))
    yield said(Phrase("Mensualité : {montant}", montant=Quantite(value.mensualite, "€ par mois")))


def _childcare(value: Any) -> Iterator[str]:
    yield said(CHILDCARE[value.mode])
    yield said(Phrase("{montant}, pour {heures}", montant=Quantite(value.cout_mensuel, "€ par mois"), heures=_hours(value)))


def _hours(value: Any) -> Quantite:
    return Quantite(value.heures, "heures")


def _address(value: Any) -> Iterator[str]:
    yield value.voie
    yield f"{value.code_postal} {value.commune}".strip()


def _landlord(value: Any) -> Iterator[str]:
    yield value.nom


def _contact(value: Any) -> Iterator[str]:
    yield value.courriel
    yield " ".join(re.findall("..", value.telephone)) if FRENCH_PHONE.fullmatch(value.telephone) else value.telephone
    if value.accord:
        yield said(gettext_noop("Vos courriers sont annoncés par courriel"))
    else:
        yield said(gettext_noop("Vos courriers viennent par la poste"))


def _account(value: Any) -> Iterator[str]:
    yield masked(value.iban)
    yield value.titulaire


def masked(closed: str) -> str:
    """An account that is kept encrypted, but for its two ends."""
    return Iban(vault.decrypt(closed)).masked


WORDS: dict[int, Callable[[Any], Iterator[str]]] = {
    Genre.PRESENCE: _presence,
    **dict.fromkeys((Genre.ACTIVITE, Genre.EPARGNE, Genre.HANDICAP, Genre.CESSATION, Genre.SEJOUR), _of_the_person),
    Genre.GROSSESSE: _pregnancy,
    Genre.LOGEMENT: _dwelling,
    Genre.PRET: _loan,
    Genre.GARDE: _childcare,
    Genre.ADRESSE: _address,
    Genre.BAILLEUR: _landlord,
    Genre.COORDONNEES: _contact,
    Genre.COMPTE_BANCAIRE: _account,
}

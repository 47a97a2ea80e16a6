"""Attestations: what the caisse certifies, to be shown to others, with a code that anybody can check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from guichet.domain.courriers.courrier import Bloc, Courrier, Enveloppe, Genre, Paragraphe, Tableau, Titre, Verification
from guichet.domain.courriers.mentions import heading
from guichet.domain.courriers.suivi import SommeVersee
from guichet.domain.phrases import in_french, to_the_cent
from guichet.domain.vocabulaire import ZERO, Euros, Mois


class Lien(StrEnum):
    ALLOCATAIRE = "allocataire"
    CONJOINT = "conjoint ou conjointe"
    ENFANT = "enfant à charge"


@dataclass(frozen=True, slots=True)
class Membre:
    """Somebody of the foyer, as the file names them."""

    nom: str
    lien: Lien
    naissance: date


@dataclass(frozen=True, slots=True)
class RetenueDuMois:
    """What was withheld on the payments of a month, to pay back an overpayment."""

    mois: Mois
    montant: Euros


@dataclass(frozen=True, slots=True)
class FaitsPublics:
    """What anybody who has the code may read: what is printed, without the address and the matricule."""

    objet: str
    caisse: str
    nom: str
    le: date
    corps: tuple[Bloc, ...]


def attestation_de_paiement(
    enveloppe: Enveloppe,
    membres: tuple[Membre, ...],
    *,
    du: Mois,
    au: Mois,
    sommes: tuple[SommeVersee, ...],
    retenues: tuple[RetenueDuMois, ...] = (),
    verification: Verification,
) -> Courrier:
    """What was paid for the months `du` to `au`. ValueError when a payment or a deduction is of another month."""
    told = [somme.mois for somme in sommes] + [retenue.mois for retenue in retenues]
    if any(not du <= mois <= au for mois in told):
        raise ValueError("Une attestation ne dit que les mois de sa période.")
    total = sum((v.montant for v in sommes), ZERO) - sum((r.montant for r in retenues), ZERO)
    lines = [
        (v.mois, f"{heading(v.prestation)}{', versée au bailleur' if v.au_bailleur else ''}", v.montant) for v in sommes
    ] + [(r.mois, "Retenue pour un trop-perçu", -r.montant) for r in retenues]
    corps: tuple[Bloc, ...] = (
        *_membres(membres),
        Titre(_period(du, au)),
        Tableau(
            entetes=("Mois", "Prestation", "Montant"),
            lignes=tuple(
                (mois.in_words, libelle, to_the_cent(montant))
                for mois, libelle, montant in sorted(lines, key=lambda line: line[0])
            ),
            total=("Total", "", to_the_cent(total)),
            chiffres=1,
        )
        if lines
        else Paragraphe("Aucune prestation n'a été versée pour cette période."),
        Paragraphe("Les montants sont nets de CRDS. Chaque mois est payé au début du mois suivant."),
        _as_known(enveloppe),
    )
    return Courrier(Genre.ATTESTATION_DE_PAIEMENT, "Attestation de paiement", enveloppe, corps, verification)


def attestation_de_quotient_familial(
    enveloppe: Enveloppe,
    membres: tuple[Membre, ...],
    *,
    mois: Mois,
    quotient: int,
    parts: Decimal | None,
    verification: Verification,
) -> Courrier:
    """The quotient familial of `mois`, in whole euros, and the parts by which it was divided, None when it is zero."""
    calculation = (
        f" Il a été calculé pour {_number(parts)} parts : le douzième des ressources de l'année de référence et les "
        "prestations du mois, divisés par ce nombre."
        if parts is not None
        else ""
    )
    corps: tuple[Bloc, ...] = (
        *_membres(membres),
        Titre("Quotient familial"),
        Paragraphe(f"{in_french(Decimal(quotient))} €", en_avant=True),
        Paragraphe(f"C'est celui du mois {mois.with_de}.{calculation}"),
        _as_known(enveloppe),
    )
    objet = "Attestation de quotient familial"
    return Courrier(Genre.ATTESTATION_DE_QUOTIENT_FAMILIAL, objet, enveloppe, corps, verification)


def faits_publics(courrier: Courrier) -> FaitsPublics:
    """What the public page shows of an attestation. ValueError for a letter, which is nobody else's."""
    if courrier.verification is None:
        raise ValueError("Seules les attestations se vérifient.")
    enveloppe = courrier.enveloppe
    return FaitsPublics(
        objet=courrier.objet,
        caisse=enveloppe.emetteur.caisse,
        nom=enveloppe.destinataire.nom,
        le=enveloppe.le,
        corps=courrier.corps,
    )


def _membres(membres: tuple[Membre, ...]) -> tuple[Bloc, ...]:
    return (
        Titre("Composition du foyer"),
        Tableau(
            entetes=("Nom", "Lien", "Naissance"),
            lignes=tuple((p.nom, p.lien.value, in_french(p.naissance)) for p in membres),
        ),
    )


def _period(du: Mois, au: Mois) -> str:
    if du == au:
        return f"Prestations versées pour {du.in_words}"
    return f"Prestations versées {du.with_de} à {au.in_words}"


def _number(parts: Decimal) -> str:
    """`2,5`, `3`."""
    return f"{parts.normalize():f}".replace(".", ",")


def _as_known(enveloppe: Enveloppe) -> Bloc:
    return Paragraphe(f"Cette attestation est établie d'après le dossier tel qu'il est connu le {in_french(enveloppe.le)}.")

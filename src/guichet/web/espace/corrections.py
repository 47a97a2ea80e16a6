"""« Ce n'est pas exact ? »: for each kind of fact, what corrects it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from guichet.domain.faits import DEMANDES, RESSOURCES, Genre
from guichet.web.contenu.demarches import DEMARCHES, Demarche


@dataclass(frozen=True)
class Correction:
    """What is corrected by one démarche, or by the caisse when none does it; `proof` is what to join."""

    slug: str
    title: str
    proof: str
    code: str = ""

    @property
    def demarche(self) -> Demarche | None:
        return DEMARCHES.get(self.code)


CORRECTIONS = {
    correction.slug: correction
    for correction in (
        Correction(
            "foyer",
            gettext_noop("Les personnes de votre foyer"),
            gettext_noop("Un livret de famille, un acte de naissance ou un jugement, selon ce qui a changé."),
            "changement_situation",
        ),
        Correction(
            "activite",
            gettext_noop("L'activité"),
            gettext_noop("Un contrat de travail, une attestation de France Travail ou un certificat de scolarité."),
            "changement_situation",
        ),
        Correction(
            "logement",
            gettext_noop("Votre logement"),
            gettext_noop("Le bail, et une attestation de loyer signée par votre bailleur."),
            "aide_logement",
        ),
        Correction(
            "adresse",
            gettext_noop("Votre adresse"),
            gettext_noop("Rien : dites la date du déménagement et la nouvelle adresse."),
            "changement_situation",
        ),
        Correction(
            "contact",
            gettext_noop("Comment vous joindre"),
            gettext_noop("Rien : dites la nouvelle adresse électronique ou le nouveau numéro."),
            "changement_situation",
        ),
        Correction(
            "compte",
            gettext_noop("Votre compte bancaire"),
            gettext_noop("Un relevé d'identité bancaire (RIB) à votre nom."),
            "changement_situation",
        ),
        Correction(
            "ressources",
            gettext_noop("Vos ressources"),
            gettext_noop("L'avis d'impôt, ou les bulletins de paie et les attestations des mois concernés."),
            "ressources_annuelles",
        ),
        Correction(
            "garde",
            gettext_noop("La garde de votre enfant"),
            gettext_noop("Les bulletins de salaire Pajemploi, ou les factures de la structure."),
            "cmg_paje",
        ),
        Correction(
            "prestations",
            gettext_noop("Les prestations que vous avez demandées"),
            gettext_noop("Rien : dites la prestation que vous demandez, ou que vous ne demandez plus."),
        ),
    )
}
_SLUGS: dict[int, str] = {
    **dict.fromkeys((Genre.PRESENCE, Genre.GROSSESSE), "foyer"),
    **dict.fromkeys((Genre.ACTIVITE, Genre.CESSATION, Genre.HANDICAP, Genre.SEJOUR), "activite"),
    **dict.fromkeys((Genre.LOGEMENT, Genre.PRET, Genre.BAILLEUR), "logement"),
    **{Genre.ADRESSE: "adresse", Genre.COORDONNEES: "contact", Genre.COMPTE_BANCAIRE: "compte", Genre.GARDE: "garde"},
    **dict.fromkeys((Genre.EPARGNE, *RESSOURCES.values()), "ressources"),
    **dict.fromkeys(DEMANDES.values(), "prestations"),
}


def correction_of(genre: int) -> str:
    """What corrects a fact of this kind: the end of its address."""
    return _SLUGS[genre]

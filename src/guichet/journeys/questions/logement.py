"""Where the household lives, on what ground, and what it pays for it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from guichet.journeys.champs import Choix, ChoixCommune, CodePostal, Jour, Montant, Option, OuiNon
from guichet.journeys.conditions import Est, Non, PlusieursCommunes, Un
from guichet.journeys.parcours import Page
from guichet.journeys.questions.mots import DATE, OUI_OU_NON

LOCATAIRE = Est("occupation", ("vide", "meuble", "colocation_vide", "colocation_meuble", "chambre"))
_FOYER_DATE = Est("occupation", ("residence_sociale", "foyer_jeunes_travailleurs"))
FOYER_SANS_DATE = Est("occupation", ("foyer", "residence_universitaire"))
ACCEDANT = Est("occupation", ("accedant",))
_LOGE_GRATUITEMENT = "choisissez « Logé gratuitement » à la page « Votre logement »."
_COLOCATION = Est("occupation", ("colocation_vide", "colocation_meuble"))
_MONTANT_DU_LOYER = Montant(
    nom="loyer",
    question="Loyer du mois, sans les charges",
    erreur="Indiquez le loyer sans les charges, par exemple 520.",
    trop_bas=f"Sans loyer à payer, {_LOGE_GRATUITEMENT}",
    minimum=Decimal(1),
    maximum=Decimal(20_000),
)
SOUS_LOCATION = "Ou sous-locataire, avec l'accord du propriétaire"

LOGEMENT = Page(
    nom="logement",
    titre="Votre logement",
    contenu=(
        CodePostal(
            nom="code_postal",
            question="Code postal",
            aide="Il donne la zone, dont dépend le loyer pris en compte.",
            erreur="Indiquez les cinq chiffres, par exemple 35000.",
        ),
        ChoixCommune(
            nom="commune",
            question="Commune",
            erreur="Choisissez votre commune.",
            code_postal="code_postal",
            si=PlusieursCommunes("code_postal"),
        ),
        Choix(
            nom="occupation",
            question="Vous êtes",
            erreur="Choisissez ce qui décrit votre logement.",
            options=(
                Option("vide", "Locataire d'un logement vide", SOUS_LOCATION),
                Option("meuble", "Locataire d'un logement meublé", SOUS_LOCATION),
                Option("colocation_vide", "En colocation, logement vide"),
                Option("colocation_meuble", "En colocation, logement meublé"),
                Option("chambre", "Locataire d'une chambre", "Chez un particulier ou à l'hôtel"),
                Option("residence_universitaire", "En résidence universitaire", "Chambre ou studio du Crous"),
                Option("foyer", "En foyer", "Personnes âgées, personnes handicapées, étudiants…"),
                Option("foyer_jeunes_travailleurs", "En foyer de jeunes travailleurs"),
                Option("residence_sociale", "En résidence sociale", "Y compris pension de famille"),
                Option("accedant", "Propriétaire, avec un prêt à rembourser"),
                Option("proprietaire", "Propriétaire, sans prêt à rembourser"),
                Option("gratuit", "Logé gratuitement"),
                Option("sans_logement", "Sans logement", "Domicilié par une mairie ou une association"),
            ),
        ),
    ),
)
LOYER = Page(
    nom="loyer",
    titre="Votre loyer",
    si=LOCATAIRE,
    variante="depense",
    contenu=(
        Choix(
            nom="bailleur",
            question="Votre propriétaire est",
            erreur="Choisissez votre propriétaire.",
            options=(
                Option("hlm", "Un organisme HLM", "Office public, société HLM ou d'économie mixte"),
                Option("prive", "Un propriétaire privé"),
                Option(
                    "conventionne",
                    "Un propriétaire privé, logement conventionné",
                    "Le bail cite une convention avec l'État ou l'Anah",
                ),
                Option("famille", "Votre parent, grand-parent, enfant ou petit-enfant", "Ou celui de votre conjoint"),
            ),
        ),
        replace(_MONTANT_DU_LOYER, si=Non(_COLOCATION)),
        replace(_MONTANT_DU_LOYER, si=_COLOCATION, aide="Votre part seulement."),
    ),
)
REDEVANCE = Page(
    nom="redevance",
    titre="Votre redevance",
    si=Un(_FOYER_DATE, FOYER_SANS_DATE),
    variante="depense",
    contenu=(
        Montant(
            nom="redevance",
            question="Redevance du mois",
            aide="Ce que le foyer ou la résidence vous facture pour le logement, sans les repas.",
            erreur="Indiquez la redevance du mois, par exemple 380.",
            trop_bas=f"Sans redevance à payer, {_LOGE_GRATUITEMENT}",
            minimum=Decimal(1),
            maximum=Decimal(20_000),
        ),
        OuiNon(
            nom="conventionne",
            question="Le foyer ou la résidence a-t-il une convention avec l'État\u00a0?",
            aide="Elle ouvre droit à l'APL. Le gestionnaire le sait, votre contrat aussi.",
            erreur=OUI_OU_NON,
            si=FOYER_SANS_DATE,
        ),
        Jour(
            nom="convention",
            question="Date de la convention entre le foyer et l'État",
            aide="Le gestionnaire la connaît. À défaut, indiquez la date d'ouverture.",
            erreur=DATE,
            si=_FOYER_DATE,
        ),
    ),
)
PRET = Page(
    nom="pret",
    titre="Votre prêt",
    si=ACCEDANT,
    variante="depense",
    contenu=(
        Jour(nom="signature", question="Date de signature du prêt", erreur=DATE),
        OuiNon(
            nom="pret_conventionne",
            question="Est-ce un prêt conventionné ou un prêt d'accession sociale (PAS)\u00a0?",
            aide="L'offre de prêt le dit.",
            erreur=OUI_OU_NON,
        ),
        OuiNon(nom="neuf", question="Le logement était-il neuf quand vous l'avez acheté\u00a0?", erreur=OUI_OU_NON),
        Montant(
            nom="mensualite",
            question="Mensualité du prêt, assurance comprise",
            erreur="Indiquez la mensualité, par exemple 650.",
            trop_bas="Sans mensualité à payer, choisissez « Propriétaire, sans prêt à rembourser » à la page "
            "« Votre logement ».",
            minimum=Decimal(1),
            maximum=Decimal(20_000),
        ),
    ),
)

"""The housing-aid simulator: tenants, residents of foyers, buyers, whatever their household.

The conversation is here, but for incomes (`logement_ressources`); `logement_foyer` makes the household of the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from guichet.domain.droits import Texte
from guichet.domain.vocabulaire import DERNIER_MOIS_VERIFIE, PREMIER_MOIS, Mois
from guichet.journeys.champs import ChampMois, Choix, ChoixCommune, CodePostal, Entier, Jour, Montant, Option, OuiNon
from guichet.journeys.conditions import (
    AuMoins,
    Coche,
    DepuisLe,
    EntreMois,
    Est,
    PlusieursCommunes,
    Reponses,
    Toujours,
    Un,
    age,
)
from guichet.journeys.parcours import Arret, Groupe, Page, Parcours
from guichet.journeys.simulateurs.logement_foyer import (
    DERNIER_MOIS_ANNUEL,
    annee_de_reference,
    annee_des_pensions,
    mois_de_reference,
)
from guichet.journeys.simulateurs.logement_ressources import ACTIVITES, COUPLE, DATE, RESSOURCES, SITUATION

_LOCATAIRE = Est("occupation", ("vide", "meuble", "colocation_vide", "colocation_meuble", "chambre"))
_FOYER_DATE = Est("occupation", ("residence_sociale", "foyer_jeunes_travailleurs"))
_FOYER_AUTRE = Est("occupation", ("foyer", "residence_universitaire"))
_ACCEDANT = Est("occupation", ("accedant",))
_OUI_OU_NON = "Répondez oui ou non."
AGE_MINIMAL = 14
"""Younger, the year of birth is a slip of the keyboard."""
AGE_DES_ENFANTS = 21
"""A child counts for the housing aid until then (CCH, art. R823-4)."""

_PAGES = (
    Page(
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
                    Option("vide", "Locataire d'un logement vide"),
                    Option("meuble", "Locataire d'un logement meublé"),
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
                ),
            ),
        ),
    ),
    Page(
        nom="loyer",
        titre="Votre loyer",
        si=_LOCATAIRE,
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
            Montant(
                nom="loyer",
                question="Loyer du mois, sans les charges",
                aide="En colocation, votre part seulement.",
                erreur="Indiquez le loyer sans les charges, par exemple 520.",
                maximum=Decimal(20_000),
            ),
        ),
    ),
    Page(
        nom="redevance",
        titre="Votre redevance",
        si=Un(_FOYER_DATE, _FOYER_AUTRE),
        variante="depense",
        contenu=(
            Montant(
                nom="redevance",
                question="Redevance du mois",
                aide="Ce que le foyer ou la résidence vous facture pour le logement, sans les repas.",
                erreur="Indiquez la redevance du mois, par exemple 380.",
                maximum=Decimal(20_000),
            ),
            OuiNon(
                nom="conventionne",
                question="Le foyer ou la résidence a-t-il une convention avec l'État\u00a0?",
                aide="Elle ouvre droit à l'APL. Le gestionnaire le sait, votre contrat aussi.",
                erreur=_OUI_OU_NON,
                si=_FOYER_AUTRE,
            ),
            Jour(
                nom="convention",
                question="Date de la convention entre le foyer et l'État",
                aide="Le gestionnaire la connaît. À défaut, indiquez la date d'ouverture.",
                erreur=DATE,
                si=_FOYER_DATE,
            ),
        ),
    ),
    Page(
        nom="pret",
        titre="Votre prêt",
        si=_ACCEDANT,
        variante="depense",
        contenu=(
            Jour(nom="signature", question="Date de signature du prêt", erreur=DATE),
            OuiNon(
                nom="pret_conventionne",
                question="Est-ce un prêt conventionné ou un prêt d'accession sociale (PAS)\u00a0?",
                aide="L'offre de prêt le dit.",
                erreur=_OUI_OU_NON,
            ),
            OuiNon(nom="neuf", question="Le logement était-il neuf quand vous l'avez acheté\u00a0?", erreur=_OUI_OU_NON),
            Montant(
                nom="mensualite",
                question="Mensualité du prêt, assurance comprise",
                erreur="Indiquez la mensualité, par exemple 650.",
                maximum=Decimal(20_000),
            ),
        ),
    ),
    Page(
        nom="foyer",
        titre="Votre foyer",
        contenu=(
            Jour(nom="naissance", question="Votre date de naissance", erreur=DATE),
            OuiNon(
                nom="couple",
                question="Vivez-vous en couple\u00a0?",
                aide="Mariage, pacs ou vie commune.",
                erreur=_OUI_OU_NON,
            ),
            Entier(
                nom="nombre_enfants",
                question="Combien d'enfants avez-vous à charge\u00a0?",
                aide="Ceux de moins de 21 ans qui vivent avec vous, y compris en résidence alternée. Aucun : 0.",
                erreur="Indiquez un nombre de 0 à 12, 0 si vous n'en avez pas.",
                maximum=12,
            ),
        ),
    ),
    Page(
        nom="proches",
        titre="Vos proches",
        si=Un(COUPLE, AuMoins("nombre_enfants", 1)),
        contenu=(
            Jour(nom="conjoint_naissance", question="Date de naissance de votre conjoint", erreur=DATE, si=COUPLE),
            Groupe(
                nom="enfants",
                nombre="nombre_enfants",
                champs=(Jour(nom="naissance", question="Date de naissance de l'enfant {rang}", erreur=DATE),),
            ),
        ),
    ),
    Page(nom="activite", titre="Votre activité", contenu=ACTIVITES),
    Page(nom="ressources", titre="Vos ressources", contenu=RESSOURCES),
    Page(nom="autres", titre="Votre situation", contenu=SITUATION),
)

_ARRETS = (
    Arret(
        si=Est("bailleur", ("famille",)),
        condition="Ne pas louer à un proche parent",
        trouve="Un logement qui appartient à un parent, un grand-parent, un enfant ou un petit-enfant",
        requis="Un propriétaire qui n'est ni votre ascendant ni votre descendant, ni celui de votre conjoint",
        conseil="Un logement loué à quelqu'un d'autre, frère ou sœur compris.",
        textes=(Texte("CCH, art. L822-3", date(2019, 9, 1)),),
    ),
    Arret(
        si=Est("occupation", ("proprietaire", "gratuit")),
        condition="Payer un loyer ou rembourser un prêt",
        trouve="Ni loyer ni prêt à payer pour votre logement",
        requis="Un loyer, une redevance ou une mensualité de prêt à votre charge",
        conseil="Devenir locataire : faites alors une nouvelle simulation.",
    ),
    Arret(
        # Earlier loans are for the law to judge: some are still open (existing homes in zone 3 until the end of 2019).
        si=DepuisLe("signature", date(2020, 1, 1)),
        condition="Avoir signé le prêt avant 2018, ou avant 2020 pour certains logements anciens",
        trouve="Un prêt signé en 2020 ou après",
        requis="Un prêt signé avant la fermeture de l'aide aux nouveaux acheteurs",
        conseil="Aucun changement de situation n'ouvre l'aide pour ce prêt.",
        textes=(Texte("Loi de finances pour 2018, art. 126", date(2018, 1, 1)),),
    ),
    Arret(
        si=Coche("autres", "ifi"),
        condition="Ne pas être rattaché au foyer fiscal de parents qui paient l'impôt sur la fortune",
        trouve="Un rattachement à un foyer fiscal qui paie cet impôt",
        requis="Votre propre déclaration de revenus, ou des parents qui ne paient pas cet impôt",
        conseil="Déclarer vos revenus séparément de ceux de vos parents.",
        textes=(
            Texte("Loi de finances pour 2016, art. 143", date(2016, 10, 1)),
            Texte("CCH, art. L822-8", date(2019, 9, 1)),
        ),
    ),
)

_NON_DEMANDE = (
    (Toujours(), "vos autres revenus : placements, biens loués, seconde activité, pension d'invalidité"),
    (Toujours(), "les frais réels déclarés aux impôts"),
    (Toujours(), "les autres personnes qui vivent chez vous"),
    (Toujours(), "une séparation ou un décès récents"),
    (AuMoins("nombre_enfants", 1), "le handicap d'un enfant"),
    (Coche("autres", "alternance"), "le partage du temps en résidence alternée : nous comptons la moitié"),
    (EntreMois("mois", dernier=DERNIER_MOIS_ANNUEL), "une aide déjà versée l'année précédente"),
    (_LOCATAIRE, "la surface et l'état du logement"),
    (_FOYER_AUTRE, "la rénovation de la chambre"),
    (_ACCEDANT, "les travaux que paie le prêt"),
    (Toujours(), "le droit au séjour d'une personne étrangère"),
)


def _contexte(reponses: Reponses) -> Mapping[str, str]:
    mois = reponses.get("mois")
    if not isinstance(mois, Mois):
        return {}
    du, au = mois_de_reference(mois)
    return {
        "mois": mois.en_lettres,
        "annee": str(annee_de_reference(mois)),
        "annee_pension": str(annee_des_pensions(mois)),
        "periode": f"en {du.annee}" if mois <= DERNIER_MOIS_ANNUEL else f"{du.depuis} à {au.en_lettres}",
    }


def _controle(reponses: Reponses) -> Mapping[str, str]:
    phrases = _ages(reponses)
    alternes, enfants = reponses.get("alternance"), reponses.get("nombre_enfants")
    if isinstance(alternes, int) and isinstance(enfants, int) and alternes > enfants:
        pluriel = "s" if enfants > 1 else ""
        phrases["alternance"] = f"Vous avez {enfants} enfant{pluriel} à charge : indiquez {enfants} au plus."
    return phrases


def _ages(reponses: Reponses) -> dict[str, str]:
    """Adults too young to claim, children too old to count or older than the claimant."""
    mois, parent = reponses.get("mois"), reponses.get("naissance")
    phrases: dict[str, str] = {}
    if not isinstance(mois, Mois):
        return phrases
    for nom in ("naissance", "conjoint_naissance"):
        adulte = reponses.get(nom)
        if isinstance(adulte, date) and age(adulte, mois) < AGE_MINIMAL:
            phrases[nom] = f"Vérifiez l'année : cela fait moins de {AGE_MINIMAL} ans en {mois.en_lettres}."
    for nom, enfant in reponses.items():
        if not nom.startswith("enfants-") or not isinstance(enfant, date):
            continue
        if isinstance(parent, date) and enfant <= parent:
            phrases[nom] = "Vérifiez l'année : cet enfant serait plus âgé que vous."
        elif age(enfant, mois) >= AGE_DES_ENFANTS:
            phrases[nom] = (
                f"Cet enfant a {AGE_DES_ENFANTS} ans ou plus en {mois.en_lettres} : il n'est plus compté. "
                "Corrigez la date, ou le nombre d'enfants à la page « Votre foyer »."
            )
    return phrases


PARCOURS = Parcours(
    nom="logement",
    titre="Simulation d'aide au logement",
    mois=ChampMois(
        nom="mois",
        question="Mois de la simulation",
        erreur=f"Indiquez un mois, {PREMIER_MOIS.depuis} à {DERNIER_MOIS_VERIFIE.en_lettres}.",
        premier=PREMIER_MOIS,
        dernier=DERNIER_MOIS_VERIFIE,
    ),
    pages=_PAGES,
    arrets=_ARRETS,
    non_demande=_NON_DEMANDE,
    contexte=_contexte,
    controle=_controle,
)

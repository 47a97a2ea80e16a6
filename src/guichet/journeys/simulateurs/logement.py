"""The housing-aid simulator: tenants, residents of foyers, buyers, whatever their household."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from guichet.domain.droits import Texte
from guichet.domain.vocabulaire import Mois
from guichet.journeys import periods
from guichet.journeys.conditions import Coche, DepuisLe, EntreMois, Est, Toujours, Tous
from guichet.journeys.parcours import Arret, Page, Parcours
from guichet.journeys.questions import situation
from guichet.journeys.questions.autres_revenus import autre_revenu, autres_revenus, par_mois
from guichet.journeys.questions.foyer import controle_du_foyer
from guichet.journeys.questions.logement import (
    ACCEDANT,
    FOYER_SANS_DATE,
    LOCATAIRE,
)
from guichet.journeys.questions.mots import AVEC_ENFANTS, MOIS
from guichet.journeys.questions.premieres import premieres_pages
from guichet.journeys.questions.ressources import (
    ANNUEL,
    DE_REFERENCE,
    GLISSANT,
    benefice,
    revenus_annuels,
    revenus_mensuels,
)

AGE_DES_ENFANTS = 21
"""A child counts for the housing aid until then (CCH, art. R823-4)."""
DEGRESSIVITE = Mois(2016, 7)
"""From then on a high rent lowers the aid, but for those who are paid the AAH or the AEEH."""
ADULTES = ("", "conjoint_")

_SITUATION = (
    situation.cases(
        situation.ENCEINTE,
        situation.RSA_RECU,
        situation.AAH,
        situation.AAH_CONJOINT,
        situation.BENEFICE,
        situation.BENEFICE_CONJOINT,
        autre_revenu("Pension d'invalidité, salaire d'un indépendant, loyers, placements"),
        replace(situation.AEEH, si=Tous(AVEC_ENFANTS, LOCATAIRE, EntreMois("mois", premier=DEGRESSIVITE))),
        replace(situation.HANDICAP, si=Tous(Est("occupation", ("foyer",)), Est("conventionne", (False,)))),
        situation.PROCHES,
        situation.BOURSIER,
        situation.HORS_UE,
        situation.IFI,
        situation.ALTERNANCE,
        situation.CHOMAGE_PASSE,
        situation.CHOMAGE_PASSE_CONJOINT,
        situation.PENSION_RECUE,
        situation.PENSION_VERSEE,
        situation.PATRIMOINE,
    ),
    situation.montant_coche("rsa", "RSA reçu le mois dernier", "€ par mois"),
    situation.AAH_RECUE,
    situation.AAH_RECUE_PAR_LE_CONJOINT,
    situation.COMBIEN_DE_PROCHES,
    situation.COMBIEN_EN_ALTERNANCE,
    situation.montant_coche("chomage_passe", "Vos allocations chômage, en tout, {periode}", "€"),
    situation.montant_coche("conjoint_chomage_passe", "Allocations chômage de votre conjoint, en tout, {periode}", "€"),
    situation.montant_coche("pension_recue", "Pension alimentaire reçue, en tout, en {annee_pension}", "€"),
    situation.montant_coche("pension_versee", "Pension alimentaire versée, en tout, en {annee_pension}", "€"),
    situation.VALEUR_DU_PATRIMOINE,
    *(benefice(prefix, Coche("autres", f"{prefix}benefice")) for prefix in ADULTES),
    autres_revenus("Ceux de {annee}, et ceux d'aujourd'hui.", "salaires", "invalidite", "loyers", "placements"),
    *(revenus_annuels(prefix, Tous(ANNUEL, Coche("revenus", f"{prefix}salaires"))) for prefix in ADULTES),
    *(revenus_mensuels(prefix, Tous(GLISSANT, Coche("revenus", f"{prefix}salaires"))) for prefix in ADULTES),
    *(par_mois("invalidite", prefix) for prefix in ADULTES),
    *(par_mois(nom) for nom in ("loyers", "placements")),
)
_PAGES = (
    *premieres_pages(AGE_DES_ENFANTS),
    Page(nom="ressources", titre="Vos ressources", contenu=DE_REFERENCE),
    Page(nom="autres", titre="Votre situation", contenu=_SITUATION),
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
        si=Est("occupation", ("proprietaire", "gratuit", "sans_logement")),
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
    (Toujours(), "une rente, une plus-value"),
    (Toujours(), "les frais réels déclarés aux impôts"),
    (Toujours(), "les ressources des autres personnes qui vivent chez vous"),
    (Toujours(), "une séparation ou un décès récents"),
    (Coche("autres", "alternance"), "le partage du temps en résidence alternée : nous comptons la moitié"),
    (EntreMois("mois", dernier=periods.LAST_YEARLY_MONTH), "une aide déjà versée l'année précédente"),
    (LOCATAIRE, "la surface et l'état du logement"),
    (FOYER_SANS_DATE, "la rénovation de la chambre"),
    (ACCEDANT, "les travaux que paie le prêt"),
    (Toujours(), "le droit au séjour d'une personne étrangère"),
)

PARCOURS = Parcours(
    nom="logement",
    titre="Simulation d'aide au logement",
    mois=MOIS,
    pages=_PAGES,
    arrets=_ARRETS,
    non_demande=_NON_DEMANDE,
    contexte=periods.contexte,
    controle=controle_du_foyer(AGE_DES_ENFANTS),
)

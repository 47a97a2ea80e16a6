"""The PAJE simulator: grants of birth and adoption, base allowance, parental leave, childcare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from guichet.domain.droits import Prestation, Texte
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois
from guichet.journeys import periods, petite_enfance
from guichet.journeys.champs import Cases, Champ, Choix, Entier, Jour, Montant, Option, OuiNon
from guichet.journeys.conditions import (
    AuMoins,
    Coche,
    EntreMois,
    Est,
    Non,
    Reponses,
    Toujours,
    Tous,
    Un,
)
from guichet.journeys.parcours import Arret, Page, Parcours
from guichet.journeys.petite_enfance import (
    CMG_HORAIRE,
    EnfantAGarder,
    EnfantAGarderParSonAge,
    EnfantDeLAllocation,
    EnfantDuConge,
    EnfantDuCongeMajore,
)
from guichet.journeys.questions import ressources, situation
from guichet.journeys.questions.activite import ACTIVITES, sauf
from guichet.journeys.questions.foyer import EN_COUPLE, ENFANTS, controle_du_foyer, nombre_d_enfants
from guichet.journeys.questions.mots import AVEC_ENFANTS, COUPLE, DATE, MOIS, OUI_OU_NON, SEUL

AGE_DES_ENFANTS = 20
"""A child counts for the family benefits until then (CSS, art. L512-3 and R512-2)."""
DERNIER_REVENU_MINIMAL = Mois(2013, 12)
"""Until then the CMG asks for a wage of the month, small but not too small (D531-19)."""
MAJORATION_AEEH = Mois(2019, 11)
TARIF_MAXIMAL = Mois(2020, 1)
"""The first month of the wording that was read of D531-23, which caps the price of a micro-crèche."""
ALTERNANCE_DU_CMG = Mois(2025, 12)
"""From then on, each parent of a child in alternating residence can have the CMG (D531-18-2)."""

_ATTEND = Est("attend_enfant", (True,))
_MAYOTTE = Coche("autres", "mayotte")
_DIRECT = ("assistant_maternel", "domicile")
_STRUCTURE = ("micro_creche", "structure", "structure_assistant_maternel")
_GARDE_PAYEE = Tous(EnfantAGarder(), Est("garde", (*_DIRECT, *_STRUCTURE)))
_AU_TRAVAIL = sauf("inactif", "retraite", "conge_parental")
_EN_CONGE = Un(Est("activite", ("conge_parental",)), Est("conjoint_activite", ("conge_parental",)))
_CONGE_MAJORE_POSSIBLE = Tous(EnfantDuConge(), EnfantDuCongeMajore())
_CONGE_MAJORE = Tous(_CONGE_MAJORE_POSSIBLE, Est("majoree", (True,)))


def _au_travail(activite: str) -> Un:
    """The shorter leave, better paid, goes with the CMG (L531-9)."""
    return Un(Est(activite, _AU_TRAVAIL), Tous(Est(activite, ("conge_parental",)), _CONGE_MAJORE))


_PARENTS_AU_TRAVAIL = Un(
    Tous(_au_travail("activite"), Un(Non(COUPLE), _au_travail("conjoint_activite"))),
    Coche("autres", "aah"),
    Coche("autres", "conjoint_aah"),
)
_GARDE_QUI_COMPTE = Tous(_GARDE_PAYEE, _PARENTS_AU_TRAVAIL)
_TRAVAIL_UTILE = Un(EnfantDuConge(), _GARDE_PAYEE)

ADOPTION = Option("adoption", "Un de vos enfants est adopté, ou confié en vue de son adoption", si=AVEC_ENFANTS)
JUMEAUX = Option("jumeaux", "Vous attendez des jumeaux, ou plus", si=_ATTEND)
AEEH = replace(situation.AEEH, si=Tous(EntreMois("mois", premier=MAJORATION_AEEH), EnfantAGarderParSonAge()))
# It shares the family allowances, and leaves none of the ASF, that the result offers beside the Paje.
ALTERNANCE = replace(situation.ALTERNANCE, si=Un(AuMoins("nombre_enfants", 2), Tous(SEUL, AVEC_ENFANTS)))
MAYOTTE = Option("mayotte", "Vous vivez à Mayotte")
_DE_L_ANNEE = (
    replace(situation.BENEFICE, si=Toujours()),
    replace(situation.BENEFICE_CONJOINT, si=COUPLE),
    Option("chomage_annuel", "Vous avez touché des allocations chômage en {annee}"),
    Option("conjoint_chomage_annuel", "Votre conjoint a touché des allocations chômage en {annee}", si=COUPLE),
    Option("retraite_annuelle", "Vous avez touché une pension de retraite ou d'invalidité en {annee}"),
    Option("conjoint_retraite_annuelle", "Votre conjoint a touché une telle pension en {annee}", si=COUPLE),
    Option("pension_annuelle_recue", "Vous avez reçu une pension alimentaire en {annee}"),
    Option("pension_annuelle_versee", "Vous avez versé une pension alimentaire en {annee}"),
)

_FOYER = (
    EN_COUPLE,
    nombre_d_enfants(AGE_DES_ENFANTS),
    OuiNon(
        nom="attend_enfant",
        question="Attendez-vous un enfant\u00a0?",
        aide="Une grossesse en cours, la vôtre ou celle de votre conjointe.",
        erreur=OUI_OU_NON,
        case=("autres", situation.ENCEINTE.value),
    ),
)
_ENFANTS = (
    Jour(
        nom="naissance_prevue",
        question="Date prévue de la naissance",
        aide="Elle est sur le certificat de grossesse.",
        erreur=DATE,
        mois_de_plus=9,
        si=_ATTEND,
    ),
    ENFANTS,
)
_SITUATION = (
    situation.cases(
        ADOPTION,
        JUMEAUX,
        ALTERNANCE,
        AEEH,
        replace(situation.AAH, si=EnfantAGarderParSonAge()),
        replace(situation.AAH_CONJOINT, si=Tous(COUPLE, EnfantAGarderParSonAge())),
        MAYOTTE,
        *_DE_L_ANNEE,
    ),
    Jour(
        nom="adopte_naissance",
        question="Date de naissance de l'enfant adopté",
        aide="Plusieurs enfants adoptés ? Celle du dernier arrivé.",
        erreur=DATE,
        si=Coche("autres", "adoption"),
    ),
    Jour(
        nom="adopte_arrivee",
        question="Date de son arrivée chez vous",
        erreur=DATE,
        si=Coche("autres", "adoption"),
    ),
    Entier(
        nom="jumeaux",
        question="Combien d'enfants attendez-vous\u00a0?",
        erreur="Indiquez un nombre, 2 au moins.",
        minimum=2,
        maximum=6,
        si=Coche("autres", "jumeaux"),
    ),
    situation.COMBIEN_EN_ALTERNANCE,
    Entier(
        nom="aeeh",
        question="Pour combien d'enfants recevez-vous l'AEEH\u00a0?",
        erreur="Indiquez un nombre, 1 au moins.",
        minimum=1,
        maximum=12,
        si=Tous(Coche("autres", "aeeh"), AuMoins("nombre_enfants", 2), EnfantAGarder()),
    ),
)
_MODE_DE_GARDE = (
    Choix(
        nom="garde",
        question="Qui garde votre enfant, contre paiement\u00a0?",
        aide="S'il y en a plusieurs, choisissez la garde qui coûte le plus.",
        erreur="Choisissez qui garde votre enfant.",
        options=(
            Option(
                "aucune", "Personne, ou une crèche au tarif de la Caf", "Crèche publique ou associative, école, famille…"
            ),
            Option("assistant_maternel", "Une assistante maternelle que vous employez"),
            Option(
                "domicile",
                "Une personne que vous employez chez vous",
                "Pour votre famille seule, ou partagée avec une autre",
            ),
            Option("micro_creche", "Une micro-crèche", si=EnfantAGarder(structure=True)),
            Option(
                "structure",
                "Une association ou une entreprise qui envoie quelqu'un chez vous",
                "Vous payez la structure, pas la personne",
                si=EnfantAGarder(structure=True),
            ),
            Option(
                "structure_assistant_maternel",
                "Une association ou une entreprise qui emploie des assistantes maternelles",
                si=EnfantAGarder(structure=True),
            ),
        ),
    ),
)
_TRAVAIL = (
    *ACTIVITES,
    Cases(
        nom="temps_partiel",
        question="Qui travaille moins pour élever vos enfants\u00a0?",
        aide="Temps partiel pris pour un enfant. Rien à cocher ? Continuez.",
        erreur="Choisissez parmi les cases proposées.",
        options=(
            Option("partielle_50", "Vous, un mi-temps ou moins"),
            Option("partielle_80", "Vous, plus d'un mi-temps, 80 % d'un temps plein au plus"),
            Option("conjoint_partielle_50", "Votre conjoint, un mi-temps ou moins", si=COUPLE),
            Option("conjoint_partielle_80", "Votre conjoint, plus d'un mi-temps, 80 % au plus", si=COUPLE),
        ),
        si=EnfantDuConge(),
    ),
    OuiNon(
        nom="majoree",
        question="Avez-vous choisi le congé le plus court, mieux payé\u00a0?",
        aide="Avec trois enfants au moins : un montant plus élevé, jusqu'au premier anniversaire du dernier au plus.",
        erreur=OUI_OU_NON,
        si=Tous(_CONGE_MAJORE_POSSIBLE, _EN_CONGE),
    ),
)
_COUT = (
    Montant(
        nom="garde_cout",
        question="Ce que coûte la garde en un mois",
        aide="Le salaire net et les indemnités que vous versez, ou la facture de la structure, sans rien déduire.",
        erreur="Indiquez le coût d'un mois, par exemple 650.",
        minimum=Decimal(1),
        maximum=Decimal(20_000),
    ),
    Montant(
        nom="garde_heures",
        question="Heures de garde payées en un mois",
        aide="Pour tous les enfants gardés, contrats additionnés.",
        erreur="Indiquez les heures payées en un mois, par exemple 120.",
        unite="heures",
        minimum=Decimal(1),
        maximum=Decimal(2_000),
        si=Tous(EntreMois("mois", premier=CMG_HORAIRE), Est("garde", _DIRECT)),
    ),
    OuiNon(
        nom="horaires_specifiques",
        question="Y a-t-il au moins 25 heures par mois la nuit, le dimanche ou un jour férié\u00a0?",
        erreur=OUI_OU_NON,
        si=Un(EntreMois("mois", dernier=CMG_HORAIRE - 1), Est("garde", _STRUCTURE)),
    ),
    ressources.salaire_actuel("", DERNIER_REVENU_MINIMAL),
    ressources.salaire_actuel("conjoint_", DERNIER_REVENU_MINIMAL),
)


def _de_l_annee(case: str, question: str) -> Champ:
    return situation.montant_coche(case, question, "€ par an", 1_000_000)


_RESSOURCES = (
    ressources.revenus_annuels("", Toujours()),
    ressources.revenus_annuels("conjoint_", COUPLE),
    replace(ressources.benefice(""), si=Coche("autres", "benefice")),
    replace(ressources.benefice("conjoint_"), si=Coche("autres", "conjoint_benefice")),
    _de_l_annee("chomage_annuel", "Vos allocations chômage, en tout, en {annee}"),
    _de_l_annee("conjoint_chomage_annuel", "Allocations chômage de votre conjoint, en tout, en {annee}"),
    _de_l_annee("retraite_annuelle", "Vos pensions de retraite ou d'invalidité, en tout, en {annee}"),
    _de_l_annee("conjoint_retraite_annuelle", "Ces pensions de votre conjoint, en tout, en {annee}"),
    _de_l_annee("pension_annuelle_recue", "Pension alimentaire reçue, en tout, en {annee}"),
    _de_l_annee("pension_annuelle_versee", "Pension alimentaire versée, en tout, en {annee}"),
)
_RESSOURCES_UTILES = Tous(Non(_MAYOTTE), Un(_ATTEND, EnfantDeLAllocation(), _GARDE_QUI_COMPTE))
_PAGES = (
    Page(nom="foyer", titre="Votre foyer", contenu=_FOYER),
    Page(nom="enfants", titre="Vos enfants", contenu=_ENFANTS),
    Page(nom="autres", titre="Votre situation", contenu=_SITUATION),
    Page(nom="garde", titre="La garde", si=EnfantAGarder(), contenu=_MODE_DE_GARDE),
    Page(nom="travail", titre="Votre travail", si=_TRAVAIL_UTILE, contenu=_TRAVAIL),
    Page(nom="cout", titre="Le coût de la garde", si=_GARDE_QUI_COMPTE, contenu=_COUT),
    Page(nom="ressources", titre="Vos ressources", si=_RESSOURCES_UTILES, contenu=_RESSOURCES),
)

_CMG = (Prestation.PAJE_CMG,)
_ARRETS = (
    Arret(
        si=Tous(Est("nombre_enfants", (0,)), Est("attend_enfant", (False,))),
        condition="Avoir un enfant à charge, ou en attendre un",
        trouve="Ni enfant à charge ni grossesse",
        requis="Un enfant né, adopté ou attendu",
        conseil="La prime à la naissance se demande dès la grossesse : faites alors une nouvelle simulation.",
        textes=(Texte("CSS, art. L531-1"),),
    ),
    Arret(
        prestations=_CMG,
        si=Tous(Non(_MAYOTTE), Non(EnfantAGarder())),
        condition="Un enfant de l'âge du complément",
        trouve="Aucun enfant de cet âge ce mois-ci",
        requis="Un enfant né de moins de 6 ans, ou de 12 ans pour un parent seul qui emploie, depuis septembre 2025",
        conseil="Après une naissance, faites une nouvelle simulation avec la garde choisie.",
        textes=(Texte("CSS, art. L531-5"),),
    ),
    Arret(
        prestations=_CMG,
        si=Tous(_GARDE_PAYEE, Non(_PARENTS_AU_TRAVAIL)),
        condition="Activité professionnelle des parents",
        trouve="Un parent sans activité, retraité ou en congé parental à temps plein, sans le montant majoré",
        requis="Que chaque parent travaille, étudie ou cherche un emploi, ou qu'un parent reçoive l'AAH",
        conseil="Une reprise d'activité, même à temps partiel.",
        textes=(Texte("CSS, art. L531-5"),),
    ),
)

_NON_DEMANDE = (
    (_RESSOURCES_UTILES, "vos autres revenus : placements, biens loués, revenus de l'étranger, revenus d'un enfant"),
    (_RESSOURCES_UTILES, "les frais réels déclarés aux impôts"),
    (_RESSOURCES_UTILES, "une baisse de revenus depuis : chômage, arrêt de travail, séparation, décès"),
    (
        Un(_EN_CONGE, *(Coche("temps_partiel", case) for case in ("partielle_50", "partielle_80"))),
        "les mois de congé déjà payés",
    ),
    (_GARDE_QUI_COMPTE, "quels enfants sont gardés : nous comptons tous ceux qui en ont l'âge"),
    (_GARDE_QUI_COMPTE, "une seconde garde le même mois"),
    (
        Tous(_GARDE_QUI_COMPTE, Est("garde", ("micro_creche",)), EntreMois("mois", premier=TARIF_MAXIMAL)),
        "le tarif de la micro-crèche : au-dessus de 10 € de l'heure, aucun complément n'est dû",
    ),
    (
        Tous(_GARDE_QUI_COMPTE, Est("garde", _STRUCTURE), EntreMois("mois", dernier=CMG_HORAIRE - 1)),
        "les heures de garde : à moins de 16 heures dans le mois, aucun complément n'était dû",
    ),
    (
        Tous(_GARDE_QUI_COMPTE, EntreMois("mois", premier=ALTERNANCE_DU_CMG)),
        "le choix des parents en résidence alternée : chacun peut demander le complément, pour la garde qu'il paie",
    ),
    (
        Tous(_GARDE_QUI_COMPTE, Un(*(Est(f"{qui}activite", ("chomeur_non_indemnise",)) for qui in ("", "conjoint_")))),
        "l'allocation de solidarité spécifique et le RSA : sans eux, un parent au chômage sans allocation n'a pas le "
        "complément de garde",
    ),
    (Coche("autres", "adoption"), "des adoptions à plusieurs dates"),
    (Toujours(), "le droit au séjour d'une personne étrangère"),
)

_AGES = controle_du_foyer(AGE_DES_ENFANTS)
_TEMPS_PARTIELS = {
    "": (
        "Cochez une seule durée de travail pour vous.",
        "Un temps partiel suppose un travail : corrigez cette case, ou votre activité.",
    ),
    "conjoint_": (
        "Cochez une seule durée de travail pour votre conjoint.",
        "Un temps partiel suppose un travail : corrigez cette case, ou l'activité de votre conjoint.",
    ),
}
"""What is said of two lengths of work, and of one without a work."""


def _controle(reponses: Reponses) -> Mapping[str, str]:
    phrases = {**_AGES(reponses), **petite_enfance.controle(reponses)}
    enfants, handicapes = reponses.get("nombre_enfants"), reponses.get("aeeh")
    if isinstance(enfants, int) and isinstance(handicapes, int) and handicapes > enfants:
        phrases["aeeh"] = Phrase("Vous avez {nombre} enfants à charge : indiquez {nombre} au plus.", nombre=enfants)
    parts = reponses.get("temps_partiel")
    for prefix, (deux_durees, sans_travail) in _TEMPS_PARTIELS.items():
        parties = {f"{prefix}partielle_50", f"{prefix}partielle_80"}.intersection(parts if isinstance(parts, tuple) else ())
        if len(parties) == 2:
            phrases["temps_partiel"] = deux_durees
        elif parties and reponses.get(f"{prefix}activite") not in ("salarie", "independant", "apprenti"):
            phrases["temps_partiel"] = sans_travail
    return phrases


PARCOURS = Parcours(
    nom="paje",
    titre="Simulation de la Paje",
    mois=MOIS,
    pages=_PAGES,
    arrets=_ARRETS,
    non_demande=_NON_DEMANDE,
    contexte=periods.contexte,
    controle=_controle,
)

"""The housing-aid simulator: tenants, residents of foyers, buyers, whatever their household.

The questions are here; the household that their answers describe is in `logement_foyer`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from guichet.domain.droits import Texte
from guichet.domain.vocabulaire import DERNIER_MOIS_VERIFIE, PREMIER_MOIS, Mois
from guichet.journeys.champs import (
    Cases,
    Champ,
    ChampMois,
    Choix,
    ChoixCommune,
    CodePostal,
    Entier,
    Jour,
    Montant,
    Option,
    OuiNon,
)
from guichet.journeys.conditions import AuMoins, Coche, Condition, EntreMois, Est, PlusieursCommunes, Reponses, Tous, Un
from guichet.journeys.parcours import Arret, Groupe, Page, Parcours
from guichet.journeys.simulateurs.logement_foyer import (
    DERNIER_MOIS_ANNUEL,
    DERNIERE_EVALUATION_FORFAITAIRE,
    annee_de_reference,
    mois_de_reference,
)

_LOCATAIRE = Est("occupation", ("vide", "meuble", "colocation_vide", "colocation_meuble", "chambre"))
_FOYER_DATE = Est("occupation", ("residence_sociale", "foyer_jeunes_travailleurs"))
_FOYER_AUTRE = Est("occupation", ("foyer", "residence_universitaire"))
_COUPLE = Est("couple", (True,))
_OUI_OU_NON = "Répondez oui ou non."
_DATE = "Indiquez le jour, le mois et l'année."
_EUROS = "Indiquez un montant en euros, 0 s'il n'y en a pas."
_OPTIONS_ACTIVITE = (
    Option("salarie", "Salarié"),
    Option("independant", "Travailleur indépendant"),
    Option("apprenti", "Apprenti"),
    Option("etudiant", "Étudiant"),
    Option("chomeur", "Au chômage, indemnisé"),
    Option("chomeur_non_indemnise", "Au chômage, sans indemnité"),
    Option("retraite", "Retraité"),
    Option("inactif", "Sans emploi"),
)


def _revenus(prefixe: str, le: str, les: str, de_qui: str, *si: Condition) -> tuple[Champ, ...]:
    """The incomes of a person: of the months that count, then of today where the law looks at it."""
    activite = f"{prefixe}activite"
    independant = Est(activite, ("independant",))
    annuel = EntreMois("mois", dernier=DERNIER_MOIS_ANNUEL)
    mensuel = EntreMois("mois", premier=DERNIER_MOIS_ANNUEL + 1)
    pas_independant = Est(activite, tuple(option.valeur for option in _OPTIONS_ACTIVITE if option.valeur != "independant"))
    return (
        Montant(
            nom=f"{prefixe}revenus_annuels",
            question=f"{les} salaires{de_qui}, ou bénéfice d'indépendant, pour toute l'année {{annee}}",
            aide="Le montant net imposable, sans les allocations chômage ni les pensions de retraite.",
            erreur=_EUROS,
            unite="€ par an",
            maximum=Decimal(1_000_000),
            si=Tous(Un(annuel, independant), *si),
        ),
        Montant(
            nom=f"{prefixe}revenus_mensuels",
            question=f"{les} salaires{de_qui}, en moyenne par mois, {{periode}}",
            aide="Le montant net imposable, sans les allocations chômage ni les pensions de retraite.",
            erreur=_EUROS,
            si=Tous(mensuel, pas_independant, *si),
        ),
        Montant(
            nom=f"{prefixe}salaire_actuel",
            question=f"{le} dernier salaire{de_qui}",
            aide="Le montant net imposable du mois. Il compte quand il n'y avait presque pas de revenus cette année-là.",
            erreur=_EUROS,
            si=Tous(EntreMois("mois", dernier=DERNIERE_EVALUATION_FORFAITAIRE), Est(activite, ("salarie", "apprenti")), *si),
        ),
        Montant(
            nom=f"{prefixe}indemnite",
            question=f"Allocation chômage, ou pension de retraite{de_qui}",
            aide="Le montant net imposable du mois.",
            erreur=_EUROS,
            si=Tous(Est(activite, ("chomeur", "retraite")), *si),
        ),
        Jour(
            nom=f"{prefixe}depuis",
            question=f"Début du chômage, ou de la retraite{de_qui}",
            erreur=_DATE,
            si=Tous(Est(activite, ("chomeur", "chomeur_non_indemnise", "retraite")), *si),
        ),
    )


def _montant_si_coche(case: str, question: str, **autres: Decimal | str) -> Montant:
    return Montant(nom=case, question=question, erreur=_EUROS, si=Coche("autres", case), **autres)  # type: ignore[arg-type]


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
                    Option("foyer", "En foyer", "Personnes âgées, personnes handicapées, étudiants..."),
                    Option("foyer_jeunes_travailleurs", "En foyer de jeunes travailleurs"),
                    Option("residence_sociale", "En résidence sociale"),
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
                    Option("hlm", "Un organisme HLM"),
                    Option("prive", "Un propriétaire privé"),
                    Option("conventionne", "Un propriétaire privé, logement conventionné", "Votre bail le dit"),
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
                question="Le foyer ou la résidence est-il conventionné (APL)\u00a0?",
                aide="Le gestionnaire le sait, votre contrat aussi.",
                erreur=_OUI_OU_NON,
                si=_FOYER_AUTRE,
            ),
            Jour(
                nom="convention",
                question="Date de la convention du foyer ou de la résidence",
                aide="Le gestionnaire la connaît. À défaut, indiquez la date d'ouverture.",
                erreur=_DATE,
                si=_FOYER_DATE,
            ),
        ),
    ),
    Page(
        nom="pret",
        titre="Votre prêt",
        si=Est("occupation", ("accedant",)),
        variante="depense",
        contenu=(
            Jour(nom="signature", question="Date de signature du prêt", erreur=_DATE),
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
            Jour(nom="naissance", question="Votre date de naissance", erreur=_DATE),
            OuiNon(nom="couple", question="Vivez-vous en couple\u00a0?", erreur=_OUI_OU_NON),
            Entier(
                nom="nombre_enfants",
                question="Combien d'enfants avez-vous à charge\u00a0?",
                aide="Ceux de moins de 21 ans qui vivent avec vous, y compris en résidence alternée.",
                erreur="Indiquez un nombre, 0 si vous n'en avez pas.",
                maximum=12,
            ),
        ),
    ),
    Page(
        nom="proches",
        titre="Vos proches",
        si=Un(_COUPLE, AuMoins("nombre_enfants", 1)),
        contenu=(
            Jour(nom="conjoint_naissance", question="Date de naissance de votre conjoint", erreur=_DATE, si=_COUPLE),
            Groupe(
                nom="enfants",
                nombre="nombre_enfants",
                champs=(Jour(nom="naissance", question="Date de naissance de l'enfant {rang}", erreur=_DATE),),
            ),
        ),
    ),
    Page(
        nom="activite",
        titre="Votre activité",
        contenu=(
            Choix(nom="activite", question="Vous êtes", erreur="Choisissez votre activité.", options=_OPTIONS_ACTIVITE),
            Choix(
                nom="conjoint_activite",
                question="Votre conjoint est",
                erreur="Choisissez l'activité de votre conjoint.",
                options=_OPTIONS_ACTIVITE,
                si=_COUPLE,
            ),
        ),
    ),
    Page(
        nom="ressources",
        titre="Vos ressources",
        contenu=(
            *_revenus("", "Votre", "Vos", ""),
            *_revenus("conjoint_", "Le", "Les", " de votre conjoint", _COUPLE),
        ),
    ),
    Page(
        nom="autres",
        titre="Dans votre foyer",
        contenu=(
            Cases(
                nom="autres",
                question="Cochez ce qui est vrai",
                aide="Rien à cocher ? Continuez.",
                erreur="Choisissez parmi les cases proposées.",
                options=(
                    Option("enceinte", "Vous, ou votre conjointe, êtes enceinte"),
                    Option("rsa", "Vous avez reçu le RSA le mois dernier", "Revenu de solidarité active"),
                    Option("aah", "Vous recevez l'AAH", "Allocation aux adultes handicapés"),
                    Option("conjoint_aah", "Votre conjoint reçoit l'AAH", "Allocation aux adultes handicapés", si=_COUPLE),
                    Option(
                        "patrimoine",
                        "Vous avez plus de 30\u202f000\u00a0€ de patrimoine",
                        "Épargne, biens qui ne sont ni votre logement ni ce qui sert à votre travail",
                        si=EntreMois("mois", premier=Mois(2016, 10)),
                    ),
                    Option("boursier", "Vous avez une bourse sur critères sociaux", si=Est("activite", ("etudiant",))),
                    Option(
                        "hors_ue",
                        "Vous avez un titre de séjour d'étudiant et ne remplissez pas les conditions d'une bourse",
                        "Nationalités hors Union européenne, depuis juillet 2026",
                        si=Tous(EntreMois("mois", premier=Mois(2026, 7)), Est("activite", ("etudiant",))),
                    ),
                    Option(
                        "alternance",
                        "Un de vos enfants, ou plusieurs, vivent en résidence alternée",
                        si=AuMoins("nombre_enfants", 1),
                    ),
                ),
            ),
            _montant_si_coche("rsa", "RSA reçu le mois dernier"),
            _montant_si_coche("aah", "AAH reçue le mois dernier par vous"),
            _montant_si_coche("conjoint_aah", "AAH reçue le mois dernier par votre conjoint"),
            _montant_si_coche(
                "patrimoine", "Valeur de ce patrimoine, en tout", unite="€", minimum=Decimal(0), maximum=Decimal(100_000_000)
            ),
            Entier(
                nom="alternance",
                question="Combien d'enfants vivent en résidence alternée\u00a0?",
                erreur="Indiquez un nombre, 1 au moins.",
                minimum=1,
                maximum=12,
                si=Coche("autres", "alternance"),
            ),
        ),
    ),
)


def _contexte(reponses: Reponses) -> Mapping[str, str]:
    mois = reponses.get("mois")
    if not isinstance(mois, Mois):
        return {}
    du, au = mois_de_reference(mois)
    return {"annee": str(annee_de_reference(mois)), "periode": f"de {du.en_lettres} à {au.en_lettres}"}


def _controle(reponses: Reponses) -> Mapping[str, str]:
    alternes, enfants = reponses.get("alternance"), reponses.get("nombre_enfants")
    if isinstance(alternes, int) and isinstance(enfants, int) and alternes > enfants:
        return {"alternance": f"Vous avez {enfants} enfant(s) à charge : indiquez {enfants} au plus."}
    return {}


PARCOURS = Parcours(
    nom="logement",
    titre="Simulation d'aide au logement",
    mois=ChampMois(
        nom="mois",
        question="Mois de la simulation",
        erreur=f"Indiquez un mois, de {PREMIER_MOIS.en_lettres} à {DERNIER_MOIS_VERIFIE.en_lettres}.",
        premier=PREMIER_MOIS,
        dernier=DERNIER_MOIS_VERIFIE,
    ),
    pages=_PAGES,
    arrets=(
        Arret(
            si=Est("bailleur", ("famille",)),
            condition="Votre propriétaire n'est pas un parent proche",
            trouve="Votre logement appartient à un ascendant ou à un descendant.",
            requis="Un propriétaire qui n'est ni votre ascendant ni votre descendant, ni celui de votre conjoint.",
            conseil="L'aide devient possible dans un logement loué à quelqu'un d'autre.",
            textes=(Texte("CCH, art. L822-3", date(2019, 9, 1)),),
        ),
        Arret(
            si=Est("occupation", ("proprietaire", "gratuit")),
            condition="Vous payez un loyer ou remboursez un prêt",
            trouve="Vous n'avez ni loyer ni prêt à payer pour votre logement.",
            requis="Un loyer, une redevance ou une mensualité de prêt à votre charge.",
            conseil="Faites une nouvelle simulation si vous devenez locataire.",
        ),
    ),
    non_demande=(
        "les pensions alimentaires",
        "les revenus de placements et de biens loués",
        "les pensions d'invalidité et les indemnités journalières",
        "les autres personnes qui vivent chez vous",
        "la surface et la décence du logement",
    ),
    contexte=_contexte,
    controle=_controle,
)

"""The housing-aid simulator: tenants, whatever their household. Buyers and foyers are not asked yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from guichet import territory
from guichet.domain.droits import Texte
from guichet.domain.foyer import Activite, Foyer, Logement, Nature, Occupation, Personne, Ressource, Role, Territoire, Zone
from guichet.domain.vocabulaire import Mois, euros
from guichet.journeys.champs import Champ, ChampMois, Choix, ChoixCommune, CodePostal, Entier, Jour, Montant, Option, OuiNon
from guichet.journeys.conditions import EntreMois, Est, PlusieursCommunes, Reponses, Tous
from guichet.journeys.parcours import Arret, Groupe, Page, Parcours

PREMIER_MOIS = Mois(2012, 6)
DERNIER_MOIS = Mois(2026, 11)
DERNIER_MOIS_ANNUEL = Mois(2020, 12)
"""Resources are those of the year N-2 until then, of twelve months afterwards."""

_LOCATAIRE = Est("occupation", ("vide", "meuble", "chambre"))
_COUPLE = Est("couple", (True,))
_OPTIONS_ACTIVITE = (
    Option("salarie", "Salarié"),
    Option("independant", "Travailleur indépendant"),
    Option("apprenti", "Apprenti"),
    Option("etudiant", "Étudiant"),
    Option("chomeur", "Au chômage, indemnisé"),
    Option("retraite", "Retraité"),
    Option("inactif", "Sans emploi"),
)
_NATURES = {
    Activite.CHOMEUR: Nature.CHOMAGE,
    Activite.RETRAITE: Nature.RETRAITE,
    Activite.INDEPENDANT: Nature.INDEPENDANT,
}


def _revenus(prefixe: str, de_qui: str, *si: Est) -> tuple[Champ, ...]:
    erreur = "Indiquez un montant en euros, 0 s'il n'y en a pas."
    return (
        Montant(
            nom=f"{prefixe}revenus_annuels",
            question=f"{de_qui} net imposable de {{periode}}, en tout",
            erreur=erreur,
            unite="€ par an",
            maximum=Decimal(1_000_000),
            si=Tous(EntreMois("mois", dernier=DERNIER_MOIS_ANNUEL), *si),
        ),
        Montant(
            nom=f"{prefixe}revenus_mensuels",
            question=f"{de_qui} net imposable, en moyenne par mois, {{periode}}",
            erreur=erreur,
            si=Tous(EntreMois("mois", premier=DERNIER_MOIS_ANNUEL + 1), *si),
        ),
    )


_PAGES = (
    Page(
        nom="logement",
        titre="Votre logement",
        contenu=(
            CodePostal(nom="code_postal", question="Code postal", erreur="Indiquez les cinq chiffres, par exemple 35000."),
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
                    Option("chambre", "Locataire d'une chambre"),
                    Option("proprietaire", "Propriétaire, sans prêt à rembourser"),
                    Option("gratuit", "Logé gratuitement"),
                ),
            ),
            OuiNon(nom="colocation", question="Êtes-vous en colocation ?", erreur="Répondez oui ou non.", si=_LOCATAIRE),
        ),
    ),
    Page(
        nom="loyer",
        titre="Votre loyer",
        si=_LOCATAIRE,
        contenu=(
            Choix(
                nom="bailleur",
                question="Votre propriétaire est",
                erreur="Choisissez votre propriétaire.",
                options=(
                    Option("hlm", "Un organisme HLM"),
                    Option("prive", "Un propriétaire privé"),
                    Option("famille", "Votre parent, grand-parent, enfant ou petit-enfant", "Ou celui de votre conjoint"),
                ),
            ),
            Montant(
                nom="loyer",
                question="Loyer du mois, sans les charges",
                erreur="Indiquez le loyer sans les charges, par exemple 520.",
                maximum=Decimal(20_000),
            ),
        ),
    ),
    Page(
        nom="foyer",
        titre="Votre foyer",
        contenu=(
            Jour(nom="naissance", question="Votre date de naissance", erreur="Indiquez le jour, le mois et l'année."),
            OuiNon(nom="couple", question="Vivez-vous en couple ?", erreur="Répondez oui ou non."),
            Entier(
                nom="nombre_enfants",
                question="Combien d'enfants avez-vous à charge ?",
                erreur="Indiquez un nombre, 0 si vous n'en avez pas.",
                maximum=12,
            ),
        ),
    ),
    Page(
        nom="proches",
        titre="Vos proches",
        contenu=(
            Jour(
                nom="conjoint_naissance",
                question="Date de naissance de votre conjoint",
                erreur="Indiquez le jour, le mois et l'année.",
                si=_COUPLE,
            ),
            Groupe(
                nom="enfants",
                nombre="nombre_enfants",
                champs=(
                    Jour(
                        nom="naissance",
                        question="Date de naissance de l'enfant {rang}",
                        erreur="Indiquez le jour, le mois et l'année.",
                    ),
                ),
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
        contenu=(*_revenus("", "Votre revenu"), *_revenus("conjoint_", "Le revenu de votre conjoint", _COUPLE)),
    ),
)


def _contexte(reponses: Reponses) -> Mapping[str, str]:
    mois = reponses.get("mois")
    if not isinstance(mois, Mois):
        return {}
    du, au = _periode(mois)
    return {"periode": f"l'année {du.annee}" if mois <= DERNIER_MOIS_ANNUEL else f"de {du.en_lettres} à {au.en_lettres}"}


def _periode(mois: Mois) -> tuple[Mois, Mois]:
    """The months whose income counts."""
    if mois <= DERNIER_MOIS_ANNUEL:
        return Mois(mois.annee - 2, 1), Mois(mois.annee - 2, 12)
    return mois - 13, mois - 2


PARCOURS = Parcours(
    nom="logement",
    titre="Simulation d'aide au logement",
    mois=ChampMois(
        nom="mois",
        question="Mois de la simulation",
        erreur="Indiquez un mois, de 2012-06 à 2026-11.",
        premier=PREMIER_MOIS,
        dernier=DERNIER_MOIS,
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
            requis="Un loyer ou une mensualité de prêt à votre charge.",
            conseil="Faites une nouvelle simulation si vous devenez locataire.",
        ),
    ),
    contexte=_contexte,
)


def foyer(reponses: Reponses) -> Foyer:
    """The household that complete answers describe. Raises KeyError when one is missing."""
    mois = reponses["mois"]
    assert isinstance(mois, Mois)
    personnes = [_adulte(reponses, "", Role.DEMANDEUR, mois)]
    if reponses["couple"]:
        personnes.append(_adulte(reponses, "conjoint_", Role.CONJOINT, mois))
    for rang in range(1, int(str(reponses["nombre_enfants"])) + 1):
        personnes.append(Personne(_jour(reponses[f"enfants-{rang}-naissance"]), Role.ENFANT))
    return Foyer(tuple(personnes), _logement(reponses))


def _adulte(reponses: Reponses, prefixe: str, role: Role, mois: Mois) -> Personne:
    activite = Activite(str(reponses[f"{prefixe}activite"]))
    if mois <= DERNIER_MOIS_ANNUEL:
        mensuel = euros(Decimal(str(reponses[f"{prefixe}revenus_annuels"])) / 12)
    else:
        mensuel = euros(str(reponses[f"{prefixe}revenus_mensuels"]))
    revenu = Ressource(_NATURES.get(activite, Nature.SALAIRE), mensuel, *_periode(mois))
    return Personne(_jour(reponses[f"{prefixe}naissance"]), role, activite, (revenu,) if mensuel else ())


def _logement(reponses: Reponses) -> Logement:
    communes = territory.communes(str(reponses["code_postal"]))
    commune = territory.commune(str(reponses["commune"])) if "commune" in reponses else communes[0]
    hlm = reponses["bailleur"] == "hlm"
    occupations = {
        "vide": Occupation.LOCATAIRE_HLM if hlm else Occupation.LOCATAIRE_VIDE,
        "meuble": Occupation.LOCATAIRE_MEUBLE,
        "chambre": Occupation.CHAMBRE,
    }
    return Logement(
        occupations[str(reponses["occupation"])],
        euros(str(reponses["loyer"])),
        Zone(f"zone_{commune.zone}"),
        Territoire(commune.outre_mer or "metropole"),
        colocation=bool(reponses["colocation"]),
        conventionne=hlm,
    )


def _jour(valeur: object) -> date:
    assert isinstance(valeur, date)
    return valeur

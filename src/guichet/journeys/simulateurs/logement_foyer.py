"""The household that the answers of the housing-aid journey describe."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guichet import territory
from guichet.domain.foyer import (
    Activite,
    Foyer,
    Logement,
    Nature,
    Occupation,
    Personne,
    Pret,
    Ressource,
    Role,
    Territoire,
    Zone,
)
from guichet.domain.vocabulaire import ZERO, Mois, euros
from guichet.journeys.conditions import Reponses

DERNIER_MOIS_ANNUEL = Mois(2020, 12)
"""Resources are those of the year N-2 until then, of twelve months afterwards."""
DERNIERE_EVALUATION_FORFAITAIRE = Mois(2020, 3)
"""Until then, the last wage counts for those who had almost no income in N-2."""
TAUX_DE_L_AAH = Decimal("0.8")
"""The disability rate supposed of those who are paid the AAH: the journey does not ask it."""

_ACTIVITES = {"chomeur_non_indemnise": Activite.CHOMEUR}
_LOCATIONS = {
    "vide": Occupation.LOCATAIRE_VIDE,
    "colocation_vide": Occupation.LOCATAIRE_VIDE,
    "meuble": Occupation.LOCATAIRE_MEUBLE,
    "colocation_meuble": Occupation.LOCATAIRE_MEUBLE,
    "chambre": Occupation.CHAMBRE,
}


def annee_de_reference(mois: Mois) -> int:
    """The year N-2: of all incomes until 2020, of the profits of the self-employed afterwards."""
    return mois.annee - 2


def mois_de_reference(mois: Mois) -> tuple[Mois, Mois]:
    """M-13 to M-2: the months of wages since 2021."""
    return mois - 13, mois - 2


def foyer(reponses: Reponses) -> Foyer:
    """The household that complete answers describe. Raises KeyError when one is missing."""
    mois = reponses["mois"]
    assert isinstance(mois, Mois)
    autres = _cochees(reponses)
    personnes = [_adulte(reponses, "", Role.DEMANDEUR, mois)]
    if reponses["couple"]:
        personnes.append(_adulte(reponses, "conjoint_", Role.CONJOINT, mois))
    alternes = _entier(reponses["alternance"]) if "alternance" in autres else 0
    naissances = sorted(
        _jour(reponses[f"enfants-{rang}-naissance"]) for rang in range(1, _entier(reponses["nombre_enfants"]) + 1)
    )
    for rang, naissance in enumerate(reversed(naissances)):
        # Which ones is not asked: the youngest.
        personnes.append(Personne(naissance, Role.ENFANT, garde_alternee=rang < alternes))
    return Foyer(tuple(personnes), _logement(reponses))


def _adulte(reponses: Reponses, prefixe: str, role: Role, mois: Mois) -> Personne:
    autres = _cochees(reponses)
    demandeur = role is Role.DEMANDEUR
    activite = str(reponses[f"{prefixe}activite"])
    ressources = _ressources(reponses, prefixe, mois)
    aah = f"{prefixe}aah"
    if aah in autres:
        ressources.append(Ressource(Nature.AAH, _montant(reponses[aah]), mois - 4, mois - 1))
    if demandeur and "rsa" in autres:
        ressources.append(Ressource(Nature.RSA, _montant(reponses["rsa"]), mois - 1, mois - 1))
    return Personne(
        _jour(reponses[f"{prefixe}naissance"]),
        role,
        _ACTIVITES.get(activite) or Activite(activite),
        tuple(ressources),
        epargne=_montant(reponses["patrimoine"]) if demandeur and "patrimoine" in autres else ZERO,
        boursier=demandeur and "boursier" in autres,
        handicap=TAUX_DE_L_AAH if aah in autres else Decimal(0),
        enceinte=demandeur and "enceinte" in autres,
        etudiant_hors_ue_sans_criteres=demandeur and "hors_ue" in autres,
    )


def _ressources(reponses: Reponses, prefixe: str, mois: Mois) -> list[Ressource]:
    """The income of the months that count, then that of today, which says whether work goes on."""
    activite = str(reponses[f"{prefixe}activite"])
    en_emploi = activite in ("salarie", "apprenti", "etudiant")
    ressources = []
    if activite == "independant" or mois <= DERNIER_MOIS_ANNUEL:
        annee = annee_de_reference(mois)
        nature = Nature.INDEPENDANT if activite == "independant" else Nature.SALAIRE
        # Not rounded: twelve twelfths make the year's amount again.
        mensuel = _montant(reponses[f"{prefixe}revenus_annuels"]) / 12
        ressources.append(Ressource(nature, mensuel, Mois(annee, 1), Mois(annee, 12)))
        actuel = f"{prefixe}salaire_actuel" if f"{prefixe}salaire_actuel" in reponses else f"{prefixe}revenus_annuels"
        if en_emploi:
            montant = _montant(reponses[actuel]) / (1 if actuel.endswith("salaire_actuel") else 12)
            ressources.append(Ressource(nature, montant, mois - 1, mois))
    else:
        du, au = mois_de_reference(mois)
        mensuel = _montant(reponses[f"{prefixe}revenus_mensuels"])
        ressources.append(Ressource(Nature.SALAIRE, mensuel, du, mois if en_emploi else au))
    if activite in ("chomeur", "chomeur_non_indemnise", "retraite"):
        nature = Nature.RETRAITE if activite == "retraite" else Nature.CHOMAGE
        # Unpaid unemployment has an amount of zero: its beginning is what the law reads.
        indemnite = _montant(reponses[f"{prefixe}indemnite"]) if activite != "chomeur_non_indemnise" else ZERO
        ressources.append(Ressource(nature, indemnite, Mois.de(_jour(reponses[f"{prefixe}depuis"])), mois))
    return [r for r in ressources if r.mensuel or r.nature is Nature.CHOMAGE]


def _logement(reponses: Reponses) -> Logement:
    communes = territory.communes(str(reponses["code_postal"]))
    commune = territory.commune(str(reponses["commune"])) if "commune" in reponses else communes[0]
    zone, territoire = Zone(f"zone_{commune.zone}"), Territoire(commune.outre_mer or "metropole")
    choix = str(reponses["occupation"])
    if choix == "accedant":
        pret = Pret(
            _jour(reponses["signature"]),
            _montant(reponses["mensualite"]),
            conventionne=bool(reponses["pret_conventionne"]),
            neuf=bool(reponses["neuf"]),
        )
        # The nature of the loan, not of a landlord, opens the APL.
        return Logement(Occupation.ACCEDANT, pret.mensualite, zone, territoire, conventionne=pret.conventionne, pret=pret)
    if choix in _LOCATIONS:
        hlm = reponses["bailleur"] == "hlm"
        occupation = _LOCATIONS[choix]
        return Logement(
            Occupation.LOCATAIRE_HLM if hlm and occupation is Occupation.LOCATAIRE_VIDE else occupation,
            _montant(reponses["loyer"]),
            zone,
            territoire,
            colocation=choix.startswith("colocation"),
            conventionne=hlm or reponses["bailleur"] == "conventionne",
        )
    convention = reponses.get("convention")
    return Logement(
        Occupation(choix),
        _montant(reponses["redevance"]),
        zone,
        territoire,
        conventionne=convention is not None or bool(reponses["conventionne"]),
        convention_foyer=_jour(convention) if convention is not None else None,
    )


def _cochees(reponses: Reponses) -> tuple[str, ...]:
    cochees = reponses["autres"]
    assert isinstance(cochees, tuple)
    return cochees


def _montant(valeur: object) -> Decimal:
    return euros(str(valeur))


def _entier(valeur: object) -> int:
    return int(str(valeur))


def _jour(valeur: object) -> date:
    assert isinstance(valeur, date)
    return valeur

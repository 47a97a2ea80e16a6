"""The dwelling that answers describe."""

from __future__ import annotations

from guichet import territory
from guichet.domain.foyer import Logement, Occupation, Pret, Territoire, Zone
from guichet.journeys.answers import coche, jour, montant
from guichet.journeys.conditions import Reponses

_LOCATIONS = {
    "vide": Occupation.LOCATAIRE_VIDE,
    "colocation_vide": Occupation.LOCATAIRE_VIDE,
    "meuble": Occupation.LOCATAIRE_MEUBLE,
    "colocation_meuble": Occupation.LOCATAIRE_MEUBLE,
    "chambre": Occupation.CHAMBRE,
}
_SANS_LOYER = {"proprietaire": Occupation.PROPRIETAIRE, "gratuit": Occupation.LOGE_GRATUITEMENT}


def logement(reponses: Reponses) -> Logement:
    """A dwelling without rent nor any advantage when nothing was asked of it, or when there is none."""
    zone, territoire = _lieu(reponses)
    choix = str(reponses.get("occupation", "sans_logement"))
    if choix == "sans_logement":
        return Logement(Occupation.LOCATAIRE_VIDE, zone=zone, territoire=territoire)
    if choix in _SANS_LOYER:
        return Logement(_SANS_LOYER[choix], zone=zone, territoire=territoire)
    if choix == "accedant":
        return _achete(reponses, zone, territoire)
    if choix in _LOCATIONS:
        return _loue(reponses, zone, territoire)
    convention = reponses.get("convention")
    return Logement(
        Occupation(choix),
        montant(reponses["redevance"]),
        zone,
        territoire,
        conventionne=convention is not None or bool(reponses["conventionne"]),
        convention_foyer=jour(convention) if convention is not None else None,
    )


def _lieu(reponses: Reponses) -> tuple[Zone, Territoire]:
    if "code_postal" not in reponses:
        return Zone.ZONE_2, Territoire.MAYOTTE if coche(reponses, "mayotte") else Territoire.METROPOLE
    communes = territory.communes(str(reponses["code_postal"]))
    commune = territory.commune(str(reponses["commune"])) if "commune" in reponses else communes[0]
    return Zone(f"zone_{commune.zone}"), Territoire(commune.outre_mer or "metropole")


def _achete(reponses: Reponses, zone: Zone, territoire: Territoire) -> Logement:
    pret = Pret(
        jour(reponses["signature"]),
        montant(reponses["mensualite"]),
        conventionne=bool(reponses["pret_conventionne"]),
        neuf=bool(reponses["neuf"]),
    )
    # The nature of the loan, not of a landlord, opens the APL.
    return Logement(Occupation.ACCEDANT, pret.mensualite, zone, territoire, conventionne=pret.conventionne, pret=pret)


def _loue(reponses: Reponses, zone: Zone, territoire: Territoire) -> Logement:
    choix = str(reponses["occupation"])
    hlm = reponses["bailleur"] == "hlm"
    occupation = _LOCATIONS[choix]
    return Logement(
        Occupation.LOCATAIRE_HLM if hlm and occupation is Occupation.LOCATAIRE_VIDE else occupation,
        montant(reponses["loyer"]),
        zone,
        territoire,
        colocation=choix.startswith("colocation"),
        conventionne=hlm or reponses["bailleur"] == "conventionne",
        bailleur_parent=reponses["bailleur"] == "famille",
    )

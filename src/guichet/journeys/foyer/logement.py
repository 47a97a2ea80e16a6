"""The dwelling that answers describe."""

from __future__ import annotations

from guichet import territory
from guichet.domain.foyer import Logement, Occupation, Pret, Territoire, Zone
from guichet.journeys.answers import read_day, read_montant, ticked
from guichet.journeys.conditions import Reponses

_LOCATIONS = {
    "vide": Occupation.LOCATAIRE_VIDE,
    "colocation_vide": Occupation.LOCATAIRE_VIDE,
    "meuble": Occupation.LOCATAIRE_MEUBLE,
    "colocation_meuble": Occupation.LOCATAIRE_MEUBLE,
    "chambre": Occupation.CHAMBRE,
}
_WITHOUT_LOYER = {"proprietaire": Occupation.PROPRIETAIRE, "gratuit": Occupation.LOGE_GRATUITEMENT}


def logement(reponses: Reponses) -> Logement:
    """A dwelling without rent nor any advantage when nothing was asked of it, or when there is none."""
    zone, territoire = _place(reponses)
    choice = str(reponses.get("occupation", "sans_logement"))
    if choice == "sans_logement":
        return Logement(Occupation.LOCATAIRE_VIDE, zone=zone, territoire=territoire)
    if choice in _WITHOUT_LOYER:
        return Logement(_WITHOUT_LOYER[choice], zone=zone, territoire=territoire)
    if choice == "accedant":
        return _bought(reponses, zone, territoire)
    if choice in _LOCATIONS:
        return _rented(reponses, zone, territoire)
    convention = reponses.get("convention")
    return Logement(
        Occupation(choice),
        read_montant(reponses["redevance"]),
        zone,
        territoire,
        conventionne=convention is not None or bool(reponses["conventionne"]),
        convention_foyer=read_day(convention) if convention is not None else None,
    )


def _place(reponses: Reponses) -> tuple[Zone, Territoire]:
    if "code_postal" not in reponses:
        return Zone.ZONE_2, Territoire.MAYOTTE if ticked(reponses, "mayotte") else Territoire.METROPOLE
    communes = territory.communes(str(reponses["code_postal"]))
    commune = territory.commune(str(reponses["commune"])) if "commune" in reponses else communes[0]
    return Zone(f"zone_{commune.zone}"), Territoire(commune.outre_mer or "metropole")


def _bought(reponses: Reponses, zone: Zone, territoire: Territoire) -> Logement:
    pret = Pret(
        read_day(reponses["signature"]),
        read_montant(reponses["mensualite"]),
        conventionne=bool(reponses["pret_conventionne"]),
        neuf=bool(reponses["neuf"]),
    )
    # The nature of the loan, not of a landlord, opens the APL.
    return Logement(Occupation.ACCEDANT, pret.mensualite, zone, territoire, conventionne=pret.conventionne, pret=pret)


def _rented(reponses: Reponses, zone: Zone, territoire: Territoire) -> Logement:
    choice = str(reponses["occupation"])
    hlm = reponses["bailleur"] == "hlm"
    occupation = _LOCATIONS[choice]
    return Logement(
        Occupation.LOCATAIRE_HLM if hlm and occupation is Occupation.LOCATAIRE_VIDE else occupation,
        read_montant(reponses["loyer"]),
        zone,
        territoire,
        colocation=choice.startswith("colocation"),
        conventionne=hlm or reponses["bailleur"] == "conventionne",
        bailleur_parent=reponses["bailleur"] == "famille",
    )

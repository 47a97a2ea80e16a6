"""The household that the answers of the housing-aid journey describe."""

from __future__ import annotations

from collections.abc import Iterator
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
    """The twelve months of wages: the year N-2 until 2020, M-13 to M-2 afterwards."""
    if mois <= DERNIER_MOIS_ANNUEL:
        return Mois(annee_de_reference(mois), 1), Mois(annee_de_reference(mois), 12)
    return mois - 13, mois - 2


def annee_des_pensions(mois: Mois) -> int:
    """The year whose alimony counts: N-2 until 2020, N-1 afterwards."""
    return annee_de_reference(mois) if mois <= DERNIER_MOIS_ANNUEL else mois.annee - 1


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
    ressources = [*_du_travail(reponses, prefixe, mois), *_de_remplacement(reponses, prefixe, mois)]
    if demandeur:
        ressources += _du_foyer(reponses, mois)
    aah = f"{prefixe}aah"
    if aah in autres:
        ressources.append(Ressource(Nature.AAH, _montant(reponses[aah]), mois - 4, mois - 1))
    return Personne(
        _jour(reponses[f"{prefixe}naissance"]),
        role,
        _ACTIVITES.get(activite) or Activite(activite),
        # Unpaid unemployment has an amount of zero: its beginning is what the law reads.
        tuple(r for r in ressources if r.mensuel or r.nature is Nature.CHOMAGE),
        epargne=_montant(reponses["patrimoine"]) if demandeur and "patrimoine" in autres else ZERO,
        boursier=demandeur and "boursier" in autres,
        handicap=TAUX_DE_L_AAH if aah in autres else Decimal(0),
        enceinte=demandeur and "enceinte" in autres,
        etudiant_hors_ue_sans_criteres="hors_ue" in autres,
    )


def _du_travail(reponses: Reponses, prefixe: str, mois: Mois) -> Iterator[Ressource]:
    """The earnings of the months that count; then those of today, which say whether work goes on.

    The last five months are those that the RSA and the AAH look at.
    """
    activite = str(reponses[f"{prefixe}activite"])
    en_emploi = activite in ("salarie", "apprenti", "etudiant")
    du, au = mois_de_reference(mois)
    if activite == "independant":
        # The RSA looks at the profit of last year and of this one: supposed to be the same.
        mensuel = _montant(reponses[f"{prefixe}benefice"]) / 12
        yield Ressource(Nature.INDEPENDANT, mensuel, Mois(annee_de_reference(mois), 1), mois)
    elif mois <= DERNIER_MOIS_ANNUEL:
        annuel = reponses[f"{prefixe}revenus_annuels"]
        yield _reparti(Nature.SALAIRE, annuel, du)
        if en_emploi:
            actuel = reponses.get(f"{prefixe}salaire_actuel")
            mensuel = _montant(annuel) / 12 if actuel is None else _montant(actuel)
            yield Ressource(Nature.SALAIRE, mensuel, mois - 4, mois)
    else:
        mensuel = _montant(reponses[f"{prefixe}revenus_mensuels"])
        yield Ressource(Nature.SALAIRE, mensuel, du, mois if en_emploi else au)


def _de_remplacement(reponses: Reponses, prefixe: str, mois: Mois) -> Iterator[Ressource]:
    """What replaces earnings: unemployment benefit, now or in the months that count, and the pension."""
    activite = str(reponses[f"{prefixe}activite"])
    if activite in ("chomeur", "chomeur_non_indemnise"):
        indemnite = _montant(reponses[f"{prefixe}indemnite"]) if activite == "chomeur" else ZERO
        yield Ressource(Nature.CHOMAGE, indemnite, Mois.de(_jour(reponses[f"{prefixe}depuis"])), mois)
    if activite == "retraite":
        debut = Mois.de(_jour(reponses[f"{prefixe}retraite_depuis"]))
        yield Ressource(Nature.RETRAITE, _montant(reponses[f"{prefixe}pension"]), debut, mois)
    if f"{prefixe}chomage_passe" in _cochees(reponses):
        yield _reparti(Nature.CHOMAGE, reponses[f"{prefixe}chomage_passe"], mois_de_reference(mois)[0])


def _du_foyer(reponses: Reponses, mois: Mois) -> Iterator[Ressource]:
    """What is asked of the household: the claimant is supposed to have it."""
    autres = _cochees(reponses)
    if "rsa" in autres:
        yield Ressource(Nature.RSA, _montant(reponses["rsa"]), mois - 1, mois - 1)
    janvier = Mois(annee_des_pensions(mois), 1)
    if "pension_recue" in autres:
        yield _reparti(Nature.PENSION_ALIMENTAIRE_RECUE, reponses["pension_recue"], janvier)
    if "pension_versee" in autres:
        yield _reparti(Nature.PENSION_ALIMENTAIRE_VERSEE, reponses["pension_versee"], janvier)


def _reparti(nature: Nature, total: object, du: Mois) -> Ressource:
    """An amount of twelve months. Not rounded: twelve twelfths make it again."""
    return Ressource(nature, _montant(total) / 12, du, du + 11)


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

"""A household at a month: what a simulation or a file says of it, before any law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from guichet.domain.vocabulaire import ZERO, Euros, Mois


class Role(StrEnum):
    DEMANDEUR = "demandeur"
    CONJOINT = "conjoint"
    ENFANT = "enfant"


RANKS = {role: rank for rank, role in enumerate(Role)}
"""In which order people are told: the claimant, the partner, the children."""


class Activite(StrEnum):
    """What a person does. Several at once is told by the kinds of `Ressource`."""

    SALARIE = "salarie"
    INDEPENDANT = "independant"
    APPRENTI = "apprenti"
    ETUDIANT = "etudiant"
    CHOMEUR = "chomeur"
    RETRAITE = "retraite"
    CONGE_PARENTAL = "conge_parental"
    INACTIF = "inactif"


class Nature(StrEnum):
    """Kinds of income. Salaries, unemployment and pensions are given net taxable and net paid alike."""

    SALAIRE = "salaire"
    CHOMAGE = "chomage"
    RETRAITE = "retraite"
    INVALIDITE = "invalidite"
    INDEMNITES_JOURNALIERES = "indemnites_journalieres"
    INDEMNITES_MATERNITE = "indemnites_maternite"
    INDEPENDANT = "independant"
    """Profit of a business or profession, of any regime."""
    FORMATION = "formation"
    STAGE = "stage"
    ASS = "ass"
    PENSION_ALIMENTAIRE_RECUE = "pension_alimentaire_recue"
    PENSION_ALIMENTAIRE_VERSEE = "pension_alimentaire_versee"
    REVENUS_FONCIERS = "revenus_fonciers"
    REVENUS_DU_CAPITAL = "revenus_du_capital"
    AAH = "aah"
    """Paid in the months before that of the right (the law decides that of the month itself); so is the RSA."""
    RSA = "rsa"


DU_TRAVAIL = frozenset(
    (
        *(Nature.SALAIRE, Nature.INDEPENDANT, Nature.STAGE, Nature.FORMATION),
        *(Nature.CHOMAGE, Nature.INDEMNITES_JOURNALIERES, Nature.INDEMNITES_MATERNITE),
    )
)
"""Incomes from work, or in its place."""
PENSIONS = frozenset((Nature.RETRAITE, Nature.INVALIDITE))


@dataclass(frozen=True, slots=True)
class Ressource:
    """An income of `mensuel` euros in each month from `du` to `au`, both included.

    `imposable` is the taxable amount of a month when it differs from what is received.
    """

    nature: Nature
    mensuel: Euros
    du: Mois
    au: Mois
    imposable: Euros | None = None


@dataclass(frozen=True, slots=True)
class Personne:
    naissance: date
    """The expected date, for a child to be born."""
    role: Role
    activite: Activite = Activite.INACTIF
    ressources: tuple[Ressource, ...] = ()
    epargne: Euros = ZERO
    """Savings that bring no taxable income (and other idle assets), in euros."""
    boursier: bool = False
    deux_ans_de_travail: bool = False
    """Under 25: two years of full-time work in the last three (RSA jeune)."""
    handicap: Decimal = Decimal(0)
    """Disability rate recognised, from 0 to 1."""
    enceinte: bool = False
    garde_alternee: bool = False
    adoption: date | None = None
    """The day when an adopted child came home."""
    revenus_interrompus: bool = False
    """What was earned from work, or in its place, has stopped for certain, and nothing replaces it (CASF, art. R262-13)."""
    cessation_activite: str = ""
    """Parental leave taken: "" (none), "totale", "partielle_50" (half time or less), "partielle_80"."""
    cessation_majoree: bool = False
    """The higher and shorter parental benefit was chosen (COLCA, PreParE majorée)."""
    chomage_indemnise: bool = True
    chomage_longue_duree: bool = False
    etudiant_hors_ue_sans_criteres: bool = False
    """A student from outside the EU who does not meet the conditions of a scholarship (law 2026-103, art. 179)."""
    annees_de_residence: int | None = None
    """Years of residence with a permit to work, for a foreigner; None for a national of the EU."""


class Occupation(StrEnum):
    """On what ground the dwelling is occupied."""

    LOCATAIRE_VIDE = "locataire_vide"
    LOCATAIRE_MEUBLE = "locataire_meuble"
    LOCATAIRE_HLM = "locataire_hlm"
    CHAMBRE = "chambre"
    FOYER = "foyer"
    FOYER_JEUNES_TRAVAILLEURS = "foyer_jeunes_travailleurs"
    RESIDENCE_UNIVERSITAIRE = "residence_universitaire"
    RESIDENCE_SOCIALE = "residence_sociale"
    ACCEDANT = "accedant"
    PROPRIETAIRE = "proprietaire"
    LOGE_GRATUITEMENT = "loge_gratuitement"


class Zone(StrEnum):
    """The three zones of the housing aid (order of 17 March 1978)."""

    ZONE_1 = "zone_1"
    ZONE_2 = "zone_2"
    ZONE_3 = "zone_3"


class Territoire(StrEnum):
    METROPOLE = "metropole"
    GUADELOUPE = "guadeloupe"
    MARTINIQUE = "martinique"
    GUYANE = "guyane"
    REUNION = "reunion"
    MAYOTTE = "mayotte"


@dataclass(frozen=True, slots=True)
class Pret:
    """The loan of a buyer: what fixes the tables of the housing aid."""

    signature: date
    mensualite: Euros
    conventionne: bool
    """A prêt conventionné or prêt d'accession sociale (APL); else AL."""
    neuf: bool = True


@dataclass(frozen=True, slots=True)
class Logement:
    occupation: Occupation
    loyer: Euros = ZERO
    """Rent without charges, or the fee of a foyer, per month."""
    zone: Zone = Zone.ZONE_2
    territoire: Territoire = Territoire.METROPOLE
    colocation: bool = False
    conventionne: bool = True
    """The landlord has an agreement with the State (APL)."""
    bailleur_parent: bool = False
    """The landlord is an ascendant or descendant of an occupant."""
    pret: Pret | None = None
    convention_foyer: date | None = None


class ModeDeGarde(StrEnum):
    ASSISTANT_MATERNEL = "assistant_maternel"
    DOMICILE = "domicile"
    STRUCTURE_ASSISTANT_MATERNEL = "structure_assistant_maternel"
    """An association or firm that employs childminders."""
    STRUCTURE = "structure"
    """At home, by someone whom an association or firm employs."""
    MICRO_CRECHE = "micro_creche"


@dataclass(frozen=True, slots=True)
class Garde:
    """Paid childcare of a month: net pay and allowances, or the bill of a structure; hours paid."""

    mode: ModeDeGarde
    cout_mensuel: Euros
    heures: Decimal
    horaires_specifiques: bool = False
    """25 hours or more by night, on Sundays or on holidays."""


@dataclass(frozen=True, slots=True)
class Foyer:
    """Who lives together, where, on what. The first person is the claimant."""

    personnes: tuple[Personne, ...]
    logement: Logement
    isole_depuis: Mois | None = None
    """The month of a separation or of a widowhood, when it is recent (RSA majoré)."""
    garde: Garde | None = None
    proches_a_charge: int = 0
    """Aged parents and disabled relatives who live there and are dependants of the housing aid (CCH, art. R823-4)."""

    def __post_init__(self) -> None:
        roles = [personne.role for personne in self.personnes]
        if roles.count(Role.DEMANDEUR) != 1 or roles[0] is not Role.DEMANDEUR:
            raise ValueError("Un foyer commence par son demandeur, et n'en a qu'un.")
        if roles.count(Role.CONJOINT) > 1:
            raise ValueError("Un foyer n'a qu'un conjoint.")

"""The table of facts: where the law reads what a `Foyer` says.

A line reads one fact of a person or of a household and names the OpenFisca variable that carries it. To give the law
a new fact, add a line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from guichet.domain.foyer import Activite, Foyer, Logement, ModeDeGarde, Nature, Occupation, Personne, Role, Territoire
from guichet.domain.vocabulaire import Mois

ENTITES = {
    # The roles of the claimant, the partner and a child in each of OpenFisca's groups.
    "famille": ("demandeur", "conjoint", "enfant"),
    "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
    "menage": ("personne_de_reference", "conjoint", "enfant"),
}
ROLES = {Role.DEMANDEUR: 0, Role.CONJOINT: 1, Role.ENFANT: 2}
MOIS_DE_MAJORATION = 12
"""RSA majoré: twelve months from the separation (CASF, art. L262-9)."""


class Quand(Enum):
    MOIS = auto()
    """The month of the right."""
    MOIS_LUS = auto()
    """The month of the right and the four before, which the RSA and the prime d'activité read."""
    ANNEES = auto()
    """The year of the right and the two before."""
    DATE = auto()
    """Whatever the month."""


@dataclass(frozen=True, slots=True, eq=False)  # each line of the table is itself: caches need not read it
class Fait:
    """`lit(personne or foyer, mois)` is the value, or None when nothing is said: the variable's default then.

    `change`: the value is not the same at each month; `toujours`: given even when it is the default for everybody, for
    the variable's formula would otherwise suppose something else; `revenus`: it is read in what the person earns.
    """

    variable: str
    lit: Callable[[Any, Mois], Any]
    quand: Quand = Quand.MOIS_LUS
    change: bool = False
    toujours: bool = False
    revenus: bool = False


@dataclass(frozen=True, slots=True)
class Versement:
    """An income in one variable: what is received, or its taxable part.

    `avant_seulement`: a benefit, given for the months before that of the right; `toujours`: given even when nobody
    has it, for its formula would otherwise grant it; `sans`: a variable that is zero as well when nobody has it.
    """

    nature: Nature
    variable: str
    imposable: bool = False
    signe: int = 1
    avant_seulement: bool = False
    toujours: bool = False
    sans: str | None = None


ACTIVITES = {
    Activite.CHOMEUR: "chomeur",
    Activite.ETUDIANT: "etudiant",
    Activite.RETRAITE: "retraite",
    Activite.INACTIF: "inactif",
}
STATUTS = {
    Occupation.LOCATAIRE_VIDE: "locataire_vide",
    Occupation.LOCATAIRE_MEUBLE: "locataire_meuble",
    Occupation.LOCATAIRE_HLM: "locataire_hlm",
    Occupation.CHAMBRE: "locataire_meuble",
    Occupation.FOYER: "locataire_foyer",
    Occupation.FOYER_JEUNES_TRAVAILLEURS: "locataire_foyer",
    Occupation.RESIDENCE_UNIVERSITAIRE: "locataire_foyer",
    Occupation.RESIDENCE_SOCIALE: "locataire_foyer",
    Occupation.ACCEDANT: "primo_accedant",
    Occupation.PROPRIETAIRE: "proprietaire",
    Occupation.LOGE_GRATUITEMENT: "loge_gratuitement",
}
FOYERS = {
    Occupation.RESIDENCE_SOCIALE: "residence_sociale",
    Occupation.FOYER_JEUNES_TRAVAILLEURS: "foyer_jeunes_travailleurs",
}


def _debut_du_chomage(personne: Personne, _: Mois) -> date | None:
    debuts = [r.du.first_day for r in personne.ressources if r.nature is Nature.CHOMAGE]
    return max(debuts, default=None)


def _isole(foyer: Foyer, mois: Mois) -> bool:
    return foyer.isole_depuis is not None and 0 <= mois.months_since(foyer.isole_depuis) < MOIS_DE_MAJORATION


def _loyer(logement: Logement) -> float:
    return float(logement.pret.mensualite if logement.pret else logement.loyer)


def _garde(*modes: ModeDeGarde) -> Callable[[Foyer, Mois], bool]:
    return lambda foyer, _: foyer.garde is not None and foyer.garde.mode in modes


def _independant(personne: Personne, mois: Mois) -> bool:
    """By what the person does, or by a profit of this year or of the last one."""
    if personne.activite is Activite.INDEPENDANT:
        return True
    profits = [r for r in personne.ressources if r.nature is Nature.INDEPENDANT and r.mensuel]
    return any(r.du <= mois and r.au >= Mois(mois.annee - 1, 1) for r in profits)


def _conge(personne: Personne, _: Mois) -> str:
    """A leave at half time leaves the earnings of the other half."""
    en_conge = personne.activite is Activite.CONGE_PARENTAL and personne.cessation_activite in ("", "totale")
    return "conge_parental" if en_conge else "non_renseigne"


def _date_du_pret(conventionne: bool) -> Callable[[Foyer, Mois], date | None]:
    """A prêt conventionné has its date in a variable of its own, which speaks of its nature."""

    def lue(foyer: Foyer, _: Mois) -> date | None:
        pret = foyer.logement.pret
        return pret.signature if pret and pret.conventionne is conventionne else None

    return lue


def _cessation(valeur: str) -> Callable[[Foyer, Mois], bool]:
    return lambda foyer, _: any(personne.cessation_activite == valeur for personne in foyer.personnes)


def _reside(territoire: Territoire) -> Callable[[Foyer, Mois], bool]:
    return lambda foyer, _: foyer.logement.territoire is territoire


def _etranger(personne: Personne) -> bool:
    return personne.annees_de_residence is not None


DES_PERSONNES = (
    Fait("activite", lambda p, _: ACTIVITES.get(p.activite, "actif")),
    Fait("etudiant", lambda p, _: p.activite is Activite.ETUDIANT),
    Fait("travailleur_non_salarie", _independant, Quand.MOIS, revenus=True),
    Fait("type_conges", _conge),
    Fait("boursier", lambda p, _: p.boursier),
    Fait("rsa_jeune_condition_heures_travail_remplie", lambda p, _: p.deux_ans_de_travail),
    Fait("rsa_revenus_interrompus", lambda p, _: p.revenus_interrompus, Quand.MOIS),
    Fait("taux_incapacite", lambda p, _: float(p.handicap)),
    Fait("handicap", lambda p, _: p.handicap > 0),
    Fait("enceinte", lambda p, _: p.enceinte),
    Fait("garde_alternee", lambda p, _: p.garde_alternee),
    Fait("adoption", lambda p, _: p.adoption is not None),
    Fait("date_adoption", lambda p, _: p.adoption, Quand.DATE),
    Fait("chomeur_longue_duree", lambda p, _: p.chomage_longue_duree, Quand.ANNEES),
    Fait("epargne_revenus_non_imposables", lambda p, _: float(p.epargne)),
    Fait("date_debut_chomage", _debut_du_chomage, Quand.DATE, revenus=True),
    Fait("etudiant_hors_ue_sans_criteres_bourse", lambda p, _: p.etudiant_hors_ue_sans_criteres),
    Fait("nationalite", lambda p, _: "XX" if _etranger(p) else "FR"),
    Fait("ressortissant_eee", lambda p, _: not _etranger(p)),
    Fait("duree_possession_titre_sejour", lambda p, _: float(p.annees_de_residence or 0)),
)
DU_FOYER = (
    Fait("rsa_isolement_recent", _isole, change=True),
    Fait("proprietaire_proche_famille", lambda f, _: f.logement.bailleur_parent),
    Fait("inactif", _cessation("totale")),
    Fait("partiel1", _cessation("partielle_50")),
    Fait("partiel2", _cessation("partielle_80")),
    Fait("opt_colca", lambda f, _: any(p.cessation_majoree for p in f.personnes)),
    Fait("empl_dir", _garde(ModeDeGarde.ASSISTANT_MATERNEL, ModeDeGarde.DOMICILE), Quand.MOIS),
    Fait("cmg_employe_a_domicile", _garde(ModeDeGarde.DOMICILE), Quand.MOIS),
    Fait("ass_mat", _garde(ModeDeGarde.STRUCTURE_ASSISTANT_MATERNEL), Quand.MOIS),
    Fait("gar_dom", _garde(ModeDeGarde.STRUCTURE), Quand.MOIS),
    Fait("cmg_cout_mensuel", lambda f, _: float(f.garde.cout_mensuel) if f.garde else 0.0, Quand.MOIS),
    Fait("cmg_heures_mensuelles", lambda f, _: float(f.garde.heures) if f.garde else 0.0, Quand.MOIS),
    Fait("cmg_horaires_specifiques", lambda f, _: bool(f.garde and f.garde.horaires_specifiques), Quand.MOIS),
    Fait("statut_occupation_logement", lambda f, _: STATUTS[f.logement.occupation]),
    Fait("loyer", lambda f, _: _loyer(f.logement)),
    Fait("zone_apl", lambda f, _: f.logement.zone.value, toujours=True),
    Fait("coloc", lambda f, _: f.logement.colocation),
    Fait("logement_chambre", lambda f, _: f.logement.occupation is Occupation.CHAMBRE),
    Fait("logement_crous", lambda f, _: f.logement.occupation is Occupation.RESIDENCE_UNIVERSITAIRE),
    Fait("logement_conventionne", lambda f, _: f.logement.conventionne, toujours=True),
    Fait("foyer_nature", lambda f, _: FOYERS.get(f.logement.occupation, "autre")),
    Fait("foyer_date_convention", lambda f, _: f.logement.convention_foyer, Quand.DATE),
    Fait("aide_logement_date_pret", _date_du_pret(False), Quand.DATE),
    Fait("aide_logement_date_pret_conventionne", _date_du_pret(True), Quand.DATE),
    Fait(
        "aide_logement_est_pret_conventionne",
        lambda f, _: bool(f.logement.pret and f.logement.pret.conventionne),
        Quand.DATE,
    ),
    Fait(
        "etat_logement",
        lambda f, _: (
            "non_renseigne"
            if f.logement.pret is None
            else "construction_acquisition_logement_neuf"
            if f.logement.pret.neuf
            else "acquisition_sans_amelioration_logement_existant"
        ),
    ),
    *(
        Fait(f"residence_{territoire.value}", _reside(territoire))
        for territoire in Territoire
        if territoire is not Territoire.METROPOLE
    ),
)
RESSOURCES = (
    Versement(Nature.SALAIRE, "salaire_net"),
    Versement(Nature.SALAIRE, "salaire_imposable", imposable=True),
    Versement(Nature.CHOMAGE, "chomage_net"),
    Versement(Nature.CHOMAGE, "chomage_imposable", imposable=True),
    Versement(Nature.RETRAITE, "retraite_nette"),
    Versement(Nature.RETRAITE, "retraite_imposable", imposable=True),
    Versement(Nature.INVALIDITE, "pensions_invalidite"),
    Versement(Nature.INDEMNITES_JOURNALIERES, "indemnites_journalieres_maladie"),
    Versement(Nature.INDEMNITES_MATERNITE, "indemnites_journalieres_maternite"),
    Versement(Nature.INDEPENDANT, "rpns_autres_revenus"),
    Versement(Nature.INDEPENDANT, "rpns_imposables", imposable=True),
    Versement(Nature.FORMATION, "revenus_stage_formation_pro"),
    Versement(Nature.STAGE, "indemnites_stage"),
    Versement(Nature.ASS, "ass"),
    Versement(Nature.PENSION_ALIMENTAIRE_RECUE, "pensions_alimentaires_percues"),
    Versement(Nature.PENSION_ALIMENTAIRE_VERSEE, "pensions_alimentaires_versees_individu", signe=-1),
    Versement(Nature.PENSION_ALIMENTAIRE_VERSEE, "pensions_alimentaires_versees", imposable=True, signe=-1),
    Versement(Nature.REVENUS_FONCIERS, "revenus_locatifs"),
    Versement(Nature.REVENUS_FONCIERS, "revenu_categoriel_foncier", imposable=True),
    Versement(Nature.REVENUS_DU_CAPITAL, "revenus_capital"),
    Versement(Nature.REVENUS_DU_CAPITAL, "revenu_categoriel_capital", imposable=True),
    Versement(Nature.AAH, "aah", avant_seulement=True, toujours=True),
    # Without RSA no socle: said, or the housing aid would compute it, from the housing aid of the month before.
    Versement(Nature.RSA, "rsa", avant_seulement=True, toujours=True, sans="rsa_socle_seul"),
)

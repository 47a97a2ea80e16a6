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

ENTITIES = {
    # The roles of the claimant, the partner and a child in each of OpenFisca's groups.
    "famille": ("demandeur", "conjoint", "enfant"),
    "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
    "menage": ("personne_de_reference", "conjoint", "enfant"),
}
ROLES = {Role.DEMANDEUR: 0, Role.CONJOINT: 1, Role.ENFANT: 2}
MOIS_DE_MAJORATION = 12
"""RSA majoré: twelve months from the separation (CASF, art. L262-9)."""


class When(Enum):
    MONTH = auto()
    """The month of the right."""
    MONTHS_READ = auto()
    """The month of the right and the four before, which the RSA and the prime d'activité read."""
    YEARS = auto()
    """The year of the right and the two before."""
    DATE = auto()
    """Whatever the month."""


@dataclass(frozen=True, slots=True, eq=False)  # each line of the table is itself: caches need not read it
class Fact:
    """`read(personne or foyer, mois)` is the value, or None when nothing is said: the variable's default then.

    `changes`: the value is not the same at each month; `always`: given even when it is the default for everybody, for
    the variable's formula would otherwise suppose something else; `incomes`: it is read in what the person earns.
    """

    variable: str
    read: Callable[[Any, Mois], Any]
    when: When = When.MONTHS_READ
    changes: bool = False
    always: bool = False
    incomes: bool = False


@dataclass(frozen=True, slots=True)
class Income:
    """An income in one variable: what is received, or its taxable part.

    `only_before`: a benefit, given for the months before that of the right; `always`: given even when nobody
    has it, for its formula would otherwise grant it; `without`: a variable that is zero as well when nobody has it.
    """

    nature: Nature
    variable: str
    taxable: bool = False
    sign: int = 1
    only_before: bool = False
    always: bool = False
    without: str | None = None


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
    starts = [r.du.first_day for r in personne.ressources if r.nature is Nature.CHOMAGE]
    return max(starts, default=None)


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

    def read(foyer: Foyer, _: Mois) -> date | None:
        pret = foyer.logement.pret
        return pret.signature if pret and pret.conventionne is conventionne else None

    return read


def _cessation(valeur: str) -> Callable[[Foyer, Mois], bool]:
    return lambda foyer, _: any(personne.cessation_activite == valeur for personne in foyer.personnes)


def _deux_temps_partiels(foyer: Foyer, _: Mois) -> bool:
    return sum(personne.cessation_activite.startswith("partielle") for personne in foyer.personnes) == 2


def _reside(territoire: Territoire) -> Callable[[Foyer, Mois], bool]:
    return lambda foyer, _: foyer.logement.territoire is territoire


def _etranger(personne: Personne) -> bool:
    return personne.annees_de_residence is not None


OF_PERSONS = (
    Fact("activite", lambda p, _: ACTIVITES.get(p.activite, "actif")),
    Fact("etudiant", lambda p, _: p.activite is Activite.ETUDIANT),
    Fact("travailleur_non_salarie", _independant, When.MONTH, incomes=True),
    Fact("type_conges", _conge),
    Fact("boursier", lambda p, _: p.boursier),
    Fact("rsa_jeune_condition_heures_travail_remplie", lambda p, _: p.deux_ans_de_travail),
    Fact("rsa_revenus_interrompus", lambda p, _: p.revenus_interrompus, When.MONTH),
    Fact("taux_incapacite", lambda p, _: float(p.handicap)),
    Fact("handicap", lambda p, _: p.handicap > 0),
    Fact("enceinte", lambda p, _: p.enceinte),
    Fact("garde_alternee", lambda p, _: p.garde_alternee),
    Fact("adoption", lambda p, _: p.adoption is not None),
    Fact("date_adoption", lambda p, _: p.adoption, When.DATE),
    Fact("chomeur_longue_duree", lambda p, _: p.chomage_longue_duree, When.YEARS),
    Fact("epargne_revenus_non_imposables", lambda p, _: float(p.epargne)),
    Fact("date_debut_chomage", _debut_du_chomage, When.DATE, incomes=True),
    Fact("etudiant_hors_ue_sans_criteres_bourse", lambda p, _: p.etudiant_hors_ue_sans_criteres),
    Fact("nationalite", lambda p, _: "XX" if _etranger(p) else "FR"),
    Fact("ressortissant_eee", lambda p, _: not _etranger(p)),
    Fact("duree_possession_titre_sejour", lambda p, _: float(p.annees_de_residence or 0)),
)
OF_FOYER = (
    Fact("rsa_isolement_recent", _isole, changes=True),
    Fact("proprietaire_proche_famille", lambda f, _: f.logement.bailleur_parent),
    Fact("al_proches_a_charge", lambda f, _: f.proches_a_charge),
    Fact("inactif", _cessation("totale")),
    Fact("partiel1", _cessation("partielle_50")),
    Fact("partiel2", _cessation("partielle_80")),
    Fact("deux_temps_partiels", _deux_temps_partiels),
    Fact("opt_colca", lambda f, _: any(p.cessation_majoree for p in f.personnes)),
    Fact("empl_dir", _garde(ModeDeGarde.ASSISTANT_MATERNEL, ModeDeGarde.DOMICILE), When.MONTH),
    Fact("cmg_employe_a_domicile", _garde(ModeDeGarde.DOMICILE), When.MONTH),
    Fact("ass_mat", _garde(ModeDeGarde.STRUCTURE_ASSISTANT_MATERNEL), When.MONTH),
    Fact("gar_dom", _garde(ModeDeGarde.STRUCTURE, ModeDeGarde.MICRO_CRECHE), When.MONTH),
    Fact("cmg_microcreche", _garde(ModeDeGarde.MICRO_CRECHE), When.MONTH),
    Fact("cmg_cout_mensuel", lambda f, _: float(f.garde.cout_mensuel) if f.garde else 0.0, When.MONTH),
    Fact("cmg_heures_mensuelles", lambda f, _: float(f.garde.heures) if f.garde else 0.0, When.MONTH),
    Fact("cmg_horaires_specifiques", lambda f, _: bool(f.garde and f.garde.horaires_specifiques), When.MONTH),
    Fact("statut_occupation_logement", lambda f, _: STATUTS[f.logement.occupation]),
    Fact("loyer", lambda f, _: _loyer(f.logement)),
    Fact("zone_apl", lambda f, _: f.logement.zone.value, always=True),
    Fact("coloc", lambda f, _: f.logement.colocation),
    Fact("logement_chambre", lambda f, _: f.logement.occupation is Occupation.CHAMBRE),
    Fact("logement_crous", lambda f, _: f.logement.occupation is Occupation.RESIDENCE_UNIVERSITAIRE),
    Fact("logement_conventionne", lambda f, _: f.logement.conventionne, always=True),
    Fact("foyer_nature", lambda f, _: FOYERS.get(f.logement.occupation, "autre")),
    Fact("foyer_date_convention", lambda f, _: f.logement.convention_foyer, When.DATE),
    Fact("aide_logement_date_pret", _date_du_pret(False), When.DATE),
    Fact("aide_logement_date_pret_conventionne", _date_du_pret(True), When.DATE),
    Fact(
        "aide_logement_est_pret_conventionne",
        lambda f, _: bool(f.logement.pret and f.logement.pret.conventionne),
        When.DATE,
    ),
    Fact(
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
        Fact(f"residence_{territoire.value}", _reside(territoire))
        for territoire in Territoire
        if territoire is not Territoire.METROPOLE
    ),
)
INCOMES = (
    Income(Nature.SALAIRE, "salaire_net"),
    Income(Nature.SALAIRE, "salaire_imposable", taxable=True),
    Income(Nature.CHOMAGE, "chomage_net"),
    Income(Nature.CHOMAGE, "chomage_imposable", taxable=True),
    Income(Nature.RETRAITE, "retraite_nette"),
    Income(Nature.RETRAITE, "retraite_imposable", taxable=True),
    Income(Nature.INVALIDITE, "pensions_invalidite"),
    Income(Nature.INDEMNITES_JOURNALIERES, "indemnites_journalieres_maladie"),
    Income(Nature.INDEMNITES_MATERNITE, "indemnites_journalieres_maternite"),
    Income(Nature.INDEPENDANT, "rpns_autres_revenus"),
    Income(Nature.INDEPENDANT, "rpns_imposables", taxable=True),
    Income(Nature.FORMATION, "revenus_stage_formation_pro"),
    Income(Nature.STAGE, "indemnites_stage"),
    Income(Nature.ASS, "ass"),
    Income(Nature.PENSION_ALIMENTAIRE_RECUE, "pensions_alimentaires_percues"),
    Income(Nature.PENSION_ALIMENTAIRE_VERSEE, "pensions_alimentaires_versees_individu", sign=-1),
    Income(Nature.PENSION_ALIMENTAIRE_VERSEE, "pensions_alimentaires_versees", taxable=True, sign=-1),
    Income(Nature.REVENUS_FONCIERS, "revenus_locatifs"),
    Income(Nature.REVENUS_FONCIERS, "revenu_categoriel_foncier", taxable=True),
    Income(Nature.REVENUS_DU_CAPITAL, "revenus_capital"),
    Income(Nature.REVENUS_DU_CAPITAL, "revenu_categoriel_capital", taxable=True),
    Income(Nature.AAH, "aah", only_before=True, always=True),
    # Without RSA no socle: said, or the housing aid would compute it, from the housing aid of the month before.
    Income(Nature.RSA, "rsa", only_before=True, always=True, without="rsa_socle_seul"),
)

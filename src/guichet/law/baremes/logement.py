"""Figures of the housing aid, for tenants outside overseas departments."""

from guichet.domain.droits import Prestation, Unite
from guichet.law.baremes import Chiffre

LOCATIF = "prestations_sociales.aides_logement.allocations_logement.locatif"
RESSOURCES = "prestations_sociales.aides_logement.allocations_logement.ressources"
PLAFONDS = f"{LOCATIF}.formule.l_plafonds_loyers.par_zone"
CHARGES = f"{LOCATIF}.formule.c_forfait_charges.cas_general"
R0 = f"{LOCATIF}.formule.pp_particip_perso.r0_abattement.cas_general"
FAMILLES = (
    ("personne seule", "personnes_seules"),
    ("couple", "couples"),
    ("une personne à charge", "un_enfant"),
    ("par personne à charge en plus", "majoration_par_enf_supp"),
)

CHIFFRES = {
    Prestation.AIDE_LOGEMENT: (
        *(
            Chiffre(f"Loyer plafond, zone {zone}, {famille}", f"{PLAFONDS}.zone_{zone}.{nom}")
            for zone in (1, 2, 3)
            for famille, nom in FAMILLES
        ),
        Chiffre("Charges forfaitaires", f"{CHARGES}.cas_general"),
        Chiffre("Charges forfaitaires, par personne à charge", f"{CHARGES}.majoration_par_enfant"),
        *(
            Chiffre(f"Abattement sur les ressources, {famille}", f"{R0}.{nom}", Unite.EUROS_PAR_AN)
            for famille, nom in (
                ("personne seule", "taux_seul"),
                ("couple", "taux_couple"),
                ("une personne à charge", "taux1pac"),
                ("deux personnes à charge", "taux2pac"),
            )
        ),
        Chiffre(
            "Ressources forfaitaires d'un étudiant",
            f"{RESSOURCES}.etudiants.locatif.dar_4_forfait_ressources",
            Unite.EUROS_PAR_AN,
        ),
        Chiffre(
            "Épargne au-delà de laquelle elle compte dans les ressources",
            f"{RESSOURCES}.patrimoine.seuil_valorisation",
            Unite.EUROS,
        ),
        Chiffre("Réduction forfaitaire", f"{LOCATIF}.minoration_forfaitaire"),
        Chiffre(
            "Aide trop faible pour être versée (ALF et ALS), en dessous de", f"{LOCATIF}.seuils_minimum_versement.non_apl"
        ),
        Chiffre("Aide trop faible pour être versée (APL), en dessous de", f"{LOCATIF}.seuils_minimum_versement.apl"),
    ),
}

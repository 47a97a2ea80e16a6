"""Figures of the RSA, of the prime d'activité and of the allocation aux adultes handicapés."""

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.baremes import Chiffre

MINIMA = "prestations_sociales.solidarite_insertion.minima_sociaux"
RSA, PPA = f"{MINIMA}.rsa", f"{MINIMA}.ppa"
BASE_RSA, BASE_PPA = f"{RSA}.rsa_m.montant_de_base_du_rsa", f"{PPA}.pa_m.montant_de_base"
INVALIDITE = "prestations_sociales.prestations_etat_de_sante.invalidite"
AAH = f"{INVALIDITE}.aah"
MONTANT_AAH = f"{AAH}.montant"

CHIFFRES = {
    Prestation.RSA: (
        Chiffre("Montant de base, une personne seule", BASE_RSA),
        Chiffre(
            "S'ajoute pour la deuxième personne du foyer",
            f"{RSA}.rsa_maj.maj_montant_max.couples_celibataire_avec_enfant",
            base=BASE_RSA,
        ),
        Chiffre(
            "S'ajoute pour un couple, à chacun des deux premiers enfants",
            f"{RSA}.rsa_maj.maj_montant_max.couple_1_enfant_ou_2e_enfant",
            base=BASE_RSA,
        ),
        Chiffre(
            "S'ajoute pour chaque enfant à partir du troisième",
            f"{RSA}.rsa_maj.maj_montant_max.par_enfant_supplementaire",
            base=BASE_RSA,
        ),
        Chiffre(
            "Montant majoré, future mère seule",
            f"{RSA}.rsa_maj.majoration_isolement_en_base_rsa.femmes_enceintes",
            base=BASE_RSA,
        ),
        Chiffre(
            "Montant majoré, s'ajoute pour chaque enfant",
            f"{RSA}.rsa_maj.majoration_isolement_en_base_rsa.par_enfant_a_charge",
            base=BASE_RSA,
        ),
        Chiffre(
            "Forfait logement, une personne",
            f"{RSA}.rsa_fl.forfait_logement.taux_1_personne",
            base=BASE_RSA,
            explication="Ce qui est retiré quand le logement est gratuit, aidé, ou possédé sans emprunt.",
        ),
        Chiffre("Part des revenus d'activité conservée", f"{RSA}.rsa_m.pente", Unite.POURCENT, jusqu_a=Mois(2015, 12)),
        Chiffre("Montant trop faible pour être versé, en dessous de", f"{RSA}.rsa_maj.montant_minimum_verse"),
        Chiffre("Âge, sans enfant à charge ni attendu", f"{RSA}.rsa_cond.age_minimum_allocataire", Unite.ANS),
        Chiffre("Travail demandé avant cet âge, en trois ans", f"{RSA}.rsa_cond.rsa_jeune_en_heure", Unite.HEURES),
    ),
    Prestation.PPA: (
        Chiffre("Montant de base, une personne seule", BASE_PPA),
        Chiffre(
            "S'ajoute pour la deuxième personne du foyer",
            f"{PPA}.pa_m.majoration_montant_maximal.couples_seul_avec_enfant",
            base=BASE_PPA,
        ),
        Chiffre(
            "S'ajoute pour un couple, à chacun des deux premiers enfants",
            f"{PPA}.pa_m.majoration_montant_maximal.couple_1_enfant_2e_enfant",
            base=BASE_PPA,
        ),
        Chiffre(
            "S'ajoute pour chaque enfant à partir du troisième",
            f"{PPA}.pa_m.majoration_montant_maximal.par_enfant_supplementaire",
            base=BASE_PPA,
        ),
        Chiffre(
            "Part des revenus d'activité qui s'ajoute",
            f"{PPA}.pa_m.majoration_ressources_revenus_activite",
            Unite.POURCENT,
        ),
        Chiffre(
            "Bonification la plus haute, pour chaque travailleur",
            f"{PPA}.pa_m.bonification.taux_bonification_max",
            base=BASE_PPA,
        ),
        Chiffre("Prime trop faible pour être versée, en dessous de", f"{PPA}.pa_m.montant_minimum_verse"),
        Chiffre("Âge", f"{PPA}.pa_cond.age_min", Unite.ANS),
    ),
    Prestation.AAH: (
        Chiffre("Montant le plus haut, sans autre ressource", MONTANT_AAH),
        Chiffre("Majoration pour la vie autonome", f"{INVALIDITE}.caah.majoration_vie_autonome"),
        Chiffre("Complément de ressources", f"{INVALIDITE}.caah.montant_complement_ressources"),
        Chiffre("Taux d'incapacité demandé", f"{AAH}.taux_capacite.taux_incapacite", Unite.POURCENT),
        Chiffre(
            "Taux d'incapacité, avec une restriction durable d'accès à l'emploi",
            f"{AAH}.taux_capacite.taux_incapacite_rsdae",
            Unite.POURCENT,
        ),
        Chiffre(
            "S'ajoute au plafond, qui est ce montant, pour chaque enfant à charge",
            f"{AAH}.majoration_plafond.majoration_par_enfant_supplementaire",
            base=MONTANT_AAH,
        ),
        Chiffre("Âge", f"{AAH}.age_minimal", Unite.ANS),
        Chiffre("Âge, pour qui n'est plus à la charge de ses parents", f"{AAH}.age_fin_educ", Unite.ANS),
    ),
}

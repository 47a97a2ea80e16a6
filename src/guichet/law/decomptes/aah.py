"""The sheet of the allocation aux adultes handicapés and of its complement."""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.law.decomptes._commun import DEBUT, SANS_FIN
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

INVALIDITE = "prestations_sociales.prestations_etat_de_sante.invalidite"
MONTANT = DuParametre(f"{INVALIDITE}.aah.montant")
TAUX = DuParametre(f"{INVALIDITE}.aah.taux_capacite.taux_incapacite")
TRAVAIL = DuParametre(f"{INVALIDITE}.aah.travail_ordinaire.abattement_30")
PLAFOND = DuParametre(f"{INVALIDITE}.aah.majoration_plafond.majoration_par_enfant_supplementaire")
L821_1 = Article("CSS, art. L821-1")
REDUCTION = Article("CSS, art. L821-3 et D821-2", date(2019, 10, 14))
SEJOUR = Article("CSS, art. R821-8", date(2016, 1, 1))
COMPLEMENT = DuParametre(f"{INVALIDITE}.caah.majoration_vie_autonome")

FICHE = Fiche(
    prestation=Prestation.AAH,
    montant="aah_versee",
    postes=(
        Poste("Plafond mensuel de ressources", "aah_plafond_retenu", (PLAFOND,), 0, Unite.EUROS_PAR_MOIS),
        Poste(
            "Ressources mensuelles retenues, après abattements",
            "aah_ressources_retenues",
            (TRAVAIL,),
            0,
            Unite.EUROS_PAR_MOIS,
            toujours=True,
            explication="Salaires, revenus de remplacement et pensions comptent moins 10 %, comme pour l'impôt. Puis ce qui "
            "est gagné en travaillant compte pour 20 % jusqu'à 30 % du Smic brut, et pour 60 % au-delà.",
        ),
        Poste("Pension ou rente qui s'impute sur l'allocation", "aah_pension_deduite", (L821_1,), 0, Unite.EUROS_PAR_MOIS),
        Poste("Montant maximal", "aah_montant_maximal", (MONTANT,), 1),
        Poste("Réduction selon les ressources", "aah_reduction_ressources", (REDUCTION,), -1),
        Poste("Réduction pendant une hospitalisation ou une détention", "aah_reduction_sejour", (SEJOUR,), -1),
        Poste("Majoration pour la vie autonome, ou complément de ressources", "caah", (COMPLEMENT,), 1),
    ),
    conditions=(
        Condition(
            "Taux d'incapacité",
            "aah_taux_suffisant",
            "aucun taux d'incapacité d'au moins 50 % n'est déclaré",
            "80 %, ou 50 % avec une restriction durable d'accès à l'emploi",
            (TAUX,),
            conseil="Le taux d'incapacité se demande à la maison départementale des personnes handicapées.",
        ),
        Condition(
            "Restriction d'accès à l'emploi",
            "aah_taux_ou_restriction",
            "taux de 50 à 79 %, sans restriction reconnue",
            "une restriction substantielle et durable d'accès à l'emploi",
            (TAUX,),
            conseil="Cette restriction se demande à la maison départementale des personnes handicapées.",
        ),
        Condition(
            "Âge",
            "aah_eligible",
            "âge hors des limites de l'allocation",
            "20 ans (16 ans pour qui n'est plus à charge) ; sous 80 %, moins que l'âge de la retraite pour inaptitude",
            (DuParametre(f"{INVALIDITE}.aah.age_minimal"),),
        ),
        Condition(
            "Ressources sous le plafond",
            "aah_due",
            "aah_ressources_retenues",
            "aah_plafond_retenu",
            (PLAFOND,),
            Unite.EUROS_PAR_MOIS,
            "Une baisse de revenus se déclare chaque trimestre.",
            comparaison="moins de",
        ),
    ),
    doutes=(
        Doute(
            "L'allocation aux adultes handicapés de Mayotte a ses propres montants, qui n'ont pas été retrouvés.",
            DEBUT,
            SANS_FIN,
            si="af_residence_mayotte",
            refuse=True,
        ),
        Doute(
            "Les revenus du travail sont ceux des trois mois précédents. Les six premiers mois d'un nouvel emploi, qui"
            " laissent l'allocation entière, ne sont comptés que s'ils sont déclarés.",
            DEBUT,
            SANS_FIN,
            si="aah_travaille",
        ),
    ),
)

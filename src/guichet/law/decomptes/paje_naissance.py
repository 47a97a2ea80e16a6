"""The sheet of the birth and adoption grants."""

from datetime import date

from guichet.domain.droits import Prestation, Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import PAS_A_MAYOTTE, crds
from guichet.law.explain import Condition, Doute, Fiche, Poste
from guichet.law.textes import Article, DuParametre

PAJE = "prestations_sociales.prestations_familiales.petite_enfance.paje"
APRES = Article("CSS, art. D531-2, II (décret n° 2014-1714)", depuis=date(2015, 1, 1), jusqu_a=date(2021, 3, 31))
SEPTIEME = Article("CSS, art. L531-2 (loi n° 2020-1576, art. 75)", depuis=date(2021, 4, 1))
RESSOURCES = Article("CSS, art. R532-1", depuis=date(2014, 4, 27))
PLAFOND = Article("CSS, art. L531-2, R531-1 et D531-3-1", depuis=date(2018, 4, 1))
EXAMEN = Article("CSS, art. R531-1 (décret n° 2021-367)", depuis=date(2021, 4, 2))
A_L_ARRIVEE = Article("CSS, art. D531-2, II", depuis=date(2021, 4, 2))
NAISSANCE = DuParametre(f"{PAJE}.paje_cm2.montant.prime_naissance")
ADOPTION = DuParametre(f"{PAJE}.paje_cm2.montant.prime_adoption")

FICHE = Fiche(
    prestation=Prestation.PAJE_NAISSANCE,
    montant="paje_prime_nette_crds",
    postes=(
        Poste("Nombre de primes à la naissance", "paje_prime_naissance_nombre", (APRES, SEPTIEME), 0, Unite.NOMBRE),
        Poste("Nombre de primes à l'adoption", "paje_prime_adoption_nombre", (APRES, A_L_ARRIVEE), 0, Unite.NOMBRE),
        Poste(
            "Ressources retenues, de l'avant-dernière année",
            "prestations_familiales_base_ressources",
            (RESSOURCES,),
            0,
            Unite.EUROS_PAR_AN,
            toujours=True,
        ),
        Poste("Plafond de ressources", "paje_prime_plafond", (PLAFOND,), 0, Unite.EUROS_PAR_AN),
        Poste("Base mensuelle des allocations familiales retenue", "paje_prime_base", (EXAMEN,), 0),
        Poste("Prime à la naissance avant prélèvement (229,75 % de la base)", "paje_naissance", (NAISSANCE,), 1),
        Poste("Prime à l'adoption avant prélèvement (459,50 % de la base)", "paje_adoption", (ADOPTION,), 1),
        crds("paje_prime_crds"),
    ),
    conditions=(
        PAS_A_MAYOTTE,
        Condition(
            "Une prime vient à échéance ce mois-ci",
            "paje_prime_due",
            "aucune grossesse, naissance ou adoption à cette échéance ce mois-ci",
            "7e mois de grossesse (mois suivant la naissance de 2015 à mars 2021), ou mois suivant une adoption",
            (APRES, SEPTIEME),
            conseil="La prime est versée une seule fois : déclarez la grossesse avant la fin de la 14e semaine.",
        ),
        Condition(
            "Ressources sous le plafond",
            "paje_prime_sous_plafond",
            "prestations_familiales_base_ressources",
            "paje_prime_plafond",
            (PLAFOND,),
            Unite.EUROS_PAR_AN,
            comparaison="au plus",
        ),
        Condition("Montant à verser", "paje_prime_versee", "0 €", "plus de 0 €"),
    ),
    doutes=(
        Doute(
            "Le septième mois de grossesse est compté deux mois avant la naissance prévue : selon la date exacte du"
            " début de la grossesse, la prime peut venir un mois plus tôt.",
            Mois(2012, 6),
            Mois(2014, 12),
            si="paje_prime_naissance_due",
        ),
        Doute(
            "Entre 2015 et mars 2021 la prime est versée avant la fin du deuxième mois qui suit la naissance : elle est"
            " comptée au titre du mois suivant la naissance.",
            Mois(2015, 1),
            Mois(2021, 3),
            si="paje_prime_naissance_due",
        ),
        Doute(
            "Le septième mois de grossesse est compté deux mois avant la naissance prévue : selon la date exacte du"
            " début de la grossesse, la prime peut venir un mois plus tôt.",
            Mois(2021, 5),
            Mois(2026, 11),
            si="paje_prime_naissance_due",
        ),
    ),
)

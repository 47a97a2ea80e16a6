"""Housing aid in foyers and halls of residence: its part of the sheet `aide_logement` (see `_accession`)."""

from __future__ import annotations

from datetime import date

from guichet.domain.droits import Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import LIVRE_VIII, selon
from guichet.law.explain import Condition, Doute, Poste
from guichet.law.textes import Article, DuParametre

ARRETE_APL = Article("Arrêté du 30 juin 1979", date(2007, 7, 1), date(2019, 9, 30))
ARRETE_AL = Article("Arrêté du 26 décembre 2000", date(2007, 7, 1), date(2019, 9, 30))
TABLE = "prestations_sociales.aides_logement.allocations_logement.foyer"
APL, AL = "foyer_conventionne", "foyer_al"
GENERAL, SOCIALE = "foyer_conventionne_general", "foyer_residence_sociale"


def _cch(article: str) -> Article:
    return Article(f"CCH, art. {article}", LIVRE_VIII)


POSTES: tuple[Poste, ...] = (
    Poste(
        "Nombre de parts de la famille",
        "aides_logement_nb_part",
        (_cch("D832-25"), ARRETE_APL),
        unite=Unite.PARTS,
        si="foyer",
    ),
    Poste(
        "Plafond de la redevance",
        "aides_logement_plafond_mensualite",
        (
            Article("Arrêté du 27 septembre 2019, art. 27", date(2019, 10, 1)),
            DuParametre(f"{TABLE}.apl.formule.e_equiv_loyers_eligible.zone_1.personne_isolee_sans_enfant"),
        ),
        si=APL,
    ),
    Poste(
        "Redevance retenue, dans la limite du plafond",
        "aides_logement_loyer_retenu",
        (_cch("D832-24, 3°"),),
        si=APL,
        toujours=True,
    ),
    Poste(
        "Loyer forfaitaire du foyer",
        "aides_logement_loyer_retenu",
        (_cch("D842-16"), ARRETE_AL),
        si=AL,
        toujours=True,
    ),
    Poste("Charges forfaitaires", "aides_logement_charges_retenues", (_cch("D842-15, 4°"),), si=AL, toujours=True),
    Poste(
        "Redevance minimale laissée à la famille",
        "aides_logement_loyer_minimal",
        (_cch("D832-26"), ARRETE_APL),
        si=APL,
        toujours=True,
    ),
    Poste(
        "Loyer minimal laissé à la famille",
        "aides_logement_loyer_minimal",
        (_cch("D842-15, 5°"), ARRETE_AL),
        si=AL,
        toujours=True,
    ),
    *selon(
        Poste(
            "Part prise en charge, selon les ressources et la famille",
            "aides_logement_k",
            unite=Unite.NOMBRE,
            toujours=True,
        ),
        {
            GENERAL: (_cch("D832-25, 1°"), ARRETE_APL),
            SOCIALE: (_cch("D832-25, 2°"), ARRETE_APL),
            AL: (_cch("D842-15, 2°"), ARRETE_AL),
        },
    ),
    Poste(
        "Part prise en charge × (redevance − redevance minimale)",
        "aides_logement_accedant_et_foyer",
        (_cch("D832-24"), ARRETE_APL),
        signe=1,
        si=APL,
        toujours=True,
    ),
    Poste(
        "Part prise en charge × (loyer forfaitaire + charges − loyer minimal)",
        "aides_logement_accedant_et_foyer",
        (_cch("D842-15"), ARRETE_AL),
        signe=1,
        si=AL,
        toujours=True,
    ),
)

APRES_MINORATION: tuple[Poste, ...] = (
    *selon(
        Poste(
            "Abattement pour laisser à la famille la dépense nette minimale",
            "aide_logement_abattement_depense_nette",
            signe=-1,
        ),
        {APL: (_cch("D832-27"),), AL: (_cch("D842-17"),)},
    ),
    Poste(
        "Part de l'aide au-delà de la redevance",
        "foyer_aide_au_dela_de_la_redevance",
        (_cch("D842-15"),),
        signe=-1,
        si=AL,
    ),
)

CONDITIONS: tuple[Condition, ...] = (
    Condition(
        "La redevance retenue dépasse la redevance minimale",
        "aides_logement_depense_suffisante",
        "aides_logement_depense_retenue",
        "aides_logement_loyer_minimal",
        (_cch("D832-24"), ARRETE_APL),
        Unite.EUROS_PAR_MOIS,
        "La redevance minimale baisse avec les ressources et avec le nombre de personnes à charge.",
        APL,
        "plus de",
    ),
    Condition(
        "Le loyer forfaitaire et les charges dépassent le loyer minimal",
        "aides_logement_depense_suffisante",
        "aides_logement_depense_retenue",
        "aides_logement_loyer_minimal",
        (_cch("D842-15"), ARRETE_AL),
        Unite.EUROS_PAR_MOIS,
        "Le loyer minimal baisse avec les ressources et avec le nombre de personnes à charge.",
        AL,
        "plus de",
    ),
    Condition(
        "Les ressources laissent une part à prendre en charge",
        "aides_logement_k_positif",
        "aides_logement_k",
        "plus de 0",
        unite=Unite.NOMBRE,
        conseil="Cette part augmente quand les ressources baissent.",
        si="foyer",
    ),
)

_DEBUT = Mois.parse("2012-06")
DOUTES: tuple[Doute, ...] = (
    Doute(
        "Les plafonds de redevance d'avant octobre 2017 sont reconstitués d'après l'indice de chaque année (à 0,02 € près).",
        _DEBUT,
        Mois.parse("2017-09"),
        APL,
    ),
    Doute(
        "Les règles des foyers sans convention d'avant septembre 2019 n'ont été retrouvées qu'en partie : celles de "
        "2019 sont appliquées.",
        _DEBUT,
        Mois.parse("2019-08"),
        AL,
    ),
    Doute(
        "À Saint-Pierre-et-Miquelon, l'aide en foyer suit des règles propres qui n'ont pas toutes été retrouvées.",
        _DEBUT,
        Mois.parse("2026-11"),
        "foyer_saint_pierre_et_miquelon",
        refuse=True,
    ),
)

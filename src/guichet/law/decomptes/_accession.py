"""Housing aid of buyers: its part of the sheet `aide_logement`.

`POSTES` end on the gross aid, before the five euros of the common part; `APRES_MINORATION` are what follows them.
`OUVERTURE` are the first conditions of all, `CONDITIONS` those that come after the common ones.
"""

from __future__ import annotations

from datetime import date

from guichet.domain.droits import Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes._commun import LIVRE_VIII, selon
from guichet.law.explain import Condition, Doute, Poste
from guichet.law.textes import Article

FIN_1978 = date(2019, 9, 30)
ARRETE_APL = Article("Arrêté du 3 juillet 1978", date(2007, 7, 1), FIN_1978)
ARRETE_AL = Article("Arrêté du 26 décembre 2000", date(2007, 7, 1), FIN_1978)
FERMETURE = Article("Loi de finances pour 2018, art. 126", date(2018, 1, 1))
APL, AL = "accession_pret_conventionne", "accession_al"
SI = "aides_logement_primo_accedant_eligibilite"


def _cch(article: str) -> Article:
    return Article(f"CCH, art. {article}", LIVRE_VIII)


POSTES: tuple[Poste, ...] = (
    *selon(
        Poste(
            "Plancher de ressources de l'accédant",
            "aides_logement_primo_accedant_ressources",
            unite=Unite.EUROS_PAR_AN,
        ),
        {APL: (_cch("D832-18"),), AL: (_cch("D842-12"),)},
    ),
    Poste(
        "Abattement de l'accédant qui élève seul des enfants",
        "abattement_accedant_isole",
        unite=Unite.EUROS_PAR_AN,
        si=SI,
    ),
    *selon(
        Poste("Nombre de parts de la famille", "aides_logement_nb_part", unite=Unite.PARTS),
        {APL: (_cch("D832-11, 4°"), ARRETE_APL), AL: (_cch("D832-25, 2°"), ARRETE_AL)},
    ),
    *selon(
        Poste("Mensualité plafond, à la date du prêt", "aides_logement_plafond_mensualite"),
        {
            APL: (Article("Arrêté du 27 septembre 2019, art. 18", date(2019, 10, 1)), ARRETE_APL),
            AL: (Article("Arrêté du 27 septembre 2019, art. 33", date(2019, 10, 1)), ARRETE_AL),
        },
    ),
    *selon(
        Poste("Mensualité de prêt retenue, dans la limite du plafond", "aides_logement_loyer_retenu", toujours=True),
        {APL: (_cch("D832-10, 3°"),), AL: (_cch("D842-6, 3°"),)},
    ),
    *selon(
        Poste("Charges forfaitaires", "aides_logement_charges_retenues", toujours=True),
        {APL: (_cch("D832-10, 4°"),), AL: (_cch("D842-6, 4°"),)},
    ),
    *selon(
        Poste("Mensualité minimale laissée à la famille", "aides_logement_loyer_minimal", toujours=True),
        {APL: (_cch("D832-15"), ARRETE_APL), AL: (_cch("D842-6, 5°"), ARRETE_AL)},
    ),
    *selon(
        Poste(
            "Part prise en charge, selon les ressources et la famille",
            "aides_logement_k",
            unite=Unite.NOMBRE,
            toujours=True,
        ),
        {APL: (_cch("D832-11"), ARRETE_APL), AL: (_cch("D832-25, 2°"), ARRETE_AL)},
    ),
    *selon(
        Poste(
            "Part prise en charge × (mensualité + charges − mensualité minimale)",
            "aides_logement_accedant_et_foyer",
            signe=1,
            toujours=True,
        ),
        {APL: (_cch("D832-10"), ARRETE_APL), AL: (_cch("D842-6"), ARRETE_AL)},
    ),
)

APRES_MINORATION: tuple[Poste, ...] = (
    *selon(
        Poste("Dépense nette minimale", "aides_logement_depense_minimale"),
        {APL: (_cch("D832-17"),), AL: (_cch("D842-11"),)},
    ),
    *selon(
        Poste(
            "Abattement pour laisser à la famille la dépense nette minimale",
            "aide_logement_abattement_depense_nette",
            signe=-1,
        ),
        {APL: (_cch("D832-17"),), AL: (_cch("D842-11"),)},
    ),
)

OUVERTURE: tuple[Condition, ...] = (
    Condition(
        "La date du prêt est connue",
        "accession_date_pret_connue",
        "aucune date de prêt",
        "la date de signature, ou celle du certificat de prêt",
        conseil="Indiquez la date du prêt qui finance le logement.",
        si="accession_demandee",
    ),
    Condition(
        "Le prêt a été signé avant 2018, ou avant 2020 pour un logement existant en zone 3 avec un prêt conventionné",
        SI,
        "un prêt signé après la fermeture de l'aide",
        "un prêt signé avant la fermeture de l'aide",
        (FERMETURE,),
        conseil="L'aide à l'accession est fermée aux prêts récents : aucun changement de situation ne l'ouvre.",
        si="accession_demandee",
    ),
)

CONDITIONS: tuple[Condition, ...] = (
    Condition(
        "La mensualité retenue et les charges dépassent la mensualité minimale",
        "aides_logement_depense_suffisante",
        "aides_logement_depense_retenue",
        "aides_logement_loyer_minimal",
        (_cch("D832-10"), ARRETE_APL),
        Unite.EUROS_PAR_MOIS,
        "La mensualité minimale baisse avec les ressources et avec le nombre de personnes à charge.",
        APL,
        "plus de",
    ),
    Condition(
        "La mensualité retenue et les charges dépassent la mensualité minimale",
        "aides_logement_depense_suffisante",
        "aides_logement_depense_retenue",
        "aides_logement_loyer_minimal",
        (_cch("D842-6"), ARRETE_AL),
        Unite.EUROS_PAR_MOIS,
        "La mensualité minimale baisse avec les ressources et avec le nombre de personnes à charge.",
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
        si=SI,
    ),
)

_DEBUT, _FIN = Mois.parse("2012-06"), Mois.parse("2026-11")
DOUTES: tuple[Doute, ...] = (
    Doute(
        "Le prêt date d'avant juillet 1992 : le barème de ces prêts n'a pas été retrouvé.",
        _DEBUT,
        _FIN,
        "accession_pret_trop_ancien",
        refuse=True,
    ),
    Doute(
        "Rien ne confirme que le prêt est un prêt conventionné ou un prêt d'accession sociale : l'aide est calculée "
        "comme une allocation de logement.",
        _DEBUT,
        _FIN,
        "accession_nature_du_pret_incertaine",
    ),
    Doute(
        "Pour un logement existant en zone 3, l'aide est restée ouverte en 2018 et 2019 aux prêts conventionnés ; "
        "aucun texte n'a été retrouvé pour les prêts ordinaires.",
        _DEBUT,
        Mois.parse("2019-08"),
        "accession_exception_al_incertaine",
    ),
    Doute(
        "Outre-mer, l'aide reste ouverte à un prêt de 2018 ou 2019 si le représentant de l'État avait accordé le "
        "financement avant le 31 décembre 2018 (CCH, art. L861-6). Nous ne le savons pas : si vous avez cette "
        "décision, demandez à votre caisse.",
        _DEBUT,
        _FIN,
        "accession_exception_outre_mer_incertaine",
    ),
    Doute(
        "La dépense nette minimale est celle du texte de 2019, présumée inchangée depuis 2007.",
        _DEBUT,
        Mois.parse("2019-08"),
        SI,
    ),
    Doute(
        "Le barème de Mayotte d'avant 2022 n'a pas été retrouvé pour les foyers et les achats.",
        _DEBUT,
        Mois.parse("2021-12"),
        "foyer_ou_achat_a_mayotte",
        refuse=True,
    ),
)

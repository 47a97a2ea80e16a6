"""What several sheets say alike."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from guichet.domain.droits import Unite
from guichet.domain.vocabulaire import Mois
from guichet.law.explain import Condition, Doute, Poste
from guichet.law.textes import Article, Source

LIVRE_VIII = date(2019, 9, 1)
"""The housing aids in the CCH."""
# The parameters cite first the text now in force: before livre VIII, the texts that they cite after it.
AVANT_LIVRE_VIII = date(2019, 8, 31)
DEBUT = Mois(2012, 1)
SANS_FIN = Mois(9999, 12)
CONGE_DE_NAISSANCE = Mois(2026, 7)
"""The first month of the extra leave of birth (LFSS 2026, art. 99), whose daily benefit excludes others."""
ORDONNANCE_CRDS = Article(
    "Ordonnance n° 96-50 du 24 janvier 1996, art. 19",
    date(1996, 2, 1),
    url="https://www.legifrance.gouv.fr/loda/article_lc/LEGIARTI000041466982/",
)
PAS_A_MAYOTTE = Condition(
    "Prestation qui existe au lieu de résidence",
    "pf_hors_mayotte",
    "résidence à Mayotte",
    "résidence en métropole ou dans un autre département d'outre-mer",
    (Article("Ordonnance n° 2002-149 du 7 février 2002, art. 2", date(2012, 1, 1)),),
)
ENFANT_A_CHARGE = Article("CSS, art. L512-3 et R512-2", date(2000, 1, 29))
CRDS = "La contribution au remboursement de la dette sociale, due sur presque toutes les prestations."
REVENUS_ECARTES = Poste(
    "Revenus de cette année-là qui ne sont pas comptés : chômage ou congé parental",
    "pf_revenus_ecartes",
    (Article("CSS, art. R532-4 et R532-7", date(2004, 7, 17)),),
    0,
    Unite.EUROS_PAR_AN,
)
D_UN_SEUL_PARENT = Doute(
    "Un enfant vit en résidence alternée : cette prestation n'est due qu'à l'un de ses parents (CSS, art. R513-1). Nous"
    " supposons que c'est vous.",
    DEBUT,
    SANS_FIN,
    si="af_garde_alternee",
)
"""Each right is of one person for a child, but for the family allowances (R521-2)."""


def adultes_non_comptes(variable: str, article: Article) -> Poste:
    """The line of the partner who does not count in the flat amount of the RSA, or of the prime d'activité."""
    return Poste(
        "Adulte qui n'est pas compté, mais dont les ressources le sont : titre de séjour trop récent, ou congé",
        variable,
        (article,),
        0,
        Unite.NOMBRE,
    )


def crds(variable: str) -> Poste:
    """The line of the CRDS, whose amount is `variable`."""
    return Poste("Prélèvement social (CRDS, 0,5 %)", variable, (ORDONNANCE_CRDS,), -1, explication=CRDS)


def selon(poste: Poste, textes: Mapping[str, tuple[Source, ...]]) -> tuple[Poste, ...]:
    """The same line for several kinds of households, each (`si`) by the texts of its own."""
    return tuple(replace(poste, si=si, sources=sources) for si, sources in textes.items())


def sans_asf_en_residence_alternee(si: str) -> Doute:
    """What is not known of the resources of a lone parent whose child lives in turn with each parent."""
    return Doute(
        "Aucune allocation de soutien familial n'est comptée dans vos ressources pour un enfant en résidence alternée. "
        "Si vous en recevez une pour cet enfant, le montant est plus faible.",
        DEBUT,
        SANS_FIN,
        si,
    )

"""How a decision is contested, and how an overpayment is recovered: benefit by benefit, day by day, with the articles.

What was read and what was not is told in docs/law.md, under « Letters ».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from guichet.domain.droits import Prestation

POST_DELAY = timedelta(days=7)
"""A letter that was not read online is held to be received by then, by post."""


class Organe(StrEnum):
    """Who hears an appeal: a body of the administration, or a court."""

    COMMISSION = "commission"
    DIRECTION = "direction"
    CDAPL = "cdapl"
    CONSEIL_GENERAL = "conseil_general"
    CONSEIL_DEPARTEMENTAL = "conseil_departemental"
    TASS = "tass"
    TGI = "tgi"
    TRIBUNAL_JUDICIAIRE = "tribunal_judiciaire"
    TRIBUNAL_ADMINISTRATIF = "tribunal_administratif"

    @property
    def nom(self) -> str:
        """Its name after « écrivez » for the administration, after « saisissez » for the courts."""
        return _NAMES[self]


_NAMES = {
    Organe.COMMISSION: "à la commission de recours amiable de votre caisse",
    Organe.DIRECTION: "au directeur de votre caisse, qui prendra l'avis de la commission de recours amiable",
    Organe.CDAPL: "à la commission départementale des aides publiques au logement",
    Organe.CONSEIL_GENERAL: "au président du conseil général",
    Organe.CONSEIL_DEPARTEMENTAL: "au président du conseil départemental",
    Organe.TASS: "le tribunal des affaires de sécurité sociale",
    Organe.TGI: "le pôle social du tribunal de grande instance",
    Organe.TRIBUNAL_JUDICIAIRE: "le pôle social du tribunal judiciaire",
    Organe.TRIBUNAL_ADMINISTRATIF: "le tribunal administratif",
}


DELAI = 2
"""Months to go to each body: the same in all the texts."""


@dataclass(frozen=True, slots=True)
class Voies:
    """First a body of the administration, then a court, each within `DELAI` months; the silence of the first, after
    `silence` months, is a refusal. `remise` is the text that lets the debt be reduced, `suspensif` that which keeps the
    caisse from recovering it while it is contested; nothing when there is none."""

    organe: Organe
    texte: str
    silence: int
    texte_du_silence: str
    tribunal: Organe
    texte_du_tribunal: str
    remise: str
    suspensif: str = ""


class Contentieux(StrEnum):
    """The families of appeals."""

    SECURITE_SOCIALE = "securite_sociale"
    """Family benefits and AAH; the ALF and the ALS until 2019."""
    RSA = "rsa"
    PRIME_D_ACTIVITE = "prime_d_activite"
    APL = "apl"
    LOGEMENT = "logement"
    """The housing aids since 2020."""


_UNTIL_2018 = Voies(
    *(Organe.COMMISSION, "CSS, art. R142-1", 1, "CSS, art. R142-6"),
    *(Organe.TASS, "CSS, art. R142-18", "CSS, art. L256-4"),
)
_IN_2019 = Voies(
    *(Organe.COMMISSION, "CSS, art. R142-1", 2, "CSS, art. R142-6"),
    *(Organe.TGI, "CSS, art. R142-1-A", "CSS, art. L256-4"),
)
_SINCE_2020 = Voies(
    *(Organe.COMMISSION, "CSS, art. R142-1", 2, "CSS, art. R142-6"),
    *(Organe.TRIBUNAL_JUDICIAIRE, "CSS, art. R142-1-A", "CSS, art. L256-4"),
)
_RSA_UNTIL_2015 = Voies(
    *(Organe.CONSEIL_GENERAL, "CASF, art. L262-47 et R262-88", 2, "CASF, art. R262-89 et R262-90"),
    *(Organe.TRIBUNAL_ADMINISTRATIF, "CJA, art. R421-1", "CASF, art. L262-46", "CASF, art. L262-46"),
)
_RSA = Voies(
    *(Organe.CONSEIL_DEPARTEMENTAL, "CASF, art. L262-47 et R262-88", 2, "CASF, art. R262-89 et R262-90"),
    *(Organe.TRIBUNAL_ADMINISTRATIF, "CJA, art. R421-1", "CASF, art. L262-46", "CASF, art. L262-46"),
)
_PPA_UNTIL_2018, _PPA = (
    Voies(
        *(Organe.COMMISSION, "CSS, art. L845-2 et R847-2", silence, "CSS, art. R847-2 et R142-6"),
        *(Organe.TRIBUNAL_ADMINISTRATIF, "CJA, art. R421-1", "CSS, art. L845-3", "CSS, art. L845-3"),
    )
    for silence in (1, 2)
)
_APL_CDAPL = Voies(
    *(Organe.CDAPL, "CCH, art. R351-51", 2, "CCH, art. R351-50"),
    *(Organe.TRIBUNAL_ADMINISTRATIF, "CCH, art. L351-14", "CCH, art. L351-14"),
)
_APL_DIRECTION = Voies(
    *(Organe.DIRECTION, "CCH, art. L351-14 ; CSS, art. R142-1", 2, "CJA, art. R421-2"),
    *(Organe.TRIBUNAL_ADMINISTRATIF, "CCH, art. L351-14 ; CJA, art. R421-1", "CCH, art. L351-14"),
)
_LOGEMENT = Voies(
    *(Organe.DIRECTION, "CCH, art. L825-2", 2, "CJA, art. R421-2"),
    *(Organe.TRIBUNAL_ADMINISTRATIF, "CCH, art. L825-1 ; CJA, art. R421-1", "CCH, art. L825-3"),
)

VOIES: dict[Contentieux, tuple[tuple[date, Voies], ...]] = {
    Contentieux.SECURITE_SOCIALE: (
        (date(1986, 1, 1), _UNTIL_2018),
        (date(2019, 1, 1), _IN_2019),  # décret 2018-928
        (date(2020, 1, 1), _SINCE_2020),  # loi 2019-222, art. 95
    ),
    Contentieux.RSA: (
        (date(2009, 6, 1), _RSA_UNTIL_2015),
        (date(2015, 3, 22), _RSA),  # loi 2013-403, art. 1
    ),
    Contentieux.PRIME_D_ACTIVITE: (
        (date(2016, 1, 1), _PPA_UNTIL_2018),
        (date(2019, 1, 1), _PPA),  # décret 2018-928
    ),
    Contentieux.APL: (
        (date(1994, 7, 24), _APL_CDAPL),
        (date(2014, 3, 27), _APL_DIRECTION),  # loi 2014-366
    ),
    Contentieux.LOGEMENT: ((date(2020, 1, 1), _LOGEMENT),),  # ordonnance 2019-770
}
"""Each from its first day on, until the next."""


@dataclass(frozen=True, slots=True)
class Recouvrement:
    """What the letter of an overpayment must say of its recovery. `rectification`: days in which the facts may be
    corrected; `paiement`: months in which it is to be paid; 0 where the law knows none. With `apres_recours`, nothing is
    withheld before the time of the appeal is over. `apres_silence`: months for which nothing is, once silence has refused a
    correction, where the letter must say so."""

    texte: str
    rectification: int = 0
    paiement: int = 0
    apres_recours: bool = False
    apres_silence: int = 0


_BEFORE_2021 = Recouvrement("CSS, art. R133-9-2", paiement=2)
"""The two months are written in the text since 10 September 2012; before, it only wants a delay: that of the appeal."""
_DROIT_A_RECTIFIER = date(2021, 3, 25)  # décret 2021-306
_SINCE_2021 = {
    Contentieux.RSA: Recouvrement("CASF, art. R262-92-1", rectification=20, apres_recours=True),
    Contentieux.PRIME_D_ACTIVITE: Recouvrement("CSS, art. R847-1-1", rectification=20, apres_recours=True),
}
_OTHERS_SINCE_2021 = Recouvrement("CSS, art. R133-9-2", rectification=20, apres_silence=2)


def voies_de_recours(prestation: Prestation, le: date, *, apl: bool = False) -> Voies:
    """How a decision on `prestation` notified on `le` is contested.

    `apl` tells, of a housing aid, that it is an APL: until 2019 the ALF and the ALS went to other judges. ValueError for
    what is no benefit, or did not exist.
    """
    voies = [voies for since, voies in VOIES[_contentieux(prestation, le, apl)] if since <= le]
    if not voies:
        raise ValueError(f"Aucun recours n'est connu pour « {prestation.nom} » au {le}.")
    return voies[-1]


def by_voies(prestations: Iterable[Prestation], le: date, *, apl: bool = False) -> dict[Voies, tuple[Prestation, ...]]:
    """The benefits of `prestations` that are contested together, by the ways of appeal that they share."""
    found: dict[Voies, tuple[Prestation, ...]] = {}
    for prestation in dict.fromkeys(prestations):
        voies = voies_de_recours(prestation, le, apl=apl)
        found[voies] = (*found.get(voies, ()), prestation)
    return found


def received_on(sent_on: date, read_on: date | None) -> date:
    """The day from which the delays of a letter run: that of its first reading, or of the post if it was there before."""
    by_post = sent_on + POST_DELAY
    return by_post if read_on is None else min(read_on, by_post)


def recouvrement(prestation: Prestation, le: date) -> Recouvrement:
    """What rules the recovery of an overpayment of `prestation` notified on `le`."""
    if le < _DROIT_A_RECTIFIER:
        return _BEFORE_2021
    return _SINCE_2021.get(_contentieux(prestation, le, apl=False), _OTHERS_SINCE_2021)


def _contentieux(prestation: Prestation, le: date, apl: bool) -> Contentieux:
    match prestation:
        case Prestation.QUOTIENT_FAMILIAL:
            raise ValueError("Le quotient familial n'est pas une prestation.")
        case Prestation.RSA:
            return Contentieux.RSA
        case Prestation.PPA:
            return Contentieux.PRIME_D_ACTIVITE
        case Prestation.AIDE_LOGEMENT if le >= VOIES[Contentieux.LOGEMENT][0][0]:
            return Contentieux.LOGEMENT
        case Prestation.AIDE_LOGEMENT if apl:
            return Contentieux.APL
    return Contentieux.SECURITE_SOCIALE

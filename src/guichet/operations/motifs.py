"""Why rights are no longer what they were: the facts, those learnt since and those whose day has come; what else counts, the
months of the incomes, ages, other benefits, new amounts; and the texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from guichet import law
from guichet.clock import day_of
from guichet.domain import changements, effets
from guichet.domain.calendrier import months_after
from guichet.domain.changements import Changement
from guichet.domain.comptes import Key
from guichet.domain.courriers.mentions import Motif
from guichet.domain.droits import COUNTED_AS_INCOME, Prestation
from guichet.domain.faits import (
    DEMANDES,
    NATURES,
    RESSOURCES,
    REVENUS_DU_TRAVAIL,
    Fait,
    Genre,
    Identite,
    Source,
    demandes,
)
from guichet.domain.foyer import Nature, Role
from guichet.domain.periodes import LOGEMENT_QUARTERLY_FROM, months_of_trimestre, reference_months, reference_year
from guichet.domain.phrases import in_french
from guichet.domain.vocabulaire import Mois
from guichet.records import faits

ABOUT: dict[int, str] = {
    Genre.PRESENCE: "les personnes de votre foyer",
    Genre.ACTIVITE: "votre activité",
    Genre.EPARGNE: "votre patrimoine",
    Genre.HANDICAP: "un handicap",
    Genre.GROSSESSE: "une grossesse",
    Genre.CESSATION: "un congé parental",
    Genre.SEJOUR: "votre droit au séjour",
    Genre.LOGEMENT: "votre logement",
    Genre.PRET: "votre prêt immobilier",
    Genre.GARDE: "la garde de vos enfants",
    **dict.fromkeys(RESSOURCES.values(), "vos ressources"),
    **dict.fromkeys(DEMANDES.values(), "vos demandes"),
}
"""What a fact is about, in a letter; the others change no right."""
INCOME_NAMES = {
    Nature.SALAIRE: "salaire",
    Nature.CHOMAGE: "allocation de chômage",
    Nature.RETRAITE: "retraite",
    Nature.INVALIDITE: "pension d'invalidité",
    Nature.INDEMNITES_JOURNALIERES: "indemnités journalières",
    Nature.INDEMNITES_MATERNITE: "indemnités de maternité",
    Nature.INDEPENDANT: "revenu d'indépendant",
    Nature.FORMATION: "rémunération de formation",
    Nature.STAGE: "gratification de stage",
    Nature.ASS: "allocation de solidarité spécifique",
    Nature.PENSION_ALIMENTAIRE_RECUE: "pension alimentaire reçue",
    Nature.PENSION_ALIMENTAIRE_VERSEE: "pension alimentaire versée",
    Nature.REVENUS_FONCIERS: "loyers reçus",
    Nature.REVENUS_DU_CAPITAL: "revenus du capital",
    Nature.AAH: "AAH",
    Nature.RSA: "RSA",
}
DETAILS: dict[int, str] = {
    **{RESSOURCES[nature]: name for nature, name in INCOME_NAMES.items()},
    **{DEMANDES[prestation]: prestation.nom for prestation in Prestation},
}
"""The income or the benefit, said after the words of `ABOUT`."""
_MINIMA = frozenset((Prestation.RSA, Prestation.PPA))
ONLY_SOME: dict[int, frozenset[Prestation]] = {
    **{genre: frozenset((prestation,)) for prestation, genre in DEMANDES.items()},
    Genre.GARDE: frozenset((Prestation.PAJE_CMG,)),
    Genre.PRET: frozenset((Prestation.AIDE_LOGEMENT,)),
    Genre.LOGEMENT: _MINIMA | {Prestation.AIDE_LOGEMENT},
    Genre.EPARGNE: _MINIMA | {Prestation.AIDE_LOGEMENT},
}
"""The facts that not every benefit reads."""
AGES: dict[Prestation, tuple[int, ...]] = {
    Prestation.AF: (11, 14, 16, 20, 21),
    Prestation.CF: (3, 21),
    Prestation.ASF: (20,),
    Prestation.PAJE_BASE: (3,),
    Prestation.PAJE_CLCA: (3,),
    Prestation.PAJE_PREPARE: (1, 3),
    Prestation.PAJE_CMG: (3, 6),
    Prestation.AEEH: (20,),
    Prestation.AIDE_LOGEMENT: (21,),
    Prestation.RSA: (3, 25),
    Prestation.PPA: (3, 18, 25),
}
"""The birthdays with which a benefit may change."""
WITHOUT_REFERENCE_YEAR = frozenset((Prestation.ASF, Prestation.AAH, Prestation.AEEH, Prestation.QUOTIENT_FAMILIAL))
"""The other benefits, but for these, look at the incomes of the second year before."""
A_YEAR = 12
TEXTES = 3
"""Of each benefit, those that a letter cites."""


SAID_BY = {
    Source.ALLOCATAIRE: "Vous nous l'avez dit",
    Source.CAISSE: "Nous l'avons constaté",
    Source.IMPOTS: "Les impôts nous l'ont dit",
    Source.EMPLOYEUR: "Votre employeur nous l'a dit",
    Source.FRANCE_TRAVAIL: "France Travail nous l'a dit",
    Source.BAILLEUR: "Votre bailleur nous l'a dit",
}
DEPARTURES = {"separation": "séparation", "deces": "décès"}


def known_before(firsts: Mapping[int, datetime]) -> dict[int, list[faits.Connu]]:
    """What was known of each file at its instant."""
    known_then: dict[int, list[faits.Connu]] = {}
    for instant in set(firsts.values()):
        known_then |= faits.known([number for number, own in firsts.items() if own == instant], instant)
    return known_then


def motif(known_then: Collection[faits.Connu] | None, known: Collection[faits.Connu], concerned: Sequence[Key]) -> Motif:
    """Why the rights `concerned` (a month, a benefit) are not what was paid: what is known now of a file (`known`) and was
    not when its months were first computed (`known_then`, None when they never were), and the texts that found them."""
    mois = max(mois for mois, _ in concerned)
    prestations = list(dict.fromkeys(prestation for _, prestation in concerned))
    phrases = _learnt(known_then or (), known, prestations, mois) if known_then is not None else ()
    without_fait = "Nous avons refait le calcul de ces mois, sans fait nouveau : le premier n'était pas exact."
    return Motif(" ".join(dict.fromkeys(phrases)) or without_fait, _textes(prestations, mois))


@dataclass(frozen=True, slots=True)
class MonthlyRights:
    """The rights of a month, beside those of the month before: `known_then` is what was known when the latter were first
    computed, None when they never were, `known` what is known now; `others` are the benefits of which the amount is not the
    same."""

    mois: Mois
    known_then: Collection[faits.Connu] | None
    known: Collection[faits.Connu]
    identites: Mapping[int, Identite]
    others: Collection[Prestation]

    def motif(self, prestation: Prestation, *, changes: bool) -> Motif:
        """Why the right to `prestation` begins, ends or changes (`changes`: it is due in both months)."""
        phrases = list(dict.fromkeys(self._phrases(prestation)))
        if changes or not phrases:
            phrases += self._from_outside(prestation)
        return Motif(" ".join(phrases) or self._without_fait(prestation), _textes([prestation], self.mois))

    def _without_fait(self, prestation: Prestation) -> str:
        if prestation in effets.QUARTERLY:
            first, last = self._reference
            return (
                f"Ce calcul tient compte de ce que vous avez reçu {_from(first)} à {last.in_words}, prestations "
                "comprises. Ce ne sont plus les mêmes mois qu'avant."
            )
        return (
            "Aucune information nouvelle ne l'explique. Cela vient des règles et des montants fixés par la loi, ou du temps "
            f"qui passe : en {self.mois.in_words}, des âges, des durées ou les mois dont les revenus comptent ont changé."
        )

    def _phrases(self, prestation: Prestation) -> Iterator[str]:
        """The facts, then what comes with time."""
        if self.known_then is None:
            yield "C'est le premier calcul de vos droits, avec ce que nous savons de votre foyer et de vos ressources."
        else:
            yield from _learnt(self.known_then, self.known, [prestation], self.mois)
        start, end = self._since(prestation).first_day, self.mois.last_day
        come = list(changements.come_about(self._faits, start, end))
        births = {c.jour for c in come if c.genre == Genre.PRESENCE and c.avant is None}
        for changement in come:
            birth = changement.genre == Genre.GROSSESSE and changement.jour in births
            if _concerns(changement.genre, [prestation]) and self._counts(prestation, changement) and not birth:
                yield _phrase(changement, self.known)
        yield from self._event(prestation)
        yield from self._birthdays(prestation, start, end)
        yield from self._incomes(prestation)

    def _from_outside(self, prestation: Prestation) -> Iterator[str]:
        """What changes an amount and is no fact of the file."""
        counted = [other.nom for other in self.others if other in COUNTED_AS_INCOME - {prestation}]
        if prestation in effets.QUARTERLY and counted:
            yield f"D'autres prestations ont changé, et elles comptent dans ce calcul : {', '.join(counted)}."
        if _montants(prestation, self.mois) != _montants(prestation, self.mois - 1):
            yield f"De nouveaux montants fixés par la loi s'appliquent à partir {_from(self.mois)}."

    @property
    def _faits(self) -> list[Fait]:
        return [one.fait for one in self.known]

    def _begins_trimestre(self, prestation: Prestation) -> bool:
        """Whether the month begins a quarter of what is settled for one."""
        demande = effets.demande_of(prestation, demandes(self._faits, self.mois))
        return demande is not None and effets.start_of_trimestre(demande, self.mois) == self.mois

    def _since(self, prestation: Prestation) -> Mois:
        """The month as of which the household was looked at before."""
        by_trimestre = prestation in effets.QUARTERLY and self.mois >= effets.QUARTERLY_FROM
        return self.mois - (3 if by_trimestre and self._begins_trimestre(prestation) else 1)

    @property
    def _reference(self) -> tuple[Mois, Mois]:
        """The first and the last month whose incomes the RSA and the prime d'activité look at."""
        first, _, last = months_of_trimestre(self.mois)
        return first, last

    def _counts(self, prestation: Prestation, changement: Changement) -> bool:
        """Incomes count by the months that the law looks at (`_incomes`); at once for the RSA, when what one lives on
        stops."""
        if changement.genre not in NATURES:
            return True
        if prestation is Prestation.AAH:
            return True
        return prestation is Prestation.RSA and changement.genre in REVENUS_DU_TRAVAIL and changement.apres is None

    def _event(self, prestation: Prestation) -> Iterator[str]:
        if prestation is Prestation.ARS:
            yield f"C'est la rentrée scolaire de {self.mois.annee}."
        for fait in self._faits:
            if prestation is Prestation.PAJE_NAISSANCE and fait.genre == Genre.GROSSESSE:
                yield f"Une naissance est attendue vers le {in_french(fait.valeur.terme)}."

    def _birthdays(self, prestation: Prestation, start: date, end: date) -> Iterator[str]:
        for fait in self._faits:
            if fait.genre == Genre.PRESENCE and fait.holds_on(end):
                who = self.identites[fait.sujet]
                for age in AGES.get(prestation, ()):
                    if start < months_after(who.naissance, 12 * age) <= end:
                        yield f"{who.prenoms} a eu {age} ans le {in_french(months_after(who.naissance, 12 * age))}."
            elif (
                prestation is Prestation.RSA
                and fait.genre == Genre.PRESENCE
                and fait.valeur.role is Role.CONJOINT
                and start < months_after(min(fait.avant, end), 12) <= end
            ):
                yield f"Un an a passé depuis que vous vivez sans conjoint, le {in_french(fait.avant)}."

    def _incomes(self, prestation: Prestation) -> Iterator[str]:
        """The months whose incomes count are no longer the same, nor are these incomes."""
        looked_at = self._newly_looked_at(prestation)
        if looked_at is None:
            return
        first, last, later = looked_at
        day = self.mois.last_day
        now = changements.revenus(self._faits, first, last, day)
        if now == changements.revenus(self._faits, first - later, last - later, day):
            return
        if later == A_YEAR:
            yield f"Les revenus qui comptent sont maintenant ceux de {first.annee}, et plus ceux de {first.annee - 1}."
        else:
            yield (
                f"Les mois dont les revenus comptent ne sont plus les mêmes : ce sont maintenant ceux {_from(first)} à "
                f"{last.in_words}, et ces revenus ont changé."
            )

    def _newly_looked_at(self, prestation: Prestation) -> tuple[Mois, Mois, int] | None:
        """The first and the last month whose incomes count, and how many months later they are than those that counted
        before; None when they are the same."""
        mois = self.mois
        if prestation in effets.QUARTERLY:
            if mois < effets.QUARTERLY_FROM:
                return *self._reference, 1
            return (*self._reference, 3) if self._begins_trimestre(prestation) else None
        if prestation is Prestation.AIDE_LOGEMENT and mois >= LOGEMENT_QUARTERLY_FROM:
            again = effets.mois_of_logement_ressources(self._faits, mois, demandes(self._faits, mois)) == mois
            return (*reference_months(mois), 3) if again else None
        if mois.numero == 1 and prestation not in WITHOUT_REFERENCE_YEAR:
            return Mois(reference_year(mois), 1), Mois(reference_year(mois), 12), A_YEAR
        return None


def _from(mois: Mois) -> str:
    return in_french(mois, "de")


def _learnt(
    known_then: Iterable[faits.Connu], known: Collection[faits.Connu], prestations: Collection[Prestation], mois: Mois
) -> Iterator[str]:
    """What was learnt, in a sentence each."""
    before = [one.fait for one in known_then]
    for changement in changements.learnt(before, [one.fait for one in known], (mois + 1).first_day):
        if _concerns(changement.genre, prestations):
            yield _phrase(changement, known)


def _concerns(genre: int, prestations: Collection[Prestation]) -> bool:
    return genre in ABOUT and any(prestation in ONLY_SOME.get(genre, (prestation,)) for prestation in prestations)


def _textes(prestations: Iterable[Prestation], mois: Mois) -> tuple[str, ...]:
    cited = (texte.reference for p in prestations for texte in law.textes_cites(p, mois)[:TEXTES])
    return tuple(dict.fromkeys(cited))


def _montants(prestation: Prestation, mois: Mois) -> list[object]:
    """What the law fixes for everybody."""
    return [(line.libelle, line.valeur) for line in law.chiffres(prestation, mois)]


def _phrase(changement: Changement, known: Iterable[faits.Connu]) -> str:
    own = [one for one in known if (one.fait.genre, one.fait.sujet) == changement[:2]]
    # What holds from that day on says it; else what ended on that day.
    said = next((one for one in own if one.fait.holds_on(changement.jour)), None)
    said = said or next((one for one in own if one.fait.avant == changement.jour), None)
    detail = _happened(changement, said) if changement.genre == Genre.PRESENCE else DETAILS.get(changement.genre, "")
    what = f"{ABOUT[changement.genre]} ({detail})" if detail else ABOUT[changement.genre]
    phrase = f"Un changement concerne {what}, à partir du {in_french(changement.jour)}."
    return f"{phrase} {SAID_BY[said.fait.source]} le {in_french(day_of(said.connu_le))}." if said else phrase


def _happened(changement: Changement, said: faits.Connu | None) -> str:
    """What happened to somebody of the household."""
    if changement.apres is None:
        return DEPARTURES.get(said.fait.valeur.motif, "départ") if said else "départ"
    if changement.avant is None:
        return "arrivée d'un enfant" if changement.apres.role is Role.ENFANT else "arrivée"
    return "résidence alternée" if changement.avant.garde_alternee != changement.apres.garde_alternee else ""

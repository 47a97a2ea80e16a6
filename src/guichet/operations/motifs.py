"""Why rights are no longer what they were: the facts, those learnt since and those whose day has come; what else counts, the
months of the incomes, ages, other benefits, new amounts; and the texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from guichet import law
from guichet.clock import PARIS
from guichet.domain import changements, effets
from guichet.domain.calendrier import mois_apres
from guichet.domain.changements import REVENUS, Changement
from guichet.domain.comptes import Cle
from guichet.domain.courriers.mentions import Motif
from guichet.domain.droits import Prestation
from guichet.domain.faits import DEMANDES, RESSOURCES, Fait, Genre, Identite, Source, demandes
from guichet.domain.foyer import DU_TRAVAIL, Nature, Role
from guichet.domain.phrases import en_francais
from guichet.domain.vocabulaire import Mois
from guichet.records import faits

NOMS: dict[int, str] = {
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
REVENUS_NOMMES = {
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
    **{RESSOURCES[nature]: nom for nature, nom in REVENUS_NOMMES.items()},
    **{DEMANDES[prestation]: prestation.nom for prestation in Prestation},
}
"""Which of them."""
_DU_TRAVAIL = frozenset(RESSOURCES[nature] for nature in DU_TRAVAIL)
_MINIMA = frozenset((Prestation.RSA, Prestation.PPA))
DE_QUELQUES_UNES: dict[int, frozenset[Prestation]] = {
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
TRIMESTRE_DECALE = Mois(2025, 3)
"""The RSA and the prime d'activité look at M-4 to M-2 since then, at M-3 to M-1 before (décret 2025-185)."""
SANS_TRIMESTRE = frozenset((Prestation.ASF, Prestation.AAH, Prestation.AEEH, Prestation.QUOTIENT_FAMILIAL))
"""The other benefits, but for these, look at the incomes of the second year before."""
COMPTEES = frozenset(Prestation) - {
    *(Prestation.ARS, Prestation.PAJE_NAISSANCE, Prestation.PAJE_CMG, Prestation.QUOTIENT_FAMILIAL),
}
"""What counts in the RSA and in the prime d'activité."""
TEXTES = 3
"""Of each benefit, those that a letter cites."""


DIT = {
    Source.ALLOCATAIRE: "Vous nous l'avez dit",
    Source.CAISSE: "Nous l'avons constaté",
    Source.IMPOTS: "Les impôts nous l'ont dit",
    Source.EMPLOYEUR: "Votre employeur nous l'a dit",
    Source.FRANCE_TRAVAIL: "France Travail nous l'a dit",
    Source.BAILLEUR: "Votre bailleur nous l'a dit",
}
DEPARTS = {"separation": "séparation", "deces": "décès"}


def sus_avant(premiers: Mapping[int, datetime]) -> dict[int, list[faits.Connu]]:
    """What was known of each file at its instant."""
    sus: dict[int, list[faits.Connu]] = {}
    for instant in set(premiers.values()):
        sus |= faits.connus([numero for numero, sien in premiers.items() if sien == instant], instant)
    return sus


def motif(sus: Collection[faits.Connu] | None, lus: Collection[faits.Connu], concernes: Sequence[Cle]) -> Motif:
    """Why the rights `concernes` (a month, a benefit) are not what was paid: what is known now of a file (`lus`) and was not
    when its months were first computed (`sus`, None when they never were), and the texts that found them."""
    mois = max(mois for mois, _ in concernes)
    prestations = list(dict.fromkeys(prestation for _, prestation in concernes))
    phrases = _apprises(sus or (), lus, prestations, mois) if sus is not None else ()
    sans_fait = "Nous avons refait le calcul de ces mois, sans fait nouveau : le premier n'était pas exact."
    return Motif(" ".join(dict.fromkeys(phrases)) or sans_fait, _textes(prestations, mois))


@dataclass(frozen=True, slots=True)
class Mensuel:
    """The rights of a month, beside those of the month before: `sus` is what was known when the latter were first computed,
    None when they never were, `lus` what is known now; `autres` are the benefits of which the amount is not the same."""

    mois: Mois
    sus: Collection[faits.Connu] | None
    lus: Collection[faits.Connu]
    identites: Mapping[int, Identite]
    autres: Collection[Prestation]

    def motif(self, prestation: Prestation, *, change: bool) -> Motif:
        """Why the right to `prestation` begins, ends or changes (`change`: it is due in both months)."""
        phrases = list(dict.fromkeys(self._phrases(prestation)))
        if change or not phrases:
            phrases += self._du_dehors(prestation)
        return Motif(" ".join(phrases) or self._sans_fait(prestation), _textes([prestation], self.mois))

    def _sans_fait(self, prestation: Prestation) -> str:
        if prestation in effets.TRIMESTRIELLES:
            du, au = self._reference
            return (
                f"Ce calcul tient compte de ce que vous avez reçu {_de(du)} à {au.en_lettres}, prestations comprises. Ce ne "
                "sont plus les mêmes mois qu'avant."
            )
        return (
            "Aucune information nouvelle ne l'explique. Cela vient des règles et des montants fixés par la loi, ou du temps "
            f"qui passe : en {self.mois.en_lettres}, des âges, des durées ou les mois dont les revenus comptent ont changé."
        )

    def _phrases(self, prestation: Prestation) -> Iterator[str]:
        """The facts, then what comes with time."""
        if self.sus is None:
            yield "C'est le premier calcul de vos droits, avec ce que nous savons de votre foyer et de vos ressources."
        else:
            yield from _apprises(self.sus, self.lus, [prestation], self.mois)
        debut, fin = self._depuis(prestation).premier_jour, effets.dernier_jour(self.mois)
        venus = list(changements.survenus(self._faits, debut, fin))
        naissances = {c.jour for c in venus if c.genre == Genre.PRESENCE and c.avant is None}
        for changement in venus:
            naissance = changement.genre == Genre.GROSSESSE and changement.jour in naissances
            if _concerne(changement.genre, [prestation]) and self._compte(prestation, changement) and not naissance:
                yield _phrase(changement, self.lus)
        yield from self._evenement(prestation)
        yield from self._anniversaires(prestation, debut, fin)
        yield from self._revenus(prestation)

    def _du_dehors(self, prestation: Prestation) -> Iterator[str]:
        """What changes an amount and is no fact of the file."""
        comptees = [autre.nom for autre in self.autres if autre in COMPTEES - {prestation}]
        if prestation in effets.TRIMESTRIELLES and comptees:
            yield f"D'autres prestations ont changé, et elles comptent dans ce calcul : {', '.join(comptees)}."
        if _montants(prestation, self.mois) != _montants(prestation, self.mois - 1):
            yield f"De nouveaux montants fixés par la loi s'appliquent à partir {_de(self.mois)}."

    @property
    def _faits(self) -> list[Fait]:
        return [connu.fait for connu in self.lus]

    def _trimestre(self, prestation: Prestation) -> bool:
        """Whether the month begins a quarter of what is settled for one."""
        demande = demandes(self._faits, self.mois).get(prestation)
        return demande is not None and effets.trimestre(demande, self.mois) == self.mois

    def _depuis(self, prestation: Prestation) -> Mois:
        """The month as of which the household was looked at before."""
        du_trimestre = prestation in effets.TRIMESTRIELLES and self.mois >= effets.PAR_TRIMESTRE
        return self.mois - (3 if du_trimestre and self._trimestre(prestation) else 1)

    @property
    def _reference(self) -> tuple[Mois, Mois]:
        """The first and the last month whose incomes the RSA and the prime d'activité look at."""
        au = self.mois - (1 if self.mois < TRIMESTRE_DECALE else 2)
        return au - 2, au

    def _compte(self, prestation: Prestation, changement: Changement) -> bool:
        """Incomes count by the months that the law looks at (`_revenus`); at once, when what one lives on stops."""
        if changement.genre not in REVENUS:
            return True
        if prestation is Prestation.AAH:
            return True
        return prestation in effets.TRIMESTRIELLES and changement.genre in _DU_TRAVAIL and changement.apres is None

    def _evenement(self, prestation: Prestation) -> Iterator[str]:
        if prestation is Prestation.ARS:
            yield f"C'est la rentrée scolaire de {self.mois.annee}."
        for fait in self._faits:
            if prestation is Prestation.PAJE_NAISSANCE and fait.genre == Genre.GROSSESSE:
                yield f"Une naissance est attendue vers le {en_francais(fait.valeur.terme)}."

    def _anniversaires(self, prestation: Prestation, debut: date, fin: date) -> Iterator[str]:
        for fait in self._faits:
            if fait.genre == Genre.PRESENCE and fait.tient(fin):
                qui = self.identites[fait.sujet]
                for age in AGES.get(prestation, ()):
                    if debut < mois_apres(qui.naissance, 12 * age) <= fin:
                        yield f"{qui.prenoms} a eu {age} ans le {en_francais(mois_apres(qui.naissance, 12 * age))}."
            elif (
                prestation is Prestation.RSA
                and fait.genre == Genre.PRESENCE
                and fait.valeur.role is Role.CONJOINT
                and debut < mois_apres(min(fait.avant, fin), 12) <= fin
            ):
                yield f"Un an a passé depuis que vous vivez sans conjoint, le {en_francais(fait.avant)}."

    def _revenus(self, prestation: Prestation) -> Iterator[str]:
        """The months whose incomes count are no longer the same, nor are these incomes."""
        mois, jour = self.mois, effets.dernier_jour(self.mois)
        au_trimestre = prestation in effets.TRIMESTRIELLES
        glissant = prestation is Prestation.AIDE_LOGEMENT and mois >= effets.LOGEMENT_PAR_TRIMESTRE
        if au_trimestre or glissant:
            if au_trimestre:
                revus = mois < effets.PAR_TRIMESTRE or self._trimestre(prestation)
                du, au = self._reference
            else:
                revus = effets.ressources_du_logement(self._faits, mois, demandes(self._faits, mois)) == mois
                du, au = mois - effets.MOIS_DU_LOGEMENT, mois - 2
            ecart = 3 if mois >= effets.PAR_TRIMESTRE else 1
            if revus and self._differe((du, au), (du - ecart, au - ecart), jour):
                yield (
                    f"Les mois dont les revenus comptent ne sont plus les mêmes : ce sont maintenant ceux {_de(du)} à "
                    f"{au.en_lettres}, et ces revenus ont changé."
                )
        elif mois.numero == 1 and prestation not in SANS_TRIMESTRE:
            un, autre = ((Mois(mois.annee - avant, 1), Mois(mois.annee - avant, 12)) for avant in (2, 3))
            if self._differe(un, autre, jour):
                yield f"Les revenus qui comptent sont maintenant ceux de {mois.annee - 2}, et plus ceux de {mois.annee - 3}."

    def _differe(self, un: tuple[Mois, Mois], autre: tuple[Mois, Mois], jour: date) -> bool:
        return changements.revenus(self._faits, *un, jour) != changements.revenus(self._faits, *autre, jour)


def _de(mois: Mois) -> str:
    return en_francais(mois, "de")


def _apprises(
    sus: Iterable[faits.Connu], lus: Collection[faits.Connu], prestations: Collection[Prestation], mois: Mois
) -> Iterator[str]:
    """What was learnt, in a sentence each."""
    avant = [connu.fait for connu in sus]
    for changement in changements.appris(avant, [connu.fait for connu in lus], (mois + 1).premier_jour):
        if _concerne(changement.genre, prestations):
            yield _phrase(changement, lus)


def _concerne(genre: int, prestations: Collection[Prestation]) -> bool:
    return genre in NOMS and any(prestation in DE_QUELQUES_UNES.get(genre, (prestation,)) for prestation in prestations)


def _textes(prestations: Iterable[Prestation], mois: Mois) -> tuple[str, ...]:
    cites = (texte.reference for p in prestations for texte in law.textes_cites(p, mois)[:TEXTES])
    return tuple(dict.fromkeys(cites))


def _montants(prestation: Prestation, mois: Mois) -> list[object]:
    """What the law fixes for everybody."""
    return [(ligne.libelle, ligne.valeur) for ligne in law.chiffres(prestation, mois)]


def _phrase(changement: Changement, lus: Iterable[faits.Connu]) -> str:
    siens = [connu for connu in lus if (connu.fait.genre, connu.fait.sujet) == changement[:2]]
    # What holds from that day on says it; else what ended on that day.
    dit = next((connu for connu in siens if connu.fait.tient(changement.jour)), None)
    dit = dit or next((connu for connu in siens if connu.fait.avant == changement.jour), None)
    detail = _arrive(changement, dit) if changement.genre == Genre.PRESENCE else DETAILS.get(changement.genre, "")
    quoi = f"{NOMS[changement.genre]} ({detail})" if detail else NOMS[changement.genre]
    phrase = f"Un changement concerne {quoi}, à partir du {en_francais(changement.jour)}."
    return f"{phrase} {DIT[dit.fait.source]} le {en_francais(dit.connu_le.astimezone(PARIS).date())}." if dit else phrase


def _arrive(changement: Changement, dit: faits.Connu | None) -> str:
    """What happened to somebody of the household."""
    if changement.apres is None:
        return DEPARTS.get(dit.fait.valeur.motif, "départ") if dit else "départ"
    if changement.avant is None:
        return "arrivée d'un enfant" if changement.apres.role is Role.ENFANT else "arrivée"
    return "garde alternée" if changement.avant.garde_alternee != changement.apres.garde_alternee else ""

"""What happens to households, and when the caisse learns it: mostly in time, sometimes months late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.faits import Genre, Presence, Source
from guichet.domain.foyer import Activite, Nature, Role
from guichet.operations.demonstration import identites
from guichet.operations.demonstration.menages import Adulte, Menage, mois_suivant
from guichet.operations.demonstration.noms import COMMUNES, NOMS
from guichet.operations.demonstration.population import AN, LOUES, demande, fait_garder, location

RETARDS = ((0.72, 2, 20), (0.22, 21, 75))
"""How late something is declared: share of the declarations, days at least, days at most. The others are forgotten until
the caisse finds out, in October, from what the impôts tell."""
INTERIMAIRES = 0.08
"""Share of the workers whose pay is another one every month."""
REVUS, PRECISES = 0.04, 0.15
"""Share of those whose incomes are followed by the month and whose year turns out to have been another one; of the others,
those of whom the impôts tell more exactly what was known."""
JOUR = timedelta(days=1)


def raconte(menage: Menage, fin: datetime) -> None:
    """The events of the file, from its opening to the instant `fin`, each on the household that the others have left."""
    hasard, debut = menage.hasard, menage.ouvert_le
    annees = (fin.date() - debut) / AN
    venus = [
        (debut + hasard.uniform(0, annees) * AN, rang)
        for rang, par_an in enumerate(EVENEMENTS.values())
        if hasard.random() < par_an * annees
    ]
    evenements = list(EVENEMENTS)
    for jour, rang in sorted(venus):
        evenements[rang](menage, jour)
    _paies(menage, fin.date())
    _impots(menage, fin.date())


def instant(menage: Menage, jour: date) -> datetime:
    """Some time of `jour` when people write to the caisse, never before the opening of the file."""
    hasard = menage.hasard
    heure = datetime(jour.year, jour.month, jour.day, hasard.randint(7, 22), hasard.randint(0, 59), tzinfo=clock.PARIS)
    return max(heure, menage.le)


def _appris(menage: Menage, jour: date) -> datetime:
    """When something that happened on `jour` is declared."""
    sort = menage.hasard.random()
    for part, tot, tard in RETARDS:
        if sort < part:
            return instant(menage, jour + menage.hasard.randint(tot, tard) * JOUR)
        sort -= part
    return _en_octobre(menage, jour.year + (jour.month > 8))


def _en_octobre(menage: Menage, annee: int) -> datetime:
    return instant(menage, date(annee, 10, menage.hasard.randint(5, 20)))


# The events


def _demenage(menage: Menage, jour: date) -> None:
    if menage.logement.occupation not in LOUES:
        return
    insee = menage.hasard.choice(COMMUNES[menage.hasard.choice((1, 2, 2, 3))])
    le = _appris(menage, jour)
    menage.loge(location(menage, menage.hasard.choice(LOUES[:2]), insee), insee, jour, le)
    demande(menage, le)


def _se_separe(menage: Menage, jour: date) -> None:
    if len(menage.adultes) < 2:
        return
    le = _appris(menage, jour)
    menage.part(menage.adultes[1], jour, "separation", le)
    if menage.enfants and menage.hasard.random() < 0.25:
        for sujet, _ in menage.enfants:
            menage.dit(Genre.PRESENCE, sujet, Presence(Role.ENFANT, garde_alternee=True), jour, le=le)
    demande(menage, le)


def _vit_en_couple(menage: Menage, jour: date) -> None:
    if len(menage.adultes) > 1 or menage.adultes[0].activite in (Activite.ETUDIANT, Activite.RETRAITE):
        return
    hasard, seul, le = menage.hasard, menage.adultes[0], _appris(menage, jour)
    sexe = "M" if seul.sexe == "F" else "F"
    qui = identites.individu(hasard, hasard.choice(NOMS), sexe, seul.naissance + hasard.gauss(0, 3) * AN)
    conjoint = menage.adulte(qui, Role.CONJOINT, jour, le)
    menage.fait_quoi(conjoint, Activite.SALARIE, le=le)
    menage.recoit(conjoint, Nature.SALAIRE, hasard.randint(1100, 2100), le=le)


def _nait(menage: Menage, jour: date) -> None:
    mere = next(
        (adulte for adulte in menage.adultes if adulte.sexe == "F" and 19 < (jour - adulte.naissance) / AN < 43), None
    )
    rangs = [(jour - ne) / AN for _, ne in menage.enfants]
    if mere is None or (rangs and min(rangs) < 1.2) or (len(menage.adultes) < 2 and menage.hasard.random() < 0.7):
        return
    hasard = menage.hasard
    declaree = instant(menage, jour - hasard.randint(160, 190) * JOUR)
    menage.grossesse(mere, jour + hasard.randint(-12, 10) * JOUR, jour, declaree)
    nom = menage.histoire.individus[-1].nom
    le = instant(menage, jour + hasard.randint(3, 40) * JOUR)
    menage.enfant(identites.individu(hasard, nom, hasard.choice("FM"), jour, nir=False), le)
    if all(adulte.activite is Activite.SALARIE for adulte in menage.adultes):
        if hasard.random() < 0.6:
            reprise = mois_suivant(jour + 80 * JOUR)
            fait_garder(menage, jour, reprise, instant(menage, reprise + 5 * JOUR))
        elif hasard.random() < 0.4:
            _s_arrete(menage, mere, mois_suivant(jour + 60 * JOUR))


def _s_arrete(menage: Menage, mere: Adulte, du: date) -> None:
    """A parental leave of six months: the PreParE. Work is taken up again at the same pay."""
    le, avant, paie = instant(menage, du - 5 * JOUR), mois_suivant(du + 170 * JOUR), mere.mensuel
    menage.dit(Genre.CESSATION, mere.sujet, {"cessation_activite": "totale"}, du, avant, le)
    menage.dit(Genre.ACTIVITE, mere.sujet, {"activite": Activite.CONGE_PARENTAL}, du, avant, le)
    menage.recoit(mere, Nature.SALAIRE, 0, du, avant, le)
    menage.demande([Prestation.PAJE_PREPARE], le)
    mere.mensuel = paie


def _perd_son_emploi(menage: Menage, jour: date) -> None:
    salarie = next((adulte for adulte in menage.adultes if adulte.activite is Activite.SALARIE and adulte.mensuel), None)
    if salarie is None:
        return
    du, le, paie = mois_suivant(jour), _appris(menage, jour), salarie.mensuel
    menage.recoit(salarie, Nature.SALAIRE, 0, du, le=le)
    menage.recoit(salarie, Nature.CHOMAGE, round(paie * 0.68), du, le=le, source=Source.FRANCE_TRAVAIL)
    menage.fait_quoi(salarie, Activite.CHOMEUR, jour, le)
    demande(menage, le)


def _trouve_un_emploi(menage: Menage, jour: date) -> None:
    sans = (Activite.CHOMEUR, Activite.INACTIF)
    chercheur = next((a for a in menage.adultes if a.activite in sans and (jour - a.naissance) / AN < 58), None)
    if chercheur is None:
        return
    du, le = jour.replace(day=1), _appris(menage, jour)
    if chercheur.activite is Activite.CHOMEUR and chercheur.nature is Nature.CHOMAGE and chercheur.mensuel:
        menage.recoit(chercheur, Nature.CHOMAGE, 0, du, le=le, source=Source.FRANCE_TRAVAIL)
    menage.recoit(chercheur, Nature.SALAIRE, menage.hasard.randint(600, 1750), du, le=le)
    menage.fait_quoi(chercheur, Activite.SALARIE, jour, le)
    demande(menage, le)


def _gagne_autrement(menage: Menage, jour: date) -> None:
    """More hours, or fewer."""
    salarie = next((adulte for adulte in menage.adultes if adulte.activite is Activite.SALARIE and adulte.mensuel), None)
    if salarie is not None:
        paie = round(salarie.mensuel * menage.hasard.choice((0.6, 0.75, 0.85, 1.12, 1.2, 1.35)))
        le = _appris(menage, jour)
        menage.recoit(salarie, Nature.SALAIRE, paie, jour.replace(day=1), le=le)
        demande(menage, le)


def _change_de_compte(menage: Menage, jour: date) -> None:
    """One in five mistypes: the bank sends the payment back, and another account is given."""
    titulaire = menage.histoire.individus[0]
    ferme = menage.hasard.random() < 0.2
    le = instant(menage, jour)
    menage.compte(titulaire, le, ferme)
    if ferme:
        menage.compte(titulaire, instant(menage, jour + menage.hasard.randint(36, 70) * JOUR))


EVENEMENTS: dict[Callable[[Menage, date], None], float] = {
    _demenage: 0.14,
    _se_separe: 0.025,
    _vit_en_couple: 0.02,
    _nait: 0.11,
    _perd_son_emploi: 0.06,
    _trouve_un_emploi: 0.25,
    _gagne_autrement: 0.1,
    _change_de_compte: 0.06,
}
"""How often each happens to a household in a year, where it can."""


# What comes every month, every year


def _paies(menage: Menage, fin: date) -> None:
    """A pay that is never the same, for some; a raise in January, for half of the others. Employers tell it next month."""
    hasard = menage.hasard
    for adulte in menage.adultes:
        if adulte.activite is not Activite.SALARIE or not adulte.mensuel or adulte.nature is not Nature.SALAIRE:
            continue
        depuis = max(menage.ouvert_le, fin - 10 * 30 * JOUR)
        if hasard.random() < INTERIMAIRES:
            mois, habituel = mois_suivant(depuis), adulte.mensuel
            while mois < fin:
                paie = round(habituel * hasard.uniform(0.4, 1.25))
                menage.recoit(adulte, Nature.SALAIRE, paie, mois, le=instant(menage, mois_suivant(mois) + 9 * JOUR))
                mois = mois_suivant(mois)
        elif hasard.random() < 0.5 and menage.ouvert_le < date(fin.year, 1, 1):
            paie = round(adulte.mensuel * hasard.uniform(1.005, 1.03))
            menage.recoit(adulte, Nature.SALAIRE, paie, date(fin.year, 1, 1), le=instant(menage, date(fin.year, 2, 9)))


def _impots(menage: Menage, fin: date) -> None:
    """In October the impôts tell the year before: for a few, it is not what was known each month."""
    au_mois = menage.demandees & {Prestation.AIDE_LOGEMENT, Prestation.RSA, Prestation.PPA, Prestation.AAH}
    for annee in range(menage.ouvert_le.year, fin.year + 1):
        for adulte in menage.adultes:
            part, ecart = (REVUS, (1.05, 1.3)) if au_mois else (PRECISES, (0.98, 1.04))
            if adulte.mensuel and menage.hasard.random() < part:
                le = _en_octobre(menage, annee)
                du, avant = date(annee - 1, 1, 1), date(annee, 1, 1)
                menage.recoit(
                    adulte,
                    adulte.nature,
                    round(adulte.mensuel * menage.hasard.uniform(*ecart)),
                    du,
                    avant,
                    le,
                    Source.IMPOTS,
                )

"""What is under way in a file, and between somebody and the caisse: who acts next, and by when. The démarches add theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guichet import clock
from guichet.domain import comptes
from guichet.domain.calendrier import arrete_avant, jour_d_arrete, jour_de_paie, mois_apres
from guichet.domain.comptes import Somme
from guichet.domain.courriers import recours
from guichet.domain.droits import Droit
from guichet.domain.faits import Genre
from guichet.domain.phrases import Phrase, Quantite
from guichet.domain.saisines import SITUATIONS, SUJETS, Auteur
from guichet.domain.vocabulaire import ZERO, Mois
from guichet.operations.avenir import Avenir, Nouvelle
from guichet.operations.paiements import Paie, Versement, total
from guichet.operations.virements import Rejet
from guichet.records.faits import Connu
from guichet.records.grand_livre import Beneficiaire, Indu
from guichet.records.saisines import Saisine

COMPTES = {Beneficiaire.ALLOCATAIRE: Genre.COMPTE_BANCAIRE, Beneficiaire.BAILLEUR: Genre.BAILLEUR}


class Acteur(StrEnum):
    """Who acts next."""

    VOUS = "vous"
    CAISSE = "caisse"
    BAILLEUR = "bailleur"


@dataclass(frozen=True, slots=True)
class Suivi:
    """Something that is not finished. `avant`: the day before which `qui` is to act, None when no text and no calendar says
    it. `genre`: the fact to correct, if it is about one; `demarche`: the code of the démarche, if it is one; `saisine`: the
    key of the question or of the contest, if it is one.
    """

    titre: str
    suite: str
    """What happens next, in a sentence."""
    qui: Acteur
    depuis: date | None = None
    avant: date | None = None
    genre: int = 0
    demarche: str = ""
    saisine: str = ""


def de_la_paie(paie: Paie, passees: Sequence[Paie], lus: Collection[Connu]) -> list[Suivi]:
    """What stops the transfers of `paie`, or of those before."""
    return [*_virements_refuses(paie, passees, lus), *_sans_compte(paie, lus)]


def a_temps(nouvelle: Nouvelle, paie: Paie, avenir: Avenir) -> Suivi:
    """What was learnt before the accounts of `paie` are settled, where it counts: in that payment, in those of the months
    before too, or in a later one only."""
    pour = Mois.de(nouvelle.touche)
    if pour > paie.mois:
        suite = Phrase(
            "Cela commence le {jour}, après le mois que règle le prochain paiement : le montant prévu n'en dépend pas. Cela "
            "comptera au plus tôt dans le paiement du {paie}.",
            jour=nouvelle.touche,
            paie=jour_de_paie(pour),
        )
        return _a_venir(nouvelle, suite, pour)
    titre = Phrase("Votre situation a changé, vos droits sont recalculés")
    return Suivi(titre, _deja_compte(paie, avenir), Acteur.CAISSE, nouvelle.appris_le, arrete_avant(paie.jour))


def _deja_compte(paie: Paie, avenir: Avenir) -> Phrase:
    if not avenir.recalcules:
        return Phrase("Le montant prévu du prochain paiement en tient déjà compte.")
    premier = avenir.recalcules[0]
    if any(avenir.ecarts.get((somme.mois, somme.prestation), ZERO) > 0 for somme in paie.rappels):
        return Phrase(
            "Les mois passés sont recalculés, à partir {mois:de} : ce qui vous est dû en plus est compris dans le montant "
            "prévu du prochain paiement.",
            mois=premier,
        )
    return Phrase(
        "Les mois passés sont recalculés, à partir {mois:de}. Le montant prévu du prochain paiement en tient déjà compte.",
        mois=premier,
    )


def trop_tard(nouvelle: Nouvelle, paie: Paie) -> Suivi:
    """What was learnt once the accounts of `paie` were settled."""
    pour = max(Mois.de(nouvelle.touche), paie.mois if paie.rentree else paie.mois + 1)
    suite = Phrase(
        "Nous l'avons appris alors que les comptes du prochain paiement étaient arrêtés : son montant n'en dépend pas. Cela "
        "comptera au plus tôt dans le paiement du {paie}.",
        paie=jour_de_paie(pour),
    )
    return _a_venir(nouvelle, suite, pour)


def _a_venir(nouvelle: Nouvelle, suite: Phrase, pour: Mois) -> Suivi:
    titre = Phrase("Votre situation change, vos droits seront recalculés")
    return Suivi(titre, suite, Acteur.CAISSE, nouvelle.appris_le, jour_d_arrete(pour))


def des_droits(droits: Iterable[Droit]) -> Iterator[Suivi]:
    """What the caisse has still to look at."""
    for droit in droits:
        if droit.montant is None:
            yield Suivi(
                Phrase("Montant à vérifier : {prestation}", prestation=droit.prestation.nom),
                Phrase("Ce site ne connaît pas assez bien la loi de ce mois-là : un agent fait le calcul."),
                Acteur.CAISSE,
            )


def des_dettes(dits: Iterable[tuple[Indu, comptes.Indu]], trouves: Sequence[Somme]) -> Iterator[Suivi]:
    """What was paid too much: told by letter (`dits`), and not told yet (`trouves`)."""
    a_convenir = [(indu, reste) for indu, reste in dits if not (indu.mensualite or indu.suspendu)]
    if a_convenir:
        yield Suivi(
            Phrase("À rembourser : {montant}", montant=Quantite(sum((r.restant for _, r in a_convenir), ZERO), "€")),
            Phrase("Convenez du remboursement avec votre caisse, ou contestez : le courrier dit comment."),
            Acteur.VOUS,
            min(indu.notifie_le for indu, _ in a_convenir),
            min(indu.retenir_des for indu, _ in a_convenir),
        )
    if trouves:
        yield Suivi(
            Phrase("Une somme a été versée en trop : {montant}", montant=Quantite(total(trouves), "€")),
            Phrase("Un courrier vous dira pourquoi, et comment la contester. Rien ne sera retenu avant."),
            Acteur.CAISSE,
        )


def des_saisines(saisines: Iterable[Saisine], aujourd_hui: date) -> Iterator[Suivi]:
    """Questions and contests that wait for somebody."""
    for saisine in saisines:
        situation, recue = SITUATIONS[saisine.situation], saisine.recue_le.astimezone(clock.PARIS).date()
        qui = Acteur.VOUS if situation.qui is Auteur.ALLOCATAIRE else Acteur.CAISSE
        if saisine.courrier_id:
            yield from _contestation(saisine, recue, aujourd_hui)
        else:
            titre = Phrase("Votre question du {jour} : {sujet}", jour=recue, sujet=SUJETS[saisine.sujet])
            yield Suivi(titre, situation.libelle, qui, recue, saisine.avant_le, saisine=str(saisine.cle))


def _contestation(saisine: Saisine, recue: date, aujourd_hui: date) -> Iterator[Suivi]:
    """Silence refuses it (`domain.courriers.recours`); then the court is open for a time."""
    refus, cle = saisine.avant_le, str(saisine.cle)
    limite = mois_apres(refus, recours.DELAI)
    if aujourd_hui <= refus:
        suite = Phrase(
            "{etat} Sans réponse le {jour}, elle est rejetée.", etat=SITUATIONS[saisine.situation].libelle, jour=refus
        )
        yield Suivi(Phrase("Votre contestation du {jour}", jour=recue), suite, Acteur.CAISSE, recue, refus, saisine=cle)
    elif aujourd_hui <= limite:
        titre = Phrase("Votre contestation du {jour} est rejetée, faute de réponse", jour=recue)
        suite = Phrase("Vous pouvez aller devant le tribunal : l'accusé de réception dit lequel, et comment.")
        yield Suivi(titre, suite, Acteur.VOUS, refus, limite, saisine=cle)


def bons_comptes(beneficiaire: Beneficiaire, jour: date, passees: Iterable[Paie], lus: Iterable[Connu]) -> list[Connu]:
    """Where a payee can be paid on `jour`: no bank has sent a payment back from there, for a reason of the account."""
    refuses = {v.compte for paie in passees for v in paie.rejets if Rejet("", v.motif).compte_en_cause}
    siens = (connu for connu in lus if connu.fait.genre == COMPTES[beneficiaire] and connu.fait.tient(jour))
    return [connu for connu in siens if connu.numero not in refuses]


def _virements_refuses(paie: Paie, passees: Sequence[Paie], lus: Collection[Connu]) -> Iterator[Suivi]:
    for rang, passee in enumerate(passees):
        for versement in passee.rejets:
            if any(_refait(versement, autre) for suivante in passees[:rang] for autre in suivante.versements):
                continue
            titre = Phrase(
                "Le virement de {montant} du {jour} a été refusé par la banque",
                montant=Quantite(versement.montant, "€"),
                jour=passee.jour,
            )
            a_refaire = bool(bons_comptes(versement.beneficiaire, paie.jour, passees, lus))
            qui, suite = _suite_d_un_refus(versement, a_refaire)
            avant = paie.jour if a_refaire else arrete_avant(paie.jour)
            genre = Genre.COMPTE_BANCAIRE if qui is Acteur.VOUS else 0
            yield Suivi(titre, suite, qui, passee.jour, avant, genre)


def _suite_d_un_refus(versement: Versement, a_refaire: bool) -> tuple[Acteur, str]:
    rejet = Rejet("", versement.motif)
    raison = rejet.raison
    if not rejet.compte_en_cause:
        return Acteur.CAISSE, Phrase("{raison} Le virement sera refait.", raison=raison)
    if a_refaire:
        return Acteur.CAISSE, Phrase("{raison} Le compte a été changé depuis : le virement sera refait.", raison=raison)
    if versement.beneficiaire is Beneficiaire.BAILLEUR:
        return Acteur.BAILLEUR, Phrase("{raison} Votre bailleur doit nous donner un autre compte.", raison=raison)
    return Acteur.VOUS, Phrase("{raison} Donnez un autre compte : cette somme y sera versée.", raison=raison)


def _refait(rejete: Versement, autre: Versement) -> bool:
    """Whether `autre`, which came later, pays again what a bank sent back."""
    payees = {(somme.mois, somme.prestation) for somme in autre.sommes}
    memes = any((somme.mois, somme.prestation) in payees for somme in rejete.sommes)
    return memes and autre.beneficiaire is rejete.beneficiaire and not autre.rejete


def _sans_compte(paie: Paie, lus: Iterable[Connu]) -> Iterator[Suivi]:
    """Money is owed, and no account was ever given."""
    a_verser = any(versement.beneficiaire is Beneficiaire.ALLOCATAIRE for versement in paie.versements)
    if a_verser and not any(c.fait.genre == Genre.COMPTE_BANCAIRE and c.fait.tient(paie.jour) for c in lus):
        yield Suivi(
            Phrase("Nous ne savons pas où vous payer"),
            Phrase("Donnez un compte bancaire à votre nom : ce qui vous est dû y sera versé."),
            Acteur.VOUS,
            avant=arrete_avant(paie.jour),
            genre=Genre.COMPTE_BANCAIRE,
        )

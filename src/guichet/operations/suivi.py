"""What is under way in a file, and between somebody and the caisse: who acts next, and by when. The démarches add theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guichet.clock import day_of
from guichet.domain import comptes
from guichet.domain.calendrier import arrete_before, jour_d_arrete, jour_de_paie, months_after
from guichet.domain.comptes import Beneficiaire, Somme
from guichet.domain.courriers import recours
from guichet.domain.droits import Droit
from guichet.domain.faits import Genre
from guichet.domain.phrases import Phrase, Quantite
from guichet.domain.saisines import SITUATIONS, SUJETS, Auteur
from guichet.domain.vocabulaire import ZERO, Mois
from guichet.operations.avenir import Avenir, Nouvelle
from guichet.operations.paiements import Paie, Versement, refused, total
from guichet.operations.virements import Rejet
from guichet.records.grand_livre import Indu
from guichet.records.saisines import Saisine


class Acteur(StrEnum):
    """Who acts next."""

    VOUS = "vous"
    CAISSE = "caisse"
    BAILLEUR = "bailleur"


@dataclass(frozen=True, slots=True)
class Suivi:
    """Something that is not finished. `before`: the day before which `who` is to act, None when no text and no calendar says
    it. `genre`: the fact to correct, if it is about one; `saisine`: the key of the question or of the contest, if it is one.
    """

    title: str
    next_step: str
    """What happens next, in a sentence."""
    who: Acteur
    since: date | None = None
    before: date | None = None
    genre: int = 0
    saisine: str = ""


def of_payday(paie: Paie, past: Sequence[Paie], usable: Collection[Beneficiaire]) -> list[Suivi]:
    """What stops the transfers of `paie`, or of those before; `usable` are the payees who have an account that no bank
    refused."""
    refusals = list(_refused_virements(paie, past, usable))
    told = {suivi.who for suivi in refusals}
    return [*refusals, *(one for one in _without_account(paie, usable) if one.who not in told)]


def in_time(news: Nouvelle, paie: Paie, avenir: Avenir) -> Suivi:
    """What was learnt before the accounts of `paie` are settled, where it counts: in that payment, in those of the months
    before too, or in a later one only."""
    counts_for = Mois.of(news.touched)
    if counts_for > paie.mois:
        next_step = Phrase(
            "Cela commence le {jour}, après le mois que règle le prochain paiement : le montant prévu n'en dépend pas. Cela "
            "comptera au plus tôt dans le paiement du {paie}.",
            jour=news.touched,
            paie=jour_de_paie(counts_for),
        )
        return _to_come(news, next_step, counts_for)
    title = Phrase("Votre situation a changé, vos droits sont recalculés")
    return Suivi(title, _already_counted(paie, avenir), Acteur.CAISSE, news.learnt_on, arrete_before(paie.jour))


def _already_counted(paie: Paie, avenir: Avenir) -> Phrase:
    if not avenir.recomputed:
        return Phrase("Le montant prévu du prochain paiement en tient déjà compte.")
    first = avenir.recomputed[0]
    if any(avenir.ecarts.get((somme.mois, somme.prestation), ZERO) > 0 for somme in paie.rappels):
        return Phrase(
            "Les mois passés sont recalculés, à partir {mois:de} : ce qui vous est dû en plus est compris dans le montant "
            "prévu du prochain paiement.",
            mois=first,
        )
    return Phrase(
        "Les mois passés sont recalculés, à partir {mois:de}. Le montant prévu du prochain paiement en tient déjà compte.",
        mois=first,
    )


def too_late(news: Nouvelle, paie: Paie) -> Suivi:
    """What was learnt once the accounts of `paie` were settled."""
    counts_for = max(Mois.of(news.touched), paie.mois if paie.rentree else paie.mois + 1)
    next_step = Phrase(
        "Nous l'avons appris alors que les comptes du prochain paiement étaient arrêtés : son montant n'en dépend pas. Cela "
        "comptera au plus tôt dans le paiement du {paie}.",
        paie=jour_de_paie(counts_for),
    )
    return _to_come(news, next_step, counts_for)


def _to_come(news: Nouvelle, next_step: Phrase, counts_for: Mois) -> Suivi:
    title = Phrase("Votre situation change, vos droits seront recalculés")
    return Suivi(title, next_step, Acteur.CAISSE, news.learnt_on, jour_d_arrete(counts_for))


def of_droits(droits: Iterable[Droit]) -> Iterator[Suivi]:
    """What the caisse has still to look at."""
    for droit in droits:
        if droit.montant is None:
            yield Suivi(
                Phrase("Montant à vérifier : {prestation}", prestation=droit.prestation.nom),
                Phrase("Ce site ne connaît pas assez bien la loi de ce mois-là : un agent fait le calcul."),
                Acteur.CAISSE,
            )


def of_debts(told: Iterable[tuple[Indu, comptes.Indu]], found: Sequence[Somme]) -> Iterator[Suivi]:
    """What was paid too much: told by letter (`told`), and not told yet (`found`)."""
    to_agree = [(indu, rest) for indu, rest in told if not (indu.mensualite or indu.suspendu)]
    if to_agree:
        yield Suivi(
            Phrase("À rembourser : {montant}", montant=Quantite(sum((r.restant for _, r in to_agree), ZERO), "€")),
            Phrase("Convenez du remboursement avec votre caisse, ou contestez : le courrier dit comment."),
            Acteur.VOUS,
            min(indu.notifie_le for indu, _ in to_agree),
            min(indu.retenir_des for indu, _ in to_agree),
        )
    if found:
        yield Suivi(
            Phrase("Une somme a été versée en trop : {montant}", montant=Quantite(total(found), "€")),
            Phrase("Un courrier vous dira pourquoi, et comment la contester. Rien ne sera retenu avant."),
            Acteur.CAISSE,
        )


def of_saisines(saisines: Iterable[Saisine], today: date) -> Iterator[Suivi]:
    """Questions and contests that wait for somebody."""
    for saisine in saisines:
        situation, received = SITUATIONS[saisine.situation], day_of(saisine.recue_le)
        who = Acteur.VOUS if situation.qui is Auteur.ALLOCATAIRE else Acteur.CAISSE
        if saisine.courrier_id:
            yield from _contestation(saisine, received, today)
        else:
            title = Phrase("Votre question du {jour} : {sujet}", jour=received, sujet=SUJETS[saisine.sujet])
            yield Suivi(title, situation.libelle, who, received, saisine.avant_le, saisine=str(saisine.cle))


def _contestation(saisine: Saisine, received: date, today: date) -> Iterator[Suivi]:
    """Silence refuses it (`domain.courriers.recours`); then the court is open for a time."""
    refus, cle = saisine.avant_le, str(saisine.cle)
    limit = months_after(refus, recours.DELAI)
    if today <= refus:
        next_step = Phrase(
            "{etat} Sans réponse le {jour}, elle est rejetée.", etat=SITUATIONS[saisine.situation].libelle, jour=refus
        )
        yield Suivi(
            Phrase("Votre contestation du {jour}", jour=received), next_step, Acteur.CAISSE, received, refus, saisine=cle
        )
    elif today <= limit:
        title = Phrase("Votre contestation du {jour} est rejetée, faute de réponse", jour=received)
        next_step = Phrase("Vous pouvez aller devant le tribunal : l'accusé de réception dit lequel, et comment.")
        yield Suivi(title, next_step, Acteur.VOUS, refus, limit, saisine=cle)


def _refused_virements(paie: Paie, past: Sequence[Paie], usable: Collection[Beneficiaire]) -> Iterator[Suivi]:
    for jour, versement in refused(past):
        title = Phrase(
            "Le virement de {montant} du {jour} a été refusé par la banque",
            montant=Quantite(versement.montant, "€"),
            jour=jour,
        )
        to_redo = versement.beneficiaire in usable
        who, next_step = _after_refusal(versement, to_redo)
        before = paie.jour if to_redo else arrete_before(paie.jour)
        genre = Genre.COMPTE_BANCAIRE if who is Acteur.VOUS else 0
        yield Suivi(title, next_step, who, jour, before, genre)


def _after_refusal(versement: Versement, to_redo: bool) -> tuple[Acteur, str]:
    rejet = Rejet("", versement.motif)
    reason = rejet.reason
    if not rejet.account_at_fault:
        return Acteur.CAISSE, Phrase("{raison} Le virement sera refait.", raison=reason)
    if to_redo:
        return Acteur.CAISSE, Phrase("{raison} Le compte a été changé depuis : le virement sera refait.", raison=reason)
    if versement.beneficiaire is Beneficiaire.BAILLEUR:
        return Acteur.BAILLEUR, Phrase("{raison} Votre bailleur doit nous donner un autre compte.", raison=reason)
    return Acteur.VOUS, Phrase("{raison} Donnez un autre compte : cette somme y sera versée.", raison=reason)


def _without_account(paie: Paie, usable: Collection[Beneficiaire]) -> Iterator[Suivi]:
    """Money is owed, and waits for an account where it can be sent."""
    waiting = {versement.beneficiaire for versement in paie.versements}.difference(usable)
    if Beneficiaire.ALLOCATAIRE in waiting:
        yield Suivi(
            Phrase("Nous ne savons pas où vous payer"),
            Phrase("Donnez un compte bancaire à votre nom : ce qui vous est dû y sera versé."),
            Acteur.VOUS,
            before=arrete_before(paie.jour),
            genre=Genre.COMPTE_BANCAIRE,
        )
    if Beneficiaire.BAILLEUR in waiting:
        yield Suivi(
            Phrase("Nous ne savons pas où payer votre bailleur"),
            Phrase("Votre bailleur doit nous donner un autre compte : ce qui lui est dû y sera versé."),
            Acteur.BAILLEUR,
            before=arrete_before(paie.jour),
        )

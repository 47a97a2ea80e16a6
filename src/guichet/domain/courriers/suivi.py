"""The letters that decide nothing: a first code, a receipt, a transfer that came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guichet.domain.courriers.courrier import Bloc, Courrier, Enveloppe, Genre, Liste, Paragraphe, Tableau, Titre
from guichet.domain.courriers.mentions import before_the_tribunal, heading, listed, recours
from guichet.domain.courriers.recours import Voies
from guichet.domain.droits import Prestation
from guichet.domain.phrases import in_french, to_the_cent
from guichet.domain.vocabulaire import ZERO, Euros, Mois

_CODE_DES_RELATIONS = date(2016, 1, 1)


@dataclass(frozen=True, slots=True)
class SommeVersee:
    """What was paid of the right of a month; to the landlord rather than to the allocataire, maybe."""

    prestation: Prestation
    mois: Mois
    montant: Euros
    au_bailleur: bool = False


def code_d_acces(enveloppe: Enveloppe, code: str, *, adresse: str, valable_jusqu_au: date) -> Courrier:
    """The code of a first access, to be typed at `adresse`. It is a secret: what is kept of the letter should be made with
    another `code`, such as dots."""
    corps = (
        Paragraphe("Voici le code qui ouvre votre compte en ligne."),
        Paragraphe(code, en_avant=True),
        Titre("Comment l'utiliser"),
        Liste(
            (
                f"Allez à l'adresse {adresse}.",
                f"Donnez votre numéro d'allocataire, {enveloppe.destinataire.matricule}, votre date de naissance "
                "et ce code.",
                "Choisissez votre mot de passe.",
            )
        ),
        Paragraphe(f"Ce code ne sert qu'une fois, jusqu'au {in_french(valable_jusqu_au)}. Ensuite, demandez-en un autre."),
        Titre("Gardez-le pour vous"),
        Paragraphe(
            "Nous ne vous demanderons jamais ce code par téléphone, par SMS ou par e-mail. Si vous n'avez rien demandé, ne "
            "vous en servez pas et prévenez-nous."
        ),
    )
    return Courrier(Genre.CODE_D_ACCES, "Votre code pour ouvrir votre compte", enveloppe, corps)


def accuse_de_reception(
    enveloppe: Enveloppe,
    demarche: str,
    *,
    recue_le: date,
    pieces: tuple[str, ...] = (),
    pieces_avant: date | None = None,
    refus_tacite_le: date | None = None,
    prestations: tuple[Prestation, ...] = (),
    apl: bool = False,
) -> Courrier:
    """The receipt of `demarche` (« votre demande d'aide au logement »), with what is missing and by when. Of a request:
    the day on which silence refuses it, and the benefits asked for, whose appeals are then told (CRPA, art. R112-5)."""
    corps: list[Bloc] = [Paragraphe(f"Nous avons reçu {demarche} le {in_french(recue_le)}.")]
    corps.extend(_pieces(pieces, pieces_avant))
    corps.append(Titre("Et maintenant"))
    corps.append(
        Paragraphe(
            f"Pour toute question : {enveloppe.emetteur.service}, {enveloppe.emetteur.contact}. Rappelez la référence "
            f"{enveloppe.reference}."
        )
    )
    if refus_tacite_le:
        day = in_french(refus_tacite_le)
        corps.append(Paragraphe(f"Si vous n'avez pas reçu de réponse le {day}, votre demande est refusée."))
        corps.extend(recours(enveloppe, prestations, apl=apl, since="ce refus"))
    textes = "CRPA, art. L112-3 et R112-5" if enveloppe.le >= _CODE_DES_RELATIONS else "loi 2000-321 du 12/04/2000, art. 19"
    corps.append(Paragraphe(f"Cette lettre dit ce que nous avons reçu : elle ne décide rien ({textes})."))
    return Courrier(Genre.ACCUSE_DE_RECEPTION, f"Nous avons reçu {demarche}", enveloppe, tuple(corps))


@dataclass(frozen=True, slots=True)
class Contestation:
    """What an allocataire contests of the letter `objet`, sent on `lettre_du`: the decisions on `prestations`, which share
    `voies`, in the words of `motif`. `jusqu_au` was the last day to do so; `refus_le` is when silence refuses it."""

    objet: str
    lettre_du: date
    prestations: tuple[Prestation, ...]
    voies: Voies
    motif: str
    recue_le: date
    jusqu_au: date
    refus_le: date


def accuse_de_contestation(enveloppe: Enveloppe, contestation: Contestation, *, indu: bool = False) -> Courrier:
    """The receipt of a contest; `indu`: what is contested is an overpayment, whose recovery may be suspended."""
    voies, recue_le = contestation.voies, in_french(contestation.recue_le)
    corps: list[Bloc] = [
        Paragraphe(
            f"Nous avons reçu le {recue_le} votre contestation de notre lettre du {in_french(contestation.lettre_du)}, "
            f"« {contestation.objet} ». Elle porte sur ce qui y est décidé pour : {listed(contestation.prestations)}."
        ),
        Titre("Ce que vous nous avez écrit"),
        *(Paragraphe(line) for line in contestation.motif.splitlines() if line.strip()),
        Titre("Et maintenant"),
        # What is not the caisse's to examine is sent on (CRPA, art. L114-2).
        Paragraphe(f"Nous la transmettons {voies.organe.nom} ({voies.texte})."),
        Paragraphe(
            f"Si vous n'avez pas reçu de réponse le {in_french(contestation.refus_le)}, votre contestation est rejetée "
            f"({voies.texte_du_silence})."
        ),
    ]
    if contestation.recue_le > contestation.jusqu_au:
        corps.append(
            Paragraphe(
                f"D'après nos dates, le délai pour contester s'arrêtait le {in_french(contestation.jusqu_au)}. Votre "
                "contestation est transmise quand même : la réponse dira si elle peut être examinée."
            )
        )
    if indu and voies.suspensif:
        corps.append(Paragraphe(f"Tant qu'elle n'est pas tranchée, nous ne récupérons pas la somme ({voies.suspensif})."))
    corps += [
        Titre("Si la réponse ne vous convient pas"),
        Paragraphe(f"Ou si vous n'en recevez pas : {before_the_tribunal(voies, enveloppe)}"),
        Paragraphe(
            f"Pour toute question : {enveloppe.emetteur.service}, {enveloppe.emetteur.contact}. Rappelez la référence "
            f"{enveloppe.reference}."
        ),
        Paragraphe("Cette lettre dit ce que nous avons reçu : elle ne décide rien (CRPA, art. L112-3 et R112-5)."),
    ]
    return Courrier(Genre.ACCUSE_DE_RECEPTION, "Nous avons reçu votre contestation", enveloppe, tuple(corps))


def _pieces(pieces: tuple[str, ...], before: date | None) -> Iterator[Bloc]:
    if not pieces:
        yield Paragraphe("Il ne manque rien.")
        return
    yield Titre("Ce qu'il manque")
    yield Liste(pieces)
    if before:
        yield Paragraphe(f"Envoyez-nous ces documents avant le {in_french(before)}.")


def virement_rejete(
    enveloppe: Enveloppe,
    sommes: tuple[SommeVersee, ...],
    *,
    emis_le: date,
    compte: str,
    motif: str,
    adresse: str,
    autre_compte: bool = True,
) -> Courrier:
    """A transfer that the bank sent back, for `motif` (« le compte est fermé »). `compte` is the IBAN as it may be shown, a
    few digits; `adresse` is the page that says how a new one is given, if `autre_compte` is needed. It was the landlord's
    when the payments say so."""
    total = sum((somme.montant for somme in sommes), ZERO)
    bailleur = any(somme.au_bailleur for somme in sommes)
    to_whom = "sur le compte de votre bailleur," if bailleur else "sur le compte"
    corps = (
        Paragraphe(
            f"Nous avions viré cette somme le {in_french(emis_le)} {to_whom} {compte}. Le motif donné par la banque : "
            f"{motif}."
        ),
        Paragraphe(_what_follows(bailleur, autre_compte)),
        Tableau(
            entetes=("Prestation", "Mois", "Montant"),
            lignes=tuple((heading(v.prestation), v.mois.in_words, to_the_cent(v.montant)) for v in sommes),
            total=("Total", "", to_the_cent(total)),
            chiffres=1,
        ),
        Titre("Ce que vous pouvez faire"),
        Liste(_what_to_do(enveloppe, bailleur, autre_compte, adresse)),
        Paragraphe(f"Pour nous joindre : {enveloppe.emetteur.contact}."),
    )
    return Courrier(Genre.VIREMENT_REJETE, f"Votre banque nous a renvoyé {to_the_cent(total)}", enveloppe, corps)


def _what_follows(bailleur: bool, autre_compte: bool) -> str:
    if not autre_compte:
        return "Cette somme reste due. Nous la virerons de nouveau au prochain jour de paie, sur le même compte."
    if bailleur:
        return (
            "Cette somme reste due pour votre loyer. Nous la virerons dès que votre bailleur aura donné un compte valable."
        )
    return "Cette somme reste à vous. Nous la virerons de nouveau dès que nous aurons un compte valable."


def _what_to_do(enveloppe: Enveloppe, bailleur: bool, autre_compte: bool, adresse: str) -> tuple[str, ...]:
    if not autre_compte:
        return ("Vous n'avez rien à faire.",)
    if bailleur:
        return (
            "Prévenez votre bailleur : il doit nous donner un autre compte.",
            "Vos autres prestations vous sont versées comme d'habitude.",
        )
    return (
        "Donnez-nous un autre compte : envoyez-nous son relevé d'identité bancaire (RIB), avec votre numéro de dossier, "
        f"{enveloppe.destinataire.matricule}, par la poste, ou apportez-le.",
        "Le compte doit être à votre nom, seul ou avec une autre personne.",
        f"Comment faire, et où poser une question : {adresse}",
        "Si votre compte est bon, demandez à votre banque pourquoi elle a refusé le virement.",
    )

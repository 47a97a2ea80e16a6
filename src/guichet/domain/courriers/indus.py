"""The letter of an overpayment: what article R133-9-2 of the CSS wants, and its neighbours for the RSA and the prime
d'activité."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guichet.domain.courriers.courrier import Bloc, Courrier, Enveloppe, Genre, Paragraphe, Tableau, Titre
from guichet.domain.courriers.decisions import Ecart
from guichet.domain.courriers.mentions import Motif, calculation, heading, listed, recours
from guichet.domain.courriers.recours import Recouvrement, recouvrement, voies_de_recours
from guichet.domain.droits import Prestation
from guichet.domain.phrases import in_french, to_the_cent
from guichet.domain.vocabulaire import ZERO, Euros


@dataclass(frozen=True, slots=True)
class Plan:
    """What is withheld each month on the benefits, and from which payday (CSS, art. D553-1)."""

    mensuel: Euros
    a_partir_du: date


def notification_d_indu(
    enveloppe: Enveloppe, ecarts: tuple[Ecart, ...], motif: Motif, *, plan: Plan | None, apl: bool = False
) -> Courrier:
    """What was paid and was not due, to be paid back; `plan` is None until what is withheld is settled.

    ValueError when a line owes nothing back, or does not say when it was paid.
    """
    if not ecarts or any(ecart.trop <= 0 or not ecart.verse_le for ecart in ecarts):
        raise ValueError("Un indu dit, mois par mois, ce qui a été versé en trop et quand.")
    total = sum((ecart.trop for ecart in ecarts), ZERO)
    prestations = tuple(dict.fromkeys(ecart.prestation for ecart in ecarts))
    corps = (
        Paragraphe("Nous avons revu vos droits. Cette somme n'était pas due : elle est à rembourser."),
        Titre("Pourquoi"),
        *motif.blocs,
        Titre("Ce que nous avons versé en trop, mois par mois"),
        _tableau(ecarts, total),
        *_already_asked(ecarts),
        *_how_to_repay(enveloppe, prestations, plan),
        *_in_difficulty(enveloppe, prestations, apl),
        *recours(enveloppe, prestations, apl=apl),
        *_suspension(enveloppe, prestations, apl),
        *calculation(enveloppe),
    )
    objet = f"Nous vous avons versé {to_the_cent(total)} de trop"
    return Courrier(Genre.INDU, objet, enveloppe, corps, decide=prestations)


def _tableau(ecarts: tuple[Ecart, ...], total: Euros) -> Tableau:
    """Each line adds up: what was paid, less what was due, less what an earlier letter told, is too much. A page holds no
    seven columns: with the last but one, the days of payment are beside the month."""
    already = any(ecart.deja for ecart in ecarts)
    headers = ("Prestation", "Mois", "Versé le", "Versé", "Dû", "En trop")
    if already:
        headers = ("Prestation", "Mois, versements", "Versé", "Dû", "Déjà demandé", "En trop")
    lines = []
    for ecart in ecarts:
        mois, days = ecart.mois.in_words, ", ".join(f"{day:%d/%m/%Y}" for day in ecart.verse_le)
        when = (f"{mois}, versé le {days}",) if already else (mois, days)
        montants = (ecart.verse, ecart.du, *((ecart.deja,) if already else ()), ecart.trop)
        lines.append((heading(ecart.prestation), *when, *map(to_the_cent, montants)))
    return Tableau(
        entetes=headers,
        lignes=tuple(lines),
        total=("Total", "", "", "", "", to_the_cent(total)),
        chiffres=4 if already else 3,
    )


def _already_asked(ecarts: tuple[Ecart, ...]) -> Iterator[Bloc]:
    if any(ecart.deja for ecart in ecarts):
        yield Paragraphe(
            "« Déjà demandé » : ce que nous vous avons déjà annoncé pour le même mois, remboursé ou non. Cette lettre ne le "
            "demande pas une seconde fois."
        )


def _how_to_repay(enveloppe: Enveloppe, prestations: tuple[Prestation, ...], plan: Plan | None) -> Iterator[Bloc]:
    groups: dict[Recouvrement, list[Prestation]] = {}
    for prestation in prestations:
        groups.setdefault(recouvrement(prestation, enveloppe.le), []).append(prestation)
    yield Titre("Si nos informations sont fausses")
    yield Paragraphe(_how_to_correct(tuple(groups)))
    yield Titre("Comment rembourser")
    for rule, concerned in groups.items():
        if len(groups) > 1:
            yield Titre(listed(concerned), 3)
        yield Paragraphe(_how_to_pay(rule))
    if len(groups) > 1:
        yield Titre("Combien nous retiendrons", 3)
    yield Paragraphe(_how_much_is_kept(plan))


def _how_to_correct(rules: tuple[Recouvrement, ...]) -> str:
    """How to have our information corrected: at one time it is the same for every benefit, but for the articles."""
    textes = " ; ".join(rule.texte for rule in rules)
    if days := rules[0].rectification:
        return (
            f"Vous pouvez nous demander de les corriger dans les {days} jours qui suivent la réception de cette lettre, "
            "par écrit ou de vive voix, avec tout document utile. Tant que nous examinons votre demande, nous ne retenons "
            f"rien. Sans réponse dans le mois, elle est refusée. Elle interrompt votre délai de recours ({textes})."
        )
    return (
        "Vous pouvez nous faire part de vos observations, par écrit ou de vive voix, dans les deux mois qui suivent la "
        f"réception de cette lettre ({textes})."
    )


def _how_to_pay(rule: Recouvrement) -> str:
    if rule.paiement:
        return (
            f"Vous avez {rule.paiement} mois, à partir de la réception de cette lettre, pour rembourser. Vous pouvez "
            "rembourser en une seule fois. Sinon, la somme est retenue sur vos prestations à venir "
            f"({rule.texte})."
        )
    if rule.apres_recours:
        return (
            "Vous pouvez rembourser en une seule fois. Sinon, si vous ne demandez pas de correction, la somme est retenue "
            "sur vos prestations à venir, une fois passés les deux mois du délai de recours, qui courent à partir de la "
            f"réception de cette lettre ({rule.texte})."
        )
    return (
        f"Vous avez {rule.rectification} jours, à partir de la réception de cette lettre, pour rembourser en une "
        "seule fois ou pour accepter un échéancier de 12 mois au plus. Sinon, et si vous ne demandez pas de correction, la "
        f"somme est ensuite retenue sur vos prestations à venir ({rule.texte}). Si le silence a refusé votre demande de "
        f"correction, elle l'est {rule.apres_silence} mois plus tard, sauf si d'ici là vous la remboursez ou acceptez un "
        "échéancier. Un échéancier accepté se conclut dans le mois ; à défaut, la somme est recouvrée aussitôt."
    )


def _how_much_is_kept(plan: Plan | None) -> str:
    if plan is None:
        return (
            "Le montant de la retenue n'est pas encore fixé : nous en conviendrons avec vous, selon vos ressources, votre "
            "famille et votre logement (CSS, art. D553-1). D'ici là, nous ne retenons rien."
        )
    return (
        f"La retenue sera de {to_the_cent(plan.mensuel)} par mois, à partir du paiement du {in_french(plan.a_partir_du)}. "
        "Elle tient compte de vos ressources, de votre famille et de votre logement (CSS, art. D553-1). Dites-nous si votre "
        "situation change : elle change aussi."
    )


def _in_difficulty(enveloppe: Enveloppe, prestations: tuple[Prestation, ...], apl: bool) -> Iterator[Bloc]:
    textes = dict.fromkeys(voies_de_recours(prestation, enveloppe.le, apl=apl).remise for prestation in prestations)
    yield Titre("Si vous ne pouvez pas rembourser")
    yield Paragraphe(
        "Vous pouvez demander que votre dette soit réduite ou effacée, sauf en cas de fraude ou de fausse déclaration. "
        f"Écrivez-nous en expliquant votre situation ({' ; '.join(textes)})."
    )


def _suspension(enveloppe: Enveloppe, prestations: tuple[Prestation, ...], apl: bool) -> Iterator[Bloc]:
    for prestation in prestations:
        if texte := voies_de_recours(prestation, enveloppe.le, apl=apl).suspensif:
            yield Paragraphe(
                f"{heading(prestation)} : tant que votre contestation, ou votre demande de réduction de la dette, n'est pas "
                f"tranchée, nous ne récupérons pas la somme ({texte})."
            )

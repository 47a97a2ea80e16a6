"""Every letter says what the law wants it to say, and is read back as it was sent."""

import json
from datetime import date
from decimal import Decimal

import pytest

import letters
from guichet.domain.courriers import attestations, decisions, indus
from guichet.domain.courriers.courrier import Genre, Liste, Paragraphe, Tableau, Titre, from_json, to_json
from guichet.domain.courriers.decisions import Decision, Ecart, Sens
from guichet.domain.courriers.mentions import Motif
from guichet.domain.courriers.suivi import SommeVersee
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois, euros

DECIDE = (Genre.DROITS, Genre.RAPPEL, Genre.INDU)
"""Those that decide, with an algorithm, what can be contested."""
ATTEST = (Genre.ATTESTATION_DE_PAIEMENT, Genre.ATTESTATION_DE_QUOTIENT_FAMILIAL)
MENTIONS = {
    "a motive in fact": (DECIDE, "Pourquoi|Votre loyer est de 540 €"),
    "a motive in law (CRPA, art. L211-5)": (DECIDE, "Textes appliqués : C"),
    "the body of appeal": (DECIDE, "commission de recours amiable"),
    "its address": (DECIDE, "Adresse : 1 place du Guichet, 00000 Ville-Exemple."),
    "the time to appeal": (DECIDE, "dans les deux mois qui suivent la réception de cette lettre"),
    "what silence means": (DECIDE, "Sans réponse dans les deux mois, votre demande est refusée"),
    "the court, then": (DECIDE, "saisissez le"),
    "that an algorithm decided (CRPA, art. L311-3-1)": (DECIDE, "traitement algorithmique"),
    "how to know its rules": (DECIDE, "Vous pouvez nous demander les règles qu'il suit"),
    "who judges a refusal to tell them": (DECIDE, "Commission d'accès aux documents administratifs"),
    "amounts of each benefit": (DECIDE, "Prime d'activité|Allocations familiales"),
    "amounts of each month": (DECIDE, "novembre 2026|mai 2026"),
    "the payday of arrears": ((Genre.RAPPEL,), "Nous vous la verserons le 4 décembre 2026."),
    "the sum claimed (CSS, art. R133-9-2)": ((Genre.INDU,), "801,32 €"),
    "the days of the payments": ((Genre.INDU,), "05/06/2026"),
    "twenty days to have the facts corrected": ((Genre.INDU,), "corriger dans les 20 jours qui suivent la réception"),
    "in writing or by word of mouth": ((Genre.INDU,), "par écrit ou de vive voix"),
    "what a correction does to the appeal": ((Genre.INDU,), "Elle interrompt votre délai de recours"),
    "that it may be paid at once or by instalments": ((Genre.INDU,), "un échéancier de 12 mois au plus"),
    "that it is withheld else": ((Genre.INDU,), "retenue sur vos prestations à venir"),
    "and when, after a silence (R133-9-2, I, 2° c)": ((Genre.INDU,), "elle l'est 2 mois plus tard, sauf si d'ici là"),
    "how much a month, from when": ((Genre.INDU,), "48,00 € par mois, à partir du paiement du 5 février 2027"),
    "the rule of that amount": ((Genre.INDU,), "CSS, art. D553-1"),
    "its articles": ((Genre.INDU,), "(CSS, art. R133-9-2 ; CASF, art. R262-92-1)"),
    "that an appeal suspends (CASF, art. L262-46)": ((Genre.INDU,), "RSA : tant que votre contestation"),
    "that the debt may be reduced": ((Genre.INDU,), "réduite ou effacée"),
    "the code": ((Genre.CODE_D_ACCES,), letters.CODE),
    "how long it serves": ((Genre.CODE_D_ACCES,), "jusqu'au 12 décembre 2026"),
    "that it is a secret": ((Genre.CODE_D_ACCES,), "Nous ne vous demanderons jamais ce code"),
    "the day of receipt (CRPA, art. R112-5)": ((Genre.ACCUSE_DE_RECEPTION,), "le 10 novembre 2026"),
    "what is missing, by when": ((Genre.ACCUSE_DE_RECEPTION,), "Envoyez-nous ces documents avant le 10 décembre 2026"),
    "the day when silence refuses": ((Genre.ACCUSE_DE_RECEPTION,), "le 10 janvier 2027, votre demande est refusée"),
    "how that refusal is contested": ((Genre.ACCUSE_DE_RECEPTION,), "dans les deux mois qui suivent ce refus"),
    "whom to ask": ((Genre.ACCUSE_DE_RECEPTION,), "Service des prestations, www.guichet.example"),
    "why the bank refused": ((Genre.VIREMENT_REJETE,), "le compte est fermé"),
    "what was to be paid": ((Genre.VIREMENT_REJETE,), "382,45 €"),
    "where to tell another account": ((Genre.VIREMENT_REJETE,), "www.guichet.example/mon-compte"),
    "what to send": ((Genre.VIREMENT_REJETE,), "relevé d'identité bancaire (RIB), avec votre numéro de dossier"),
    "the persons": (ATTEST, "Dominique Exemple"),
    "the day of the file": (ATTEST, "tel qu'il est connu le 12 novembre 2026"),
    "the period": ((Genre.ATTESTATION_DE_PAIEMENT,), "d'août 2026 à octobre 2026"),
    "what the landlord got": ((Genre.ATTESTATION_DE_PAIEMENT,), "Aide au logement, versée au bailleur"),
    "what was withheld": ((Genre.ATTESTATION_DE_PAIEMENT,), "− 48,00 €"),
    "what was paid in all": ((Genre.ATTESTATION_DE_PAIEMENT,), "1 185,15 €"),
    "the quotient": ((Genre.ATTESTATION_DE_QUOTIENT_FAMILIAL,), "1 234 €"),
    "its month and its parts": (
        (Genre.ATTESTATION_DE_QUOTIENT_FAMILIAL,),
        "de novembre 2026. Il a été calculé pour 2,5 parts",
    ),
}


def text_of(courrier):
    """What a letter says, with plain spaces."""
    return " ".join(_told(courrier)).replace("\u202f", " ").replace("\u00a0", " ")


def _told(courrier):
    yield courrier.objet
    for bloc in courrier.corps:
        match bloc:
            case Titre(texte) | Paragraphe(texte):
                yield texte
            case Liste(elements):
                yield from elements
            case Tableau(entetes, lignes, total):
                for line in (entetes, *lignes, total):
                    yield from line


@pytest.mark.parametrize(
    ("genre", "mention"), [(genre, mention) for mention, (genres, _) in MENTIONS.items() for genre in genres]
)
def test_a_letter_says(genre, mention):
    courrier = letters.BY_GENRE[genre]()
    assert courrier.genre is genre
    assert any(told in text_of(courrier) for told in MENTIONS[mention][1].split("|"))


@pytest.mark.parametrize("genre", Genre)
def test_a_letter_is_read_back_as_it_was_sent(genre):
    courrier = letters.BY_GENRE[genre]()
    written = to_json(courrier)
    assert from_json(written) == courrier
    assert from_json(json.loads(json.dumps(written))) == courrier


@pytest.mark.parametrize("broken", [{}, {"genre": "lettre d'amour"}, {"corps": [{"bloc": "image"}]}])
def test_what_is_no_letter_is_not_read(broken):
    written = to_json(letters.rappel()) | broken if broken else {}
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json(written)


def test_rows_are_as_wide_as_their_table():
    tables = [bloc for genre in Genre for bloc in letters.BY_GENRE[genre]().corps if isinstance(bloc, Tableau)]
    assert len(tables) > len(Genre) / 2
    for table in tables:
        assert {len(line) for line in table.lignes} == {len(table.entetes)}
        assert len(table.total) in (0, len(table.entetes))


def test_a_decision_cannot_be_without_its_reasons_and_its_amounts():
    for fait, textes in (("", ("CSS, art. L521-1",)), (" ", ("CSS, art. L521-1",)), ("Vous avez deux enfants.", ())):
        with pytest.raises(ValueError, match="motifs"):
            Motif(fait, textes)
    with pytest.raises(ValueError, match="montants"):
        Decision(Prestation.AF, Sens.FIN, (), letters.MOTIF)
    with pytest.raises(ValueError, match="au moins une décision"):
        decisions.notification_de_droits(letters.enveloppe(), ())


@pytest.mark.parametrize(
    "ecart",
    [
        Ecart(Prestation.RSA, letters.MAI, euros(100), euros(100), (date(2026, 6, 5),)),
        Ecart(Prestation.RSA, letters.MAI, euros(200), euros(100), (date(2026, 6, 5),)),
        Ecart(Prestation.RSA, letters.MAI, euros(0), euros(100)),
    ],
)
def test_an_overpayment_is_of_money_paid_on_a_day(ecart):
    with pytest.raises(ValueError, match="versé en trop et quand"):
        indus.notification_d_indu(letters.enveloppe(), (ecart,), letters.MOTIF, plan=None)


def test_arrears_are_owed():
    with pytest.raises(ValueError, match="que la caisse doit"):
        decisions.rappel(
            letters.enveloppe(),
            (Ecart(Prestation.RSA, letters.MAI, euros(1), euros(1)),),
            letters.MOTIF,
            paye_le=None,
        )


def test_an_attestation_keeps_to_its_period():
    with pytest.raises(ValueError, match="sa période"):
        attestations.attestation_de_paiement(
            letters.enveloppe(),
            letters.FOYER,
            du=Mois(2026, 1),
            au=Mois(2026, 2),
            sommes=(SommeVersee(Prestation.AF, Mois(2026, 3), euros(1)),),
            verification=letters.VERIFICATION,
        )


def test_an_attestation_says_that_nothing_was_paid():
    courrier = attestations.attestation_de_paiement(
        letters.enveloppe(),
        letters.FOYER,
        du=Mois(2026, 1),
        au=Mois(2026, 1),
        sommes=(),
        verification=letters.VERIFICATION,
    )
    assert "Prestations versées pour janvier 2026 Aucune prestation" in text_of(courrier)


def test_parts_are_written_without_needless_figures():
    for parts, told in (("2", "2 parts"), ("2.50", "2,5 parts"), ("10", "10 parts")):
        courrier = attestations.attestation_de_quotient_familial(
            letters.enveloppe(),
            letters.FOYER,
            mois=Mois(2026, 1),
            quotient=0,
            parts=Decimal(parts),
            verification=letters.VERIFICATION,
        )
        assert f"calculé pour {told}" in text_of(courrier)


def test_the_public_page_shows_no_more_than_what_is_printed():
    courrier = letters.attestation_de_paiement()
    publics = attestations.faits_publics(courrier)
    assert publics.corps == courrier.corps
    assert publics.nom == "Camille Exemple"
    for hidden in (letters.DESTINATAIRE.matricule, letters.DESTINATAIRE.adresse[1]):
        assert hidden not in repr(publics)
    with pytest.raises(ValueError, match="Seules les attestations"):
        attestations.faits_publics(letters.indu())


def test_the_algorithm_is_told_since_the_law_wants_it():
    assert "algorithmique" not in text_of(letters.rappel(date(2017, 8, 31)))
    assert "algorithmique" in text_of(letters.rappel(date(2017, 9, 1)))


def test_an_overpayment_of_before_2021_leaves_two_months_to_pay():
    avant, apres = (text_of(letters.indu(le)) for le in (date(2021, 3, 24), date(2021, 3, 25)))
    assert "Vous avez 2 mois, à partir de la réception de cette lettre, pour rembourser" in avant
    assert "vos observations, par écrit ou de vive voix, dans les deux mois" in avant
    assert "20 jours" not in avant
    assert "20 jours" in apres
    assert "Vous avez 2 mois" not in apres


def test_nothing_is_withheld_on_the_rsa_before_the_time_of_appeal():
    rsa, famille = (text_of(letters.indu(prestations=(prestation,))) for prestation in (Prestation.RSA, Prestation.AF))
    assert "une fois passés les deux mois du délai de recours" in rsa
    assert "échéancier" not in rsa
    assert "délai de recours, qui" not in famille
    assert "nous ne récupérons pas la somme" not in famille


def test_benefits_with_the_same_judge_are_told_together():
    courrier = letters.indu(prestations=(Prestation.AF, Prestation.CF, Prestation.RSA, Prestation.PPA))
    titles = [bloc.texte for bloc in courrier.corps if isinstance(bloc, Titre)]
    assert "Allocations familiales et complément familial" in titles
    assert titles.count("RSA") == 2  # how to pay back, how to contest

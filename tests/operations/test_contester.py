"""Questions and contests: kept once, told by whom and until when, stopped when there are too many."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

import letters
from dossiers import SINCE, compte, dossier, personne
from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.faits import Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.domain.saisines import MOST_IN_A_ROW, MOST_OPEN, Auteur, Etat, Geste
from guichet.operations.saisines import ask, contest, contestables, write
from guichet.records import courriers, faits
from guichet.records.courriers import Courrier
from guichet.records.grand_livre import Indu
from guichet.records.saisines import Message

pytestmark = pytest.mark.django_db
TOLD = date(2026, 11, 12)


@pytest.fixture
def account():
    return compte(dossier())


def overpaid(account, *prestations):
    for prestation in prestations:
        Indu.objects.create(
            dossier=account.dossier, mois=date(2026, 5, 1), prestation=prestation, montant=100, notifie_le=TOLD,
            retenir_des=date(2027, 1, 20),
        )  # fmt: skip
    return courriers.keep(account.dossier_id, letters.indu(TOLD, prestations), clock.now())


def test_a_question_is_kept_once_and_its_answer_ends_it(account):
    key = uuid4()
    first = ask(account, key, "paiement", "Pourquoi ?")
    assert ask(account, key, "paiement", "Pourquoi ?") == first
    assert (first.etat, first.avant_le, Message.objects.count()) == (Etat.RECUE, date(2027, 1, 25), 1)
    asked = write(first, Auteur.CAISSE, Geste.DEMANDER, "De quel mois ?")
    assert (asked.etat, asked.avant_le) == (Etat.A_COMPLETER, date(2026, 12, 25))
    assert write(asked, Auteur.ALLOCATAIRE, Geste.ECRIRE, "De mai.").etat == Etat.RECUE
    done = write(asked, Auteur.CAISSE, Geste.REPONDRE, "Voici.")
    assert (done.etat, done.avant_le) == (Etat.REPONDUE, None)
    other = compte(dossier("0000355"))
    with pytest.raises(ValueError, match="autre envoi"):
        ask(other, key, "paiement", "Pourquoi ?")


def test_too_many_are_refused_with_a_sentence(account):
    asked = [ask(account, uuid4(), "autre", str(rank)) for rank in range(MOST_OPEN)]
    with pytest.raises(ValueError, match="sans réponse"):
        ask(account, uuid4(), "autre", "encore")
    for rank in range(1, MOST_IN_A_ROW):
        write(asked[0], Auteur.ALLOCATAIRE, Geste.ECRIRE, f"suite {rank}")
        write(asked[0], Auteur.ALLOCATAIRE, Geste.ECRIRE, f"suite {rank}")
    with pytest.raises(ValueError, match="de suite"):
        write(asked[0], Auteur.ALLOCATAIRE, Geste.ECRIRE, "encore")


def test_a_contest_of_the_rsa_stops_its_recovery_and_no_other(account):
    letter = overpaid(account, Prestation.AF, Prestation.RSA)
    letter.open()
    families, rsa = contestables(letter, letter.letter)
    assert (families.prestations, rsa.prestations) == ((Prestation.AF,), (Prestation.RSA,))
    assert rsa.until == date(2027, 1, 25)  # two months from the first reading, today
    assert rsa.by_reading
    done = contest(account, letter, rsa, "Ces salaires\nne sont pas les miens.")
    assert contest(account, letter, rsa, "encore") == done
    assert {i.prestation: i.suspendu for i in Indu.objects.all()} == {"af": False, "rsa": True}
    assert done.avant_le == date(2027, 1, 25)
    words = str(done.accuse.letter)
    for mention in (
        *("au président du conseil départemental", "L262-47", "25 janvier 2027", "ne récupérons pas", "L262-46"),
        *("le tribunal administratif", "Ces salaires", "ne sont pas les miens.", "12 novembre 2026"),
    ):
        assert mention in words, mention
    contest(account, letter, families, "Non.")
    assert {i.prestation: i.suspendu for i in Indu.objects.all()} == {"af": False, "rsa": True}
    assert [c.already is None for c in contestables(letter, letter.letter)] == [False, False]


def test_a_late_contest_is_sent_all_the_same_and_says_so(account, set_clock):
    letter = overpaid(account, Prestation.AF)
    set_clock(2027, 3, 1)
    (families,) = contestables(letter, letter.letter)
    assert families.until == date(2027, 2, 2)  # sent on 25 November, by post a week later
    assert not families.by_reading
    said = str(contest(account, letter, families, "Non.").accuse.letter)
    assert "s'arrêtait le 2 février 2027" in said


def test_letters_and_messages_never_change(account):
    letter = overpaid(account, Prestation.AF)
    letter.open()
    question = ask(account, uuid4(), "autre", "Pourquoi ?")
    later = clock.now() + timedelta(days=1)
    for change in (
        lambda: Courrier.objects.update(objet="autre"),
        lambda: Courrier.objects.update(lu_le=later),
        lambda: Courrier.objects.all().delete(),
        lambda: Message.objects.update(texte="autre"),
        lambda: question.messages.all().delete(),
    ):
        with pytest.raises(DatabaseError, match=r"ne (change|s'efface) pas"), transaction.atomic():
            change()


def test_who_has_left_reads_the_letters_of_the_time_of_both_alone(account, set_clock):
    other = personne(account.dossier, "Essai", "Dominique", date(1988, 1, 1))
    gone = date(2026, 11, 20)
    lived = Fait(Genre.PRESENCE, other.pk, Presence(Role.CONJOINT), SINCE, gone)
    faits.note(account.dossier_id, [lived], clock.now())
    set_clock(2026, 11, 19)
    before = courriers.keep(account.dossier_id, letters.rappel(), clock.now())
    set_clock(2026, 11, 26)
    after = courriers.keep(account.dossier_id, letters.rappel(), clock.now(), "after")
    left = compte(account.dossier, other, titulaire=False)
    assert list(courriers.of_compte(left)) == [before]
    assert list(courriers.of_compte(account)) == [after, before]
    assert not left.is_in_foyer

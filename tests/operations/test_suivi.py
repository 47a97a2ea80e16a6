"""What is not finished: who acts next, and by when."""

from datetime import date, datetime

import pytest

from dossiers import OTHER_IBAN, dossier, instant
from guichet import clock
from guichet.domain.comptes import Beneficiaire, Somme
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, CompteBancaire, Fait, Genre
from guichet.domain.saisines import Etat
from guichet.domain.saisines import Genre as Sorte
from guichet.domain.vocabulaire import Mois, euros
from guichet.operations import prochain, suivi
from guichet.operations.liquider import liquider
from guichet.operations.paiements import Paie, Versement
from guichet.operations.suivi import Acteur
from guichet.records import faits
from guichet.records.grand_livre import Statut
from guichet.records.saisines import Saisine

TODAY = date(2026, 11, 25)
RECEIVED = datetime(2026, 11, 24, 23, 30, tzinfo=clock.PARIS)


@pytest.mark.parametrize(
    ("reason", "who", "said"),
    [
        ("AC04", Acteur.VOUS, "Le compte est fermé. Donnez un autre compte : cette somme y sera versée."),
        ("AM04", Acteur.CAISSE, "Le virement sera refait."),
    ],
)
def test_another_account_is_awaited_when_it_is_the_account_that_the_bank_refused(reason, who, said):
    sums = (Somme(Mois(2026, 10), Prestation.PPA, euros(200)),)
    refused = Versement(euros(200), Beneficiaire.ALLOCATAIRE, sums, Statut.REJETE, reason, 7)
    expected = Paie(date(2026, 12, 4), (Versement(euros(400), Beneficiaire.ALLOCATAIRE, sums),))
    usable = {Beneficiaire.ALLOCATAIRE} if who is Acteur.CAISSE else set()
    (one,) = suivi.of_payday(expected, [Paie(date(2026, 11, 5), (refused,))], usable)
    assert (one.who, one.next_step.endswith(said)) == (who, True), one.next_step


@pytest.mark.django_db
def test_another_account_calls_for_no_computation():
    file, january = dossier(), Mois(2024, 1)
    liquider("751", january, instant(2024, 2, 2))
    file.refresh_from_db()
    account = Fait(Genre.COMPTE_BANCAIRE, LE_FOYER, CompteBancaire("Claire Essai", OTHER_IBAN), date(2024, 2, 10))
    faits.learn(file.pk, [account], instant(2024, 2, 10))
    assert not prochain.prevoir(file, instant(2024, 2, 20)).suivis


def written(genre, state=Etat.RECUE, until=date(2027, 1, 25), **more):
    return Saisine(genre=genre, etat=state, recue_le=RECEIVED, avant_le=until, **more)


def test_questions_and_contests_that_are_open_say_who_acts_and_by_when():
    asked = written(Sorte.QUESTION, sujet="paiement")
    to_complete = written(Sorte.QUESTION, Etat.A_COMPLETER, date(2026, 12, 25), sujet="autre")
    contests = [written(Sorte.RECOURS, until=until, courrier_id=1) for until in (TODAY, date(2026, 10, 1), date(2026, 9, 1))]
    told = list(suivi.of_saisines([asked, to_complete, *contests], TODAY))
    assert [(one.title, one.who, one.before) for one in told] == [
        ("Votre question du 24 novembre 2026 : Un paiement, un montant", Acteur.CAISSE, date(2027, 1, 25)),
        ("Votre question du 24 novembre 2026 : Autre chose", Acteur.VOUS, date(2026, 12, 25)),
        ("Votre contestation du 24 novembre 2026", Acteur.CAISSE, TODAY),
        ("Votre contestation du 24 novembre 2026 est rejetée, faute de réponse", Acteur.VOUS, date(2026, 12, 1)),
    ]  # the last one was refused by silence long ago: the time of the court is over
    assert [one.saisine for one in told] == [str(one.cle) for one in (asked, to_complete, *contests[:2])]

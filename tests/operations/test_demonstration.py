"""The demonstration caisse: households that the law accepts, personas whose stories hold, never made twice."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from guichet import clock, territory
from guichet.domain.calendrier import jour_de_paie, jours_de_paie
from guichet.domain.droits import Prestation
from guichet.domain.faits import Genre
from guichet.domain.identifiants import Iban, Nir
from guichet.domain.vocabulaire import Mois
from guichet.operations import demonstration
from guichet.operations.demonstration import CODE, PERSONAS, banque, chargement
from guichet.operations.demonstration.identites import BANK
from guichet.operations.prochain import prevoir
from guichet.records import acces, vault
from guichet.records.courriels import Courriel
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Caisse, Dossier, Personne
from guichet.records.faits import Fait
from guichet.records.grand_livre import Echeance, Ecriture, Indu, Liquidation, Nature, Ordre, Statut, soldes
from guichet.records.passwords import refusal

NOW = datetime(2026, 11, 25, 12, tzinfo=clock.PARIS)
FIRST, LAST = Mois(2024, 11), Mois(2026, 10)
DOCUMENT = Path(__file__).parents[2] / "docs" / "personas.md"


def stories(number, now=NOW):
    return [
        (story.matricule, story.individus, list(story.notes(now))) for story in chargement.stories(FIRST, LAST, now, number)
    ]


def test_the_same_seed_makes_the_same_households():
    assert stories(40) == stories(40)


def test_no_number_is_that_of_somebody():
    people = [person for _, persons, _ in stories(300) for person in persons]
    nirs = [person.nir for person in people if person.nir]
    assert len(nirs) > 400
    for nir in nirs:
        assert Nir.parse(nir) == nir
        with pytest.raises(territory.UnknownCommuneError):
            territory.commune(nir[5:10])
    accounts = {
        note.fait.valeur.iban
        for _, _, notes in stories(300)
        for note in notes
        if note.fait.genre in (Genre.COMPTE_BANCAIRE, Genre.BAILLEUR)
    }
    assert len(accounts) > 300
    for account in accounts:
        assert Iban.parse(account) == account
        assert account[4:9] == BANK
    assert not refusal(demonstration.PASSWORD)


def test_households_are_as_many_kinds_as_in_life():
    kinds = Counter(
        (sum(p.naissance.year < 2007 for p in persons) > 1, sum(p.naissance.year >= 2007 for p in persons))
        for _, persons, _ in stories(300)
    )
    assert len(kinds) >= 7
    known_late = [note for _, _, notes in stories(300) for note in notes if note.until is not None]
    assert len(known_late) > 100


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (datetime(2027, 1, 4, 8, tzinfo=clock.PARIS), Mois(2026, 12)),
        (datetime(2027, 3, 31, 23, tzinfo=clock.PARIS), Mois(2027, 3)),
    ],
)
def test_stories_follow_the_clock(day, last):
    """`last`: the latest month whose accounts are settled on that day. What was learnt was so as long before as today, but
    by who says each month what he earned."""
    told, today = learnt_before(last, day), learnt_before(LAST, NOW)
    assert {matricule for matricule in today if told[matricule] != today[matricule]} == {"0000007"}
    assert set(told["0000007"]) == {*range(11), 23}


def learnt_before(last, day):
    """How many months before `last`, by persona."""
    return {
        story.matricule: sorted(last.months_since(Mois.of(note.since)) for note in story.notes(day))
        for story in chargement.stories(last - 23, last, day, len(PERSONAS))
    }


def test_the_document_tells_each_persona():
    told = DOCUMENT.read_text()
    for persona in PERSONAS:
        assert persona.name in told
        assert persona.matricule in told
    assert demonstration.PASSWORD in told
    assert CODE in told


# In the database


def dossier(matricule):
    return Dossier.objects.get(caisse=CODE, matricule=matricule)


def ledger():
    return Counter(Ecriture.objects.values_list("dossier__matricule", "mois", "prestation", "nature", "montant", "le"))


@pytest.mark.django_db
def test_two_years_of_paydays(tmp_path):
    """One load for all that it must be: the law of 24 months takes a while."""
    assert demonstration.load(NOW, 30)
    months = FIRST.until(LAST)
    assert demonstration.to_do(NOW) == [day for month in months for day in jours_de_paie(month)]
    _interrupted(tmp_path)
    assert demonstration.catch_up(NOW, tmp_path) == 24 + 2 - 3  # with two of the rentrée
    _answered()
    _personas()
    _never_twice(tmp_path)
    _later(tmp_path)


def _interrupted(folder):
    """Stopped after its third payday, it goes on from there."""

    def stop(day):
        if day == jour_de_paie(FIRST + 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demonstration.catch_up(NOW, folder, stop)
    assert Echeance.objects.filter(emise_le__isnull=False).count() == 3
    assert demonstration.to_do(NOW)[0] == jour_de_paie(FIRST + 3)


def _answered():
    """Each file, each month since its opening; what is owed is what was not paid."""
    for file in Dossier.objects.filter(caisse=CODE):
        months = {Mois.of(month) for month in Liquidation.objects.filter(dossier=file).values_list("mois", flat=True)}
        paid = set(max(FIRST, Mois.of(file.ouvert_le)).until(LAST))
        assert months <= paid
        assert None not in [m for rights in Liquidation.objects.filter(dossier=file) for m in rights.droits.values()]
    assert Liquidation.objects.values("dossier").distinct().count() >= 28
    negative = [s for per_month in soldes([d.pk for d in Dossier.objects.all()]).values() for s in per_month.values()]
    assert negative
    assert Courrier.objects.filter(dossier__caisse=CODE).count() > 20
    assert not Courriel.objects.exists()  # what was sent long ago is not announced today


def _rights(file, month=LAST):
    last = Liquidation.objects.filter(dossier=file, mois=month.first_day).latest("connu_le")
    return set(last.droits) - {Prestation.QUOTIENT_FAMILIAL}


def _in_french(amount):
    return f"{amount:,.2f} €".replace(",", " ").replace(".", ",")


def _personas():
    ines, awa, sophie, lea, marc, _, yanis, nadia, julien, claire, monique, paul = (
        dossier(persona.matricule) for persona in PERSONAS
    )
    assert _rights(ines) == _rights(monique) == {"aide_logement"}
    assert _rights(awa) == {"aide_logement", "rsa", "asf", "paje_base"}
    assert _rights(lea) == {"paje_base", "paje_cmg"}
    assert _rights(marc) == {"aah", "aide_logement"}
    assert _rights(paul) == {"rsa", "aide_logement"}

    # Told in June, kept since August, 45 euros each month at the most: 6 remained of the housing aid's in September.
    assert {indu.prestation for indu in Indu.objects.filter(dossier=sophie)} == {"ppa", "aide_logement"}
    kept = Counter()
    for entry in Ecriture.objects.filter(dossier=sophie, nature=Nature.RETENUE, montant__gt=0).order_by("pk"):
        kept[entry.echeance.jour] += entry.montant
    assert list(kept.values()) == [45, 6, 45, 45]
    following = {persona.matricule: prevoir(dossier(persona.matricule), NOW) for persona in PERSONAS}
    assert following["0000003"].paie.kept == 45
    told = {line.split(" | ")[0].strip("| "): line for line in DOCUMENT.read_text().splitlines() if line.startswith("| 00")}
    paid = {matricule: _in_french(payment.montant) for matricule, payment in following.items()}
    assert {matricule: amount for matricule, amount in paid.items() if amount not in told[matricule]} == {}
    for matricule, payment in following.items():
        assert not payment.paie.to_bailleur or _in_french(payment.paie.to_bailleur) in told[matricule]

    assert following["0000006"].paie.to_bailleur > 0
    last = [computed.droits["ppa"] for computed in Liquidation.objects.filter(dossier=yanis).order_by("-mois")[:6]]
    august, may = last[:3], last[3:]
    assert len(set(august)) == len(set(may)) == 1, "settled for a quarter"
    assert august != may
    assert Ordre.objects.get(dossier=nadia, statut=Statut.REJETE).motif == banque.CLOSED_ACCOUNT
    assert [matricule for matricule, payment in following.items() if payment.awaits_compte] == ["0000008"]
    # Moved in September, told in October: September was paid again.
    assert (
        Ecriture.objects.filter(
            dossier=julien, mois=LAST.first_day.replace(month=9), prestation="aide_logement", nature=Nature.DROIT
        ).count()
        == 2
    )
    before, after = (
        Liquidation.objects.get(dossier=claire, mois=month.first_day).droits["af"] for month in (LAST - 10, LAST)
    )
    assert float(after) < 0.6 * float(before)

    accounts = [acces.authenticate(acces.Qui(caisse=CODE, matricule=p.matricule), demonstration.PASSWORD) for p in PERSONAS]
    assert [account.dossier.matricule for account in accounts] == [persona.matricule for persona in PERSONAS]


def _never_twice(folder):
    before = ledger(), Fait.objects.count(), Personne.objects.count()
    assert not demonstration.load(NOW, 30)
    assert demonstration.catch_up(NOW, folder) == 0
    assert before == (ledger(), Fait.objects.count(), Personne.objects.count())


def _later(folder):
    """A later start pays what has become due since; what waits for an account still waits."""
    assert demonstration.catch_up(datetime(2026, 12, 7, 9, tzinfo=clock.PARIS), folder) == 1
    assert Echeance.objects.latest("jour").jour.isoformat() == "2026-12-04"
    assert not Ordre.objects.filter(dossier=dossier("0000008"), echeance__jour="2026-12-04").exists()


@pytest.mark.django_db
def test_stopped_while_it_is_made_nothing_is():
    def stop(files):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demonstration.load(NOW, 15, stop)
    assert not Caisse.objects.filter(code=CODE).exists()
    assert not demonstration.is_loaded()


@pytest.mark.django_db
def test_accounts_are_closed_in_the_database():
    demonstration.load(NOW, 1)
    account = Fait.objects.get(genre=Genre.COMPTE_BANCAIRE)
    assert BANK not in account.valeur["iban"]
    assert vault.decrypt(account.valeur["iban"])[4:9] == BANK

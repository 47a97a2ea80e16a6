"""Mon compte: what an allocataire reads of their file, and what each page costs."""

import gzip
import html
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from psycopg.types.range import Range
from visit import page_of

from dossiers import OTHER_IBAN, compte, dossier, instant, log_in, personne, ressource
from guichet import clock
from guichet.domain.calendrier import jour_de_paie
from guichet.domain.comptes import Beneficiaire
from guichet.domain.faits import LE_FOYER, CompteBancaire, Fait, Genre, Presence
from guichet.domain.foyer import Garde, ModeDeGarde, Pret, Role
from guichet.domain.identifiants import Nir
from guichet.domain.saisines import Auteur, Geste
from guichet.domain.vocabulaire import Euros
from guichet.operations import echeances, saisines
from guichet.operations.liquider import liquider
from guichet.operations.payer import payer
from guichet.operations.rejets import rejeter
from guichet.records import faits, lectures
from guichet.records.acces import Compte
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Ecriture, Indu, Nature, Ordre
from histories import FAMILLE, REFUSED, SEPTEMBRE, WITHOUT_DROIT, famille, tell

pytestmark = pytest.mark.django_db
PAGES = ("", "/situation", "/paiements", "/paiements/2026-11-05", "/paiements/2026-12-04", "/ressources", "/demarches")
QUERIES, BYTES = 8, 12_000
NIR = Nir.parse("1880299990002" + f"{97 - 1880299990002 % 97:02d}")


@pytest.fixture
def read(visitor):
    """`read("/paiements", number)`: the page of the account of that file, in one line, a bar for tags."""
    logged = {}

    def page(address="", number=FAMILLE, root=""):
        if number not in logged:
            logged[number] = visitor()
            log_in(logged[number], number)
            logged[number].budget = QUERIES
        answer = logged[number].get(f"{root}/mon-compte{address}")
        assert answer.status_code == 200, address
        assert len(gzip.compress(answer.content)) < BYTES, address
        text = re.sub(r"[\u00a0\u202f]", " ", html.unescape(re.sub(r"<[^>]+>", "|", page_of(answer))))
        return re.sub(r"[| ]*\|[| ]*", "|", text)

    return page


def test_the_next_payment_says_how_much_to_whom_and_why(read, tmp_path):
    tell(tmp_path)
    home = read()
    assert "Prochain paiement, le 4 décembre 2026|763,91 €|sur votre compte FR76 •••• 0185" in home
    assert "Et 453 € à votre bailleur, Habitat d'essai" in home
    assert "61,32 € de moins que le 5 novembre 2026" in home
    assert "Ressources retenues, arrondies aux 100 € supérieurs :" in home
    assert "9 800 €/an avant,|10 800 €/an|maintenant" in home
    assert "Ce que nous attendons de vous" in home
    assert "Ouvrez une ligne qui change pour savoir pourquoi." in home
    assert "À rembourser : 88,32 €" in home
    assert "C’est à vous d’agir, avant le|11 décembre 2026" in home
    assert "FR7630001007941234567890185" not in "".join(read(page) for page in PAGES)


def test_a_late_fact_brings_its_arrears_and_its_overpayments_month_by_month(read, tmp_path):
    """Within the budget of queries, with a debt and a landlord."""
    family = tell(tmp_path)[FAMILLE]
    mother = family.personne_set.order_by("pk")[0]
    faits.learn(family.pk, [ressource(mother, 700, date(2026, 6, 1), avant=date(2026, 10, 1))], instant(2026, 11, 20))
    home = read()
    assert "Prochain paiement, le 4 décembre 2026|899,47 €" in home
    arrears = "Aide au logement, octobre 2026 : 16,00 €|Prime d’activité, octobre 2026 : 37,12 €|53,12 €"
    assert f"Dû pour des mois passés|{arrears}|rien avant" in home
    assert "Les mois passés sont recalculés, à partir de septembre 2026 : ce qui vous est dû en plus est" in home
    assert "Prime d’activité, octobre 2026 :" in read("/paiements/2026-12-04")

    faits.learn(family.pk, [ressource(mother, 1900, date(2026, 6, 1), avant=date(2026, 10, 1))], instant(2026, 11, 21))
    home = read()
    assert "Versé en trop pour des mois passés|Rien n’en est retenu sur ce paiement" in home
    assert "Aide au logement, octobre 2026|45,00 €|Prime d’activité, octobre 2026|141,52 €|" in home
    assert "Une somme a été versée en trop : 186,52 €" in home
    assert "Overpaid for past months|Nothing is withheld for it from this payment" in read("", FAMILLE, "/en")
    assert "from September 2026 on. The expected amount of the next payment" in read("/demarches", FAMILLE, "/en")


def test_a_line_is_opened_only_where_one_changes(read, tmp_path):
    """The same rights as the month before: no line has anything to tell."""
    file = dossier(FAMILLE)
    compte(file)
    for mois in (SEPTEMBRE, SEPTEMBRE + 1):
        le = instant(mois.annee, (mois + 1).numero, 2)
        liquider("751", mois, le)
        payer("751", jour_de_paie(mois), le, tmp_path)
    home = read()
    assert "Le même montant que le 5 novembre 2026" in home
    assert "Ouvrez une ligne" not in home


def test_a_rejected_transfer_waits_for_an_account_then_is_made_again(read, tmp_path):
    files = tell(tmp_path)
    home = read("", REFUSED)
    assert "Le virement de 408,11 € du 5 novembre 2026 a été refusé par la banque" in home
    assert "Le compte est fermé. Donnez un autre compte" in home
    assert "C’est à vous d’agir, avant le|1er décembre 2026" in home
    assert "816,22 €|en attente d’un compte où le verser" in home
    assert "408,11 € de plus que ce qui devait vous être versé le 5 novembre 2026" in home
    again = "Virement du 5 novembre 2026 refusé par la banque, versé de nouveau|408,11 €"
    assert again in home
    assert "Dû pour des mois passés" not in home
    assert again in read("/paiements/2026-12-04", REFUSED)
    assert "Virement de 408,11 € refusé par la banque" in read("/paiements", REFUSED)
    refused = read("/paiements/2026-11-05", REFUSED)
    assert "Le compte est fermé." in refused
    assert "0 €|reçus : un virement a été refusé par la banque" in refused
    assert "Pour vous|408,11 €|Refusé par la banque|− 408,11 €|Reçu|0,00 €" in refused
    how = read("/situation/corriger/compte", REFUSED)
    assert "Donner un compte bancaire|Le virement de 408,11 € du 5 novembre 2026 a été refusé par la banque" in how
    assert "Poser une question" in how
    assert "Ce n’est pas exact ?" not in how
    account = Fait(Genre.COMPTE_BANCAIRE, LE_FOYER, CompteBancaire("Claire Essai", OTHER_IBAN), instant(2026, 11, 20).date())
    faits.learn(files[REFUSED].pk, [account], instant(2026, 11, 20))
    home = read("", REFUSED)
    assert "816,22 €|sur votre compte FR76 •••• 0143" in home
    assert "Rien pour le moment." in home
    assert "Le compte a été changé depuis : le virement sera refait." in home
    assert "C’est à votre caisse d’agir, avant le|4 décembre 2026" in home
    liquider("751", SEPTEMBRE + 2, instant(2026, 12, 1))
    payer("751", date(2026, 12, 4), instant(2026, 12, 2), tmp_path)
    assert again in read("/paiements/2026-12-04", REFUSED)
    assert "Virement du 5 novembre 2026 refusé, versé de nouveau 408,11 €" in read("/paiements", REFUSED)


def test_a_landlord_whose_account_was_refused_is_promised_nothing(read, tmp_path):
    orders = Ordre.objects.filter(dossier=tell(tmp_path)[FAMILLE], beneficiaire=Beneficiaire.BAILLEUR)
    rejeter({orders.latest("echeance__jour").reference.hex: "AC04"}, instant(2026, 11, 18))
    assert "Votre bailleur doit nous donner un autre compte." in read()
    assert "à votre bailleur, en attente d’un compte où les verser." in read()


def test_when_nothing_is_due_it_says_what_and_why(read, tmp_path):
    tell(tmp_path)
    home = read("", WITHOUT_DROIT)
    assert "Le 4 décembre 2026, rien ne sera versé" in home
    assert "Aucun droit n’est ouvert en novembre 2026." in home
    assert "Avoir des ressources assez basses pour ce loyer" in home
    assert "Rien ne vous a encore été versé." in read("/paiements", WITHOUT_DROIT)


@pytest.fixture
def in_august(set_clock, tmp_path):
    """`in_august(7)`: the family, paid until that day of 2026."""

    def paid(day):
        famille()
        Dossier.objects.update(ouvert_le=date(2026, 6, 1))
        set_clock(2026, 8, day)
        echeances.catch_up("751", clock.now(), tmp_path)

    return paid


def test_in_august_the_next_payment_is_that_of_the_rentree(read, in_august):
    in_august(7)
    home = read()
    assert "Prochain paiement, le 18 août 2026|" in home
    assert "Ce que nous apprenons avant le 13 août 2026 peut encore le changer." in home
    assert "Pour la rentrée scolaire|" in home
    assert "Le reste d’août 2026 est payé le 4 septembre 2026." in home
    assert "Aide au logement" not in home.partition("Pour la rentrée scolaire")[2].partition("Voir tout le calcul")[0]
    assert "The rest of August 2026 is paid on 4 September 2026." in read("", FAMILLE, "/en")
    assert "Paiement prévu le 18 août 2026|" in read("/paiements/2026-08-18")
    assert "Voir le prochain|" in read("/paiements")


def test_once_the_rentree_is_paid_it_is_a_payment_with_its_lines(read, in_august):
    in_august(20)
    assert "Prochain paiement, le 4 septembre 2026|" in read()
    page = read("/paiements/2026-08-18")
    assert "Paiement du 18 août 2026|" in page
    assert "pour vous, au titre d’août 2026" in page
    assert "Enfants de 6 à 10 ans" in page


def test_on_the_payday_and_once_its_accounts_are_settled(read, tmp_path, set_clock):
    tell(tmp_path)
    le = instant(2026, 12, 2)
    liquider("751", SEPTEMBRE + 2, le)
    payer("751", jour_de_paie(SEPTEMBRE + 2), le, tmp_path)
    set_clock(2026, 12, 4)
    home = read()
    assert "Paiement d’aujourd’hui, 4 décembre 2026|763,91 €" in home
    assert "Ce montant ne changera plus." in home
    assert "61,32 € de moins que le 5 novembre 2026" in home
    assert "763,91 €" in read("/paiements")
    assert "Paiement du 4 décembre 2026|763,91 €" in read("/paiements/2026-12-04")


def test_a_payday_shows_the_lines_on_what_was_known_then(read, tmp_path):
    tell(tmp_path)
    page = read("/paiements/2026-11-05")
    assert "Paiement du 5 novembre 2026|825,23 €" in page
    assert page.count("Ce montant est fixé pour trois mois.") == 1  # the prime d'activité
    assert page.count("Les revenus qui comptent sont revus tous les trois mois") == 1  # the housing aid
    assert "Aide au logement : 480 €" in page
    assert "9 720 €/an" in page
    assert "art. D823-16" in page
    assert "Refait aujourd’hui" not in page
    Indu.objects.update(mensualite=40)
    listed = read("/paiements")
    assert "Annoncé le 13 novembre 2026 : il reste 88,32 € à rembourser." in listed
    first = "Aide au logement.|Au plus 40 € seront retenus chaque mois, à partir du paiement du 5 janvier 2027."
    assert f"{first}|Prime d’activité.|Au plus 40 € seront retenus chaque mois, à partir du paiement" in listed
    Indu.objects.update(retenir_des=date(2026, 11, 4))
    assert "Au plus 40 € sont retenus chaque mois." in read("/paiements")


def test_what_is_learnt_after_midnight_in_paris_is_known_since_that_day(read):
    """The database answers in universal time, in which it is still the evening before."""
    new = dossier()
    compte(new)
    savings = Fait(Genre.EPARGNE, new.personne_set.get().pk, {"epargne": Euros(1300)}, date(2026, 6, 1))
    wage = ressource(new.personne_set.get(), 1300, date(2026, 6, 1))
    faits.learn(new.pk, [savings, wage], instant(2026, 11, 20, 0) + timedelta(minutes=30))
    for page in ("/situation", "/ressources"):
        assert "Déclaré par vous le 20 novembre 2026." in read(page, new.matricule)
        assert "19 novembre" not in read(page, new.matricule)


def test_the_situation_says_who_said_what_and_who_has_read_it(read, tmp_path):
    files = tell(tmp_path)
    page = read("/situation")
    assert "1 300 € par mois|Depuis le 1er juin 2026. Déclaré par vous le 12 novembre 2026." in page
    for words in (
        "Lou Essai",
        "12 rue de l'Exemple",
        "claire@exemple.fr",
        "Loyer sans les charges",
        "Aucun agent ne l’a ouvert",
    ):
        assert words in page
    lectures.note(files[FAMILLE].pk, "Agent 12", "Contrôle du loyer", instant(2026, 11, 24, 9))
    assert "Agent 12|Le 24 novembre 2026 à 9 h 00. Contrôle du loyer" in read("/situation")
    assert "Changement de situation" in read("/situation/corriger/compte")
    past = read("/ressources")
    assert "Allocation de chômage" not in past  # of 2021
    assert "De juin à novembre. Déclaré par vous" in past


def test_who_has_left_is_seen_no_more(read, tmp_path):
    """Of a partner who left in September: what they received in the whole months before, nothing that came since. The same
    of a child, in the data that one takes away."""
    family = tell(tmp_path)[FAMILLE]
    paul = personne(family, "Essai", "Paul", date(1988, 2, 3))
    lou = family.personne_set.get(prenoms="Lou")
    left = date(2026, 9, 14)
    for person, role, came in ((paul, Role.CONJOINT, date(2026, 1, 1)), (lou, Role.ENFANT, lou.naissance)):
        faits.Fait.objects.filter(personne=person, genre=Genre.PRESENCE).update(
            connu=Range(instant(2024, 1, 3), instant(2026, 10, 1))
        )
        faits.note(family.pk, [Fait(Genre.PRESENCE, person.pk, Presence(role), came, left)], instant(2026, 10, 1))
    pays = [ressource(paul, 1717, date(2025, 1, 1), avant=date(2026, 10, 1)), ressource(paul, 1919, date(2026, 10, 1))]
    pays += [ressource(lou, 111, date(2026, 6, 1), avant=date(2026, 9, 14)), ressource(lou, 1313, date(2026, 9, 14))]
    faits.note(family.pk, pays, instant(2026, 10, 2))

    page = read("/ressources")
    assert "Paul Essai|Salaire|De janvier à août. " in page
    assert "1 717 €|par mois" in page
    assert "En tout|13 736 €" in page  # eight months
    data, situation = read("/donnees/lire"), read("/situation")
    assert "111" in data
    for pay in ("1 919", "1919", "1 313", "1313"):
        assert pay not in page + data + situation
    assert "Paul" not in situation
    assert "1717" not in data  # another adult's


def test_what_somebody_wrote_is_followed_by_who_wrote_it(read, visitor, tmp_path):
    """Within the budget of queries: debts, a landlord, a question, for each adult of the household."""
    family = tell(tmp_path)[FAMILLE]
    paul = personne(family, "Essai", "Paul", date(1988, 2, 3), nir=NIR)
    faits.note(family.pk, [Fait(Genre.PRESENCE, paul.pk, Presence(Role.CONJOINT), date(2026, 1, 1))], instant(2026, 1, 2))
    compte(family, paul, titulaire=False)
    asked = saisines.ask(Compte.objects.get(dossier=family, titulaire=True), uuid4(), "paiement", "Quand ?")
    for page in ("", "/demarches"):
        assert "Votre question du 25 novembre 2026 : Un paiement, un montant|Votre caisse doit vous répondre." in read(page)
        assert "C’est à votre caisse d’agir, avant le|25 janvier 2027" in read(page)
    saisines.write(asked, Auteur.CAISSE, Geste.DEMANDER, "De quel mois ?")
    assert "Votre caisse attend une précision de vous." in read().partition("En cours")[0]
    assert "Voir l’échange" in read("/demarches").partition("En cours")[0]
    assert "Votre question" not in read("", NIR)
    assert "À rembourser : 88,32 €" in read("", NIR)


CODES = re.compile(r"\b[a-z]+_[a-z_]+\b|\b(?:presence|activite|salarie|logement_vide|caf|ppa|aah|droits?_)\b", re.ASCII)


def test_the_data_are_read_in_plain_words(read, tmp_path):
    """In both languages: no code, no name of a file; the amounts and the names of the other pages."""
    files = tell(tmp_path)
    told = [
        Fait(
            Genre.HANDICAP,
            files[FAMILLE].personne_set.get(prenoms="Lou").pk,
            {"handicap": Decimal("0.8")},
            date(2026, 11, 1),
        ),
        Fait(Genre.GARDE, LE_FOYER, Garde(ModeDeGarde.DOMICILE, Euros(640), Decimal(140)), date(2026, 11, 1)),
        Fait(Genre.PRET, LE_FOYER, Pret(date(2019, 5, 6), Euros(500), conventionne=True), date(2026, 11, 1)),
    ]
    faits.note(files[FAMILLE].pk, told, instant(2026, 11, 2))
    french, english = read("/donnees/lire"), read("/donnees/lire", root="/en")
    for page in (french, english):
        assert not CODES.findall(page.replace("claire@exemple.fr", "")), CODES.findall(page)
        assert OTHER_IBAN not in page
    for words in (
        "de quoi il s'agit|Dans le foyer",
        "place dans le foyer|Allocataire",
        "de quoi il s'agit|Salaire",
        "par mois|1 300,00 €",
        "sorte de logement|Locataire d’un logement vide",
        "loyer sans les charges, ou redevance, par mois|520,00 €",
        "taux de handicap reconnu|80 %",
        "mode de garde|À votre domicile",
        "dit par|vous",
        "prestation|Aide au logement",
        "sorte de mouvement|paiement",
        "état|envoyé à la banque",
        "1er juin 2026",
    ):
        assert words.replace("'", "’") in french.replace("'", "’"), words
    assert re.search(r"connu depuis le\|2 novembre 2026, \d+ h \d\d\|", french)
    assert re.search(r"\|2 November 2026, \d\d:\d\d\|", english)
    for words in (
        "what it is about|In the household",
        "place in the household|Claimant",
        "per month|€1,300.00",
        "kind of dwelling|Tenant of an unfurnished home",
        "told by|you",
        "benefit|Housing aid",
        "state|sent to the bank",
        "1 June 2026",
    ):
        assert words in english, words


@pytest.mark.parametrize("day", ["2026-11-06", "2027-01-05", "1999-01-05", "demain", "20261105", "9999-99-99"])
def test_a_day_without_a_payment_is_no_page(client, day):
    compte(dossier())
    log_in(client)
    assert client.get(f"/mon-compte/paiements/{day}").status_code == 404
    assert client.get("/mon-compte/situation/corriger/rien").status_code == 404


def test_each_section_is_counted_and_nobody_is_told(client, folders):
    compte(dossier())
    log_in(client)
    for section in ("situation", "paiements", "demarches", "ressources"):
        client.get(f"/mon-compte/{section}")
        client.head(f"/mon-compte/{section}")
    client.get("/mon-compte")
    client.get("/mon-compte/paiements/2026-12-04")
    (file,) = folders.events.glob("*.jsonl")
    events = [json.loads(line) for line in file.read_text().splitlines()]
    rubrics = [event["kind"] for event in events if event["event"] == "rubrique"]
    assert rubrics == ["situation", "paiements", "demarches", "ressources"]
    assert len({event["who"] for event in events}) == 1


def test_months_are_compared_and_what_is_repaid_is_told(read, in_august):
    """August has two paydays, and one column."""
    in_august(20)
    page = read("/paiements")
    assert "Ce que vous avez reçu, mois par mois" in page
    assert page.count("|08/26|") == 1
    file = Dossier.objects.get(matricule=FAMILLE)
    Indu.objects.create(
        dossier=file,
        mois=date(2026, 6, 1),
        prestation="ppa",
        montant=60,
        notifie_le=date(2026, 7, 20),
        retenir_des=date(2026, 8, 1),
        mensualite=45,
    )
    Ecriture.objects.create(
        dossier=file, mois=date(2026, 6, 1), prestation="ppa", nature=Nature.DROIT, montant=-20, le=clock.now()
    )
    told = "60,00 €|Remboursé ou annulé depuis|− 40,00 €|Reste à rembourser|20,00 €"
    assert told in read("/paiements")

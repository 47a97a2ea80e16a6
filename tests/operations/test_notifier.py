"""What begins, changes or ends is told in one letter, with its reason and its ways of appeal."""

from datetime import date

import pytest
from psycopg.types.range import Range

from dossiers import dossier, instant, personne, ressource
from guichet.domain.droits import Prestation
from guichet.domain.faits import Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.domain.vocabulaire import Mois
from guichet.operations.liquider import liquider
from guichet.operations.notifier import notifier
from guichet.records import faits
from guichet.records.courriers import Courrier

pytestmark = pytest.mark.django_db
JANVIER, MARS = Mois(2024, 1), date(2024, 3, 1)


def told(mois):
    at = instant(*(mois + 1).first_day.timetuple()[:2], 2)
    liquider("751", mois, at)
    return notifier("751", mois, at)


def test_what_opens_and_what_ends_is_told_once():
    file = dossier()
    assert told(JANVIER) == 1
    assert told(JANVIER) == told(JANVIER + 1) == 0
    for first_name, naissance in (("Léo", date(2018, 1, 1)), ("Zoé", date(2020, 1, 1))):
        enfant = personne(file, "Essai", first_name, naissance)
        faits.learn(file.pk, [Fait(Genre.PRESENCE, enfant.pk, Presence(Role.ENFANT), date(2024, 3, 1))], instant(2024, 3, 4))
    faits.learn(file.pk, [ressource(file.personne_set.order_by("pk").first(), 6000, date(2024, 3, 1))], instant(2024, 3, 5))
    assert told(JANVIER + 2) == 1

    letter = Courrier.objects.order_by("pk").last()
    words = str(letter.letter.corps)
    for mention in (
        *("Allocations familiales : droit ouvert à partir de mars 2024", "les personnes de votre foyer", "4 mars 2024"),
        *("Prime d'activité", "vos ressources", "deux mois", "Textes appliqués"),
    ):
        assert mention in words, mention
    assert letter.objet == "Vos droits à partir de mars 2024"


def test_a_scale_that_moves_is_no_decision():
    """The base of April 2024 raises the prime d'activité: nobody is written to."""
    file = dossier()
    told(Mois(2024, 3))
    assert told(Mois(2024, 4)) == 0
    assert Courrier.objects.filter(dossier=file).count() == 1
    assert Prestation.PPA.nom.capitalize() in str(Courrier.objects.get().letter.corps)


def reasons(file):
    """Of the last letter, the paragraph of facts of each decision."""
    letter = Courrier.objects.filter(dossier=file).order_by("pk").last()
    blocks = letter.letter.corps
    sources = [rank for rank, block in enumerate(blocks) if str(getattr(block, "texte", "")).startswith("Textes appliqués")]
    assert sources
    return [blocks[rank - 1].texte for rank in sources]


def test_a_fact_known_before_the_month_from_which_it_counts_is_its_reason():
    """Two births of January, told in January, before that month is computed: the allowances open with February."""
    file = dossier()
    for first_name in ("Léo", "Zoé"):
        enfant = personne(file, "Essai", first_name, date(2024, 1, 12))
        faits.learn(
            file.pk, [Fait(Genre.PRESENCE, enfant.pk, Presence(Role.ENFANT), enfant.naissance)], instant(2024, 1, 20)
        )
    told(JANVIER)
    assert told(JANVIER + 1) == 1
    words = str(Courrier.objects.order_by("pk").last().letter.corps)
    assert "Allocations familiales : droit ouvert à partir de février 2024" in words
    for reason in reasons(file):
        assert (
            "Un changement concerne les personnes de votre foyer (arrivée d'un enfant), à partir du 12 janvier 2024. "
            "Vous nous l'avez dit le 20 janvier 2024."
        ) in reason


def test_a_separation_has_the_day_on_which_it_came():
    """Told late, by a fact that begins when the partner came: the sentence gives the day when he left."""
    file = dossier()
    lui = personne(file, "Essai", "Paul", date(1988, 2, 3))
    here = Fait(Genre.PRESENCE, lui.pk, Presence(Role.CONJOINT), date(2022, 1, 1))
    faits.note(file.pk, [here, ressource(lui, 2400)], instant(2024, 1, 2))
    told(JANVIER)
    faits.Fait.objects.filter(personne=lui, genre=Genre.PRESENCE).update(
        connu=Range(instant(2024, 1, 2), instant(2024, 2, 20))
    )
    left = Presence(Role.CONJOINT, motif="separation")
    faits.note(file.pk, [Fait(Genre.PRESENCE, lui.pk, left, date(2022, 1, 1), date(2024, 2, 14))], instant(2024, 2, 20))
    assert told(JANVIER + 1) + told(JANVIER + 2) >= 1
    for reason in reasons(file):
        assert "(séparation), à partir du 14 février 2024. Vous nous l'avez dit le 20 février 2024." in reason
        assert "2022" not in reason


def test_what_no_fact_explains_is_said_to_come_from_elsewhere():
    """A first calculation; then, in July, the incomes of other months open a housing aid, which the prime counts."""
    file = dossier(salaire=1600)
    told(JANVIER)
    (reason,) = {reason.partition(" Un changement")[0] for reason in reasons(file)}
    assert reason == "C'est le premier calcul de vos droits, avec ce que nous savons de votre foyer et de vos ressources."
    claire = file.personne_set.get()
    faits.learn(file.pk, [ressource(claire, 700, date(2024, 1, 1))], instant(2024, 1, 20))
    assert [told(JANVIER + rank) for rank in range(1, 7)] == [0, 0, 0, 0, 0, 1]
    aide_logement, ppa = reasons(file)
    assert aide_logement.startswith(
        "Les mois dont les revenus comptent ne sont plus les mêmes : ce sont maintenant ceux de juin"
    )
    assert ppa == "D'autres prestations ont changé, et elles comptent dans ce calcul : aide au logement."


def test_what_somebody_earns_after_leaving_is_no_reason():
    file = dossier()
    lui = personne(file, "Essai", "Paul", date(1988, 2, 3))
    left = Presence(Role.CONJOINT, motif="separation")
    here = [Fait(Genre.PRESENCE, lui.pk, left, date(2022, 1, 1), date(2023, 6, 1)), ressource(lui, 1500)]
    faits.note(file.pk, here, instant(2024, 1, 2))
    told(JANVIER)
    enfants = [personne(file, "Essai", first_name, date(2018, 1, 1)) for first_name in ("Léo", "Zoé")]
    came = [Fait(Genre.PRESENCE, enfant.pk, Presence(Role.ENFANT), date(2024, 2, 1)) for enfant in enfants]
    faits.learn(file.pk, [*came, ressource(lui, 3131, date(2024, 1, 1))], instant(2024, 2, 20))
    told(JANVIER + 1)
    assert told(JANVIER + 2) + Courrier.objects.count() >= 2
    for reason in reasons(file):
        assert "ressources" not in reason

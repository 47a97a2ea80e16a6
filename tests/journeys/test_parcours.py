"""What holds of every simulator: short for common households, and no text that it does not read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import AnswerError, Cases, Champ
from guichet.journeys.foyer import foyer, foyers_at_revenus
from guichet.journeys.parcours import Groupe, page_to_fill
from guichet.journeys.reprise import reprise
from guichet.journeys.simulateurs import SIMULATEURS
from guichet.journeys.variantes import REVENUS
from reponses import ALONE, COMMON, answers_of

MENAGES = [(genre, nom, texts) for genre, menages in COMMON.items() for nom, texts in menages.items()]


def test_every_simulator_has_its_common_households():
    assert set(COMMON) == set(SIMULATEURS)
    assert {frozenset(menages) for menages in COMMON.values()} == {frozenset(COMMON["logement"])}


@pytest.mark.parametrize(("genre", "nom", "texts"), MENAGES, ids=[f"{genre}: {nom}" for genre, nom, _ in MENAGES])
def test_a_common_household_has_at_most_eight_pages_and_fifteen_fields(genre, nom, texts):
    parcours, reponses = SIMULATEURS[genre].parcours, answers_of(genre, texts)
    assert page_to_fill(parcours.steps(reponses), parcours.read(texts)) is None
    assert set(reponses) == set(texts)  # nothing that the journey does not ask of them
    assert len(parcours.steps(reponses)) + 1 <= 8  # and the summary
    assert len(reponses) - 1 <= 15  # the month is a link


def champs(genre):
    """Every question of a journey, those of groups for a first member."""
    for page in SIMULATEURS[genre].parcours.pages:
        for element in page.contenu:
            yield from element.unfold({element.nombre: 1}) if isinstance(element, Groupe) else (element,)


def test_one_name_is_one_question_in_every_simulator():
    """Same kind, same words but for the help: an answer given in one is offered in the others."""
    said: dict[str, tuple[type[Champ], str]] = {}
    for genre in SIMULATEURS:
        for champ in champs(genre):
            assert said.setdefault(champ.nom, (type(champ), champ.question)) == (type(champ), champ.question)


SAID = {
    "montant": ["0", "1 234,50", "1.234,50", "12e3", "-5", "999999999", "NaN"],
    "entier": ["0", "1", "2", "14", "-1", "deux"],
    "date": ["1990-05-01", "2005-05-01", "2022-03-01", "1990-02-30", "2030-01-01", "0000-00-00", "1-1-1"],
    "mois": ["2026-11", "2013-01", "2019-06", "2012-05", "2026-13"],
    "code_postal": ["35000", "97600", "01400", "97100", "00000", "3500"],
}
HOSTILES = st.text(max_size=20) | st.sampled_from(["\0", "😀", "<b>", "é" * 2000, "٣٤", "\u202e"])


def words_for(champ, reponses=None):
    """What may be typed: when `reponses` are given, only what a visitor can choose."""
    options = [option.value for option in getattr(champ, "options", ())]
    if reponses is not None and hasattr(champ, "options_de"):
        options = [option.value for option in champ.options_for(reponses)]
    if isinstance(champ, Cases):
        return st.lists(st.sampled_from(options), unique=True).map(" ".join) if options else st.just("")
    return st.sampled_from(options or SAID.get(champ.genre, ["01001"]))


@st.composite
def brouillons(draw, genre):
    """Texts for every question: most of them plausible, some of them anything, some missing."""
    texts = {"mois": draw(st.sampled_from(SAID["mois"][:3]))}
    for champ in champs(genre):
        sort = draw(st.integers(0, 19))
        if sort:
            texts[champ.nom] = draw(HOSTILES if sort == 1 else words_for(champ))
    return texts


@pytest.mark.parametrize("genre", sorted(SIMULATEURS))
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(genre, data):
    parcours = SIMULATEURS[genre].parcours
    texts = data.draw(brouillons(genre))
    reading = parcours.read(texts)
    for phrase in reading.errors.values():
        assert phrase[0].isupper()
        assert phrase[-1] in ".?"
        assert "{" not in phrase
    known = {champ.nom: champ for page in parcours.pages for champ in page.champs(reading.reponses)}
    for nom, value in reading.reponses.items():
        if nom in known:
            # What is kept is read again as it was; what is said is a sentence, all its words known.
            assert known[nom].read(known[nom].text(value), reading.reponses) == value
            assert "{" not in parcours.say(known[nom].question + known[nom].say(value), reading.reponses)
    complete = not reading.errors and not reading.missing
    # A journey asks a page or is finished: no reader is sent round in circles.
    to_fill = page_to_fill(parcours.steps(reading.reponses), reading)
    assert (to_fill is None) is complete or parcours.arret(reading.reponses) is not None


@pytest.mark.parametrize(("genre", "nom", "texts"), MENAGES, ids=[f"{genre}: {nom}" for genre, nom, _ in MENAGES])
def test_json_and_texts_say_the_same(genre, nom, texts):
    """The answers as `guichet simulate` takes them, valid for the schema, make the same reading."""
    parcours, reponses = SIMULATEURS[genre].parcours, answers_of(genre, texts)
    data: dict[str, object] = {}
    for question, value in reponses.items():
        said = list(value) if isinstance(value, tuple) else str(value) if isinstance(value, date | Mois) else value
        if question.startswith("enfants-"):
            _, rank, champ = question.split("-")
            enfants = data.setdefault("enfants", [])
            enfants += [{} for _ in range(int(rank) - len(enfants))]
            enfants[int(rank) - 1][champ] = said
        else:
            data[question] = float(said) if type(said).__name__ == "Decimal" else said
    schema = parcours.schema()
    assert set(data) <= set(schema["properties"])
    assert parcours.read(parcours.texts(data)).reponses == reponses
    with pytest.raises(AnswerError) as refused:
        parcours.texts(data | {"animaux": 3})
    assert refused.value.name == "animaux"


@pytest.mark.parametrize(("genre", "nom", "texts"), MENAGES, ids=[f"{genre}: {nom}" for genre, nom, _ in MENAGES])
def test_answers_given_in_one_simulator_are_taken_up_in_the_others(genre, nom, texts):
    for other in SIMULATEURS.keys() - {genre}:
        parcours = SIMULATEURS[other].parcours
        taken = reprise(parcours, texts)
        assert set(texts) & set(COMMON[other][nom]) - {"autres"} <= set(taken)
        assert len(taken) >= 3
        assert "autres" not in taken
        assert set(texts.get("autres", "").split()) <= set(taken.get("autres-a-revoir", "").split())
        assert parcours.read(taken).errors == {}


def test_a_pregnancy_told_in_one_simulator_is_not_asked_again_in_another():
    rsa, paje = SIMULATEURS["rsa"].parcours, SIMULATEURS["paje"].parcours
    assert reprise(paje, {"mois": "2026-10", "autres": "enceinte"})["attend_enfant"] == "oui"
    assert "attend_enfant" not in reprise(paje, {"mois": "2026-10", "autres": "aah"})
    assert reprise(rsa, {"mois": "2026-10", "attend_enfant": "oui", "autres": "aah"})["autres-a-revoir"] == "aah enceinte"
    assert "autres-a-revoir" not in reprise(rsa, {"mois": "2026-10", "attend_enfant": "non", "autres": ""})


@pytest.mark.parametrize("genre", sorted(SIMULATEURS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_finished_journey_makes_a_household(genre, data):
    """Answered question by question, whatever is answers_of of what is offered."""
    parcours = SIMULATEURS[genre].parcours
    texts = {"mois": data.draw(st.sampled_from(SAID["mois"][:3]))}
    for _ in range(40):
        reading = parcours.read(texts)
        if parcours.arret(reading.reponses) is not None or not (reading.missing or reading.errors):
            break
        page = page_to_fill(parcours.steps(reading.reponses), reading)
        assert page is not None
        for champ in page.champs(reading.reponses):
            if champ.nom not in texts or champ.nom in reading.errors:
                texts[champ.nom] = data.draw(words_for(champ, reading.reponses))
    else:
        return  # errors that chance did not correct
    if parcours.arret(reading.reponses) is None:
        assert len(foyer(reading.reponses).personnes) >= 1 + bool(reading.reponses["couple"])


OF_OTHER_INCOMES = [
    ALONE | {"activite": "independant", "benefice": "9 600"},
    ALONE | {"activite": "chomeur", "revenus_mensuels": "900", "indemnite": "870", "depuis": "2026-05-12"},
    ALONE
    | {"naissance": "1955-01-01", "activite": "retraite", "pension": "1 100", "retraite_depuis": "2026-02-01"}
    | {"revenus_mensuels": "0"},
]
WITH_REVENUS = [
    (genre, texts, champ)
    for genre, texts in [
        *((genre, texts) for genre, _, texts in MENAGES),
        *(("logement", each) for each in OF_OTHER_INCOMES),
    ]
    for champ in REVENUS
    if champ in texts
]


@pytest.mark.parametrize(("genre", "texts", "champ"), WITH_REVENUS)
def test_a_household_at_other_incomes_is_the_one_of_other_answers(genre, texts, champ):
    reponses = answers_of(genre, texts)
    revenus = [Decimal(0), Decimal("0.01"), Decimal(1234)]
    proches = [*foyers_at_revenus(foyer(reponses), reponses, champ, revenus)]
    assert proches == [foyer({**reponses, champ: revenu}) for revenu in revenus]


def test_every_income_is_moved_in_some_household():
    assert {champ for _, _, champ in WITH_REVENUS} == set(REVENUS)

"""A sentence keeps what it was made of."""

import json
import pickle
from datetime import date
from decimal import Decimal

from guichet.domain.phrases import Phrase, Quantite, filled
from guichet.domain.vocabulaire import Mois

AVRIL = Mois(2026, 4)


def test_values_are_written_in_french():
    phrase = Phrase(
        "Le {jour}, {somme}, {n}.", jour=date(2026, 10, 1), somme=Quantite(Decimal("1234.50"), "€ par mois"), n=3
    )
    assert phrase == "Le 1er octobre 2026, 1\u202f234,50\u00a0€ par mois, 3."
    assert Phrase("{mois}, {mois:de}, {mois:nom}, {mois:de_nom}", mois=AVRIL) == "avril 2026, d'avril 2026, avril, d'avril"


def test_what_has_no_value_waits_for_it():
    phrase = Phrase("L'enfant {rang}, en {mois}", rang=1)
    assert phrase == "L'enfant 1, en {mois}"
    assert filled(phrase, {"mois": AVRIL, "rang": 2}) == "L'enfant 1, en avril 2026"
    assert filled("sans rien", {"mois": AVRIL}) == "sans rien"
    error = Phrase("Non. {erreur}", erreur="Indiquez {mois}.")
    assert filled(error, {"mois": AVRIL}) == "Non. Indiquez avril 2026."


def test_a_value_that_looks_like_a_place_is_only_a_value():
    assert Phrase("Rien pour {texte}, {rang}", texte="{rang}", rang=1) == "Rien pour {rang}, 1"


def test_it_goes_where_texts_go():
    phrase = Phrase("{n} enfants", n=2)
    assert json.loads(json.dumps([phrase])) == ["2 enfants"]
    copy = pickle.loads(pickle.dumps(phrase))
    assert (copy, copy.pattern, copy.values) == (phrase, "{n} enfants", {"n": 2})

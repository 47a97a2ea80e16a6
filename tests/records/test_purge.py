"""What may no longer be kept goes; what may stays."""

import pytest

from dossiers import compte, dossier
from guichet.records import acces, brouillons, purge
from guichet.records.acces import Code
from guichet.records.brouillons import Brouillon
from guichet.records.dossiers import Dossier
from guichet.records.faits import Fait

pytestmark = pytest.mark.django_db


def test_each_rule_erases_what_is_too_old_and_nothing_else(set_clock):
    set_clock(2026, 10, 1)
    file = dossier()
    claire = file.personne_set.get()
    compte(file)
    brouillons.begin("logement", {})
    acces.give_letter_code(claire.pk)
    assert [erased for _, erased in purge.purge()] == [0] * len(purge.RULES)

    facts = Fait.objects.count()
    set_clock(2026, 11, 25)
    erased = dict(zip((rule.model for rule in purge.RULES), (n for _, n in purge.purge()), strict=True))
    assert (erased[Brouillon], erased[Code]) == (1, 1)
    assert [erased for _, erased in purge.purge()] == [0] * len(purge.RULES)
    assert Dossier.objects.count() == 1
    assert Fait.objects.count() == facts

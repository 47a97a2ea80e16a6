"""Why an amount differs from that of another month."""

from decimal import Decimal

from guichet.domain.differences import Evolution
from guichet.domain.droits import Decompte, Droit, Ligne, Prestation, Unite
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois

AVRIL, MAI = Mois(2026, 4), Mois(2026, 5)


def droit(mois, montant, *lignes, prestation=Prestation.AIDE_LOGEMENT):
    decompte = Decompte(
        tuple(Ligne(libelle, Decimal(valeur), Unite.EUROS, None, signe) for libelle, valeur, signe in lignes)
    )
    return Droit(prestation, mois, Decimal(montant), decompte)


def test_only_the_lines_that_changed_are_told():
    label = [Phrase("Ressources de {annee}", annee=year) for year in (2024, 2025)]
    before = droit(AVRIL, "250.00", (label[0], "9000", 0), ("Loyer retenu", "300", 1), ("Participation", "50", -1))
    after = droit(MAI, "230.00", (label[1], "9900", 0), ("Loyer retenu", "300", 1), ("Participation", "70", -1))

    evolution = Evolution(Prestation.AIDE_LOGEMENT, before, after)
    assert evolution.montant == -20
    assert [(d.libelle, d.avant.valeur, d.apres.valeur) for d in evolution.differences] == [
        ("Ressources de 2025", 9000, 9900),
        ("Participation", 50, 70),
    ]


def test_what_opens_and_what_ends_is_told_as_such():
    rsa = droit(MAI, "400.00", prestation=Prestation.RSA)
    opened = Evolution(Prestation.RSA, None, rsa)
    ended = Evolution(Prestation.AF, droit(AVRIL, "10.00", prestation=Prestation.AF), None)
    assert (opened.ouvert, opened.ferme, opened.montant) == (True, False, 400)
    assert (ended.ouvert, ended.ferme, ended.montant) == (False, True, -10)

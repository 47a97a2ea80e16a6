"""The figures of a benefit are those that its calculation uses, and the ones published."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet import law
from guichet.domain.droits import Prestation, existing
from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH, Mois
from guichet.web.contenu.prestations import BENEFITS

MONTHS = st.integers(0, LAST_CHECKED_MONTH.months_since(FIRST_MONTH)).map(lambda rank: FIRST_MONTH + rank)
# A figure of the page, and the line of the page's example that is the same amount.
SAME = [
    ("rsa", "Montant de base, une personne seule", "Montant de base pour une personne seule"),
    ("prime-d-activite", "Montant de base, une personne seule", "Montant forfaitaire de votre foyer"),
    ("allocation-aux-adultes-handicapes", "Montant le plus haut, sans autre ressource", "Montant maximal"),
    ("allocation-education-enfant-handicape", "Montant de base", "Montant de base"),
    ("allocation-de-soutien-familial", "Par enfant élevé par un seul parent", "Allocation entière, pour tous les enfants"),
    ("aide-au-logement", "Loyer plafond, zone 2, personne seule", "Loyer plafond de votre zone, pour votre famille"),
    ("aide-au-logement", "Charges forfaitaires", "Charges forfaitaires"),
    (
        "aide-au-logement",
        "Abattement sur les ressources, personne seule",
        "Abattement sur vos ressources, pour votre famille",
    ),
    ("allocation-de-rentree-scolaire", "Du collège", "Enfants de 11 à 14 ans"),
]
PUBLISHED = [
    (Prestation.RSA, "2013-01", "Montant de base, une personne seule", "483.24"),
    (Prestation.RSA, "2026-04", "Montant de base, une personne seule", "651.69"),
    (Prestation.PPA, "2026-04", "Montant de base, une personne seule", "638.28"),
    (Prestation.AIDE_LOGEMENT, "2013-01", "Loyer plafond, zone 1, personne seule", "290.96"),
    (Prestation.AIDE_LOGEMENT, "2025-10", "Loyer plafond, zone 3, personne seule", "272.12"),
    (Prestation.PAJE_NAISSANCE, "2013-06", "Prime à la naissance, par enfant", "927.71"),
]


def figure(prestation: Prestation, mois: Mois, libelle: str) -> Decimal:
    (found,) = (ligne.valeur for ligne in law.chiffres(prestation, mois) if ligne.libelle == libelle)
    return found


@pytest.mark.parametrize("mois", ["2013-01", "2017-05", "2026-11"])
@pytest.mark.parametrize(("slug", "libelle", "ligne"), SAME)
def test_figures_are_those_of_the_calculation(slug, libelle, ligne, mois):
    page, mois = BENEFITS[slug], Mois.parse(mois)
    of = page.example.month(mois)
    droit = law.droits([page.example.household(of)], of, page.prestations)[0][-1]
    if droit.refus:
        assert (page.current, str(mois)) == (Prestation.PPA, "2013-01")
        assert law.chiffres(page.current, mois) == ()
        return
    values = {lue.libelle: lue.valeur for lue in droit.decompte.lignes}
    assert figure(page.current, of, libelle) == values[ligne]


@pytest.mark.parametrize(("prestation", "mois", "libelle", "amount"), PUBLISHED)
def test_published_figures(prestation, mois, libelle, amount):
    assert figure(prestation, Mois.parse(mois), libelle) == Decimal(amount)


def has_figures(prestation: Prestation, mois: Mois) -> bool:
    """It exists then; the quotient familial is a figure itself."""
    return prestation in existing(set(Prestation) - {Prestation.QUOTIENT_FAMILIAL}, mois)


@settings(max_examples=30, deadline=None)
@given(mois=MONTHS, prestation=st.sampled_from(Prestation))
def test_every_month_has_its_figures_and_its_texts(mois, prestation):
    lignes = law.chiffres(prestation, mois)
    assert lignes or not has_figures(prestation, mois)
    assert len({ligne.libelle for ligne in lignes}) == len(lignes)
    for ligne in lignes:
        assert ligne.valeur > 0
        assert ligne.signe == 0
        assert ligne.texte is None or ligne.texte.depuis is None or ligne.texte.depuis <= mois.first_day
    textes = law.textes_cites(prestation, mois)
    assert textes or not has_figures(prestation, mois)
    assert len({texte.reference for texte in textes}) == len(textes)


def test_no_month_before_the_first():
    for told in (law.chiffres, law.textes_cites):
        with pytest.raises(ValueError, match="juin 2012"):
            told(Prestation.RSA, FIRST_MONTH - 1)


@pytest.mark.parametrize("mois", ["2012-06", "2016-01", "2025-04", "2026-11"])
def test_the_rsa_and_the_prime_cite_each_its_own_articles(mois):
    mois = Mois.parse(mois)
    for prestation, autre in ((Prestation.RSA, ("CSS", "D843", "R843", "2015-1710")), (Prestation.PPA, ("CASF", "R262"))):
        cites = [ligne.texte.reference for ligne in law.chiffres(prestation, mois) if ligne.texte]
        cites += [texte.reference for texte in law.textes_cites(prestation, mois)]
        assert cites or not has_figures(prestation, mois)
        assert not [cite for cite in cites if any(mot in cite for mot in autre)]


def test_the_figures_of_the_lone_parent_and_of_the_thresholds_cite_the_article_that_says_them():
    textes = {
        ligne.libelle: ligne.texte.reference
        for prestation in (Prestation.RSA, Prestation.PPA)
        for ligne in law.chiffres(prestation, LAST_CHECKED_MONTH)
    }
    assert "R262-1 " in textes["Montant majoré, future mère seule"]
    assert "R262-1 " in textes["Montant majoré, s'ajoute pour chaque enfant"]
    assert "R262-39" in textes["Montant trop faible pour être versé, en dessous de"]
    assert "D846-2" in textes["Prime trop faible pour être versée, en dessous de"]


def test_a_text_is_not_in_force_a_year_before_it_was_signed():
    # The order of 28 December 2025 is cited for the value of 1 January 2025, which it repeats.
    lignes = {ligne.libelle: ligne.texte for ligne in law.chiffres(Prestation.AIDE_LOGEMENT, Mois(2026, 11))}
    couple = lignes["Abattement sur les ressources, couple"]
    assert couple.reference.startswith("Arrêté du 28/12/2025")
    assert couple.depuis is None


def test_a_repealed_rate_founds_nothing():
    # The 62 % of the RSA activité, until 2015.
    def cites(mois):
        return [texte.reference for texte in law.textes_cites(Prestation.RSA, Mois.parse(mois))]

    assert any("2009-404" in cite for cite in cites("2015-12"))
    assert [cite for cite in cites("2026-11") if "Décret" in cite] == ["Décret n° 2026-220 du 30 mars 2026, art. 1"]

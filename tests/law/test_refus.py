"""A refusal says what is missing: for no benefit and no household does it ask for what it has just found."""

from __future__ import annotations

import pytest
from foyers import MOIS, random_foyers
from lecture import simulation
from minima_foyers import situation as foyers_pauvres
from official.minima import avec_salaire, calcule, foyer

from guichet.domain.phrases import Quantite
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes import fiches
from guichet.law.explain import SimulationReading, explain

STRICTES = ("plus de", "moins de")
NOVEMBRE_2026 = Mois(2026, 11)


def refus_de(situation, mois):
    simulated = simulation(situation, mois)
    for prestation, fiche in fiches().items():
        for droit in explain(SimulationReading(simulated, mois), fiche):
            for refus in droit.refus:
                yield prestation, refus


def quantite(dit):
    """The figure of what is found or needed, None for a sentence."""
    valeur = getattr(dit, "values", {}).get("valeur")
    return valeur.valeur if isinstance(valeur, Quantite) else None


def demande_ce_qui_est_trouve(refus):
    if str(refus.trouve) == str(refus.requis):
        return True
    trouve, requis = quantite(refus.trouve), quantite(refus.requis)
    return trouve is not None and trouve == requis and not refus.requis.startswith(STRICTES)


@pytest.mark.parametrize("tirage", [random_foyers, foyers_pauvres])
@pytest.mark.parametrize("texte", MOIS)
def test_no_refusal_asks_for_what_it_found(texte, tirage):
    mois = Mois.parse(texte)
    situation = random_foyers(mois, 60, "refus") if tirage is random_foyers else foyers_pauvres(mois, 60, seed=7)
    lus = list(refus_de(situation, mois))
    assert len({prestation for prestation, _ in lus}) > 8
    assert not [(prestation, refus) for prestation, refus in lus if demande_ce_qui_est_trouve(refus)]


def test_at_the_limit_the_sentence_says_less_or_more():
    # 651.69 € of unemployment benefit are the flat amount of November 2026: the RSA asks for less than that.
    seul = foyer(NOVEMBRE_2026)
    seul["individus"]["adulte0"]["chomage_net"] = {str(NOVEMBRE_2026 - recul): 651.69 for recul in range(8)}
    (refus,) = (refus for prestation, refus in refus_de(seul, NOVEMBRE_2026) if prestation == "rsa")
    assert quantite(refus.trouve) == quantite(refus.requis)
    assert refus.requis.startswith("moins de 651,69")


def seule(mois, **faits):
    """Somebody alone who earned nothing for months."""
    foyer_seul = avec_salaire(mois, 0)
    foyer_seul["individus"]["adulte0"] |= faits
    return foyer_seul


@pytest.mark.parametrize(
    "situation",
    [
        foyer(NOVEMBRE_2026, enfants=1, isole=True),
        foyer(NOVEMBRE_2026, enceinte=True),
        seule(NOVEMBRE_2026, enceinte={str(NOVEMBRE_2026 - recul): True for recul in range(8)}, etudiant=True),
        foyer(NOVEMBRE_2026, adultes=2, enfants=1),
    ],
    ids=["lone parent", "pregnant", "pregnant student", "couple"],
)
def test_the_prime_asks_everybody_for_an_income_of_work(situation):
    # L842-1: « perçoit des revenus tirés d'une activité professionnelle »; L842-2 frees nobody of it.
    (refus,) = (refus for prestation, refus in refus_de(situation, NOVEMBRE_2026) if prestation == "ppa")
    assert refus.condition == "Avoir eu des revenus d'activité"
    assert refus.texte.reference == "CSS, art. L842-1"


def gagnent(mois, *salaires, enfants=0):
    """A household whose adults earn these wages each month."""
    gagnant = foyer(mois, adultes=len(salaires), enfants=enfants)
    for rank, salaire in enumerate(salaires):
        gagnant["individus"][f"adulte{rank}"]["salaire_net"] = {str(mois - recul): salaire for recul in range(8)}
    return gagnant


@pytest.mark.parametrize(
    ("salaires", "enfants"),
    [((9000,), 0), ((2600,), 0), ((5000, 900), 0), ((4000, 3000), 0), ((9000, 0), 2)],
    ids=["alone", "alone, nearer", "couple, one part-time", "couple, two wages", "couple, one wage, children"],
)
def test_the_income_that_the_prime_asks_for_is_where_it_ends(salaires, enfants):
    (refus,) = (r for p, r in refus_de(gagnent(NOVEMBRE_2026, *salaires, enfants=enfants), NOVEMBRE_2026) if p == "ppa")
    assert refus.requis.startswith("moins de")
    assert refus.requis.endswith("par mois")
    limite = float(quantite(refus.requis))
    for ecart, ouverte in ((-1, True), (1, False)):
        part = (limite + ecart) / sum(salaires)
        voisin = gagnent(NOVEMBRE_2026, *(salaire * part for salaire in salaires), enfants=enfants)
        assert (calcule("ppa", NOVEMBRE_2026, voisin) > 0) is ouverte


def test_where_less_work_would_open_no_prime_the_other_resources_are_told():
    # 638.28 € + 59.85 % of 700 € + no bonus under 59 hours - 700 € - 15 €: 342.23 €.
    au_chomage = gagnent(NOVEMBRE_2026, 700)
    au_chomage["individus"]["adulte0"]["chomage_net"] = {str(NOVEMBRE_2026 - recul): 1500 for recul in range(8)}
    (refus,) = (r for p, r in refus_de(au_chomage, NOVEMBRE_2026) if p == "ppa")
    assert float(quantite(refus.trouve)) == 1500
    assert float(quantite(refus.requis)) == pytest.approx(342.23, abs=0.01)

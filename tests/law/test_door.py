"""The door of the law: what `droits`, `montants` and `prepare` promise."""

from __future__ import annotations

import functools
from datetime import date
from decimal import Decimal

import pytest
from menages import foyers

from guichet.domain.droits import Prestation
from guichet.domain.foyer import Activite, Foyer, Logement, Nature, Occupation, Personne, Ressource, Role, Zone
from guichet.domain.vocabulaire import LAST_CHECKED_MONTH, Mois, euros
from guichet.law import AVIS_MOIS_NON_VERIFIE, calculate, droits, montants, prepare, reference
from guichet.law import foyers as inside
from guichet.law.decomptes import fiches
from guichet.law.programs.library import Library

PRESTATIONS = [p for p in (Prestation.RSA, Prestation.AF, Prestation.PAJE_BASE) if p in fiches()]


def couple(mois: Mois, zone: Zone = Zone.ZONE_2) -> Foyer:
    salaire = Ressource(Nature.SALAIRE, euros(1478), mois - 60, mois, euros(1516))
    return Foyer(
        (
            Personne(date(mois.annee - 35, 1, 15), Role.DEMANDEUR, Activite.SALARIE, (salaire,)),
            Personne(date(mois.annee - 33, 1, 15), Role.CONJOINT),
            Personne(date(mois.annee - 8, 1, 15), Role.ENFANT),
            Personne(date(mois.annee - 5, 1, 15), Role.ENFANT),
        ),
        Logement(Occupation.LOCATAIRE_VIDE, euros(650), zone),
    )


def test_a_right_for_each_benefit_in_order():
    mois = Mois(2026, 11)
    obtenus = droits([couple(mois), couple(mois, Zone.ZONE_1)], mois)
    assert [[d.prestation for d in du_foyer] for du_foyer in obtenus] == [list(fiches())] * 2
    assert all(d.mois == mois for du_foyer in obtenus for d in du_foyer)


def test_foyer_and_situation_agree():
    """The same household, said in both ways, has the same amounts."""
    mois = Mois(2025, 10)
    paye = {str(m): 1478 for m in (mois - 24).until(mois)}
    situation = {
        "individus": {
            "a": {
                "date_naissance": "1990-01-15",
                "salaire_net": paye,
                "salaire_imposable": dict.fromkeys(paye, 1516),
            },
            "b": {"date_naissance": "1992-01-15", "activite": {str(m): "inactif" for m in (mois - 4).until(mois)}},
            "c": {"date_naissance": "2017-01-15", "activite": {str(m): "inactif" for m in (mois - 4).until(mois)}},
            "d": {"date_naissance": "2020-01-15", "activite": {str(m): "inactif" for m in (mois - 4).until(mois)}},
        },
        "familles": {"f": {"parents": ["a", "b"], "enfants": ["c", "d"], "rsa": {str(mois - 1): 0}}},
        "foyers_fiscaux": {"ff": {"declarants": ["a", "b"], "personnes_a_charge": ["c", "d"]}},
        "menages": {
            "m": {
                "personne_de_reference": ["a"],
                "conjoint": ["b"],
                "enfants": ["c", "d"],
                "loyer": {str(m): 650 for m in (mois - 4).until(mois)},
                "statut_occupation_logement": {str(m): "locataire_vide" for m in (mois - 4).until(mois)},
                "zone_apl": {str(m): "zone_2" for m in (mois - 4).until(mois)},
                "logement_conventionne": {str(m): True for m in (mois - 4).until(mois)},
            }
        },
    }
    noms = {p: fiches()[p].montant for p in (Prestation.AIDE_LOGEMENT, *PRESTATIONS, Prestation.PPA) if p in fiches()}
    dits = calculate(situation, list(noms.values()), str(mois))
    obtenus = montants([couple(mois)], mois, noms)
    assert {p: obtenus[p][0] for p in noms} == {p: euros(dits[nom]) for p, nom in noms.items()}
    assert any(obtenus[p][0] for p in noms)


def test_montants_are_those_of_droits():
    mois = Mois(2013, 1)
    tires = foyers(40, mois, 3)
    par_foyer = droits(tires, mois, PRESTATIONS)
    assert montants(tires, mois, PRESTATIONS) == {
        prestation: [du_foyer[rank].montant for du_foyer in par_foyer] for rank, prestation in enumerate(PRESTATIONS)
    }


def test_a_household_alone_or_among_others_has_the_same_rights():
    mois = Mois(2026, 11)
    tires = foyers(12, mois, 9)
    ensemble = montants(tires, mois)
    for rank, foyer in enumerate(tires):
        assert montants([foyer], mois) == {prestation: [suite[rank]] for prestation, suite in ensemble.items()}


def test_before_june_2012_nothing_is_known():
    with pytest.raises(ValueError, match=r"à partir de juin 2012, pas en mai 2012\.$"):
        droits([couple(Mois(2012, 5))], Mois(2012, 5))


def test_after_the_last_month_checked_a_doubt_is_told():
    mois = LAST_CHECKED_MONTH + 1
    assert all(AVIS_MOIS_NON_VERIFIE in droit.doutes for droit in droits([couple(mois)], mois, PRESTATIONS)[0])
    (connus,) = droits([couple(LAST_CHECKED_MONTH)], LAST_CHECKED_MONTH, PRESTATIONS)
    assert not any(AVIS_MOIS_NON_VERIFIE in droit.doutes for droit in connus)


def test_the_zone_counts():
    mois = Mois(2026, 11)
    cher, moyen = montants([couple(mois, Zone.ZONE_1), couple(mois)], mois, [Prestation.AIDE_LOGEMENT]).popitem()[1]
    assert cher > moyen > Decimal(0)


def test_nobody_is_no_one():
    assert droits([], Mois(2026, 11)) == []


def test_what_is_prepared_is_not_built_by_the_next_answer(monkeypatch):
    """Of the law of a month: its parameters, at each of the instants that a household reads."""
    parameters = functools.cache(reference._parameters_of.__wrapped__)
    monkeypatch.setattr(reference, "_parameters_of", parameters)
    monkeypatch.setattr(inside, "PROGRAMS", Library())  # none: the interpreter answers
    mois = Mois(2026, 11)
    prepare([mois])
    built = parameters.cache_info().misses
    assert built > 6
    droits([couple(mois)], mois)
    assert parameters.cache_info().misses == built
    assert parameters.cache_info().hits > built

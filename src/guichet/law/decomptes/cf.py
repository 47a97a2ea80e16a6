"""Complément familial."""

from guichet.domain.droits import Prestation, Unite
from guichet.law.explain import Fiche, Poste
from guichet.law.textes import Article

_CF = "prestations_sociales.prestations_familiales.prestations_generales.cf"

FICHE = Fiche(
    prestation=Prestation.CF,
    montant="cf_net_crds",
    postes=(Poste("Complément familial", "cf", (Article("CSS, art. L522-1"),), signe=1, unite=Unite.EUROS),),
    conditions=(),
)

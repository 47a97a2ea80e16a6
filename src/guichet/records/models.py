"""What we remember: the models that Django discovers."""

from guichet.records.brouillons import Brouillon
from guichet.records.dossiers import Caisse, Dossier, Personne
from guichet.records.faits import Fait
from guichet.records.grand_livre import Echeance, Ecriture, Indu, Liquidation, Ordre

__all__ = [
    "Brouillon",
    "Caisse",
    "Dossier",
    "Echeance",
    "Ecriture",
    "Fait",
    "Indu",
    "Liquidation",
    "Ordre",
    "Personne",
]

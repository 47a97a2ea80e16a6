"""What we remember: the models that Django discovers."""

from guichet.records.acces import Code, Compte
from guichet.records.brouillons import Brouillon
from guichet.records.courriels import Courriel
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Caisse, Dossier, Personne
from guichet.records.faits import Fait
from guichet.records.grand_livre import Echeance, Ecriture, Indu, Liquidation, Ordre
from guichet.records.jetons import Jeton
from guichet.records.lectures import Lecture
from guichet.records.saisines import Message, Saisine
from guichet.records.sessions import Session

__all__ = [
    "Brouillon",
    "Caisse",
    "Code",
    "Compte",
    "Courriel",
    "Courrier",
    "Dossier",
    "Echeance",
    "Ecriture",
    "Fait",
    "Indu",
    "Jeton",
    "Lecture",
    "Liquidation",
    "Message",
    "Ordre",
    "Personne",
    "Saisine",
    "Session",
]

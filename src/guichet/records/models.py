"""What we remember: the models that Django discovers."""

from guichet.records.brouillons import Brouillon

__all__ = ["Brouillon"]

"""Guichet: the online counter of a French family-benefit fund."""

"""The scopes of API Particulier: each opens a part of a file to who has it."""

from enum import StrEnum


class Portee(StrEnum):
    QUOTIENT_FAMILIAL = "cnaf_quotient_familial"
    ALLOCATAIRES = "cnaf_allocataires"
    ENFANTS = "cnaf_enfants"
    ADRESSE = "cnaf_adresse"

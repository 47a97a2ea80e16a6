"""What every page of an account reads, in SQL: Django takes longer to write a question than to read its answer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection


class Question(NamedTuple):
    """A question, with `%s` where `valeurs` stand; `lues` is what is made of its rows."""

    texte: str
    valeurs: Sequence[Any]
    lues: Callable[[list[tuple[Any, ...]]], Any]


def ensemble(*questions: Question) -> list[Any]:
    """What each question finds, all asked at once: an exchange with the database costs a page more than most answers. It is
    one text, as Django writes the values in it itself (without `server_side_binding`)."""
    trouvees = []
    with connection.cursor() as cursor:
        valeurs = [valeur for question in questions for valeur in question.valeurs]
        cursor.execute(";\n".join(question.texte for question in questions), valeurs)
        for question in questions:
            trouvees.append(question.lues(cursor.fetchall()))
            cursor.nextset()
    return trouvees


def lignes(modele: Any, suite: str, valeurs: Sequence[Any], sans: str = "") -> Question:
    """The rows of `modele` that `suite` keeps: what follows FROM in the question. The column `sans` is not read until it is
    asked for."""
    noms = [nom for nom in _noms(modele) if nom != sans]
    texte = f"SELECT {', '.join(noms)} FROM {modele._meta.db_table} {suite}"
    return Question(texte, valeurs, lambda lues: [modele.from_db(None, noms, ligne) for ligne in lues])


def lit(modele: Any, suite: str, valeurs: Sequence[Any], sans: str = "") -> list[Any]:
    """The same, asked alone."""
    (trouvees,) = ensemble(lignes(modele, suite, valeurs, sans))
    return list(trouvees)


def ajoute(objet: Any, sinon: str = "") -> bool:
    """A row that is nowhere yet, in one exchange: Django takes three or four, for what may go with it. `sinon` is what to do
    when it is there (`ON CONFLICT ... DO NOTHING`): False then."""
    modele = type(objet)
    champs = [champ for champ in modele._meta.concrete_fields if not champ.primary_key or objet.pk is not None]
    noms, valeurs = ", ".join(champ.column for champ in champs), ", ".join(["%s"] * len(champs))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {modele._meta.db_table} ({noms}) VALUES ({valeurs}) {sinon} RETURNING {modele._meta.pk.column}",
            [champ.get_db_prep_save(getattr(objet, champ.attname), connection) for champ in champs],
        )
        ligne = cursor.fetchone()
    if ligne is not None:
        (objet.pk,) = ligne
        objet._state.adding = False
    return ligne is not None


def colonnes(**modeles: Any) -> str:
    """Those of several models, each with the name of its table in the question: a row of them is what `separe` reads."""
    return ", ".join(f"{table}.{nom}" for table, modele in modeles.items() for nom in _noms(modele))


def separe(ligne: Sequence[Any], *modeles: Any) -> list[Any]:
    """The objects whose columns follow one another in a row."""
    valeurs = iter(ligne)
    return [modele.from_db(None, noms, list(islice(valeurs, len(noms)))) for modele in modeles for noms in (_noms(modele),)]


@functools.cache
def _noms(modele: Any) -> list[str]:
    """Those of its columns, which are those of its attributes."""
    return [champ.attname for champ in modele._meta.concrete_fields]

"""The demonstration caisse, into the database: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, transaction
from psycopg.types.range import Range

from guichet import clock
from guichet.domain.vocabulaire import Mois
from guichet.operations.demonstration import evenements, identites, personas, population
from guichet.operations.demonstration.histoire import Story
from guichet.operations.demonstration.personas import PERSONAS
from guichet.records import bulk, faits
from guichet.records.acces import Compte
from guichet.records.dossiers import Caisse, Dossier, Personne

CODE = "999"
"""Of no department, hence of no caisse."""
NAME = "Caisse de démonstration"
SEED = 2012
PASSWORD = "Guichet-des-plantes-12"
"""Of all personas: a demonstration has no secret."""
BIC = "DEMOFRP0XXX"
"""The 0 of its eighth place says that it is for tests (ISO 9362)."""
STORIES = 250
"""Stories written at once."""
NEWCOMERS = 0.12
"""Share of the files opened since; the others were there on the first day."""


def load(first: Mois, last: Mois, now: datetime, count: int, progress: Callable[[int], None]) -> bool:
    """Make the caisse and `count` files whose story goes from the month `first` to the instant `now`, unless it is
    there; `last` is the last month paid. In one transaction: killed, nothing was made."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # two starts at once: the second one waits, and finds it made
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('guichet demonstration'))")
        if Caisse.objects.filter(code=CODE).exists():
            return False
        Caisse.objects.create(code=CODE, nom=NAME, adresse="1 place de l’Exemple", iban=identites.iban(1), bic=BIC)
        all_stories = stories(first, last, now, count)
        while batch := list(islice(all_stories, STORIES)):
            _write(batch, now)
            progress(len(batch))
        _open_accounts(now)
        bulk.analyze(Dossier, Personne, faits.Fait)
    return True


def stories(first: Mois, last: Mois, now: datetime, count: int) -> Iterator[Story]:
    """The personas, then households drawn at random; the same ones whenever they are asked for with the same arguments."""
    for persona in PERSONAS[:count]:
        yield personas.story_of(persona, first, last, now)
    chance = Random(SEED)
    for number in range(len(PERSONAS), count):
        own_chance = Random(chance.getrandbits(64))
        opened_on = first.first_day
        if own_chance.random() < NEWCOMERS:
            opened_on += timedelta(days=own_chance.randint(0, (now.date() - opened_on).days - 40))
        at = datetime(opened_on.year, opened_on.month, opened_on.day, 6, tzinfo=clock.PARIS)
        menage = population.draw(own_chance, f"{1000 + 7 * number:07d}", opened_on, at)
        evenements.tell(menage, now)
        yield menage.story


def _write(batch: list[Story], now: datetime) -> None:
    dossiers = [Dossier(caisse_id=CODE, matricule=story.matricule, ouvert_le=story.ouvert_le) for story in batch]
    bulk.add(dossiers)
    everybody = list(_personnes(zip(dossiers, batch, strict=True)))
    bulk.add(everybody)
    personnes = iter(everybody)
    rows: list[Any] = []
    for dossier, story in zip(dossiers, batch, strict=True):
        sujets = [0, *(next(personnes).pk for _ in story.individus)]
        for note in story.notes(now):
            row = faits.row(dossier.pk, replace(note.fait, sujet=sujets[note.fait.sujet]), note.since)
            row.connu = Range(note.since, note.until)
            rows.append(row)
    bulk.add(rows)


def _personnes(batch: Iterable[tuple[Any, Story]]) -> Iterator[Any]:
    for dossier, story in batch:
        for individu in story.individus:
            personne = Personne(
                dossier_id=dossier.pk,
                nom=individu.nom,
                prenoms=individu.prenoms,
                sexe=individu.sexe,
                naissance=individu.naissance,
                lieu_naissance=individu.lieu_naissance,
            )
            personne.nir = individu.nir
            yield personne


def _open_accounts(now: datetime) -> None:
    """Open an account for each persona, whose password is hashed once: it is no secret."""
    compte = Compte()
    compte.set_password(PASSWORD)
    matricules = [persona.matricule for persona in PERSONAS]
    for dossier in Dossier.objects.filter(caisse=CODE, matricule__in=matricules):
        Compte.objects.create(
            dossier=dossier,
            personne=Personne.objects.filter(dossier=dossier).earliest("pk"),
            titulaire=True,
            ouvert_le=now,
            password=compte.password,
        )

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
from guichet.operations.demonstration.histoire import Histoire
from guichet.operations.demonstration.personas import PERSONAS
from guichet.records import bulk, faits
from guichet.records.acces import Compte
from guichet.records.dossiers import Caisse, Dossier, Personne

CODE = "999"
"""Of no department, hence of no caisse."""
NOM = "Caisse de démonstration"
GRAINE = 2012
MOT_DE_PASSE = "Guichet-des-plantes-12"
"""Of all personas: a demonstration has no secret."""
BIC = "DEMOFRP0XXX"
"""The 0 of its eighth place says that it is for tests (ISO 9362)."""
HISTOIRES = 250
"""Stories written at once."""
NOUVEAUX = 0.12
"""Share of the files opened since; the others were there on the first day."""


def charge(premier: Mois, dernier: Mois, maintenant: datetime, nombre: int, avance: Callable[[int], None]) -> bool:
    """Make the caisse and `nombre` files whose story goes from the month `premier` to the instant `maintenant`, unless it is
    there; `dernier` is the last month paid. In one transaction: killed, nothing was made."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # two starts at once: the second one waits, and finds it made
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('guichet demonstration'))")
        if Caisse.objects.filter(code=CODE).exists():
            return False
        Caisse.objects.create(code=CODE, nom=NOM, adresse="1 place de l’Exemple", iban=identites.iban(1), bic=BIC)
        toutes = histoires(premier, dernier, maintenant, nombre)
        while lot := list(islice(toutes, HISTOIRES)):
            _ecrit(lot, maintenant)
            avance(len(lot))
        _ouvre_les_comptes(maintenant)
        bulk.analyze(Dossier, Personne, faits.Fait)
    return True


def histoires(premier: Mois, dernier: Mois, maintenant: datetime, nombre: int) -> Iterator[Histoire]:
    """The same ones, whenever they are asked for with the same arguments: the personas, then households drawn at random."""
    for persona in PERSONAS[:nombre]:
        yield personas.histoire(persona, premier, dernier, maintenant)
    hasard = Random(GRAINE)
    for numero in range(len(PERSONAS), nombre):
        du_dossier = Random(hasard.getrandbits(64))
        ouvert_le = premier.premier_jour
        if du_dossier.random() < NOUVEAUX:
            ouvert_le += timedelta(days=du_dossier.randint(0, (maintenant.date() - ouvert_le).days - 40))
        le = datetime(ouvert_le.year, ouvert_le.month, ouvert_le.day, 6, tzinfo=clock.PARIS)
        menage = population.tire(du_dossier, f"{1000 + 7 * numero:07d}", ouvert_le, le)
        evenements.raconte(menage, maintenant)
        yield menage.histoire


def _ecrit(lot: list[Histoire], maintenant: datetime) -> None:
    dossiers = [Dossier(caisse_id=CODE, matricule=histoire.matricule, ouvert_le=histoire.ouvert_le) for histoire in lot]
    bulk.add(dossiers)
    toutes = list(_personnes(zip(dossiers, lot, strict=True)))
    bulk.add(toutes)
    personnes = iter(toutes)
    lignes: list[Any] = []
    for dossier, histoire in zip(dossiers, lot, strict=True):
        sujets = [0, *(next(personnes).pk for _ in histoire.individus)]
        for note in histoire.notes(maintenant):
            ligne = faits.ligne(dossier.pk, replace(note.fait, sujet=sujets[note.fait.sujet]), note.du)
            ligne.connu = Range(note.du, note.avant)
            lignes.append(ligne)
    bulk.add(lignes)


def _personnes(lot: Iterable[tuple[Any, Histoire]]) -> Iterator[Any]:
    for dossier, histoire in lot:
        for individu in histoire.individus:
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


def _ouvre_les_comptes(maintenant: datetime) -> None:
    """One for each persona, whose password is hashed once: it is no secret."""
    compte = Compte()
    compte.set_password(MOT_DE_PASSE)
    matricules = [persona.matricule for persona in PERSONAS]
    for dossier in Dossier.objects.filter(caisse=CODE, matricule__in=matricules):
        Compte.objects.create(
            dossier=dossier,
            personne=Personne.objects.filter(dossier=dossier).earliest("pk"),
            titulaire=True,
            ouvert_le=maintenant,
            password=compte.password,
        )

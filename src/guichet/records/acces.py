"""Who may open a file: accounts, and the secrets that prove who one is.

A code is kept as a keyed hash, like a NIR: who holds a copy of the database without GUICHET_FIELD_KEYS cannot try them all.
Nothing here says whether an account exists: what fails, fails alike, after the same work.
"""

from __future__ import annotations

import base64
import functools
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django_otp.oath import TOTP

from guichet import clock
from guichet.domain.faits import LE_FOYER, Coordonnees, Genre, from_json
from guichet.domain.foyer import Role
from guichet.domain.identifiants import CodeOrganisme, Matricule, Nir
from guichet.records import sql, vault
from guichet.records.dossiers import Dossier, Personne
from guichet.records.faits import Fait
from guichet.records.numeros import Numero
from guichet.records.passwords import normalise

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of the codes of letters: no sign that looks like another one."""
SIGNS = 10
"""50 bits: tries are slowed, and need not be counted."""
DIGITS = 6
"""Of a code sent by e-mail, or shown by an application: few tries."""
TRIES = 5
BETWEEN_TWO_CODES, BETWEEN_TWO_LINKS = timedelta(minutes=1), timedelta(minutes=15)
"""Between two e-mails: nobody floods somebody's mailbox. A link may be asked by anybody, and ends the one before."""
LINK_BYTES = 24
TOTP_BYTES = 20


@dataclass(frozen=True, slots=True)
class Qui:
    """Whom one says to be: the number of a file in a caisse, or a NIR."""

    caisse: CodeOrganisme | None = None
    matricule: Matricule | None = None
    nir: Nir | None = None

    @property
    def key(self) -> str:
        """What stands for it in memory, without telling it."""
        return vault.fingerprint(f"{self.caisse}/{self.matricule}/{self.nir}")

    def personnes(self, path: str = "") -> Q:
        """The filter of the persons that it may name; `path` leads to them."""
        if self.nir:
            return Q(**{f"{path}nir_empreinte__in": vault.fingerprints(self.nir)})
        return Q(**{f"{path}dossier__caisse": self.caisse, f"{path}dossier__matricule": self.matricule})


class Compte(AbstractBaseUser):
    """The account of an adult of a file. The number of the file names the account of its `titulaire`, the allocataire;
    the other adult is known by NIR."""

    personne = models.OneToOneField(Personne, models.PROTECT)
    dossier = models.ForeignKey(Dossier, models.PROTECT)
    titulaire = models.BooleanField()
    ouvert_le = models.DateTimeField()
    ferme_le = models.DateTimeField(null=True)
    totp_chiffre = models.TextField(blank=True)
    """The secret shared with an application that shows codes, encrypted."""
    totp_pas = models.BigIntegerField(default=0)
    """The last one used, as a number of half minutes: a code opens once."""
    alias_empreinte = models.CharField(max_length=64, blank=True, db_index=True)
    """Of what FranceConnect names this person by, once it has (see `records.franceconnect`)."""
    last_login = None

    USERNAME_FIELD = "id"

    class Meta:
        db_table = "compte"
        constraints = [models.UniqueConstraint("dossier", condition=Q(titulaire=True), name="compte_titulaire")]

    def __str__(self) -> str:
        return f"compte {self.pk}"

    @functools.cached_property
    def is_in_foyer(self) -> bool:
        """The holder is the allocataire, or lives with them today: who has left sees no more than their own time."""
        presences = Fait.objects.filter(personne=self.personne_id, genre=Genre.PRESENCE)
        current = presences.filter(valide__contains=clock.today(), connu__contains=clock.now())
        return self.titulaire or current.exists()

    @property
    def is_active(self) -> bool:
        return self.ferme_le is None

    def set_password(self, password: str | None) -> None:
        super().set_password(password if password is None else normalise(password))

    def check_password(self, password: str) -> bool:
        return bool(super().check_password(normalise(password)))


class Acces:
    """The door that Django asks for. Nobody comes by it: `authenticate` opens, and a session knows its account."""

    def authenticate(self, request: Any, **proofs: Any) -> None:
        return None

    def get_user(self, number: int) -> None:
        return None


def find(qui: Qui) -> Compte | None:
    """The account that `qui` names: a matricule, that of the allocataire. In SQL: Django takes a millisecond to write it."""
    values: list[Any]
    named, values = "f.caisse_id = %s AND f.matricule = %s AND c.titulaire", [qui.caisse, qui.matricule]
    if qui.nir:
        named, values = "p.nir_empreinte = ANY(%s)", [vault.fingerprints(qui.nir)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sql.columns(c=Compte, d=Dossier, p=Personne)} FROM compte c "
            "JOIN dossier d ON d.id = c.dossier_id "
            "JOIN personne p ON p.id = c.personne_id JOIN dossier f ON f.id = p.dossier_id "
            f"WHERE {named} AND c.ferme_le IS NULL ORDER BY c.id DESC LIMIT 1",
            values,
        )
        row = cursor.fetchone()
    if row is None:
        return None
    compte: Compte
    compte, compte.dossier, compte.personne = sql.split(row, Compte, Dossier, Personne)
    return compte


def of_personne(personne: int) -> Compte | None:
    compte: Compte | None = Compte.objects.filter(personne=personne, ferme_le=None).first()
    return compte


def of_allocataire(dossier: int) -> Compte | None:
    """The open account of the allocataire, to whom letters are written; None when there is none."""
    compte: Compte | None = Compte.objects.filter(dossier=dossier, titulaire=True, ferme_le=None).first()
    return compte


def authenticate(qui: Qui, password: str) -> Compte | None:
    """The account, if the password is its own; after the same query and the same hash when there is none."""
    compte = find(qui)
    if compte is None:
        Compte().set_password(password)
        return None
    return compte if compte.check_password(password) else None


def close(compte: Compte) -> None:
    """Nobody gets in by this account any more: no password, no code. The letter of a first access opens it again."""
    compte.ferme_le, compte.totp_chiffre = clock.now(), ""
    compte.set_password(None)
    compte.save(update_fields=["ferme_le", "totp_chiffre", "password"])
    Code.objects.filter(personne=compte.personne_id).delete()


# What proves who one is, once


class Code(models.Model):
    """A secret that was given to a person: the last one of each use is the only one."""

    class Usage(Numero):
        LETTRE = 1, "code d'une lettre"
        LIEN = 2, "lien d'un courriel, pour un mot de passe oublié"
        COURRIEL = 3, "code d'un courriel, second facteur"

    personne = models.ForeignKey(Personne, models.CASCADE)
    usage = models.SmallIntegerField(choices=Usage.choices())
    empreinte = models.CharField(max_length=64, db_index=True)
    expire = models.DateTimeField()
    essais = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "code"
        constraints = [models.UniqueConstraint("personne", "usage", name="code_unique")]

    def __str__(self) -> str:
        return f"code {self.pk}"


LIFETIMES = {
    Code.Usage.LETTRE: timedelta(days=30),
    Code.Usage.LIEN: timedelta(hours=1),
    Code.Usage.COURRIEL: timedelta(minutes=15),
}


def give_letter_code(personne: int) -> str:
    """A new code, to be written in a letter to this person: `K7QFA-29TMP`."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    _keep(personne, Code.Usage.LETTRE, signs)
    return f"{signs[: SIGNS // 2]}-{signs[SIGNS // 2 :]}"


def give_link(personne: int) -> str | None:
    """A new secret, for the link of an e-mail; None less than a quarter of an hour after the last one."""
    if _has_just_received(personne, Code.Usage.LIEN, BETWEEN_TWO_LINKS):
        return None
    link = secrets.token_urlsafe(LINK_BYTES)
    _keep(personne, Code.Usage.LIEN, link)
    return link


def give_digits(personne: int) -> str | None:
    """A new code of six digits, for an e-mail; None less than a minute after the last one."""
    if _has_just_received(personne, Code.Usage.COURRIEL, BETWEEN_TWO_CODES):
        return None
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    _keep(personne, Code.Usage.COURRIEL, f"{personne}:{digits}")
    return digits


def _has_just_received(personne: int, usage: Code.Usage, lately: timedelta) -> bool:
    recent = clock.now() + LIFETIMES[usage] - lately
    return bool(Code.objects.filter(personne=personne, usage=usage, expire__gt=recent).exists())


def _keep(personne: int, usage: int, clear: str) -> None:
    expire = clock.now() + LIFETIMES[Code.Usage(usage)]
    new = {"empreinte": vault.fingerprint(clear), "expire": expire, "essais": 0}
    Code.objects.update_or_create(personne_id=personne, usage=usage, defaults=new)


def _valid(usage: int, clear: str) -> Any:
    fingerprints = vault.fingerprints(clear)
    return Code.objects.filter(usage=usage, empreinte__in=fingerprints, expire__gt=clock.now())


def read_letter_code(qui: Qui, naissance: date, typed: str) -> str | None:
    """What stands for the code of a letter that this person typed, if it is theirs."""
    signs = "".join(filter(str.isalnum, typed.upper()))[: 2 * SIGNS]
    valid = _valid(Code.Usage.LETTRE, signs).filter(qui.personnes("personne__"), personne__naissance=naissance)
    return _standing_for(valid)


def read_link(link: str, naissance: date) -> str | None:
    """What stands for the code behind a link, if this is the birth date of whom it was sent to."""
    valid = _valid(Code.Usage.LIEN, link).filter(personne__naissance=naissance)
    return _standing_for(valid)


def _standing_for(valid: Any) -> str | None:
    """The fingerprint of a valid code, which stands for it: a row holds the next code once there is one."""
    found: str | None = valid.values_list("empreinte", flat=True).first()
    return found


def is_still_valid(code: str) -> bool:
    """A code that was read has not been used meanwhile, nor replaced."""
    return bool(Code.objects.filter(empreinte=code, expire__gt=clock.now()).exists())


@transaction.atomic
def choose_password(code: str, password: str) -> Compte | None:
    """The account of whom `code` was given to, opened if it was not, with this password; the code is used up. None if it
    already is, or was replaced. Other sessions end, as they hold the old password."""
    now = clock.now()
    personne = personnes().filter(code__empreinte=code, code__expire__gt=now).first()
    if personne is None or not Code.objects.filter(empreinte=code).delete()[0]:
        return None
    compte = open_compte(personne)
    compte.set_password(password)
    compte.save()
    return compte


def personnes() -> Any:
    """The people of our files, with what `open_compte` needs."""
    rows = Personne.objects.select_related("dossier", "compte")
    return rows.annotate(titulaire=_has_role(Role.DEMANDEUR) & ~_already_named())


def open_compte(personne: Personne) -> Compte:
    """The account of one of `personnes`, to be saved; without a password when it is new, or was closed."""
    compte: Compte = getattr(personne, "compte", None) or Compte(
        titulaire=personne.titulaire, ouvert_le=clock.now(), personne=personne, dossier=personne.dossier
    )
    if compte.pk is None or compte.ferme_le:
        compte.set_password(None)
    compte.dossier, compte.ferme_le = personne.dossier, None
    return compte


def is_adult() -> Exists:
    """A person is one of the couple, or alone, as we know it today."""
    return _has_role(Role.DEMANDEUR, Role.CONJOINT)


def _has_role(*roles: Role) -> Exists:
    return Exists(
        Fait.objects.filter(
            personne=OuterRef("pk"),
            genre=Genre.PRESENCE,
            valeur__role__in=[role.value for role in roles],
            valide__contains=clock.today(),
            connu__contains=clock.now(),
        )
    )


def _already_named() -> Exists:
    """The number of the file names an account already."""
    return Exists(Compte.objects.filter(dossier=OuterRef("dossier"), titulaire=True))


# The second factor


def address_of(compte: Compte, announced: bool = False) -> str:
    """Where to write to the holder of this account: their own address; that of the household is the allocataire's. With
    `announced`, only if they agreed that letters are announced there."""
    subjects = Q(personne=compte.personne_id) | (Q(personne=None) if compte.titulaire else Q(pk=None))
    known = Fait.objects.filter(
        subjects,
        dossier=compte.dossier_id,
        genre=Genre.COORDONNEES,
        valide__contains=clock.today(),
        connu__contains=clock.now(),
    )
    found = sorted(known, key=lambda fait: fait.personne_id or LE_FOYER, reverse=True)
    read: list[Coordonnees] = [from_json(Genre.COORDONNEES, fait.valeur) for fait in found]
    given = next((c for c in read if c.courriel), Coordonnees())
    return given.courriel if given.accord or not announced else ""


def confirm(compte: Compte, typed: str) -> bool:
    """Is this the code of the application of this account, or else of the last e-mail (or letter) sent to it? Once only."""
    typed = "".join(filter(str.isalnum, typed.upper()))[: 2 * SIGNS]
    if compte.totp_chiffre:
        return _is_of_application(compte, typed)
    return _is_of_courriel(compte, typed) or _is_of_letter(compte, typed)


def _is_of_courriel(compte: Compte, typed: str) -> bool:
    codes = Code.objects.filter(personne=compte.personne_id, usage=Code.Usage.COURRIEL)
    counted = codes.filter(essais__lt=TRIES, expire__gt=clock.now()).update(essais=F("essais") + 1)
    right = codes.filter(empreinte__in=vault.fingerprints(f"{compte.personne_id}:{typed}"))
    return bool(counted and right.delete()[0])


def _is_of_letter(compte: Compte, typed: str) -> bool:
    """Is this the code of a letter, for who has given no e-mail address yet? Once only."""
    return bool(_valid(Code.Usage.LETTRE, typed).filter(personne=compte.personne_id).delete()[0])


def _is_of_application(compte: Compte, typed: str) -> bool:
    step = step_of(vault.decrypt(compte.totp_chiffre), typed, compte.totp_pas)
    return bool(step and Compte.objects.filter(pk=compte.pk, totp_pas__lt=step).update(totp_pas=step))


def step_of(secret: str, typed: str, after: int = 0) -> int | None:
    """The half minute of a code that an application shows with this secret, one before or after included."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) == DIGITS):
        return None
    totp = TOTP(base64.b32decode(secret), digits=DIGITS)
    totp.time = clock.now().timestamp()
    return int(totp.t()) if totp.verify(int(typed), tolerance=1, min_t=after + 1) else None


def new_secret() -> str:
    """A secret to be shared with an application that gives codes: 32 letters and digits."""
    return base64.b32encode(secrets.token_bytes(TOTP_BYTES)).decode()


def link_application(compte: Compte, secret: str, typed: str) -> bool:
    """Codes come from an application from now on, if it shows the right one."""
    step = step_of(secret, typed)
    if step is not None:
        Compte.objects.filter(pk=compte.pk).update(totp_chiffre=vault.encrypt(secret), totp_pas=step)
    return step is not None


def forget_application(compte: Compte) -> None:
    """Codes come by e-mail again."""
    Compte.objects.filter(pk=compte.pk).update(totp_chiffre="", totp_pas=0)

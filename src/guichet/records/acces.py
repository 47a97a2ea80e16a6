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
from guichet.records.passwords import normalise

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of the codes of letters: no sign that looks like another one."""
SIGNES = 10
"""50 bits: tries are slowed, and need not be counted."""
CHIFFRES = 6
"""Of a code sent by e-mail, or shown by an application: few tries."""
ESSAIS = 5
ENTRE_DEUX = timedelta(minutes=1)
"""Between two e-mails: nobody floods somebody's mailbox."""
OCTETS_DU_LIEN = 24
OCTETS_DE_TOTP = 20


@dataclass(frozen=True, slots=True)
class Qui:
    """Whom one says to be: the number of a file in a caisse, or a NIR."""

    caisse: CodeOrganisme | None = None
    matricule: Matricule | None = None
    nir: Nir | None = None

    @property
    def cle(self) -> str:
        """What stands for it in memory, without telling it."""
        return vault.fingerprint(f"{self.caisse}/{self.matricule}/{self.nir}")

    def personnes(self, chemin: str = "") -> Q:
        """The filter of the persons that it may name; `chemin` leads to them."""
        if self.nir:
            return Q(**{f"{chemin}nir_empreinte__in": vault.fingerprints(self.nir)})
        return Q(**{f"{chemin}dossier__caisse": self.caisse, f"{chemin}dossier__matricule": self.matricule})


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
    def est_du_foyer(self) -> bool:
        """Its holder is the allocataire, or lives with them today: who has left sees no more than their own time."""
        presences = Fait.objects.filter(personne=self.personne_id, genre=Genre.PRESENCE)
        actuelles = presences.filter(valide__contains=clock.today(), connu__contains=clock.now())
        return self.titulaire or actuelles.exists()

    @property
    def is_active(self) -> bool:
        return self.ferme_le is None

    def set_password(self, mot: str | None) -> None:
        super().set_password(mot if mot is None else normalise(mot))

    def check_password(self, mot: str) -> bool:
        return bool(super().check_password(normalise(mot)))


class Acces:
    """The door that Django asks for. Nobody comes by it: `authentifie` opens, and a session knows its account."""

    def authenticate(self, request: Any, **preuves: Any) -> None:
        return None

    def get_user(self, numero: int) -> None:
        return None


def trouve(qui: Qui) -> Compte | None:
    """The account that `qui` names: a matricule, that of the allocataire. In SQL: Django takes a millisecond to write it."""
    valeurs: list[Any]
    nomme, valeurs = "f.caisse_id = %s AND f.matricule = %s AND c.titulaire", [qui.caisse, qui.matricule]
    if qui.nir:
        nomme, valeurs = "p.nir_empreinte = ANY(%s)", [vault.fingerprints(qui.nir)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sql.columns(c=Compte, d=Dossier, p=Personne)} FROM compte c "
            "JOIN dossier d ON d.id = c.dossier_id "
            "JOIN personne p ON p.id = c.personne_id JOIN dossier f ON f.id = p.dossier_id "
            f"WHERE {nomme} AND c.ferme_le IS NULL ORDER BY c.id DESC LIMIT 1",
            valeurs,
        )
        ligne = cursor.fetchone()
    if ligne is None:
        return None
    compte: Compte
    compte, compte.dossier, compte.personne = sql.split(ligne, Compte, Dossier, Personne)
    return compte


def de_la_personne(personne: int) -> Compte | None:
    compte: Compte | None = Compte.objects.filter(personne=personne, ferme_le=None).first()
    return compte


def de_l_allocataire(dossier: int) -> Compte | None:
    """That of whom letters are written to."""
    compte: Compte | None = Compte.objects.filter(dossier=dossier, titulaire=True, ferme_le=None).first()
    return compte


def authentifie(qui: Qui, mot: str) -> Compte | None:
    """The account, if the password is its own; after the same query and the same hash when there is none."""
    compte = trouve(qui)
    if compte is None:
        Compte().set_password(mot)
        return None
    return compte if compte.check_password(mot) else None


def ferme(compte: Compte) -> None:
    """Nobody gets in by this account any more: no password, no code. The letter of a first access opens it again."""
    compte.ferme_le, compte.totp_chiffre = clock.now(), ""
    compte.set_password(None)
    compte.save(update_fields=["ferme_le", "totp_chiffre", "password"])
    Code.objects.filter(personne=compte.personne_id).delete()


# What proves who one is, once


class Code(models.Model):
    """A secret that was given to a person: the last one of each use is the only one."""

    class Usage(models.IntegerChoices):
        LETTRE = 1, "code d'une lettre"
        LIEN = 2, "lien d'un courriel, pour un mot de passe oublié"
        COURRIEL = 3, "code d'un courriel, second facteur"

    personne = models.ForeignKey(Personne, models.CASCADE)
    usage = models.SmallIntegerField(choices=Usage.choices)
    empreinte = models.CharField(max_length=64, db_index=True)
    expire = models.DateTimeField()
    essais = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "code"
        constraints = [models.UniqueConstraint("personne", "usage", name="code_unique")]

    def __str__(self) -> str:
        return f"code {self.pk}"


DUREES = {
    Code.Usage.LETTRE: timedelta(days=30),
    Code.Usage.LIEN: timedelta(hours=1),
    Code.Usage.COURRIEL: timedelta(minutes=15),
}


def donne_lettre(personne: int) -> str:
    """A new code, to be written in a letter to this person: `K7QFA-29TMP`."""
    signes = "".join(secrets.choice(ALPHABET) for _ in range(SIGNES))
    _garde(personne, Code.Usage.LETTRE, signes)
    return f"{signes[: SIGNES // 2]}-{signes[SIGNES // 2 :]}"


def donne_lien(personne: int) -> str | None:
    """A new secret, for the link of an e-mail; None less than a minute after the last one."""
    if _vient_d_en_recevoir(personne, Code.Usage.LIEN):
        return None
    lien = secrets.token_urlsafe(OCTETS_DU_LIEN)
    _garde(personne, Code.Usage.LIEN, lien)
    return lien


def donne_chiffres(personne: int) -> str | None:
    """A new code of six digits, for an e-mail; None less than a minute after the last one."""
    if _vient_d_en_recevoir(personne, Code.Usage.COURRIEL):
        return None
    chiffres = f"{secrets.randbelow(10**CHIFFRES):0{CHIFFRES}}"
    _garde(personne, Code.Usage.COURRIEL, f"{personne}:{chiffres}")
    return chiffres


def _vient_d_en_recevoir(personne: int, usage: Code.Usage) -> bool:
    recent = clock.now() + DUREES[usage] - ENTRE_DEUX
    return bool(Code.objects.filter(personne=personne, usage=usage, expire__gt=recent).exists())


def _garde(personne: int, usage: int, clair: str) -> None:
    expire = clock.now() + DUREES[Code.Usage(usage)]
    neuf = {"empreinte": vault.fingerprint(clair), "expire": expire, "essais": 0}
    Code.objects.update_or_create(personne_id=personne, usage=usage, defaults=neuf)


def _valables(usage: int, clair: str) -> Any:
    empreintes = vault.fingerprints(clair)
    return Code.objects.filter(usage=usage, empreinte__in=empreintes, expire__gt=clock.now())


def lit_lettre(qui: Qui, naissance: date, tape: str) -> int | None:
    """The number of the code of a letter that this person typed, if it is hers."""
    signes = "".join(filter(str.isalnum, tape.upper()))[: 2 * SIGNES]
    valables = _valables(Code.Usage.LETTRE, signes).filter(qui.personnes("personne__"), personne__naissance=naissance)
    trouve: int | None = valables.values_list("pk", flat=True).first()
    return trouve


def lit_lien(lien: str, naissance: date) -> int | None:
    """The number of the code behind a link, if this is the birth date of whom it was sent to."""
    valables = _valables(Code.Usage.LIEN, lien).filter(personne__naissance=naissance)
    trouve: int | None = valables.values_list("pk", flat=True).first()
    return trouve


def reste_valable(code: int) -> bool:
    """A code that was read has not been used meanwhile, nor replaced."""
    return bool(Code.objects.filter(pk=code, expire__gt=clock.now()).exists())


@transaction.atomic
def choisit_mot_de_passe(code: int, mot: str) -> Compte | None:
    """The account of whom `code` was given to, opened if it was not, with this password; the code is used up. None if it
    already is. Other sessions end, as they hold the old password."""
    maintenant = clock.now()
    personne = personnes().filter(code=code, code__expire__gt=maintenant).first()
    if personne is None or not Code.objects.filter(pk=code).delete()[0]:
        return None
    compte = ouvre(personne)
    compte.set_password(mot)
    compte.save()
    return compte


def personnes() -> Any:
    """Those of our files, with what `ouvre` needs."""
    avec = Personne.objects.select_related("dossier", "compte")
    return avec.annotate(titulaire=_a_le_role(Role.DEMANDEUR) & ~_deja_nomme())


def ouvre(personne: Personne) -> Compte:
    """The account of one of `personnes`, to be saved; without a password when it is new, or was closed."""
    compte: Compte = getattr(personne, "compte", None) or Compte(
        titulaire=personne.titulaire, ouvert_le=clock.now(), personne=personne, dossier=personne.dossier
    )
    if compte.pk is None or compte.ferme_le:
        compte.set_password(None)
    compte.dossier, compte.ferme_le = personne.dossier, None
    return compte


def est_adulte() -> Exists:
    """A person is one of the couple, or alone, as we know it today."""
    return _a_le_role(Role.DEMANDEUR, Role.CONJOINT)


def _a_le_role(*roles: Role) -> Exists:
    return Exists(
        Fait.objects.filter(
            personne=OuterRef("pk"),
            genre=Genre.PRESENCE,
            valeur__role__in=[role.value for role in roles],
            valide__contains=clock.today(),
            connu__contains=clock.now(),
        )
    )


def _deja_nomme() -> Exists:
    """The number of the file names an account already."""
    return Exists(Compte.objects.filter(dossier=OuterRef("dossier"), titulaire=True))


# The second factor


def courriel(compte: Compte, annonces: bool = False) -> str:
    """Where to write to the holder of this account: his own address; that of the household is the allocataire's. With
    `annonces`, only if he agreed that letters are announced there."""
    sujets = Q(personne=compte.personne_id) | (Q(personne=None) if compte.titulaire else Q(pk=None))
    connues = Fait.objects.filter(
        sujets,
        dossier=compte.dossier_id,
        genre=Genre.COORDONNEES,
        valide__contains=clock.today(),
        connu__contains=clock.now(),
    )
    trouvees = sorted(connues, key=lambda fait: fait.personne_id or LE_FOYER, reverse=True)
    lues: list[Coordonnees] = [from_json(Genre.COORDONNEES, fait.valeur) for fait in trouvees]
    donnee = next((c for c in lues if c.courriel), Coordonnees())
    return donnee.courriel if donnee.accord or not annonces else ""


def confirme(compte: Compte, tape: str) -> bool:
    """Is this the code of the application of this account, or else of the last e-mail (or letter) sent to it? Once only."""
    tape = "".join(filter(str.isalnum, tape.upper()))[: 2 * SIGNES]
    if compte.totp_chiffre:
        return _est_de_l_application(compte, tape)
    return _est_du_courriel(compte, tape) or _est_de_la_lettre(compte, tape)


def _est_du_courriel(compte: Compte, tape: str) -> bool:
    codes = Code.objects.filter(personne=compte.personne_id, usage=Code.Usage.COURRIEL)
    compte_l_essai = codes.filter(essais__lt=ESSAIS, expire__gt=clock.now()).update(essais=F("essais") + 1)
    justes = codes.filter(empreinte__in=vault.fingerprints(f"{compte.personne_id}:{tape}"))
    return bool(compte_l_essai and justes.delete()[0])


def _est_de_la_lettre(compte: Compte, tape: str) -> bool:
    """For who has given no e-mail address yet."""
    return bool(_valables(Code.Usage.LETTRE, tape).filter(personne=compte.personne_id).delete()[0])


def _est_de_l_application(compte: Compte, tape: str) -> bool:
    pas = pas_du_code(vault.decrypt(compte.totp_chiffre), tape, compte.totp_pas)
    return bool(pas and Compte.objects.filter(pk=compte.pk, totp_pas__lt=pas).update(totp_pas=pas))


def pas_du_code(secret: str, tape: str, apres: int = 0) -> int | None:
    """The half minute of a code that an application shows with this secret, one before or after included."""
    if not (tape.isascii() and tape.isdecimal() and len(tape) == CHIFFRES):
        return None
    totp = TOTP(base64.b32decode(secret), digits=CHIFFRES)
    totp.time = clock.now().timestamp()
    return int(totp.t()) if totp.verify(int(tape), tolerance=1, min_t=apres + 1) else None


def secret_neuf() -> str:
    """To be shared with an application: 32 letters and digits."""
    return base64.b32encode(secrets.token_bytes(OCTETS_DE_TOTP)).decode()


def lie_application(compte: Compte, secret: str, tape: str) -> bool:
    """Codes come from an application from now on, if it shows the right one."""
    pas = pas_du_code(secret, tape)
    if pas is not None:
        Compte.objects.filter(pk=compte.pk).update(totp_chiffre=vault.encrypt(secret), totp_pas=pas)
    return pas is not None


def oublie_application(compte: Compte) -> None:
    """Codes come by e-mail again."""
    Compte.objects.filter(pk=compte.pk).update(totp_chiffre="", totp_pas=0)

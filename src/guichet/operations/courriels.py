"""What we write by e-mail: that a message awaits, a code, a link for a new password; never anything of a file.

E-mails wait in the database until `send` sends them (`guichet courriels`, which `guichet serve` runs beside the site).
They are in French and in English: nobody knows what their reader speaks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core import mail
from django.urls import reverse

from guichet.domain.identifiants import CodeOrganisme, Matricule, Nir
from guichet.domain.phrases import french_print
from guichet.records import acces, courriels
from guichet.records.acces import Compte, Qui
from guichet.records.courriels import Courriel

logger = logging.getLogger(__name__)
Objet = Courriel.Objet

TEXTS = {
    Objet.MESSAGE: (
        "Un message vous attend",
        "Un message vous attend sur votre compte : {adresse}\n\nA message awaits you in your account.",
    ),
    Objet.CODE: (
        "Votre code",
        "Votre code : {secret}\nIl sert une fois, pendant 15 minutes. Ne le donnez à personne : nous ne vous le demanderons "
        "jamais par téléphone, ni par courriel.\n\nYour code: {secret}\nIt works once, for 15 minutes. Give it to nobody: "
        "we will never ask you for it by phone, nor by e-mail.",
    ),
    Objet.MOT_DE_PASSE: (
        "Choisir un nouveau mot de passe",
        "Pour choisir un nouveau mot de passe : {adresse}?lien={secret}\nCette adresse sert une fois, pendant une heure. "
        "Si vous n'avez rien demandé, ne faites rien.\n\nTo choose a new password, open this address within an hour. "
        "If you did not ask for it, do nothing.",
    ),
}
PAGES = {Objet.MESSAGE: "mon-compte", Objet.MOT_DE_PASSE: "oubli-lien"}


SECRETS: dict[int, Callable[[int], str | None]] = {
    Objet.MESSAGE: lambda personne: "",
    Objet.CODE: acces.give_digits,
    Objet.MOT_DE_PASSE: acces.give_link,
}


def announce(dossier: int) -> None:
    """Tell the allocataire of this file that a message awaits, if they have an account, gave an address and agreed."""
    courriels.ask_for(Objet.MESSAGE, {"dossier": dossier})


def request_code(compte: Compte) -> None:
    """Send the holder of this account a code."""
    courriels.ask_for(Objet.CODE, {"personne": compte.personne_id})


def request_password(who: Qui) -> None:
    """Send a link to whom has this account, if anybody has, and has an address."""
    courriels.ask_for(Objet.MOT_DE_PASSE, asdict(who))


def send() -> int:
    """Send what is to be sent; how many left. What a server refuses is tried again later, for a day."""
    sent = 0
    while True:
        with courriels.next_one() as courriel:
            if courriel is None:
                return sent
            try:
                sent += _send(courriel)
            except Exception:  # one that cannot leave does not keep the others
                logger.exception("an e-mail cannot be sent")
                courriels.put_off(courriel)


def _send(courriel: Courriel) -> int:
    """1, or 0 when there is nobody to write to, or when one has just left."""
    compte, objet = _account_of(courriel.target), Objet(courriel.objet)
    recipient = acces.address_of(compte, announced=objet is Objet.MESSAGE) if compte else ""
    secret = SECRETS[objet](compte.personne_id) if compte and recipient else None
    if secret is None:
        return 0
    subject, text = TEXTS[objet]
    address = f"{settings.BASE_URL}{reverse(PAGES[objet])}" if objet in PAGES else ""
    message = mail.EmailMessage(
        f"{subject} ({settings.SITE_NAME})",
        french_print(text).format(secret=secret, adresse=address),
        to=[recipient],
        headers={"Auto-Submitted": "auto-generated"},
    )
    return int(message.send())


def _account_of(target: dict[str, Any]) -> Compte | None:
    if "dossier" in target:
        return acces.of_allocataire(target["dossier"])
    if "personne" in target:
        return acces.of_personne(target["personne"])
    caisse, matricule, nir = target["caisse"], target["matricule"], target["nir"]
    return acces.find(Qui(nir=Nir(nir)) if nir else Qui(CodeOrganisme(caisse), Matricule(matricule)))

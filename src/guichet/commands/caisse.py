"""`guichet caisse`: a caisse, made or changed."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from guichet.commands import _caisse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--code", required=True, type=_code, metavar="CODE", help="its three digits, such as 751")
    parser.add_argument("--nom", required=True, metavar="NAME", help="as its letters are signed")
    parser.add_argument("--adresse", default="", metavar="LINES", help="of its letters: lines between « ; »")
    parser.add_argument("--iban", required=True, type=_iban, help="the account that it pays from")
    parser.add_argument("--bic", type=_bic, help="of the bank of that account")


def run(options: argparse.Namespace) -> int:
    with _caisse.database("caisse"):
        from django.core.management import call_command

        from guichet.records.dossiers import Caisse

        call_command("migrate", interactive=False, verbosity=0)
        lines = "\n".join(line.strip() for line in options.adresse.split(";"))
        values = {"nom": options.nom, "adresse": lines, "iban": options.iban, "bic": options.bic or ""}
        _, made = Caisse.objects.update_or_create(code=options.code, defaults=values)
    print(f"{options.code}, {options.nom}: {'made' if made else 'changed'}")
    return 0


def _code(text: str) -> str:
    from guichet.domain.identifiants import CodeOrganisme

    return _read(CodeOrganisme.parse, text)


def _iban(text: str) -> str:
    from guichet.domain.identifiants import Iban

    return _read(Iban.parse, text)


def _bic(text: str) -> str:
    from guichet.domain.identifiants import Bic

    return _read(Bic.parse, text)


def _read(parse: Callable[[str], str], text: str) -> str:
    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None

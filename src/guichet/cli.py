"""The `guichet` command: a table of commands, each a module of `commands` imported only when it is called."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from typing import NoReturn

# In the order of README.md.
COMMANDS = {
    # The site.
    "serve": "the site: database and web workers under one supervisor",
    "measure": "the access logs of the site, kept as rows without addresses; old logs are erased",
    "courriels": "the e-mails that wait, sent",
    # The paydays of a caisse.
    "echeances": "the paydays of a caisse that are due: rights, letters, transfers, in order",
    "liquider": "the rights of a month, for all the files of a caisse",
    "payer": "what a caisse owes on a day: the transfers and their bank file",
    "rejets": "the reports of banks: what came back is owed again, and told in a letter",
    # What an operator needs.
    "caisse": "a caisse, made or changed: its name, its address, the account that it pays from",
    "code": "the letter with which an allocataire opens their account",
    "backup": "the whole database, in one file, while the site runs",
    "restore": "a backup, put into an empty database",
    "rotate-keys": "what is kept encrypted, closed again under the first of GUICHET_FIELD_KEYS, while the site runs",
    "purge": "what may no longer be kept, erased",
    "programs": "the law of each month, recorded: every month then answers at full speed",
    "jeton": "the tokens by which towns ask for a quotient familial",
    "check": "what must be set before real use",
    # The law, for programs.
    "calculate": "the rights of OpenFisca situations, one JSON line each",
    "simulate": "one journey's answers in, its rights and their reasons out",
    # The audience, for analysts.
    "audience": "how a site is used, exactly, from its access logs",
    "audience-compare": "the published figures of caf.fr's year beside those of a site's logs and events",
    "audience-tables": "an analyst's tables: survey, contacts, rank, share of declarations made online",
    "replay": "caf.fr's published year, written again: access logs, events, tables, and the truth about them",
}


class Parser(argparse.ArgumentParser):
    """Says in one line how it was badly called."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} ({self.prog} --help says more)\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one command: 0 done, 1 failed, 2 badly called."""
    _open_streams()
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        options = _parser(arguments).parse_args(arguments)
        return int(options.run(options))
    except KeyboardInterrupt:
        print(f"{' '.join(['guichet', *arguments[:1]])}: interrupted", file=sys.stderr)
        return 1


def _parser(arguments: list[str]) -> Parser:
    parser = Parser(prog="guichet", description="The online counter of a family-benefit fund.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name in arguments[:1]:  # only the command that is called is imported: `guichet --help` answers at once
            module = importlib.import_module(f"guichet.commands.{name.replace('-', '_')}")
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    return parser


def _open_streams() -> None:
    """A closed stream leads nowhere; else the first file opened would take its number, and what is said would go there."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


if __name__ == "__main__":
    sys.exit(main())

"""`guichet simulate`: one journey's answers in, its rights and their reasons out."""

from __future__ import annotations

import argparse
import json

from guichet.commands import _streams
from guichet.journeys.simulateurs import SIMULATEURS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=sorted(SIMULATEURS), help="the simulator")
    parser.add_argument("file", nargs="?", metavar="FILE", help="a JSON object; standard input by default")
    parser.add_argument("--schema", action="store_true", help="the JSON Schema of the answers, and nothing else")


def run(options: argparse.Namespace) -> int:
    try:
        return _simulate(options)
    except OSError as error:
        return _streams.failed("simulate", error)


def _simulate(options: argparse.Namespace) -> int:
    if options.schema:
        return _print(SIMULATEURS[options.kind].parcours.schema())
    from guichet.operations.simuler import LARGEST, ReponsesError, simuler_json

    with _streams.opened(options.file) as source:
        answers = source.read(LARGEST + 1)
    if len(answers) > LARGEST:
        return _streams.say("simulate", f"more than {LARGEST} bytes: this is not one simulation")
    try:
        return _print(simuler_json(options.kind, answers))
    except ReponsesError as error:
        return _streams.say("simulate", error)


def _print(answer: object) -> int:
    _streams.write(json.dumps(answer, ensure_ascii=False, indent=2).encode() + b"\n")
    return 0

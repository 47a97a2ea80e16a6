"""JSON Lines in, JSON Lines out: lines read as they come, numbered, each a question or a reason why it is none."""

from __future__ import annotations

import io
import select
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import orjson

from guichet import law
from guichet.operations import json_strict

LINES_OF_A_CHUNK = 64
BYTES_OF_A_CHUNK = 4_000_000
LONGEST_LINE = 10_000_000
"""Bytes of a line; a situation of ten persons over three years takes 50 000."""
BYTES_READ = 1_000_000
PATIENCE = 0.01
"""Seconds: when nothing comes for so long, what has come is answered, in as small a chunk as it is."""

Chunk = list[tuple[int, bytes | None]]
"""Some lines: the number of each, from 1, and its bytes; None when it is too long to be read."""


def chunks(source: BinaryIO) -> Iterator[Chunk]:
    """The lines of `source` that are not blank, by chunks; an empty chunk says that no more has come so far."""
    chunk: Chunk = []
    size = 0
    for line in _lines(source):
        if line is not None:
            chunk.append(line)
            size += len(line[1] or b"")
        if line is None or len(chunk) >= LINES_OF_A_CHUNK or size >= BYTES_OF_A_CHUNK:
            if chunk:
                yield chunk
            if line is None:
                yield []
            chunk, size = [], 0
    if chunk:
        yield chunk


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes | None] | None]:
    """The lines that are not blank, and None each time the next one is not there yet.

    One that is too long is skipped without being held in memory.
    """
    nothing_comes = _watcher(source)
    number, rest, too_long = 0, b"", False
    ended = False
    while not ended:
        if nothing_comes():
            yield None
        came = _read(source)
        ended = not came
        *lines, rest = (rest + (came or (b"\n" if rest or too_long else b""))).split(b"\n")
        for raw in lines:
            number += 1
            if too_long or len(raw) > LONGEST_LINE:
                yield number, None
            elif raw.strip():
                yield number, raw
            too_long = False
        if len(rest) > LONGEST_LINE:
            rest, too_long = b"", True


def _read(source: BinaryIO) -> bytes:
    """What has come, at the most `BYTES_READ`; nothing at the end. An OSError names the file."""
    try:
        return source.read1(BYTES_READ)  # type: ignore[attr-defined,no-any-return]
    except OSError as error:
        error.filename = source.name
        raise


def _watcher(source: BinaryIO) -> Callable[[], bool]:
    """Whether the next reading would wait: a pipe or a terminal from which nothing has come for a moment."""
    try:
        descriptor = source.fileno()
    except io.UnsupportedOperation:
        return lambda: False
    return lambda: not select.select([descriptor], [], [], PATIENCE)[0]


def answered(chunk: Chunk, loi: str) -> bytes:
    """The answers to a chunk: one JSON line each."""
    questions = [_question(raw) for _, raw in chunk]
    answers = iter(_answers([one for one in questions if isinstance(one, dict)], loi))
    return b"".join(
        _written(question.get("id"), number, next(answers))
        if isinstance(question, dict)
        else _written(None, number, question)
        for question, (number, _) in zip(questions, chunk, strict=True)
    )


def _question(raw: bytes | None) -> dict[str, Any] | str:
    """The question of a line, or the sentence that says why it is none."""
    if raw is None:
        return f"the line is longer than {LONGEST_LINE // 1_000_000} MB."
    try:
        question = json_strict.read(raw)
    except json_strict.JsonError as error:
        return f"the line is not JSON: {error}."
    if not isinstance(question, dict):
        return "the line is not a JSON object."
    name = question.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int | None):
        return "id: give a text."
    return question


def _answers(questions: list[dict[str, Any]], loi: str) -> list[Any]:
    """The answers. Should a fault of ours stop a question, that is its answer, and the others have theirs."""
    try:
        return list(law.calculate_many(questions, loi))
    except Exception as error:
        if len(questions) == 1:
            return [law.SituationError(f"situation: no answer can be computed ({type(error).__name__}).")]
        return [answer for question in questions for answer in _answers([question], loi)]


def _written(name: str | int | None, number: int, answer: Any) -> bytes:
    """A line; the error of a question without name says which line it is."""
    content: dict[str, Any] = {"values": answer} if isinstance(answer, dict) else {"error": str(answer)}
    if name is None and "error" in content:
        content = {"line": number} | content
    return orjson.dumps({"id": name, **content}, option=orjson.OPT_APPEND_NEWLINE)

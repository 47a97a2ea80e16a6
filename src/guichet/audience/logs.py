"""Log files: opened by what they hold, cut into parts at ends of lines, read by blocks of whole lines."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import zstandard
from isal import igzip, igzip_lib

from guichet.audience import lines
from guichet.audience.errors import AudienceError

COMPRESSED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz"}
MAGIC = max(map(len, COMPRESSED))
ARCHIVES = (
    (0, b"PK\x03\x04", "zip"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (257, b"ustar", "tar"),
)  # where, what, of which kind
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ISAL: Any = igzip_lib.IsalError  # its stubs say that it is no class
DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, ISAL, zstandard.ZstdError)
BLOCK = 1 << 20
PIECE = 1 << 12  # of compressed data: what it becomes stays small whatever it holds


@dataclass(frozen=True)
class Part:
    """Whole lines of a log, from one byte to another of what it holds, once decompressed (None: to its end)."""

    path: Path
    start: int = 0
    end: int | None = None
    growing: bool = False  # then a last line that is cut is left for later
    begun: bool = False  # just: its first lines may all be bad, if they are less than a thousand


def check(path: Path) -> int:
    """The size of a log, in bytes on disk. Raises AudienceError if it cannot be read."""
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise AudienceError(f"{path}: a folder, not a log")
        if stat.S_ISREG(status.st_mode):
            path.open("rb").close()
        return status.st_size
    except OSError as error:
        raise AudienceError(f"{path}: {error.strerror}") from None


def parts(path: Path, size: int, start: int = 0, growing: bool = False) -> list[Part]:
    """Parts of about `size` bytes, from `start` on; one if the log is compressed, or no ordinary file."""
    left = check(path) - start
    whole = [Part(path, start, None, growing)]
    if not path.is_file() or left <= size or is_compressed(path):
        return whole
    with path.open("rb") as stream:
        number = -(-left // size)
        inner = {_next_line(stream, start + left * k // number) for k in range(1, number)} - {start, start + left}
    cuts = [start, *sorted(inner)]
    return [Part(path, begin, end, growing) for begin, end in zip(cuts, [*cuts[1:], None], strict=True)]


def _next_line(stream: BinaryIO, at: int) -> int:
    """Where the first line starts at or after this byte."""
    stream.seek(at - 1)
    while block := stream.read(1 << 16):
        if (found := block.find(b"\n")) >= 0:
            return stream.tell() - len(block) + found + 1
    return stream.tell()


def is_compressed(path: Path) -> bool:
    """Whether a file holds one of COMPRESSED, whatever its name. Raises AudienceError if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return _kind(stream.read(MAGIC)) is not None
    except OSError as error:
        raise AudienceError(f"{path}: {error.strerror}") from None


def _kind(head: bytes) -> str | None:
    if head[1:4] == b"\x2a\x4d\x18" and head[0] >> 4 == 5:  # a frame of zstd to be skipped
        return "zstd"
    return next((kind for magic, kind in COMPRESSED.items() if head.startswith(magic)), None)


def opened(path: Path) -> io.RawIOBase | io.BufferedIOBase:
    """What a log holds, decompressed. Raises AudienceError."""
    try:
        raw = path.open("rb")
        kind = _kind(raw.peek(MAGIC)[:MAGIC])
    except OSError as error:
        raise AudienceError(f"{path}: {error.strerror}") from None
    if kind == "gzip":
        return igzip.open(raw, "rb")  # type: ignore[no-any-return]
    if kind == "bzip2":
        return bz2.open(raw)
    if kind == "xz":
        return lzma.open(raw)
    return _Zstd(raw) if kind == "zstd" else raw


def head(path: Path, size: int) -> bytes:
    """The first bytes of what a log holds. Raises AudienceError."""
    with _said(path), opened(path) as stream:
        found = b""
        while len(found) < size and (more := stream.read(size - len(found))):
            found += more
        return found


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """What goes wrong with a log, as AudienceError."""
    try:
        yield
    except (*DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.strerror:
            raise AudienceError(f"{path}: {error.strerror}") from None
        raise AudienceError(f"{path}: the compressed data are damaged, or stop before their end") from None


class _Zstd(io.RawIOBase):
    """Frames of zstd end to end; says when the last one is cut, which zstandard's own reader does not."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._frame: Any = None
        self._left = b""  # compressed
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            piece = self._left or self._raw.read(PIECE)
            if not piece:
                if self._frame is not None:
                    raise EOFError
                return 0
            self._left = b""
            if self._frame is None:
                self._frame = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
            self._ready = memoryview(self._frame.decompress(piece))
            if self._frame.eof:
                self._left, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def close(self) -> None:
        self._raw.close()
        super().close()


@dataclass
class Block:
    """Whole lines: bytes `start` to `end` of a buffer that is used again.

    `read`: bytes of the log since the block before. `skipped`: lines among them that were too long to be held.
    """

    buffer: bytearray
    start: int
    end: int
    read: int
    skipped: int = 0
    complete: bool = True  # does its last line end?


def blocks(part: Part) -> Iterator[Block]:
    """The lines of a part, in order, whatever their length. Raises AudienceError."""
    buffer = bytearray(BLOCK + lines.MARGIN)
    view = memoryview(buffer)
    left = None if part.end is None else part.end - part.start
    # Bytes in the buffer, bytes read since the last block; in a line too long to hold, or of which the start was counted.
    have, since, skipping, counted = 0, 0, False, False
    with _said(part.path), opened(part.path) as stream:
        if part.start:
            skipping = counted = not _after_a_line(stream, part.start)
        while left != 0:
            read = stream.readinto(view[have : BLOCK if left is None else min(BLOCK, have + left)])
            if not read:
                break
            first = not part.start and not since and not have
            left = None if left is None else left - read
            end, since = have + read, since + read
            start = buffer.find(b"\n", have, end) + 1 if skipping else _begin(part.path, buffer) if first else 0
            if skipping and not start:
                have = 0
                continue
            cut = max(buffer.rfind(b"\n", start, end) + 1, start)
            if cut:
                yield Block(buffer, start, cut, since - (end - cut), int(skipping and not counted))
                skipping, counted, have, since = False, False, end - cut, end - cut
                buffer[:have] = buffer[cut:end]
            else:
                have = end
            if have == BLOCK:
                skipping, have = True, 0
    if have or (skipping and not part.growing):
        yield Block(buffer, 0, have, since, int(skipping and not counted), complete=False)


def _begin(path: Path, buffer: bytearray) -> int:
    """Where the first line of a log starts. Raises AudienceError for an archive of files."""
    for at, magic, kind in ARCHIVES:
        if buffer.startswith(magic, at):
            raise AudienceError(
                f"{path}: an archive of files ({kind}), not a log; unpack it, and give the logs that it holds"
            )
    return len(BYTE_ORDER_MARK) if buffer.startswith(BYTE_ORDER_MARK) else 0


def _after_a_line(stream: io.RawIOBase | io.BufferedIOBase, size: int) -> bool:
    """Go to a byte of what a log holds. Does a line end just before it?"""
    if stream.seekable():
        stream.seek(size - 1)
    else:
        before = size - 1
        while before:
            before -= len(stream.read(min(before, BLOCK)) or b"") or before
    return stream.read(1) == b"\n"

"""JSON as strangers write it: read whole, or refused with what is wrong and where."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


class JsonError(ValueError):
    """What is read is no JSON; the message says why, and where. `in_french` says it to a reader of French."""

    def __init__(self, message: str, in_french: str) -> None:
        super().__init__(message)
        self.in_french = in_french


def read(raw: bytes) -> Any:
    """The value that `raw` writes: UTF-8 (with or without its mark), no key twice in an object.

    NaN and infinite numbers are read as such, so that whoever knows the field may name it. Raises JsonError.
    """
    try:
        text = raw.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_without_repeats, parse_int=_integer)
        if _HALF_CHARACTER.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise JsonError(f"byte {error.start + 1} is not UTF-8", f"l'octet {error.start + 1} n'est pas de l'UTF-8") from None
    except UnicodeEncodeError:
        raise JsonError("half a character (a surrogate) is written alone", "un demi-caractère y est écrit seul") from None
    except json.JSONDecodeError as error:
        raise JsonError(
            f"{error.msg[0].lower()}{error.msg[1:]} (character {error.pos + 1})",
            f"la faute est au caractère {error.pos + 1}",
        ) from None
    except RecursionError:
        raise JsonError("its objects are nested too deep", "ses objets sont trop imbriqués") from None
    return value


def _integer(text: str) -> int | float:
    """An integer of more than 64 bits is a float, as in most readers of JSON: nobody means it."""
    return int(text) if len(text) < 19 else float(text)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise JsonError(f"{twice[:60]!r} is given twice in one object", f"{twice[:60]!r} y est donné deux fois")
    return found

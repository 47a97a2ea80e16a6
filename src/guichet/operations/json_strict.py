"""JSON as strangers write it: read whole, or refused with what is wrong and where."""

from __future__ import annotations

import json
import re
from typing import Any

_DEMI_CARACTERE = re.compile(r"\\u[dD][89a-fA-F]")


class JsonError(ValueError):
    """What is read is no JSON; the message says why, and where. `en_francais` says it to a reader of French."""

    def __init__(self, message: str, en_francais: str) -> None:
        super().__init__(message)
        self.en_francais = en_francais


def lit(octets: bytes) -> Any:
    """The value that `octets` write: UTF-8 (with or without its mark), no key twice in an object.

    NaN and infinite numbers are read as such, so that whoever knows the field may name it. Raises JsonError.
    """
    try:
        texte = octets.decode("utf-8-sig")
        lue = json.loads(texte, object_pairs_hook=_sans_doublon, parse_int=_entier)
        if _DEMI_CARACTERE.search(texte):
            json.dumps(lue, ensure_ascii=False).encode()
    except UnicodeDecodeError as erreur:
        raise JsonError(
            f"byte {erreur.start + 1} is not UTF-8", f"l'octet {erreur.start + 1} n'est pas de l'UTF-8"
        ) from None
    except UnicodeEncodeError:
        raise JsonError("half a character (a surrogate) is written alone", "un demi-caractère y est écrit seul") from None
    except json.JSONDecodeError as erreur:
        raise JsonError(
            f"{erreur.msg[0].lower()}{erreur.msg[1:]} (character {erreur.pos + 1})",
            f"la faute est au caractère {erreur.pos + 1}",
        ) from None
    except RecursionError:
        raise JsonError("its objects are nested too deep", "ses objets sont trop imbriqués") from None
    return lue


def _entier(texte: str) -> int | float:
    """An integer of more than 64 bits is a float, as in most readers of JSON: nobody means it."""
    return int(texte) if len(texte) < 19 else float(texte)


def _sans_doublon(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    objet = dict(paires)
    if len(objet) < len(paires):
        vus: set[str] = set()
        double = next(nom for nom, _ in paires if nom in vus or vus.add(nom))  # type: ignore[func-returns-value]
        raise JsonError(f"{double[:60]!r} is given twice in one object", f"{double[:60]!r} y est donné deux fois")
    return objet

"""The addresses of the views. Django finds each once; a page has some twenty, which would take it a tenth of the page."""

from __future__ import annotations

import functools

from django.urls import reverse

from guichet.web.languages import current, root


def address(view: str, *arguments: str) -> str:
    """The address of a view, in the language of the page. Arguments are names of ours or links that we made, which suit it
    as they are."""
    return _pattern(view, len(arguments), current(), root()).format(*arguments)


@functools.lru_cache(maxsize=512)
def _pattern(view: str, arguments: int, language: str, root: str) -> str:
    """`/simulation/{0}/{1}/resultat`. The keys of the cache are what changes the answer of Django."""
    marks = [f"mark-{rank}" for rank in range(arguments)]
    pattern: str = reverse(view, args=marks)
    for rank, mark in enumerate(marks):
        pattern = pattern.replace(mark, f"{{{rank}}}")
    return pattern

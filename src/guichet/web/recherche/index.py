"""A small index: it forgives accents, capitals, plurals, unfinished words and one slip of the keyboard in each word."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from guichet.web.addresses import address
from guichet.web.contenu.ailleurs import ELSEWHERE
from guichet.web.contenu.compte import ACCOUNT
from guichet.web.contenu.formulaires import FORMS
from guichet.web.contenu.pages import PAGES
from guichet.web.contenu.prestations import BENEFITS
from guichet.web.contenu.simulateurs import DOORS
from guichet.web.languages import current

WORD = re.compile(r"[a-z0-9]+")
DOTTED = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
EMPTY_WORDS = (
    "a ai au aux avec bonjour ce ces comment combien d dans de des droit du elle en est et faire il ils j je l la le les "
    "leur ma me merci mes mon n nous on ou par pas plus pour puis quand que quel quelle qui quoi s sa savoir se ses si son "
    "suis sur ta te tes ton un une vais vos votre voudrais vous y "
    "an and are can do does for get have how if in is it my of or the to what when where which who with you your"
)
TITLE, WORDS, TEXT = 9, 5, 1
"""What a word is worth, by where it stands."""
EXACT, BEGUN, SLIPPED = 1.0, 0.7, 0.4
"""What is left of it, by how it is written."""
SHORTEST_BEGUN, SHORTEST_SLIPPED = 3, 5
LONGEST_QUERY, MOST_WORDS = 200, 8


@dataclass(frozen=True)
class Entry:
    """What can be found: where it leads, what is shown of it, and the words by which it is found."""

    kind: str
    title: str
    summary: str
    address: str
    words: str = ""
    text: str = ""


def search(query: str) -> list[Entry]:
    """The entries that have every word of `query`, the best first; failing that, those that have some."""
    words = list(dict.fromkeys(word for word in tokens(query) if word not in _empty()))[:MOST_WORDS]
    scores: dict[int, float] = defaultdict(float)
    met: dict[int, int] = defaultdict(int)
    for word in words:
        for number, score in _matches(word).items():
            scores[number] += score
            met[number] += 1
    wanted = len(words) if len(words) in met.values() else 1
    found = [number for number in scores if met[number] >= wanted]
    return [entries()[number] for number in sorted(found, key=lambda number: (-met[number], -scores[number], number))]


def tokens(text: str) -> list[str]:
    """The words of `text`, without accents, capitals, marks of the plural nor dots in initials."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe")[: LONGEST_QUERY * 20])
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return [_singular(word) for word in WORD.findall(DOTTED.sub(r"\1", letters))]


@functools.cache
def _empty() -> frozenset[str]:
    """The words that say nothing of what is looked for, as queries have them."""
    return frozenset(tokens(EMPTY_WORDS))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def entries() -> tuple[Entry, ...]:
    """All that can be found, in the language of the page."""
    return _entries(current())


@functools.cache
def _entries(language: str) -> tuple[Entry, ...]:
    return tuple(_said())


def _said() -> Iterator[Entry]:
    for door in DOORS:
        where = address("simulation", door.genre)
        yield Entry(
            gettext_noop("Simulateur"), gettext(door.title), gettext(door.summary), where, _words(door.title, door.words)
        )
    for benefit in BENEFITS.values():
        text = " ".join(map(gettext, (*benefit.who, *benefit.how, benefit.theme.value)))
        title = f"{gettext(benefit.title)} ({benefit.acronyms})"
        where = address("prestation", benefit.slug)
        words = _words(benefit.title, benefit.words)
        yield Entry(gettext_noop("Prestation"), title, gettext(benefit.summary), where, words, text)
    for form in FORMS.values():
        where, title = f"{address('formulaires')}#{form.anchor}", f"Cerfa {form.number}, {gettext(form.title)}"
        words = _words(form.title, gettext_noop("cerfa imprimé formulaire"))
        yield Entry(gettext_noop("Formulaire"), title, gettext(form.use), where, words)
    for page in PAGES.values():
        words = _words(page.title, page.words)
        yield Entry(gettext_noop("Page"), gettext(page.title), gettext(page.summary), address(page.name), words)
    for page in ACCOUNT:
        words = _words(page.title, page.words)
        yield Entry(gettext_noop("Mon compte"), gettext(page.title), gettext(page.summary), address(page.name), words)
    for one in ELSEWHERE:
        words = _words(one.title, one.words)
        yield Entry(gettext_noop("Ailleurs"), gettext(one.title), gettext(one.summary), one.address, words)


def _words(*texts: str) -> str:
    """Words in the language of the page, and in French, as the papers have them."""
    return " ".join(f"{gettext(text)} {text}" for text in texts if text)


@functools.cache
def _vocabulary(language: str) -> dict[str, dict[int, float]]:
    """For each word, the entries that have it and what it is worth there."""
    known: dict[str, dict[int, float]] = defaultdict(dict)
    for number, entry in enumerate(_entries(language)):
        for text, weight in ((entry.text, TEXT), (entry.summary, TEXT), (entry.words, WORDS), (entry.title, TITLE)):
            for word in tokens(text):
                known[word][number] = max(weight, known[word].get(number, 0))
    return dict(known)


@functools.cache
def _slips(language: str) -> dict[str, set[str]]:
    """The known words by what is left of them when one letter is missing: two words that share one differ little."""
    slips: dict[str, set[str]] = defaultdict(set)
    for word in _vocabulary(language):
        for left in _without_a_letter(word):
            slips[left].add(word)
    return dict(slips)


def _without_a_letter(word: str) -> set[str]:
    return {word, *(word[:rank] + word[rank + 1 :] for rank in range(len(word)))}


def _matches(word: str) -> dict[int, float]:
    """The entries that `word` finds: written so, begun so, or with a slip when nothing else does."""
    language = current()
    vocabulary = _vocabulary(language)
    found: dict[int, float] = defaultdict(float)
    forms = {word: EXACT} if word in vocabulary else {}
    if len(word) >= SHORTEST_BEGUN:
        forms |= {known: BEGUN for known in vocabulary if known.startswith(word) and known != word}
    if not forms and SHORTEST_SLIPPED <= len(word) <= LONGEST_QUERY:
        forms = {known: SLIPPED for left in _without_a_letter(word[:40]) for known in _slips(language).get(left, ())}
    for form, share in forms.items():
        for number, weight in vocabulary[form].items():
            found[number] = max(found[number], weight * share)
    return found

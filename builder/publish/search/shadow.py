"""What the index is made of: the tokens of each piece, never published themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from builder.model import SearchRecord
from builder.publish.search.chance import Lexicon
from builder.publish.search.stem import stemmer
from builder.publish.search.terms import (
    across,
    cased_token,
    chance_token,
    fold,
    inside,
    items,
    singles,
    subject_token,
    unhyphened,
    word_token,
)
from builder.publish.search.words import SearchWords, han_letters

_Stretch: TypeAlias = tuple[tuple[str, ...], str, str, bool]
"""Tokens; the first and the last letter, if they are of a script without spaces; whether any is. No named tuple: the
garbage collector passes over plain ones."""


class Shadow:
    """Makes the tokens of pieces; gathers on the way the pairs found by chance and the Han letters that vary.

    Whatever stands between two spaces is taken apart once: most of a text are words that came before.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...]], words: SearchWords) -> None:
        self._names = names
        self._stem = stemmer(dict(words.inflections))
        self._lexicon = Lexicon(words)
        self._cased = re.compile(rf"\b(?:{'|'.join(_spellings(words.cased))})\b")
        self._variants = frozenset(han_letters().values())
        self._known: dict[str, _Stretch] = {}
        self._runs: dict[str, tuple[str, ...]] = {}
        self._bags: dict[str, tuple[str, ...]] = {}
        self.chance: set[str] = set()
        self.han: set[str] = set()

    def tokens(self, record: SearchRecord) -> list[str]:
        """Whom the title names comes first, since what stands early in a piece weighs more; then title and text; last
        what only has to be there."""
        title = fold(record.title)
        leaders = [(leader, subject_token("leader", leader)) for leader in record.leaders]
        row = [token for leader, token in leaders if any(name in title for name in self._names[leader])]
        later = [token for _, token in leaders if token not in row]
        bag: set[str] = set()
        texts: list[list[str]] = []
        for text in (record.title, *(text for _, text in record.passages)):
            stretches: list[str] = []
            self._add(text, row, bag, stretches)
            texts.append(stretches)
        bag.update(*(self._bags[stretch] for stretches in texts for stretch in stretches))
        chance = self._lexicon.by_chance(
            [run for stretch in stretches for run in self._runs[stretch]] for stretches in texts if stretches
        )
        self.chance |= chance
        bag |= {chance_token(pair) for pair in chance}
        return [*row, *later, *sorted(bag)]

    def _add(self, text: str, row: list[str], bag: set[str], found: list[str]) -> None:
        """Adds a text's tokens to the row and the bag, and to `found` its stretches in scripts without spaces."""
        folded = fold(text)
        bag.update(cased_token(word.replace(".", "")) for word in self._cased.findall(text))
        bag.update(self._stem(word) for word in unhyphened(folded))
        last = ""
        for stretch in folded.split():
            try:
                new, first, end, has_runs = self._known[stretch]
            except KeyError:
                new, first, end, has_runs = self._learn(stretch)
            if last and first:
                row.append(across(last, first))
            row += new
            last = end
            if has_runs:
                found.append(stretch)

    def _learn(self, stretch: str) -> _Stretch:
        """A stretch of a folded text between spaces."""
        known: _Stretch
        if stretch.isascii() and stretch.isalnum():
            known = self._known[stretch] = ((self._stem(stretch),), "", "", False)
            return known
        parts = items(stretch)
        row: list[str] = []
        for run, word in parts:
            if run:
                row += inside(run)
            else:
                row.append(word_token(word, self._stem))
        runs = [run for run, _ in parts if run]
        if runs:
            self._runs[stretch] = tuple(runs)
            self._bags[stretch] = tuple(singles(runs, self._lexicon.opens))
            self.han |= self._variants.intersection(stretch)
        first = stretch[0] if runs and stretch.startswith(runs[0]) else ""
        last = stretch[-1] if runs and stretch.endswith(runs[-1]) else ""
        known = self._known[stretch] = (tuple(row), first, last, bool(runs))
        return known


def _spellings(cased: Iterable[str]) -> Iterator[str]:
    """Each word, and with full stops where it is an abbreviation."""
    for word in cased:
        yield word
        if word.isupper():
            yield r"\.".join(word)

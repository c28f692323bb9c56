"""What the index is made of: the tokens of each piece, never published themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

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
    plain_words,
    singles,
    subject_token,
    unhyphened,
    without_quotes,
    word_token,
)
from builder.publish.search.words import SearchWords, han_letters

_BETWEEN: Final = " \0 "
"""Stands between two texts of a piece as a word without letters: no row of tokens goes beyond it."""
_KNOWN: Final = 1 << 15
"""Stretches that are remembered, from one shard to the next: 40 MB."""


@dataclass(frozen=True, slots=True)
class PieceShadow:
    """What the index is told of one piece."""

    tokens: list[str]
    """In the order of the text; after them those that only have to be there."""
    chance: frozenset[str]
    """Pairs of letters that stand in it by chance only."""
    han: frozenset[str]
    """Its Han letters that other places write otherwise."""


class Shadow:
    """Makes the tokens of pieces; `names` are the folded names of each leader that are enough alone."""

    def __init__(self, names: Mapping[str, tuple[str, ...]], words: SearchWords) -> None:
        self._names = names
        self._speller = _speller(words)

    def of(self, record: SearchRecord) -> PieceShadow:
        """Whom the title names comes first, since what stands early in a piece weighs more; then title and text; last
        what only has to be there."""
        title = fold(record.title)
        leaders = [(leader, subject_token("leader", leader)) for leader in record.leaders]
        row = [token for leader, token in leaders if any(name in title for name in self._names.get(leader, ()))]
        later = [token for _, token in leaders if token not in row]
        text = _BETWEEN.join((record.title, *(text for _, text in record.passages)))
        folded = fold(text)
        bag = self._speller.cased(text)
        plain = without_quotes(folded)
        if plain.isascii():
            row += self._speller.words(plain)
            bag.update(self._speller.unhyphened(folded))
            return PieceShadow([*row, *later, *sorted(bag)], frozenset(), frozenset())
        found = self._add(folded, row)
        each = set(found)
        bag.update(*[beside.bag for beside in each])
        chance = self._speller.by_chance(found)
        bag.update(map(chance_token, chance))
        return PieceShadow([*row, *later, *sorted(bag)], chance, frozenset().union(*[beside.han for beside in each]))

    def _add(self, folded: str, row: list[str]) -> list[_Beside]:
        """Adds the tokens of a text to the row; what else is to be known of its stretches."""
        learn = self._speller.stretch
        found: list[_Beside] = []
        last = ""
        for stretch in folded.split():
            tokens, first, end, beside = learn(stretch)
            if first and last:
                row.append(across(last, first))
            row += tokens
            last = end
            if beside:
                found.append(beside)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Beside:
    """What is to be known of a stretch beside its tokens."""

    bag: tuple[str, ...] = ()
    """Tokens that only have to be there."""
    runs: tuple[str, ...] = ()
    """Its runs, where they hold a noun of two letters, or letters that look like one."""
    end: str = ""
    """The last letter of its runs; empty where it has none."""
    leans: bool = False
    """Whether what it begins with may depend on what stands before it."""
    han: frozenset[str] = frozenset()


_Stretch: TypeAlias = tuple[tuple[str, ...], str, str, _Beside | None]
"""What stands between two spaces: its tokens; the first and the last letter, if they are of a script without spaces."""
_EDGE: Final = _Beside()


class _Speller:
    """Takes apart what stands between two spaces; most of a text are stretches that came before."""

    def __init__(self, words: SearchWords) -> None:
        self._stem = stemmer(dict(words.inflections))
        self._lexicon = Lexicon(words)
        self._cased = re.compile(rf"(?:{'|'.join(_spellings(words.cased))})\b")
        self._variants = frozenset(han_letters().values())
        self.stretch = lru_cache(maxsize=_KNOWN)(self._taken_apart)

    def words(self, folded: str) -> list[str]:
        """The tokens of a folded text of ASCII."""
        return list(map(self._stem, plain_words(folded)))

    def unhyphened(self, folded: str) -> Iterator[str]:
        """The tokens of words that a folded text writes with a hyphen and others without."""
        if "-" in folded:
            for stretch in set(folded.split()):
                if "-" in stretch:
                    yield from map(self._stem, unhyphened(stretch))

    def cased(self, text: str) -> set[str]:
        """The tokens of words that mean another thing with the capitals that they have in a text."""
        # A pattern that begins with letters is looked for five times as fast as one that begins with \\b.
        found = {match[0] for match in self._cased.finditer(text) if not _is_letter(text, match.start() - 1)}
        return {cased_token(word.replace(".", "")) for word in found}

    def by_chance(self, found: Sequence[_Beside]) -> frozenset[str]:
        """The pairs of letters that stand in these stretches of a piece by chance only."""
        texts = set()
        before = ""
        for beside in found:
            if beside.runs:
                texts.add((before, *beside.runs) if beside.leans else beside.runs)
            if beside.end or beside is _EDGE:
                before = beside.end
        return self._lexicon.by_chance(texts)

    def _taken_apart(self, stretch: str) -> _Stretch:
        if stretch.isascii():
            return self._plain(stretch)
        parts = items(stretch)
        row: list[str] = []
        for run, word in parts:
            if run:
                row += inside(run)
            else:
                row.append(word_token(word, self._stem))
        bag = [*map(self._stem, unhyphened(stretch))]
        runs = [run for run, _ in parts if run]
        if not runs:
            return tuple(row), "", "", _Beside(tuple(bag)) if bag else None
        beside = _Beside(
            bag=(*bag, *singles(runs, self._lexicon.opens)),
            runs=tuple(runs) if any(map(self._lexicon.asks, runs)) else (),
            end=runs[-1][-1],
            leans=self._lexicon.leans(runs[0]),
            han=self._variants.intersection(stretch),
        )
        first = stretch[0] if stretch.startswith(runs[0]) else ""
        last = stretch[-1] if stretch.endswith(runs[-1]) else ""
        return tuple(row), first, last, beside

    def _plain(self, stretch: str) -> _Stretch:
        if stretch.isalnum():
            return (self._stem(stretch),), "", "", None
        if stretch == _BETWEEN.strip():
            return (), "", "", _EDGE
        bag = tuple(self.unhyphened(stretch))
        return tuple(self.words(stretch)), "", "", _Beside(bag) if bag else None


@lru_cache(maxsize=1)
def _speller(words: SearchWords) -> _Speller:
    return _Speller(words)


def _is_letter(text: str, at: int) -> bool:
    return at >= 0 and (text[at].isalnum() or text[at] == "_")


def _spellings(cased: Iterable[str]) -> Iterator[str]:
    """Each word, and with full stops where it is an abbreviation."""
    for word in cased:
        yield word
        if word.isupper():
            yield r"\.".join(word)

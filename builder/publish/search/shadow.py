"""What the index is made of: the tokens of each piece, never published themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import add
from typing import Final, NamedTuple

from builder.model import SearchRecord
from builder.model.values import value
from builder.publish.search.chance import Lexicon, Reading, by_chance
from builder.publish.search.remembered import Remembered
from builder.publish.search.stem import stemmer
from builder.publish.search.terms import (
    ACROSS,
    cased_token,
    chance_token,
    fold,
    inside,
    items,
    letter_code,
    pair_token,
    plain_words,
    single_token,
    singles,
    subject_token,
    unhyphened,
    without_quotes,
    word_token,
)
from builder.publish.search.words import SearchWords, han_letters

_BETWEEN: Final = " \0 "
"""Stands between two texts of a piece as a word without letters: no row of tokens goes beyond it."""
_ONE_WORD: Final = re.compile(r"([\uac00-\ud7a3]+)[.,]?\Z")
_KNOWN: Final = 1 << 15
"""Stretches that are remembered, from one shard to the next, and as many again: 40 MB."""


@value(frozen=True, slots=True)
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
        stretches = folded.split()
        each, known = self._speller.learn(stretches)
        bag.update(*[one.bag for one in each])
        readings = [one.reading for one in each if one.reading]
        chance = by_chance(readings, ((one.reading, one.end) for one in map(known, stretches)))
        bag.update(map(chance_token, chance))
        last = ""
        for tokens, first, end, _, _, _, _ in map(known, stretches):
            if first and last:
                row.append(last + first)
            row += tokens
            last = end
        han = frozenset().union(*[one.han for one in each])
        return PieceShadow([*row, *later, *sorted(bag)], chance, han)


class _Stretch(NamedTuple):
    """What is known of what stands between two spaces."""

    tokens: tuple[str, ...] = ()
    first: str = ""
    """The latter half of the token across the space before it, where it begins with a script without spaces."""
    last: str = ""
    """The former half of the token across the space behind it, where it ends with one."""
    bag: tuple[str, ...] = ()
    """Tokens that only have to be there."""
    reading: Reading | None = None
    end: str = ""
    """The last letter of its runs; empty where it has none, a space where no word goes on behind it."""
    han: frozenset[str] = frozenset()
    """Its Han letters that other places write otherwise."""


class _Speller:
    """Takes apart what stands between two spaces."""

    def __init__(self, words: SearchWords) -> None:
        self._stem = stemmer(dict(words.inflections))
        self._lexicon = Lexicon(words)
        self._cased = re.compile(rf"(?:{'|'.join(_spellings(words.cased))})\b")
        self._variants = frozenset(han_letters().values())
        # Equal tokens that are one object are gathered in less time.
        self._paired = Remembered(pair_token, _KNOWN).__getitem__
        self._edges = Remembered(_edge, _KNOWN).__getitem__
        self._known: dict[str, _Stretch] = {}
        self._former: dict[str, _Stretch] = {}

    def learn(self, stretches: Iterable[str]) -> tuple[list[_Stretch], Callable[[str], _Stretch]]:
        """What is known of stretches, each once; and of each of them when it is asked for.

        Those are remembered that came since there were `_KNOWN`, and as many before them; they are looked for all at
        once, since to miss one of a page takes a third as long as to take it apart.
        """
        if len(self._known) > _KNOWN:
            self._known, self._former = {}, self._known
        known, former, once = self._known, self._former, set(stretches)
        for stretch in once.difference(known):
            known[stretch] = former.get(stretch) or self._taken_apart(stretch)
        return [*map(known.__getitem__, once)], known.__getitem__

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

    def _taken_apart(self, stretch: str) -> _Stretch:
        if stretch.isascii():
            return self._plain(stretch)
        if only := _ONE_WORD.match(stretch):
            return self._korean(only[1], is_last=only[1] == stretch)
        parts = items(stretch)
        row: list[str] = []
        for run, word in parts:
            if run:
                row += inside(run)
            else:
                row.append(word_token(word, self._stem))
        runs = [run for run, _ in parts if run]
        bag = (*map(self._stem, unhyphened(stretch)), *singles(runs, self._lexicon.opens))
        if not runs:
            return _Stretch(tuple(row), bag=bag)
        end, reading = runs[-1][-1], self._lexicon.read(runs)
        first = letter_code(stretch[0]) + ACROSS if stretch[0] == runs[0][0] else ""
        last = letter_code(end) if stretch[-1] == end else ""
        return _Stretch(tuple(row), first, last, bag, reading, end, self._variants.intersection(stretch))

    def _korean(self, word: str, *, is_last: bool) -> _Stretch:
        # What a word with a full stop or a comma, or with neither, gives in the other way takes three times as long.
        pairs = [*map(add, word, word[1:])]
        tokens = tuple(map(self._paired, pairs))
        first, single = self._edges(word[0])
        bag = () if self._lexicon.opens(word) else single
        last = letter_code(word[-1]) if is_last else ""
        reading = self._lexicon.read((word,)) if self._lexicon.asks(pairs) else None
        return _Stretch(tokens, first, last, bag, reading, word[-1])

    def _plain(self, stretch: str) -> _Stretch:
        if stretch.isalnum():
            return _Stretch((self._stem(stretch),))
        if stretch == _BETWEEN.strip():
            return _Stretch(end=" ")
        return _Stretch(tuple(self.words(stretch)), bag=tuple(self.unhyphened(stretch)))


@lru_cache(maxsize=1)
def _speller(words: SearchWords) -> _Speller:
    return _Speller(words)


def _edge(letter: str) -> tuple[str, tuple[str]]:
    """Of the first letter of a word the latter half of the token across the space before it, and its own token."""
    return letter_code(letter) + ACROSS, (single_token(letter),)


def _is_letter(text: str, at: int) -> bool:
    return at >= 0 and (text[at].isalnum() or text[at] == "_")


def _spellings(cased: Iterable[str]) -> Iterator[str]:
    """Each word, and with full stops where it is an abbreviation."""
    for word in cased:
        yield word
        if word.isupper():
            yield r"\.".join(word)

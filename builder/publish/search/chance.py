"""Where the two letters of a noun meet by chance, between the parts of other words.

A question of two letters finds them inside every longer word, which is right for compounds and wrong where a word's end
meets an ending or the next word's beginning. Longer questions are told apart by their length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import add
from typing import Final, NamedTuple

from builder.publish.search.terms import fold
from builder.publish.search.words import SearchWords

_LONGEST: Final = 24
"""Letters of a Korean word that is taken apart; what is longer is no word."""
_REMEMBERED: Final = 1 << 13
"""Words of which is known what they are made of."""


class Reading(NamedTuple):
    """The pairs of letters of a stretch of text that are a noun or look like one."""

    proper: tuple[str, ...]
    chance: tuple[str, ...]
    """Those that stand there by chance."""
    clause: str
    """The one with which it begins, where that depends on the word before."""


def by_chance(readings: Iterable[Reading], in_order: Iterable[tuple[Reading | None, str]]) -> frozenset[str]:
    """The pairs that stand in a text, and nowhere in it as the noun that they look like.

    `readings` are of its stretches, each once at least; `in_order` are of all of them as they follow each other, beside
    the last letter of each, which is empty where it has no run and a space where no word goes on behind it.
    """
    proper: set[str] = set()
    chance: set[str] = set()
    leans = False
    for reading in readings:
        proper.update(reading.proper)
        chance.update(reading.chance)
        leans = leans or bool(reading.clause)
    before = ""
    for found, end in in_order if leans else ():
        if found and found.clause:
            (chance if _ends_in_l(before) else proper).add(found.clause)
        before = end or before
    return frozenset(chance - proper)


class Lexicon:
    """Nouns and endings, made ready for taking words apart."""

    def __init__(self, words: SearchWords) -> None:
        parted = [fold(noun).split("/") for noun in words.nouns]
        self._words = {"".join(parts): parts for parts in parted}
        self._endings = frozenset(words.endings)
        self._prefixes = frozenset(words.prefixes)
        # A pair is worth asking about when it is a noun itself, or stands across a seam that the list names.
        seams = (
            "".join(parts)[at - 1 : at + 1] for parts in parted for at in _seams(parts) if not _is_hangul(parts[0])
        )
        self._pairs = frozenset({part for parts in parted for part in parts if len(part) == 2} | set(seams))
        self._sizes = _sizes(self._words)
        self._long_sizes = _sizes(word for word in self._words if len(word) > 2)
        self._openings = frozenset(word for word, parts in self._words.items() if len(parts) == 1 and len(word) > 1)
        self._opening_sizes = _sizes(self._openings)
        self._heads = frozenset(map(fold, words.heads))
        self._after_l = frozenset(words.after_l)
        self._is_tail = lru_cache(maxsize=_REMEMBERED)(self._ends)
        self._cover = lru_cache(maxsize=_REMEMBERED)(self._covered)
        self._nouns = lru_cache(maxsize=_REMEMBERED)(self._found)

    def read(self, runs: Sequence[str]) -> Reading | None:
        """What is known of the pairs in the folded runs of a stretch of text; None where none is a noun's."""
        if not any(self.asks(map(add, run, run[1:])) for run in runs):
            return None
        proper: list[str] = []
        chance: list[str] = []
        before = clause = ""
        for run in runs:
            for pair, at, is_chance in self._nouns(run):
                # What is left of a clause: behind a verb's form in -l such a noun is a helping word and an ending.
                may_lean = at == 0 and not is_chance and pair in self._after_l
                if may_lean and not before:
                    clause = pair
                else:
                    by_chance = is_chance or (may_lean and _ends_in_l(before))
                    (chance if by_chance else proper).append(pair)
            before = run
        return Reading(tuple(proper), tuple(chance), clause)

    def asks(self, pairs: Iterable[str]) -> bool:
        """Whether any of these pairs of neighbouring letters is a noun or looks like one."""
        return not self._pairs.isdisjoint(pairs)

    def opens(self, run: str) -> bool:
        """Whether a word begins with a noun of several letters, so that its first letter is no noun."""
        sizes = self._opening_sizes.get(run[0])
        return sizes is not None and not self._openings.isdisjoint([run[:size] for size in sizes])

    def _found(self, run: str) -> tuple[tuple[str, int, bool], ...]:
        """The pairs of a run that are worth asking about, where each stands, and whether by chance."""
        pairs = enumerate(map(add, run, run[1:]))
        return tuple([(pair, at, self._is_chance(run, at)) for at, pair in pairs if pair in self._pairs])

    def _is_chance(self, run: str, at: int) -> bool:
        korean = _is_hangul(run[at]) and len(run) <= _LONGEST
        if korean and (seams := self._cover(run)) is not None:
            ends = next((end for end in seams if end > at + 1), 0)
            start = max((end for end in seams if end <= at), default=0)
            return at + 1 in seams or not ends or self._is_parted(run[start:ends], at - start)
        if at and run[at - 1 : at + 1] in self._heads:
            return True
        # Looking around the pair only, a line of a million letters costs no more than its length.
        around = run[max(0, at - _LONGEST) : at + _LONGEST]
        found = self._long_noun(around, min(at, _LONGEST))
        if found is not None:
            return self._is_parted(*found)
        # A word that the list does not know: one letter and a noun that ends like an ending are rather a noun of two
        # letters and an ending, unless the letter is a prefix.
        ending = korean and run[at + 1] in self._endings and self._is_tail(run[at + 2 :])
        return ending and at == 1 and run[0] not in self._prefixes

    def _long_noun(self, text: str, at: int) -> tuple[str, int] | None:
        """The noun of more than two letters that holds the pair at that place, and where in it that is.

        Read from the left, the longest noun of each place first, none inside another. One pattern of all nouns took
        70 µs a pair, which is a minute for the longest piece.
        """
        start, sizes_of, words, length = 0, self._long_sizes.get, self._words, len(text)
        while start <= at:
            step = 1
            for size in sizes_of(text[start], ()):
                if start + size <= length and text[start : start + size] in words:
                    if at + 2 <= start + size:
                        return text[start : start + size], at - start
                    step = size
                    break
            start += step
        return None

    def _is_parted(self, noun: str, at: int) -> bool:
        """Whether two letters of a noun are of different parts of it, or it is longer than they and has no parts."""
        parts = self._words[noun]
        return (len(noun) > 2 and len(parts) == 1) or at + 1 in _seams(parts[:-1])

    def _covered(self, run: str) -> tuple[int, ...] | None:
        """Where the nouns of a Korean word end, the last end before its endings; None when it is not all known."""
        best: dict[int, tuple[int, ...]] = {0: ()}
        for start, letter in enumerate(run):
            # Of two ways with as many nouns the one whose last is longer is found first.
            ends = (start + size for size in self._sizes.get(letter, ()) if start in best)
            for end in ends:
                is_noun = end <= len(run) and run[start:end] in self._words
                if is_noun and (end not in best or len(best[end]) > len(best[start]) + 1):
                    best[end] = (*best[start], end)
        whole = [seams for end, seams in best.items() if seams and self._is_tail(run[end:])]
        return min(whole, key=lambda seams: (len(seams), len(run) - seams[-1]), default=None)

    def _ends(self, tail: str) -> bool:
        """Whether a row of at most three endings is all there is."""
        ends = {0}
        for _ in range(3):
            ends |= {at + size for at in ends for size in range(1, 5) if tail[at : at + size] in self._endings}
        return len(tail) in ends


def _seams(parts: Iterable[str]) -> Iterator[int]:
    at = 0
    for part in parts:
        at += len(part)
        yield at


def _sizes(words: Iterable[str]) -> dict[str, list[int]]:
    """How long the words are that begin with a letter, longest first."""
    sizes: dict[str, list[int]] = {}
    for size, opening in sorted({(-len(word), word[0]) for word in words}):
        sizes.setdefault(opening, []).append(-size)
    return sizes


def _ends_in_l(word: str) -> bool:
    # Of the 28 ends that a syllable may have, in Unicode's order, l is the ninth.
    return _is_hangul(word[-1:] or " ") and (ord(word[-1]) - 0xAC00) % 28 == 8


def _is_hangul(text: str) -> bool:
    return "\uac00" <= text[0] <= "\ud7a3"

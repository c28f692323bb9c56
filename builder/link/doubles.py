"""Near-doubles: pieces whose sketches agree for the most part, in groups, the earliest first."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Final

from builder.model import Facts

_PROPOSE: Final = 12
"""How many of a sketch's smallest digests propose a pair: bodies alike by half miss each other once in 4,000 times."""
_COMPARED: Final = 4
"""How many earlier pieces with the same digest one is compared with: a wire story in 300 papers stays linear."""
_ALIKE: Final = 0.5
_FEWEST: Final = 4
"""Bodies of fewer clauses than this say too little to be called doubles."""


def doubles(facts: Sequence[Facts]) -> dict[str, tuple[str, ...]]:
    """For each article that has near-doubles, these, earliest first and undated last.

    Of the facts it reads `entry.id`, `entry.day` and `shingles`.
    """
    sketches = [_Sketch(each.shingles) for each in facts]
    parents = list(range(len(facts)))
    seen: dict[int, list[int]] = {}
    compared: set[tuple[int, int]] = set()
    counts = Counter(chain.from_iterable([sketch.first for sketch in sketches]))
    # Most digests stand in one piece alone and propose nothing.
    shared = {digest for digest, count in counts.items() if count > 1}
    for at in sorted(range(len(facts)), key=lambda at: facts[at].entry.id):
        if sketches[at].clauses < _FEWEST:
            continue
        for digest in shared.intersection(sketches[at].first):
            others = seen.setdefault(digest, [])
            for other in others[-_COMPARED:]:
                if (at, other) not in compared:
                    compared.add((at, other))
                    if _alike(sketches[at], sketches[other]):
                        parents[_root(parents, at)] = _root(parents, other)
            others.append(at)
    groups: dict[int, list[int]] = {}
    for at in range(len(facts)):
        groups.setdefault(_root(parents, at), []).append(at)
    found = {}
    for group in groups.values():
        if len(group) > 1:
            ids = [facts[at].entry.id for at in sorted(group, key=lambda at: _earliest(facts[at]))]
            found.update({identity: tuple(other for other in ids if other != identity) for identity in ids})
    return {each.entry.id: found[each.entry.id] for each in facts if each.entry.id in found}


def proposing(shingles: Sequence[int]) -> Sequence[int]:
    """The digests of a sketch by which pairs are proposed."""
    empty = bisect_left(shingles, 1)  # zeros fill a sketch up in front
    return shingles[empty : empty + _PROPOSE]


def is_compared(facts: Facts) -> bool:
    """Whether a piece says enough to be called the double of another."""
    return _Sketch(facts.shingles).clauses >= _FEWEST


def are_alike(one: Facts, other: Facts) -> bool:
    """Whether two pieces are doubles if they are compared."""
    return is_compared(one) and is_compared(other) and _alike(_Sketch(one.shingles), _Sketch(other.shingles))


class _Sketch:
    """The digests of a body's clauses, those that propose pairs apart; the others are gathered when they are asked."""

    __slots__ = ("_digests", "clauses", "first", "size")

    def __init__(self, shingles: Sequence[int]) -> None:
        self.size = len(shingles)
        self.clauses = len(shingles) - bisect_left(shingles, 1)
        self.first = proposing(shingles)
        self._digests: Sequence[int] | frozenset[int] = shingles

    @property
    def digests(self) -> frozenset[int]:
        """All of them."""
        if not isinstance(self._digests, frozenset):
            self._digests = frozenset(self._digests).difference((0,))
        return self._digests


def _alike(one: _Sketch, other: _Sketch) -> bool:
    """Whether the part of clauses that two bodies share, as their sketches let it be estimated, is large.

    A body of fewer clauses than a sketch can hold has them all in it: nothing of the two together is unknown.
    """
    shared = one.digests & other.digests
    least = _ALIKE * min(one.size, len(one.digests) + len(other.digests) - len(shared))
    if len(shared) < least:
        return False
    smallest = sorted(one.digests | other.digests)[: one.size]
    return len(shared.intersection(smallest)) >= least


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _earliest(facts: Facts) -> tuple[str, str]:
    return (facts.entry.day or "9999", facts.entry.id)

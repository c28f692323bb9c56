"""Near-doubles: pieces whose sketches agree for the most part, in groups, the earliest first."""

from __future__ import annotations

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
    """For each article that has near-doubles, these, earliest first and undated last."""
    sketches = [tuple(digest for digest in each.shingles if digest) for each in facts]
    parents = list(range(len(facts)))
    seen: dict[int, list[int]] = {}
    compared: set[tuple[int, int]] = set()
    counts = Counter(chain.from_iterable(sketch[:_PROPOSE] for sketch in sketches))
    # Most digests stand in one piece alone and propose nothing.
    shared = {digest for digest, count in counts.items() if count > 1}
    for at in sorted(range(len(facts)), key=lambda at: facts[at].entry.id):
        if len(sketches[at]) < _FEWEST:
            continue
        for digest in shared.intersection(sketches[at][:_PROPOSE]):
            others = seen.setdefault(digest, [])
            for other in others[-_COMPARED:]:
                if (at, other) not in compared:
                    compared.add((at, other))
                    if _alike(sketches[at], sketches[other], len(facts[at].shingles)):
                        parents[_root(parents, at)] = _root(parents, other)
            others.append(at)
    groups: dict[int, list[int]] = {}
    for at in range(len(facts)):
        groups.setdefault(_root(parents, at), []).append(at)
    found = {}
    for group in groups.values():
        ids = [facts[at].entry.id for at in sorted(group, key=lambda at: _earliest(facts[at]))]
        if len(ids) > 1:
            found.update({identity: tuple(other for other in ids if other != identity) for identity in ids})
    return {each.entry.id: found[each.entry.id] for each in facts if each.entry.id in found}


def _alike(one: tuple[int, ...], other: tuple[int, ...], size: int) -> bool:
    """Whether the part of clauses that two bodies share, as their sketches let it be estimated, is large.

    A body of fewer clauses than a sketch can hold has them all in it: nothing of the two together is unknown.
    """
    smallest = sorted({*one, *other})[:size]
    shared = set(one) & set(other)
    return sum(digest in shared for digest in smallest) >= _ALIKE * len(smallest)


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _earliest(facts: Facts) -> tuple[str, str]:
    return (facts.entry.day or "9999", facts.entry.id)

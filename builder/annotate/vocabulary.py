"""All spellings of all that is known; those of a word are made when a text first holds a sign of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final

from builder.annotate.finder import Finder, Standing
from builder.annotate.heads import Head, signs
from builder.annotate.keys import Key, merged
from builder.annotate.kinds import kinds
from builder.annotate.lazy import Lazy
from builder.annotate.sources import KINDS, SCRIPTS, Sources

Town = tuple[str, str]
"""A folded spelling of a place, and the place's id; empty where a longer name only begins like one."""
_ALPHABET_ENDS: Final = "\u0400"
_DENSE: Final = "\u2e80"


class Vocabulary:
    """Every spelling of people, topics and places, and what it says.

    Fifty thousand spellings cost 0.2 s to make. A piece holds signs of a hundred words, an archive of a few thousand;
    and the words of a script are put under their signs when a text first has a letter of it.
    """

    __slots__ = (
        *("_awake", "_finder", "_heads", "_parts", "_sources", "_towns", "_towns_of", "_unsorted", "_waiting"),
        *("keys", "places"),
    )

    def __init__(self, sources: Sources, towns: Callable[[str], Mapping[Head, Sequence[Town]]]) -> None:
        """`towns` tells the places of a script by the head under which each is looked for, under "" if it has none."""
        self._sources = sources
        self._unsorted = [*SCRIPTS]
        self._towns_of = towns
        self._towns: dict[Head, Sequence[Town]] = {}
        self._finder = Finder()
        self._heads: set[Head] = set()
        self._waiting: dict[Head, Sequence[int]] = {}
        self._awake: set[int] = set()
        self._parts: dict[str, list[tuple[int, Key]]] = {}
        self.keys: Lazy[str, Key | None] = Lazy(self._key)
        """What each spelling that was found says; None for those of places alone."""
        self.places: dict[str, str] = {}
        """The ids of places by those of their spellings that were met so far."""
        self._sort("")

    def find(self, folded: str) -> list[Standing]:
        """Every spelling that may stand in a folded text, in the order of their ends, the longest first."""
        if self._unsorted and not folded.isascii():
            found = kinds(folded)
            for script in [each for each in self._unsorted if any(kind in found for kind in KINDS[each])]:
                if re.search(SCRIPTS[script], folded):
                    self._unsorted.remove(script)
                    self._sort(script)
        held = signs(folded)
        known = self._known(held)
        numbers = [number for head in known for number in self._waiting.pop(head, ())]
        towns = [town for head in known for town in self._towns.pop(head, ())]
        if numbers or towns:
            for number in numbers:
                self._make(number)
            self._look_for(towns)
            known = self._known(held)
        return self._finder.find(folded, known)

    def _known(self, held: Iterable[Iterable[Head]]) -> list[Head]:
        return [head for each in held for head in self._heads.intersection(each)]

    def _key(self, spelling: str) -> Key | None:
        parts = self._parts.get(spelling)
        return merged([key for _, key in sorted(parts, key=itemgetter(0))]) if parts else None

    def _make(self, number: int) -> None:
        """Make the spellings of a word."""
        if number in self._awake:
            return
        self._awake.add(number)
        for spelling, key in self._sources.spellings(number):
            self._parts.setdefault(spelling, []).append((number, key))
            # Others may have brought it before; where it stands, all who bring it are awake.
            self.keys.pop(spelling, None)
            self._heads.update(self._finder.add(spelling, plural=key.topic))

    def _sort(self, script: str) -> None:
        """Put the words of a script under their heads, and look for its places."""
        waiting = self._waiting
        found = self._sources.waiting(script)
        for number in found.pop("", ()):
            self._make(number)
        for head in waiting.keys() & found.keys():
            found[head] = [*waiting[head], *found[head]]
        self._heads.update(found)
        self._waiting = {**waiting, **found} if waiting else found
        towns = self._towns_of(script)
        for head, listed in towns.items():
            self._towns[head] = [*self._towns.get(head, ()), *listed]
        self._look_for(self._towns.pop("", ()))
        self._heads.update(self._towns)

    def _look_for(self, towns: Iterable[Town]) -> None:
        for spelling, place in towns:
            self.places[spelling] = place
            self._finder.add(spelling, goes_on=goes_on(spelling))


def goes_on(spelling: str) -> bool:
    """Whether letters may follow a place's spelling: Russian ones stand in the file without their cases."""
    return _ALPHABET_ENDS <= spelling[0] < _DENSE

"""Spellings under what must stand in a text for them, and the places where they stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import ahocorasick

from builder.annotate.heads import Head, anchor, beginning

Standing = tuple[int, int, str]
"""End, start and spelling."""
_LONG: Final = 20_000
_MANY: Final = 64
"""So many letters and spellings; above both, one automaton for all costs less than looking for each."""


class Finder:
    """Spellings to be looked for; more can be added at any time."""

    __slots__ = ("_anchors", "_known")

    def __init__(self) -> None:
        self._anchors: dict[Head | None, dict[str, list[tuple[int, str]]]] = {}
        self._known: set[tuple[str, bool]] = set()

    def add(self, spelling: str, *, plural: bool = False, goes_on: bool = False) -> list[Head]:
        """Look for a spelling, which stands between no other letters, from now on; its new heads.

        With `plural` an s may follow, and any letters where it `goes_on`.
        """
        if (spelling, plural) in self._known:
            return []
        self._known.add((spelling, plural))
        found = anchor(spelling)
        heads = _heads(found.head, plural=plural, goes_on=goes_on)
        for each in heads:
            self._anchors.setdefault(each, {}).setdefault(found.text, []).append((found.offset, spelling))
        return [each for each in heads if each is not None]

    def find(self, text: str, heads: Iterable[Head]) -> list[Standing]:
        """Every spelling under some heads in a text, those inside others too; by their ends, the longest first."""
        listed = [anchors for head in (None, *heads) if (anchors := self._anchors.get(head))]
        if len(text) > _LONG and sum(map(len, listed)) > _MANY:
            return _by_automaton(text, listed)
        found: set[Standing] = set()
        for anchors in listed:
            for sign, spellings in anchors.items():
                at = text.find(sign)
                while at >= 0:
                    for offset, spelling in spellings:
                        if at >= offset and text.startswith(spelling, at - offset):
                            found.add((at - offset + len(spelling), at - offset, spelling))
                    at = text.find(sign, at + 1)
        return sorted(found)


def heads_of(spelling: str, *, goes_on: bool = False) -> list[Head | None]:
    """Under what a spelling will be looked for; None where it always is."""
    return _heads(anchor(spelling).head, plural=False, goes_on=goes_on)


def _heads(head: Head | None, *, plural: bool, goes_on: bool) -> list[Head | None]:
    if not isinstance(head, str):
        return [head]
    if goes_on and not head.isascii():
        return [beginning(head)]
    return [head, f"{head}s"] if plural else [head]


def _by_automaton(text: str, listed: Iterable[dict[str, list[tuple[int, str]]]]) -> list[Standing]:
    """In one pass over the bytes of UTF-8.

    Its nodes keep their children in a list that is searched from the front: over letters the root has two thousand of
    them, and a pass over 5 KB took 500 µs; over bytes it takes 110.
    """
    automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
    for anchors in listed:
        for spellings in anchors.values():
            for _, spelling in spellings:
                automaton.add_word(_bytes(spelling), spelling)
    automaton.make_automaton()
    return sorted(_standing(text, automaton))


def _standing(text: str, automaton: ahocorasick.Automaton) -> Iterator[Standing]:
    data = text.encode()
    at = letters = 0
    for last, spelling in automaton.iter(_bytes(text)):
        letters += len(data[at : last + 1].decode())
        at = last + 1
        yield letters, letters - len(spelling), spelling


def _bytes(text: str) -> str:
    """Text with a letter for each byte of its UTF-8 form, since the automaton takes text only."""
    return text if text.isascii() else text.encode().decode("latin-1")

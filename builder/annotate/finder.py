"""One pass over a text for all spellings at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, Protocol, TypeVar

import ahocorasick


class Sized(Protocol):
    """What is found must know how many letters its spelling has."""

    @property
    def length(self) -> int:
        """In letters, not bytes."""


V = TypeVar("V", bound=Sized)


class Finder(Generic[V]):
    """An Aho-Corasick automaton over the bytes of UTF-8.

    Its nodes keep their children in a list that is searched from the front: over letters the root has two thousand of
    them, and a pass over 5 KB took 500 µs; over bytes it takes 110.
    """

    __slots__ = ("_automaton",)

    def __init__(self, spellings: Mapping[str, V]) -> None:
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
        for spelling, value in spellings.items():
            self._automaton.add_word(_bytes(spelling), value)
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[int, V]]:
        """Every spelling in a text, those inside others too: the place behind it in letters, and its value."""
        if text.isascii():
            for last, value in self._automaton.iter(text):
                yield last + 1, value
            return
        data = text.encode()
        at = letters = 0
        for last, value in self._automaton.iter(_bytes(text)):
            letters += len(data[at : last + 1].decode())
            at = last + 1
            yield letters, value


def _bytes(text: str) -> str:
    """Text with a letter for each byte of its UTF-8 form, since the automaton takes text only."""
    return text if text.isascii() else text.encode().decode("latin-1")

"""What was made of texts that come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Remembered(dict[str, T]):
    """What was made of texts; most of a text are such as came before.

    Those that were asked for since there were `most` are known, and as many before them. A cache that knows which was
    asked for last takes three times as long to ask.
    """

    def __init__(self, make: Callable[[str], T], most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most
        self._former: dict[str, T] = {}

    def __missing__(self, text: str) -> T:
        if len(self) >= self._most:
            self._former = dict(self)
            self.clear()
        made = self[text] = self._former.get(text) or self._make(text)
        return made

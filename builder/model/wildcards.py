"""Patterns of the archivist's: plain phrases in which `*` stands for any words.

`{number}` stands for a run of digits, `{date}` and `{title}` for the words that are looked for. Capital and small
letters are one, and so is any white space. Regular expressions were decided against: nobody can be told by looking at
one whether it takes a second or a year over a hostile page. Here each phrase between two stars is looked for once, from
where the one before it ended, so that the time grows with the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from builder.model.values import value

LEAST: Final = 3
"""Letters or digits of a pattern that are no star; what has fewer would fit nearly everything."""
FIELDS: Final = ("date", "title")
_TOKEN: Final = re.compile(r"\\([*{}\\])|\*|\{([^{}]*)\}|([^*{}\\]+|[\\{}])")


@value(frozen=True, slots=True)
class Wildcards:
    """A pattern made ready."""

    phrases: tuple[re.Pattern[str], ...]
    """What stands between the stars, in order."""
    open_start: bool
    open_end: bool
    """Whether a star stands before the first phrase, and behind the last."""
    field: Literal["", "date", "title"] = ""
    gap: int = 0
    """Before which phrase the field's words stand; as many as there are phrases: behind the last."""

    def fits(self, text: str) -> tuple[int, int] | None:
        """Where the field's words stand in a text that the pattern fits as a whole; None when it does not fit."""
        last = len(text.rstrip())
        for spans in self._found(text, len(text) - len(text.lstrip()), to_end=not self.open_end):
            anchored = self.open_start or not text[: spans[0][0]].strip()
            closed = self.open_end or spans[-1][1] == last
            return self._field(spans, text) if anchored and closed else None
        return None

    def stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Every stretch of a text that the pattern fits, from left to right."""
        position = 0
        for spans in self._found(text, 0, to_end=False):
            start = position if self.open_start else spans[0][0]
            end = len(text) if self.open_end else spans[-1][1]
            yield start, end
            position = end

    def _found(self, text: str, start: int, *, to_end: bool) -> Iterator[list[tuple[int, int]]]:
        """Places of all phrases, one after the other; with `to_end` the last one as far right as it goes."""
        while True:
            spans: list[tuple[int, int]] = []
            position = start
            for at, phrase in enumerate(self.phrases):
                found = phrase.search(text, position)
                if found is None:
                    return
                if to_end and at == len(self.phrases) - 1 and (at or self.open_start):
                    found = _last(phrase, text, found)
                spans.append(found.span())
                position = found.end()
            yield spans
            start = position

    def _field(self, spans: list[tuple[int, int]], text: str) -> tuple[int, int]:
        first = spans[self.gap - 1][1] if self.gap else 0
        last = spans[self.gap][0] if self.gap < len(spans) else len(text)
        return first, last


@lru_cache(maxsize=512)
def wildcards(pattern: str) -> Wildcards | str:
    """The pattern of a text, or what is wrong with it."""
    parts: list[str] = [""]
    field, gap, wrong = "", 0, ""
    for token in _TOKEN.finditer(pattern.strip()):
        named = token[2]
        if token[0] == "*" or named in FIELDS:
            if named:
                wrong = wrong or ("holds two fields" if field else "")
                field, gap = named, len(parts)
            parts.append("")
        elif named == "number":
            parts[-1] += "\0"
        elif named is not None:
            wrong = wrong or f"holds {{{named}}}, and only {{number}}, {{date}} and {{title}} are known"
        else:
            parts[-1] += token[1] or token[3]
    least = 1 if field else LEAST
    if sum(sign.isalnum() for part in parts for sign in part) < least:
        wrong = wrong or f"would fit nearly everything: it needs at least {least} letters"
    if wrong:
        return wrong
    bare = [part for part in parts if part.strip()]
    return Wildcards(
        phrases=tuple(_phrase(part) for part in bare),
        open_start=not parts[0].strip(),
        open_end=not parts[-1].strip(),
        field="date" if field == "date" else "title" if field else "",
        gap=sum(1 for part in parts[:gap] if part.strip()),
    )


def _last(phrase: re.Pattern[str], text: str, found: re.Match[str]) -> re.Match[str]:
    *_, last = phrase.finditer(text, found.start())
    return last


def _phrase(part: str) -> re.Pattern[str]:
    """Words as written, white space of any length between them; possessive, so that nothing is tried twice."""
    words = [re.escape(word).replace("\0", r"(?<!\d)\d++") for word in part.split()]
    return re.compile(r"\s++".join(words), re.IGNORECASE)

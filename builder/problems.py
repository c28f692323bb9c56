"""Problems as data: a place in a file the user wrote, what is wrong there, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from builder.dataclass import value

Severity = Literal["error", "warning"]

_LONGEST_MESSAGE: Final = 400
"""Letters. A message quotes what the archivist wrote, and a broken file can have a megabyte where a word should be."""
_UNSHOWN: Final = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]"
"""What would break the line, steer a terminal, or turn the order of the letters around it."""


@value(frozen=True, slots=True)
class Place:
    """A point in a file, in the user's own lines: the path from the site's root, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __lt__(self, other: Place) -> bool:
        return (self.path, self.line, self.column) < (other.path, other.line, other.column)

    def __str__(self) -> str:
        return f"{visible(self.path)}:{self.line}:{self.column}"


@value(frozen=True, slots=True)
class Problem:
    """One thing to say to the archivist.

    An error stands in a file the archivist owns and makes the build exit 1; a capture is guilty of warnings at most.
    """

    place: Place
    severity: Severity
    message: str
    hint: str = ""
    """What to do, or the nearest right word; shown in brackets."""

    def __str__(self) -> str:
        cut = len(self.message) > _LONGEST_MESSAGE
        message = f"{self.message[:_LONGEST_MESSAGE]}…" if cut else self.message
        hint = f" ({self.hint})" if self.hint else ""
        return visible(f"{self.place}: {self.severity}: {message}{hint}")


def visible(text: str) -> str:
    """A text of anybody's for one line of a terminal: control characters and turns of direction are spelt out."""
    return re.sub(_UNSHOWN, lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def error(place: Place, message: str, hint: str = "") -> Problem:
    """A problem that stops publishing."""
    return Problem(place, "error", message, hint)


def warning(place: Place, message: str, hint: str = "") -> Problem:
    """A problem that costs nobody else their article."""
    return Problem(place, "warning", message, hint)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the known word nearest to `word`, or an empty string when none is near."""
    import difflib  # noqa: PLC0415 - for who has made a mistake

    nearest = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'did you mean "{nearest[0]}"?' if nearest else ""


def counted(number: int, thing: str) -> str:
    """A number and its noun: "1 article", "2 articles"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems sorted by place, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.place, p.severity, p.message, p.hint)))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them stops publishing."""
    return any(problem.severity == "error" for problem in problems)

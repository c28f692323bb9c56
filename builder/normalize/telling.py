"""Rules and reasons in words: what `explain` prints where its answers for tools hold names."""

from __future__ import annotations

import re
from typing import Final

from builder.model.explaining import ExplainingWords
from builder.normalize.traits import SIZES

_COUNTED: Final = re.compile(r"(?P<shape>[a-z ]+), (?P<letters>\d+) letters")


def rule_told(name: str, words: ExplainingWords) -> str:
    """A rule in words: what it found in the line; one without words by its name."""
    kind, _, own = name.partition(":")
    if own and kind in ("site", "title", "body"):
        return words.rules["site"].format(own)
    return words.rules.get(name, name)


def reason_told(name: str, words: ExplainingWords) -> str:
    """What speaks for or against a line, in words; what has none by its name."""
    if name in words.measures:
        return words.measures[name]
    if counted := _COUNTED.fullmatch(name):
        return words.shapes[counted["shape"]].format(words.letters.format(counted["letters"]))
    if name.startswith("phrase of "):
        return words.traits["phrase"].format(_rule(name.removeprefix("phrase of "), words))
    kind, _, rest = name.partition(":")
    return words.traits[kind].format(_PARTS[kind](rest, words)) if kind in _PARTS else name


def _size(rest: str, words: ExplainingWords) -> str:
    return f"{_length(int(rest[:-1]), words)}, {words.closes[rest[-1]]}"


def _kind_and_size(rest: str, words: ExplainingWords) -> str:
    kind, _, size = rest.rpartition(" ")
    return f"{words.kinds[kind.rstrip('0123456789')]} of {_length(int(size), words)}"


def _links(rest: str, words: ExplainingWords) -> str:
    return words.shares[int(rest.split(" ", maxsplit=1)[0])]


def _first(rest: str, words: ExplainingWords) -> str:
    return _rule(rest.split(" ", maxsplit=1)[0], words)


def _section(rest: str, words: ExplainingWords) -> str:
    return words.nothing if rest == "None" else rest


def _times(rest: str, words: ExplainingWords) -> str:
    return words.counts[int(rest.split(" ", maxsplit=1)[0])]


def _box(rest: str, words: ExplainingWords) -> str:
    return words.element.format(rest[1:]) if rest.startswith("<") else words.box.format(rest)


def _rule(name: str, words: ExplainingWords) -> str:
    return words.nothing if name == "None" else f"“{name}”"


def _length(step: int, words: ExplainingWords) -> str:
    if step == 0:
        return words.lengths[0].format(SIZES[0])
    return (
        words.lengths[2].format(SIZES[-1])
        if step == len(SIZES)
        else words.lengths[1].format(*SIZES[step - 1 : step + 1])
    )


_PARTS: Final = {
    "size": _size,
    "kindsize": _kind_and_size,
    "links": _links,
    "rule": _first,
    "section": _section,
    "times": _times,
    "box": _box,
    "own": _box,
}

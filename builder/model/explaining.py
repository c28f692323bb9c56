"""The words in which cleaning is explained."""

from __future__ import annotations

from collections.abc import Mapping

from builder.model.values import value


@value(frozen=True, slots=True)
class ExplainingWords:
    """What is said of each rule, and of each thing by which lines are weighed."""

    rules: Mapping[str, str]
    """By the rule's name in ledgers; `site` is for all of the archivist's own."""
    measures: Mapping[str, str]
    traits: Mapping[str, str]
    """By the beginning of the trait's name, with `{}` for what the rest of it says."""
    lengths: tuple[str, str, str]
    """Up to a length, between two, above one."""
    kinds: Mapping[str, str]
    closes: Mapping[str, str]
    """By the sign that stands for the way in which a line ends."""
    shares: tuple[str, ...]
    """From none to all."""
    counts: tuple[str, ...]
    """From never to often."""
    shapes: Mapping[str, str]
    """What a line is by its markup and its end, with `{}` for its length."""
    nothing: str
    """What stands for no rule and no section."""
    element: str
    box: str
    letters: str

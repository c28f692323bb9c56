"""What holds at one place of a saved page, by the elements around it."""

from __future__ import annotations

from builder.model.values import value
from builder.normalize.page import Kind


@value(frozen=True, slots=True)
class Context:
    """What the elements around a piece of text say of it."""

    kind: Kind = "text"
    level: int = 0
    ordered: bool = False
    group: int = 0
    good: int = 0
    bad: int = 0
    paragraph: bool = False
    verbatim: bool = False
    boxes: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    box: int = 0
    picked: int = -1

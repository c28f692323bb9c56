"""A page as cleaning sees it: numbered lines of text with their kind, marks and surroundings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from builder.model.values import field, value

Kind = Literal["text", "heading", "item", "row", "quote", "caption", "code", "blank", "meta"]
MarkKind = Literal["link", "strong", "emphasis", "code", "cell", "head", "markup", "picked", "note"]
"""`markup`: the whole line is Markdown already. `note`: it refers to the note of that id. `picked`: an own rule's
selector found it; the target is its number."""


@value(frozen=True, slots=True)
class Mark:
    """What a stretch of a line is, in code points of the line, half open."""

    start: int
    end: int
    kind: MarkKind
    target: str = ""


@value(frozen=True, slots=True)
class Line:
    """One line of the flattened capture."""

    number: int
    """From 1."""
    text: str
    kind: Kind
    start: int = 0
    end: int = 0
    """Where its words begin and end: white space and list marks outside are layout."""
    level: int = 0
    """Of a heading 1 to 6; of a list item its depth from 1."""
    ordered: bool = False
    group: int = 0
    """Lines of one list or table share a number; 0 is none."""
    marks: tuple[Mark, ...] = ()
    good: int = 0
    bad: int = 0
    """Boxes around the line whose names are those of articles, and of what surrounds articles."""
    paragraph: bool = False
    """A `p` element: what authors, rather than templates, write."""
    boxes: frozenset[str] = frozenset()
    """Words in the names of the boxes around the line, and their tags with a `<` before them."""
    own: frozenset[str] = frozenset()
    """Those of the innermost box."""
    box: int = 0
    """Number of the innermost box."""

    @property
    def words(self) -> str:
        """The line without layout."""
        return self.text[self.start : self.end]


@value(frozen=True, slots=True)
class Head:
    """What a saved page says of itself beside its text."""

    title: str | None = None
    """The `title` element."""
    language: str | None = None
    canonical: str | None = None
    metas: tuple[tuple[str, str], ...] = ()
    """Name or property, in small letters, and content, in the page's order."""
    records: tuple[tuple[tuple[str, object], ...], ...] = ()
    """JSON-LD objects that describe an article: pairs of key and value."""
    times: tuple[str, ...] = ()
    """`datetime` of the time elements near the headline, in the page's order."""
    headlines: tuple[str, ...] = ()
    """The `h1` elements."""
    sites: tuple[tuple[str, str], ...] = field(default=())
    """Names of sites and publishers the JSON-LD speaks of: kind and name."""


@value(frozen=True, slots=True)
class Page:
    """One capture, decoded and flattened."""

    lines: tuple[Line, ...]
    head: Head
    encoding: str
    form: Literal["text", "html", "markdown"]
    parents: tuple[int, ...] = (0,)
    """For each box's number the number of the box around it."""
    embedded: int = 0
    """Number of the first line of a text that only the page's data holds, not its elements; 0 for none."""
    picked: tuple[tuple[int, str], ...] = ()
    """By the number of an own rule for titles or dates what its selector found first."""
    own: tuple[int, ...] = ()
    """Numbers of the own rules that are for this capture."""
    notes: tuple[tuple[str, int], ...] = ()
    """Ids of a saved page's footnotes and the numbers of the lines on which they begin."""
    excess: str = ""
    """What the capture has too much of to be read; then there are no lines."""


@value(frozen=True, slots=True)
class Picked:
    """What the selectors of own rules find in a saved page."""

    elements: Mapping[int, int] = field(default_factory=dict)
    """Address of an element in memory and the number of the rule that selects it."""
    values: tuple[tuple[int, str], ...] = ()
    """Of rules for titles and dates: the number of the rule and what it found first."""

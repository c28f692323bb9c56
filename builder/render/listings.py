"""What lists and plots of pieces are made of: groups under headings, bars, events, the parts of a long list."""

from __future__ import annotations

from builder.model.values import value
from builder.render.parts import Name, Row


@value(frozen=True, slots=True)
class Group:
    """Articles under one heading."""

    id: str
    """The fragment of the heading."""
    label: str
    """`2023`, `2023-10`; empty for the undated."""
    rows: tuple[Row, ...]
    """All of them, or the newest where the others stand on a page of their own."""
    count: int
    """How many there are in all."""
    page: str | None
    """Where all of them stand, from the site's root; None when they stand here."""


@value(frozen=True, slots=True)
class Bar:
    """One month or year of a plot."""

    label: str
    """`2023-10` or `2023`."""
    count: int
    page: str | None
    """Where the bar leads, from the site's root; None when it is empty."""


@value(frozen=True, slots=True)
class Strip:
    """How many pieces a month or, in an archive of many years, a year."""

    years: tuple[tuple[Bar, tuple[Bar, ...]], ...]
    """Each year with its twelve months, oldest first; without months where there are too many years."""
    top: int
    """The highest count, to which the bars are drawn."""


@value(frozen=True, slots=True)
class Happening:
    """An event as lists show it."""

    id: str
    """Its fragment on the pages of times."""
    page: str
    """Where it stands, from the site's root, fragment included."""
    day: str
    lead: Row
    """The piece whose title names it: the earliest in the reader's language, or the earliest."""
    rows: tuple[Row, ...]
    """The other pieces, earliest first."""
    languages: tuple[str, ...]
    """Of all its pieces, in order of their days."""
    leaders: tuple[Name, ...]


@value(frozen=True, slots=True)
class Month:
    """One month of the timeline."""

    id: str
    month: str
    page: str
    """From the site's root."""
    count: int
    events: tuple[Happening, ...]
    rows: tuple[Row, ...]
    """Pieces of no event."""
    more: int
    """Pieces of the month that stand only on its own page."""


@value(frozen=True, slots=True)
class Step:
    """A page before or after another."""

    page: str
    """From the site's root."""
    label: str
    """`2023-10`, `2023`, or empty for the undated."""
    number: int
    """Which page of that label, from 1."""

"""What the pages of leaders and topics show."""

from __future__ import annotations

from builder.model.values import value
from builder.render.listings import Group, Happening, Step, Strip
from builder.render.parts import Branch, Card, Name, Outlet, Post, Quotation


@value(frozen=True, slots=True)
class SubjectView:
    """leaders/<id>.html and topics/<id>.html."""

    name: Name
    names: tuple[tuple[str, str], ...]
    """Language and name, the interface's first."""
    country: str | None
    offices: tuple[Post, ...]
    as_of: str
    """The day that the shipped authority file describes; empty when it says none."""
    wikidata: str | None
    first: str | None
    last: str | None
    strip: Strip
    """Its bars lead to this one's own pieces of the month."""
    groups: tuple[Group, ...]
    """By year, newest first, the undated last."""
    languages: tuple[tuple[str, int], ...]
    """Of all its pieces, with their number, most first."""
    with_leaders: tuple[Name, ...]
    """Everybody named in the same pieces and in how many, most first."""
    with_topics: tuple[Name, ...]
    broader: tuple[Name, ...]
    narrower: tuple[Name, ...]
    events: tuple[Happening, ...]
    events_count: int
    quotes: tuple[Quotation, ...]
    quotes_count: int
    quotes_page: str | None
    """Where all quotations stand, from the site's root; None when all stand here."""
    before: Name | None
    after: Name | None
    """Its neighbours by name."""


@value(frozen=True, slots=True)
class PartView:
    """A further page of a long list: leaders/<id>/<yyyy>.html and the like."""

    name: Name | None
    """The leader or topic; None where it is an outlet."""
    outlet: Outlet | None
    home: str
    """The list's first page, from the site's root."""
    label: str
    """`2023`, `2023-10`, or empty for the undated."""
    number: int
    numbers: int
    """Which of how many pages of that label this is, from 1."""
    pieces: int
    above: Step | None
    """The year of a month."""
    earlier: Step | None
    later: Step | None
    groups: tuple[Group, ...]
    languages: tuple[tuple[str, int], ...]


@value(frozen=True, slots=True)
class QuotesView:
    """leaders/<id>/quotations.html and its further pages: all quotations of a leader of many."""

    name: Name
    quotes_count: int
    number: int
    numbers: int
    earlier: Step | None
    later: Step | None
    years: tuple[tuple[str, tuple[Quotation, ...]], ...]
    """Year, empty for the undated, and the quotations of its pieces, newest first."""


@value(frozen=True, slots=True)
class LeadersView:
    """leaders/index.html."""

    cards: tuple[Card, ...]
    """The most pieces first."""
    others: tuple[Name, ...]
    """Those for whom there is no room on a card, in the same order."""
    count: int


@value(frozen=True, slots=True)
class LeaderListView:
    """leaders/by-name.html and leaders/by-country.html."""

    by: str
    """`name` or `country`."""
    sections: tuple[NameSection, ...]
    count: int


@value(frozen=True, slots=True)
class NameSection:
    """Names in one script, or all countries."""

    id: str
    """`latin`, `hangul` or `countries`."""
    groups: tuple[tuple[str, tuple[Name, ...]], ...]
    """A letter, or a country's code (empty for those who serve none), and who stands under it."""


@value(frozen=True, slots=True)
class TopicsView:
    """topics/index.html."""

    tree: tuple[Branch, ...]
    """Topics right below nothing, by name, with what is below them; one with two parents stands below both."""
    count: int


@value(frozen=True, slots=True)
class MatrixView:
    """matrix.html: who is named beside whom."""

    leaders: tuple[Name, ...]
    counts: tuple[tuple[int, ...], ...]
    """A row a leader, a column a leader, in the same order; the diagonal is a leader's own pieces."""
    top: int
    """The highest count off the diagonal."""
    pairs: tuple[tuple[Name, Name, int], ...]
    """The pairs named together most often, of all leaders."""
    pairs_count: int
    """How many pairs are named together at all."""

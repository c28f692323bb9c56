"""What the pages of leaders and topics show."""

from __future__ import annotations

from dataclasses import dataclass

from builder.render.parts import Branch, Card, Group, Name, Post, Quotation, Strip


@dataclass(frozen=True, slots=True)
class SubjectView:
    """leaders/<id>.html and topics/<id>.html."""

    name: Name
    names: tuple[tuple[str, str], ...]
    """Language and name, the interface's first."""
    country: str | None
    offices: tuple[Post, ...]
    wikidata: str | None
    first: str | None
    last: str | None
    strip: Strip
    groups: tuple[Group, ...]
    """By year, newest first, the undated last."""
    with_leaders: tuple[Name, ...]
    with_topics: tuple[Name, ...]
    broader: tuple[Name, ...]
    narrower: tuple[Name, ...]
    quotes: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class LeadersView:
    """leaders/index.html."""

    cards: tuple[Card, ...]
    """The most pieces first."""


@dataclass(frozen=True, slots=True)
class TopicsView:
    """topics/index.html."""

    tree: tuple[Branch, ...]
    """Topics right below nothing, by name, with what is below them; one with two parents stands below both."""
    count: int


@dataclass(frozen=True, slots=True)
class MatrixView:
    """matrix.html: who is named beside whom."""

    leaders: tuple[Name, ...]
    counts: tuple[tuple[int, ...], ...]
    """A row a leader, a column a leader, in the same order; the diagonal is a leader's own pieces."""
    top: int
    """The highest count off the diagonal."""

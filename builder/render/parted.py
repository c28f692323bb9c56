"""Long lists over several pages: by year, by month, and where a month has too many, by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from builder.model.values import value
from builder.render.listings import Group, Step
from builder.render.lists import Shelf, heading

LONG: Final = 200
"""Pieces that one page lists whole: about 200 KB with what reference managers read, and a minute's scrolling."""
_TASTE: Final = 5
"""Pieces of a year that are shown where it has a page of its own."""


@value(frozen=True, slots=True)
class Part:
    """A page that holds a part of a long list."""

    path: str
    label: str
    """`2023`, `2023-10`, or empty for the undated."""
    number: int
    numbers: int
    """Which of how many pages of that label this is, from 1."""
    ids: tuple[str, ...]
    """Of the pieces on it and on the pages below it."""
    groups: tuple[Group, ...]
    above: Step | None
    """The year of a month."""
    earlier: Step | None = None
    later: Step | None = None


@value(frozen=True, slots=True)
class Parted:
    """A list as its first page shows it, and its other pages."""

    groups: tuple[Group, ...]
    parts: tuple[Part, ...]
    months: Mapping[str, str]
    """Year or month → where its pieces stand, from the site's root, fragment included."""


def parted(shown: Shelf, ids: Sequence[str], page: str) -> Parted:
    """A list whole on its page while it is short, else by years, each on a page of its own below it.

    The addresses of years and months never change as the archive grows; those of numbered pages hold other pieces then.
    """
    folder = page.removesuffix(".html")
    if len(ids) <= LONG:
        groups = tuple(whole(shown, label, keys) for label, keys in shown.groups(ids, 4).items())
        months = {month: f"{page}#{heading(month)}" for letters in (4, 7) for month in shown.groups(ids, letters)}
        return Parted(groups, (), months)
    parts: list[Part] = []
    months = {}
    groups_here = []
    for label, keys in shown.groups(ids, 4).items():
        address = f"{folder}/{label or 'undated'}.html"
        groups_here.append(taste(shown, label, keys, address))
        months[label] = address
        if label and len(keys) > LONG:
            by_month = shown.groups(keys, 7)
            pages = {month: f"{folder}/{month}.html" for month in by_month}
            tastes = tuple(taste(shown, month, found, pages[month]) for month, found in by_month.items())
            parts.append(Part(address, label, 1, 1, keys, tastes, None))
            for month, found in by_month.items():
                parts += numbered(shown, month, found, pages[month], above=Step(address, label, 1))
                months[month] = pages[month]
        else:
            parts += numbered(shown, label, keys, address)
            months |= {month: f"{address}#{heading(month)}" for month in shown.groups(keys, 7) if month}
    return Parted(tuple(groups_here), tuple(_in_a_row(parts)), months)


def numbered(
    shown: Shelf, label: str, ids: Sequence[str], address: str, *, above: Step | None = None
) -> Iterator[Part]:
    """The pages of one year or month: one, or as many as it takes."""
    chunks = [tuple(ids[at : at + LONG]) for at in range(0, len(ids), LONG)]
    for number, chunk in enumerate(chunks, 1):
        path = address if number == 1 else f"{address.removesuffix('.html')}-{number}.html"
        inner = 7 if len(label) == len("2023") else len(label)
        groups = tuple(whole(shown, found, keys) for found, keys in shown.groups(chunk, inner).items())
        yield Part(path, label, number, len(chunks), tuple(ids), groups, above)


def whole(shown: Shelf, label: str, ids: Sequence[str]) -> Group:
    """All of a group's pieces."""
    return Group(heading(label), label, shown.rows(ids), len(ids), None)


def taste(shown: Shelf, label: str, ids: Sequence[str], page: str) -> Group:
    """The newest pieces of a group whose others stand on its own page."""
    return Group(heading(label), label, shown.rows(ids[:_TASTE]), len(ids), page)


def _in_a_row(parts: Sequence[Part]) -> Iterator[Part]:
    """Each with the page before and the page after it among those that stand at the same height."""
    for deep in (False, True):
        row = [part for part in parts if (part.above is not None) == deep]
        for at, part in enumerate(row):
            later, earlier = row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None
            yield Part(
                part.path,
                part.label,
                part.number,
                part.numbers,
                part.ids,
                part.groups,
                part.above,
                earlier=_step(earlier),
                later=_step(later),
            )


def _step(part: Part | None) -> Step | None:
    return Step(part.path, part.label, part.number) if part else None

"""The files of data where few pieces are told of anew: as they are made anew, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_library import KIM, LEE, TRADE, article, library, settings

from builder.model import Article, AuthorWords, Event, Library, Output
from builder.render.data import list_files
from builder.render.lists import shelf
from builder.render.pages import site_of
from builder.render.renewed import Renewing, told_anew

PIECES = [
    article(f"piece-{number}", title=f"Piece {number}", published=f"2024-05-{10 + number}", language="en")
    for number in range(9)
]


def made(archive: Library) -> dict[str, bytes]:
    shown, site = shelf(archive, "en"), site_of(settings(), feed=True)
    return {one.path: one.data for one in list_files(site, shown, dossiers=(), authors=AuthorWords())}


def renewed(archive: Library, former: Library, told: frozenset[str]) -> dict[str, bytes]:
    """The files of the former library with those in their places that are made of the new one."""
    standing, shown = made(former), shelf(archive, "en")
    site = site_of(settings(), feed=True)
    renewing = Renewing(
        site, shown, former, told, dossiers=(), authors=AuthorWords(), standing=lambda path: standing[path]
    )
    files: list[Output] = list(renewing.files())
    return standing | {file.path: file.data for file in files}


@pytest.mark.parametrize(
    "edited",
    [
        replace(PIECES[4], title="A title with “quotes”, commas, = and \u2028 ends"),
        replace(PIECES[4], retrieved="2026-11-21"),
        replace(PIECES[4], authors=("Ann Lee", "Bo, Kim")),
        replace(PIECES[4], item_type="webpage"),
    ],
)
def test_files_with_other_lines_of_a_piece_are_those_made_anew(edited: Article) -> None:
    former, archive = library(PIECES), library([*PIECES[:4], edited, *PIECES[5:]])
    facts = {key: former.facts[key] if key != edited.id else each for key, each in archive.facts.items()}
    archive = replace(archive, facts=facts)
    told = told_anew(archive, former)
    assert told == {edited.id}
    assert renewed(archive, former, told) == made(archive)
    assert made(archive) != made(former)


def test_a_line_that_stands_there_twice_is_not_looked_for() -> None:
    """What a former file holds is its own: where lines are not found once, it is made anew."""
    former = library(PIECES)
    edited = replace(former.entries["piece-4"], title="Another")
    archive = replace(former, entries={**former.entries, "piece-4": edited})
    standing = {path: data + data for path, data in made(former).items()}
    renewing = Renewing(
        site_of(settings(), feed=True),
        shelf(archive, "en"),
        former,
        frozenset(("piece-4",)),
        dossiers=(),
        authors=AuthorWords(),
        standing=standing.__getitem__,
    )
    whole = made(archive)
    files = {
        file.path: file.data for file in renewing.files() if file.path in ("data/articles.csv", "data/citations.bib")
    }
    assert files == {path: whole[path] for path in files}
    assert len(files) == 2


def test_lists_that_are_new_themselves_are_told_apart() -> None:
    former = library(PIECES)
    assert told_anew(former, former) == frozenset()
    for other in (
        library(PIECES[1:]),
        library([replace(PIECES[0], published="2024-06-30"), *PIECES[1:]]),
        library([replace(PIECES[0], published="2024-05-10T18:00+09:00"), *PIECES[1:]]),
        library([replace(PIECES[0], language="ko"), *PIECES[1:]]),
        library(PIECES, {"piece-0": (KIM, TRADE)}),
        library(PIECES, {piece.id: (LEE, TRADE) for piece in PIECES}),
    ):
        assert told_anew(other, former) is None


def test_who_reports_an_event_with_a_piece_is_told_anew_with_it() -> None:
    former = replace(library(PIECES), events=(Event("piece-1", "2024-05-11", ("piece-1", "piece-2"), (), ()),))
    facts = {**former.facts, "piece-2": replace(former.facts["piece-2"], terms=("fish",))}
    assert told_anew(replace(former, facts=facts), former) == {"piece-1", "piece-2"}
    other = Event("piece-1", "2024-05-11", ("piece-1", "piece-3"), (), ())
    assert told_anew(replace(former, events=(other,)), former) == {"piece-1", "piece-2", "piece-3"}
    assert told_anew(replace(former, events=()), former) is None
    related = {**former.related, "piece-5": ("piece-1",)}
    assert told_anew(replace(former, related=related), former) == {"piece-5"}

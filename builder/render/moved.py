"""Stubs: what stands at the addresses of pages that moved or are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from posixpath import basename, dirname

from builder.model import Library, Move
from builder.problems import Place, Problem, did_you_mean, error
from builder.render.parts import Site
from builder.render.views.page import Page
from builder.render.views.site import MovedView

_COMPARED = 500
"""Addresses a mistyped one is compared with: among 10,000 it would take seconds."""


def stubs(moves: Sequence[Move], there: Set[str], site: Site) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """A page for each move, to stand beside those that are `there`, and an error for each that cannot be right."""
    if not moves:
        return (), ()
    made: list[Page] = []
    problems: list[Problem] = []
    for move in moves:
        if move.old in there:
            hint = "take it out here, or give that page another id"
            problems.append(error(move.old_place, f"the site has a page at {move.old}", hint))
        elif move.new is not None and move.new not in there:
            hint = _nearest(move.new, there) or "write the address of a page that is published, or null"
            problems.append(error(move.new_place, f"the site has no page at {move.new}", hint))
        else:
            made.append(Page(move.old, "moved.html", site, MovedView(move.new, move.fragment)))
    if any(path.startswith("provenance/") for path in there):
        made += tuple(_provenances(made, there))
    return tuple(made), tuple(problems)


def former_pages(library: Library) -> tuple[Move, ...]:
    """A move for each id that a leader or topic with a page once had."""
    moves = []
    for subject in (*library.leaders.values(), *library.topics.values()):
        one = subject.authority
        path, line, column = one.place.rsplit(":", 2)
        place = Place(path, int(line), int(column))
        for old in one.formerly:
            new = f"{one.kind}s/{one.id}.html"
            moves.append(Move(f"{one.kind}s/{old}.html", new, "", old_place=place, new_place=place))
    return tuple(moves)


def _provenances(made: Sequence[Page], there: Set[str]) -> Iterator[Page]:
    """Stubs of moved pieces' provenance pages, of whose addresses nobody thinks."""
    taken = there | {page.path for page in made}
    for page in made:
        old = _provenance(page.path)
        if old and old not in taken and isinstance(page.view, MovedView):
            new = _provenance(page.view.page or "")
            yield Page(old, page.template, page.site, MovedView(new, "") if new in there else page.view)


def _provenance(address: str) -> str:
    """Of an article's address; empty for any other."""
    folder, _, name = address.partition("/")
    return f"provenance/{name}" if folder == "articles" else ""


def _nearest(address: str, there: Collection[str]) -> str:
    """A hint among the addresses of the same folder, those that begin alike first."""
    folder, start = dirname(address), basename(address)[:2]
    beside = [path for path in there if dirname(path) == folder]
    alike = sorted(path for path in beside if basename(path).startswith(start))
    return did_you_mean(address, (alike or sorted(beside))[:_COMPARED])

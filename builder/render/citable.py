"""The lists of pieces that are cited as a whole: the archive, a leader, a topic, a year, a dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from builder.model import AuthorWords, Dossier, Output
from builder.model.values import value
from builder.render.cite import FORMATS, Beside, Reference, cited_list, reference
from builder.render.cite.downloads import is_short, joined, record
from builder.render.dossiers import dossier_page, pieces_of
from builder.render.feeds import feed_stem
from builder.render.lists import Shelf
from builder.render.parts import Site, article_page


@value(frozen=True, slots=True)
class CitableList:
    """A page that lists pieces, and which."""

    page: str
    """From the site's root."""
    name: str
    """Of the files with its citations, without their ending."""
    ids: Sequence[str]


def citable_lists(shown: Shelf, dossiers: Iterable[Dossier]) -> Iterator[CitableList]:
    """Every list that is cited as a whole, none of them empty."""
    library = shown.library
    if library.entries:
        yield CitableList("index.html", "data/citations", tuple(library.entries))
    for subject in (*library.leaders.values(), *library.topics.values()):
        name = f"{subject.authority.kind}s/{subject.authority.id}"
        yield CitableList(f"{name}.html", f"data/{name}", subject.articles)
    for year, ids in library.years.items():
        yield CitableList(f"years/{year}.html", f"data/years/{year}", ids)
    for dossier in dossiers:
        if ids := pieces_of(shown, dossier):
            yield CitableList(dossier_page(dossier), f"data/dossiers/{dossier.name}", ids)


def stands_inside(each: CitableList) -> bool:
    """Whether the page of a list holds its citations, so that there are no files of them."""
    return each.page != "index.html" and is_short(len(each.ids))


def citing(site: Site, shown: Shelf, words: AuthorWords) -> Callable[[str], Reference]:
    """What tells of an id how that piece is cited, anew each time: kept for all, it would be half as much as they."""
    entries = shown.library.entries
    return lambda key: reference(site, entries[key], words)


def besides(shown: Shelf, dossiers: Iterable[Dossier], cited: Callable[[str], Reference]) -> Callable[[str], Beside]:
    """What tells of a page's address what stands beside it for programs; the others have nothing."""
    entries, found, nothing = shown.library.entries, dict[str, Beside](), Beside()
    for each in citable_lists(shown, dossiers):
        # The whole archive is a file however small it is: others point to it.
        inside = [cited(key) for key in each.ids] if stands_inside(each) else ()
        found[each.page] = Beside(cited=cited_list(each.name, inside), feed=feed_stem(shown, each.page))

    def beside(page: str) -> Beside:
        key = page.removeprefix("articles/").removesuffix(".html")
        return (
            Beside(reference=cited(key)) if key in entries and page == article_page(key) else found.get(page, nothing)
        )

    return beside


def citation_files(shown: Shelf, dossiers: Iterable[Dossier], cited: Callable[[str], Reference]) -> Iterator[Output]:
    """The citations of each list that is too long for its page, in every format."""
    for form in FORMATS:
        records = {key: record(form, cited(key)) for key in shown.library.entries}
        for each in citable_lists(shown, dossiers):
            if not stands_inside(each):
                text = joined(form, (records[key] for key in each.ids))
                yield Output(f"{each.name}.{form.ending}", text.encode())

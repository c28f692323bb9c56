"""The middle way of a build: where an edit is seen in lists and on others' pages, and no page comes or goes.

The whole archive is looked at as it is remembered, and linked anew where the edit reaches. Every list is laid out as a
whole build does it, and of the pieces' own pages those that show something new. Or it says that it cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from builder.cache import cached_map
from builder.catalogue import BeyondError, Edited, edited, remembered
from builder.memory import Recalled, keep_since, recall
from builder.model import Dossier, Output
from builder.model.values import replace, value
from builder.parallel import InlineExecutor
from builder.publish.amend import amend
from builder.publish.check import Followed, leads_well, places
from builder.publish.delivery import Sifting
from builder.publish.links import PageLinks, links_of
from builder.publish.manifest import entries
from builder.read.codes import kept_codes
from builder.read.content import read_dossiers
from builder.read.fronts import with_new_body
from builder.render.alone import piece_page
from builder.render.articles import provenance_view
from builder.render.citable import besides, citing
from builder.render.data import list_files
from builder.render.dossiers import dossiers_of_pieces
from builder.render.environment import BrokenTemplateError, Rendering, keep_compiled
from builder.render.lists import Shelf, shelf
from builder.render.pages import list_pages
from builder.render.parts import TextLink, article_page
from builder.render.renewed import Renewing, told_anew
from builder.render.views.page import Page
from builder.report import Options, Report
from builder.watching import Watch

if TYPE_CHECKING:
    from builder.storage import Cache

_FEW: Final = 16
"""Articles; whoever changes more of them at once waits for a whole build."""
_BY_TITLE: Final = "titles/"
"""Where the lists are that part pieces by their titles; all others part them by what is as it was."""


def recatalogue(
    options: Options, changed: Sequence[str], *, cache: Cache, watch: Watch | None = None, search_later: bool = False
) -> Report | None:
    """Publish the articles at these paths as they are now; None where pages come or go, or more has to be made.

    Nothing but them may have changed since the build that was kept, which is the caller's to know. With `search_later`
    the search is left as it is, for another build to renew.
    """
    watch = watch or Watch()
    if not 0 < len(changed) <= _FEW:
        return None
    found = watch.time("recall", recall, cache, options)
    if found is None:
        return None
    try:
        before = watch.time("recall", remembered, found)
        after = watch.time("link", edited, options, before, changed, cache=cache)
        made = watch.time("lay out", _made, options, found, after, cache=cache)
        index = watch.time("index", _index, options, after, later=search_later) if options.search else ()
    except (BeyondError, BrokenTemplateError):
        return None
    digests = {article.path: article.sha256 for article in after.articles.values()}
    done = watch.time("publish", amend, (*made.outputs, *index), options.out, sources=digests, twin=options.twin)
    report = found.reported(done)
    if report.published:
        _keep(cache, options, found, after, led_to=made.led_to, report=report)
    return replace(report, fresh=done.fresh)


@value(frozen=True, slots=True)
class _Made:
    outputs: tuple[Output, ...]
    """All files that change."""
    led_to: Mapping[str, int]
    """By how many more pages lead to a place: the page, # and the id there."""


def _made(options: Options, found: Recalled, after: Edited, *, cache: Cache) -> _Made:
    """All lists laid out, and the pieces' pages that show something new; files may neither come nor go."""
    known = after.before.shown
    shown = shelf(after.library, known.settings.language)
    if bool(shown.months) != known.site.feed:
        raise BeyondError
    dossiers, _ = read_dossiers(options.site, known.settings)
    beside = besides(shown, dossiers, citing(known.site, shown, known.authors))
    told = told_anew(after.library, after.before.library)
    lists = list(list_pages(known.site, shown, beside, dossiers=dossiers, search=options.search, only=told))
    listed = entries(options.out)
    sifting = Sifting(listed)
    rendering = Followed(Rendering(keep_compiled(known.templates, kept_codes())))
    pages = chain(_own_pages(options, after, shown, stands_in=dossiers_of_pieces(shown, dossiers)), lists)
    made = cached_map(cache, InlineExecutor(), rendering, pages, deliver=sifting, tell=_stumbled)
    links = [each for _, each in made]
    files = {page.path for page in lists}
    for output in _data(options, after, shown, told, dossiers=dossiers):
        files.add(output.path)
        sifting.put(output)
    missing = after.before.lists.files - files
    spared = told is not None and not any(path.startswith(_BY_TITLE) for path in missing)
    wrong = {problem.place.path for problem in found.since.report.problems}
    if not files <= after.before.lists.files or (missing and not spared) or not wrong.isdisjoint(sifting.fresh):
        raise BeyondError
    fresh = {each.path: each for each in links if each.path in sifting.fresh}
    return _Made(tuple(sifting.fresh.values()), _led_to(options, after, fresh, listed=listed))


def _stumbled(stage: str, item: object, trace: str) -> None:
    """A page that could not be made as it should be: a whole build makes what it can of it, and says so."""
    raise BeyondError(f"{stage}: {trace}")


def _data(
    options: Options, after: Edited, shown: Shelf, told: frozenset[str] | None, *, dossiers: Sequence[Dossier]
) -> Iterator[Output]:
    """The files of data: those that tell of these pieces, or all."""
    known = after.before.shown
    if told is None:
        yield from list_files(known.site, shown, dossiers=dossiers, authors=known.authors)
        return

    def standing(path: str) -> bytes:
        return (options.out / path).read_bytes()

    yield from Renewing(
        known.site, shown, after.before.library, told, dossiers=dossiers, authors=known.authors, standing=standing
    ).files()


def _own_pages(
    options: Options, after: Edited, shown: Shelf, *, stands_in: Mapping[str, tuple[TextLink, ...]]
) -> Iterator[Page]:
    """The pages of all pieces that show something new."""
    before, known, was = after.before, after.before.shown, after.before.library.entries
    retold = {
        before.pieces[key].article.path
        for key, entry in after.library.entries.items()
        if entry is not was[key] and replace(entry, words=0) != replace(was[key], words=0)
    }
    for key, piece in after.pieces.items():
        if piece is before.pieces[key] and retold.isdisjoint(piece.beside):
            continue
        article = after.articles.get(key) or with_new_body(options.site, piece.article)
        if article is None or key in before.lists.later:
            raise BeyondError
        yield piece_page(
            shown,
            article,
            site=known.site,
            authors=known.authors,
            has_provenance=piece.edited is not None,
            dossiers=stands_in.get(key, ()),
        )
        if key in after.provenances:
            view = provenance_view(shown, article, after.provenances[key])
            yield Page(f"provenance/{key}.html", "provenance.html", known.site, view)


def _index(options: Options, after: Edited, *, later: bool) -> tuple[Output, ...]:
    """The files of the search that change; none `later`, when another build makes them."""
    before = after.before.library
    for key in after.articles:
        # By them results are filtered, and the index does not say which it has of a piece.
        was, now = (
            [mention.id for mention in library.mentions[key] if mention.kind == "topic"]
            for library in (before, after.library)
        )
        if was != now:
            raise BeyondError
    if later:
        return ()
    # As for the short way: a fifth of the start, for who has a search.
    from builder.publish.search.amend import amend_index  # noqa: PLC0415
    from builder.render.search_records import search_record  # noqa: PLC0415

    records = [search_record(article, after.library.facts[key]) for key, article in after.articles.items()]
    days = [(key, entry.day) for key, entry in after.library.entries.items()]
    index = amend_index(records, days, out=options.out)
    if index is None:
        raise BeyondError
    return index


def _led_to(
    options: Options, after: Edited, fresh: Mapping[str, PageLinks], *, listed: Collection[str]
) -> Mapping[str, int]:
    """By how many more pages lead to a place; each of them has to be there, and none that is led to may go."""

    def standing(path: str) -> PageLinks:
        return links_of(Output(path, (options.out / path).read_bytes()))

    def ids(path: str) -> Collection[str] | None:
        return None if path not in listed else fresh[path].ids if path in fresh else standing(path).ids

    moved: Counter[str] = Counter()
    gone: set[str] = set()
    for page in fresh.values():
        former = standing(page.path)
        if not leads_well(page, former, ids):
            raise BeyondError
        moved.update(places(page))
        moved.subtract(places(former))
        gone.update(f"{page.path}#{name}" for name in former.ids - page.ids)
    if any(after.before.lists.led_to.get(place, 0) + moved[place] > 0 for place in gone):
        raise BeyondError
    return {place: more for place, more in moved.items() if more}


def _keep(
    cache: Cache, options: Options, found: Recalled, after: Edited, *, led_to: Mapping[str, int], report: Report
) -> None:
    """Remember what is new: of pieces, and of all of them together."""
    before, library, was = after.before, after.library, after.before.library
    pieces = {**after.pieces}
    for place in led_to:
        page, _, name = place.partition("#")
        key = page.removeprefix("articles/").removesuffix(".html")
        if key in pieces and page == article_page(key):
            pieces[key] = replace(pieces[key], led_to=tuple(sorted({*pieces[key].led_to, name})))
    moved = [key for key, piece in pieces.items() if piece is not before.pieces[key]]
    since = found.since.with_pieces([pieces[key] for key in moved], [before.pieces[key] for key in moved], report)
    rows: dict[str, object] = {}
    if led_to:
        counts = Counter({**before.lists.led_to})
        counts.update(led_to)
        rows["lists"] = replace(before.lists, led_to={place: count for place, count in counts.items() if count > 0})
    if [*library.entries] != [*was.entries] or any(library.entries[key].day != was.entries[key].day for key in moved):
        rows["days"] = tuple((key, entry.day) for key, entry in library.entries.items())
    if (library.leaders, library.topics) != (was.leaders, was.topics):
        rows["shown"] = replace(before.shown, leaders=library.leaders, topics=library.topics)
    if not (named := library.named()) <= found.known.named:
        rows["known"] = replace(found.known, named=found.known.named | named)
    keep_since(cache, options, since, rows)

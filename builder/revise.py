"""The short way of a build: where only the text of some articles changed, and nothing that other pages show of them.

It makes their pages anew and lets the rest stand, exactly as a whole build would, or it says that it cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from builder.annotate.article import Annotating
from builder.cache import Cache, cached_map
from builder.link import relink
from builder.link.edits import unmoved
from builder.memory import Piece, Recalled, keep_since, library_of, recall
from builder.model import Article, Facts, Output
from builder.model.edits import is_body_edited
from builder.problems import has_errors
from builder.publish.check import Followed, PageLinks, links_of
from builder.publish.site import amend
from builder.read.codes import kept_codes
from builder.read.fronts import with_new_body
from builder.render.alone import piece_page, seen_elsewhere, shelf_around
from builder.render.environment import BrokenTemplateError, Rendering, keep_compiled
from builder.render.plain import check_bodies
from builder.render.recounted import recounted
from builder.render.visible import published
from builder.report import Options, Report, Run
from builder.watching import Watch

_FEW: Final = 16
"""Articles; whoever changes more of them at once waits for a whole build."""


def revise(
    options: Options,
    changed: Sequence[str],
    *,
    executor: Executor,
    cache: Cache,
    watch: Watch | None = None,
    search_later: bool = False,
    search_behind: bool = False,
) -> Report | None:
    """Publish the articles at these paths with their new text; None where that touches more than their own pages.

    Nothing but them may have changed since the build that was kept, which is the caller's to know. With `search_later`
    the search is left as it is, for another build to renew; with `search_behind` former ones have left it so.
    """
    watch = watch or Watch()
    found = watch.time("recall", recall, cache, options) if search_behind or _may_be_short(changed) else None
    if found is None:
        return None
    if search_behind:
        changed = sorted({*changed, *(piece.article.path for piece in found.since.pieces)})
        if not _may_be_short(changed):
            return None
    stumbled: list[str] = []
    run = partial(cached_map, cache, executor, tell=lambda stage, *_: stumbled.append(stage), watch=watch)
    try:
        revised = watch.time("revise", _revised, options, found, changed, run=run)
    except BrokenTemplateError:
        return None
    # What a step fails at, a whole build tells by name.
    outputs = None if revised is None or stumbled else _outputs(options, found, revised, search_later=search_later)
    if revised is None or outputs is None:
        return None
    digests = {each.article.path: each.article.sha256 for each in revised}
    done = watch.time("publish", amend, outputs, options.out, sources=digests, twin=options.twin)
    report = replace(
        found.since.report,
        problems=(*found.since.report.problems, *done.problems),
        published=not has_errors(done.problems),
        digest=done.digest,
        swapped=done.swapped,
    )
    if report.published:
        pieces = [replace(each.former, facts=each.facts) for each in revised]
        keep_since(cache, options, found.since.with_pieces(pieces, (each.former for each in revised), report))
    return replace(report, fresh=done.fresh)


@dataclass(frozen=True, slots=True)
class _Revised:
    """A piece with its new text."""

    article: Article
    former: Piece
    facts: Facts
    page: Output


def _may_be_short(changed: Sequence[str]) -> bool:
    articles = all(path.startswith("content/articles/") and path.lower().endswith(".md") for path in changed)
    return 0 < len(changed) <= _FEW and articles


def _revised(options: Options, found: Recalled, changed: Sequence[str], *, run: Run) -> tuple[_Revised, ...] | None:
    """The pieces that changed; None where more than their own pages shows that."""
    formers = list((found.pieces(changed) or {}).values())
    articles = [with_new_body(options.site, former.article) for former in formers]
    new = [article for article in articles if article is not None]
    alone = all(_stands_alone(article, former, found) for article, former in zip(new, formers, strict=False))
    if not new or len(new) < len(formers) or not alone:
        return None
    facts = tuple(published(new, run(Annotating(found.known.knowledge), new)))
    edits = [(former.facts, each) for former, each in zip(formers, facts, strict=False)]
    if len(facts) < len(new) or any(seen_elsewhere(old) != seen_elsewhere(each) for old, each in edits):
        return None
    if not unmoved(edits, found.counts, found.known.named) and not _relinked_alike(found, facts):
        return None
    pages = _pages(options, found, formers, [*zip(new, facts, strict=True)], run=run)
    if pages is None:
        return None
    return tuple(map(_Revised, new, formers, facts, pages))


def _stands_alone(article: Article, former: Piece, found: Recalled) -> bool:
    """Whether no page but its own shows the new text of a piece."""
    if check_bodies((article,)):
        return False
    names = (article.id, article.path, article.capture and f"content/{article.capture.file}")
    written = article.normalized.body if article.normalized else None
    as_before = former.edited is None or former.edited == is_body_edited(article.body, written)
    return as_before and found.known.apart.isdisjoint(names)


def _relinked_alike(found: Recalled, facts: Iterable[Facts]) -> bool:
    """Whether all doubles, related pieces and events stay as they are; for this the whole archive is read."""
    library = found.library()
    if library is None:
        return False
    new = relink(library, {each.entry.id: each for each in facts})
    return (new.doubles, new.related, new.events) == (library.doubles, library.related, library.events)


def _pages(
    options: Options, found: Recalled, formers: Sequence[Piece], new: Sequence[tuple[Article, Facts]], *, run: Run
) -> tuple[Output, ...] | None:
    """The articles' pages; None where a link could be broken by them."""
    known, plans = found.known, []
    for former, (article, facts) in zip(formers, new, strict=True):
        beside = found.pieces(former.beside)
        if beside is None:
            return None
        library = library_of(known, (replace(former, facts=facts), *beside.values()))
        around = partial(shelf_around, language=known.settings.language, second=known.second)
        shown = around(library, article.id, earlier=former.earlier, later=former.later)
        has_provenance = former.edited is not None
        plans.append(piece_page(shown, article, site=known.site, authors=known.authors, has_provenance=has_provenance))
    templates = keep_compiled(known.templates, kept_codes())
    made = []
    for former, (output, links) in zip(formers, run(Followed(Rendering(templates)), plans), strict=True):
        before = links_of(Output(output.path, (options.out / output.path).read_bytes()))
        if not _leads_as_before(links, before, former.led_to):
            return None
        made.append(output)
    return tuple(made)


def _outputs(
    options: Options, found: Recalled, revised: Sequence[_Revised], *, search_later: bool
) -> tuple[Output, ...] | None:
    """All files that change; None where only a whole build can make them."""
    data = _data(options, found, revised)
    index = () if search_later or not options.search else _index(options, found, revised)
    return None if data is None or index is None else (*(each.page for each in revised), *data, *index)


def _data(options: Options, found: Recalled, revised: Sequence[_Revised]) -> tuple[Output, ...] | None:
    """The files of data that count words; None where those that stand are not what is remembered."""
    counted = [each for each in revised if each.facts.entry.words != each.former.facts.entry.words]
    if not counted:
        return ()
    before = library_of(found.known, [each.former for each in counted])
    after = library_of(found.known, [replace(each.former, facts=each.facts) for each in counted])
    files = (path for path in (options.out / "data").iterdir() if path.is_file())
    standing = {path.relative_to(options.out).as_posix(): path.read_bytes() for path in files}
    try:
        return tuple(recounted(found.known.site, before, after, ids=before.entries, standing=standing))
    except ValueError:
        return None


def _index(options: Options, found: Recalled, revised: Iterable[_Revised]) -> tuple[Output, ...] | None:
    """The files of the search; None where only a whole build can make them."""
    # A fifth of the start of a build with little to do, for who has a search.
    from builder.publish.search.amend import amend_index  # noqa: PLC0415
    from builder.render.search_records import search_record  # noqa: PLC0415

    days = found.days()
    records = [search_record(each.article, each.facts) for each in revised]
    return None if days is None else amend_index(records, days, out=options.out)


def _leads_as_before(page: PageLinks, former: PageLinks, led_to: Iterable[str]) -> bool:
    """Whether all links to the page still find their place, and its own are those it had or lead to itself."""
    gone = former.ids - page.ids
    own = {f"#{name}" for name in page.ids}
    inside = {link for link in page.links if link.startswith("#")}
    return not page.repeated and gone.isdisjoint(led_to) and {*page.links} - {*former.links} <= own and inside <= own

"""The short way of a build: where only the text of some articles changed, and nothing that other pages show of them.

It makes their pages anew and lets the rest stand, exactly as a whole build would, or it says that it cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from builder.alone import alone
from builder.annotate.article import Annotating
from builder.link import relink
from builder.link.edits import unmoved
from builder.memory import Piece, Recalled, keep_since, recall
from builder.model import Article, Facts, Output
from builder.model.edits import is_body_edited
from builder.model.values import replace, value
from builder.publish.amend import amend
from builder.publish.links import PageLinks, links_of
from builder.read.fronts import with_new_body
from builder.render.elsewhere import seen_elsewhere
from builder.render.parts import article_page
from builder.render.plain import check_bodies
from builder.render.recounted import COUNTING, recounted
from builder.render.standing import Retelling, Retold
from builder.render.visible import published
from builder.report import Options, Report
from builder.watching import Watch

if TYPE_CHECKING:
    from builder.storage import Cache

_FEW: Final = 16
"""Articles; whoever changes more of them at once waits for a whole build."""


def revise(
    options: Options,
    changed: Sequence[str],
    *,
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
    revised = watch.time("revise", _revised, options, found, changed)
    outputs = None if revised is None else _outputs(options, found, revised, search_later=search_later)
    if revised is None or outputs is None:
        return None
    digests = {each.article.path: each.article.sha256 for each in revised}
    done = watch.time("publish", amend, outputs, options.out, sources=digests, twin=options.twin)
    report = found.reported(done)
    if report.published:
        pieces = [replace(each.former, facts=each.facts) for each in revised]
        keep_since(cache, options, found.since.with_pieces(pieces, (each.former for each in revised), report))
    return replace(report, fresh=done.fresh)


@value(frozen=True, slots=True)
class _Revised:
    """A piece with its new text."""

    article: Article
    former: Piece
    facts: Facts
    page: Output


def _may_be_short(changed: Sequence[str]) -> bool:
    articles = all(path.startswith("content/articles/") and path.lower().endswith(".md") for path in changed)
    return 0 < len(changed) <= _FEW and articles


def _revised(options: Options, found: Recalled, changed: Sequence[str]) -> tuple[_Revised, ...] | None:
    """The pieces that changed; None where more than their own pages shows that."""
    formers = list((found.pieces(changed) or {}).values())
    articles = [with_new_body(options.site, former.article) for former in formers]
    new = [article for article in articles if article is not None]
    apart = any(not _stands_alone(article, former, found) for article, former in zip(new, formers, strict=False))
    if not new or len(new) < len(formers) or apart or (knowledge := found.knowledge()) is None:
        return None
    named = [each for article in new if (each := alone(Annotating(knowledge), article)) is not None]
    if len(named) < len(new):
        return None
    facts = tuple(published(new, named))
    edits = [(former.facts, each) for former, each in zip(formers, facts, strict=False)]
    if len(facts) < len(new) or any(seen_elsewhere(old) != seen_elsewhere(each) for old, each in edits):
        return None
    if not unmoved(edits, found.counts, found.known.named, found.sharing) and not _relinked_alike(found, facts):
        return None
    pages = _pages(options, found, formers, [*zip(new, facts, strict=True)])
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
    options: Options, found: Recalled, formers: Sequence[Piece], new: Sequence[tuple[Article, Facts]]
) -> tuple[Output, ...] | None:
    """The articles' pages; None where a link could be broken by them."""
    made = []
    for former, (article, facts) in zip(formers, new, strict=True):
        standing = Output(article_page(article.id), (options.out / article_page(article.id)).read_bytes())
        page = _retold(found, former, article, facts, standing=standing)
        if page is None or not _leads_as_before(links_of(page), links_of(standing), former.led_to):
            return None
        made.append(page)
    return tuple(made)


def _retold(found: Recalled, former: Piece, article: Article, facts: Facts, *, standing: Output) -> Output | None:
    """A piece's page: the standing one with another text where nothing else can be new, else by its templates."""
    if found.known.saying:
        data = alone(Retelling(found.known.saying), Retold(article, facts, former.facts, standing.data))
        if data is not None:
            return Output(standing.path, data)
    from builder.redraw import redrawn  # noqa: PLC0415 - a third of the time that an edit takes, for few

    return redrawn(found, former, article, facts)


def _outputs(
    options: Options, found: Recalled, revised: Sequence[_Revised], *, search_later: bool
) -> tuple[Output, ...] | None:
    """All files that change; None where only a whole build can make them."""
    data = _data(options, revised)
    index = () if search_later or not options.search else _index(options, found, revised)
    return None if data is None or index is None else (*(each.page for each in revised), *data, *index)


def _data(options: Options, revised: Sequence[_Revised]) -> tuple[Output, ...] | None:
    """The files of data that count words; None where those that stand are not what is remembered."""
    words = {each.article.id: (each.former.facts.entry.words, each.facts.entry.words) for each in revised}
    counts = {key: (before, now) for key, (before, now) in words.items() if before != now}
    if not counts:
        return ()
    try:
        return tuple(recounted(counts, {path: (options.out / path).read_bytes() for path in COUNTING}))
    except (ValueError, OSError):
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

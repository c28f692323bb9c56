"""The short way of a build: where only the text of some articles changed, and nothing that other pages show of them.

It makes their pages anew and lets the rest stand, exactly as a whole build would, or it says that it cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from builder.annotate import Annotating
from builder.cache import Cache, cached_map
from builder.link import relink
from builder.model import Article, Facts, Library, Output, Settings, Version
from builder.model.edits import is_body_edited
from builder.problems import has_errors
from builder.publish.check import Followed, PageLinks, links_of
from builder.publish.manifest import digest_of
from builder.publish.site import amend
from builder.read.authorities import read_knowledge
from builder.read.citing import read_author_words
from builder.read.content import read_some_articles
from builder.read.site import SiteContent
from builder.read.templates import read_templates
from builder.render.alone import piece_pages, seen_elsewhere
from builder.render.data import recounted
from builder.render.dossiers import linked_pieces
from builder.render.environment import BrokenTemplateError, Rendering
from builder.render.look import dressed
from builder.render.parts import Site
from builder.render.plain import check_bodies
from builder.render.visible import published
from builder.report import Options, Report, Run
from builder.values import digest, packed, unpacked
from builder.watching import Watch

_FEW: Final = 16
"""Articles; whoever changes more of them at once waits for a whole build."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a build leaves for the next one that has little to do."""

    settings: Settings
    site: Site
    library: Library
    fronts: Mapping[str, bytes]
    """By path, a digest of the article without its body."""
    provenances: Mapping[str, bool]
    """By article id, whether its provenance page says that the body was edited."""
    apart: frozenset[str]
    """Ids and paths of pieces that more than their own page tells of: dossiers, later captures, problems."""
    led_to: frozenset[str]
    """Passages that other pages lead to: the page, # and the passage's id."""
    report: Report


def memory_of(
    report: Report,
    content: SiteContent,
    library: Library,
    *,
    site: Site,
    versions: Iterable[Version],
    provenances: Mapping[str, bool],
    led_to: frozenset[str],
) -> Memory:
    """What a whole build leaves."""
    named = {problem.place.path for problem in report.problems}
    about = {path.removeprefix("articles/").removesuffix(".html") for path in named if path.startswith("articles/")}
    later = {version.article for version in versions}
    return Memory(
        settings=content.settings,
        site=site,
        library=library,
        fronts={article.path: _front(article) for article in content.articles},
        provenances=provenances,
        apart=frozenset(named | about | later | linked_pieces(content.dossiers)),
        led_to=led_to,
        report=report,
    )


def revise(
    options: Options,
    changed: Sequence[str],
    *,
    executor: Executor,
    cache: Cache,
    watch: Watch | None = None,
    search_later: bool = False,
) -> Report | None:
    """Publish the articles at these paths with their new text; None where that touches more than their own pages.

    Nothing but them may have changed since the build that was kept, which is the caller's to know. With `search_later`
    the search is left as it is, for a whole build to renew.
    """
    watch = watch or Watch()
    found = watch.time("recall", _kept, cache, options) if _may_be_short(changed) else None
    if found is None:
        return None
    memory, since = found
    stumbled: list[str] = []
    run = partial(cached_map, cache, executor, tell=lambda stage, *_: stumbled.append(stage), watch=watch)
    try:
        revised = watch.time("revise", _revised, options, memory, changed, search_later=search_later, run=run)
    except BrokenTemplateError:
        return None
    # What a step fails at, a whole build tells by name.
    if revised is None or stumbled:
        return None
    outputs, memory, digests = revised
    done = watch.time("publish", amend, outputs, options.out, sources=digests, twin=options.twin)
    report = replace(
        memory.report,
        problems=(*memory.report.problems, *done.problems),
        published=not has_errors(done.problems),
        digest=done.digest,
        swapped=done.swapped,
    )
    if report.published:
        names = {Path(output.path).stem for output in outputs if output.path.startswith("articles/")}
        keep(cache, options, replace(memory, report=report), since=since | names)
    return report


def keep(cache: Cache, options: Options, memory: Memory, *, since: Iterable[str] | None = None) -> None:
    """Keep what a build leaves; with `since`, only the facts of those pieces beside what the last whole build left."""
    whole, later = _keys(options)
    facts = () if since is None else tuple(memory.library.facts[key] for key in sorted(since))
    rows = [(later, packed(_Since(memory.report, facts)))]
    cache.store(rows if since is not None else [*rows, (whole, packed(memory))])


def _kept(cache: Cache, options: Options) -> tuple[Memory, frozenset[str]] | None:
    """What the last builds of the site that stands left, and which pieces were revised since the last whole one."""
    whole, later = _keys(options)
    rows = {key: unpacked(data) for key, data in cache.load((whole, later)).items()}
    memory, since = rows.get(whole, (None, False))[0], rows.get(later, (None, False))[0]
    if not isinstance(memory, Memory) or not isinstance(since, _Since) or since.report.digest != digest_of(options.out):
        return None
    library = _with_facts(memory.library, {each.entry.id: each for each in since.facts})
    return replace(memory, library=library, report=since.report), frozenset(each.entry.id for each in since.facts)


@dataclass(frozen=True, slots=True)
class _Since:
    """What builds left that took the short way after a whole one."""

    report: Report
    facts: tuple[Facts, ...]


def _keys(options: Options) -> tuple[bytes, bytes]:
    """Under which names it is kept; builds that were asked for other things are kept apart."""
    asked = repr((options.out.absolute(), options.search, options.frozen, options.url))
    return f"memory {asked}".encode("utf-8", "replace"), f"since {asked}".encode("utf-8", "replace")


def _may_be_short(changed: Sequence[str]) -> bool:
    articles = all(path.startswith("content/articles/") and path.lower().endswith(".md") for path in changed)
    return 0 < len(changed) <= _FEW and articles


def _revised(
    options: Options, memory: Memory, changed: Sequence[str], *, search_later: bool, run: Run
) -> tuple[tuple[Output, ...], Memory, dict[str, str]] | None:
    """The files that change, what is to be remembered, and the digests of the articles."""
    articles = read_some_articles(options.site, memory.settings, changed, run)
    if articles is None or not all(_stands_alone(article, memory) for article in articles):
        return None
    knowledge, _ = read_knowledge(options.site, run)
    facts = published(articles, tuple(run(Annotating(knowledge), articles)))
    library = _with(memory.library, facts)
    if library is None or len(facts) < len(articles):
        return None
    pages = _pages(options, memory, library, articles, run=run)
    data = _data(options, memory, library, articles)
    index = () if search_later or not options.search else _index(options, library, articles, facts)
    if pages is None or data is None or index is None:
        return None
    digests = {article.path: article.sha256 for article in articles}
    return (*pages, *data, *index), replace(memory, library=library), digests


def _stands_alone(article: Article, memory: Memory) -> bool:
    """Whether nothing but its text is new, and no page but its own shows that."""
    if memory.fronts.get(article.path) != _front(article) or check_bodies((article,)):
        return False
    if not memory.apart.isdisjoint((article.id, article.path, article.capture and f"content/{article.capture.file}")):
        return False
    written = article.normalized.body if article.normalized else None
    edited = memory.provenances.get(article.id)
    return edited is None or edited == is_body_edited(article.body, written)


def _with(library: Library, facts: Iterable[Facts]) -> Library | None:
    """The library with new facts of some pieces; None where other pages show the difference."""
    new = {each.entry.id: each for each in facts}
    old = {key: library.facts[key] for key in new if key in library.facts}
    if any(key not in old or seen_elsewhere(each) != seen_elsewhere(old[key]) for key, each in new.items()):
        return None
    revised = relink(library, new)
    same = (revised.doubles, revised.related, revised.events) == (library.doubles, library.related, library.events)
    return revised if same else None


def _with_facts(library: Library, new: Mapping[str, Facts]) -> Library:
    entries = {key: new[key].entry if key in new else entry for key, entry in library.entries.items()}
    return replace(library, facts={**library.facts, **new}, entries=entries)


def _pages(
    options: Options, memory: Memory, library: Library, articles: Sequence[Article], *, run: Run
) -> tuple[Output, ...] | None:
    """The articles' pages; None where a link could be broken by them."""
    templates = dressed(read_templates(options.site, memory.settings.language), memory.settings.look)
    pieces = tuple((article, article.id in memory.provenances) for article in articles)
    pages = piece_pages(memory.site, library, pieces, read_author_words())
    made = []
    for output, links in run(Followed(Rendering(templates)), pages):
        former = links_of(Output(output.path, (options.out / output.path).read_bytes()))
        if not _leads_as_before(links, former, memory.led_to):
            return None
        made.append(output)
    return tuple(made)


def _data(options: Options, memory: Memory, library: Library, articles: Sequence[Article]) -> tuple[Output, ...] | None:
    """The files of data that count words; None where those that stand are not what is remembered."""
    before = memory.library.entries
    ids = [one.id for one in articles if library.entries[one.id].words != before[one.id].words]
    if not ids:
        return ()
    files = (path for path in (options.out / "data").iterdir() if path.is_file())
    standing = {path.relative_to(options.out).as_posix(): path.read_bytes() for path in files}
    try:
        return tuple(recounted(memory.site, memory.library, library, ids=ids, standing=standing))
    except ValueError:
        return None


def _index(
    options: Options, library: Library, articles: Iterable[Article], facts: Iterable[Facts]
) -> tuple[Output, ...] | None:
    """The files of the search; None where only a whole build can make them."""
    # A fifth of the start of a build with little to do, for who has a search.
    from builder.publish.search.amend import amend_index  # noqa: PLC0415
    from builder.render.search_records import search_record  # noqa: PLC0415

    records = [search_record(article, found) for article, found in zip(articles, facts, strict=True)]
    return amend_index(records, ((key, entry.day) for key, entry in library.entries.items()), out=options.out)


def _leads_as_before(page: PageLinks, former: PageLinks, led_to: frozenset[str]) -> bool:
    """Whether all links to the page still find their place, and its own are those it had or lead to itself."""
    gone = {f"{page.path}#{name}" for name in former.ids - page.ids}
    own = {f"#{name}" for name in page.ids}
    inside = {link for link in page.links if link.startswith("#")}
    return not page.repeated and gone.isdisjoint(led_to) and {*page.links} - {*former.links} <= own and inside <= own


def _front(article: Article) -> bytes:
    return digest(replace(article, body="", body_line=0, sha256=""))

"""The order of the stages: the one story of a build, from a folder of captures to a published site."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from builder.annotate.article import Annotating, check_choices
from builder.annotate.lexicon import bearers, indexed
from builder.cache import Cache, cached_map
from builder.link import compared, link
from builder.memory import Lists
from builder.model import AuthorWords, CleaningRules, Facts, Knowledge, Library, Output, Provenance, Templates, Version
from builder.model.values import value
from builder.problems import Place, Problem, counted, has_errors, in_order, warning
from builder.publish.check import Followed, LinkMap
from builder.publish.fixity import sources
from builder.publish.links import PageLinks, links_of
from builder.publish.site import Staging, staging
from builder.read.citing import read_author_words
from builder.read.codes import kept_codes, kept_knowledge
from builder.read.rules import has_rules
from builder.read.site import SiteContent, changed_captures, read_site
from builder.read.steps import Keep
from builder.read.templates import read_templates
from builder.remembering import Memory, shown_of
from builder.render.data import files
from builder.render.dossiers import check_dossiers, linked_pieces
from builder.render.environment import BrokenTemplateError, Rendering, keep_compiled
from builder.render.look import dressed
from builder.render.moved import former_pages, stubs
from builder.render.pages import is_list, plan, site_of
from builder.render.parts import Site
from builder.render.plain import check_bodies
from builder.render.search_records import said, search_head, search_subjects, search_text
from builder.render.views.articles import ProvenanceView
from builder.render.views.page import Page
from builder.render.visible import published
from builder.report import Options, Report, Run, Say
from builder.stacks import Filed, Stacks
from builder.watching import Watch


def build(
    options: Options,
    *,
    executor: Executor,
    cache: Cache,
    say: Say,
    watch: Watch | None = None,
    remember: Callable[[Memory], None] | None = None,
) -> Report:
    """Normalize what is new, publish everything, and report; errors leave the site that stands there untouched.

    `remember` is told what may spare the next build most of this.
    """
    stumbled: list[Problem] = []
    watch = watch or Watch()
    run = partial(cached_map, cache, executor, tell=partial(_stumble, stumbled), watch=watch)

    # Read what the archivist owns.
    stacks = Stacks()
    content, problems = watch.time("read", read_site, options.site, run, stacks.keep)
    if content is None:
        return Report(problems)
    known = indexed(content.knowledge, content.settings.language, kept_knowledge())
    content = replace(content.at(options.url), knowledge=known)

    # Make articles of the captures that have none.
    archive, report = _taken(options, content, run=run, keep=stacks.keep, say=say)
    content = archive.content

    # All that is wrong with the archivist's files is gathered before anything is decided.
    problems = (*problems, *report.problems, *_slips(content))
    report = _counted(replace(report, problems=in_order(problems)), archive)
    if has_errors(problems):
        return report

    # Find what each article names, then see the archive as a whole.
    say(f"naming people and topics in {counted(len(content.articles), 'article')}")
    found = published(content.articles, run(Annotating(content.knowledge), content.articles))
    library = watch.time("link", _linked, stacks.keep(found), content.knowledge)

    # Lay out every page, turn pages into files, index them and check them; then the whole site changes places at once.
    try:
        with staging(options.out, options.site, twin=options.twin) as staged:
            laid = watch.time("plan", _lay_out, options, archive, library, staged=staged, run=run, say=say)
            about_index = _index(options, content, library, laid=laid, staged=staged, run=run, say=say)
            about_links = watch.time("check", laid.links.problems)
            report = replace(report, problems=in_order((*problems, *laid.problems, *about_index, *about_links)))
            if has_errors(report.problems):
                return report
            done = watch.time("publish", staged.publish, archive.sources(library.entries))
    except BrokenTemplateError as broken:
        return replace(report, problems=in_order((*problems, broken.problem)))
    problems = in_order((*report.problems, *done.problems, *stumbled))
    report = replace(report, problems=problems, published=not has_errors(done.problems))
    report = _counted(replace(report, digest=done.digest, swapped=done.swapped), archive)
    if remember and report.published and not report.written:
        watch.time("remember", remember, watch.time("remember", archive.memory, report, library, laid))
    return report


@value(frozen=True, slots=True)
class _Archive:
    """All that a site is made of."""

    content: SiteContent
    versions: tuple[Version, ...] = ()
    """Later captures of pieces."""
    rules: CleaningRules | None = None
    """What captures are cleaned by; None where there are none."""
    keep: Keep = tuple
    """What holds many values."""

    def sources(self, shown: Collection[str]) -> dict[str, str]:
        """Digests by path of what the pieces with these ids were made of."""
        return sources(self.content.articles, self.content.captures, shown=shown, versions=self.versions)

    def memory(self, report: Report, library: Library, laid: _Laid) -> Memory:
        """What is to be remembered of a build."""
        content, named = self.content, {problem.place.path for problem in report.problems}
        about = {path.removeprefix("articles/").removesuffix(".html") for path in named if path.startswith("articles/")}
        later = {version.article for version in self.versions}
        paths = {article.id: article.path for article in content.articles}
        shown = shown_of(content.settings, library, site=laid.site, templates=laid.templates, authors=laid.authors)
        return Memory(
            shown,
            knowledge=content.knowledge,
            apart=frozenset(named | about | later | linked_pieces(content.dossiers)),
            library=library,
            articles=Filed(content.articles, {key: place for place, key in enumerate(paths)}),
            paths=paths,
            provenances=laid.provenances,
            lists=Lists(frozenset(laid.lists), dict(laid.links.led_to()), frozenset(later)),
            report=report,
        )


def _taken(options: Options, content: SiteContent, *, run: Run, keep: Keep, say: Say) -> tuple[_Archive, Report]:
    """The archive with articles of its new captures."""
    if not content.captures and not has_rules(options.site):
        return _Archive(content), Report(())
    from builder.normalizing import take_captures  # noqa: PLC0415 - a third of the start, for who has captures

    taken = take_captures(options, content, run=run, keep=keep, say=say)
    return _Archive(taken.content, taken.versions, taken.rules, keep), taken.report


def _slips(content: SiteContent) -> Iterator[Problem]:
    """What is wrong in files each of which can be read."""
    yield from changed_captures(content)
    for article in content.articles:
        yield from check_choices(article, content.knowledge)
        yield from check_bodies((article,))
    yield from check_dossiers(content.dossiers, content.articles)


def _stumble(stumbled: list[Problem], stage: str, item: object, trace: str) -> None:
    """Note the piece at which a step raised, which is Pressmark's own fault; captures say so themselves."""
    if stage == "normalize":
        return
    name = next((str(found) for field in ("path", "article") if (found := getattr(item, field, None))), "one piece")
    *_, last = trace.strip().splitlines() or [""]
    stumbled.append(warning(Place(name), f"{stage} failed: {last}", "please report it; the rest is published"))


def _counted(report: Report, archive: _Archive) -> Report:
    """The report with how each piece ended: published, published with a warning, or refused."""
    content = archive.content
    named = {problem.place.path for problem in report.problems}
    used = {f"content/{version.capture}" for version in archive.versions}
    warned = 0
    for article in content.articles if named else ():
        told = named.intersection((article.path, f"content/{article.capture.file}" if article.capture else ""))
        warned += bool(told)
        used |= told
    refused = {path for path in named - used if path.startswith(("content/captures/", "content/articles/"))}
    return replace(report, articles=len(content.articles), warned=warned, refused=len(refused))


def _linked(facts: Sequence[Facts], knowledge: Knowledge) -> Library:
    """The library of these facts, which stay where they are kept."""
    few = tuple(compared(facts))
    library = link(few, bearers(knowledge, few), as_of=knowledge.as_of)
    places = {each.entry.id: place for place, each in enumerate(few)}
    return replace(library, facts=Filed(facts, {key: places[key] for key in library.entries}))


@value(frozen=True, slots=True)
class _Laid:
    """What is kept of the pages once their files are made."""

    site: Site
    links: LinkMap
    provenances: dict[str, bool]
    """By article id, whether its provenance page says that the body was edited."""
    lists: list[str]
    """The addresses of all files that tell of many pieces."""
    problems: tuple[Problem, ...]
    templates: Templates
    authors: AuthorWords


def _lay_out(options: Options, archive: _Archive, library: Library, *, staged: Staging, run: Run, say: Say) -> _Laid:
    """Every file of the site but its search, made and put one after the other."""
    content = archive.content
    templates = dressed(read_templates(options.site, content.settings.language), content.settings.look)
    keep_compiled(templates, kept_codes())
    authors = read_author_words()
    dated = any(entry.day for entry in library.entries.values())
    site = site_of(content.settings, content.texts, feed=dated, dossiers=bool(content.dossiers))
    links, edited, lists = LinkMap(), dict[str, bool](), list[str]()
    pages = plan(
        content.settings,
        library,
        articles=content.articles,
        provenances=_provenances(options, archive, run=run),
        texts=content.texts,
        versions=archive.versions,
        dossiers=content.dossiers,
        authors=authors,
        search=options.search,
    )
    say("rendering the pages")
    run = partial(run, Followed(Rendering(templates)), deliver=staged.delivery())
    for file, found in run(_noting(pages, edited, lists)):
        staged.put(file)
        links.add(found)
    moved, problems = stubs((*content.moves, *former_pages(library)), {*links.paths}, site)
    data = files(content.settings, library, templates=templates, dossiers=content.dossiers, authors=authors)
    for file, found in chain(run(moved), _found_in(data, templates.assets, lists)):
        staged.put(file)
        links.add(found)
    return _Laid(site, links, edited, lists, problems, templates, authors)


def _found_in(data: Iterable[Output], assets: Collection[str], lists: list[str]) -> Iterator[tuple[Output, PageLinks]]:
    """The files with their links; it is noted which are no assets."""
    for output in data:
        if output.path not in assets:
            lists.append(output.path)
        yield output, links_of(output)


def _noting(pages: Iterable[Page], edited: dict[str, bool], lists: list[str]) -> Iterator[Page]:
    """The pages as they pass by; of provenance pages it is noted whether they say that the body was edited."""
    for page in pages:
        if is_list(page):
            lists.append(page.path)
        if isinstance(page.view, ProvenanceView):
            edited[page.view.row.id] = page.view.edited
        yield page


def _provenances(options: Options, archive: _Archive, *, run: Run) -> Mapping[str, Provenance]:
    """By article id, what became of each line of its capture."""
    if archive.rules is None or not archive.content.captures:
        return {}
    from builder.normalizing import provenances  # noqa: PLC0415 - as above

    return provenances(options.site, archive.content, archive.rules, run=run, keep=archive.keep)


def _index(
    options: Options,
    content: SiteContent,
    library: Library,
    *,
    laid: _Laid,
    staged: Staging,
    run: Run,
    say: Say,
) -> tuple[Problem, ...]:
    if not options.search:
        return ()
    from builder.publish.search import Pieces, build_index  # noqa: PLC0415 - a tenth of the start, for who has a search

    say("indexing for search")
    articles = Filed(content.articles, {article.id: place for place, article in enumerate(content.articles)})
    heads = [search_head(entry, library.mentions[key]) for key, entry in library.entries.items()]
    pieces = Pieces(heads, lambda key: search_text(articles[key]), said)
    subjects = search_subjects(library, content.settings.language)
    with tempfile.TemporaryDirectory(prefix="pressmark-") as scratch:
        delivering = partial(run, deliver=staged.delivery())
        found = build_index(pieces, subjects, scratch=Path(scratch), mapper=run, delivering=delivering)
    for file in found.outputs:
        staged.put(file)
        laid.links.add(PageLinks(file.path, (), frozenset(), ()))
    return found.problems

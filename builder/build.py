"""The order of the stages: the one story of a build, from a folder of captures to a published site."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from builder.annotate import Annotating, check_choices
from builder.cache import Cache, cached_map
from builder.link import link
from builder.model import CleaningRules, Facts, Library, Output, Version
from builder.normalize import (
    Normalized,
    Normalizing,
    Tracing,
    check_rules,
    content_files,
    refreshed_files,
    sort_versions,
    version_ledgers,
)
from builder.problems import Place, Problem, error, has_errors, in_order, warning
from builder.publish.check import Followed, PageLinks, check_links, links_of
from builder.publish.content import write_new, write_over
from builder.publish.fixity import sources
from builder.publish.search import build_index
from builder.publish.site import publish
from builder.read.citing import read_author_words
from builder.read.content import read_articles
from builder.read.ledgers import read_ledgers
from builder.read.rules import read_rules
from builder.read.site import (
    SiteContent,
    captures_of_addresses,
    captures_without_article,
    changed_captures,
    only_captures,
    read_site,
    read_text,
    read_traces,
)
from builder.read.templates import read_templates
from builder.render import (
    BrokenTemplateError,
    Recording,
    Rendering,
    check_bodies,
    check_dossiers,
    dressed,
    files,
    former_pages,
    plan,
    published,
    search_subjects,
    stubs,
)
from builder.watching import Watch

Say = Callable[[str], None]
"""Where a line of progress goes."""
Run = Callable[..., Any]
"""`cached_map` with its cache and executor."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the archivist asked for."""

    site: Path
    out: Path
    search: bool = True
    frozen: bool = False
    """Refuse captures that have no committed article, as CI does."""
    url: str | None = None
    """The address of the published site, with a slash at its end, where site.yaml names none."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did and what it has to say."""

    problems: tuple[Problem, ...]
    published: bool = False
    articles: int = 0
    warned: int = 0
    """Of these, those that have a warning, or whose capture has one."""
    written: int = 0
    """Articles made from new captures."""
    refused: int = 0
    """Files among the captures and articles of which no article could be made."""
    digest: str = ""
    """Of the published site."""
    swapped: bool = False
    """Whether anything changed in the published folder."""


def build(options: Options, *, executor: Executor, cache: Cache, say: Say, watch: Watch | None = None) -> Report:
    """Normalize what is new, publish everything, and report; errors leave the site that stands there untouched."""
    stumbled: list[Problem] = []
    watch = watch or Watch()
    run = partial(cached_map, cache, executor, tell=partial(_stumble, stumbled), watch=watch)

    # Read what the archivist owns.
    opened, problems = watch.time("read", _opened, options.site, run)
    if opened is None:
        return Report(problems)
    content, rules = opened
    content = replace(content, settings=replace(content.settings, url=content.settings.url or options.url))

    # Make articles of the captures that have none.
    content, versions, report = _normalize_new(options, content, rules, run=run, say=say)
    problems = (*problems, *report.problems, *changed_captures(content))

    # All that is wrong with the archivist's files is gathered before anything is decided.
    problems = (
        *problems,
        *(found for article in content.articles for found in check_choices(article, content.knowledge)),
        *check_bodies(content.articles),
        *check_dossiers(content.dossiers, content.articles),
    )
    report = _counted(replace(report, problems=in_order(problems)), content, versions)
    if has_errors(problems):
        return report

    # Find what each article names, then see the archive as a whole.
    say(f"naming people and topics in {len(content.articles)} articles")
    facts = published(content.articles, tuple(run(Annotating(content.knowledge), content.articles)))
    library = watch.time("link", link, facts, content.knowledge.authorities, as_of=content.knowledge.as_of)

    # Lay out every page, turn pages into files, index them and check them.
    try:
        pages, about_moves = watch.time(
            "plan", _render, options, content, library, versions, rules=rules, run=run, say=say
        )
    except BrokenTemplateError as broken:
        return replace(report, problems=in_order((*problems, broken.problem)))
    index, about_index = _index(options, content, facts, library, run=run, say=say)
    about_links = watch.time("check", check_links, (*(links for _, links in pages), *map(links_of, index)))
    outputs = (*(output for output, _ in pages), *index)
    report = replace(report, problems=in_order((*problems, *about_moves, *about_index, *about_links)))
    if has_errors(report.problems):
        return report

    # Put the whole site in place at once.
    digests = sources(content.articles, content.captures, shown={found.entry.id for found in facts}, versions=versions)
    done = watch.time("publish", publish, outputs, options.out, site=options.site, sources=digests)
    report = replace(
        report,
        problems=in_order((*report.problems, *done.problems, *stumbled)),
        published=not has_errors(done.problems),
        digest=done.digest,
        swapped=done.swapped,
    )
    return _counted(report, content, versions)


def normalize(site: Path, captures: tuple[Path, ...], *, executor: Executor, cache: Cache, say: Say) -> Report:
    """Make articles of new captures and publish nothing; `captures` names some of them, none means all."""
    run = partial(cached_map, cache, executor)
    opened, problems = _opened(site, run)
    if opened is None:
        return Report(problems)
    content, rules = opened
    content, unknown = only_captures(site, content, captures)
    _, _, report = _normalize_new(Options(site, site), content, rules, run=run, say=say)
    return replace(report, problems=in_order((*problems, *unknown, *report.problems)))


def refresh(site: Path, captures: tuple[Path, ...], *, executor: Executor, cache: Cache, say: Say) -> Report:
    """Make articles anew from their captures, and name what in them a person has typed, which is left alone."""
    run = partial(cached_map, cache, executor)
    opened, problems = _opened(site, run)
    if opened is None:
        return Report(problems)
    content, rules = opened
    content, unknown = only_captures(site, content, captures)
    found = {capture.path: capture for capture in content.captures}
    pairs = [(a, found[a.capture.file]) for a in content.articles if a.capture and a.capture.file in found]
    say(f"refreshing {len(pairs)} articles")
    drafts = run(Normalizing(rules), [capture for _, capture in pairs])
    made = refreshed_files(((a, n) for (a, _), n in zip(pairs, drafts, strict=True)), partial(read_text, site))
    written, trouble = write_over(site, made.files)
    problems = in_order((*problems, *unknown, *made.problems, *trouble))
    return Report(problems, written=written, articles=len(content.articles))


def _opened(site: Path, run: Run) -> tuple[tuple[SiteContent, CleaningRules] | None, tuple[Problem, ...]]:
    """What the archivist owns and the rules to clean by; None where nothing can be built of it, or cleaned by them."""
    content, problems = read_site(site, run)
    rules, about_rules = read_rules(site, check_rules, run)
    problems = in_order((*problems, *about_rules))
    return (None if content is None or has_errors(about_rules) else (content, rules)), problems


def _normalize_new(
    options: Options, content: SiteContent, rules: CleaningRules, *, run: Run, say: Say
) -> tuple[SiteContent, tuple[Version, ...], Report]:
    new = captures_without_article(content)
    if not new:
        return content, (), Report(())
    say(f"normalizing {len(new)} new captures")
    normalizing = Normalizing(rules)
    drafts = tuple(run(normalizing, new))
    earlier = captures_of_addresses(content, {url for one in drafts if one.draft and (url := one.draft.source.url)})
    again = zip(earlier, run(normalizing, list(earlier.values())), strict=True)
    texts = {article: one.draft.text for article, one in again if one.draft}
    found = sort_versions(drafts, content.articles, texts)
    if options.frozen:
        return content, found.versions, Report(tuple(problem for one in found.pieces for problem in _frozen(one)))
    _, trouble = write_new(options.site, (content_files(one) for one in found.pieces))
    ledgers, about_ledgers = read_ledgers(options.site) if found.versions else ({}, ())
    _, unwritten = write_over(options.site, version_ledgers(found.versions, drafts, ledgers))
    articles, _ = read_articles(options.site, content.settings, run)
    refused = sum(one.draft is None for one in found.pieces)
    problems = (*(problem for one in drafts for problem in one.problems), *trouble, *about_ledgers, *unwritten)
    report = Report(problems, written=len(found.pieces) - refused, refused=refused)
    return replace(content, articles=articles), found.versions, report


def _stumble(stumbled: list[Problem], stage: str, item: object, trace: str) -> None:
    """Note the piece at which a step raised, which is Pressmark's own fault; captures say so themselves."""
    if stage == "normalize":
        return
    name = next((str(found) for field in ("path", "article") if (found := getattr(item, field, None))), "one piece")
    *_, last = trace.strip().splitlines() or [""]
    stumbled.append(warning(Place(name), f"{stage} failed: {last}", "please report it; the rest is published"))


def _counted(report: Report, content: SiteContent, versions: tuple[Version, ...]) -> Report:
    """The report with how each piece ended: published, published with a warning, or refused."""
    named = {problem.place.path for problem in report.problems}
    files = {article.path: f"content/{article.capture.file}" if article.capture else "" for article in content.articles}
    used = {*files, *files.values(), *(f"content/{version.capture}" for version in versions)}
    refused = {path for path in named - used if path.startswith(("content/captures/", "content/articles/"))}
    warned = sum(not named.isdisjoint(pair) for pair in files.items())
    return replace(report, articles=len(files), warned=warned, refused=len(refused))


def _frozen(normalized: Normalized) -> tuple[Problem, ...]:
    """A page without an article stops CI; one of which no article can be made never had any to commit."""
    if normalized.draft is None:
        return normalized.problems
    hint = "run pressmark build without --frozen and commit the article"
    return (error(Place(f"content/{normalized.capture}"), "has no article", hint),)


def _render(
    options: Options,
    content: SiteContent,
    library: Library,
    versions: tuple[Version, ...],
    *,
    rules: CleaningRules,
    run: Run,
    say: Say,
) -> tuple[tuple[tuple[Output, PageLinks], ...], tuple[Problem, ...]]:
    templates = dressed(read_templates(options.site, content.settings.language), content.settings.look)
    traces = run(Tracing(replace(rules, own=())), read_traces(options.site, content))
    provenances = {trace.article: trace for trace in traces if trace is not None}
    authors = read_author_words()
    pages = tuple(
        plan(
            content.settings,
            library,
            articles=content.articles,
            provenances=provenances,
            texts=content.texts,
            versions=versions,
            dossiers=content.dossiers,
            authors=authors,
            search=options.search,
        )
    )
    moved, problems = stubs((*content.moves, *former_pages(library)), pages)
    say(f"rendering {len(pages) + len(moved)} pages")
    data = files(content.settings, library, templates=templates, dossiers=content.dossiers, authors=authors)
    made = run(Followed(Rendering(templates)), (*pages, *moved))
    return (*made, *((output, links_of(output)) for output in data)), problems


def _index(
    options: Options, content: SiteContent, facts: Sequence[Facts], library: Library, *, run: Run, say: Say
) -> tuple[tuple[Output, ...], tuple[Problem, ...]]:
    if not options.search:
        return (), ()
    say("indexing for search")
    articles = {article.id: article for article in content.articles}
    shown = [(articles[found.entry.id], found) for found in facts]
    subjects = search_subjects(library, content.settings.language)
    with tempfile.TemporaryDirectory(prefix="pressmark-") as scratch:
        found = build_index(run(Recording(), shown), subjects, scratch=Path(scratch), mapper=run)
    return found.outputs, found.problems

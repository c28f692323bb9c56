"""The order in which captures become articles, and articles tell where each of their lines came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from builder.cache import Cache, cached_map
from builder.model import Article, CleaningRules, Provenance, Version
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
from builder.problems import Place, Problem, counted, error, has_errors, in_order
from builder.publish.content import write_new, write_over
from builder.read.captures import capture_below
from builder.read.content import read_articles
from builder.read.ledgers import read_ledgers
from builder.read.rules import read_rules
from builder.read.site import (
    SiteContent,
    captures_of_addresses,
    captures_without_article,
    only_captures,
    read_site,
    read_text,
    traces_of,
)
from builder.read.steps import Keep
from builder.report import Options, Report, Run, Say
from builder.stacks import Filed


@dataclass(frozen=True, slots=True)
class Taken:
    """A site's content once its new captures are articles."""

    content: SiteContent
    versions: tuple[Version, ...]
    """Captures that are later versions of articles."""
    rules: CleaningRules
    report: Report


def normalize(site: Path, captures: tuple[Path, ...], *, executor: Executor, cache: Cache, say: Say) -> Report:
    """Make articles of new captures and publish nothing; `captures` names some of them, none means all."""
    run = partial(cached_map, cache, executor)
    opened, problems = _opened(site, captures, run)
    if opened is None:
        return Report(problems)
    report = _taken(Options(site, site), *opened, run=run, keep=tuple, say=say).report
    return replace(report, problems=in_order((*problems, *report.problems)))


def refresh(site: Path, captures: tuple[Path, ...], *, executor: Executor, cache: Cache, say: Say) -> Report:
    """Make articles anew from their captures, and name what in them a person has typed, which is left alone."""
    run = partial(cached_map, cache, executor)
    opened, problems = _opened(site, captures, run)
    if opened is None:
        return Report(problems)
    content, rules = opened
    found = {capture.path: capture for capture in content.captures}
    pairs = [(a, found[a.capture.file]) for a in content.articles if a.capture and a.capture.file in found]
    say(f"refreshing {counted(len(pairs), 'article')}")
    drafts = run(Normalizing(rules), [capture for _, capture in pairs])
    made = refreshed_files(((a, n) for (a, _), n in zip(pairs, drafts, strict=True)), partial(read_text, site))
    written, trouble = write_over(site, made.files)
    problems = in_order((*problems, *made.problems, *trouble))
    return Report(problems, written=written, articles=len(content.articles))


def take_captures(options: Options, content: SiteContent, *, run: Run, keep: Keep, say: Say) -> Taken:
    """The content with an article for each capture that had none; with `frozen`, the complaint that there are such."""
    rules, problems = read_rules(options.site, check_rules, run)
    if has_errors(problems):
        return Taken(content, (), rules, Report(problems))
    taken = _taken(options, content, rules, run=run, keep=keep, say=say)
    return replace(taken, report=replace(taken.report, problems=(*problems, *taken.report.problems)))


def provenances(
    site: Path, content: SiteContent, rules: CleaningRules, *, run: Run, keep: Keep
) -> Mapping[str, Provenance]:
    """By article id, what became of each line of its capture, where that is unchanged and its ledger is there."""
    places: dict[str, int] = {}

    def noted() -> Iterator[Provenance]:
        for trace in run(Tracing(replace(rules, own=())), traces_of(site, content.articles, content.captures)):
            if trace is not None:
                places[trace.article] = len(places)
                yield trace

    return Filed(keep(noted()), places)


def traced(site: Path, articles: Sequence[Article], *, run: Run) -> dict[str, Provenance]:
    """The same of these articles alone."""
    rules, problems = read_rules(site, check_rules, run)
    captures = [one for article in articles if article.capture and (one := capture_below(site, article.capture.file))]
    traces = () if has_errors(problems) else traces_of(site, articles, captures)
    found = run(Tracing(replace(rules, own=())), traces)
    return {trace.article: trace for trace in found if trace is not None}


def _opened(
    site: Path, captures: tuple[Path, ...], run: Run
) -> tuple[tuple[SiteContent, CleaningRules] | None, tuple[Problem, ...]]:
    """What the archivist owns, of the captures those that are named, and the rules to clean by.

    None where nothing can be built of it, or cleaned by them.
    """
    content, problems = read_site(site, run)
    rules, about_rules = read_rules(site, check_rules, run)
    problems = in_order((*problems, *about_rules))
    if content is None or has_errors(about_rules):
        return None, problems
    content, unknown = only_captures(site, content, captures)
    return (content, rules), in_order((*problems, *unknown))


def _taken(options: Options, content: SiteContent, rules: CleaningRules, *, run: Run, keep: Keep, say: Say) -> Taken:
    new = captures_without_article(content)
    if not new:
        return Taken(content, (), rules, Report(()))
    say(f"normalizing {counted(len(new), 'new capture')}")
    normalizing = Normalizing(rules)
    drafts = tuple(run(normalizing, new))
    earlier = captures_of_addresses(content, {url for one in drafts if one.draft and (url := one.draft.source.url)})
    again = zip(earlier, run(normalizing, list(earlier.values())), strict=True)
    texts = {article: one.draft.text for article, one in again if one.draft}
    found = sort_versions(drafts, content.articles, texts)
    if options.frozen:
        report = Report(tuple(problem for one in found.pieces for problem in _frozen(one)))
        return Taken(content, found.versions, rules, report)
    _, trouble = write_new(options.site, (content_files(one) for one in found.pieces))
    ledgers, about_ledgers = read_ledgers(options.site) if found.versions else ({}, ())
    _, unwritten = write_over(options.site, version_ledgers(found.versions, drafts, ledgers))
    articles, _ = read_articles(options.site, content.settings, run, keep)
    refused = sum(one.draft is None for one in found.pieces)
    problems = (*(problem for one in drafts for problem in one.problems), *trouble, *about_ledgers, *unwritten)
    report = Report(problems, written=len(found.pieces) - refused, refused=refused)
    return Taken(replace(content, articles=articles), found.versions, rules, report)


def _frozen(normalized: Normalized) -> tuple[Problem, ...]:
    """A page without an article stops CI; one of which no article can be made never had any to commit."""
    if normalized.draft is None:
        return normalized.problems
    hint = "run pressmark build without --frozen and commit the article"
    return (error(Place(f"content/{normalized.capture}"), "has no article", hint),)

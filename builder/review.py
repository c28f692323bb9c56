"""The `review` command: what in the archive needs a person, where, why, and the line to paste."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.annotate.article import Annotating
from builder.annotate.review import unknown, unresolved
from builder.annotate.strangers import Seeking
from builder.link import link
from builder.model import Article, Capture, Finding, end_of_front_matter
from builder.normalize import Doubting, check_rules, narrow_decisions, undated, weak_title
from builder.parallel import InlineExecutor, map_stage
from builder.problems import Problem, counted, in_order, visible
from builder.read.rules import read_rules
from builder.read.site import read_site, read_text
from builder.render.review import review_page


@dataclass(frozen=True, slots=True)
class Review:
    """All that needs a person, by place, and what is wrong in the archivist's files."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    pages: Mapping[str, str]
    """For articles and captures the address of their page from the site's root."""


def review(site: Path, *, executor: Executor, say: Callable[[str], None]) -> Review:
    """Gather what is missing, weak, narrow, unknown or double in an archive; nothing is written."""
    content, problems = read_site(site)
    rules, about_rules = read_rules(site, check_rules)
    problems = (*problems, *about_rules)
    if content is None:
        return Review((), in_order(problems), {})
    articles, knowledge = content.articles, content.knowledge
    run = partial(map_stage, executor)

    # What each piece and each page says.
    say(f"looking at {counted(len(articles), 'article')}")
    pages = _own_captures(articles, content.captures)
    doubts = dict(zip(pages, run(Doubting(rules), list(pages.values())), strict=True))
    facts = run(Annotating(knowledge), articles)
    strangers = run(Seeking(knowledge), articles)
    library = link(facts, knowledge.authorities)

    # What of it needs a person.
    findings: list[Finding] = []
    titles: dict[str, list[Article]] = {}
    for article in articles:
        titles.setdefault(article.title.casefold(), []).append(article)
    for article, about in zip(articles, facts, strict=True):
        page = doubts.get(article.id)
        alike = (article.id, *library.doubles.get(article.id, ()))
        twins = [other for other in titles[article.title.casefold()] if other.id not in alike]
        findings += undated(article, page)
        findings += weak_title(article, page, twins, read_text(site, article.path))
        findings += narrow_decisions(article, page)
        findings += unresolved(article, about, knowledge)
    findings += unknown(list(zip(articles, strangers, strict=True)), knowledge)
    findings += _doubles({article.id: article for article in articles}, library.doubles)
    ordered = sorted(set(findings), key=lambda one: (one.place, one.kind, one.message, one.paste))
    return Review(tuple(ordered), in_order(problems), _pages(articles))


def shown_as_page(site: Path) -> bytes:
    """The page that `serve` shows, made anew in this process."""
    report = review(site, executor=InlineExecutor(), say=lambda _: None)
    return review_page(report.findings, report.problems, report.pages)


def shown(report: Review) -> Iterator[str]:
    """Lines for a terminal: place and reason, then what to paste and where."""
    for one in report.findings:
        yield visible(f"{one.place}: {one.kind}: {one.message}")
        if one.into != one.place.path:
            yield visible(f"  into {one.into}:")
        yield from (f"    {visible(line)}" for line in one.paste.split("\n"))


def shown_as_json(report: Review) -> Iterator[str]:
    """A JSON object for each finding."""
    for one in report.findings:
        place = {"file": one.place.path, "line": one.place.line, "column": one.place.column}
        finding = {"kind": one.kind, **place, "message": one.message, "paste": one.paste, "into": one.into}
        yield json.dumps(finding, ensure_ascii=False)


def summary(report: Review) -> str:
    """How many of each kind there are."""
    if not report.findings:
        return "nothing needs a person"
    counts = Counter(one.kind for one in report.findings)
    return f"{len(report.findings)} to look at: {', '.join(f'{counts[kind]} {kind}' for kind in sorted(counts))}"


def _pages(articles: Sequence[Article]) -> dict[str, str]:
    pages = {f"content/{a.capture.file}": f"provenance/{a.id}.html" for a in articles if a.capture}
    return pages | {article.path: f"articles/{article.id}.html" for article in articles}


def _own_captures(articles: Sequence[Article], captures: Sequence[Capture]) -> dict[str, Capture]:
    """By article id the capture, where it is still the one that the article was made from."""
    standing = {(capture.path, capture.sha256): capture for capture in captures}
    made_from = {a.id: (a.capture.file, a.capture.sha256) for a in articles if a.capture}
    return {identity: standing[key] for identity, key in made_from.items() if key in standing}


def _doubles(articles: Mapping[str, Article], doubles: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """Each piece but the earliest of those that nearly say the same."""
    for identity, others in doubles.items():
        article = articles[identity]
        first = min((*others, identity), key=lambda one: (articles[one].published or "9999", one))
        if first != identity:
            message = f"says nearly the same as {articles[first].path}"
            yield Finding(end_of_front_matter(article), "double", message, "draft: true", article.path)

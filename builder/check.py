"""The `check` command: what in an archive and its built site is broken, missing, unknown, idle, double or silent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from builder.annotate.article import Annotating, check_choices
from builder.annotate.review import unknown
from builder.annotate.strangers import Seeking
from builder.link import link
from builder.model import Article, Authority, Capture, Library, end_of_front_matter, silences
from builder.normalize import Normalized, Normalizing, check_rules
from builder.parallel import map_stage
from builder.problems import Place, Problem, counted, error, in_order, visible, warning
from builder.publish.check import check_links
from builder.publish.manifest import fixity
from builder.publish.permanence import addresses_of, lost_addresses, pages_of
from builder.read.rules import read_rules
from builder.read.site import SiteContent, captures_without_article, read_site
from builder.render.dossiers import check_dossiers

Kind = Literal["file", "link", "address", "person", "undated", "untitled", "authority", "capture", "gap", "site"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is not as it should be."""

    kind: Kind
    problem: Problem


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was found, by place, and what was looked at."""

    flaws: tuple[Flaw, ...]
    pages: int = 0
    """Of the built site; 0 where there is none."""
    kept: int = 0
    """Former addresses that still lead somewhere."""
    digest: str = ""
    """Of the built site as its files are now."""


def check(site: Path, out: Path, *, since: Path | None, executor: Executor, say: Callable[[str], None]) -> Checked:
    """Look through an archive and the site built of it; nothing is written."""
    content, problems = read_site(site)
    rules, about_rules = read_rules(site, check_rules)
    flaws = [Flaw("file", problem) for problem in (*problems, *about_rules)]
    if content is None:
        return Checked(_ordered(flaws))
    flaws += (Flaw("file", problem) for problem in _unknown_ids(content))

    # What the archivist has.
    say(f"looking at {counted(len(content.articles), 'article')}")
    run = partial(map_stage, executor)
    facts = run(Annotating(content.knowledge), content.articles)
    strangers = run(Seeking(content.knowledge), content.articles)
    library = link(facts, content.knowledge.authorities)
    pairs = list(zip(content.articles, strangers, strict=True))
    flaws += (
        Flaw("person", warning(one.place, one.message, "pressmark review has the record to paste"))
        for one in unknown(pairs, content.knowledge)
    )
    flaws += _undated_and_untitled(content.articles)
    new = captures_without_article(content)
    flaws += _without_article(run(Normalizing(rules), new), content.articles)
    flaws += _idle_authorities(content.knowledge.authorities, library)
    flaws += _double_captures(content.captures)
    flaws += _gaps(content.articles, library)

    # What stands in the site.
    if not (out / "index.html").is_file():
        missing = warning(
            Place(str(out)), "there is no site here, so its links were not looked at", "run pressmark build"
        )
        return Checked(_ordered([*flaws, Flaw("site", missing)]))
    say("following the links of the site")
    pages = list(pages_of(out))
    flaws += _broken_links(check_links(pages), content.articles)
    base = urlsplit(content.settings.url or "/").path
    before = addresses_of(since, base) if since else frozenset()
    if before is None:
        hint = "name a site's folder, its data/manifest-sha256.txt, or a list of addresses"
        flaws.append(Flaw("address", error(Place(str(since)), "cannot be read", hint)))
        before = frozenset()
    elif since and not before:
        flaws.append(Flaw("address", error(Place(str(since)), "names no page", "name the site as it was published")))
    lost = lost_addresses(before, out)
    flaws += (Flaw("address", problem) for problem in lost)
    proof = fixity(out)
    return Checked(_ordered(flaws), len(pages), len(before) - len(lost), proof.digest if proof else "")


def shown_as_text(checked: Checked) -> Iterator[str]:
    """A line for each flaw."""
    for one in checked.flaws:
        yield f"{one.problem} [{one.kind}]"


def shown_as_json(checked: Checked) -> Iterator[str]:
    """A JSON object for each flaw."""
    for one in checked.flaws:
        problem, place = one.problem, one.problem.place
        where = {"file": place.path, "line": place.line, "column": place.column}
        said = {"severity": problem.severity, **where, "message": problem.message, "hint": problem.hint}
        yield json.dumps({"kind": one.kind, **said}, ensure_ascii=False)


def shown_for_github(checked: Checked) -> Iterator[str]:
    """A workflow command for each flaw, which GitHub shows beside the line."""
    for one in checked.flaws:
        problem, place = one.problem, one.problem.place
        where = f"file={_property(place.path)},line={place.line},col={place.column},title={one.kind}"
        hint = f" ({problem.hint})" if problem.hint else ""
        yield f"::{problem.severity} {where}::{_data(visible(problem.message + hint))}"


def summary(checked: Checked) -> str:
    """How many of each kind there are, and what was looked at."""
    counts = Counter(one.kind for one in checked.flaws)
    found = ", ".join(f"{counts[kind]} {kind}" for kind in sorted(counts)) or "nothing to mend"
    kept = f"; {checked.kept} former addresses are kept" if checked.kept else ""
    return f"{found}; {checked.pages} files of the site looked at{kept}"


def _unknown_ids(content: SiteContent) -> Iterator[Problem]:
    """What articles choose and dossiers link that is not there, or is not published."""
    for article in content.articles:
        yield from check_choices(article, content.knowledge)
    yield from check_dossiers(content.dossiers, content.articles)


def _undated_and_untitled(articles: Iterable[Article]) -> Iterator[Flaw]:
    for article in articles:
        if not article.published:
            hint = "add published: and the day, if the piece or its source tells it"
            yield Flaw("undated", warning(end_of_front_matter(article), "has no date", hint))
        if not any(letter.isalpha() for letter in article.title):
            yield Flaw("untitled", warning(Place(article.path, 2), "has no title that says anything", "give it one"))


def _without_article(drafts: Iterable[Normalized], articles: Iterable[Article]) -> Iterator[Flaw]:
    """Captures of which no article was made, or none yet; a later capture of a piece's address is a version of it."""
    addresses = {article.source.url for article in articles if article.source.url}
    for one in drafts:
        if one.draft is None:
            yield from (Flaw("untitled", problem) for problem in one.problems)
        elif one.draft.source.url not in addresses:
            place = Place(f"content/{one.capture}")
            yield Flaw("capture", warning(place, "has no article yet", "run pressmark build"))


def _idle_authorities(authorities: Iterable[Authority], library: Library) -> Iterator[Flaw]:
    """Records of the archivist's own that no piece names; the shipped ones name half the world."""
    for authority in authorities:
        subjects = library.leaders if authority.kind == "leader" else library.topics
        if authority.place.startswith("content/") and authority.id not in subjects:
            path, line, column = authority.place.rsplit(":", 2)
            message = f'no piece names the {authority.kind} "{authority.id}"'
            problem = warning(
                Place(path, int(line), int(column)), message, "add its other names as aliases, or remove it"
            )
            yield Flaw("authority", problem)


def _double_captures(captures: Iterable[Capture]) -> Iterator[Flaw]:
    first: dict[str, str] = {}
    for capture in captures:
        same = first.setdefault(capture.sha256, capture.path)
        if same != capture.path:
            problem = warning(
                Place(f"content/{capture.path}"), f"is byte for byte content/{same}", "remove one of them"
            )
            yield Flaw("capture", problem)


def _gaps(articles: Iterable[Article], library: Library) -> Iterator[Flaw]:
    """Each gap at the piece before it."""
    paths = {article.id: article.path for article in articles}
    for one in silences(library.entries.values()):
        span = one.first if one.first == one.last else f"{one.first} to {one.last}"
        what = f"no piece of {one.source}" if one.source else "no piece of any source"
        months = "1 month" if one.months == 1 else f"{one.months} months"
        yield Flaw("gap", warning(Place(paths[one.before]), f"after this {what}: {span}, {months}"))


def _broken_links(found: Iterable[Problem], articles: Iterable[Article]) -> Iterator[Flaw]:
    """Broken links as errors, at the article where it is its page that has them."""
    sources = {f"articles/{article.id}.html": Place(article.path, article.body_line) for article in articles}
    for problem in found:
        place = sources.get(problem.place.path, problem.place)
        yield Flaw("link", replace(problem, place=place, severity="error"))


def _ordered(flaws: Iterable[Flaw]) -> tuple[Flaw, ...]:
    kinds: Mapping[Problem, Kind] = {one.problem: one.kind for one in flaws}
    return tuple(Flaw(kinds[problem], problem) for problem in in_order(kinds))


def _data(text: str) -> str:
    """The text of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""Who wrote a piece and who published it where: only what the page says outright."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from builder.model import CleaningRules, Source, is_web_address
from builder.normalize.bylines import bare_names, byline, signature, split_names
from builder.normalize.judge import Judged, Run, is_sentence
from builder.normalize.outlet import outlet_of_lines
from builder.normalize.page import Head, Page
from builder.normalize.text_measures import skeleton
from builder.normalize.title import Title

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'|｜）)\]]+")
_UNFIT: Final = re.compile(r"[\s\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Source and authors, and the lines that say who they are."""

    source: Source
    authors: tuple[str, ...]
    bylines: tuple[int, ...]
    """Positions in the list of judged lines."""


def find_publisher(page: Page, judged: Sequence[Judged], run: Run, *, title: Title, rules: CleaningRules) -> Publisher:
    """The outlet, the address and the authors a page names."""
    name, url = _source_of_head(page.head)
    signed = signature(judged, run, rules)
    found, bylines = _bylines(judged, run, title, rules)
    authors = _authors_of_head(page.head) or found or signed.authors
    name = name or outlet_of_lines(judged, run, title, rules=rules, authors=authors) or signed.outlet
    url = url or web_address(_address_of_lines(judged, run, title))
    return Publisher(Source(name, url), authors, bylines)


def _source_of_head(head: Head) -> tuple[str | None, str | None]:
    metas = dict(reversed(head.metas))
    publishers = [_name_of(dict(record).get("publisher")) for record in head.records]
    named = (metas.get("og:site_name"), *publishers, metas.get("application-name"), *(name for _, name in head.sites))
    return next((name.strip() for name in named if name and name.strip()), None), web_address(head.canonical)


def web_address(text: str | None) -> str | None:
    """An address that an article may carry: of the web, with a host, without spaces and control characters."""
    return text if text and is_web_address(text) else None


def _authors_of_head(head: Head) -> tuple[str, ...]:
    for record in head.records:
        names = _names_of(dict(record).get("author"))
        if names:
            return names
    metas = [
        value for key, value in head.metas if key in ("author", "article:author", "dc.creator", "byl", "parsely-author")
    ]
    names = tuple(name for value in metas if not value.startswith("http") for name in split_names(value))
    return tuple(dict.fromkeys(names))


def _name_of(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _names_of(value: object) -> tuple[str, ...]:
    people = value if isinstance(value, list) else [value]
    names = (name for person in people for name in split_names(_name_of(person)))
    return tuple(dict.fromkeys(name for name in names if not name.startswith("http")))


def _address_of_lines(judged: Sequence[Judged], run: Run, title: Title) -> str | None:
    """The page's own address where the page prints it: beside its title, else the one deep address outside the text."""
    for position in title.repeats:
        if found := _ADDRESS.search(judged[position].line.words):
            return found[0].rstrip(".,;")
    outside = (one.line.words for p, one in enumerate(judged) if not run.start <= p < run.end)
    said = (match[0].rstrip(".,;") for text in outside for match in _ADDRESS.finditer(text))
    addresses = {address for each in said if (address := web_address(each))}
    deep = sorted(address for address in addresses if len(urlsplit(address).path.strip("/")) > 0)
    return deep[0] if len(deep) == 1 else None


def _bylines(
    judged: Sequence[Judged], run: Run, title: Title, rules: CleaningRules
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Lines of the kind "By Jane Doe" between the title and the text, or right under it."""
    first = title.position if title.position is not None else max(0, run.start - 6)
    near = [*range(first, min(run.start + 4, len(judged))), *range(run.end, min(run.end + 3, len(judged)))]
    prose = next((at for at in range(run.start, run.end) if is_sentence(judged[at])), run.start)
    authors: list[str] = []
    positions = []
    for position in near:
        one = judged[position]
        if position == title.position or is_sentence(one) or one.length > 140:
            continue
        names = byline(one.line.words, rules)
        if not names and position < prose and _beside_date(judged, position):
            names = bare_names(one.line.words)
        if names:
            positions.append(position)
            authors += names
    return tuple(dict.fromkeys(authors)), tuple(positions)


def _beside_date(judged: Sequence[Judged], position: int) -> bool:
    beside = judged[max(0, position - 1) : position + 2]
    return any(_YEAR.search(one.line.words) and one.length < 100 for one in beside)


def is_about_author(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph at the end speaks of the author rather than of the news."""
    return any(len(name) > 4 and skeleton(text).startswith(skeleton(name)) for name in authors)

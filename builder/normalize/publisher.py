"""Who wrote a piece and who published it where: only what the page says outright."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from builder.model import CleaningRules, Source
from builder.normalize.judge import Judged, Run
from builder.normalize.page import Head, Page
from builder.normalize.text_measures import skeleton, weighted_length
from builder.normalize.title import Title

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'|｜）)\]]+")
_NAMED_ADDRESS: Final = re.compile(r"^(?P<before>.*?)[|｜]\s*(?P<name>[^|｜]{2,40}?)\s*[:：]\s*(?P<url>https?://\S+)$")
_NOTICE: Final = re.compile(
    r"(?:[©ⓒ]|\([cC]\)|[Cc]opyright)\s*(?:[©ⓒ]|\([cC]\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,:.]*"
)
_AFTER_NAME: Final = re.compile(r"\s+(?:All|all|ALL)\s|[.|,·;]|\s[-–—]\s|\s&\s")
_DOMAIN: Final = re.compile(r"^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$")
# A broadcast report closes with the reporter's name and the station's: "Jane Doe, Channel Nine News."
_SIGN_OFF: Final = re.compile(
    r"(?:^|[.!?”\"’]\s+)(?P<author>[A-Z][\w'’-]+(?:[ -][A-Z]?[\w'’-]+){1,3}),"
    r" (?P<outlet>[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){0,3})\.\s*$"
)
_LIST: Final = re.compile(r"\s*(?:,|;|/|&|·|、|，|\band\b|\bund\b|\bet\b|\by\b)\s*")
_NAME: Final = re.compile(r"^[^\d@#|:<>()\[\]{}\"“”?!]{2,50}$")
_AUTHOR_METAS: Final = frozenset({"author", "article:author", "dc.creator", "byl", "parsely-author"})
_EMAIL: Final = re.compile(r"\(?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*\)?")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Source and authors, and the lines that say who they are."""

    source: Source
    authors: tuple[str, ...]
    bylines: tuple[int, ...]
    """Positions in the list of judged lines."""


def find_publisher(page: Page, judged: Sequence[Judged], run: Run, title: Title, rules: CleaningRules) -> Publisher:
    """The outlet, the address and the authors a page names."""
    name, url = _source_of_head(page.head)
    name = name or _source_of_lines(judged, run, title)
    url = url or _address_of_lines(judged, run, title)
    authors, bylines = _bylines(judged, run, title, rules)
    signed = _signed(judged, run)
    if signed is not None:
        name = name or signed[1]
        authors = authors or (signed[0],)
    return Publisher(Source(name, url), _authors_of_head(page.head) or authors, bylines)


def _source_of_head(head: Head) -> tuple[str | None, str | None]:
    metas = dict(reversed(head.metas))
    publishers = [_name_of(dict(record).get("publisher")) for record in head.records]
    named = (metas.get("og:site_name"), *publishers, metas.get("application-name"), *(name for _, name in head.sites))
    url = head.canonical if head.canonical and head.canonical.startswith(("http://", "https://")) else None
    return next((name.strip() for name in named if name and name.strip()), None), url


def _authors_of_head(head: Head) -> tuple[str, ...]:
    for record in head.records:
        names = _names_of(dict(record).get("author"))
        if names:
            return names
    metas = [
        value for key, value in head.metas if key in ("author", "article:author", "dc.creator", "byl", "parsely-author")
    ]
    names = tuple(name for value in metas if not value.startswith("http") for name in _split_names(value))
    return tuple(dict.fromkeys(names))


def _name_of(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _names_of(value: object) -> tuple[str, ...]:
    people = value if isinstance(value, list) else [value]
    names = (name for person in people for name in _split_names(_name_of(person)))
    return tuple(dict.fromkeys(name for name in names if not name.startswith("http")))


def _split_names(text: str) -> list[str]:
    return [name.strip() for name in _LIST.split(text) if _NAME.match(name.strip())]


def _source_of_lines(judged: Sequence[Judged], run: Run, title: Title) -> str | None:
    """The name beside the address under the text, or in the copyright notice."""
    outside = [one for position, one in enumerate(judged) if not run.start <= position < run.end]
    for position in title.repeats:
        if named := _NAMED_ADDRESS.match(judged[position].line.words):
            return named["name"].strip()
    for one in reversed(outside):
        if notice := _NOTICE.search(one.line.words):
            before = one.line.words[: notice.start()].strip(" |·-,[<(")
            after = _AFTER_NAME.split(one.line.words[notice.end() :].strip(), maxsplit=1)[0].strip()
            for name in (before, after):
                if name and weighted_length(name) <= 45 and not _DOMAIN.match(name) and any(map(str.isalpha, name)):
                    return name
    return None


def _address_of_lines(judged: Sequence[Judged], run: Run, title: Title) -> str | None:
    """The page's own address where the page prints it: beside its title, else the one deep address outside the text."""
    for position in title.repeats:
        if found := _ADDRESS.search(judged[position].line.words):
            return found[0].rstrip(".,;")
    outside = (one.line.words for p, one in enumerate(judged) if not run.start <= p < run.end)
    addresses = {match[0].rstrip(".,;") for text in outside for match in _ADDRESS.finditer(text)}
    deep = sorted(address for address in addresses if len(urlsplit(address).path.strip("/")) > 0)
    return deep[0] if len(deep) == 1 else None


def _bylines(
    judged: Sequence[Judged], run: Run, title: Title, rules: CleaningRules
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Lines of the kind "By Jane Doe" between the title and the text, or right under it."""
    first = title.position if title.position is not None else max(0, run.start - 6)
    near = [*range(first, min(run.start + 4, len(judged))), *range(run.end, min(run.end + 3, len(judged)))]
    authors: list[str] = []
    positions = []
    for position in near:
        one = judged[position]
        if position == title.position or one.prose or one.length > 110:
            continue
        names = byline(one.line.words, rules)
        if names:
            positions.append(position)
            authors += names
    return tuple(dict.fromkeys(authors)), tuple(positions)


def byline(text: str, rules: CleaningRules) -> tuple[str, ...]:
    """The names in a line that says who wrote the piece; none for any other line."""
    before, after = _byline_patterns(rules)
    text = _EMAIL.sub("", text).strip(" ·|-–—\t")
    if found := before.match(text):
        return tuple(_split_names(found["names"]))
    if found := after.match(text):
        return tuple(_split_names(found["names"]))
    return ()


def _signed(judged: Sequence[Judged], run: Run) -> tuple[str, str] | None:
    for one in reversed(judged[run.start : run.end]):
        text = one.line.words.split(" #", maxsplit=1)[0]
        if found := _SIGN_OFF.search(text):
            return found["author"], found["outlet"]
    return None


@lru_cache(maxsize=2)
def _byline_patterns(rules: CleaningRules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = "|".join(re.escape(word.rstrip(":")) for kind, word in _longest_first(rules.bylines) if kind == "before")
    after = "|".join(re.escape(word) for kind, word in _longest_first(rules.bylines) if kind == "after")
    first = re.compile(rf"^(?:{before})(?:\s*[:：|]\s*|\s+)(?P<names>\S.{{1,70}}?)(?:\s*[|/(（·].*)?$", re.IGNORECASE)
    last = re.compile(rf"^(?P<names>\S.{{0,20}}?)\s*(?:{after})(?:\s*[|/(（·=].*)?$", re.IGNORECASE)
    return first, last


def _longest_first(words: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return sorted(words, key=lambda pair: -len(pair[1]))


def is_about_author(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph at the end speaks of the author rather than of the news."""
    return any(len(name) > 4 and skeleton(text).startswith(skeleton(name)) for name in authors)

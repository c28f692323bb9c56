"""The headline by agreement of what a saved page says of itself: JSON-LD, metas, `h1` and `title`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from builder.normalize.page import Head
from builder.normalize.text_measures import skeleton, stems

_LONGEST_STATEMENT: Final = 1000
"""Letters of a headline with all that a page's head says beside it; a longer one is a whole text."""
# White space is looked at from its beginning alone: a megabyte of it took as many looks as it has pairs of letters.
SEPARATOR: Final = re.compile(r"(?<!\s)\s+[|\-–—·•:»«<>/]+\s+|(?:(?<!\s)\s+)?[|｜»]\s*|::")
_PREFIX: Final = re.compile(
    "[\\[\u3010(\uff08](?P<bracketed>[^\\[\\]\u3010\u3011()\uff08\uff09]{2,60})[\\]\u3011)\uff09]\\s*|(?P<named>[^:\uff1a]{2,60})[:\uff1a]\\s*"
)
_METAS: Final = (
    "og:title",
    "twitter:title",
    "headline",
    "dc.title",
    "title",
    "sailthru.title",
    "parsely-title",
)
_NAMES: Final = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_LEAST: Final = 4
"""Letters of what is left when a site's name is cut off in front of it, and of a host's name that a suffix repeats."""
_CARE: Final = 6.0
_RELATED: Final = 0.25
"""Share of an `h1`'s words that the other statements use; "Navigation" and "Sections" share none."""


def agreed_headline(head: Head) -> str | None:
    """The candidate that most of the page's own statements support; None where it makes none."""
    names = _Names(head)
    metas = dict(reversed(head.metas))
    named = _short(unescape(_text(dict(record).get("headline"))) for record in head.records)
    whole = names.cut(head.title) if head.title and len(head.title) <= _LONGEST_STATEMENT else ""
    said = [*named, *(metas.get(name, "") for name in _METAS)]
    shown = _about_the_piece(_short(head.headlines), [*said, whole], names)
    candidates = [names.cut(text) for text in _short([*said, *shown]) if text]
    candidates = [text for text in candidates if text and not names.has(text)]
    if not candidates:
        return (whole if whole != (head.title or "").strip() else _without_suffix(whole)) or None

    def bare(text: str) -> str:
        return skeleton(_up_to_others(names.cut(text), [*candidates, whole]))

    trimmed = [_up_to_others(text, [*candidates, whole]) for text in candidates]
    everything = [skeleton(text) for text in (*candidates, whole)]
    headlines = {skeleton(names.cut(text)) for text in shown}
    data = {bare(text) for text in named if text}
    cared_for = {bare(text) for text in _cared_for(head)}
    shared = bare(metas.get("og:title", ""))

    # Chosen on 548 pages: `h1` is what readers see; papers that keep an alternative headline in their data keep the
    # headline there with care, and mean it in 30 of 33 pages, whatever searches are to find.
    def support(text: str) -> tuple[float, int]:
        mine = skeleton(text)
        votes = sum(1.0 if mine == other else 0.5 for other in everything if mine and other.startswith(mine))
        votes += 2.5 * (mine in headlines) + 1.5 * (mine in data) + 1.0 * (mine == shared) + _CARE * (mine in cared_for)
        return votes, -trimmed.index(text)

    return max(trimmed, key=support)


@dataclass(frozen=True, slots=True, init=False)
class _Names:
    """What a page's site is called, and the words of its host."""

    names: frozenset[str]
    host: str
    label: str
    """The part of the host that is a name: `example` of `news.example.org`."""

    def __init__(self, head: Head) -> None:
        metas = dict(reversed(head.metas))
        publishers = (_text(_name_of(dict(record).get("publisher"))) for record in head.records)
        said = (*(metas.get(name) for name in _NAMES), *publishers, *(name for _, name in head.sites))
        try:
            host = (urlsplit(head.canonical or "").hostname or "").removeprefix("www.")
        except ValueError:
            host = ""
        parts = host.split(".")
        object.__setattr__(self, "names", frozenset(name for text in said if text and len(name := skeleton(text)) > 1))
        object.__setattr__(self, "host", skeleton(host))
        object.__setattr__(self, "label", skeleton(parts[-2]) if len(parts) > 1 else skeleton(host))

    def has(self, text: str) -> bool:
        """Whether a text is nothing but the site's name, or its host's with a word or two."""
        bare = skeleton(text)
        if bare in self.names:
            return True
        same = bare in (self.host, self.label) or (len(bare) >= _LEAST + 2 and bare in self.host)
        around = len(self.label) >= _LEAST + 2 and self.label in bare and len(bare) <= len(self.label) + 12
        return len(bare) >= _LEAST and (same or around)

    def cut(self, text: str | None) -> str:
        """A text without the site's name behind or before it."""
        text = (text or "").strip()
        while cuts := list(SEPARATOR.finditer(text)):
            first, last = cuts[0], cuts[-1]
            if self.has(text[last.end() :]) and len(skeleton(text[: last.start()])) >= _LEAST:
                text = text[: last.start()].strip()
            elif self.has(text[: first.start()]) and len(skeleton(text[first.end() :])) >= 2 * _LEAST:
                text = text[first.end() :].strip()
            else:
                break
        return self._without_prefix(text)

    def _without_prefix(self, text: str) -> str:
        """A text without the site's name in brackets, or with a colon, before it: subjects of mails begin so."""
        found = _PREFIX.match(text)
        # A host's name before a colon may be the subject: "Mountaineering: light and fast" on a site of that name.
        named = found is not None and skeleton(found["bracketed"] or found["named"]) in self.names
        return text[found.end() :].strip() if found and named and len(skeleton(text[found.end() :])) >= _LEAST else text


def _about_the_piece(headlines: Sequence[str], others: Sequence[str], names: _Names) -> list[str]:
    """The `h1` elements that name neither the site nor a part of its pages."""
    known = {stem for text in others for stem in stems(text)}
    return [text for text in headlines if not names.has(text) and _is_related(text, known)]


def _is_related(text: str, known: Collection[str]) -> bool:
    theirs = stems(text)
    return not known or not theirs or sum(stem in known for stem in theirs) >= _RELATED * len(theirs)


def _cared_for(head: Head) -> list[str]:
    records = [dict(record) for record in head.records]
    return _short(unescape(_text(one.get("headline"))) for one in records if _text(one.get("alternativeHeadline")))


def _short(texts: Iterable[str]) -> list[str]:
    """Those that can be a headline; a site's name is cut off a longer one as often as it stands there."""
    return [text for text in texts if len(text) <= _LONGEST_STATEMENT]


def _name_of(value: object) -> object:
    value = value[0] if isinstance(value, list) and value else value
    return value.get("name") if isinstance(value, dict) else value


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _up_to_others(text: str, others: Sequence[str]) -> str:
    """The text up to the separator behind which something else stands: where another statement ends."""
    bares = {skeleton(other) for other in others}
    for cut in SEPARATOR.finditer(text):
        before = text[: cut.start()].strip()
        if len(before) >= 8 and skeleton(before) in bares:
            return before
    return text.strip()


def _without_suffix(text: str) -> str:
    cuts = [cut for cut in SEPARATOR.finditer(text) if cut.start() >= 12]
    return text[: cuts[-1].start()].strip() if cuts else text.strip()

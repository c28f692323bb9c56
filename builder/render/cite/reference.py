"""What a citation says of a piece, taken apart as reference managers want it."""

from __future__ import annotations

import re
from typing import Final

from builder.model import AuthorWords, Entry
from builder.model.values import value
from builder.render.lists import shelf_mark
from builder.render.parts import Site, article_page
from builder.render.scripts import harmless

_EAST_ASIAN: Final = "[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]"
_JOINED: Final = re.compile(r"\w+-\w+")
_WORD: Final = re.compile(r"\w+")


@value(frozen=True, slots=True)
class Creator:
    """An author: a family and a given name, or a name that must not be taken apart."""

    family: str
    given: str = ""
    """Empty where the whole name stands in `family`: organisations, and names in East Asian scripts."""
    family_first: bool = False
    """Written with the family name first, without a comma."""

    @property
    def whole(self) -> str:
        """The name as it is spoken."""
        if not self.given:
            return self.family
        return f"{self.family} {self.given}" if self.family_first else f"{self.given} {self.family}"

    @property
    def inverted(self) -> str:
        """The name as it is sorted: `Choi, Min-jung`."""
        return f"{self.family}, {self.given}" if self.given else self.family


@value(frozen=True, slots=True)
class Reference:
    """One piece as it is cited; all texts on one line and without letters that nobody sees."""

    id: str
    mark: str
    item_type: str
    """One of Zotero's names."""
    title: str
    creators: tuple[Creator, ...]
    day: str | None
    """`YYYY-MM-DD`."""
    source: str
    """Who published it; empty when nobody knows."""
    language: str
    url: str
    """Where it was published; empty when nobody knows."""
    retrieved: str
    """`YYYY-MM-DD`, or empty."""
    keywords: tuple[str, ...]
    """The tags that the page carried."""
    archive: str
    """The archive's title."""
    archived: str
    """The page in the archive: absolute where the archive knows its address, else from its root."""

    @property
    def address(self) -> str:
        """What a citation names: where it was published, else an absolute address in the archive, else nothing."""
        return self.url or (self.archived if "://" in self.archived else "")


def reference(site: Site, entry: Entry, words: AuthorWords) -> Reference:
    """How a piece is cited."""
    return Reference(
        id=entry.id,
        mark=shelf_mark(entry.id),
        item_type=entry.item_type,
        title=one_line(entry.title),
        creators=tuple(creator(author, words) for author in entry.authors if one_line(author)),
        day=entry.day,
        source=one_line(entry.source.name or ""),
        language=entry.language,
        url=one_line(entry.source.url or ""),
        retrieved=(entry.retrieved or "")[:10],
        keywords=tuple(tag for tag in map(one_line, entry.tags) if tag),
        archive=one_line(site.title),
        archived=(site.url or "") + article_page(entry.id),
    )


def creator(author: str, words: AuthorWords) -> Creator:
    """An author's name taken apart where it is safe to."""
    name = one_line(author)
    parts = name.split(" ")
    if len(parts) == 1 or is_east_asian(name) or _is_organisation(name, words):
        return Creator(name)
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        return Creator(family, given) if family and given else Creator(name.replace(",", "").strip())
    if "," in name:
        return Creator(name)
    first, rest = parts[0].casefold(), " ".join(parts[1:])
    joined = len(parts) == 2 and _JOINED.fullmatch(rest) is not None
    if first in words.families and len(parts) <= 3 and not (len(parts) == 3 and parts[2].casefold() in words.families):
        return Creator(parts[0], rest, family_first=True)
    if joined and first in words.families_or_given:
        return Creator(parts[0], rest, family_first=True)
    return _western(parts, words)


def is_east_asian(text: str) -> bool:
    """Whether a text is written, if only in part, in Hangul, kana or Han."""
    return not text.isascii() and re.search(_EAST_ASIAN, text) is not None


def one_line(text: str) -> str:
    """A text without line breaks, runs of blanks and unseen letters."""
    # Of white space Python prints the space alone, and of letters that nobody sees the two that stand for others.
    if text.isprintable() and not ("  " in text or text != text.strip() or "\ufffc" in text or "\ufffd" in text):
        return text
    return " ".join(harmless(text).split())


def _is_organisation(name: str, words: AuthorWords) -> bool:
    folded = [word.casefold() for word in _WORD.findall(name)]
    return bool(words.organisations.intersection(folded)) or (len(folded) > 0 and folded[0] in words.wires)


def _western(parts: list[str], words: AuthorWords) -> Creator:
    end = len(parts) - 1 if len(parts) > 2 and parts[-1].casefold() in words.suffixes else len(parts)
    start = end - 1
    for at in range(1, end - 1):
        if parts[at] in words.particles:  # a capital one may be a given name: Al Gore
            start = at
            break
    given = " ".join(parts[:start])
    suffix = f", {parts[-1]}" if end < len(parts) else ""
    return Creator(" ".join(parts[start:end]), given + suffix)

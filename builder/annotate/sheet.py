"""One article laid out for reading: title, tags and body in a row, as they stand and folded."""

from __future__ import annotations

import re
from typing import Final

from builder.annotate.fold import Folding, composed, without_unread
from builder.annotate.kinds import CYRILLIC, kinds
from builder.model import Article
from builder.model.values import value

_GAP: Final = "\n\n"
_TAG: Final = re.compile(r"#\w")
_TAGGED: Final = re.compile(r"\w*")
_LOOK: Final = 32
_HEADLINE: Final = 200
"""Letters; a longer line is no headline."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_HEADING: Final = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)| {4}|\t")
"""A heading, or indented code."""
_BELOW_A_HEAD: Final = re.compile(r" {0,3}(?:=+|-+)[ \t]*$| {0,3}\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*$")
"""The line below a heading or below the head of a table."""
_SHOUTED: Final = re.compile(r"^[^\Wa-z\u0430-\u044f]*[\u0410-\u042f]{3,}[^a-z\u0430-\u044f\n]*$", re.M)
"""A Cyrillic headline in capitals: its names are declined, so that there is no listing them in capitals."""
_CYRILLIC_VOWELS: Final = "\u0410\u041e\u0415\u0418\u0423"
_BRACKETS: Final = re.compile(r"!?\[[^\[\]\n]{0,400}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])?|<[^<>\n]{0,400}>")


@value(frozen=True, slots=True)
class Sheet:
    """The text that is read for names; places in it are letters of `text`."""

    text: str
    """In NFC; what is not read (code, addresses) is blank."""
    folded: str
    """As long as `text`, in the form in which names are compared."""
    tags: int
    """Where the tags begin: before it is the title."""
    body: int
    """Where the body begins."""
    tagged: bool
    """Whether there may be a hashtag in it."""
    places: list[int] | None
    """For each letter of the body in NFC its place in the article's body; None when they are the same."""
    markdown: str
    """The article's body as it stands."""
    kinds: bytes
    """The kinds of letters in title, tags and body, as they stand and in NFC."""

    def in_tag(self, at: int) -> bool:
        """Whether a place is in a hashtag, kept as a tag or standing in the text."""
        if self.tags <= at < self.body:
            return True
        sign = self.text.rfind("#", max(0, at - 40), at)
        if sign < 0:
            return False
        return bool(_TAGGED.fullmatch(self.text, sign + 1, at))

    def word_before(self, start: int) -> tuple[str, str]:
        """The word right before a place, one space between, and the full stop behind it; empty when there is none."""
        if start < 2 or self.text[start - 1] != " ":
            return "", ""
        folded, first = self.folded, start - _LOOK if start > _LOOK else 0
        word = folded[folded.rfind(" ", first, start - 1) + 1 or first : start - 1]
        if word.isalpha():
            return word, ""
        word = word.rpartition("\n")[2]
        dot = "." if word.endswith(".") else ""
        word = word.removesuffix(".").lstrip("(\"'#")
        return (word, dot) if word.replace("'", "").isalpha() else ("", "")

    def is_headline(self, at: int) -> bool:
        """Whether the line of a place is set in capitals, or in capitals at the head of most longer words."""
        start, end = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at, at + _HEADLINE)
        end = end if end >= 0 else len(self.text)
        if end - start > _HEADLINE:
            return False
        words = _WORD.findall(self.text[start:end])
        capitals = [word for word in words if word[0].isupper()]
        return len(capitals) * 4 >= len(words) * 3

    def in_body(self, start: int, end: int) -> tuple[int, int]:
        """A span of the sheet as a span of the article's body."""
        start, end = start - self.body, end - self.body
        return (start, end) if self.places is None else (self.places[start], self.places[end])


def sheet(article: Article, folding: Folding) -> Sheet:
    """An article as it is read: teasers are no part of it."""
    tags = "".join(f"#{tag.removeprefix('#')}\n" for tag in article.tags)
    head = f"{article.title}{_GAP}"
    front, _ = composed(head + tags + "\n")
    body, places = composed(article.body)
    found = kinds(front + body)
    text = front + without_unread(body)
    tags_start = len(composed(head)[0])
    return Sheet(
        text=text,
        folded=_without_shouting(folding.fold(text, found), found),
        tags=tags_start,
        body=len(front),
        tagged=bool(article.tags) or _TAG.search(text) is not None,
        places=places,
        markdown=article.body,
        kinds=found if places is None else found + kinds(article.body),
    )


def _without_shouting(folded: str, found: bytes) -> str:
    shouted = CYRILLIC in found and any(vowel in folded for vowel in _CYRILLIC_VOWELS)
    return _SHOUTED.sub(_titled, folded) if shouted else folded


def _titled(shouted: re.Match[str]) -> str:
    return shouted[0].title()


def linkable(markdown: str, start: int, end: int) -> bool:
    """Whether a link may stand around a span of a body: not in headings, heads of tables, links or indented code."""
    first = markdown.rfind("\n", 0, start) + 1
    last = markdown.find("\n", end)
    last = len(markdown) if last < 0 else last
    line = markdown[first:last]
    if _HEADING.match(line):
        return False
    below = markdown[last + 1 : last + 120].partition("\n")[0]
    if below and _BELOW_A_HEAD.match(below):
        return False
    if "[" not in line and "<" not in line:
        return True
    return not any(found.start() < end - first and start - first < found.end() for found in _BRACKETS.finditer(line))

"""One article laid out for reading: title, tags and body in a row, as they stand and folded."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from builder.annotate.fold import Folding, composed, without_unread
from builder.model import Article

_GAP: Final = "\n\n"
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_UNLINKABLE: Final = re.compile(
    r"""^\ {0,3}\#{1,6}[ \t].*$                                              # heading
    | ^[^\n]*\S[^\n]*\n\ {0,3}(?:=+|-+)[ \t]*$                              # heading with a line below
    | ^[^\n]*\|[^\n]*\n\ {0,3}\|?[ \t]*:?-+:?[ \t]*\|[-:|\ \t]*$          # head of a table
    | ^(?:\ {4}|\t).*$                                                       # indented code
    | !?\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])?                          # link
    | <[^>\n]*>""",
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True, eq=False)
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
    places: list[int] | None
    """For each letter of the body in NFC its place in the article's body; None when they are the same."""
    markdown: str
    """The article's body as it stands."""

    def in_tag(self, at: int) -> bool:
        """Whether a place is in a hashtag, kept as a tag or standing in the text."""
        if self.tags <= at < self.body:
            return True
        sign = self.text.rfind("#", max(0, at - 40), at)
        if sign < 0:
            return False
        between = self.text[sign + 1 : at].replace("_", "")
        return between == "" or between.isalnum()

    def is_headline(self, at: int) -> bool:
        """Whether the line of a place is set in capitals, or in capitals at the head of most longer words."""
        start, end = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
        words = _WORD.findall(self.text[start : end if end >= 0 else len(self.text)])
        return sum(word[0].isupper() for word in words) * 4 >= len(words) * 3

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
    text = front + without_unread(body)
    tags_start = len(composed(head)[0])
    return Sheet(text, folding.fold(text), tags_start, len(front), places, article.body)


def unlinkable(markdown: str) -> list[tuple[int, int]]:
    """The spans of a body in which no link may begin: headings, links, table heads, indented code."""
    return [found.span() for found in _UNLINKABLE.finditer(markdown)]


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span touches one of a sorted list."""
    at = bisect_right(spans, (start, end))
    return (at > 0 and spans[at - 1][1] > start) or (at < len(spans) and spans[at][0] < end)

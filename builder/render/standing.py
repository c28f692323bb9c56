"""A standing page of a piece with another text in it: what the shipped templates would make, without them.

Of what only the text of a piece changes, its page shows the body and, twice, how many words it has. A test holds what
comes of it against what the templates make.
"""

from __future__ import annotations

from typing import ClassVar

from builder.model import Article, AuthorityKind, Facts
from builder.model.budgets import PIECE_SECONDS
from builder.model.values import value
from builder.render.body import article_html
from builder.render.marking import Said, anchors, words_of
from builder.render.scripts import escaped, harmless
from builder.render.visible import visible_body

_ROOT = "../"
_DATA = b'<script type="application/ld+json">'
_SLIP = b'<aside class="slip"'
_LENGTH = 2
"""Which of the slip's entries it is."""
_BODY = b'<div class="body"'
_BEHIND_BODY = b"\n</div>\n"
_END = b"</article>"


@value(frozen=True, slots=True)
class Saying:
    """What the interface says on the page of a piece of its text, and where links of the text may lead."""

    said: Said
    length: str
    """How many words there are; with %(num)s, of more than one."""
    thousands: str
    """What stands between each three digits of a number."""
    subjects: frozenset[tuple[AuthorityKind, str]]
    """People and topics that have a page."""

    def shows(self, kind: AuthorityKind, key: str) -> bool:
        """Whether it has a page."""
        return (kind, key) in self.subjects

    def words(self, count: int) -> bytes | None:
        """The length as it stands on a page; None where it may be said in another way."""
        if count < 2:
            return None
        return escaped(self.length % {"num": f"{count:,}".replace(",", self.thousands)}).encode()


@value(frozen=True, slots=True)
class Retold:
    """A piece with a new text, and what its page was made of."""

    article: Article
    facts: Facts
    former: Facts
    page: bytes


@value(frozen=True, slots=True)
class Retelling:
    """The step that puts a text in the place of the former one; None where only the templates can tell."""

    saying: Saying
    name: ClassVar[str] = "retell"
    seconds: ClassVar[float] = PIECE_SECONDS

    def __call__(self, piece: Retold) -> bytes | None:
        """The page's bytes."""
        body = article_html(
            visible_body(piece.article),
            piece.article.language,
            anchors=anchors(piece.facts, self.saying.shows),
            root=_ROOT,
            words=words_of(self.saying.said),
            spoken=piece.article.passage_languages,
        )
        counts = piece.former.entry.words, piece.facts.entry.words
        page = _with_body(piece.page, harmless(body).encode())
        return page and _with_count(page, self.saying, *counts)

    def failed(self, piece: Retold, trace: str) -> None:
        """Nothing: a whole build tells what is wrong."""


def _with_body(page: bytes, body: bytes) -> bytes | None:
    opening = page.find(_BODY)
    start = page.find(b">\n", opening) + len(b">\n")
    end = page.rfind(_BEHIND_BODY, start, max(page.find(_END, start), start))
    return page[:start] + body + page[end:] if 0 < opening < start <= end else None


def _with_count(page: bytes, saying: Saying, before: int, now: int) -> bytes | None:
    """Both places at which a page counts words; nothing in its data can be mistaken for a count, nor in its slip."""
    if before == now:
        return page
    old, new = saying.words(before), saying.words(now)
    head, script, rest = page.partition(_DATA)
    data, ending, rest = rest.partition(b"</script>")
    between, slip, rest = rest.partition(_SLIP)
    *entries, behind = rest.split(b"<dd>", _LENGTH)
    counted = b'"wordCount": %d, ' % before
    if not (old and new and slip) or data.count(counted) != 1 or not behind.startswith(old + b"</dd>"):
        return None
    data = data.replace(counted, b'"wordCount": %d, ' % now)
    parts = (head, script, data, ending, between, slip, *(entry + b"<dd>" for entry in entries), new)
    return b"".join((*parts, behind.removeprefix(old)))

"""What lists say of an article without its body."""

from __future__ import annotations

import re
from typing import Final

from builder.annotate.kinds import HAN, KANA, WIDE, kinds
from builder.model import Article, Entry

_SUMMARY: Final = 200
_READ: Final = 8000
"""Letters in which the first prose is looked for."""
_UNSPACED: Final = r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff][\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]*"
"""Twice the class: a search skips to where a pattern that begins with a class can match, not with a repetition."""
_SPACE_OR_NOT: Final = bytes([32 if chr(byte).isspace() else ord("x") for byte in range(256)])
_MARKS: Final = re.compile(
    r"\[\^[^\s\[\]^|]{1,32}\]|!?\[([^\[\]\n]{0,400})\]\([^()\n]{0,2000}\)"
    r"|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|^ {0,3}(?:>|[-*+]|\d+[.)])[ \t]+",
    re.M,
)
_NO_PROSE: Final = re.compile(r" {0,3}(?:#|\||```|~~~|\[\^[^\s\[\]^|]{1,32}\]:|[-*_]{3,}\s*$)")


def entry(article: Article, held: bytes | None = None) -> Entry:
    """The article as an entry of a list; `held`: the kinds of letters in its body, if known."""
    return Entry(
        id=article.id,
        title=article.title,
        language=article.language,
        published=article.published,
        day=article.published[:10] if article.published else None,
        source=article.source,
        authors=article.authors,
        tags=article.tags,
        capture=f"{article.capture.file}" if article.capture else None,
        item_type=article.item_type,
        retrieved=article.retrieved,
        summary=article.summary or beginning(article.body),
        words=count_words(article.body, held),
        access=article.access,
        draft=article.draft,
        event_day=article.event_date[:10] if article.event_date else None,
    )


def count_words(text: str, held: bytes | None = None) -> int:
    """Words between spaces; where a script has none, two letters count as a word. `held`: its kinds, if known."""
    held = kinds(text) if held is None else held
    if not (KANA in held or HAN in held or WIDE in held):
        return _between_spaces(text)
    others, runs = re.subn(_UNSPACED, " ", text)  # compiled where it is needed: a class of Han takes 2 ms
    if not runs:
        return _between_spaces(text)
    letters = len(text) - len(others) + runs
    return len(others.split()) + (letters + 1) // 2


def _between_spaces(text: str) -> int:
    """Words between spaces; of ASCII their beginnings are counted, which takes a third of the time of making them."""
    if not text.isascii():
        return len(text.split())
    return b"".join((b" ", text.encode().translate(_SPACE_OR_NOT))).count(b" x")


def beginning(body: str) -> str:
    """The first prose of a body without Markdown marks, cut at a word or a sentence where one ends in time."""
    taken = ""
    for block in (part.strip("\n")[: 4 * _SUMMARY] for part in body[:_READ].split("\n\n")):
        if not block.strip() or _NO_PROSE.match(block):
            continue
        marked = block[0] in " >-*+0123456789" or any(sign in block for sign in "*_`[")
        plain = " ".join((_MARKS.sub(lambda found: found[1] or "", block) if marked else block).split())
        taken = f"{taken} {plain}".strip()
        if len(taken) >= _SUMMARY // 2:
            break
    if len(taken) <= _SUMMARY:
        return taken
    cut = taken[:_SUMMARY]
    space = cut.rfind(" ")
    return (cut[:space] if space > _SUMMARY // 2 else cut).rstrip(" ,;:") + " …"

"""Captures of one address are versions of one piece: which capture is the piece, and what later ones changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from builder.model import Article, Change, Draft, Version
from builder.model.budgets import COMPARISON, comparison_steps
from builder.model.values import value
from builder.normalize.draft import Normalized
from builder.normalize.text_measures import skeleton, units

_ALIKE: Final = 0.2
"""Share of words that two versions have in common at least; pages that all name one address have less."""
_FRONT: Final = frozenset({"", "index", "home", "main", "default"})
"""Last parts of addresses that are a site's front page, not a piece's."""


@value(frozen=True, slots=True)
class Sorted:
    """New captures told apart."""

    pieces: tuple[Normalized, ...]
    """Those that become articles, and those of which none can be made."""
    versions: tuple[Version, ...]


def sort_versions(new: Sequence[Normalized], articles: Sequence[Article], first_texts: Mapping[str, str]) -> Sorted:
    """Tell new pieces from later versions of pieces that have an article or are new themselves.

    `first_texts` holds, for articles whose capture is there, the text that capture gives. The earliest capture of an
    address becomes the article: by the day it was retrieved, then by its name.
    """
    known = {address: article for article in articles if (address := piece_address(article.source.url))}
    pieces: list[Normalized] = [one for one in new if one.draft is None]
    firsts: dict[str, Draft] = {}
    versions: list[Version] = []
    for one in sorted(new, key=_earliest_first):
        draft = one.draft
        if draft is None:
            continue
        address = piece_address(draft.source.url)
        article = known.get(address) if address else None
        first = firsts.get(address) if address else None
        if article is not None and _same_piece(draft, article.title, first_texts.get(article.id, article.body)):
            versions.append(_version(article.id, draft, first_texts.get(article.id, _lines(article.body))))
        elif first is not None and _same_piece(draft, first.title, first.text):
            versions.append(_version(first.id, draft, first.text))
        else:
            pieces.append(one)
            if address:
                firsts.setdefault(address, draft)
    return Sorted(tuple(sorted(pieces, key=lambda one: one.capture)), tuple(versions))


def piece_address(url: str | None) -> str | None:
    """What two addresses of one piece have in common; None for a front page and for no address at all."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if path.rpartition("/")[2].partition(".")[0].lower() in _FRONT and not parts.query:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def changes(old: str, new: str) -> tuple[Change, ...]:
    """What one text has that the other has not, a block a change, in the order of the newer text.

    Of texts too long to be compared it is the blocks that the other does not have at all; all, where only their order
    or number differs.
    """
    before, after = old.split("\n"), new.split("\n")
    first = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    if first is None:
        first = min(len(before), len(after))
    before, after = before[first:], after[first:]
    if comparison_steps(before, after) > COMPARISON:
        gone, added = _left(before, after), _left(after, before)
        if not gone and not added:
            gone, added = before, after
        return (*(Change(text, added=False) for text in gone), *(Change(text, added=True) for text in added))
    found: list[Change] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [Change(text, added=False) for text in before[i:j]]
            found += [Change(text, added=True) for text in after[k:m]]
    return tuple(found)


def _left(blocks: Sequence[str], others: Sequence[str]) -> list[str]:
    known = set(others)
    return [block for block in blocks if block not in known]


def _earliest_first(one: Normalized) -> tuple[str, str, str]:
    """Names without their endings: `talks-updated.html` comes after `talks.html`, but a hyphen before a dot."""
    day = (one.draft.retrieved or one.draft.published or "9") if one.draft else "9"
    return (day, one.capture.rpartition(".")[0], one.capture)


def _same_piece(draft: Draft, title: str | None, text: str) -> bool:
    if draft.title and title and skeleton(draft.title) == skeleton(title):
        return True
    mine, theirs = set(units(draft.text)), set(units(text))
    return len(mine & theirs) >= _ALIKE * max(1, min(len(mine), len(theirs))) and _overlap(draft.text, text)


def _overlap(one: str, other: str) -> bool:
    """Whether the two share a whole sentence or paragraph: common words alone also join strangers."""
    return bool(_long_blocks(one.split("\n")) & _long_blocks(other.split("\n")))


def _long_blocks(blocks: Iterable[str]) -> set[str]:
    return {bare for block in blocks if len(bare := skeleton(block)) >= 30}


def _lines(body: str) -> str:
    """The body of an article that was typed, a block a line, as the texts of captures are."""
    return "\n".join(line.strip() for line in body.split("\n") if line.strip())


def _version(article: str, draft: Draft, first: str) -> Version:
    return Version(
        article=article,
        capture=draft.ledger.capture,
        sha256=draft.ledger.sha256,
        title=draft.title,
        published=draft.published,
        retrieved=draft.retrieved,
        changes=changes(first, draft.text),
    )

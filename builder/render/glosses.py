"""What is known of a leader or topic from the authority file alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from builder.model import Authority, Mention
from builder.render.lists import Shelf
from builder.render.parts import Gloss, Post

_NAMES: Final = 3


def glosses(shown: Shelf, mentions: Iterable[Mention], day: str | None) -> tuple[Gloss, ...]:
    """One for each leader and topic that has a page, as things stood on a day."""
    library = shown.library
    found = []
    for mention in mentions:
        subject = (library.leaders if mention.kind == "leader" else library.topics).get(mention.id)
        if subject:
            found.append(_gloss(shown, subject.authority, day))
    return tuple(found)


def posts(authority: Authority, language: str) -> tuple[Post, ...]:
    """The offices somebody held, the latest first."""
    return tuple(
        Post(*_spoken(office.title, language), office.since, office.until, office.checked)
        for office in sorted(authority.offices, key=lambda office: office.since, reverse=True)
    )


def _gloss(shown: Shelf, authority: Authority, day: str | None) -> Gloss:
    named = shown.name(authority.kind, authority.id)
    others = sorted(authority.names.items(), key=lambda pair: (pair[0] != named.other_language, pair[0]))
    held = posts(authority, shown.language)
    then = (post for post in held if day and post.since <= day <= (post.until or day))
    return Gloss(
        page=named.page,
        text=named.text,
        language=named.language,
        names=tuple((tag, text) for tag, text in others if text != named.text)[:_NAMES],
        country=authority.country,
        office=next(then, held[0] if held else None),
    )


def _spoken(titles: Mapping[str, str], language: str) -> tuple[str, str]:
    """The title in the reader's language and that language, else in English, else in the first there is."""
    tag = next((tag for tag in (language, "en", *sorted(titles)) if tag in titles), "und")
    return titles.get(tag, ""), tag

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
            key = (mention.kind, mention.id)
            if key not in shown.glosses:
                shown.glosses[key] = _by_office(shown, subject.authority)
            found.append(_on(shown.glosses[key], day))
    return tuple(found)


def posts(authority: Authority, language: str) -> tuple[Post, ...]:
    """The offices somebody held, the latest first."""
    return tuple(
        Post(*_spoken(office.title, language), office.since, office.until, office.checked)
        for office in sorted(authority.offices, key=lambda office: office.since, reverse=True)
    )


def _by_office(shown: Shelf, authority: Authority) -> tuple[Gloss, ...]:
    """One for each post, the latest first; one without where none was held."""
    named = shown.name(authority.kind, authority.id)
    others = sorted(authority.names.items(), key=lambda pair: (pair[0] != named.other_language, pair[0]))
    names = tuple((tag, text) for tag, text in others if text != named.text)[:_NAMES]
    return tuple(
        Gloss(named.page, named.text, named.language, names=names, country=authority.country, office=office)
        for office in posts(authority, shown.language) or (None,)
    )


def _on(glosses: tuple[Gloss, ...], day: str | None) -> Gloss:
    for gloss in glosses:
        post = gloss.office
        if day and post and post.since <= day <= (post.until or day):
            return gloss
    return glosses[0]


def _spoken(titles: Mapping[str, str], language: str) -> tuple[str, str]:
    """The title in the reader's language and that language, else in English, else in the first there is."""
    tag = next((tag for tag in (language, "en", *sorted(titles)) if tag in titles), "und")
    return titles.get(tag, ""), tag

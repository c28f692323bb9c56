"""What needs a person among the people whom an archive names: who has no record, and whom a family name means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from builder.annotate.strangers import Stranger
from builder.model import Article, Facts, Finding, Knowledge, place_in_body
from builder.problems import Place, did_you_mean

_LEADERS: Final = "content/leaders.yaml"
_SEEN: Final = 2
"""Places beside an office that make a word somebody's name; single ones are mostly none."""


def unresolved(article: Article, facts: Facts, knowledge: Knowledge) -> Iterator[Finding]:
    """Family names with an office that several people, or none on that day, could be meant by."""
    for word in facts.unresolved:
        at = article.body.find(word)
        place = place_in_body(article, at) if at >= 0 else Place(article.path)
        bearers = sorted(
            authority.id
            for authority in knowledge.authorities
            if authority.kind == "leader" and any(word in words for words in authority.weak.values())
        )
        known = f"it may be {', '.join(bearers[:5])}" if bearers else "no record has the name"
        paste = f"leaders: {{add: [{bearers[0] if len(bearers) == 1 else 'ID'}]}}"
        yield Finding(place, "person", f"“{word}” stands with an office, and {known}", paste, article.path)


def unknown(found: Sequence[tuple[Article, Sequence[Stranger]]], knowledge: Knowledge) -> Iterator[Finding]:
    """Names beside an office that no record has, each once, at its first place."""
    met: dict[tuple[str, str], list[tuple[Article, Stranger]]] = {}
    for article, people in found:
        for stranger in people:
            met.setdefault((stranger.language.partition("-")[0], stranger.name), []).append((article, stranger))
    names = {name: each.id for each in knowledge.authorities if each.kind == "leader" for name in each.names.values()}
    for (language, name), places in met.items():
        count = sum(stranger.count for _, stranger in places)
        if count < _SEEN:
            continue
        article, first = places[0]
        message = f"“{name}” ({first.office}) has no record; named {count} times in {len(places)} of the articles"
        near = did_you_mean(name, names) if len(name) > 5 else ""
        identity = next((known for known_name, known in names.items() if f'"{known_name}"' in near), "")
        paste = f"- {{id: {_slug(name)}, names: {{{language}: {name}}}}}"
        if identity:
            message = f"{message}; {near}"
            paste = f"- {{id: {identity}, aliases: {{{language}: [{name}]}}}}"
        yield Finding(place_in_body(article, first.offset), "person", message, paste, _LEADERS)


def _slug(name: str) -> str:
    """The ASCII slug of a name in Latin letters; other names need their English form first."""
    apart = unicodedata.normalize("NFKD", name).replace("đ", "d").replace("ø", "o").replace("ł", "l")
    plain = "".join(sign for sign in apart.casefold() if not unicodedata.combining(sign))
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    return slug if all(sign.isascii() for sign in plain) and slug else "ENGLISH-NAME"

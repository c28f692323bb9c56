"""The name of the outlet in a text dump: in its notices, its footer and its header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import Final

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.judge import Judged, Run
from builder.normalize.text_measures import fold, skeleton, small, weighted_length
from builder.normalize.title import Title

LONGEST_NAME: Final = 45.0
"""Weighted letters."""
_HEADER: Final = 9
"""Lines at the top among which a site says its name."""
_NAMED_ADDRESS: Final = re.compile(r"^.*?[|｜]\s*(?P<name>[^|｜]{2,40}?)\s*[:：]\s*https?://\S+$")
_SIGNS: Final = ("©", "ⓒ", "(c)", "(C)")
_FEW: Final = 50
"""Authors whose names' lengths are asked for each outlet."""
_LONGEST_LINE: Final = 1000
"""Letters of a line that may say the headline and the outlet beside it, or of what stands around a notice."""
_DOMAIN: Final = re.compile(r"\s*\b(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\b\s*")
_BRACKETED: Final = re.compile(r"^[【\[](?P<name>[^】\]=＝]{2,20})[】\]]")


def outlet_of_lines(
    judged: Sequence[Judged], run: Run, title: Title, *, rules: CleaningRules, authors: Sequence[str]
) -> str | None:
    """The outlet that a dump's own lines name; None when none does."""
    candidates = _candidates(judged, run, title, rules)
    people = frozenset(filter(None, map(skeleton, authors)))
    found = (name for name in candidates if _is_name(name, rules) and not _holds_one(skeleton(name), people))
    return next(found, None)


def _holds_one(bare: str, people: Set[str]) -> bool:
    """Whether one of the names stands in a short one; by their lengths, so that thousands of each are no matter."""
    sizes = {len(one) for one in people if len(one) <= len(bare)} if len(people) < _FEW else range(1, len(bare) + 1)
    return any(bare[at : at + size] in people for size in sizes for at in range(len(bare) - size + 1))


def _candidates(judged: Sequence[Judged], run: Run, title: Title, rules: CleaningRules) -> Iterator[str]:
    outside = [one for position, one in enumerate(judged) if not run.start <= position < run.end]
    for position in title.repeats:
        if named := _NAMED_ADDRESS.match(judged[position].line.words[:_LONGEST_LINE]):
            yield named["name"].strip()
    patterns = _patterns(rules)
    for one in outside:
        colon = ":" in one.line.words or "：" in one.line.words
        if colon and one.length < 160 and (said := patterns.labelled.search(one.line.words)):
            yield said["name"].strip()
    yield from _in_header_and_footer(judged, run, title, behind=patterns.behind)
    claimed = _may_claim("\n".join([one.line.words for one in outside]), rules)
    for one in reversed(outside):
        text = one.line.words
        if any(sign in text for sign in patterns.noticed) and (notice := patterns.notice.search(text)):
            yield _trimmed(text[: notice.start()], patterns.behind)
            yield _trimmed(text[notice.end() :], patterns.behind)
        if claimed and _may_claim(text, rules) and (claim := patterns.rights.search(text)):
            yield _trimmed(text[: claim.start()], patterns.behind)
    for one in judged[run.start : run.end][:1]:
        tags = {fold(word) for word in one.line.words.split() if word.startswith(("#", "＃"))}
        if (opening := _BRACKETED.match(one.line.words)) and fold(opening["name"]) in tags:
            yield opening["name"]


def _in_header_and_footer(
    judged: Sequence[Judged], run: Run, title: Title, *, behind: re.Pattern[str]
) -> Iterator[str]:
    """A short line near the top with which a line behind the text begins: the site's name over and under the page."""
    footer = [one.bare for one in judged[run.end :] if one.section is None]
    repeats = {judged[position].bare for position in title.repeats}
    for position, one in enumerate(judged[: min(_HEADER, run.start + 3)]):
        name = behind.split(one.line.words, maxsplit=1)[0].strip()
        bare = one.bare if name == one.line.words else "".join(filter(str.isalnum, name.casefold()))
        plain = position != title.position and one.rule is None and not one.prose and bare not in repeats
        if plain and len(bare) >= 3 and any(line.startswith(bare) for line in footer):
            yield name


def _trimmed(text: str, behind: re.Pattern[str]) -> str:
    text = behind.split(text.strip(" |·-,[<(「『")[:_LONGEST_LINE], maxsplit=1)[0]
    return _DOMAIN.sub(" ", text).strip(" |·-,&[]<>()「」")


def _is_name(name: str, rules: CleaningRules) -> bool:
    words = {word for kind, word in rules.bylines if kind == "rights"}
    if name.casefold().startswith(_labels(rules, "copyright")):
        return False
    plain = any(map(str.isalpha, name)) and not _DOMAIN.fullmatch(name) and "@" not in name and "/" not in name
    return plain and len(name) >= 2 and weighted_length(name) <= LONGEST_NAME and fold(name) not in words


def _may_claim(text: str, rules: CleaningRules) -> bool:
    """Whether words that reserve rights stand in a text; the pattern that finds where takes ten times as long."""
    little = small(text)
    return any(word in little for word in _claims(rules))


@lru_cache(maxsize=2)
def _claims(rules: CleaningRules) -> tuple[str, ...]:
    return tuple(small(word) for kind, word in rules.bylines if kind == "rights")


@value(frozen=True, slots=True)
class _Patterns:
    labelled: re.Pattern[str]
    rights: re.Pattern[str]
    noticed: tuple[str, ...]
    """One of these stands in each notice."""
    notice: re.Pattern[str]
    behind: re.Pattern[str]
    """What follows an outlet's name."""


@lru_cache(maxsize=2)
def _patterns(rules: CleaningRules) -> _Patterns:
    sources = "|".join(re.escape(word) for kind, word in rules.bylines if kind == "source")
    rights = "|".join(re.escape(word) for kind, word in rules.bylines if kind == "rights")
    labelled = re.compile(
        rf"(?:^|[\s　|(（])(?:{sources})\s*[:：]\s*(?P<name>[^\s　:：|/()（）]{{2,30}})", re.IGNORECASE
    )
    said = tuple(form for word in _labels(rules, "copyright") for form in (word, word.title()))
    notice = re.compile(
        rf"(?:[©ⓒ]|\([cC]\)|{_one_of(said)})\s*(?:[©ⓒ]|\([cC]\))?\s*(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?)?[\s,:.]*"
    )
    opening = [form for word in _labels(rules, "rights_opening") for form in (word, word.title(), word.upper())]
    # White space is looked at from its beginning alone, see title.py.
    behind = re.compile(
        rf"(?<!\s)\s+{_one_of(opening)}\s|[.|,·;(（\[<>]|\s[-–—]\s|(?<!\s)\s+{_one_of(rules.legal_forms)}\b|　"
    )
    return _Patterns(labelled, re.compile(rights, re.IGNORECASE), (*_SIGNS, *said), notice, behind)


def _labels(rules: CleaningRules, of: str) -> tuple[str, ...]:
    return tuple(word for kind, word in rules.labels if kind == of)


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words)) or '(?!)'})"

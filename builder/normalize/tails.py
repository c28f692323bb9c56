"""What hangs on the end of a line: hashtags, and the share links and date behind them."""

from __future__ import annotations

import re
from typing import Final

from builder.model.values import value
from builder.normalize.text_measures import ends_sentence, weighted_length

_TAG: Final = re.compile(r"(?<![\w&#/])[#＃]([^\s#＃.,;:!?()\[\]{}\"'“”‘’<>|/\\]+)")
# Commas right behind a tag are the tag's for these patterns, so that no text can be parted in two ways: with
# `[\s,]*` behind it, "#a,,, " twenty times over took the matcher for ever.
_RUN: Final = re.compile(r"(?:(?<![\w&#/])[#＃][^\s#＃]+(?:\s[\s,]*)?)+")
_ONLY_TAGS: Final = re.compile(r"^[^\w#＃]*(?:[#＃][^\s#＃]*(?:\s[\s,]*)?)+$")


@value(frozen=True, slots=True)
class Tail:
    """Where a line's own words end, and the hashtags and the rest that follow; code points of the text."""

    words_end: int
    tags: tuple[str, ...]
    tags_end: int
    """What lies behind is a tail of share links, labels and dates."""


def split_tail(text: str) -> Tail | None:
    """The hashtags that close a line; None when it has none, or when they stand inside its sentences."""
    if "#" not in text and "\uff03" not in text:
        return None
    runs = [run for run in _RUN.finditer(text) if len(_TAG.findall(run[0])) >= 2 or run.start() == 0]
    if not runs:
        return None
    last = runs[-1]
    behind = text[last.end() :]
    # Words behind the hashtags are a tail only when they are no sentence: otherwise the tags are part of the prose.
    if weighted_length(behind) > 200 or (ends_sentence(behind) and weighted_length(behind) > 60):
        return None
    tags = tuple(dict.fromkeys(tag.rstrip("_") for tag in _TAG.findall(last[0])))
    return Tail(len(text[: last.start()].rstrip()), tags, last.end())


def is_only_tags(text: str) -> bool:
    """Whether a line is nothing but hashtags."""
    marked = "#" in text or "\uff03" in text
    return marked and bool(_ONLY_TAGS.match(text)) and bool(_TAG.search(text))


def tags_of(text: str) -> tuple[str, ...]:
    """The hashtags of a line, without the sign."""
    return tuple(dict.fromkeys(_TAG.findall(text)))

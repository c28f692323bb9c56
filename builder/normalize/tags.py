"""A page's own tags: in its metas and its data, in lists that say so, in hashtags; its outlet's name is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from builder.model import CleaningRules
from builder.normalize.judge import Judged, Run, link_share
from builder.normalize.page import Head
from builder.normalize.text_measures import ends_sentence, skeleton, weighted_length

_TAG_METAS: Final = ("article:tag", "parsely-tags", "sailthru.tags", "rel:tag")
_KEYWORD_METAS: Final = ("news_keywords", "keywords")
_SEPARATORS: Final = re.compile("\\s*[,;|\u3001\uff0c\uff1b\u060c]\\s*")
_BESIDE: Final = re.compile("\\s*[,;|/\u00b7\u2022\u3001\uff0c\uff1b\u060c\uff0f]\\s*|\\s{2,}|\u3000|\\s(?=[#\uff03])")
_HASH: Final = "#\uff03"
_LONGEST: Final = 60.0
"""Weighted letters of a tag."""
_MOST_KEYWORDS: Final = 20
"""Keywords of a page; a longer list is there for searches."""
_IN_TEXT: Final = 1 / 3
"""Share of a page's keywords that its text must use: a list for the whole site says nothing of the piece."""
_NEAR: Final = 12
"""Lines behind the article among which its tags are listed."""
_MOST_LISTED: Final = 15


def tags_of_page(
    head: Head,
    judged: Sequence[Judged],
    run: Run,
    *,
    hashtags: Sequence[str],
    names: Iterable[str],
    rules: CleaningRules,
) -> tuple[str, ...]:
    """The page's tags in order, each once; `names` are what the outlet and the piece are called.

    Hashtags are what somebody wrote: they stay, whatever they name.
    """
    text = "".join(one.bare for one in judged[run.start : run.end])
    taken = {skeleton(name) for name in names if name}
    stated = [tag for tag in (*_of_head(head, text), *_listed(judged, run, rules)) if _is_tag(tag, taken)]
    tags: dict[str, str] = {}
    for tag in (*stated, *hashtags) if head.metas or head.records else (*hashtags, *stated):
        tags.setdefault(skeleton(tag), tag)
    return tuple(tags.values())


def _is_tag(text: str, taken: Collection[str]) -> bool:
    bare = skeleton(text)
    return bool(bare) and bare not in taken and weighted_length(text) <= _LONGEST and not ends_sentence(text)


def _of_head(head: Head, text: str) -> Iterator[str]:
    for name, value in head.metas:
        if name in _TAG_METAS and value:
            yield from _split(value) if name != "article:tag" else (_bare(value),)
    for record in head.records:
        keywords = dict(record).get("keywords")
        for one in keywords if isinstance(keywords, list) else [keywords]:
            named = one.get("name") if isinstance(one, dict) else one
            yield from _split(named) if isinstance(named, str) else ()
    for name in _KEYWORD_METAS:
        keywords = [word for key, value in head.metas if key == name for word in _split(value)]
        used = sum(skeleton(word) in text for word in keywords if word)
        if keywords and len(keywords) <= _MOST_KEYWORDS and used >= _IN_TEXT * len(keywords):
            yield from keywords


def _split(value: str) -> list[str]:
    return [bare for part in _SEPARATORS.split(value) if (bare := _bare(part))]


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(_HASH + " \"'")


def _listed(judged: Sequence[Judged], run: Run, rules: CleaningRules) -> Iterator[str]:
    """Tags behind a label near the article's end: on its line, or on the short ones below it."""
    pattern = _label(rules)
    for position in range(max(0, run.end - 2), min(len(judged), run.end + _NEAR)):
        one = judged[position]
        found = pattern.match(one.line.words) if one.length <= 200 and not one.prose else None
        if found is None:
            continue
        rest = one.line.words[found.end() :].strip()
        if rest and (found["mark"] or rest[0] in _HASH):
            yield from [bare for part in _BESIDE.split(rest) if (bare := _bare(part))][:_MOST_LISTED]
        elif not rest:
            yield from _below(judged[position + 1 : position + 1 + _MOST_LISTED])
        return


def _below(lines: Sequence[Judged]) -> Iterator[str]:
    for one in lines:
        linked = link_share(one.line) > 0.9 or one.line.kind == "item" or one.line.words[:1] in _HASH
        if not linked or one.rule or one.section or one.length > _LONGEST / 2 or ends_sentence(one.line.words):
            return
        yield _bare(one.line.words)


@lru_cache(maxsize=2)
def _label(rules: CleaningRules) -> re.Pattern[str]:
    words = sorted({word for kind, word in rules.labels if kind == "tags"}, key=lambda word: (-len(word), word))
    known = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(rf"(?:{known})(?:\s*(?P<mark>[:\uff1a|\uff5c])|(?=\s|$|[#\uff03]))", re.IGNORECASE)

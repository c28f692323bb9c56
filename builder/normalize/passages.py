"""Passages in another language than their text's: by their script, or by their function words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt

from builder.model import CleaningRules, passage_id
from builder.model.footnotes import with_footnotes
from builder.normalize.blocks import Block
from builder.normalize.language import ONE_LANGUAGE, language_of, script_of, spoken_words, stop_words
from builder.normalize.text_measures import ends_sentence

_FEWEST_WORDS: Final = 6
"""Words of a passage whose language is told by its function words."""
_FEWEST_WIDE: Final = 8
"""Letters of one in Hangul, kana or Han."""
_FEWEST_VOTES: Final = 3
"""Different function words."""
_DENSE: Final = 0.18
"""Share of a passage's words that are function words of its language."""
_LEAD: Final = 0.7
"""Function words of the next language, against those of the best."""
_OWN: Final = 0.34
"""Those of the text's own language."""
_USUAL: Final = 0.15
"""Share of function words of its text's language from which on a passage is in it."""
_LONG: Final = 15
"""Words without a full stop that are no label."""


def foreign_passages(
    body: str, blocks: Sequence[Block], language: str, rules: CleaningRules
) -> tuple[tuple[str, str], ...]:
    """Fragment and language of each passage of a body that is in another language, in order."""
    foreign = {
        block.text: spoken
        for block in blocks
        if block.kind not in ("table", "code") and (spoken := language_of_passage(block.text, language, rules))
    }
    return tuple(_placed(body, foreign)) if foreign else ()


def language_of_passage(text: str, language: str, rules: CleaningRules) -> str | None:
    """The language of a sentence or more that is not in its text's; None where nothing says so for sure."""
    base = language.split("-", maxsplit=1)[0]
    parts = text.casefold().split()
    own = _own_words(base, rules)
    if own and sum(map(own.__contains__, parts)) >= _USUAL * len(parts):
        return None
    script = script_of(text)
    if script in ("hangul", "kana", "han"):
        return _east_asian(text, script, base, rules)
    words = spoken_words(text)
    if not script or len(words) < _FEWEST_WORDS or not (ends_sentence(text) or len(words) >= _LONG):
        return None
    if script in ONE_LANGUAGE:
        return ONE_LANGUAGE[script] if ONE_LANGUAGE[script] != base else None
    return _by_function_words(words, base, rules)


def _east_asian(text: str, script: str, base: str, rules: CleaningRules) -> str | None:
    spoken = language_of(text, rules)
    code = spoken.split("-", maxsplit=1)[0]
    if code == base or sum(map(str.isalpha, text)) < _FEWEST_WIDE:
        return None
    # A Japanese heading or list may do without kana; a sentence does not.
    return spoken if base != "ja" or script != "han" or ends_sentence(text) else None


def _by_function_words(words: Sequence[str], base: str, rules: CleaningRules) -> str | None:
    table = stop_words(rules)
    found: dict[str, list[str]] = {}
    for word in words:
        for spoken in table.get(word, ()):
            found.setdefault(spoken, []).append(word)
    different = {spoken: len(set(theirs)) for spoken, theirs in found.items()}
    best = min(different, key=lambda spoken: (-different[spoken], -len(found[spoken]), spoken), default="")
    if not best or best == base or different[best] < _FEWEST_VOTES or len(found[best]) < _DENSE * len(words):
        return None
    second = max((count for spoken, count in different.items() if spoken != best), default=0)
    sure = second <= _LEAD * different[best] and different.get(base, 0) <= _OWN * different[best]
    return best if sure else None


def _placed(body: str, foreign: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The passages by their fragments: each block's Markdown, told by the text that it shows."""
    wanted = {"".join(text.split()): spoken for text, spoken in foreign.items()}
    lines = body.split("\n")
    for token in _parser().parse(body):
        if token.type == "inline" and token.map:
            shown = "".join(child.content for child in token.children or () if child.type in ("text", "code_inline"))
            if spoken := wanted.get("".join(shown.split())):
                yield passage_id("\n".join(lines[token.map[0] : token.map[1]])), spoken


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return with_footnotes(MarkdownIt("commonmark", {"html": False}).enable("table"))


@lru_cache(maxsize=64)
def _own_words(language: str, rules: CleaningRules) -> frozenset[str]:
    return frozenset(word for each in rules.languages if each.code == language for word in each.stop_words)

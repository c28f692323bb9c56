"""The words of all authorities, in their order, and the heads under which each waits until a text holds one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from builder.annotate.fold import Folding
from builder.annotate.heads import FIRST_DENSE, Head, anchor, heads_of_pairs
from builder.annotate.keys import (
    Family,
    Key,
    Source,
    Word,
    counts,
    key_of_longer,
    keys_of_family,
    keys_of_word,
    titles,
    words,
)
from builder.annotate.lazy import Lazy
from builder.annotate.spellings import common_heads
from builder.model import Knowledge

SCRIPTS: Final = {
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "han": re.compile("[\u3041-\u30fa\u30fc-\u9fff]"),
}
"""Scripts that no letter leaves by folding; a word that ends in another letter may be met in any text."""
_DECLINED: Final = "ru"
_UNSPACED: Final = frozenset(["ko", "ja", "zh", "zh-Hans", "zh-Hant"])


class Sources:
    """Where spellings come from: words, family names of one letter, and longer words in which names stand by chance."""

    __slots__ = ("_authorities", "_endings", "_firsts", "_folding", "_listed")

    def __init__(self, knowledge: Knowledge, folding: Folding) -> None:
        self._authorities = knowledge.authorities
        self._folding = folding
        self._endings: Mapping[str, tuple[str, ...]] = next(
            (affixes.endings for affixes in knowledge.affixes if affixes.language == _DECLINED), {}
        )
        self._firsts: Lazy[tuple[str, ...], frozenset[str]] = Lazy(self._folded_letters)
        self._listed = list(_all(knowledge, folding))

    def by_script(self) -> dict[str, list[int]]:
        """The numbers of sources by the script of their last letter; by an empty text all others'."""
        found: dict[str, list[int]] = {}
        for number, source in enumerate(self._listed):
            text = source if isinstance(source, str) else source.text
            found.setdefault(script_of(text), []).append(number)
        return found

    def spellings(self, number: int) -> Iterable[tuple[str, Key]]:
        """What comes from a source, folded, and what it says."""
        source = self._listed[number]
        if isinstance(source, Word):
            return keys_of_word(source, self._authorities[source.subject], self._folding, self._endings)
        if isinstance(source, Family):
            return keys_of_family(source, self._authorities, self._folding)
        return [key_of_longer(source, self._folding)]

    def heads(self, numbers: Sequence[int]) -> Iterator[tuple[Head | None, int]]:
        """Heads of sources: each of its spellings has one of them; None where one has none at all."""
        taken = [(number, source) for number in numbers if isinstance(source := self._listed[number], Word)]
        # Folded in one go: a call for each of 15,000 words cost 8 ms.
        folded = self._folding.fold("\n".join([word.text.replace("\n", " ") for _, word in taken])).split("\n")
        pairs: list[tuple[str, int]] = []
        left = [number for number in numbers if not isinstance(self._listed[number], Word)]
        for (number, word), plain in zip(taken, folded, strict=bool(taken)):
            if word.language in _UNSPACED and plain[0] >= FIRST_DENSE and plain[1] >= FIRST_DENSE:
                pairs.append((plain[:2], number))
                continue
            endings = self._endings if word.language == _DECLINED else None
            heads = common_heads(plain, word.text, self._authorities[word.subject], endings)
            if heads:
                for head in heads:
                    yield head, number
            else:
                left.append(number)
        for number in left:
            source = self._listed[number]
            if isinstance(source, Family) and (starts := self._starts(source)):
                pairs += [(start, number) for start in starts]
            else:
                yield from self._heads_of_spellings(number)
        yield from heads_of_pairs(pairs)

    def _heads_of_spellings(self, number: int) -> Iterator[tuple[Head | None, int]]:
        """Where no rule finds common ones."""
        heads: dict[Head | None, None] = {}
        for spelling, key in self.spellings(number):
            head = anchor(spelling).head
            heads[head] = None
            if key.topic and isinstance(head, str):
                heads[f"{head}s"] = None
        for head in heads:
            yield head, number

    def _folded_letters(self, letters: tuple[str, ...]) -> frozenset[str]:
        return frozenset(self._folding.fold("".join(letters)))

    def _starts(self, family: Family) -> frozenset[str]:
        """The first two letters, but for a space, of a family name and each title; none where one is not dense."""
        first = self._firsts[tuple([title[0] for _, title in titles(family)])]
        if family.text < FIRST_DENSE or min(first, default="") < FIRST_DENSE:
            return frozenset()
        return frozenset([family.text + letter for letter in first])


def script_of(text: str) -> str:
    """The script of a text's last letter; empty for others than `SCRIPTS`."""
    last = text[-1]
    if last < "\u0400":
        return ""
    if "\uac00" <= last <= "\ud7a3":
        return "hangul"
    if "\u3041" <= last <= "\u9fff":
        return "han" if last != "\u30fb" else ""
    return "cyrillic" if last <= "\u04ff" else ""


def _all(knowledge: Knowledge, folding: Folding) -> Iterator[Source]:
    families: dict[tuple[str, str], list[Word]] = {}
    for subject, authority in enumerate(knowledge.authorities):
        for word in words(subject, authority):
            if len(word.text) > 1:
                yield word
            elif counts(word, authority):
                families.setdefault((word.language, folding.fold(word.text)), []).append(word)
    by_language = {affixes.language: affixes for affixes in knowledge.affixes}
    for (language, text), bearers in families.items():
        if affixes := by_language.get(language.partition("-")[0]):
            yield Family(text, tuple(bearers), affixes)
    for affixes in knowledge.affixes:
        yield from affixes.not_names

"""The words of all authorities, in their order, and the heads under which each waits until a text holds one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import Final

from builder.annotate.fold import Folding
from builder.annotate.heads import FIRST_DENSE, Head, anchor, heads_of_pairs
from builder.annotate.keys import (
    Family,
    Key,
    Word,
    counts,
    key_of_longer,
    keys_of_family,
    keys_of_word,
    titles,
)
from builder.annotate.kinds import CYRILLIC, HAN, HANGUL, KANA, OTHER
from builder.annotate.lazy import Lazy
from builder.annotate.spellings import common_heads
from builder.model import Affixes, Authority, Knowledge

SCRIPTS: Final = {
    "cyrillic": "[\u0400-\u04ff]",
    "hangul": "[\uac00-\ud7a3]",
    "han": "[\u3041-\u30fa\u30fc-\u9fff]",
}
"""Scripts that no letter leaves by folding, and the pattern of one; a word that ends in another letter may be met in
any text."""
KINDS: Final = {"cyrillic": (CYRILLIC, OTHER), "hangul": (HANGUL,), "han": (KANA, HAN)}
"""The kinds of which a letter of each may be."""
_DECLINED: Final = "ru"
_UNSPACED: Final = frozenset(["ko", "ja", "zh", "zh-Hans", "zh-Hant"])


class Sources:
    """Where spellings come from: words, family names of one letter, and longer words in which names stand by chance.

    Known by their numbers, in the order in which what they say is merged.
    """

    def __init__(self, knowledge: Knowledge, folding: Folding) -> None:
        self._authorities = knowledge.authorities
        self._affixes = knowledge.affixes
        self._heads = knowledge.heads
        self._folding = folding
        self._endings: Mapping[str, tuple[str, ...]] = next(
            (affixes.endings for affixes in knowledge.affixes if affixes.language == _DECLINED), {}
        )
        self._firsts: Lazy[tuple[str, ...], frozenset[str]] = Lazy(self._folded_letters)
        known = (knowledge.words, knowledge.letters) if knowledge.words else numbered(knowledge.authorities)
        self._firsts_of, self._letters = known
        self._many = self._firsts_of[-1]
        self._of: Lazy[int, list[Word]] = Lazy(lambda subject: [*_words_of(subject, self._authorities[subject])])

    def waiting(self, script: str) -> dict[Head, Sequence[int]]:
        """The numbers of a script's sources by heads: each of their spellings has one; under "" if it has none."""
        if known := self._heads.get(script):
            return dict(known)
        found: dict[Head, list[int]] = {}
        for head, number in self._heads_of(self._by_script[script]):
            found.setdefault("" if head is None else head, []).append(number)
        return dict(found)

    @cached_property
    def _families(self) -> list[Family]:
        return self._family_names(self._affixes)

    @cached_property
    def _longer(self) -> list[str]:
        return [word for affixes in self._affixes for word in affixes.not_names]

    @cached_property
    def _listed(self) -> list[Word]:
        """All words: only who puts them under heads needs them."""
        return [word for subject in range(len(self._authorities)) for word in self._of[subject]]

    @cached_property
    def _by_script(self) -> dict[str, list[int]]:
        return self.by_script()

    def by_script(self) -> dict[str, list[int]]:
        """The numbers of sources by the script of their last letter; by an empty text all others'."""
        texts = (*(word.text for word in self._listed), *(family.text for family in self._families), *self._longer)
        found: dict[str, list[int]] = {script: [] for script in ("", *SCRIPTS)}
        # Letters are few and texts many.
        last = [text[-1] for text in texts]
        of_letter = {letter: found[script_of(letter)] for letter in set(last)}
        for number, letter in enumerate(last):
            of_letter[letter].append(number)
        return found

    def spellings(self, number: int) -> Iterable[tuple[str, Key]]:
        """What comes from a source, folded, and what it says."""
        if number < self._many:
            word = self._word(number)
            if len(word.text) < 2:  # beside titles alone
                return ()
            return keys_of_word(word, self._authorities[word.subject], self._folding, self._endings)
        number -= self._many
        if number < len(self._families):
            return keys_of_family(self._families[number], self._authorities, self._folding)
        return [key_of_longer(self._longer[number - len(self._families)], self._folding)]

    def _heads_of(self, numbers: Sequence[int]) -> Iterator[tuple[Head | None, int]]:
        words = [self._listed[number] for number in numbers if number < self._many]
        # Folded in one go: a call for each of 15,000 words cost 8 ms.
        folded = self._folding.fold_all([word.text.replace("\n", " ") for word in words])
        pairs: list[tuple[str, int]] = []
        singly: list[int] = []
        for number, word, plain in zip(numbers, words, folded, strict=False):
            if len(word.text) < 2:
                continue
            if word.language in _UNSPACED and plain[0] >= FIRST_DENSE and plain[1] >= FIRST_DENSE:
                pairs.append((plain[:2], number))
                continue
            endings = self._endings if word.language == _DECLINED else None
            authority = self._authorities[word.subject]
            heads = common_heads(plain, authority, endings) if self._is_regular(word.text, plain) else ()
            for head in heads:
                yield head, number
            if not heads:
                singly.append(number)
        for number in numbers[len(words) :]:
            starts = self._starts(number - self._many)
            pairs += [(start, number) for start in starts]
            if not starts:
                singly.append(number)
        for number in singly:
            yield from self._heads_of_spellings(number)
        yield from heads_of_pairs(pairs)

    def _family_names(self, affixes: Iterable[Affixes]) -> list[Family]:
        families: dict[tuple[str, str], list[Word]] = {}
        short = [self._word(number) for number in self._letters]
        short = [word for word in short if counts(word, self._authorities[word.subject])]
        for word, folded in zip(short, self._folding.fold_all([word.text for word in short]), strict=True):
            families.setdefault((word.language, folded), []).append(word)
        by_language = {each.language: each for each in affixes}
        return [
            Family(text, tuple(bearers), by_language[base])
            for (language, text), bearers in families.items()
            if (base := language.partition("-")[0]) in by_language
        ]

    def _word(self, number: int) -> Word:
        subject = bisect_right(self._firsts_of, number) - 1
        return self._of[subject][number - self._firsts_of[subject]]

    def _is_regular(self, word: str, plain: str) -> bool:
        """Whether a word's capitals and small letters fold as they are; a letter of Azeri does not."""
        if word.isascii() or not plain.isascii():
            return True
        fold = self._folding.fold
        return fold(word.upper()) == plain.upper() and fold(word.lower()) == plain.lower()

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

    def _starts(self, family: int) -> frozenset[str]:
        """The first two letters, but for a space, of a family name and each title; none where one is not dense."""
        if family >= len(self._families):
            return frozenset()
        text = self._families[family].text
        first = self._firsts[tuple([title[0] for _, title in titles(self._families[family])])]
        if text < FIRST_DENSE or min(first, default="") < FIRST_DENSE:
            return frozenset()
        return frozenset([text + letter for letter in first])


def numbered(authorities: Sequence[Authority]) -> tuple[Sequence[int], Sequence[int]]:
    """The number of each authority's first word, behind them how many words there are; those of one letter."""
    texts = [
        [*each.names.values(), *chain.from_iterable(each.aliases.values()), *chain.from_iterable(each.weak.values())]
        for each in authorities
    ]
    letters = [number for number, text in enumerate(chain.from_iterable(texts)) if len(text) < 2]
    return tuple(accumulate(map(len, texts), initial=0)), tuple(letters)


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


def _words_of(subject: int, authority: Authority) -> Iterator[Word]:
    for language, name in authority.names.items():
        yield Word(subject, language, name, weak=False)
    for by_language in (authority.aliases, authority.weak):
        for language, listed in by_language.items():
            for text in listed:
                yield Word(subject, language, text, weak=by_language is authority.weak)

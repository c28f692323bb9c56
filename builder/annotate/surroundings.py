"""What may stand around a name, by script: particles, titles, offices, and the words that come before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, partial
from typing import Final

from builder.annotate.either import either
from builder.annotate.fold import Folding
from builder.annotate.lazy import Lazy
from builder.model import Affixes

_LOOK: Final = 48
"""How many letters before a name are read for its title."""
_SHORT_IN_HAN: Final = 3
HONORIFIC: Final = "honorific"
"""Stands for a kind of post where a title is none: it makes a word a name, and says nothing of whose."""
_NO_HANGUL_AFTER: Final = "(?![\uac00-\ud7a3])"
_UNSPACED: Final = ("ja", "zh")


class Surroundings:
    """The words and patterns of all languages; a pattern is made when a name of its script is first met."""

    def __init__(self, affixes: Iterable[Affixes], folding: Folding) -> None:
        every = tuple(affixes)
        self._folding = folding
        self._hangul = hangul = [each for each in every if each.language == "ko"]
        self._han = han = [each for each in every if each.language in _UNSPACED]
        posts = [(word, kind) for each in every for kind, words in each.offices.items() for word in words]
        posts += [(word, HONORIFIC) for each in han for word in each.honorifics]
        folded = folding.fold_all([word for word, _ in posts])
        self._kinds = {word: kind for word, (_, kind) in zip(folded, posts, strict=True)}
        spaced = [each for each in every if each.language not in ("ko", *_UNSPACED)]
        offices = (word for each in spaced for words in each.offices.values() for word in words)
        self.before = frozenset((*offices, *(word for each in spaced for word in (*each.before, *each.modifiers))))
        self.honorifics = frozenset(word for each in spaced for word in each.honorifics)
        self.prefixes = frozenset(word for each in hangul for word in each.prefixes)
        self.women_before = frozenset(word for each in spaced for word in each.women)
        self.possessives = tuple(folding.fold(word) for each in spaced for word in each.possessives)
        self.verb_endings = tuple(word for each in spaced for word in each.verb_endings)
        self.women_last = frozenset((".", *(word[-1] for word in self.women_before)))
        self._sound_letters = frozenset("".join(each.sound_letters for each in han) or "\ufffc")
        self._named_before = tuple(f"{folding.fold(word)} " for each in every for word in each.named_before)
        self._named_before_last = frozenset(word[-2] for word in self._named_before)
        self._named_after = Lazy(partial(_bodies, every, folding))
        self._every = every
        self._before = {
            "letters": _endings(spaced, folding, (" ", ". ")),
            "hangul": _endings(hangul, folding, (" ",)),
            "han": _endings(han, folding, ("",)),
        }

    @cached_property
    def _endings(self) -> dict[str, tuple[int, dict[str, list[str]]]]:
        """By script how many last letters tell words for posts before a name apart, and those with the same ones."""
        found = {}
        for writing, words in self._before.items():
            size = min((3, *map(len, words)))
            by_end: dict[str, list[str]] = {}
            for word in words:
                by_end.setdefault(word[-size:], []).append(word)
            found[writing] = (size, by_end)
        return found

    @cached_property
    def abroad(self) -> re.Pattern[str]:
        """Words that tell a piece of foreign affairs."""
        return re.compile(either(self._folding.fold(word) for each in self._every for word in each.abroad))

    @cached_property
    def generation(self) -> re.Pattern[str]:
        """Behind a name: it is a namesake's."""
        return re.compile(rf",? (?:{either(word for each in self._every for word in each.generations)})\b")

    @cached_property
    def month_before(self) -> re.Pattern[str]:
        """At the end of what stands before a name that is also a month's: it is the month."""
        words = sorted(word for each in self._every for word in each.time_words)
        return re.compile(rf"(?:{'|'.join(map(re.escape, words)) or '(?!)'}) $", re.IGNORECASE)

    @cached_property
    def hangul_tail(self) -> re.Pattern[str]:
        """What may be glued to a Korean name."""
        titles = either(word for each in self._hangul for word in _titles(each))
        suffixes = either(word for each in self._hangul for word in each.suffixes)
        return re.compile(rf"(?:{titles})?(?:{suffixes})?(?:{_particles(self._hangul)}){{0,3}}{_NO_HANGUL_AFTER}")

    @cached_property
    def woman_after(self) -> re.Pattern[str]:
        """A title that only women bear, behind a name."""
        words = either(self._folding.fold(word) for each in (*self._hangul, *self._han) for word in each.women)
        return re.compile(f" ?(?:{words})")

    @cached_property
    def _after_hangul(self) -> re.Pattern[str]:
        between = either(word for each in self._hangul for word in each.modifiers)
        return re.compile(
            rf"(?: ?(?:{between})(?:[ \u00b7](?:{between})){{0,3}})? ?({_offices(self._hangul, self._folding)})"
            rf"(?:{_particles(self._hangul)}){{0,3}}{_NO_HANGUL_AFTER}"
        )

    @cached_property
    def _after_han(self) -> re.Pattern[str]:
        between = either(self._folding.fold(word) for each in self._han for word in each.modifiers)
        honorifics = either(self._folding.fold(word) for each in self._han for word in each.honorifics)
        return re.compile(rf"\u00b7?(?:{between}){{0,3}}({_offices(self._han, self._folding)}|{honorifics})")

    @cached_property
    def _sounds(self) -> re.Pattern[str]:
        words = either(self._folding.fold(word) for each in self._han for word in each.sound_words)
        sounds = "".join(each.sound_letters for each in self._han) or "\ufffc"
        return re.compile(f"(?!{words})([{sounds}]+)")

    def office_in(self, title: str) -> str:
        """The kind of the longest word for a post in an office's title; empty when there is none."""
        low = self._folding.fold(title).casefold()
        fitting = [(len(word), kind) for word, kind in self._kinds.items() if word.casefold() in low]
        return max(fitting)[1] if fitting else ""

    def is_office(self, word: str) -> bool:
        """Whether a folded word is one for a post."""
        return word in self._kinds or word.lower() in self._kinds

    def has_office(self, folded: str) -> bool:
        """Whether a Chinese or Japanese word for a post stands in a text: a title before a given name."""
        return any(word in folded for word in self._before["han"])

    def is_named_after(self, folded: str, start: int, end: int, writing: str) -> bool:
        """Whether the words beside a name make it that of a place, a body, a prize or a ship."""
        gap, pattern, first = self._named_after["han" if writing == "kana" else writing]
        # A word behind nearly always begins otherwise: asking that alone took a tenth of the time.
        at = end + gap
        if folded[at : at + 1] in first and folded[end:at].isspace() == bool(gap) and pattern.match(folded, at):
            return True
        if start < 2 or folded[start - 1] != " " or folded[start - 2] not in self._named_before_last:
            return False
        return folded[max(0, start - _LOOK) : start].endswith(self._named_before)

    def goes_on_in_sounds(self, folded: str, start: int, end: int) -> bool:
        """Whether a short foreign name in Han letters is the beginning of a longer one, by the letters behind it.

        One such letter is enough behind two, two behind three; longer names stand for themselves.
        """
        length = end - start
        if length == 2 and folded[start] in self._sound_letters and folded[start - 1 : start] in self._sound_letters:
            return self.office_beside(folded, start, end, "han") is None
        behind = self._sounds.match(folded, end) if length <= _SHORT_IN_HAN else None
        return behind is not None and len(behind[1]) >= length - 1 and folded[end - 1] in self._sound_letters

    def office_beside(self, folded: str, start: int, end: int, writing: str) -> str | None:
        """The kind of post named right beside a name, in the way of its script."""
        if writing != "letters":
            pattern = self._after_hangul if writing == "hangul" else self._after_han
            if found := pattern.match(folded, end):
                return self._kinds[found[1]]
        return self._office_before(folded, start, "han" if writing == "kana" else writing)

    def _office_before(self, folded: str, start: int, writing: str) -> str | None:
        """Of 300 words those that end alike are asked one by one; searching for all by a pattern took 50 µs."""
        size, by_end = self._endings[writing]
        before = folded[max(0, start - _LOOK) : start]
        fitting = [ending for ending in by_end.get(before[-size:], ()) if before.endswith(ending)]
        if not fitting:
            return None
        word = max(fitting, key=len)
        earlier = before[: -len(word)][-1:]
        if writing == "letters" and (earlier.isalnum() or earlier == "-"):
            return None
        return self._kinds[word.rstrip(" .")]


def _particles(hangul: Iterable[Affixes]) -> str:
    return either(word for each in hangul for word in each.particles)


def _bodies(affixes: Iterable[Affixes], folding: Folding, writing: str) -> tuple[int, re.Pattern[str], frozenset[str]]:
    """What stands behind a name in that of a place or a body: how far off, words, their first letters."""
    languages = {"hangul": ("ko",), "han": _UNSPACED}.get(writing, ("en",))
    taken = [each for each in affixes if each.language in languages]
    listed = [folding.fold(word) for each in taken for word in each.named_after]
    ends = {"han": "", "letters": r"\b"}.get(writing, rf"(?:{_particles(taken)}){{0,3}}{_NO_HANGUL_AFTER}")
    pattern = re.compile(f"(?:{either(listed)}){ends}")
    return (0 if writing == "han" else 1, pattern, frozenset(word[0] for word in listed))


def _endings(affixes: Iterable[Affixes], folding: Folding, behind: tuple[str, ...]) -> tuple[str, ...]:
    listed = [word for each in affixes for words in each.offices.values() for word in words]
    words = set(folding.fold_all(listed))
    return tuple(sorted(word + end for word in words for end in behind))


def _offices(affixes: Iterable[Affixes], folding: Folding) -> str:
    return either(folding.fold(word) for each in affixes for words in each.offices.values() for word in words)


def _titles(affixes: Affixes) -> tuple[str, ...]:
    return (*affixes.honorifics, *(word for words in affixes.offices.values() for word in words))

"""What is told from the bytes of a text is what its letters say, letter by letter."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from naming import shipped

from builder.annotate.fold import Folding, without_unread
from builder.annotate.heads import FIRST_DENSE, signs
from builder.annotate.kinds import CYRILLIC, FAR, HAN, HANGUL, KANA, LATIN, MARKS, OTHER, SIGNS, WIDE, kinds

SAMPLES = (
    *("Ab", "c-d", " ", "7", "_", "'", "\n", "\u0085"),
    *("\u00aa", "\u00b5", "\u00b7", "\u00ab", "\u00bd", "\u00a0"),
    *("\u00df", "\u00d7", "\u0131\u0142", "\u0430\u0411", "\u0451", "\u0491", "\u03b1", "\u0301"),
    *("\u0e01\u0e02", "\u1100\u1161", "\u2026", "\u2014", "\u201c", "\u2102"),
    *("\u3001", "\u304b\u30f3", "\u30fb", "\u570b\u4e00", "\uac00\uae40", "\uff21\uff11", "\U0001f600", "\U00020000"),
)
TEXTS = ["".join(parts) for parts in product(SAMPLES, repeat=2)] + ["".join(SAMPLES), "-".join(reversed(SAMPLES))]


def words_of(text: str) -> set[str]:
    """Runs of letters below the first dense one."""
    parted = "".join(letter if letter.isalpha() and letter < FIRST_DENSE else " " for letter in text)
    return set(parted.split(" ")) - {""}


def pairs_of(text: str) -> set[int]:
    dense = "".join(letter for letter in text if letter >= FIRST_DENSE).encode("utf-16-le")
    return {int.from_bytes(dense[at : at + 4], "little") for at in range(0, len(dense) - 2, 2)}


def test_the_signs_of_a_text_are_its_words_and_its_pairs() -> None:
    for text in TEXTS:
        words, pairs = signs(text)
        assert set(words) >= words_of(text)
        assert all(any(word.startswith(str(sign)) for word in words_of(text)) for sign in words)
        assert set(pairs) == pairs_of(text)


def test_words_of_cyrillic_are_there_by_their_beginnings() -> None:
    words, _ = signs("\u041c\u043e\u0441\u043a\u0432\u0430 Bern")
    assert {"\u041c", "\u041c\u043e\u0441", "\u041c\u043e\u0441\u043a", "Bern"} <= set(words)
    assert "Be" not in words


def test_each_letter_is_folded_alone() -> None:
    fold = Folding(shipped().affixes).fold
    for text in (unicodedata.normalize("NFC", text) for text in TEXTS):
        assert fold(text) == "".join(map(fold, text))


def test_kinds_follow_the_blocks_of_unicode() -> None:
    letters = "Z\u00b7\u00fc\u0416\u03a9\u0e01\u1100\u201d\u30f3\u4e2d\ud55c\uff21\U0001f600"
    expected = (SIGNS, LATIN, CYRILLIC, OTHER, OTHER, OTHER, MARKS, KANA, HAN, HANGUL, WIDE, FAR)
    assert kinds(letters) == b"".join(expected)
    assert kinds("ASCII alone") == b""


def test_what_is_not_read_is_blanked_wherever_it_begins() -> None:
    for text, left in (
        ("see [it](https://a.example/x) now", "see [it now"),
        ("`code` and ``` more\nlines ``` end", "and end"),
        ("at http://a.example, www.b.example", "at"),
        ("xhttps://a.example", "xhttps://a.example"),
        ("a [^1]: note <b>bold</b> 1 < 2", "a note bold 1 < 2"),
    ):
        blanked = without_unread(text)
        assert len(blanked) == len(text)
        assert re.sub(r"\s+", " ", blanked).strip() == left

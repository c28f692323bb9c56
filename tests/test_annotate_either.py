"""Patterns for lists of words: the same finds as alternatives side by side, the longest first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.annotate.either import either


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the vice president said", ["vice president"]),
        ("president, premier", ["president", "premier"]),
        ("a minister (acting)", ["minister (acting)"]),
        ("pre", []),
    ],
)
def test_the_longest_word_that_fits_is_found(text: str, found: list[str]) -> None:
    pattern = either(["president", "vice president", "premier", "minister", "minister (acting)"])
    assert re.findall(pattern, text) == found


def test_no_words_match_nothing() -> None:
    assert re.search(either(["", ""]), "anything, or nothing") is None


def test_what_follows_a_pattern_makes_it_try_shorter_words() -> None:
    assert re.fullmatch(f"({either(['ab', 'abc', 'abcd'])})cd", "abcd")[1] == "ab"  # type: ignore[index]


@given(st.lists(st.text("ab^]-.", max_size=4), max_size=8), st.text("ab^]-.", max_size=30))
def test_a_tree_finds_what_alternatives_find(words: list[str], text: str) -> None:
    side_by_side = "|".join(map(re.escape, sorted({word for word in words if word}, key=lambda word: -len(word))))
    expected = re.findall(side_by_side or "(?!)", text)
    assert re.findall(either(words), text) == expected


@given(st.lists(st.text("abSk-", max_size=4), max_size=6), st.text("abABsSkK\u017f- _", max_size=30))
def test_in_any_case_and_behind_no_letter_it_finds_what_the_flag_and_a_bound_find(words: list[str], text: str) -> None:
    listed = sorted({word.lower() for word in words if word[:1].isalpha()}, key=lambda word: -len(word))
    expected = re.findall(rf"\b(?:{'|'.join(map(re.escape, listed)) or '(?!)'})", text, re.IGNORECASE)
    assert re.findall(either(listed, no_letter_before=r"\w", any_case=True), text) == expected

from __future__ import annotations

import random

import pytest

from builder.publish.search.stem import stem, stemmer
from builder.publish.search.terms import fold, has_no_places, items, plain_words, runs, singles, subject_token, tokens
from builder.publish.search.words import search_words

INFLECTIONS = dict(search_words().inflections)

ONE = [
    ("meeting", "meetings", "meet", "met"),
    ("agree", "agreed", "agrees", "agreeing"),
    ("agreement", "agreements"),
    ("treaty", "treaties"),
    ("country", "countries"),
    ("promise", "promised", "promises", "promising"),
    ("trade", "traded", "trades", "trading"),
    ("change", "changed", "changing"),
    ("stop", "stopped", "stopping", "stops"),
    ("press", "presses", "pressed"),
    ("tax", "taxes", "taxed"),
    ("ally", "allies", "allied"),
    ("hold", "held", "holding"),
    ("plane", "planes"),
    ("control", "controlled", "controls"),
    ("crisis", "crises"),
    ("use", "used", "using"),
    ("visit", "visited", "visits"),
    ("launch", "launches", "launched"),
]
APART = [
    ("plan", "plane"),
    ("agree", "agreement"),
    ("news", "new"),
    ("united", "unit"),
    ("even", "evening"),
    ("stat", "state"),
]


@pytest.mark.parametrize("forms", ONE, ids=lambda forms: forms[0])
def test_the_forms_of_a_word_are_one(forms: tuple[str, ...]) -> None:
    assert len({stem(form, INFLECTIONS) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert stem(one, INFLECTIONS) != stem(other, INFLECTIONS)


def test_words_without_a_vowel_before_the_ending_are_left_alone() -> None:
    assert [stem(word, INFLECTIONS) for word in ("king", "string", "red", "g20", "covid19")] == [
        "king",
        "string",
        "red",
        "g20",
        "covid19",
    ]


def row(text: str) -> list[str]:
    return list(tokens(fold(text), stemmer(INFLECTIONS)))


def test_a_word_is_a_row_of_pairs_inside_every_longer_word() -> None:
    asked, there = row("회담"), row("정상회담에서")
    assert len(asked) == 1
    assert asked[0] in there


def test_a_pair_over_a_space_is_not_the_pair_inside_a_word() -> None:
    assert row("외교관")[1] not in row("외교 관계")
    assert row("외교 관")[1] in row("외교 관계")


def test_no_pair_spans_punctuation_or_another_script() -> None:
    assert row("회담. 담화") == row("회담 ; 담화") == [*row("회담"), *row("담화")]
    assert row("AI반도체") == [*row("AI"), *row("반도체")]


def test_case_width_accents_and_the_genitive_make_no_difference() -> None:
    assert row("CAFÉ ＡＩ China’s") == row("cafe ai china")


def test_words_of_other_letters_are_plain_ascii_to_the_engine() -> None:
    (token,) = row("Путин")
    assert token.isascii()
    assert row("ПУТИН") == [token]


def test_one_letter_is_found_where_a_korean_word_begins_and_anywhere_in_chinese() -> None:
    assert len(singles(["핵무기"])) == 1
    assert len(singles(["中美"])) == 2
    assert singles(runs("회의 abc カナ")) == singles(["회담"])


def test_only_tokens_of_one_letter_need_no_place() -> None:
    assert all(has_no_places(token) for token in singles(["핵", "美"]))
    assert not any(has_no_places(token) for token in (*row("핵무기 z12 zebra4"), subject_token("leader", "xi-jinping")))


def test_a_text_of_ascii_has_the_words_that_the_pattern_finds() -> None:
    chance = random.Random(3)
    for _ in range(2000):
        text = "".join(chance.choices("abu.s1 -_'\n\0", k=chance.randint(1, 14)))
        assert plain_words(text) == [word.replace(".", "") for _, word in items(text)], text


def test_letters_that_need_no_normalization_are_folded_alike_beside_others() -> None:
    chance = random.Random(4)
    for _ in range(500):
        text = "".join(chance.choices("Abs'\u2019 \u201c\u201d\u2013\u3001회담會談がパーZ\0", k=chance.randint(1, 14)))
        assert fold(f"{text} \u00e9") == f"{fold(text)} e", text

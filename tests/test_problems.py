from __future__ import annotations

import pytest

from builder.problems import Place, Problem, did_you_mean, error, has_errors, in_order, visible, warning


def test_a_problem_reads_as_path_line_column_severity_message_hint() -> None:
    problem = error(Place("content/articles/a.md", 4, 1), 'unknown field "topcs"', 'did you mean "topics"?')
    assert str(problem) == 'content/articles/a.md:4:1: error: unknown field "topcs" (did you mean "topics"?)'
    assert str(warning(Place("content/captures/x.txt"), "holds no text")) == (
        "content/captures/x.txt:1:1: warning: holds no text"
    )


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("topcs", 'did you mean "topics"?'),
        ("leaders", 'did you mean "leaders"?'),
        ("xi-jinpin", 'did you mean "xi-jinping"?'),
        ("zebra", ""),
        ("", ""),
        ("k" * 200_000, ""),
    ],
)
def test_the_nearest_known_word_is_named_and_no_far_one(word: str, hint: str) -> None:
    assert did_you_mean(word, ("topics", "leaders", "xi-jinping")) == hint


def test_of_two_words_equally_near_the_order_given_does_not_choose() -> None:
    assert did_you_mean("cat", ("cab", "car")) == did_you_mean("cat", ("car", "cab"))


def test_problems_stand_in_the_order_of_their_places_each_once() -> None:
    late, early = error(Place("a.md", 10, 2), "x"), error(Place("a.md", 9, 30), "y")
    other = warning(Place("Z.md", 99), "z")
    assert in_order([late, other, early, late]) == (other, early, late)


def test_only_errors_stop_a_build() -> None:
    assert not has_errors([warning(Place("a"), "x")])
    assert has_errors([warning(Place("a"), "x"), error(Place("a"), "x")])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines", r"two\nlines"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("gpj.\u202etxt", r"gpj.\u202etxt"),
        ("caf\udce9.txt", r"caf\udce9.txt"),
        ("\ufeffbom", r"\ufeffbom"),
        ("한글 기사\u3000日本\u200d语.txt", "한글 기사\u3000日本\u200d语.txt"),
        ("quo\"te's", "quo\"te's"),
    ],
)
def test_no_word_of_a_file_can_break_the_line_or_steer_the_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown
    said = str(Problem(Place(text), "error", text, text))
    assert said == f"{shown}:1:1: error: {shown} ({shown})"
    said.encode("utf-8")


def test_a_megabyte_where_a_word_should_be_is_not_repeated_whole() -> None:
    said = str(error(Place("a.md"), f'unknown field "{"k" * 1_000_000}"', "hint stays"))
    assert len(said) < 500
    assert said.endswith("… (hint stays)")

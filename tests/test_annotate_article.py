from __future__ import annotations

import time

import pytest
from naming import article, shipped

from builder.annotate.article import Annotating, annotate, check_choices
from builder.annotate.entry import beginning, count_words
from builder.annotate.fold import Folding, composed, without_unread
from builder.annotate.sketch import SKETCH, sketch, terms
from builder.annotate.spellings import declined
from builder.model import Choice


def test_unknown_ids_are_refused_with_the_nearest() -> None:
    problems = check_choices(article(leaders=Choice(("vladmir-putin",)), topics=Choice((), ("natto",))), shipped())
    assert [str(problem) for problem in problems] == [
        'content/articles/a.md:1:1: error: no leader has the id "vladmir-putin" (did you mean "vladimir-putin"?)',
        'content/articles/a.md:1:1: error: no topic has the id "natto" (did you mean "nato"?)',
    ]


def test_known_ids_are_not() -> None:
    assert check_choices(article(leaders=Choice(("xi-jinping",), ("kim-jong-un",))), shipped()) == ()


def test_an_entry_says_what_lists_show() -> None:
    entry = annotate(
        article("# Head\n\nOne **two** [three](https://example.org/).\n", published="2025-10-31T09:00+09:00"), shipped()
    ).entry
    assert (entry.day, entry.summary) == ("2025-10-31", "One two three.")


@pytest.mark.parametrize(
    ("text", "words"), [("one two", 2), ("정상 회담을 했다", 3), ("首脳会談", 2), ("G20 峰会开幕", 3)]
)
def test_words_are_counted_by_script(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_long_beginning_ends_at_a_word() -> None:
    start = beginning("word " * 100)
    assert start.endswith("word …")
    assert len(start) <= 203


def test_letters_of_one_kind_fold_to_one_form_in_their_places() -> None:
    folding = Folding(shipped().affixes)
    text = "Čaputová・習近平 Ｇ２０ — ё"
    folded = folding.fold(text)
    assert len(folded) == len(text)
    assert folded == "Caputova·习近平 G20   е"


def test_composing_keeps_count_of_places() -> None:
    assert composed("plain") == ("plain", None)
    assert composed("e\u0301te\u0301!") == ("été!", [0, 2, 3, 5, 6])
    assert composed("\u1109\u1175 x")[0] == "시 x"


def test_what_is_not_read_leaves_its_place_blank() -> None:
    text = "a [b](https://x.example/Putin) `Modi` c\n"
    blank = without_unread(text)
    assert len(blank) == len(text)
    assert "Putin" not in blank
    assert "Modi" not in blank
    assert "[b" in blank


def test_a_sketch_has_always_the_same_length() -> None:
    assert len(sketch("")) == len(sketch("one")) == len(sketch("a clause of words. " * 500)) == SKETCH


def test_reprints_share_most_of_their_sketch() -> None:
    clauses = [f"the {number}th delegation came with {number} flags" for number in range(60)]
    one, other = sketch(". ".join(clauses)), sketch(". ".join(["A new first sentence", *clauses[:50]]))
    assert len(set(one) & set(other)) > len(one) // 2


def test_terms_are_the_same_sample_everywhere() -> None:
    words = [f"delegate{number}" for number in range(100)]
    one, other = set(terms(" ".join(words))), set(terms(" ".join(reversed(words[10:]))))
    assert len(one & other) > 20


def test_a_name_is_declined_whole_or_at_its_end() -> None:
    endings = next(affixes.endings for affixes in shipped().affixes if affixes.language == "ru")
    forms = declined("Ким Чен Ын", endings)
    assert "Ким Чен Ыном" in forms
    assert "Нарендрой Моди" in declined("Нарендра Моди", endings)
    assert "Владимира Зеленского" in declined("Владимир Зеленский", endings)


def test_a_piece_that_breaks_annotating_is_published_without_facts() -> None:
    facts = Annotating(shipped()).failed(article("Putin.\n"), "trace")
    assert facts.mentions == ()
    assert facts.entry.id == "a"


@pytest.mark.parametrize(
    "piece",
    ["Putin ", "[a", '"', "“ said Putin ", "푸틴은 “가”고 말했다. ", "`<", "- Putin said “we will go”\n", "e\u0301"],
)
def test_strange_pages_cost_no_more_than_their_length(piece: str) -> None:
    """A page of one repeated thing made patterns look back over all of it for each of its pieces."""
    annotate(article("warm up"), shipped())
    start = time.process_time()
    annotate(article(piece * 20_000), shipped())
    assert time.process_time() - start < 15

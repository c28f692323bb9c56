"""Who is quoted, rule by rule; tests/quality measures quotations together."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from naming import article, shipped

from builder.annotate.article import annotate
from builder.annotate.kinds import CYRILLIC, kinds
from builder.annotate.marks import quoted
from builder.model import Choice, passage_id


def said(body: str, **fields: Any) -> list[tuple[str, str]]:
    return [(quote.leader, quote.text) for quote in annotate(article(body, **fields), shipped()).quotes]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“one” and “two”", ["one", "two"]),
        ("“wrongly closed“ and “right”", ["wrongly closed", "right"]),
        ('"straight" and „low“', ["straight", "low"]),
        ("「外の『内』まで」", ["外の『内』まで"]),
        ("«Раз» и «два»", ["Раз", "два"]),
        ("“never closed. “anew” then", ["anew"]),
        ("It’s the leaders’ day, isn’t it", []),
        ("‘We’ll go,’ he said", ["We’ll go,"]),
    ],
)
def test_marks_are_paired_as_they_are_meant(text: str, inside: list[str]) -> None:
    assert [text[each.start + 1 : each.end - 1] for each in quoted(text)] == inside


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ('"We will not yield an inch," Macron said.\n', ["emmanuel-macron"]),
        ('"We will not yield an inch," said President Emmanuel Macron.\n', ["emmanuel-macron"]),
        ('Macron told reporters: "We will not yield."\n', ["emmanuel-macron"]),
        ('Macron\'s spokesman said, "We will not yield."\n', []),
        ('"We will not yield an inch," said a baker from Lyon near Macron.\n', []),
        ('Macron called it a "new age".\n', []),
        ('Macron and Merz said, "We will not yield."\n', []),
        ('Merz met Macron. "We will not yield," he said.\n', []),
        ('Macron arrived. "We will not yield," he said.\n', ["emmanuel-macron"]),
        ('Meloni met Macron. "We will not yield," she said.\n', ["giorgia-meloni"]),
        ("마크롱 대통령은 “물러서지 않는다“고 말했다.\n", ["emmanuel-macron"]),
        ('마크롱 대통령의 대변인은 "물러서지 않는다"고 말했다.\n', []),
        ('마크롱 대통령은 "제3의 길"을 제시했다.\n', []),
        ("マクロン大統領は「一歩も引かない」と述べた。\n", ["emmanuel-macron"]),
        ("マクロン大統領は「第三の道」を示した。\n", []),
        ("马克龙表示：“我们不会后退。”\n", ["emmanuel-macron"]),
        ("马克龙对默茨说：“我们不会后退。”\n", ["emmanuel-macron"]),
        ("马克龙的发言人说：“我们不会后退。”\n", []),
        ("«Мы не отступим», — заявил Макрон.\n", ["emmanuel-macron"]),
        ('"Kami tidak mundur," kata Macron.\n', ["emmanuel-macron"]),
    ],
)
def test_words_go_to_whoever_said_them_beyond_doubt(body: str, who: list[str]) -> None:
    assert [leader for leader, _ in said(body)] == who


def test_a_quotation_split_by_its_attribution_is_one() -> None:
    assert said('"We will," Macron said, "not yield an inch."\n') == [("emmanuel-macron", "We will not yield an inch.")]


def test_words_of_a_leader_whom_the_archivist_dropped_are_dropped() -> None:
    assert said('"We will not yield," Macron said.\n', leaders=Choice(drop=("emmanuel-macron",))) == []


def test_a_quotation_names_its_paragraph_as_the_page_does() -> None:
    paragraph = 'Then Macron said: "We will not yield an inch."'
    facts = annotate(article(f"First.\n\n{paragraph}\n\nLast.\n"), shipped())
    assert [quote.passage for quote in facts.quotes] == [passage_id(paragraph)]


def test_a_quotation_in_a_list_names_its_item() -> None:
    facts = annotate(article('- One.\n- Macron said: "We will not yield an inch."\n'), shipped())
    assert [quote.passage for quote in facts.quotes] == [passage_id('- Macron said: "We will not yield an inch."')]


def test_russian_words_for_speech_are_all_cyrillic() -> None:
    """So pieces without a Cyrillic letter are read without them."""
    (russian,) = (each for each in shipped().affixes if each.language == "ru")
    lists = [found for each in fields(russian) if isinstance(found := getattr(russian, each.name), tuple)]
    groups = [found for each in fields(russian) if isinstance(found := getattr(russian, each.name), dict)]
    words = [word for words in lists for word in words] + [
        word for each in groups for listed in each.values() for word in listed
    ]
    assert len(words) > 100
    assert [word for word in words if CYRILLIC not in kinds(word)] == []

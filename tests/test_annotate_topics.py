from __future__ import annotations

from typing import Any

import pytest
from naming import article, shipped, topics

from builder.annotate.article import annotate
from builder.model import Choice


def found(body: str, **fields: Any) -> set[str]:
    return topics(annotate(article(body, **fields), shipped()))


@pytest.mark.parametrize(
    ("body", "topic"),
    [
        ("The Paris climate agreement holds.\n", "paris-agreement"),
        ("북핵 문제와 6자회담이 의제였다.\n", "six-party-talks"),
        ("유엔총회가 열렸다.\n", "un-general-assembly"),
        ("上合组织成员国开会。\n", "sco"),
        ("東協領袖開會。\n", "asean"),
        ("拉致問題を話し合った。\n", "north-korean-abductions"),
        ("Встреча на полях саммита БРИКС.\n", "brics"),
        ("NATO는 회의를 열었다.\n", "nato"),
        ("RARE EARTHS IN FOCUS\n", "export-controls"),
    ],
)
def test_one_alias_is_enough(body: str, topic: str) -> None:
    assert topic in found(body)


def test_a_weak_word_counts_when_it_is_repeated_or_in_the_title() -> None:
    assert found("A word on tariffs.\n") == set()
    assert found("Tariffs, and again tariffs.\n") == {"tariffs"}
    assert found("A word.\n", title="The tariffs") == {"tariffs"}
    assert found("A word.\n", tags=("관세",)) == {"tariffs"}


def test_headings_of_the_tree_are_found_by_nothing() -> None:
    assert found("정상회의, 정상회의, 분쟁과 분쟁. Regions and regions.\n", title="Summits and forums") == set()


def test_the_longer_alias_wins() -> None:
    assert found("The UN Security Council met.\n") == {"un-security-council"}


def test_capitals_matter_for_initials() -> None:
    assert found("Those who imf the who.\n") == set()


def test_the_archivist_adds_and_drops() -> None:
    assert found("NATO met.\n", topics=Choice(("brexit",), ("nato",))) == {"brexit"}

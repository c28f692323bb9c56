"""Names in running text, case by case; tests/quality measures them together."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from naming import article, leaders, shipped

from builder.annotate.article import annotate
from builder.model import Choice, Teaser

CASES = [
    pytest.param(case, id=f"{file.stem}: {case['because']}")
    for file in sorted((Path(__file__).parent / "cases" / "names").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_names_are_bounded_by_the_rules_of_their_script(case: dict[str, Any]) -> None:
    assert leaders(annotate(article(f"{case['text']}\n"), shipped())) == set(case["leaders"])


def found(body: str, **fields: Any) -> set[str]:
    return leaders(annotate(article(body, **fields), shipped()))


def test_a_weak_name_goes_to_the_one_who_is_named() -> None:
    assert found("Lee Myung-bak came. President Lee spoke.\n") == {"lee-myung-bak"}


def test_a_weak_name_goes_to_who_held_the_office_on_the_day() -> None:
    assert found("President Lee spoke.\n", published="2010-11-11") == {"lee-myung-bak"}
    assert found("President Lee spoke.\n", published="2025-08-15T09:00+09:00") == {"lee-jae-myung"}
    assert found("President Lee spoke.\n", event_date="2012-03-26") == {"lee-myung-bak"}


def test_the_only_year_in_a_piece_without_a_date_will_do() -> None:
    assert found("In 2010 President Lee spoke.\n") == {"lee-myung-bak"}
    assert found("In 2010 and 2025 President Lee spoke.\n") == set()


def test_weak_names_that_fit_nobody_are_listed() -> None:
    facts = annotate(article("President Lee spoke.\n"), shipped())
    assert facts.unresolved == ("President Lee",)


def test_title_and_tags_count_and_teasers_do_not() -> None:
    facts = annotate(
        article("Nothing.\n", title="Modi", tags=("Lula",), teasers=(Teaser("Putin", "Xi Jinping"),)), shipped()
    )
    assert leaders(facts) == {"narendra-modi", "luiz-inacio-lula-da-silva"}


def test_addresses_and_code_are_not_read() -> None:
    body = "[here](https://example.org/donald-trump) https://example.org/Putin `Modi` <https://example.org/Macron>\n"
    assert found(body) == set()


def test_the_archivist_adds_and_drops() -> None:
    facts = annotate(article("Putin came.\n", leaders=Choice(("xi-jinping",), ("vladimir-putin",))), shipped())
    assert [(mention.id, mention.count) for mention in facts.mentions if mention.kind == "leader"] == [
        ("xi-jinping", 0)
    ]


def test_who_is_added_is_named_for_weak_names_too() -> None:
    facts = annotate(article("President Kim came.\n", leaders=Choice(("kim-dae-jung",))), shipped())
    assert [(mention.id, mention.count) for mention in facts.mentions if mention.kind == "leader"] == [
        ("kim-dae-jung", 1)
    ]


def linked(body: str, identity: str) -> str | None:
    facts = annotate(article(body), shipped())
    link = next(mention.link for mention in facts.mentions if mention.id == identity)
    return body[link[0] : link[1]] if link else None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("President Vladimir Putin's visit\n", "Vladimir Putin"),
        ("블라디미르 푸틴 대통령은\n", "블라디미르 푸틴"),
        ("# Putin\n\nThen Putin left.\n", "Putin"),
        ("| Putin | x |\n| --- | --- |\n| Putin | y |\n", "Putin"),
        ("[Putin](https://example.org/)\n", None),
        ("[about Putin][1]\n\n[1]: https://example.org/\n", None),
        ("Putin\n=====\n", None),
    ],
)
def test_a_link_stands_around_the_name_alone(body: str, text: str | None) -> None:
    assert linked(body, "vladimir-putin") == text


def test_the_link_is_not_in_the_heading() -> None:
    body = "# Putin\n\nThen Putin left.\n"
    facts = annotate(article(body), shipped())
    assert facts.mentions[0].link == (body.index("Putin left"), body.index(" left"))


def test_decomposed_letters_are_counted_where_they_stand() -> None:
    body = "Erdog\u0306an et Gu\u0308l.\n"
    facts = annotate(article(body), shipped())
    assert [(mention.id, mention.link) for mention in facts.mentions] == [("recep-tayyip-erdogan", (0, 8))]


def test_links_never_touch() -> None:
    body = "The Trump-Kim summit followed; a Korean peninsula summit.\n"
    spans = sorted(mention.link for mention in annotate(article(body), shipped()).mentions if mention.link)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert spans


def test_mentions_are_sorted_by_kind_count_and_id() -> None:
    facts = annotate(article("Putin, Putin, Xi and Modi on sanctions, sanctions.\n"), shipped())
    order = [(mention.kind, -mention.count, mention.id) for mention in facts.mentions]
    assert order == sorted(order)


def test_a_full_name_is_one_mention_whatever_stands_before_its_given_names() -> None:
    for body in (
        "Vladimir Putin spoke.",
        "then Vladimir Putin spoke.",
        "President Vladimir Putin spoke.",
        "Spokesman Vladimir Putin spoke.",
        "#today Vladimir Putin spoke.",
        "Mr. Vladimir Putin spoke.",
    ):
        (mention,) = (mention for mention in annotate(article(body), shipped()).mentions if mention.kind == "leader")
        assert (mention.id, mention.count) == ("vladimir-putin", 1)
        assert mention.link == (body.index("Vladimir"), body.index(" spoke"))

"""The archive as a whole, from the facts of its articles."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import Any

import pytest
from naming import article, shipped

from builder.annotate.article import annotate
from builder.link import compared, link, relink
from builder.model import Facts, Library

AUTHORITIES = shipped().authorities


def facts(identity: str, body: str, **fields: Any) -> Facts:
    return annotate(article(body, id=identity, **fields), shipped())


def library(*each: Facts) -> Library:
    return link(each, AUTHORITIES)


def test_the_newest_come_first_and_the_undated_last() -> None:
    found = library(
        facts("b", "Putin.", published="2024-01-01"),
        facts("z", "Putin."),
        facts("a", "Putin.", published="2025-06-04T09:00+09:00"),
        facts("c", "Putin.", published="2024-01-01"),
    )
    assert list(found.entries) == ["a", "b", "c", "z"]
    assert found.leaders["vladimir-putin"].articles == ("a", "b", "c", "z")
    assert found.years == {"2025": ("a",), "2024": ("b", "c")}


def test_drafts_are_left_out() -> None:
    found = library(facts("a", "Putin."), facts("b", "Modi.", draft=True))
    assert set(found.entries) == {"a"}
    assert "narendra-modi" not in found.leaders


def test_leaders_know_with_whom_they_are_named() -> None:
    found = library(facts("a", "Putin, Modi and Lula."), facts("b", "Putin and Modi."))
    assert found.leaders["vladimir-putin"].neighbours == (("narendra-modi", 2), ("luiz-inacio-lula-da-silva", 1))
    assert list(found.leaders) == ["luiz-inacio-lula-da-silva", "narendra-modi", "vladimir-putin"]


def test_a_topic_has_the_pieces_of_the_narrower_ones() -> None:
    found = library(facts("a", "The UN Security Council met."), facts("b", "The United Nations met."))
    assert found.topics["united-nations"].articles == ("a", "b")
    assert found.topics["un-security-council"].articles == ("a",)
    assert "un-security-council" in found.topics["united-nations"].narrower
    assert "international-organisations" in found.topics


def test_pieces_on_the_same_people_at_the_same_time_are_related() -> None:
    meeting = "Prabowo and Albanese met on sanctions and rare earths. "
    found = library(
        facts("a", meeting + "In Bogor.", published="2024-02-01"),
        facts("b", meeting + "Near Bogor.", published="2024-02-02"),
        facts("c", meeting + "Far from it.", published="2014-02-02"),
        *(facts(f"x{number}", "A harvest festival, nothing else.", published="2024-02-01") for number in range(5)),
    )
    assert found.related["a"][:2] == ("b", "c")
    assert "x1" not in found.related["a"]


def long(seed: int, clauses: int = 30) -> list[str]:
    chooser = random.Random(seed)
    words = [
        "summit",
        "border",
        "harbour",
        "treaty",
        "visit",
        "banquet",
        "railway",
        "minister",
        "envoy",
        "talks",
        "press",
    ]
    return [" ".join(chooser.choices(words, k=7)) for _ in range(clauses)]


def test_near_doubles_are_found_and_the_earliest_comes_first() -> None:
    text = long(1)
    found = library(
        facts("late", ". ".join([*text, "one more clause about the end"]), published="2024-05-03"),
        facts("early", ". ".join(text), published="2024-05-01"),
        facts("middle", ". ".join(text[2:]), published="2024-05-02"),
        facts("other", ". ".join(long(2)), published="2024-05-01"),
    )
    assert found.doubles["late"] == ("early", "middle")
    assert found.doubles["early"] == ("middle", "late")
    assert "other" not in found.doubles


def test_short_pieces_are_no_doubles() -> None:
    assert library(facts("a", "One clause only here."), facts("b", "One clause only here.")).doubles == {}


def test_the_order_in_which_facts_come_is_immaterial() -> None:
    each = [
        facts(f"p{number}", ". ".join([f"Putin and Modi met at place {number % 7}", *long(number % 9)]), published=day)
        for number, day in enumerate(["2024-01-01", "2024-01-05", None, "2023-07-07"] * 6)
    ]
    expected = link(each, AUTHORITIES)
    for seed in range(3):
        shuffled = each[:]
        random.Random(seed).shuffle(shuffled)
        again = link(shuffled, AUTHORITIES)
        assert again == expected
        assert list(again.entries) == list(expected.entries)
        assert list(again.doubles) == list(expected.doubles)
        assert list(again.topics) == list(expected.topics)


def test_what_is_compared_is_enough_to_link() -> None:
    said = '"We will not yield on trade," Putin said in Kazan. '
    each = [
        facts(f"p{number}", said + ". ".join([f"Modi met Xi at place {number % 3}", *long(number % 5)]), published=day)
        for number, day in enumerate(["2024-01-01", "2024-01-02", None] * 5)
    ]
    whole, few = link(each, AUTHORITIES), link(compared(each), AUTHORITIES)
    assert whole.doubles
    assert whole.quoting
    assert replace(few, facts=whole.facts, mentions=whole.mentions) == whole
    assert {key: [(one.kind, one.id, one.count) for one in named] for key, named in few.mentions.items()} == {
        key: [(one.kind, one.id, one.count) for one in found.mentions] for key, found in whole.facts.items()
    }


@pytest.mark.parametrize("archive", [4000])
def test_linking_grows_with_the_archive_and_not_with_its_square(archive: int) -> None:
    """Four times the pieces may cost little more than four times the time; a wide margin for a busy machine."""
    few, many = archive // 4, archive

    def cost(count: int) -> float:
        each = list(copies(count))
        start = time.process_time()
        link(each, AUTHORITIES)
        return time.process_time() - start

    # What else the machine does may spoil one comparison, never all of them.
    assert any(cost(many) < 9 * max(cost(few), 0.02) for _ in range(4))


def copies(count: int) -> list[Facts]:
    """Facts of made-up articles, made without annotating so many."""
    people = [authority.id for authority in AUTHORITIES if authority.kind == "leader"]
    subjects = [authority.id for authority in AUTHORITIES if authority.kind == "topic"]
    pattern = facts("x", "Putin and the NATO summit. " + ". ".join(long(1)), published="2024-01-01")
    chooser = random.Random(count)
    made = []
    for number in range(count):
        mentions = tuple(
            type(pattern.mentions[0])(kind, identity, 1, None)
            for kind, ids, most in (("leader", people, 4), ("topic", subjects, 5))
            for identity in sorted(chooser.sample(ids, most))
        )
        day = f"20{chooser.randrange(10, 26)}-{chooser.randrange(1, 13):02}-{chooser.randrange(1, 29):02}"
        entry = type(pattern.entry)(
            **{
                name: getattr(pattern.entry, name)
                for name in type(pattern.entry).__dataclass_fields__
                if name not in ("id", "day", "published")
            },
            id=f"p{number}",
            day=day,
            published=day,
        )
        shingles = tuple(sorted(chooser.randrange(1, 2**32) for _ in pattern.shingles))
        terms = tuple(sorted({f"w{chooser.randrange(20000)}" for _ in range(32)}))
        made.append(Facts(entry, mentions, (), shingles, terms, ()))
    return made


@pytest.mark.parametrize("seed", range(6))
def test_new_words_are_linked_as_they_would_be_from_the_start(seed: int) -> None:
    chance = random.Random(seed)
    bodies = {f"p{n}": long(n % 4) for n in range(8)}
    days = {key: f"2024-05-0{1 + n % 3}" for n, key in enumerate(bodies)}

    def told(key: str) -> Facts:
        return facts(key, "Putin met Modi in Kazan. " + " ".join(bodies[key]), published=days[key])

    old = {key: told(key) for key in bodies}
    for key in chance.sample(sorted(bodies), 3):
        cut = bodies[key][: chance.randint(1, 20)]
        bodies[key] = chance.choice([cut, long(seed + 40), [*bodies[key], "And 4711."]])
    new = {key: told(key) for key in bodies if mentioned(told(key)) == mentioned(old[key])}
    assert relink(library(*old.values()), new) == library(*(old | new).values())
    assert new != old


def mentioned(each: Facts) -> list[tuple[str, str, int]]:
    return [(mention.kind, mention.id, mention.count) for mention in each.mentions]

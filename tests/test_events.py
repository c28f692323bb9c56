"""Pieces on one event, in whatever language: grouped, and two events of the same people kept apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from naming import article, shipped

from builder.annotate.article import annotate
from builder.link import link
from builder.model import Event, Facts

CASES = sorted((Path(__file__).parent / "cases" / "events").glob("*.yaml"))
AUTHORITIES = shipped().authorities


@cache
def pieces(path: Path) -> tuple[list[Facts], dict[str, str]]:
    """The facts of a case's pieces, and the event that each is of."""
    listed = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    facts = []
    for one in listed:
        fields = {key: one[key] for key in ("title", "language", "published", "event_date") if key in one}
        facts.append(annotate(article(one["body"], id=one["id"], **fields), shipped()))
    return facts, {one["id"]: one["event"] for one in listed}


def pairs(events: Sequence[Event]) -> set[tuple[str, str]]:
    return {pair for event in events for pair in combinations(sorted(event.articles), 2)}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_pieces_stand_with_those_on_the_same_event_and_no_others(path: Path) -> None:
    facts, event_of = pieces(path)
    expected = {(one, other) for one, other in combinations(sorted(event_of), 2) if event_of[one] == event_of[other]}
    assert pairs(link(facts, AUTHORITIES).events) == expected


def test_in_one_archive_the_cases_do_not_disturb_each_other() -> None:
    found = [pieces(path) for path in CASES]
    facts = [
        Facts(**{name: getattr(one, name) for name in Facts.__dataclass_fields__} | {"entry": renamed(one, number)})
        for number, (each, _) in enumerate(found)
        for one in each
    ]
    events = {
        f"{number}-{key}": f"{number}-{event}" for number, (_, of) in enumerate(found) for key, event in of.items()
    }
    grouped = pairs(link(facts, AUTHORITIES).events)
    wrong = [pair for pair in grouped if events[pair[0]] != events[pair[1]]]
    right = {pair for pair in combinations(sorted(events), 2) if events[pair[0]] == events[pair[1]]}
    assert wrong == []
    assert len(grouped) >= 0.9 * len(right)


def renamed(one: Facts, number: int) -> object:
    fields = {name: getattr(one.entry, name) for name in type(one.entry).__dataclass_fields__}
    return type(one.entry)(**fields | {"id": f"{number}-{one.entry.id}"})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_events_and_doubles_are_the_same_in_any_order(chooser: random.Random) -> None:
    facts = [one for path in CASES[:3] for one in pieces(path)[0]]
    expected = link(facts, AUTHORITIES)
    chooser.shuffle(facts)
    again = link(facts, AUTHORITIES)
    assert again.events == expected.events
    assert again.doubles == expected.doubles
    assert again.related == expected.related


def test_an_event_says_when_and_who() -> None:
    facts, _ = pieces(CASES[[path.stem for path in CASES].index("one-summit-four-languages")])
    newest, oldest = link(facts, AUTHORITIES).events
    assert (newest.day, oldest.day) == ("2025-11-12", "2025-05-15")
    assert oldest.articles == ("a-en", "b-ko", "c-ja", "d-zh")
    assert oldest.id == "a-en"
    assert set(oldest.leaders) == {"anthony-albanese", "prabowo-subianto"}


def test_the_day_that_the_archivist_gave_is_the_events() -> None:
    facts, _ = pieces(CASES[[path.stem for path in CASES].index("the-archivist-knows-the-day")])
    assert [event.day for event in link(facts, AUTHORITIES).events] == ["2025-06-02"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_is_have_no_days_about_them(day: str) -> None:
    facts, _ = pieces(CASES[[path.stem for path in CASES].index("the-archivist-knows-the-day")])
    changed = [replace(one, figures=("1",), entry=replace(one.entry, published=day, day=day)) for one in facts]
    assert len(link(changed, AUTHORITIES).entries) == len(facts)
    assert len(link([replace(o, entry=replace(o.entry, event_day=None)) for o in changed], AUTHORITIES).entries) == 3


def test_an_event_has_a_dated_piece_since_it_stands_on_the_page_of_a_month() -> None:
    facts, _ = pieces(CASES[[path.stem for path in CASES].index("the-archivist-knows-the-day")])
    undated = [replace(one, entry=replace(one.entry, published=None, day=None)) for one in facts]
    assert link(undated, AUTHORITIES).events == ()
    assert len(link([facts[0], *undated[1:]], AUTHORITIES).events) == 1

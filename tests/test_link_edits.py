"""An edit that reaches no other piece leaves what links them as it was; what is told so is what linking anew tells."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from naming import article, shipped

from builder.annotate import annotate
from builder.link import leaves_as_is, link
from builder.model import Facts, Library

AUTHORITIES = shipped().authorities
WORDS = [first + second for first in ("bel", "cor", "dun", "fal", "gim", "hol") for second in ("ado", "enta", "imes")]
PLACES = ["Beijing", "Seoul", "Kazan", "Lima"]


def facts(identity: str, body: str, **fields: Any) -> Facts:
    return annotate(article(body, id=identity, **fields), shipped())


def linked(each: list[Facts]) -> Library:
    return link(each, AUTHORITIES)


def body(chance: random.Random) -> str:
    words = [" ".join(chance.choices(WORDS, k=4)) for _ in range(5)]
    place, number = chance.choice(PLACES), chance.randint(10, 40)
    return f"Xi and Putin met in {place}. They signed {number} papers, " + ", ".join(words) + ".\n"


def archive(chance: random.Random) -> list[Facts]:
    days = [f"2025-06-{day:02}" for day in range(1, 6)]
    return [facts(f"p{n}", body(chance), published=chance.choice(days)) for n in range(24)]


def test_what_stays_is_what_linking_anew_tells() -> None:
    chance = random.Random(11)
    pieces, stayed = archive(chance), 0
    for _ in range(60):
        library = linked(pieces)
        at = chance.randrange(len(pieces))
        text = body(chance) if chance.random() < 0.5 else f"{body(chance)}Only here stands word{chance.random()}.\n"
        edited = facts(f"p{at}", text, published=pieces[at].entry.day)
        if chance.random() < 0.5:  # an edit that changes one part alone
            part = chance.choice(["shingles", "terms", "figures"])
            edited = replace(pieces[at], **{part: getattr(edited, part)})
        anew = linked([edited if n == at else piece for n, piece in enumerate(pieces)])
        same = all(
            getattr(anew, part) == getattr(library, part)
            for part in ("related", "doubles", "events", "leaders", "topics", "years")
        )
        assert leaves_as_is(library, {edited.entry.id: edited}) == same
        stayed += same
        pieces[at] = edited
    assert 5 < stayed < 55


@pytest.mark.parametrize(
    "change",
    [
        {"mentions": ()},
        {"entry": {"day": "2025-06-09"}},
        {"entry": {"language": "ko"}},
    ],
)
def test_what_other_pages_show_is_never_taken_for_the_same(change: dict[str, Any]) -> None:
    pieces = archive(random.Random(3))
    entry = replace(pieces[0].entry, **change.pop("entry", {}))
    edited = replace(pieces[0], entry=entry, **change)
    assert not leaves_as_is(linked(pieces), {"p0": edited})


def test_a_piece_that_is_new_is_no_edit() -> None:
    pieces = archive(random.Random(4))
    assert not leaves_as_is(linked(pieces[1:]), {"p0": pieces[0]})

"""An edit that reaches no other piece is linked without comparing them anew; the result is that of linking anew."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

from naming import article, shipped

from builder.annotate.article import annotate
from builder.annotate.sketch import sketch
from builder.link import link, relink
from builder.link.doubles import doubles
from builder.link.edits import signs_of, unmoved
from builder.link.related import related
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


def test_an_edited_archive_is_linked_as_from_the_start() -> None:
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
        again = relink(library, {edited.entry.id: edited})
        assert again == anew
        stayed += sum(getattr(again, part) is getattr(library, part) for part in ("related", "doubles", "events"))
        pieces[at] = edited
    assert 20 < stayed < 160, "one of the two ways was hardly tried"


def test_what_is_said_to_stay_stays() -> None:
    chance, stayed = random.Random(5), 0
    own = ["".join(chance.choices("abcdefgh", k=9)) for _ in range(24 * 60)]
    texts = [f"Xi met Putin {' '.join(own[n::24])} {' '.join(chance.choices(WORDS, k=3))}.\n" for n in range(24)]
    pieces = [facts(f"p{n}", text, published=f"2025-06-0{n % 5 + 1}") for n, text in enumerate(texts)]
    named = {mention.id for piece in pieces for mention in piece.mentions}
    for _ in range(60):
        library, edits = linked(pieces), []
        counts = Counter(sign for piece in pieces for sign in signs_of(piece))
        for at in chance.sample(range(len(pieces)), chance.randint(1, 2)):
            words = chance.choice([WORDS, own, own[at::24]])
            new = chance.choice(words) + chance.choice(["", "ab"])
            texts[at] = texts[at].replace(chance.choice([*WORDS, *own[at::24]]), new)
            edits.append((pieces[at], facts(f"p{at}", texts[at], published=pieces[at].entry.day)))
            pieces[at] = edits[-1][1]
        if unmoved(edits, lambda signs, counts=counts: {sign: counts[sign] for sign in signs}, named):
            stayed += any(old != new for old, new in edits)
            anew = linked(pieces)
            assert (anew.doubles, anew.related, anew.events) == (library.doubles, library.related, library.events)
    assert 5 < stayed < 55, "one of the two answers was hardly given"


def test_a_piece_that_stays_like_those_it_is_compared_with_moves_nothing() -> None:
    chance, said = random.Random(3), Counter[bool]()
    clauses = [" ".join(chance.choices(WORDS, k=4)) for _ in range(12)]
    bare = [replace(facts(f"p{n}", "Xi.\n", published=f"2025-06-0{n % 5 + 1}"), terms=()) for n in range(16)]
    own = {piece.entry.id: [f"{piece.entry.id} {chance.random()}" for _ in range(4)] for piece in bare}
    texts = {key: [*mine, *chance.sample(clauses, 4)][chance.randrange(5) :] for key, mine in own.items()}
    pieces = {piece.entry.id: replace(piece, shingles=sketch(". ".join(texts[piece.entry.id]))) for piece in bare}
    for _ in range(150):
        key = chance.choice(list(pieces))
        text = [clause for clause in texts[key] if chance.random() < 0.8]
        text.append(chance.choice([chance.choice(clauses), f"only here {chance.random()}"]))
        old, new = pieces[key], replace(pieces[key], shingles=sketch(". ".join(text)))
        counts = Counter(sign for piece in pieces.values() for sign in signs_of(piece))

        def sharing(digests: Any) -> list[Facts]:
            return [piece for piece in pieces.values() if not set(digests).isdisjoint(signs_of(piece))]

        before = doubles(list(pieces.values()))
        texts[key], pieces[key] = text, new
        after = doubles(list(pieces.values()))
        pieces[key] = old
        stays = unmoved([(old, new)], lambda signs, counts=counts: {sign: counts[sign] for sign in signs}, (), sharing)
        assert not stays or before == after
        shared = any(counts[sign] > 1 for sign in signs_of(new)) and old.shingles != new.shingles
        said[stays] += shared
        pieces[key] = new
    assert min(said[True], said[False]) > 5, "one of the two answers was hardly given"


def test_some_pieces_are_related_as_they_are_among_all() -> None:
    pieces, some = archive(random.Random(3)), {"p1", "p7", "p12"}
    whole = related(pieces)
    assert related(pieces, some) == {key: others for key, others in whole.items() if key in some}
    assert any(whole[key] for key in some)

"""Spellings are made when a text holds a sign of them: none may be missed, and each says what all its words say."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from naming import shipped

from builder.annotate.finder import Finder
from builder.annotate.fold import Folding
from builder.annotate.heads import signs
from builder.annotate.keys import Key, merged
from builder.annotate.lexicon import indexed
from builder.annotate.sources import Sources
from builder.annotate.vocabulary import Vocabulary
from builder.values import Unpacked, packed_each

MANY = 97
"""Spellings a text."""


@lru_cache(maxsize=1)
def every_key() -> dict[str, Key]:
    """What each spelling says when all words are asked at once."""
    knowledge = shipped()
    sources = Sources(knowledge, Folding(knowledge.affixes))
    parts: dict[str, list[Key]] = {}
    for number in sorted(number for numbers in sources.by_script().values() for number in numbers):
        for spelling, key in sources.spellings(number):
            parts.setdefault(spelling, []).append(key)
    return {spelling: merged(keys) for spelling, keys in parts.items()}


def vocabulary() -> Vocabulary:
    knowledge = shipped()
    return Vocabulary(Sources(knowledge, Folding(knowledge.affixes)), lambda script: {})


def told(key: Key | None) -> object:
    assert key is not None
    labels = [(label.subject, label.strong, label.common) for label in key.labels]
    return (key.length, key.writing, labels, key.short, key.office, key.tag, key.topic, key.blocks)


def test_every_spelling_is_found() -> None:
    keys = every_key()
    assert len(keys) > 40_000
    fresh = vocabulary()
    for at in range(0, len(keys), MANY):
        some = list(keys)[at : at + MANY]
        standing = fresh.find("\n".join(some))
        found = {spelling for _, _, spelling in standing}
        assert found >= set(some)
        assert [told(fresh.keys[spelling]) for spelling in some] == [told(keys[spelling]) for spelling in some]


def test_a_spelling_alone_wakes_all_who_bear_it() -> None:
    keys = every_key()
    for spelling in list(keys)[:: len(keys) // 12]:
        fresh = vocabulary()
        assert (len(spelling), 0, spelling) in fresh.find(spelling)
        assert told(fresh.keys[spelling]) == told(keys[spelling])


def test_a_long_text_of_many_names_is_read_in_one_pass_with_the_same_result() -> None:
    finder = Finder()
    names = [f"{first}{second} Bao" for first in "ABCDEFGHIJ" for second in "abcdefghij"]
    for name in ("Bao", *names, "\u8bb8\u7f16", "\u8bb8\u7f16\u7ec7"):
        finder.add(name)
    short = "\u8bb8\u7f16\u7ec7, Aa Bao. " + ". ".join(names)
    long = short + " " + "x" * 20_000
    heads = [head for each in signs(short) for head in each]
    assert finder.find(long, set(heads)) == finder.find(short, set(heads))
    assert (3, 0, "\u8bb8\u7f16\u7ec7") in finder.find(long, set(heads))


def test_names_are_found_alike_where_it_was_worked_out_before_by_what() -> None:
    knowledge = shipped()
    folding = Folding(knowledge.affixes)
    before = indexed(knowledge, "ko")
    before = replace(before, authorities=Unpacked(packed_each(before.authorities)))
    assert list(before.heads) == ["", "hangul", "han"]
    assert before == knowledge  # by what is known, whatever was worked out of it
    plain, ready = vocabulary(), Vocabulary(Sources(before, folding), lambda script: {})
    for text in (
        "Xi Jinping met #DonaldTrump and Marcos Jr.",
        "시진핑 주석은 앨 고어를 만났다",
        "习近平、Путин и Си Цзиньпин",
    ):
        folded = folding.fold(text)
        standing = ready.find(folded)
        assert standing == plain.find(folded) != []
        assert [told(ready.keys[one]) for *_, one in standing] == [told(plain.keys[one]) for *_, one in standing]
    sources, known = Sources(knowledge, folding), Sources(before, folding)
    numbers = [number for listed in sources.by_script().values() for number in listed]
    assert known.by_script() == sources.by_script()
    for number in numbers[:: len(numbers) // 50]:
        spellings = [(spelling, told(key)) for spelling, key in sources.spellings(number)]
        assert [(spelling, told(key)) for spelling, key in known.spellings(number)] == spellings

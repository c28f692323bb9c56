"""An index amended for new texts of some pieces is, byte for byte, the index made anew."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from builder.model import Output, SearchRecord, SearchSubject
from builder.publish.search import Pieces, build_index
from builder.publish.search.amend import amend_index
from builder.publish.search.postings import index_words
from builder.publish.search.splice import chunk_of, chunks_of, places_on, respelt, words_of

XI = SearchSubject(
    "leader", "xi-jinping", "leaders/xi-jinping.html", "Xi Jinping", "en", ("Xi Jinping", "習近平", "시진핑"), ("Xi",)
)
WORDS = [
    *(
        "agreements",
        "the",
        "U.S.",
        "us",
        "US",
        "trade-off",
        "naïve",
        "G7",
        "회담",
        "정상회담에서",
        "사회의",
        "책임",
        "회의",
    ),
    *("결과는", "國會", "会談", "條約", "カナ", "Москва", "z4e003", "harbour", "harbours", "quay", "2025-09"),
]


def record(number: int, texts: Sequence[str]) -> SearchRecord:
    name, day = f"piece-{number:03d}", f"2025-0{1 + number % 9}-01" if number % 5 else None
    passages = tuple((f"p-{at}", text) for at, text in enumerate(texts))
    return SearchRecord(
        name, f"articles/{name}.html", "시진핑 at the quay", "ko", day, None, ("xi-jinping",), (), passages
    )


def prose(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def archive(chance: random.Random, count: int) -> list[SearchRecord]:
    return [
        record(n, [prose(chance, chance.randint(1, 20)) for _ in range(chance.randint(0, 4))]) for n in range(count)
    ]


Passages = tuple[tuple[str, str], ...]


def as_they_are(passages: Passages) -> Passages:
    return passages


def index_of(records: Sequence[SearchRecord], scratch: Path) -> list[Output]:
    pieces = Pieces(records, {each.id: each.passages for each in records}.__getitem__, as_they_are)
    return [output for output in build_index(pieces, [XI], scratch=scratch).outputs if isinstance(output, Output)]


def made(pieces: Sequence[SearchRecord], scratch: Path) -> dict[str, bytes]:
    return {output.path: output.data for output in index_of(pieces, scratch)}


def write(out: Path, outputs: Iterable[Output]) -> None:
    for output in outputs:
        path = out / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.data)


def standing(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.js")}


def amended(pieces: Sequence[SearchRecord], edited: Iterable[SearchRecord], out: Path) -> tuple[Output, ...] | None:
    return amend_index(edited, [(piece.id, piece.day) for piece in pieces], out=out)


def edit(piece: SearchRecord, chance: random.Random) -> SearchRecord:
    texts, title = [text for _, text in piece.passages], piece.title
    match chance.randrange(5):
        case 0:
            texts.insert(chance.randint(0, len(texts)), prose(chance, 12))
        case 1:
            texts = texts[1:]
        case 2:
            texts.append("".join(chance.choices("bdfgklmnprst가나다라會習條", k=9)))
        case 3:
            title = f"{prose(chance, 3)}{chance.choice((' 시진핑', ''))}"
        case _:
            texts = [" ".join(reversed(text.split())) for text in texts]
    return replace(record(int(piece.id[-3:]), texts), title=title)


def test_edit_after_edit_the_amended_index_is_the_one_made_anew(tmp_path: Path) -> None:
    chance = random.Random(11)
    pieces = archive(chance, 330)
    write(tmp_path, index_of(pieces, tmp_path))
    for turn in range(4):
        places = chance.sample(range(len(pieces)), 1 + turn % 3)
        edited = [edit(pieces[place], chance) for place in places]
        pieces = [next((new for new in edited if new.id == piece.id), piece) for piece in pieces]
        outputs = amended(pieces, edited, tmp_path)
        assert outputs is not None
        write(tmp_path, outputs)
        assert standing(tmp_path) == made(pieces, tmp_path)


@pytest.mark.slow
def test_many_edits_give_the_index_made_anew(tmp_path: Path) -> None:
    chance = random.Random(12)
    pieces = archive(chance, 420)
    write(tmp_path, index_of(pieces, tmp_path))
    whole = 0
    for _ in range(40):
        place = chance.randrange(len(pieces))
        pieces[place] = edit(pieces[place], chance)
        outputs = amended(pieces, [pieces[place]], tmp_path)
        whole += outputs is None
        write(tmp_path, index_of(pieces, tmp_path) if outputs is None else outputs)
        assert standing(tmp_path) == made(pieces, tmp_path)
    assert whole < 4


def test_a_text_that_stays_changes_no_file_and_one_that_goes_takes_its_words_along(tmp_path: Path) -> None:
    pieces = [record(n, ["The harbour is open."]) for n in range(4)]
    pieces.append(record(4, ["사회의 책임", "國會 zebra"]))
    write(tmp_path, index_of(pieces, tmp_path))
    assert amended(pieces, pieces[1:3], tmp_path) == ()
    pieces[4] = record(4, [])
    outputs = amended(pieces, pieces[4:], tmp_path)
    assert outputs is not None
    write(tmp_path, outputs)
    assert standing(tmp_path) == made(pieces, tmp_path)
    assert "search/pieces" in {output.path.rsplit("/", 2)[0] for output in outputs}


def test_what_is_not_known_of_the_index_takes_a_whole_build(tmp_path: Path) -> None:
    pieces = archive(random.Random(13), 5)
    assert amended(pieces, pieces[:1], tmp_path) is None
    pieces[2] = record(2, ["회의 " * 9_000])
    write(tmp_path, index_of(pieces, tmp_path))
    shorter = record(2, ["회의"])
    assert amended(pieces, [shorter], tmp_path) is None
    assert amended([*pieces, record(7, [])], [pieces[1]], tmp_path) is None
    assert amended(pieces, [record(7, [])], tmp_path) is None
    assert amended(pieces, [replace(pieces[1], language="en")], tmp_path) is None
    grown = record(1, [" ".join(f"word{number}" for number in range(3000))])
    assert amended(pieces, [grown], tmp_path) is None
    (tmp_path / "search" / "terms" / "000.js").write_bytes(b'pressmarkSearch("terms/000","YWJj")\n')
    assert amended(pieces, [record(1, ["another text"])], tmp_path) is None


def test_a_word_is_put_together_as_it_would_have_been_written() -> None:
    chance = random.Random(14)

    def page() -> list[str]:
        return chance.choices(["a", "bb", "z00314", "z4e003", "c" * 30, "d" * 300], k=chance.choice([0, 1, 30, 5000]))

    pages = [page() for _ in range(300)]
    before = {word.text: word.entry for word in index_words(pages)}
    chunk = chunk_of([before[text] for text in sorted(before)])
    assert words_of(chunk) == before
    assert [*chunks_of(len(chunk).to_bytes(4, "little") + chunk + bytes(4))] == [chunk, b""]
    for number in (0, 23, 299):
        old, new = places_on(pages[number]), places_on(later := page())
        pages[number] = later
        for text in old.keys() | new.keys():
            before[text] = respelt(text, before.get(text, b""), {number: new.get(text)})
        assert before == {word.text: word.entry for word in index_words(pages)}


@pytest.mark.parametrize("chunk", [b"\x81\x82\x82\x61a\x81\x82\x00\x80", b"\x81\x81\x82\x61a", b"abc"])
def test_what_has_another_form_is_refused(chunk: bytes) -> None:
    with pytest.raises(ValueError, match="not of Pagefind's format"):
        words_of(chunk)

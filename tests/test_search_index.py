from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pagefind_bin
import pytest

from builder.model import SearchRecord, SearchSubject
from builder.publish.search import Pieces, SearchFiles, build_index, cbor
from builder.publish.search.chance import Lexicon
from builder.publish.search.engine import VERSION, EngineError, command_words, web_assembly
from builder.publish.search.postings import index_words
from builder.publish.search.shadow import Shadow
from builder.publish.search.shards import Shards
from builder.publish.search.stem import stemmer
from builder.publish.search.terms import fold, runs, singles, tokens
from builder.publish.search.words import search_words

XI = SearchSubject(
    "leader", "xi-jinping", "leaders/xi-jinping.html", "Xi Jinping", "en", ("Xi Jinping", "시진핑"), ("Xi",)
)


def record(number: int, day: str | None = None, text: str = "회담 talks") -> SearchRecord:
    name = f"piece-{number:04d}"
    return SearchRecord(
        name, f"articles/{name}.html", f"Title {number}", "en", day, None, ("xi-jinping",), (), (("p-1", text),)
    )


def archive(count: int) -> list[SearchRecord]:
    return [record(n, f"20{10 + n % 15}-{1 + n % 12:02d}-{1 + n % 28:02d}" if n % 9 else None) for n in range(count)]


Passages = tuple[tuple[str, str], ...]


def as_they_are(passages: Passages) -> Passages:
    return passages


def index_of(records: Sequence[SearchRecord], subjects: Sequence[SearchSubject] = (), *, scratch: Path) -> SearchFiles:
    pieces = Pieces(records, {each.id: each.passages for each in records}.__getitem__, as_they_are)
    return build_index(pieces, subjects, scratch=scratch)


def shards_of(records: Sequence[SearchRecord]) -> Shards:
    return Shards(records, {each.id: each.passages for each in records}.__getitem__, {})


def test_pages_go_by_their_place_and_words_by_theirs() -> None:
    words = index_words([["common", f"only{number:04d}", "common"] for number in range(300)])
    assert [word.text for word in words] == ["common", *(f"only{number:04d}" for number in range(300))]
    assert (words[0].pages, words[1].pages) == (300, 1)
    assert cbor.decode(words[124].entry)[0] == ["only0123", [[123, [1]]]]
    (_, postings), _ = cbor.decode(words[0].entry)
    assert postings == [[0 if number == 0 else 1, [0, 2]] for number in range(300)]


def test_words_stand_on_the_last_of_the_most_pages() -> None:
    words = index_words([["a"], *[[]] * 4094, ["b", "a", "b"]])
    assert [cbor.decode(word.entry)[0] for word in words] == [["a", [[0, [0]], [4095, [1]]]], ["b", [[4095, [0, 2]]]]]


def test_the_index_is_what_the_command_makes_of_the_same_pages(tmp_path: Path) -> None:
    choose = random.Random(7)

    def token() -> str:
        letters = choose.choice(["abxz09", "0123456789abcdef"])
        word = "".join(choose.choices(letters, k=choose.choice([1, 2, 5, 9, 300])))
        return choose.choice([word, f"z{word}{choose.choice('4567')}", choose.choice("abz09")])

    pages = [[token() for _ in range(choose.choice([0, 1, 40, 400]))] for _ in range(60)]
    pages += [["a" * 300_000, "b"], ["x"] * 70_000 + ["y"], ["y"] + ["x"] * 300]
    assert index_words(pages) == command_words(pages, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_engine_of_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    engine = pagefind_bin.get_executable()
    program.write_text(f'#!/bin/sh\nsed -i s/common/commoner/ "$2"/1.html\nexec "{engine}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setitem(sys.modules, "pagefind_bin", SimpleNamespace(get_executable=lambda: program))
    with pytest.raises(EngineError, match="Pagefind writes an index in a form that is not that of"):
        web_assembly(tmp_path)


def test_the_same_pieces_give_the_same_bytes_in_whatever_order(tmp_path: Path) -> None:
    pieces = archive(30)
    one = index_of(pieces, [XI], scratch=tmp_path)
    other = index_of(pieces[::-1], [XI], scratch=tmp_path)
    assert not one.problems
    assert [*one.outputs] == [*other.outputs]
    assert list(tmp_path.iterdir()) == []


def test_every_file_is_a_script_below_one_folder(tmp_path: Path) -> None:
    outputs = [*index_of(archive(3), scratch=tmp_path).outputs]
    assert all(output.path.startswith("search/") and output.path.endswith(".js") for output in outputs)
    assert all(output.data.startswith(b'pressmarkSearch("') for output in outputs)
    assert len({output.path for output in outputs}) == len(outputs)


def test_an_archive_without_pieces_has_a_search_that_finds_nothing(tmp_path: Path) -> None:
    found = index_of([], scratch=tmp_path)
    assert not found.problems
    assert "search/entry.js" in {output.path for output in found.outputs}


def test_pieces_stand_newest_first_and_undated_last(tmp_path: Path) -> None:
    (shard,) = shards_of([record(1), record(2, "2024-01-01"), record(3, "2025-01-01")])
    assert [piece.day for piece, _ in shard.pieces] == ["2025-01-01", "2024-01-01", None]


def test_a_new_piece_changes_its_own_shard_only() -> None:
    pieces = archive(3000)
    before, after = [*shards_of(pieces)], [*shards_of([*pieces, record(9999, "2017-05-05")])]
    assert len(before) > 10
    assert all(100 <= len(shard.pieces) <= 300 for shard in before[:-1])
    changed = set(after) - set(before)
    assert len(changed) == 1
    assert "piece-9999" in {piece.id for piece, _ in changed.pop().pieces}


def test_strange_and_endless_pieces_are_indexed_in_time_with_their_length(tmp_path: Path) -> None:
    texts = ["회의" * 50_000, "a" * 150_000, "\ud800 \x00 \u2028 </script>", "会" * 50_000, "", "국회의" * 25_000]
    started = time.process_time()
    found = index_of([record(n, text=text) for n, text in enumerate(texts)], scratch=tmp_path)
    outputs = [*found.outputs]
    assert time.process_time() - started < 40
    assert not found.problems
    pieces = [output.data.decode() for output in outputs if output.path.startswith("search/pieces/")]
    assert len(pieces) == len(texts)
    assert max(map(len, pieces)) < 30_000


def test_a_word_that_came_before_gives_the_tokens_that_the_whole_text_gives() -> None:
    texts = [
        "회담 결과, G7 정상회의(7월)와 美中 會談 the U.S. e.g. v1.2",
        "정상 회담\u00a0결과 -- 結果 회담",
        "´ 회담 x´ Café",
    ]
    shadow = Shadow({}, search_words())
    stems = stemmer(dict(search_words().inflections))
    for text in (*texts, *texts):
        piece = SearchRecord("a", "a.html", text, "ko", None, None, (), (), ())
        row = list(tokens(fold(text), stems))
        made = shadow.of(piece).tokens
        assert made[: len(row)] == row
        assert set(made[len(row) :]) >= singles(runs(fold(text)), Lexicon(search_words()).opens)


def test_a_missing_engine_is_a_problem_that_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    (problem,) = index_of(archive(3), scratch=tmp_path).problems
    assert str(problem) == (
        f"search.html:1:1: error: Pagefind is not installed: pip install pagefind-bin=={VERSION} "
        "(or build with --no-search)"
    )


def test_another_version_of_the_engine_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text(
        '#!/bin/sh\nwhile [ "$1" != --output-path ]; do shift; done\nmkdir -p "$2"\n'
        """echo '{"version": "9.9.9"}' > "$2/pagefind-entry.json"\n"""
    )
    program.chmod(0o755)
    monkeypatch.setitem(sys.modules, "pagefind_bin", SimpleNamespace(get_executable=lambda: program))
    (problem,) = index_of(archive(3), scratch=tmp_path).problems
    assert f"Pagefind is version 9.9.9, and the search needs {VERSION}" in problem.message

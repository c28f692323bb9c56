from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from builder import cache as cache_module
from builder import storage
from builder.cache import Cache, NoCache, cached_map, open_cache
from builder.model import Output, Source, Span
from builder.parallel import InlineExecutor, local_executor
from builder.values import Unpacked, digest, frozen, packed, packed_each, unpacked

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Shouting:
    """A stage that notes in a file what it was asked to compute, one word a line."""

    log: Path
    fingerprint: str = "rules 1"
    name: str = "shout"
    bad: str = ""

    def __call__(self, word: str, /) -> Output:
        with self.log.open("a") as file:
            file.write(f"{word}\n")
        if word == self.bad:
            raise ValueError(f"cannot shout {word}")
        return Output(word, word.upper().encode())

    def failed(self, word: str, trace: str, /) -> Output:
        return Output(word, trace.strip().splitlines()[-1].encode())

    def computed(self) -> list[str]:
        """What was computed since the last time of asking."""
        words = self.log.read_text().split() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return words


@pytest.fixture
def stage(tmp_path: Path) -> Shouting:
    return Shouting(tmp_path / "log")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".pressmark"


def texts(cache: Cache, stage: Shouting, words: Sequence[str], executor: Executor | None = None) -> list[str]:
    results = cached_map(cache, executor or InlineExecutor(), stage, words)
    return [output.data.decode() for output in results]


def test_what_is_stored_is_not_computed_again_and_order_holds(folder: Path, stage: Shouting) -> None:
    with open_cache(folder) as cache:
        assert texts(cache, stage, ["b", "a", "b"]) == ["B", "A", "B"]
        assert stage.computed() == ["b", "a"]
    with open_cache(folder) as cache:
        assert texts(cache, stage, ["c", "a", "b"]) == ["C", "A", "B"]
        assert stage.computed() == ["c"]


class Posted(Executor):
    """Runs tasks elsewhere, as far as anybody can tell; `sizes` are the items of each."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.sizes.append(len(args[1]))
        return InlineExecutor().submit(fn, *args, **kwargs)


def test_what_travels_to_other_machines_travels_in_larger_tasks(stage: Shouting) -> None:
    posted = Posted()
    words = [f"w{number}" for number in range(70)]
    assert texts(NoCache(), stage, words, posted) == [word.upper() for word in words]
    assert posted.sizes == [64, 6]


def test_without_a_cache_everything_is_computed(stage: Shouting) -> None:
    assert texts(NoCache(), stage, ["a"]) == texts(NoCache(), stage, ["a"]) == ["A"]
    assert stage.computed() == ["a", "a"]


def test_more_items_than_a_window_come_in_order_from_cache_and_stage(folder: Path, stage: Shouting) -> None:
    words = [f"w{number}" for number in range(1200)]
    with open_cache(folder) as cache:
        texts(cache, stage, words[::2])
        stage.computed()
        assert texts(cache, stage, words) == [word.upper() for word in words]
        assert stage.computed() == words[1::2]


@pytest.mark.parametrize("jobs", [1, 2])
def test_large_items_are_taken_a_few_at_a_time(stage: Shouting, jobs: int) -> None:
    """Nothing holds all of an archive at once: what is asked of a generator keeps to what is worked on."""
    taken: list[int] = []

    def words() -> Iterator[str]:
        for number in range(100):
            taken.append(number)
            yield f"{number:02d}" + "x" * 400_000

    with local_executor(jobs) as executor:
        for done, output in enumerate(cached_map(NoCache(), executor, stage, words())):
            assert output.data[:2].decode() == f"{done:02d}"
            assert len(taken) <= done + 32
    assert len(taken) == 100


@pytest.mark.parametrize("other", [{"fingerprint": "rules 2"}, {"name": "whisper"}], ids=["rules", "stage"])
def test_other_rules_or_another_stage_have_other_keys(folder: Path, stage: Shouting, other: dict[str, str]) -> None:
    with open_cache(folder) as cache:
        texts(cache, stage, ["a"])
        stage.computed()
        changed = Shouting(stage.log, **{"fingerprint": stage.fingerprint, "name": stage.name, **other})
        texts(cache, changed, ["a"])
        assert changed.computed() == ["a"]


def test_other_builder_code_has_other_keys(folder: Path) -> None:
    key = b"k" * 20
    with open_cache(folder) as cache:
        cache.store([(key, b"value")])
        assert cache.load([key]) == {key: b"value"}
    connection = sqlite3.connect(folder / "cache.sqlite")
    other_code = cache_module.SqliteCache(connection, b"other salt")
    assert other_code.load([key]) == {}
    connection.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_stands_for_its_item_and_is_not_remembered(folder: Path, tmp_path: Path, jobs: int) -> None:
    stage = Shouting(tmp_path / "log", bad="b")
    with open_cache(folder) as cache, local_executor(jobs) as executor:
        assert texts(cache, stage, ["a", "b", "c"], executor) == ["A", "ValueError: cannot shout b", "C"]
        stage.computed()
        texts(cache, stage, ["a", "b", "c"], executor)
        assert stage.computed() == ["b"]


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    """One bit of each stored value, wherever SQLite put it."""
    return data.replace(b"SHOUTED", b"shOUTED")


def garbage(data: bytes) -> bytes:
    return bytes(range(256)) * (len(data) // 256)


def emptied(data: bytes) -> bytes:
    return b""


def foreign_table(data: bytes) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE results (a, b)")
    connection.commit()
    return connection.serialize()


@pytest.mark.parametrize("damage", [truncated, flipped, garbage, emptied, foreign_table])
def test_damage_is_a_miss(folder: Path, stage: Shouting, damage: Callable[[bytes], bytes]) -> None:
    words = ["shouted", *(f"word{number}" for number in range(60))]
    with open_cache(folder) as cache:
        texts(cache, stage, words)
        stage.computed()
    path = folder / "cache.sqlite"
    before = path.read_bytes()
    path.write_bytes(damage(before))
    assert path.read_bytes() != before
    with open_cache(folder) as cache:
        assert texts(cache, stage, words) == [word.upper() for word in words]
        assert "shouted" in stage.computed()
        assert texts(cache, stage, words) == [word.upper() for word in words]
        assert stage.computed() == []


class RunsCode:
    """Unpickled by the book, this makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, (str(self.path),)


def dotted(module: str, name: str, argument: str) -> bytes:
    """A pickle that calls a name of a module with one text."""
    words = b"".join(b"\x8c" + bytes((len(word),)) + word.encode() for word in (module, name))
    text = argument.encode()
    return b"\x80\x04" + words + b"\x93" + b"\x8c" + bytes((len(text),)) + text + b"\x85R."


@pytest.mark.parametrize("kind", ["os", "dotted-path", "builtin", "function"])
def test_a_foreign_pickle_that_would_run_code_is_a_miss(folder: Path, stage: Shouting, kind: str) -> None:
    target = folder.parent / "made"
    evil = {
        "os": pickle.dumps(RunsCode(target)),
        "dotted-path": dotted("builder.cache", "Path.mkdir", str(target)),
        "builtin": dotted("builtins", "eval", f"open({str(target)!r}, 'w')"),
        "function": dotted("builder.cache", "open_cache", str(target)),
    }[kind]
    row = cache_module.hashlib.blake2b(evil, digest_size=8).digest() + evil
    with open_cache(folder) as cache:
        key = cache_module._key(stage, frozen("a"))
        cache.store([(key, row)])
        assert cache.load([key]) == {key: row}
        assert texts(cache, stage, ["a"]) == ["A"]
        assert stage.computed() == ["a"]
    assert not target.exists()


@pytest.mark.parametrize("kind", [Span, Output])
def test_a_foreign_pickle_gives_no_class_an_attribute(kind: type) -> None:
    name = f"c{kind.__module__}\n{kind.__name__}\n".encode()
    # The class, and a state of slots for it: None and {"rule": "theirs"}.
    evil = b"\x80\x05" + name + b"N}X\x04\x00\x00\x00ruleX\x06\x00\x00\x00theirss\x86b."
    before = dict(vars(kind))
    assert unpacked(cache_module.hashlib.blake2b(evil, digest_size=8).digest() + evil) == (None, False)
    assert dict(vars(kind)) == before


def test_values_of_the_model_come_back_equal(folder: Path) -> None:
    values = (Span(1, 0, 5, kept=True, rule="body"), Source("Paper", None), ("text", b"bytes", None, 1.5, {"a": 1}))
    assert unpacked(packed(values)) == (values, True)


def as_file(folder: Path) -> None:
    folder.write_text("a file where the folder should be")


def database_is_a_folder(folder: Path) -> None:
    (folder / "cache.sqlite" / "something").mkdir(parents=True)


def folder_is_a_link(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    folder.symlink_to("elsewhere")


def database_is_a_link(folder: Path) -> None:
    folder.mkdir()
    (folder.parent / "elsewhere").mkdir()
    (folder / "cache.sqlite").symlink_to("../elsewhere/file")


@pytest.mark.parametrize("obstacle", [folder_is_a_link, database_is_a_link])
def test_a_cache_is_not_kept_where_a_link_leads(
    folder: Path, stage: Shouting, obstacle: Callable[[Path], None]
) -> None:
    obstacle(folder)
    with open_cache(folder) as cache:
        assert texts(cache, stage, ["a"]) == ["A"]
    assert list((folder.parent / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("obstacle", [as_file, database_is_a_folder])
def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(
    folder: Path, stage: Shouting, obstacle: Callable[[Path], None]
) -> None:
    # Permissions do not bind root, so the folder is made unwritable by what stands in its place.
    obstacle(folder)
    with open_cache(folder) as cache:
        assert texts(cache, stage, ["a"]) == ["A"]


@pytest.fixture
def held(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    with open_cache(folder) as cache:
        cache.store([(b"k" * 20, b"v")])
    connect = sqlite3.connect
    monkeypatch.setattr(storage.sqlite3, "connect", lambda path, timeout: connect(path, timeout=0.05))
    holder = connect(folder / "cache.sqlite", isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    yield holder
    holder.close()


def test_a_cache_another_build_holds_is_left_alone(folder: Path, stage: Shouting, held: sqlite3.Connection) -> None:
    before = (folder / "cache.sqlite").stat().st_ino
    with open_cache(folder) as cache:
        assert texts(cache, stage, ["a"]) == ["A"]
    held.execute("COMMIT")
    assert (folder / "cache.sqlite").stat().st_ino == before
    assert held.execute("SELECT count(*) FROM results").fetchone() == (1,)


def test_equal_values_have_equal_digests_however_their_parts_are_shared() -> None:
    word = "".join(["a", "b"])
    assert digest((word, word)) == digest(("ab", "".join(["a", "b"])))
    assert digest(Source("x", "y")) == digest(Source("x", "y")) != digest(Source("y", "x"))
    assert digest(("a", "bc")) != digest(("ab", "c"))


def test_digests_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from builder.values import digest; from builder.model import Source, Span;"
        "print(digest((Source('a', 'b'), {'k': ('v',), 'j': 1}, Span(1, 2, 3, kept=True, rule='r'))).hex())"
    )
    seen = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        run = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=True
        )
        seen.add(run.stdout)
    assert len(seen) == 1


def test_values_packed_each_for_itself_are_unpacked_alone() -> None:
    names = ("Xi", "시진핑", ("a", 1), None)
    data = packed_each(names)
    assert [*Unpacked(data)] == [*names]
    assert (len(Unpacked(data)), Unpacked(data)[1:3], Unpacked(data)[-1]) == (4, ["시진핑", ("a", 1)], None)
    with pytest.raises(IndexError):
        Unpacked(data)[4]
    assert [*Unpacked(packed_each(()))] == []


def test_damage_to_one_value_of_many_leaves_the_others() -> None:
    data = packed_each(("first", "second"))
    kept = Unpacked(data.replace(b"second", b"secund"))
    assert kept[0] == "first"
    with pytest.raises(ValueError, match="a value is damaged"):
        kept[1]
    assert [*Unpacked(data[:5]), *Unpacked(data[:20]), *Unpacked(b"")] == []

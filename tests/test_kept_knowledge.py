"""What is known is parsed and indexed once for all archives, and believed as far as it is whole and of these files."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from naming import article, shipped

from builder.annotate.article import annotate
from builder.annotate.lexicon import bearers, indexed
from builder.link import link
from builder.model import Knowledge
from builder.model.stages import Stage
from builder.model.values import replace
from builder.read import authorities
from builder.read.authorities import read_knowledge
from builder.read.codes import kept_knowledge
from builder.values import Unpacked, packed_each

INDEX = attrgetter("heads", "towns", "words", "letters", "ids")
REST = attrgetter("affixes", "as_of", "fingerprint", "places")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "python"))
    yield tmp_path / "python"
    forget()


def whole(knowledge: Knowledge) -> object:
    return [*knowledge.authorities], REST(knowledge)


def forget() -> None:
    """As a new process begins; what was learnt stays at hand, for the tests' sake."""
    authorities._kept.cache_clear()


def read(site: Path) -> tuple[Knowledge, list[str], bool]:
    """What a new process knows of a site, what is wrong with it, and whether it had to parse anything."""
    forget()
    steps = []

    def through(step: Stage[Any, Any], items: Iterable[Any], /) -> Iterable[Any]:
        steps.append(step.name)
        return map(step, items)

    knowledge, problems = read_knowledge(site, through)
    return knowledge, [str(problem) for problem in problems], bool(steps)


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("knowledge/*") if path.is_file()]


def with_leaders(site: Path, text: str) -> Path:
    (site / "content").mkdir(parents=True, exist_ok=True)
    (site / "content" / "leaders.yaml").write_text(text, "utf-8")
    return site


def test_it_is_parsed_once_for_all_archives(folder: Path, tmp_path: Path) -> None:
    first, _, parsed = read(tmp_path / "site")
    again, problems, parsed_again = read(tmp_path / "other")
    assert (parsed, parsed_again, problems) == (True, False, [])
    assert again is not first
    assert whole(again) == whole(first) == whole(shipped())
    assert len(kept(folder)) == 2
    assert pickle.loads(pickle.dumps(again)).authorities[5:7] == again.authorities[5:7]  # as it goes to a worker


def test_other_files_are_parsed_and_what_is_wrong_in_them_is_told_each_time(folder: Path, tmp_path: Path) -> None:
    read(tmp_path / "site")
    site = with_leaders(tmp_path / "site", "- {id: ada-lovelace, names: {en: Ada Lovelace}, nmes: {}}\n")
    _, wrong, parsed = read(site)
    assert (len(wrong), parsed) == (1, True)
    assert read(site)[1:] == (wrong, False)


def test_a_file_that_cannot_be_read_is_not_taken_for_an_empty_one(folder: Path, tmp_path: Path) -> None:
    site = with_leaders(tmp_path / "site", "")
    _, fine, _ = read(site)
    (site / "content" / "leaders.yaml").unlink()
    (site / "content" / "leaders.yaml").mkdir()
    _, wrong, parsed = read(site)
    assert fine != wrong != []
    assert parsed


@pytest.mark.parametrize("spoilt", [b"", b"x" * 400, None])
def test_what_is_damaged_is_parsed_anew(folder: Path, tmp_path: Path, spoilt: bytes | None) -> None:
    read(tmp_path / "site")
    for path in kept(folder):
        path.write_bytes(path.read_bytes()[:-1] if spoilt is None else spoilt)
        knowledge, _, parsed = read(tmp_path / "site")
        assert (whole(knowledge), parsed) == (whole(shipped()), True)
        assert not read(tmp_path / "site")[2]


def test_where_python_keeps_no_byte_code_nothing_is_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read(tmp_path / "site")[2]
    assert read(tmp_path / "site")[2]
    assert not kept(folder)


def test_names_are_put_under_their_signs_once_for_all_archives(folder: Path) -> None:
    plain = indexed(shipped(), "en")
    assert indexed(shipped(), "en", kept_knowledge()).heads == plain.heads
    assert len(kept(folder)) == 3
    assert INDEX(indexed(shipped(), "en", kept_knowledge())) == INDEX(plain)
    more = indexed(shipped(), "ko", kept_knowledge())
    assert more.heads == indexed(shipped(), "ko").heads
    assert len(kept(folder)) == 4


def test_what_is_kept_of_names_is_taken_as_it_is(folder: Path) -> None:
    codes = kept_knowledge()
    assert codes
    indexed(shipped(), "en", codes)
    data = codes.load(f"{shipped().fingerprint}-hangul")
    assert data
    codes.save(f"{shipped().fingerprint}-latin", data)
    heads = indexed(shipped(), "en", codes).heads
    assert heads[""] == heads["hangul"]


def test_people_whom_no_piece_names_need_not_be_unpacked() -> None:
    plain = shipped()
    ready = indexed(replace(plain, authorities=Unpacked(packed_each(plain.authorities))), "en")
    found = annotate(article("Xi Jinping met Joe Biden on trade."), plain)
    some = bearers(ready, [found])
    assert 2 <= sum(each.kind == "leader" for each in some) < 5
    assert link([found], some) == link([found], plain.authorities)
    assert bearers(plain, [found]) is plain.authorities

"""Properties of a whole build: neither the order of files, nor the cache, nor the processes change a byte."""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path

import pytest
from hostile import PROSE, armed, article_file, page_file, payloads, text_file

from builder.build import build
from builder.cache import NoCache, open_cache
from builder.parallel import local_executor
from builder.report import Options


def files(count: int = 4) -> dict[str, str]:
    """An archive's files: honest pieces and hostile ones in turn."""
    cases = [*payloads("markup").values(), *payloads("fields").values()]
    made = {"site.yaml": "title: Order\nurl: https://archive.example/\n"}
    for number in range(count):
        body = armed(cases[number * 5 % len(cases)], number) if number % 2 else f"{PROSE} {number}. Xi Jinping spoke."
        made[f"content/captures/page-{number}.html"] = page_file(number, body, f"Page {number}")
        made[f"content/captures/dump-{number}.txt"] = text_file(number + 100, body, f"Dump {number}")
        made[f"content/articles/hand-{number}.md"] = article_file(number + 200, body, f"Hand {number}")
    return made


def written(site: Path, seed: int) -> Path:
    """The same archive, its files made in another order and at other times."""
    chance = random.Random(seed)
    made = list(files().items())
    chance.shuffle(made)
    for path, text in made:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
        os.utime(site / path, (chance.randrange(10**9), chance.randrange(10**9)))
    return site


def published(site: Path, *, jobs: int = 1, cache: Path | None = None, out: str = "_site") -> dict[str, str]:
    """What stands in the output and what was written into content, by digest."""
    options = Options(site, site / out, search=False)
    with local_executor(jobs) as executor:
        if cache:
            with open_cache(cache) as opened:
                report = build(options, executor=executor, cache=opened, say=print)
        else:
            report = build(options, executor=executor, cache=NoCache(), say=print)
    assert report.published
    roots = {"_site": site / out, "content": site / "content"}
    return {
        f"{name}/{path.relative_to(root)}": hashlib.sha256(path.read_bytes()).hexdigest()
        for name, root in roots.items()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return published(written(tmp_path_factory.mktemp("expected"), 0))


def test_the_order_and_the_times_of_files_do_not_matter(tmp_path: Path, expected: dict[str, str]) -> None:
    assert published(written(tmp_path, 1)) == expected


def test_a_warm_build_is_a_cold_one(tmp_path: Path, expected: dict[str, str]) -> None:
    site = written(tmp_path / "site", 2)
    assert published(site, cache=tmp_path / "cache", jobs=2) == expected
    assert published(site, cache=tmp_path / "cache", out="again") == expected


def test_what_was_built_in_steps_is_what_is_built_at_once(tmp_path: Path, expected: dict[str, str]) -> None:
    site = written(tmp_path / "site", 3)
    late = sorted((site / "content/articles").iterdir())[::2]
    texts = {path: path.read_text("utf-8") for path in late}
    for path in late:
        path.unlink()
    published(site, cache=tmp_path / "cache")
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    assert published(site, cache=tmp_path / "cache") == expected

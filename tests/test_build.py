"""The whole build: bad input told in so many words, the old site kept, the same bytes from the same input."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli.commands import main

CASES = Path(__file__).parent / "cases" / "problems"
ROOT = Path(__file__).resolve().parents[1]
ARTICLE = "---\nid: {0}\ntitle: The {0} talks\nlanguage: en\n---\n\nThe ministers met on Monday.\n"
PAGE = (
    "Ministers of {0} meet in the old town hall\n\n"
    "The ministers of {0} met in the old town hall on Monday and talked about grain for two hours.\n"
    "They agreed to send experts to the harbour before the end of the month, a spokeswoman of {0} said.\n"
)


def run(site: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--site", str(site), "--jobs", "1", "--no-search", *arguments])


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def put(site: Path, name: str, text: str = "") -> Path:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What stood there before the archivist made a mistake."""
    site = tmp_path_factory.mktemp("old")
    put(site, "site.yaml", "title: The old archive\n")
    put(site, "content/articles/old.md", ARTICLE.format("old"))
    done = run(site)
    assert done.exit_code == 0, done.output
    return site / "_site"


def pipes_and_links(folder: Path) -> None:
    """What git does not keep."""
    outside = put(folder.parents[1], "secret.txt", PAGE.format("nowhere"))
    kind = ".md" if folder.name == "articles" else ".txt"
    os.mkfifo(folder / f"pipe{kind}")
    (folder / f"leak{kind}").symlink_to(outside)
    (folder / f"gone{kind}").symlink_to(f"nowhere{kind}")
    (folder / "leaking").symlink_to("/etc")


PREPARED: Mapping[str, Callable[[Path], None]] = {
    "captures-among-pipes-and-links": lambda site: pipes_and_links(site / "content/captures"),
    "articles-among-pipes-and-links": lambda site: pipes_and_links(site / "content/articles"),
    "captures-folder-unreadable": lambda site: (site / "content/captures/closed").chmod(0),
    "articles-folder-unreadable": lambda site: (site / "content/articles/closed").chmod(0),
}


@pytest.mark.parametrize("reason", sorted(path.name for path in CASES.iterdir()))
def test_bad_input_is_told_and_costs_nothing_else(
    reason: str, old_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reason.endswith("-unreadable") and os.geteuid() == 0:
        pytest.skip("permissions do not bind root; captures-folder-is-a-file stands for it")
    case, site = CASES / reason, tmp_path / "site"
    shutil.copytree(case / "site", site)
    PREPARED.get(reason, lambda site: None)(site)
    shutil.copytree(old_site, site / "_site")
    monkeypatch.chdir(site)
    arguments = (case / "arguments.txt").read_text().split() if (case / "arguments.txt").exists() else []
    captures = tree(site / "content" / "captures")

    done = run(Path(), *arguments)

    # Where a record stands in the shipped files changes with every name that is added to them.
    said = re.sub(r"(builder/data/\w+\.yaml):\d+:\d+", r"\1", done.stderr)
    assert f"exit {done.exit_code}\n{said}" == (case / "expected.txt").read_text("utf-8")
    assert tree(site / "content" / "captures") == captures
    if done.exit_code:
        assert tree(site / "_site") == tree(old_site)
    else:
        assert "Broken on purpose" in (site / "_site/index.html").read_text("utf-8")
        again = run(Path(), *arguments)
        assert (again.exit_code, "nothing changed in _site" in again.stdout) == (0, True)


def articles_of(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "data/articles.jsonl").read_text("utf-8").splitlines()]


def test_words_that_yaml_would_turn_stay_words(tmp_path: Path) -> None:
    shutil.copytree(CASES / "words-kept-as-written" / "site", tmp_path / "site")
    assert run(tmp_path / "site").exit_code == 0
    (article,) = articles_of(tmp_path / "site/_site")
    assert article["title"] == "no"
    page = (tmp_path / "site/_site/articles/talks.html").read_text("utf-8")
    for word in ("1:30", "0x1F", "2024-13-45"):
        assert word in page


def test_timings_tell_what_each_stage_did_and_found_done_already(tmp_path: Path) -> None:
    def told() -> dict[str, list[str]]:
        done = run(tmp_path, "--timings")
        assert done.exit_code == 0
        return {name: numbers for name, *numbers in (line.split() for line in done.stderr.splitlines()) if numbers}

    put(tmp_path, "site.yaml", "title: X\n")
    put(tmp_path, "content/articles/one.md", ARTICLE.format("one"))
    first = told()
    assert first["parse"][1:3] == first["annotate"][1:3] == ["1", "0"]
    assert {"read", "link", "plan", "render", "check", "publish", "remember", "all"} <= {*first}
    assert int(first["render"][3]) > 0
    put(tmp_path, "content/articles/two.md", ARTICLE.format("two"))
    again = told()
    assert again["parse"][1:3] == again["annotate"][1:3] == ["2", "1"]


NAMES = (
    b"two\nlines.txt",
    b"\x1b[31mred\x07.txt",
    b"\xe2\x80\xaetxt.exe.txt",
    b"quo\"te'd & <b>.txt",
    b"..\\..\\up.txt",
    b"$(id) `id`; rm -rf x.txt",
    b"{{ 7*7 }}{% x %}.txt",
    b"a?b#c%2e%2e.txt",
    b"-rf.txt",
    b"con.txt",
    b"colon: [x, y].txt",
    b"trailing..txt",
    b"~.txt",
    b" .txt",
    b"caf\xe9.txt",
    b"caf\xe8.txt",
    b"x" * 251 + b".txt",
    "나".encode() * 83 + b".txt",
)


def test_captures_of_any_name_become_articles_and_stay_theirs(tmp_path: Path) -> None:
    put(tmp_path, "site.yaml", "title: X\n")
    put(tmp_path, "content/captures/plain.txt", PAGE.format("Plainland"))
    folder = os.fsencode(tmp_path / "content/captures")
    for number, name in enumerate(NAMES):
        Path(os.fsdecode(folder + b"/" + name)).write_text(PAGE.format(f"Land{number}z"), "utf-8")
    done = run(tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    written = articles_of(tmp_path / "_site")
    assert {str(one["title"]).split()[2] for one in written} == {
        "Plainland",
        *(f"Land{number}z" for number in range(len(NAMES))),
    }
    assert len(list((tmp_path / "_site/provenance").iterdir())) == len(NAMES) + 1
    again = run(tmp_path)
    assert (again.exit_code, again.stderr) == (0, "")
    assert "nothing changed" in again.stdout
    assert " 0 new" in again.stdout


def test_an_article_whose_capture_changed_is_kept_and_both_are_named(tmp_path: Path) -> None:
    put(tmp_path, "site.yaml", "title: X\n")
    capture = put(tmp_path, "content/captures/page.txt", PAGE.format("Oneland"))
    assert run(tmp_path).exit_code == 0
    before = tree(tmp_path / "content/articles")
    (name,) = before
    capture.write_text(PAGE.format("Otherland"), "utf-8")
    done = run(tmp_path)
    assert done.exit_code == 0
    assert f"content/articles/{name}:1:1: warning: content/captures/page.txt has changed" in done.stderr
    assert tree(tmp_path / "content/articles") == before
    assert [one["title"] for one in articles_of(tmp_path / "_site")] == [
        "Ministers of Oneland meet in the old town hall"
    ]


def test_without_pagefind_a_build_with_search_says_what_to_install(
    old_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "site.yaml", "title: X\n")
    put(tmp_path, "content/articles/a.md", ARTICLE.format("new"))
    shutil.copytree(old_site, tmp_path / "_site")
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    done = CliRunner().invoke(main, ["build", "--site", str(tmp_path), "--jobs", "1"])
    assert done.exit_code == 1
    assert "error: Pagefind is not installed: pip install pagefind-bin==" in done.stderr
    assert "or build with --no-search" in done.stderr
    assert tree(tmp_path / "_site") == tree(old_site)
    assert run(tmp_path).exit_code == 0


def test_a_build_writes_only_where_it_may(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(site, "site.yaml", "title: X\n")
    put(site, "content/captures/deep/page.txt", PAGE.format("Oneland"))
    put(site, "content/pages/about.md", "About.\n")
    put(site, "notes/private.txt", "x")
    before = tree(tmp_path)
    assert run(site).exit_code == 0
    after = tree(tmp_path)
    assert {path: after[path] for path in before} == before
    allowed = ("site/_site/", "site/content/articles/", "site/content/ledger/", "site/.pressmark/", "site/._site.lock")
    assert [path for path in after if path not in before and not path.startswith(allowed)] == []


def test_no_cache_is_made_where_there_is_no_site(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def build_elsewhere(site: Path, *arguments: str, **environment: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A build by a fresh process; gives the published site and the articles and ledgers it made."""
    run = subprocess.run(
        [sys.executable, "-m", "builder", "build", "--site", str(site), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    made = {name: data for name, data in tree(site / "content").items() if name.startswith(("articles/", "ledger/"))}
    return tree(site / "_site"), made


def test_the_same_input_gives_the_same_bytes_search_included(tmp_path: Path) -> None:
    captures = sorted((ROOT / "content/captures").iterdir())[::5]
    assert len(captures) >= 5
    for name in ("one", "a second place"):
        site = tmp_path / name
        shutil.copytree(ROOT / "content/pages", site / "content/pages")
        (site / "content/captures").mkdir()
        # The file system lists what was written last in another place.
        for path in captures if name == "one" else reversed(captures):
            shutil.copy(path, site / "content/captures")
        shutil.copy(ROOT / "site.yaml", site)
    one = build_elsewhere(tmp_path / "one", "--jobs", "1", PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C")
    two = build_elsewhere(tmp_path / "a second place", "--jobs", "3", PYTHONHASHSEED="77", TZ="America/Adak")
    assert any(name.startswith("search/") for name in one[0])
    assert [name for name in {*one[0], *two[0]} if one[0].get(name) != two[0].get(name)] == []
    assert one[1] == two[1]
    assert one[1]
    warm = build_elsewhere(tmp_path / "one", "--jobs", "2", PYTHONHASHSEED="2")
    cold = build_elsewhere(tmp_path / "a second place", "--no-cache", "--jobs", "1", PYTHONHASHSEED="3")
    assert warm == cold == one

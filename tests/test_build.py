"""The whole build: bad input told in so many words, the old site kept, the same bytes from the same input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli import main

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

    assert f"exit {done.exit_code}\n{done.stderr}" == (case / "expected.txt").read_text("utf-8")
    assert tree(site / "content" / "captures") == captures
    if done.exit_code:
        assert tree(site / "_site") == tree(old_site)
    else:
        assert "Broken on purpose" in (site / "_site/index.html").read_text("utf-8")
        again = run(Path(), *arguments)
        assert (again.exit_code, "nothing changed in _site" in again.stdout) == (0, True)

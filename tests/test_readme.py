"""What the README names exists, and what it says to type works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import __version__

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")}
# Places that a build or the archivist makes; everything else in code spans must be there.
MADE_BY_BUILDS = (
    ".pressmark/",
    "_site/",
    "data/index.html",
    "coverage.html",
    "feed.json",
    ".venv",
    "site.yaml",
    "data/articles.jsonl",
    "data/manifest-sha256.txt",
    "feed.xml",
    "<",
)
MADE_BY_USERS = (
    *("content/articles/", "content/ledger/", "content/leaders.yaml", "content/topics.yaml"),
    *(
        "content/moved.yaml",
        "content/rules.yaml",
        "requirements.txt",
        "CITATION.cff",
        "access:",
        "provenance:",
        "draft:",
    ),
)
PAGE = """<!doctype html><html lang="en"><head><title>Two ports, one timetable</title></head><body>
<h1>Two ports, one timetable</h1>
<p>The mayors of two ports signed a timetable on Monday that lets each ferry wait for the other's trains.</p>
<p>It starts in the spring, and the first crossing will carry the people who spent nine years asking for it.</p>
</body></html>"""

Run = Callable[..., subprocess.CompletedProcess[str]]


def code_spans(text: str) -> list[str]:
    """What stands between backticks outside fenced blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


def shell_blocks(text: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", DOCUMENTS[name])
    assert targets or name != "README.md"
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    known = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    said = {
        target
        for code in (*code_spans(DOCUMENTS[name]), *re.findall(r"^(?: {4})?(make .*)", DOCUMENTS[name], re.MULTILINE))
        if code.startswith("make ")
        for target in re.findall(r"[a-z-]+", re.sub(r'#.*|[A-Z]+=(?:"[^"]*"|\S+)|;.*', "", code).removeprefix("make"))
    }
    assert said <= known


def test_every_target_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)", makefile, re.MULTILINE)[1].split())  # type: ignore[index]
    explained = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert phony - {"install-dev"} == explained


def test_commands_and_their_options_exist(pressmark_here: Run) -> None:
    texts = [*code_spans(README), *shell_blocks(README)]
    said = [
        words.split() for text in texts for words in re.findall(r"^(?:.*/)?pressmark ([a-z].*)", text, re.MULTILINE)
    ]
    assert {words[0] for words in said} >= {"build", "clean", "explain", "normalize", "serve"}
    for command, *rest in said:
        shown = pressmark_here(command, "--help")
        assert shown.returncode == 0, shown.stderr
        assert [word for word in rest if word.startswith("--") and word not in shown.stdout] == []


def test_every_command_is_in_the_readme(pressmark_here: Run) -> None:
    listed = re.split(r"^Commands:$", pressmark_here("--help").stdout, flags=re.MULTILINE)[1]
    commands = re.findall(r"^  ([a-z-]+)", listed, re.MULTILINE)
    assert commands
    assert [command for command in commands if f"`pressmark {command}" not in README] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_named_exist(name: str) -> None:
    named = [code for code in code_spans(DOCUMENTS[name]) if re.fullmatch(r"[\w.<>-]*[/.][\w./<>-]+", code)]
    kinds = {".txt", ".html", ".htm", ".md"}
    assert [code for code in named if code not in kinds and not _is_made_later(code) and not _is_there(code)] == []


def _is_made_later(name: str) -> bool:
    return any(place in name for place in MADE_BY_BUILDS + MADE_BY_USERS)


def _is_there(name: str) -> bool:
    return any((folder / name).exists() for folder in (ROOT, ROOT / "builder"))


def test_what_it_says_to_type_for_an_archive_works(tmp_path: Path) -> None:
    (block,) = [block for block in shell_blocks(README) if "pressmark build" in block]
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "pressmark").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m builder "$@"\n', "utf-8")
    (commands / "pressmark").chmod(0o755)
    environment = {**os.environ, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-euc", block], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    home = (tmp_path / "summits" / "_site" / "index.html").read_text("utf-8")
    assert "My summits" in home
    assert "Two ports, one timetable" in home


def test_module_and_command_are_one(pressmark: Run) -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert scripts == {"pressmark": "builder.__main__:program"}
    shown = pressmark("--version")
    assert shown.returncode == 0
    assert shown.stdout.strip().endswith(__version__)


def test_picture_is_light() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).stat().st_size < 300_000 for picture in pictures)

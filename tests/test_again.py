"""An edited text is put on its page by the command that was given last without the commands being loaded."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

LOADED = """
import sys
sys.argv = ["pressmark", *sys.argv[1:]]
from builder.__main__ import main
try:
    main()
except SystemExit as ended:
    assert not ended.code
print(*sorted({"click", "yaml", "builder.build"} & set(sys.modules)))
"""
BEGINNING = "What stands first in a text is its summary in lists; only an edit behind it is seen nowhere else. " * 3
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: Quay\n", "utf-8")
    for name, text in (("harbour", f"{BEGINNING}\n\nAll is well."), ("market", "Mackerel is cheap this week.")):
        article = f"---\nid: {name}\ntitle: The {name}\nlanguage: en\n---\n\n{text}\n"
        (tmp_path / "content" / "articles" / f"{name}.md").write_text(article, "utf-8")
    return tmp_path


def edit(site: Path, old: str, new: str, *, wait: float = 0.06) -> None:
    path = site / "content" / "articles" / "harbour.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    time.sleep(wait)


def loaded(site: Path, *options: str) -> tuple[str, str]:
    """What a build says, and which modules it loaded of those that an edit does not need."""
    command = [sys.executable, "-c", LOADED, "build", "--site", str(site), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
    *said, modules = done.stdout.splitlines()
    return "\n".join(said), modules


def digest(said: str) -> str:
    return said.rpartition("digest ")[2].strip()


def test_an_edit_loads_neither_commands_nor_stages_of_whole_archives(site: Path, pressmark: Run) -> None:
    edit(site, "", "")
    loaded(site, "--no-search")
    edit(site, "All is", "Nothing is")
    said, modules = loaded(site, "--no-search")
    assert modules == ""
    assert "published in" in said
    again, _ = loaded(site, "--no-search")
    assert (again.startswith("nothing changed"), digest(again)) == (True, digest(said))
    cold = pressmark("build", "--site", str(site), "--no-search", "--no-cache", "--out", str(site / "cold")).stdout
    assert digest(said) == digest(cold)


def test_an_edit_right_before_the_build_spares_the_next_a_whole_one(site: Path) -> None:
    edit(site, "", "")
    loaded(site, "--no-search")
    for old, new in (("All is", "Nothing is"), ("Nothing is", "Something is")):
        edit(site, old, new, wait=0)
        said, modules = loaded(site, "--no-search")
        assert modules == ""
        assert "published in" in said
    assert loaded(site, "--no-search")[0].startswith("nothing changed")


def test_what_is_out_of_the_ordinary_is_left_to_the_commands(site: Path) -> None:
    edit(site, "", "")
    loaded(site, "--no-search")
    (site / "site.yaml").write_text("title: Pier\n", "utf-8")
    assert "builder.build" in loaded(site, "--no-search")[1]
    loaded(site, "--no-search", "--timings")
    edit(site, "All is", "Nothing is")
    assert "click" in loaded(site, "--no-search", "--timings")[1]

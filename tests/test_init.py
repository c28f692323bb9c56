"""A new archive: what `init` writes, and that its workflow's own steps publish it with the wheel alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from builder import __version__

ROOT = Path(__file__).resolve().parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]
PAGES = {
    "quay.txt": "Harbour towns agree on a common tide table\n\nPublished: 2024-03-05\n\n"
    "Delegates from nine harbour towns agreed on Tuesday to publish one tide table for the whole bay.\n\n"
    "The table is to appear each spring, and every town will print it in its own language.\n",
    "ferries.html": "<!doctype html><html lang=en><head><title>Two ports, one timetable</title></head><body>"
    "<h1>Two ports, one timetable</h1><p>The mayors of two ports signed a timetable on Monday that lets each ferry "
    "wait for the other's trains.</p><p>It starts in the spring, and the first crossing will carry the people who "
    "spent nine years asking for it.</p></body></html>",
    "lamp.md": "# The lighthouse keeps its keeper\n\n2024-04-09\n\nThe council voted on Tuesday to keep a person in "
    "the lighthouse, though the lamp has turned by itself for thirty years.\n",
}


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_init_makes_an_archive_that_builds(tmp_path: Path, pressmark_here: Run) -> None:
    archive = tmp_path / "harbour-talks"
    done = pressmark_here("init", archive)
    assert done.returncode == 0, done.stderr
    assert files(archive) == {
        *("site.yaml", "README.md", "requirements.txt", ".gitignore", ".gitattributes"),
        *(".github/workflows/pages.yml", ".vscode/settings.json", "content/captures/.gitkeep"),
    }
    assert (archive / "requirements.txt").read_text("utf-8") == f"pressmark=={__version__}\n"
    built = pressmark_here("build", "--jobs", "1", "--site", archive, "--no-search")
    assert built.returncode == 0, built.stderr
    assert "<title>Harbour talks" in (archive / "_site" / "index.html").read_text("utf-8")
    schemas = json.loads((archive / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    first = (archive / "site.yaml").read_text("utf-8").splitlines()[0].rpartition("=")[2]
    assert first in schemas
    assert [path for path in schemas if not (archive / path).is_file()] == []


def test_init_changes_nothing_that_stands_there(tmp_path: Path, pressmark_here: Run) -> None:
    (tmp_path / "site.yaml").write_text("title: Mine\n", "utf-8")
    done = pressmark_here("init", tmp_path)
    assert done.returncode == 0
    assert "site.yaml:1:1: warning: stands already and is left as it is" in done.stderr
    assert (tmp_path / "site.yaml").read_text("utf-8") == "title: Mine\n"
    assert pressmark_here("init", tmp_path).stdout.count("pages.yml") == 0


@pytest.mark.parametrize("title", ['Fish: "the" catch', "#1 \\ {a}", "항구 도시", "no", "'"])
def test_any_title_is_read_back(tmp_path: Path, pressmark_here: Run, title: str) -> None:
    assert pressmark_here("init", tmp_path / "a", "--title", title).returncode == 0
    assert yaml.load((tmp_path / "a" / "site.yaml").read_text("utf-8"), yaml.BaseLoader)["title"] == title


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("https://example.org/pressmark.whl", "pressmark @ https://example.org/pressmark.whl"),
        ("git+https://example.org/pressmark.git", "pressmark @ git+https://example.org/pressmark.git"),
    ],
)
def test_pressmark_may_come_from_an_address(tmp_path: Path, pressmark_here: Run, source: str, line: str) -> None:
    assert pressmark_here("init", tmp_path, "--from", source).returncode == 0
    assert (tmp_path / "requirements.txt").read_text("utf-8").strip() == line


def test_what_is_no_wheel_is_refused_and_nothing_written(tmp_path: Path, pressmark_here: Run) -> None:
    done = pressmark_here("init", tmp_path / "a", "--from", tmp_path / "none.whl")
    assert done.returncode == 1
    assert "is no wheel" in done.stderr
    assert not (tmp_path / "a").exists()


def test_the_workflow_is_the_demos_but_for_its_steps() -> None:
    """One set of pinned actions and permissions: the demo's workflow is tested for tightness."""
    own = (ROOT / "builder" / "data" / "skeleton" / "pages.yml").read_text("utf-8")
    demo = (ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    assert re.findall(r"uses: .*", own) == re.findall(r"uses: .*", demo)
    jobs = [yaml.load(text, yaml.BaseLoader)["jobs"] for text in (own, demo)]
    assert jobs[0]["deploy"] == jobs[1]["deploy"]
    assert jobs[0]["build"]["permissions"] == jobs[1]["build"]["permissions"]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    path = ROOT / "builder" / "data" / "skeleton" / "pages.yml"
    checked = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_steps_of_the_workflow_publish_a_fresh_archive(tmp_path: Path, pressmark: Run) -> None:
    hatch = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(hatch, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    archive = tmp_path / "my archive"
    assert pressmark("init", archive, "--from", wheel).returncode == 0
    for name, text in PAGES.items():
        (archive / "content" / "captures" / name).write_text(text, "utf-8")
    environment = _fresh_environment(tmp_path)
    home = ["pressmark", "build", "--jobs", "1"]  # what the archivist does at home, before pushing
    steps = yaml.load((archive / ".github" / "workflows" / "pages.yml").read_text("utf-8"), yaml.BaseLoader)
    shell = [step["run"] for step in steps["jobs"]["build"]["steps"] if "run" in step]
    assert shell[0].startswith("python -m pip install")
    for at, command in enumerate(shell):
        if at == 1:
            subprocess.run(home, cwd=archive, env=environment, check=True, capture_output=True)
        done = subprocess.run(
            ["bash", "-e", "-c", command], cwd=archive, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    site = archive / "_site"
    assert len(list((site / "articles").glob("*.html"))) == 3
    assert "<loc>https://someone.github.io/talks/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    assert 'href="https://someone.github.io/talks/index.html"' in (site / "404.html").read_text("utf-8")
    led = re.compile(r'<(?:a|script|img)[^>]*(?:href|src)="https://someone.github.io')
    assert [path.name for path in site.rglob("*.html") if led.search(path.read_text("utf-8"))] == ["404.html"]


def _fresh_environment(folder: Path) -> dict[str, str]:
    """An interpreter of its own that has Pressmark's dependencies and not Pressmark; pip reaches for no network."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    libraries = folder / "libraries"
    libraries.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "pressmark" not in path.name and path.suffix != ".pth":
            (libraries / path.name).symlink_to(path)
    return {
        "PATH": f"{folder / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(libraries),
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "BASE_URL": "https://someone.github.io/talks",
    }

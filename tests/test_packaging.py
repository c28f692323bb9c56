"""The wheel is enough: installed elsewhere, it builds a site with the templates and the data it carries."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What the wheel carries that is not code, by its place in the checkout.
CARRIED = {"templates": "builder/templates", "builder/data": "builder/data"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    run([*pip, "--target", str(folder), str(wheel)], cwd=folder)
    return folder


def run(command: list[str], *, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_carries_all_data_and_nothing_of_the_demo(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in CARRIED.items():
        files = [file.relative_to(ROOT / folder) for file in (ROOT / folder).rglob("*") if file.is_file()]
        assert files
        assert {f"{place}/{file.as_posix()}" for file in files} <= names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"builder", "pressmark"}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_metadata_asks_for_what_runs_and_not_for_what_tests(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    name = next(name for name in archive.namelist() if name.endswith("METADATA"))
    metadata = Parser().parsestr(archive.read(name).decode("utf-8"))
    required = " ".join(metadata.get_all("Requires-Dist", []))
    assert "jinja2" in required
    assert "pytest" not in required
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"


def test_installed_wheel_builds_a_site(installed: Path, tmp_path: Path) -> None:
    # A mark in the installed copy's own style sheet tells that the checkout's templates were not used.
    with (installed / "builder" / "templates" / "assets" / "site.css").open("a", encoding="utf-8") as style:
        style.write("\n/* from the wheel */\n")
    captures = tmp_path / "content" / "captures"
    captures.mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: X\n", "utf-8")
    (captures / "quay.txt").write_text(
        "Harbour towns agree on a common tide table\n\nPublished: 2024-03-05\n\n"
        "Delegates from nine harbour towns agreed on Tuesday to publish one tide table for the whole bay.\n\n"
        "The table is to appear each spring, and every town will print it in its own language.\n",
        "utf-8",
    )
    where = run(
        [sys.executable, "-c", "import builder; print(builder.__file__)"], cwd=tmp_path, PYTHONPATH=str(installed)
    )
    assert Path(where.strip()).is_relative_to(installed)

    run([sys.executable, "-m", "builder", "build"], cwd=tmp_path, PYTHONPATH=str(installed))

    site = tmp_path / "_site"
    articles = list((site / "articles").glob("*.html"))
    assert len(articles) == 1
    assert "tide table" in articles[0].read_text("utf-8")
    assert any("/* from the wheel */" in style.read_text("utf-8") for style in site.rglob("*.css"))
    assert (site / "search.html").is_file()

"""The handbook: its generated pages are current, every command and field is in it, and its links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from builder.cli.commands import main


@pytest.fixture(scope="module")
def commands(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("commands", root / "docs" / "commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "fields.md"])
def test_generated_pages_are_what_the_code_says_now(commands: ModuleType, name: str) -> None:
    assert (commands.FOLDER / name).read_text("utf-8") == commands.PAGES[name](), "run docs/commands.py"


def test_every_command_and_option_is_in_the_handbook(root: Path) -> None:
    page = (root / "content" / "pages" / "docs" / "commands.md").read_text("utf-8")
    for name, command in main.commands.items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert section
        for option in (one for one in command.params if one.param_type_name == "option"):
            assert f"`{option.opts[-1]}" in section or option.opts[-1] in section


def test_every_page_is_reached_from_the_first(root: Path) -> None:
    folder = root / "content" / "pages" / "docs"
    pages = {path.stem for path in folder.glob("*.md")}
    linked = set(re.findall(r"\]\(([\w-]+)\.html", (folder / "index.md").read_text("utf-8")))
    assert pages - {"index"} <= linked


def test_commands_that_the_handbook_shows_exist(root: Path) -> None:
    for path in (root / "content" / "pages" / "docs").glob("*.md"):
        for name in re.findall(r"^    pressmark ([a-z]+)", path.read_text("utf-8"), re.MULTILINE):
            assert name in main.commands, f"{path.name}: pressmark {name}"

"""Writes two pages of the handbook: each command with its options, and each field of the archivist's files.

Run it from the repository's root after a change of either: `.venv/bin/python docs/commands.py`. A test compares the
pages with what this would write.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from builder.cli.commands import main  # noqa: E402 - the checkout goes before an installed package
from builder.render.schemas import schemas  # noqa: E402

FOLDER: Final = ROOT / "content" / "pages" / "docs"
COMMANDS_HEAD: Final = """---
title: Every command
language: en
---

Each command answers `--help` with what stands here. Exit codes: 0 done, warnings allowed; 1 something in a file of
yours is wrong, and what was published before is untouched; 2 the command was not understood.
"""
FIELDS_HEAD: Final = """---
title: Every field
language: en
---

What may stand in the files you write. An unknown field is an error that names the nearest known one. The same is
published as JSON Schemas below [data/schemas](../../data/schemas/site.schema.json), by which an editor completes and
checks while you type; the files that `pressmark init` makes refer to them.
"""
FILES: Final[Mapping[str, str]] = {
    "site": "site.yaml",
    "article": "Articles: `content/articles/*.md`",
    "dossier": "Dossiers and pages: `content/dossiers/*.md`, `content/pages/*.md`",
    "leaders": "People: content/leaders.yaml",
    "topics": "Topics: content/topics.yaml",
    "rules": "Cleaning rules: content/rules.yaml",
}


def commands_page() -> str:
    """The page of all commands."""
    return COMMANDS_HEAD + "".join(_command(name, main.commands[name]) for name in sorted(main.commands))


def fields_page() -> str:
    """The page of all fields."""
    known = schemas()
    parts = [f"\n## {title}\n\n{_table(_rows(known[name]))}" for name, title in FILES.items()]
    moved = (
        "\n## Moved addresses: content/moved.yaml\n\nA line for each old address and where what stood there is now: "
        "`old-id: new-id`. See [Publishing](publishing.html).\n"
    )
    return FIELDS_HEAD + "".join(parts) + moved


def _command(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"pressmark {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    said = re.sub(r"\s*\n\s*\n\s*", "\n\n", (command.help or "").strip())
    said = re.sub(r"(?<!\n)\n(?!\n)\s*", " ", said)
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    rows = [(f"`{_spelt(option, context)}`", _about(option)) for option in options]
    return f"\n## {name}\n\n    pressmark {name} {usage}\n\n{said}\n\n" + _table(rows, "option | what it does")


def _spelt(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    return (record[0] if record else option.opts[0]).replace("|", ", ")


def _about(option: click.Option) -> str:
    said = " ".join((option.help or "").split())
    shown = f" [default: {option.default}]" if option.show_default and option.default is not None else ""
    return said + shown


def _rows(schema: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """A row for each field, those inside a field behind its name; of several shapes the fullest."""
    schema = _fullest(schema)
    if "items" in schema:
        return _rows(schema["items"], prefix)
    needed = schema.get("required", ())
    rows = []
    for name, field in schema.get("properties", {}).items():
        values = " One of " + ", ".join(f"`{value}`" for value in field["enum"]) + "." if "enum" in field else ""
        must = " **Needed.**" if name in needed else ""
        rows.append((f"`{prefix}{name}`", f"{field.get('description', '')}{values}{must}".strip()))
        rows += _rows(field, f"{prefix}{name}.")
    return rows


def _fullest(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    shapes = schema.get("anyOf", ())
    return next((one for one in shapes if "properties" in one), next((one for one in shapes if "items" in one), schema))


def _table(rows: list[tuple[str, str]], head: str = "field | what it says") -> str:
    return f"| {head} |\n|---|---|\n" + "".join(f"| {name} | {said.replace('|', ', ')} |\n" for name, said in rows)


PAGES: Final = {"commands.md": commands_page, "fields.md": fields_page}


if __name__ == "__main__":
    for file, page in PAGES.items():
        (FOLDER / file).write_text(page(), "utf-8")

"""A new archive's files, put into a folder; none takes the place of one that stands there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from builder.problems import Place, Problem, error, warning
from builder.publish.content import replace_file

_HOME: Final = Path(__file__).parent.parent / "data" / "skeleton"
_FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "site.yaml": "site.yaml",
        "README.md": "readme.md",
        ".gitignore": "gitignore",
        ".gitattributes": "gitattributes",
        ".github/workflows/pages.yml": "pages.yml",
        ".vscode/settings.json": "editor.json",
    }
)
"""Where each goes and what it is called here: names with a dot would be taken for this program's own settings."""
_WHEELS: Final = "wheels"


def skeleton(title: str, requirement: str) -> dict[str, str]:
    """Every file of a new archive by its path, with the archive's title and what pip is to install."""
    files = {path: (_HOME / name).read_text("utf-8") for path, name in _FILES.items()}
    filled = {path: text.replace("TITLE", _quoted(title, path)) for path, text in files.items()}
    return filled | {"requirements.txt": f"{requirement}\n", "content/captures/.gitkeep": ""}


def requirement_of(source: str, version: str, folder: Path) -> tuple[str, tuple[Problem, ...]]:
    """What pip is to install: a released version, an address, or a wheel, which is copied into the archive."""
    if not source:
        return f"pressmark=={version}", ()
    if "://" in source:
        return f"pressmark @ {source}", ()
    wheel = Path(source)
    if wheel.suffix != ".whl" or not wheel.is_file():
        return "", (error(Place(source), "is no wheel", "name a file that ends in .whl, or an address"),)
    target = folder / _WHEELS / wheel.name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.resolve() != wheel.resolve():
            shutil.copyfile(wheel, target)
    except OSError as trouble:
        return "", (error(Place(str(target)), f"cannot be written: {trouble.strerror or trouble}"),)
    return f"./{_WHEELS}/{wheel.name}", ()


def write_skeleton(folder: Path, files: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write what is not there yet: the paths written, and what was left alone or could not be written."""
    written: list[str] = []
    problems: list[Problem] = []
    for path, text in files.items():
        target = folder / path
        try:
            if target.is_symlink() or target.exists():
                if target.read_text("utf-8") != text:
                    problems.append(warning(Place(path), "stands already and is left as it is"))
                continue
            replace_file(target, text)
            written.append(path)
        except (OSError, UnicodeDecodeError) as trouble:
            what = f"cannot be written: {getattr(trouble, 'strerror', None) or trouble}"
            problems.append(error(Place(path), what, "let Pressmark write into this folder"))
    return tuple(written), tuple(problems)


def _quoted(title: str, path: str) -> str:
    """The title as the file has it: in YAML between quotes where it could be taken for something else."""
    if not path.endswith(".yaml") or all(letter.isalnum() or letter in " ._" for letter in title):
        return title
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'

"""A page taken into the archive: its bytes under a name of its own, and beside them a note of where it came from."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Final

import yaml

from builder.model import DEVICE_NAME, CaptureOrigin
from builder.publish.content import replace_file

_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f<>:\"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
"""What some system cannot write into a name, or nobody can see in one."""
_LONGEST: Final = 120
"""Bytes of a name without its kind; file systems take 255, and notes and numbers are put behind it."""


def portable_name(name: str) -> str:
    """A file's name as every system can write it; the letters of all scripts stay."""
    path = PurePosixPath(unicodedata.normalize("NFC", _UNFIT.sub("-", name)))
    stem = path.stem.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").strip(" .") or "page"
    return ("page-" if DEVICE_NAME.match(stem) else "") + stem + path.suffix.lower()


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or with the first number behind it that makes it free; `taken` are names in small letters."""
    path = PurePosixPath(name)
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name


def names_in(folder: Path) -> set[str]:
    """The names in a folder, in small letters: many systems take `News.html` for `news.html`."""
    try:
        return {unicodedata.normalize("NFC", name).casefold() for name in os.listdir(folder)}
    except FileNotFoundError:
        return set()


def shelve(path: Path, data: bytes, origin: CaptureOrigin, came_as: str) -> None:
    """Write a capture and the note beside it; a file that has taken the name meanwhile raises FileExistsError.

    The note comes first: a capture whose note was lost could not be told from one that never had one.
    """
    known = {
        "url": origin.url,
        "retrieved": origin.retrieved,
        "record": origin.record,
        "charset": origin.charset,
        "from": came_as,
    }
    note = yaml.safe_dump({key: value for key, value in known.items() if value}, allow_unicode=True, sort_keys=False)
    replace_file(path.with_name(f"{path.name}.origin.yaml"), note)
    scratch = path.with_name(f".pressmark-{os.getpid()}.part")
    try:
        with scratch.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _put(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


def _put(scratch: Path, path: Path) -> None:
    """Give the file its name unless the name is taken; where there are no hard links, by a look and a renaming."""
    try:
        os.link(scratch, path)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        scratch.rename(path)

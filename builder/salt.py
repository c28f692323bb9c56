"""What the cache is salted with: the builder's code and data, and what it stands on."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builder.census import take_own

if TYPE_CHECKING:
    from builder.census import State

_DEPENDENCIES: Final = ("jinja2", "markdown-it-py", "nh3", "pyahocorasick", "selectolax", "babel")


def known_salt(connection: sqlite3.Connection, own: Sequence[State] = ()) -> bytes:
    """The salt, reckoned anew only when a file of the builder, or the folder of what it stands on, was touched.

    `own` are the states of the builder's files, for who has looked at them.
    """
    try:
        now = hashlib.blake2b(repr(sorted([*(own or take_own()), *_installed()])).encode(), digest_size=20).digest()
    except ValueError:
        return _made_of()  # a link among the files: what it leads to may change
    try:
        found = connection.execute("SELECT salt FROM salts WHERE states = ?", (now,)).fetchone()
        if found and isinstance(found[0], bytes):
            return found[0]
        salt = _made_of()
        with connection:
            connection.execute("DELETE FROM salts")
            connection.execute("INSERT INTO salts VALUES (?, ?)", (now, salt))
    except sqlite3.Error:
        return _made_of()
    return salt


def _made_of() -> bytes:
    """A digest of the builder's code and data and of what it stands on: other code, other cache."""
    from importlib import metadata  # noqa: PLC0415 - takes longer than a build with little to do

    code = hashlib.blake2b(digest_size=20)
    home = Path(__file__).parent
    for file in _own_files():
        code.update(file.relative_to(home).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    for name in _DEPENDENCIES:
        code.update(f"{name} {metadata.version(name)}".encode())
    return code.digest()


def _installed() -> Iterator[State]:
    """How the folders of what is installed were left; no time stamp can hide a change."""
    for path in sys.path:
        if path.endswith("-packages") and os.path.exists(path):
            found = os.stat(path)
            yield path, (found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _own_files() -> list[Path]:
    kinds = (".py", ".yaml", ".po", ".json")
    return sorted(file for file in Path(__file__).parent.rglob("*") if file.suffix in kinds and file.is_file())

"""What the cache is salted with: the builder's code and data, and what it stands on."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from builder.census import take_own

if TYPE_CHECKING:
    from builder.census import State

_DEPENDENCIES: Final = ("jinja2", "markdown-it-py", "nh3", "pyahocorasick", "selectolax", "babel")
_DIGEST: Final = 20
_RECORD: Final = ".dist-info"
_KINDS: Final = (".py", ".yaml", ".po", ".json")


def known_salt(connection: sqlite3.Connection, own: Sequence[State] = ()) -> bytes:
    """The salt, reckoned anew only when a file of the builder, or the folder of what it stands on, was touched.

    `own` are the states of the builder's files, for who has looked at them.
    """
    try:
        states = repr(sorted([*(own or take_own()), *_installed()])).encode()
        now = hashlib.blake2b(states, digest_size=_DIGEST).digest()
    except ValueError:
        return _made_of()  # a link among the files: what it leads to may change
    try:
        found = connection.execute("SELECT salt FROM salts WHERE states = ?", (now,)).fetchone()
        if found and isinstance(found[0], bytes):
            return found[0]
        salt = _kept(now) or _reckoned(now)
        with connection:
            connection.execute("DELETE FROM salts")
            connection.execute("INSERT INTO salts VALUES (?, ?)", (now, salt))
    except sqlite3.Error:
        return _made_of()
    return salt


def _kept(now: bytes) -> bytes | None:
    """The salt beside Python's byte code, and as trusted, where no file was touched since: to read all takes 27 ms."""
    try:
        with open(_file(), "rb") as file:
            states, salt = file.read(_DIGEST), file.read(_DIGEST + 1)
    except (OSError, NotImplementedError):
        return None
    return salt if states == now and len(salt) == _DIGEST else None


def _reckoned(now: bytes) -> bytes:
    """The salt, kept for the first build of the next archive where Python keeps byte code."""
    salt = _made_of()
    if not sys.dont_write_bytecode:
        with suppress(OSError, NotImplementedError):
            path = _file()
            scratch = f"{path}.{os.getpid()}"
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(scratch, "wb") as file:
                file.write(now + salt)
            os.replace(scratch, path)
    return salt


def _file() -> str:
    from importlib.util import cache_from_source  # noqa: PLC0415 - for first builds alone

    return os.path.join(os.path.dirname(cache_from_source(__file__)), f"salt.{sys.implementation.cache_tag}")


def _made_of() -> bytes:
    """A digest of the builder's code and data and of what it stands on: other code, other cache."""
    code = hashlib.blake2b(digest_size=_DIGEST)
    home = os.path.dirname(os.path.abspath(__file__))
    for path in sorted(_own_files(home)):
        with open(os.path.join(home, path), "rb") as file:
            code.update(path.replace(os.sep, "/").encode() + b"\0" + file.read() + b"\0")
    versions = _versions()
    for name in _DEPENDENCIES:
        code.update(f"{name} {versions.get(name) or _asked_version(name)}".encode())
    return code.digest()


def _versions() -> dict[str, str]:
    """Versions by name of what is installed, as the folders of their records are called.

    The first that Python would find counts.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        for record in os.listdir(folder) if folder.endswith("-packages") and os.path.isdir(folder) else ():
            name, _, version = record.removesuffix(_RECORD).partition("-")
            if record.endswith(_RECORD):
                found.setdefault(name.lower().replace("_", "-"), version)
    return found


def _asked_version(name: str) -> str:
    """The same of what is installed in another way."""
    from importlib import metadata  # noqa: PLC0415 - takes longer than a build with little to do

    return metadata.version(name)


def _installed() -> Iterator[State]:
    """How the folders of what is installed were left; no time stamp can hide a change."""
    for path in sys.path:
        if path.endswith("-packages") and os.path.exists(path):
            found = os.stat(path)
            yield path, (found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _own_files(home: str) -> Iterator[str]:
    """By their paths from the builder's folder."""
    for folder, _, names in os.walk(home):
        for name in names:
            if name.endswith(_KINDS) and os.path.isfile(path := os.path.join(folder, name)):
                yield path[len(home) + 1 :]

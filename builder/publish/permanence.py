"""Addresses that a site once had, and whether they still lead somewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from builder.model import Output
from builder.problems import Place, Problem, did_you_mean, error
from builder.publish.links import PageLinks, links_of
from builder.publish.manifest import MANIFEST, SOURCES, entries, entries_in

_COMPARED: Final = 500
"""Addresses a lost one is compared with: among 10,000 it would take seconds."""
_HINTED: Final = 100
"""Lost addresses of which the nearest is looked for: where a whole folder is lost, nobody reads on."""


def addresses_of(before: Path, base: str = "/") -> frozenset[str] | None:
    """The lasting addresses of a site as it was: of its folder, its manifest, or a list of addresses.

    Lasting are pages and feeds. In a list each line is an address from the site's root, or a whole one, from which
    the path `base` of the site's own address is taken. None where nothing can be read.
    """
    try:
        if before.is_dir():
            found: Iterable[str] = entries(before) if (before / MANIFEST).is_file() else _files(before)
        else:
            text = before.read_bytes().decode("utf-8-sig")
            found = entries_in(text) or [_from_root(line.strip(), base) for line in text.splitlines()]
    except (OSError, UnicodeDecodeError, ValueError):
        return None
    return frozenset(path for path in found if is_lasting(path))


def is_lasting(path: str) -> bool:
    """Whether an address is one that people keep: a page, or a feed."""
    if path.startswith(SOURCES):
        return False
    return path.endswith(".html") or path.startswith(("feeds/", "feed."))


def lost_addresses(before: Iterable[str], out: Path) -> tuple[Problem, ...]:
    """An error for each address that leads nowhere in the site in `out`."""
    gone = sorted(path for path in before if not _is_there(out / path))
    if not gone:
        return ()
    beside: dict[str, list[str]] = {}
    for path in _files(out):
        beside.setdefault(os.path.dirname(path), []).append(path)
    return tuple(
        _lost(path, beside.get(os.path.dirname(path), []) if at < _HINTED else []) for at, path in enumerate(gone)
    )


def pages_of(out: Path) -> Iterator[PageLinks]:
    """The links and ids of every file of a built site."""
    for path in _files(out):
        yield links_of(Output(path, (out / path).read_bytes() if path.endswith(".html") else b""))


def _from_root(address: str, base: str) -> str:
    parts = urlsplit(address)
    path = parts.path.removeprefix(base) if parts.scheme else parts.path
    path = unquote(path.lstrip("/"))
    return "index.html" if parts.scheme and not path else path


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # longer than a name may be, or with a letter that none may have
        return False


def _lost(path: str, beside: Sequence[str]) -> Problem:
    start = os.path.basename(path)[:2]
    alike = [one for one in beside if os.path.basename(one)[:2] == start] or beside
    nearest = did_you_mean(path, alike[:_COMPARED])
    hint = f'{nearest + " " if nearest else ""}write "{path}: its new address", or null, into content/moved.yaml'
    return error(Place(path), "this address is lost: it was there, and nothing is now", hint)


def _files(folder: Path) -> Iterator[str]:
    for found in sorted(folder.rglob("*")):
        if found.is_file() and not found.is_symlink():
            yield found.relative_to(folder).as_posix()

"""The files of data that count words, where only the words of some pieces are new."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Final

from builder.model import Output

_LINES: Final = "data/articles.jsonl"
_TABLE: Final = "data/articles.csv"
_PACKAGE: Final = "data/datapackage.json"
COUNTING: Final = (_LINES, _TABLE, _PACKAGE)
"""The files that count words, and the one that describes them."""


def recounted(counts: Mapping[str, tuple[int, int]], standing: Mapping[str, bytes]) -> Iterator[Output]:
    """`COUNTING` with the new numbers of words of some pieces; `counts` are by id, the former ones first.

    `standing` are these files as they were; ValueError where something else stands there.
    """
    lines, table, package = (standing[path] for path in COUNTING)
    for key, (before, now) in counts.items():
        name = key.encode()
        line = b'"words": %d}' % before, b'"words": %d}' % now
        row = b",%d" % before, b",%d" % now
        lines = _with_end(lines, b'{"id": "%b", ' % name, line, ends=b"\n")
        table = _with_end(table, b"%b,articles/" % name, row, ends=b"\r\n")
    for path, data in ((_LINES, lines), (_TABLE, table)):
        package = _exchanged(package, _weight(standing[path]), _weight(data))
        yield Output(path, data)
    yield Output(_PACKAGE, package)


def _with_end(data: bytes, head: bytes, exchanged: tuple[bytes, bytes], *, ends: bytes) -> bytes:
    """The data with another end of the one line that begins in this way; `ends` is what lines end with."""
    first, (old, new) = data.startswith(head), exchanged
    if data.count(ends + head) + first != 1:
        raise ValueError("no line begins so, or more than one")
    start = 0 if first else data.index(ends + head) + len(ends)
    stop = data.index(ends, start)
    line = data[start:stop]
    # A cell in quotation marks may hold the end of a line.
    if not line.endswith(old) or (ends == b"\r\n" and line.count(b'"') % 2):
        raise ValueError("the line ends in another way")
    return b"".join((data[: stop - len(old)], new, data[stop:]))


def _weight(data: bytes) -> bytes:
    """As the description of the data has it."""
    return b'"bytes": %d,\n   "hash": "sha256:%b"' % (len(data), hashlib.sha256(data).hexdigest().encode())


def _exchanged(data: bytes, old: bytes, new: bytes) -> bytes:
    if data.count(old) != 1:
        raise ValueError("it does not stand there once")
    return data.replace(old, new)

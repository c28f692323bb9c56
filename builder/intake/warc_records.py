"""The records of a WARC, read by warcio within bounds: it reads a line of headers however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.recordloader import ArcWarcRecordLoader

_LONGEST_LINE: Final = 64 * 1024
"""Bytes. Servers refuse header lines over 8 to 64 KB; a gzipped megabyte swelled to one line of ten gigabytes."""
_READ_AHEAD: Final = 16 * _LONGEST_LINE
"""Bytes: warcio counts down a limit faster than it reads, and ends at a fifth of this."""
_MOST_LINES: Final = 10_000
"""Of the headers of one record, and of the empty lines before it."""


class Records(ArchiveIterator):  # type: ignore[misc]  # warcio ships no types
    """The records of a WARC or ARC file, packed or not; what is damaged past reading raises an exception of some kind.

    `err_count` is how many records did not end where they said.
    """

    INC_RECORD = ""  # else it prints a stranger's bytes

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream)
        self.reader = _Reader(self.fh)
        self.loader = _Loader(verify_http=False, arc2warc=False)

    def __iter__(self) -> Iterator[Any]:
        for record in super().__iter__():
            self.reader.lines = 0
            yield record


class _Loader(ArcWarcRecordLoader):  # type: ignore[misc]
    def _ensure_target_uri_format(self, rec_headers: Any) -> Any:
        address = rec_headers.get_header("WARC-Target-URI")
        if address is not None and " " in address:  # else it is printed
            rec_headers.replace_header("WARC-Target-URI", address.replace(" ", "%20"))
        return super()._ensure_target_uri_format(rec_headers)


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    lines = 0

    def read(self, length: int | None = None) -> bytes:
        self.lines = 0
        data: bytes = super().read(length)
        return data

    def readline(self, length: int | None = None) -> bytes:
        self.lines += 1
        if self.lines > _MOST_LINES:
            raise ValueError(f"a record has more than {_MOST_LINES} lines of headers")
        line: bytes = super().readline(_READ_AHEAD if length is None else min(length, _READ_AHEAD))
        if len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            raise ValueError(f"a line of headers has more than {_LONGEST_LINE >> 10} KB")
        return line

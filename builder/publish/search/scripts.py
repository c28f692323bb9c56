"""The files of the search as they are published: scripts that hand data to the page, on http and from a folder alike.

A page opened from a folder may load scripts and nothing else, so that everything the search loads is a script. Each
calls `pressmarkSearch(name, text)`, where the text is base64 of deflated bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable
from typing import Final

from builder.model import Output

FOLDER: Final = "search"
_DIGEST_BITS: Final = 64
NO_FILES: Final = "0"
"""The digest of no files."""


def script(name: str, text: str) -> Output:
    """A script that hands over what JavaScript reads as `text`."""
    return Output(f"{FOLDER}/{name}.js", f"pressmarkSearch({to_json(name)},{text})\n".encode(errors="replace"))


def pack(name: str, data: bytes) -> Output:
    """Data as a script."""
    # Level 6 saves 1.1 % more than this one and takes half as long again.
    deflate = zlib.compressobj(4, zlib.DEFLATED, -15)
    text = base64.b64encode(deflate.compress(data) + deflate.flush()).decode()
    return script(name, f'"{text}"')


def unpack(file: Output) -> bytes:
    """The data of a script."""
    return zlib.decompress(base64.b64decode(file.data.split(b'"')[3]), -15)


def name_of(file: Output) -> str:
    """The name by which the page asks for a file."""
    return file.path.removeprefix(f"{FOLDER}/").removesuffix(".js")


def to_json(value: object) -> str:
    """JSON as it is published."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest_of(files: Iterable[Output]) -> str:
    """The digest of files."""
    return _spelt(sum(map(_checksum, files)))


def digest_of_all(digests: Iterable[str]) -> str:
    """The digest of files of which parts have these."""
    return _spelt(sum(int(digest, 16) for digest in digests))


def digest_after(digest: str, before: Iterable[Output], after: Iterable[Output]) -> str:
    """The digest of files when some of them change; a sum, so that the others need not be read for it."""
    return _spelt(int(digest, 16) - sum(map(_checksum, before)) + sum(map(_checksum, after)))


def _spelt(total: int) -> str:
    return f"{total % (1 << _DIGEST_BITS):0{_DIGEST_BITS // 4}x}"


def _checksum(file: Output) -> int:
    whole = hashlib.blake2b(file.path.encode() + b"\0", digest_size=_DIGEST_BITS // 8)
    whole.update(file.data)
    return int.from_bytes(whole.digest())

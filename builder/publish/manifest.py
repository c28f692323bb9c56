"""The list of what Pressmark wrote into an output folder: a SHA-256 and a path a line, in BagIt's form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

MANIFEST: Final = "data/manifest-sha256.txt"
"""Its own address; it does not list itself. A plain name, since GitHub Pages serves no dot files of Jekyll sites."""

_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")
# BagIt (RFC 8493, 2.1.3) has these three encoded, and nothing else.
_ENCODED: Final = (("%", "%25"), ("\n", "%0A"), ("\r", "%0D"))


def manifest_of(files: Mapping[str, bytes]) -> bytes:
    """The manifest of these files, sorted by path."""
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {_encode(path)}\n" for path in sorted(files)).encode()


def read_manifest(folder: Path) -> frozenset[str]:
    """The paths that are Pressmark's in a folder, the manifest's own included; none where there is no manifest."""
    try:
        text = (folder / MANIFEST).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return frozenset()
    matches = (_LINE.fullmatch(line) for line in text.split("\n"))
    paths = {_decode(match[2]) for match in matches if match}
    return frozenset({path for path in paths if is_inside(path)} | {MANIFEST})


def is_inside(path: str) -> bool:
    """Whether a path stays below the folder it is joined to."""
    return bool(path) and "\0" not in path and not path.startswith("/") and ".." not in PurePosixPath(path).parts


def _encode(path: str) -> str:
    for plain, encoded in _ENCODED:
        path = path.replace(plain, encoded)
    return path


def _decode(path: str) -> str:
    for plain, encoded in reversed(_ENCODED):
        path = path.replace(encoded, plain)
    return path

"""The list of a published site in the form of BagIt: SHA-256 and path of each file and of what it was made from.

Paths of the site's own files count from the output folder; those that begin with `content/` count from the archive's
folder and name the captures and articles of what is published. Of hidden pieces nothing stands in it. In the output
folder `sha256sum --check --ignore-missing data/manifest-sha256.txt` proves what can be downloaded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from builder.model.values import value

MANIFEST: Final = "data/manifest-sha256.txt"
"""Its own address; it does not list itself. A plain name, since GitHub Pages serves no dot files of Jekyll sites."""
SOURCES: Final = "content/"
"""What the paths of sources begin with; no page of a site has such an address."""

_LINE: Final = r"(?m)^([0-9a-f]{64})  (.+)$"
# BagIt (RFC 8493, 2.1.3) has these three encoded, and nothing else.
_ENCODED: Final = (("%", "%25"), ("\n", "%0A"), ("\r", "%0D"))


_NO_SOURCES: Final[Mapping[str, str]] = MappingProxyType({})


def manifest_of(digests: Mapping[str, str], sources: Mapping[str, str] = _NO_SOURCES) -> bytes:
    """The manifest of the site's files and of its sources, sorted by path; SHA-256 in hex by path of both."""
    return _lines({**digests, **sources})


def relisted(manifest: bytes, digests: Mapping[str, str]) -> bytes | None:
    """A manifest with other digests of some files; None where it lists one of them not at all, or may do so twice.

    To take it apart and to write it anew takes a tenth of the time in which one article of 10,000 is edited.
    """
    for path, digest in digests.items():
        ending = f"  {_encode(path)}\n".encode()
        at = manifest.find(ending)
        start = at - hashlib.sha256().digest_size * 2
        if start < 0 or manifest.count(ending) != 1 or manifest[max(start - 1, 0) : start] not in (b"", b"\n"):
            return None
        manifest = b"".join((manifest[:start], digest.encode(), manifest[at:]))
    return manifest


def entries(folder: Path) -> dict[str, str]:
    """SHA-256 in hex by path of all that the manifest in a folder lists; empty where there is none."""
    try:
        text = (folder / MANIFEST).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    return entries_in(text)


def entries_in(text: str) -> dict[str, str]:
    """The same from the text of a manifest; empty when it is none."""
    listed = {_decode(path) if "%" in path else path: digest for digest, path in re.findall(_LINE, text)}
    return {path: digest for path, digest in listed.items() if is_inside(path)}


def digest_of(folder: Path) -> str:
    """The digest that the build of the site in a folder printed; empty where there is no site."""
    try:
        return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


@value(frozen=True, slots=True)
class Fixity:
    """A published site held against its own manifest."""

    digest: str
    """As the build printed it, made anew of the files as they are now; another one when anything differs."""
    proved: int
    """Files of the site that are as they were published."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    """Gone, unreadable, or no plain file any more."""

    @property
    def whole(self) -> bool:
        """Whether every file of the site is as it was published."""
        return not self.changed and not self.missing


def fixity(folder: Path) -> Fixity | None:
    """Every file of the site in a folder read and held against the manifest; None where there is no manifest.

    The digest is that of the manifest made anew: the site's files as they are, the sources as they are listed. Files of
    others in the folder do not count.
    """
    listed = entries(folder)
    if not listed:
        return None
    now = {path: digest if path.startswith(SOURCES) else _digest_of(folder / path) for path, digest in listed.items()}
    pages = [path for path in listed if not path.startswith(SOURCES)]
    changed = tuple(sorted(path for path in pages if now[path] not in ("", listed[path])))
    missing = tuple(sorted(path for path in pages if not now[path]))
    present = {path: digest for path, digest in now.items() if digest}
    digest = hashlib.sha256(_lines(present)).hexdigest()
    return Fixity(digest, len(pages) - len(changed) - len(missing), changed, missing)


def is_inside(path: str) -> bool:
    """Whether a path stays below the folder it is joined to."""
    return bool(path) and "\0" not in path and not path.startswith("/") and ".." not in path.split("/")


def _lines(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[path]}  {_encode(path)}\n" for path in sorted(digests)).encode(
        "utf-8", "backslashreplace"
    )


def _digest_of(path: Path) -> str:
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _encode(path: str) -> str:
    for plain, encoded in _ENCODED:
        path = path.replace(plain, encoded)
    return path


def _decode(path: str) -> str:
    for plain, encoded in reversed(_ENCODED):
        path = path.replace(encoded, plain)
    return path

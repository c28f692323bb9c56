"""Compiled templates beside Python's own byte code, and as trusted: never in the archive, which may be somebody else's.

Where Python keeps no byte code, because it was told so or may not write, none of these is kept either.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Final

from builder import __version__

_MOST: Final = 1000
"""Templates, of 10 KB each; when there are more, the older half goes."""
_DIGEST: Final = 16


class KeptCodes:
    """A folder of compiled templates, for one version of Python and of Pressmark."""

    def __init__(self, folder: Path, version: bytes) -> None:
        self._folder = folder
        self._version = version

    def load(self, name: str) -> bytes | None:
        """What is kept under a name; None where it is damaged, or another version's."""
        try:
            data = self._path(name).read_bytes()
        except OSError:
            return None
        code = data[_DIGEST:]
        return code if data[:_DIGEST] == self._digest(code) else None

    def save(self, name: str, code: bytes) -> None:
        """Keep it, whole or not at all."""
        if sys.dont_write_bytecode:
            return
        path = self._path(name)
        scratch = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._forget()
            scratch.write_bytes(self._digest(code) + code)
            os.replace(scratch, path)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.{sys.implementation.cache_tag}"

    def _digest(self, code: bytes) -> bytes:
        return hashlib.blake2b(code, digest_size=_DIGEST, key=self._version).digest()

    def _forget(self) -> None:
        if len(names := os.listdir(self._folder)) >= _MOST:
            oldest = sorted((self._folder / name for name in names), key=lambda path: path.stat().st_mtime)
            for path in oldest[: _MOST // 2]:
                path.unlink(missing_ok=True)


def kept_codes() -> KeptCodes | None:
    """Where the templates of this program are kept; None where Python names no place for its own byte code."""
    source = Path(__file__).parent.parent / "render" / "engine.py"
    try:
        folder = Path(cache_from_source(str(source))).parent / "templates"
        # What the engine makes of a template is told by its own text, and by that of its compiler.
        made_by = source.read_bytes() + source.with_name("direct.py").read_bytes()
        version = hashlib.blake2b(__version__.encode() + made_by, digest_size=32).digest()
    except (NotImplementedError, OSError):
        return None
    return KeptCodes(folder, version)

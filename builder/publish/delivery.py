"""Files on their way into the next site: written by whatever process made them, and told of to who publishes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from builder.model import Output
from builder.model.values import replace, value
from builder.publish.manifest import SOURCES, is_inside


@value(frozen=True, slots=True)
class Delivered:
    """A file that is where it belongs."""

    path: str
    digest: str
    """SHA-256."""
    size: int
    written: bool
    """Beside the site that stands; else it stands there already, byte for byte."""


@value(frozen=True, slots=True)
class Delivery:
    """The way into a site for what is made with an `Output`, or a row of them, in the first place, any process's on
    this machine.

    Of a page of 25 KB a hundred bytes come back to who publishes, and are kept for the next build.
    """

    staged: str
    """The folder where the next site grows; it is this build's alone, so that whoever comes late finds it gone."""
    out: str
    """Where the one stands that is there."""
    folders: tuple[str, ...]
    """Those of it that are no links."""

    def __call__(self, made: tuple[Any, ...]) -> tuple[Any, ...]:
        """The same with what is left of the file once it is delivered; itself where that cannot be.

        Who publishes then meets the trouble there is, and tells of it.
        """
        first, *about = made
        outputs = first if isinstance(first, tuple) else (first,)
        if not all(isinstance(output, Output) and belongs(output.path) for output in outputs):
            return made
        try:
            files = tuple(map(self._delivered, outputs))
        except OSError:
            return made
        return files if isinstance(first, tuple) else files[0], *about

    def again(self, left: Any) -> tuple[Any, ...] | None:
        """What an earlier build was left with, where that file stands; None where it has to be made again.

        So it is where a file cannot be read: who publishes meets that trouble, too, and tells of it. A cache that came
        with somebody's archive may hold anything where these should be.
        """
        first, *about = left if isinstance(left, tuple) and left else (None,)
        files = first if isinstance(first, tuple) else (first,)
        try:
            if not all(map(self._stands_still, files)):
                return None
        except OSError:
            return None
        files = tuple(Delivered(file.path, file.digest, file.size, written=False) for file in files)
        return files if isinstance(first, tuple) else files[0], *about

    def _stands_still(self, file: object) -> bool:
        if not isinstance(file, Delivered) or not (isinstance(file.path, str) and belongs(file.path)):
            return False
        return self._stands(file.path, file.size, file.digest)

    def _delivered(self, output: Output) -> Delivered:
        path, size, digest = output.path, len(output.data), hashlib.sha256(output.data).hexdigest()
        if self._stands(path, size, digest):
            return Delivered(path, digest, size, written=False)
        try:
            file = open(f"{self.staged}/{path}", "wb")  # noqa: SIM115 - below
        except FileNotFoundError:
            self._make_folders(path)
            file = open(f"{self.staged}/{path}", "wb")  # noqa: SIM115 - below
        with file:
            file.write(output.data)
        return Delivered(path, digest, size, written=True)

    def _stands(self, path: str, size: int, digest: str) -> bool:
        return path.rpartition("/")[0] in self.folders and stands(f"{self.out}/{path}", size, digest)

    def _make_folders(self, path: str) -> None:
        """The folders of a file, but never the one where the site grows."""
        for at in (at for at, letter in enumerate(path) if letter == "/"):
            with suppress(FileExistsError):
                os.mkdir(f"{self.staged}/{path[:at]}")


class Sifting:
    """The way for what is made for a site that stands as it is `listed`, SHA-256 by path: what is new there is kept.

    No file is looked into, so that it is the caller's to know that all stand as they are listed.
    """

    def __init__(self, listed: Mapping[str, str]) -> None:
        self._listed = listed
        self.fresh: dict[str, Output] = {}
        """By path."""

    def __call__(self, made: tuple[Any, ...]) -> tuple[Any, ...]:
        """The same with what is left of the file."""
        output, *about = made
        digest = self.put(output)
        return Delivered(output.path, digest, len(output.data), written=output.path in self.fresh), *about

    def again(self, left: Any) -> tuple[Any, ...] | None:
        """What an earlier build was left with, where that file is listed; None where it has to be made again."""
        file, *about = left if isinstance(left, tuple) and left else (None,)
        if not isinstance(file, Delivered) or self._listed.get(file.path) != file.digest:
            return None
        return replace(file, written=False), *about

    def put(self, output: Output) -> str:
        """Keep a file if it is new; its digest."""
        digest = hashlib.sha256(output.data).hexdigest()
        if self._listed.get(output.path) != digest:
            self.fresh[output.path] = output
        return digest


def belongs(path: str) -> bool:
    """Whether an address is one that a file of a site may have."""
    return is_inside(path) and not path.startswith(SOURCES)


def stands(place: str, size: int, digest: str) -> bool:
    """Whether a plain file has this size and SHA-256; the time stamp is not asked, so damage is mended."""
    try:
        status = os.lstat(place)
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            return False
        with open(place, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest() == digest
    except FileNotFoundError:
        return False

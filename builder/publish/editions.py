"""Editions of an archive for other shelves: EPUB, ZIP and BagIt. Equal input gives equal bytes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from builder.model import Output
from builder.model.values import value

_MIMETYPE: Final = b"application/epub+zip"
_CONTAINER: Final = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name: nothing in an edition tells of the clock."""
_COPY: Final = 1024 * 1024
_MISREAD: Final = re.compile("%(?=0A|0D|25)", re.IGNORECASE)
_UNSEEN_ENDS: Final = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@value(frozen=True, slots=True)
class BagNotes:
    """What a bag says of itself."""

    title: str
    description: str
    address: str | None
    software: str


def write_epub(path: Path, files: Iterable[Output]) -> None:
    """The book of these files; OSError when it cannot be written, and then nothing stands at `path` that did not."""
    with _in_place(path) as stream, zipfile.ZipFile(stream, "w") as book:
        book.writestr(_member("mimetype", zipfile.ZIP_STORED), _MIMETYPE)
        book.writestr(_member("META-INF/container.xml"), _CONTAINER)
        for file in sorted(files, key=lambda one: one.path):
            book.writestr(_member(f"EPUB/{file.path}"), file.data)


def write_zip(path: Path, folder: Path, name: str) -> int:
    """All files below `folder`, under a folder `name` that opens by double click; how many those are."""
    count = 0
    with _in_place(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        for source, below in _files(folder):
            with source.open("rb") as file, archive.open(_member(f"{name}/{below}"), "w", force_zip64=True) as member:
                shutil.copyfileobj(file, member, _COPY)
            count += 1
    return count


def write_bag(path: Path, folders: Iterable[tuple[str, Path]], notes: BagNotes) -> int:
    """A bag as RFC 8493 has it, of folders and single files under the names given; how many files it holds.

    `path` must not exist. It appears when the bag is whole.
    """
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        manifest = dict(_payload(scratch, folders))
        size = sum((scratch / name).stat().st_size for name in manifest)
        tags = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": "".join(
                f"{label}: {' '.join(value.split())}\n"
                for label, value in (
                    ("External-Identifier", notes.address or ""),
                    ("External-Description", notes.description),
                    ("Bag-Group-Identifier", notes.title),
                    ("Bag-Software-Agent", notes.software),
                    ("Payload-Oxum", f"{size}.{len(manifest)}"),
                )
                if value
            ),
            "manifest-sha256.txt": _manifest(manifest),
        }
        tags["tagmanifest-sha256.txt"] = _manifest(
            {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()}
        )
        for name, text in tags.items():
            (scratch / name).write_bytes(text.encode())
        scratch.rename(path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return len(manifest)


def _payload(scratch: Path, folders: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, str]]:
    for name, given in folders:
        for source, below in [(given, "")] if given.is_file() else _files(given):
            path = f"data/{name}/{below}".rstrip("/")
            target = scratch / path
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with source.open("rb") as file, target.open("xb") as copy:
                while block := file.read(_COPY):
                    digest.update(block)
                    copy.write(block)
            yield path, digest.hexdigest()


def _manifest(digests: dict[str, str]) -> str:
    """Lines of digest and name; RFC 8493 has the letters that would break a line spelt out.

    It asks for every percent sign, too, which the readers most in use (`bagit`, `sha256sum --check`) do not take back:
    `a%20b.html`, as pages saved from the web are named, would be missing to them. Only one that would be taken for a
    spelling is spelt out, so that all readers find the same file.
    """
    spelt = {_MISREAD.sub("%25", name).replace("\n", "%0A").replace("\r", "%0D"): name for name in digests}
    return "".join(f"{digests[name]}  {shown}\n" for shown, name in sorted(spelt.items()))


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every regular file below a folder with its name from there, sorted; links are left out.

    Names are bytes to most systems. What is no UTF-8, which no edition may hold, is spelt out as in messages, and so
    are unseen letters at which some readers of lists end a line.
    """
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent) / name
            if path.is_file() and not path.is_symlink():
                below = os.fsencode(path.relative_to(folder).as_posix())
                yield path, _UNSEEN_ENDS.sub(_spelt, below.decode("utf-8", "backslashreplace"))


def _spelt(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _member(name: str, packing: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _STAMP)
    member.compress_type = packing
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member


@contextmanager
def _in_place(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose bytes stand at `path` once all of them are written."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with scratch.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)

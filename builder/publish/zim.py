"""The site as a ZIM file for Kiwix, written by a process of its own: libzim's licence reaches no further than that."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from builder.model.values import value

_THREE_LETTERS: Final[Mapping[str, str]] = {
    "ar": "ara", "bg": "bul", "bn": "ben", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun",
    "id": "ind", "it": "ita", "ja": "jpn", "kk": "kaz", "km": "khm", "ko": "kor", "lo": "lao", "lt": "lit", "lv": "lav",
    "mn": "mon", "ms": "msa", "my": "mya", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus",
    "sk": "slk", "sl": "slv", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "th": "tha", "tl": "tgl", "tr": "tur",
    "uk": "ukr", "ur": "urd", "uz": "uzb", "vi": "vie", "zh": "zho",
}  # fmt: skip
"""ISO 639-1 → 639-3, which ZIM files use."""
_SIDE: Final = 48
_CLOTH, _PAPER = (0x17, 0x53, 0x3F), (0xF7, 0xF4, 0xEC)


@value(frozen=True, slots=True)
class ZimNotes:
    """What the file says of itself."""

    name: str
    title: str
    description: str
    creator: str
    date: str
    """`YYYY-MM-DD` of the newest piece."""
    languages: tuple[str, ...]
    """Two letters, most pieces first."""


class ZimError(OSError):
    """The writing process failed; its own words are the message."""


def can_write_zim() -> bool:
    """Whether the extra is installed."""
    return find_spec("libzim") is not None


def write_zim(path: Path, folder: Path, notes: ZimNotes) -> int:
    """All files of a built site as one ZIM file; how many those are. ZimError or OSError when it cannot be written."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    order = {
        **asdict(notes),
        "folder": str(folder),
        "out": str(scratch),
        "languages": [_THREE_LETTERS.get(tag.split("-")[0], "und") for tag in notes.languages],
        "icon": _icon().hex(),
    }
    try:
        # By its path, with -P: no file in the archive's folder, where this may run, can pass for a module of a library.
        done = subprocess.run(
            [sys.executable, "-P", str(Path(__file__).with_name("zim_process.py"))],
            input=json.dumps(order),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise ZimError(said[-1] if said else f"exit code {done.returncode}")
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    return int(done.stdout.strip().splitlines()[-1])


def _icon() -> bytes:
    """A PNG of 48 by 48: a book's spine with a label."""
    rows = []
    for y in range(_SIDE):
        label = 12 <= y < 22
        pixels = (_PAPER if (label and 12 <= x < 36) or x < 6 else _CLOTH for x in range(_SIDE))
        rows.append(b"\0" + b"".join(bytes(pixel) for pixel in pixels))
    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )

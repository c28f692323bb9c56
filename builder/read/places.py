"""builder/data/places.yaml → places where leaders meet, with their names in every script."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from builder.read.plain_yaml import plain

_FILE: Final = Path(__file__).parent.parent / "data" / "places.yaml"


def place_file() -> bytes:
    """The bytes of the shipped file."""
    return _FILE.read_bytes()


def parse_places(data: bytes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Id and names, sorted; a mistake in the file is a bug of the program, and raises."""
    listed = plain(data)
    return tuple(
        (key, tuple(dict.fromkeys(name for names in by_language.values() for name in names)))
        for key, by_language in sorted(listed.items())
    )

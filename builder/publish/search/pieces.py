"""What a result shows of a piece, in a file of its own: its address is its place in its shard, so that no list of files
is needed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from builder.model import Output, SearchRecord
from builder.publish.search.scripts import script, to_json

_SHOWN: Final = 20_000
"""Letters of a piece from which an excerpt may be taken; all of it is searched."""


def piece_file(shard: str, number: int, record: SearchRecord) -> Output:
    """What a result shows of the piece that has this place in that shard."""
    return script(f"pieces/{shard}/{number}", to_json(_piece(record)))


def record_in(file: Output, id: str) -> SearchRecord | None:  # noqa: A002 - the field's name
    """The record of which a piece's file was made, but its topics; None where the file has not the whole text."""
    piece = json.loads(file.data.partition(b",")[2].rpartition(b")")[0])
    passages = tuple((fragment, text) for fragment, text in piece.pop("passages"))
    if sum(len(text) for _, text in passages) >= _SHOWN:
        return None
    return SearchRecord(id=id, leaders=tuple(piece.pop("leaders")), topics=(), passages=passages, **piece)


def _piece(record: SearchRecord) -> Mapping[str, object]:
    return {
        "page": record.page,
        "title": record.title,
        "language": record.language,
        "day": record.day,
        "source": record.source,
        "leaders": record.leaders,
        "passages": _beginning(record.passages),
    }


def _beginning(passages: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    shown = []
    room = _SHOWN
    for fragment, text in passages:
        if room <= 0:
            break
        shown.append((fragment, text[:room]))
        room -= len(text)
    return shown

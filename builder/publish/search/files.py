"""The files of the search as they are published: scripts that hand data to the page, on http and from a folder alike.

A page opened from a folder may load scripts and nothing else, so that everything the search loads is a script. Each
calls `pressmarkSearch(name, text)`, where the text is base64 of deflated bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builder.model import Output, SearchRecord, SearchSubject
from builder.publish.search import cbor
from builder.publish.search.engine import VERSION
from builder.publish.search.shards import FINE_BITS, Shard, ShardIndex
from builder.publish.search.terms import fold, subject_token
from builder.publish.search.words import SearchWords, han_letters

FOLDER: Final = "search"
_SHOWN: Final = 20_000
"""Letters of a piece from which an excerpt may be taken; all of it is searched."""
_WORDS: Final = 500
"""Words in a file, more or less, of those that a word half typed may become."""
_BUNDLE: Final = 16_384
"""Bytes of index in a file, before compression: a question loads a file for each of its words."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """The stage that makes a published file of a name and bytes; a stage, since a changed piece changes few files."""

    name: str = "search files"

    @property
    def fingerprint(self) -> str:
        """Nothing but what is packed."""
        return ""

    def __call__(self, item: tuple[str, bytes], /) -> Output:
        """The file."""
        return _packed(*item)

    def failed(self, item: tuple[str, bytes], trace: str, /) -> Output:
        """No bytes are too strange to pack: this is a bug."""
        raise RuntimeError(f"{item[0]}: {trace}")


def term_bundles(indexes: Sequence[ShardIndex]) -> tuple[int, list[tuple[str, bytes]]]:
    """The index, its words spread over 2**bits files by checksum; every file holds its words of all shards."""
    total = sum(len(entries) for index in indexes for _, _, entries in index.groups)
    bits = min(FINE_BITS, max(0, (total // _BUNDLE).bit_length()))
    chunks = [_chunks(index, bits) for index in indexes]
    bundles = (b"".join(_measured(by_number.get(number, b"")) for by_number in chunks) for number in range(1 << bits))
    return bits, [(f"terms/{number:03x}", bundle) for number, bundle in enumerate(bundles)]


def word_bundles(indexes: Sequence[ShardIndex]) -> tuple[int, list[tuple[str, bytes]]]:
    """The words of plain letters with their numbers of pieces, spread over 2**bits files by their first two letters."""
    counts: Counter[str] = Counter()
    for index in indexes:
        counts.update(dict(index.latin))
    bits = min(FINE_BITS, max(0, (len(counts) // _WORDS).bit_length()))
    bundles: list[dict[str, int]] = [{} for _ in range(1 << bits)]
    for word in sorted(counts):
        bundles[zlib.crc32(word[:2].encode()) >> 32 - bits if bits else 0][word] = counts[word]
    return bits, [(f"words/{number:03x}", _json(bundle).encode()) for number, bundle in enumerate(bundles)]


def piece_files(shards: Sequence[Shard]) -> Iterator[Output]:
    """One file a piece with what a result shows; its address is its place in the shard, so that no list is needed."""
    for shard in shards:
        for number, record in enumerate(shard.records):
            name = f"pieces/{shard.name}/{number}"
            yield Output(
                f"{FOLDER}/{name}.js",
                f"pressmarkSearch({_json(name)},{_json(_piece(record))})\n".encode(errors="replace"),
            )


def facets_file(shards: Sequence[Shard], subjects: Sequence[SearchSubject]) -> Output:
    """What results are counted and filtered by: for each piece, in the order of their numbers, places in the keys."""
    records = [record for shard in shards for record in shard.records]
    years: list[list[object]] = []
    for record in records:
        year = (record.day or "")[:4]
        if not years or years[-1][0] != year:
            years.append([year, 0])
        years[-1][1] = int(str(years[-1][1])) + 1
    facets = {
        "years": years,
        "language": _column([(record.language,) for record in records]),
        "source": _column([(record.source,) if record.source else () for record in records]),
        "leader": _column([record.leaders for record in records]),
        "topic": _column([record.topics for record in records]),
        "names": {subject.kind: {} for subject in subjects},
    }
    for subject in subjects:
        facets["names"][subject.kind][subject.id] = [subject.name, subject.language]  # type: ignore[index]
    return _packed("facets", _json(facets).encode())


def engine_file(module: bytes) -> Output:
    """The engine itself."""
    return _packed("engine", module)


def entry_file(
    shards: Sequence[Shard],
    indexes: Sequence[ShardIndex],
    *,
    bits: tuple[int, int],
    subjects: Sequence[SearchSubject],
    words: SearchWords,
    files: Sequence[Output],
) -> Output:
    """What the page reads first: shards, names, words, and a digest that keeps old and new files apart in caches."""
    digest = hashlib.blake2b(digest_size=6)
    for file in files:
        digest.update(file.path.encode() + b"\0" + hashlib.blake2b(file.data).digest())
    entry = {
        "engine": VERSION,
        "digest": digest.hexdigest(),
        "bits": bits[0],
        "wordBits": bits[1],
        "shards": [[shard.name, len(shard.records)] for shard in shards],
        "subjects": [
            [s.kind, s.id, subject_token(s.kind, s.id), s.page, s.name, s.language, list(s.names), list(s.weak)]
            for s in subjects
        ],
        "chance": sorted({pair for index in indexes for pair in index.chance}),
        "han": _han(indexes, subjects),
        "cased": words.cased,
        "endings": words.endings,
        "objects": words.objects,
        "ignored": words.ignored,
        "whole": words.whole,
        "inflections": _grouped(words.inflections),
    }
    return _packed("entry", _json(entry).encode())


def _chunks(index: ShardIndex, bits: int) -> Mapping[int, bytes]:
    """The index files of a shard as Pagefind reads them, by number."""
    joined: dict[int, list[tuple[int, bytes]]] = {}
    for group, count, entries in index.groups:
        joined.setdefault(group >> FINE_BITS - bits, []).append((count, entries))
    return {
        number: cbor.array(1) + cbor.array(sum(count for count, _ in parts)) + b"".join(data for _, data in parts)
        for number, parts in joined.items()
    }


def _han(indexes: Sequence[ShardIndex], subjects: Sequence[SearchSubject]) -> str:
    """Pairs of Han letters, as a reader may write them and as the index has them, of those in the index or a name."""
    there = {letter for index in indexes for letter in index.han}
    there.update(letter for subject in subjects for name in (*subject.names, *subject.weak) for letter in fold(name))
    return "".join(chr(one) + other for one, other in sorted(han_letters().items()) if other in there)


def _measured(chunk: bytes) -> bytes:
    return len(chunk).to_bytes(4, "little") + chunk


def _packed(name: str, data: bytes) -> Output:
    # The highest level saves 0.2 % more than this one and takes a quarter longer.
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    text = base64.b64encode(deflate.compress(data) + deflate.flush()).decode()
    return Output(f"{FOLDER}/{name}.js", f'pressmarkSearch({_json(name)},"{text}")\n'.encode())


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


def _column(values: Sequence[Sequence[str]]) -> Mapping[str, object]:
    keys = sorted({key for piece in values for key in piece})
    number = {key: place for place, key in enumerate(keys)}
    return {"keys": keys, "of": [[number[key] for key in piece] for piece in values]}


def _grouped(pairs: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    groups: dict[str, list[str]] = {}
    for form, base in pairs:
        groups.setdefault(base, []).append(form)
    return {base: " ".join(forms) for base, forms in groups.items()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

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
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Final

from builder.model import Output, SearchRecord, SearchSubject
from builder.model.values import value
from builder.publish.search import cbor
from builder.publish.search.engine import VERSION
from builder.publish.search.postings import FINE_BITS
from builder.publish.search.shards import Shard, ShardIndex
from builder.publish.search.terms import fold, subject_token
from builder.publish.search.words import SearchWords, han_letters

FOLDER: Final = "search"
_SHOWN: Final = 20_000
"""Letters of a piece from which an excerpt may be taken; all of it is searched."""
_WORDS: Final = 500
"""Words in a file, more or less, of those that a word half typed may become."""
_BUNDLE: Final = 16_384
"""Bytes of index in a file, before compression: a question loads a file for each of its words."""
_DIGEST_BITS: Final = 64
NO_FILES: Final = "0"
"""The digest of no files."""


@value(frozen=True, slots=True)
class PackFile:
    """The stage that makes a published file of a name and bytes; a stage, since a changed piece changes few files."""

    name: str = "search files"

    @property
    def fingerprint(self) -> str:
        """Nothing but what is packed."""
        return ""

    def __call__(self, item: tuple[str, bytes], /) -> Output:
        """The file."""
        return pack(*item)

    def failed(self, item: tuple[str, bytes], trace: str, /) -> Output:
        """No bytes are too strange to pack: this is a bug."""
        raise RuntimeError(f"{item[0]}: {trace}")


def term_bundles(indexes: Sequence[ShardIndex]) -> tuple[int, Iterator[tuple[str, bytes]]]:
    """The bytes of the index, and its words spread over files by checksum; each file has its words of all shards."""
    size = sum(len(entries) for index in indexes for _, _, entries in index.groups)
    parts = zip(*(_chunks(index, term_bits(size)) for index in indexes), strict=True) if indexes else [()]
    return size, ((f"terms/{number:03x}", bundle_of(chunks)) for number, chunks in enumerate(parts))


def term_bits(size: int) -> int:
    """Over 2**bits files an index of so many bytes is spread."""
    return min(FINE_BITS, max(0, (size // _BUNDLE).bit_length()))


def bundle_of(chunks: Iterable[bytes]) -> bytes:
    """A file of the index: the part of each shard after its length."""
    return b"".join([len(chunk).to_bytes(4, "little") + chunk for chunk in chunks])


def word_bundles(indexes: Sequence[ShardIndex]) -> tuple[int, list[tuple[str, bytes]]]:
    """How many words of plain letters there are, and in how many pieces each stands, spread over files."""
    counts: Counter[str] = Counter()
    for index in indexes:
        counts.update(dict(index.latin))
    bits = word_bits(len(counts))
    bundles: list[dict[str, int]] = [{} for _ in range(1 << bits)]
    for word in sorted(counts):
        bundles[word_number(word, bits)][word] = counts[word]
    return len(counts), [(f"words/{number:03x}", to_json(bundle).encode()) for number, bundle in enumerate(bundles)]


def word_bits(count: int) -> int:
    """Over 2**bits files so many words of plain letters are spread."""
    return min(FINE_BITS, max(0, (count // _WORDS).bit_length()))


def word_number(word: str, bits: int) -> int:
    """In which file a word of plain letters is, by its first two letters."""
    return zlib.crc32(word[:2].encode()) >> 32 - bits if bits else 0


def piece_files(shards: Iterable[Shard]) -> Iterator[Output]:
    """One file a piece with what a result shows; its address is its place in the shard, so that no list is needed."""
    for shard in shards:
        for number, record in enumerate(shard.records):
            yield piece_file(shard.name, number, record)


def piece_file(shard: str, number: int, record: SearchRecord) -> Output:
    """What a result shows of the piece that has this place in that shard."""
    name = f"pieces/{shard}/{number}"
    text = f"pressmarkSearch({to_json(name)},{to_json(_piece(record))})\n"
    return Output(f"{FOLDER}/{name}.js", text.encode(errors="replace"))


def record_in(file: Output, id: str) -> SearchRecord | None:  # noqa: A002 - the field's name
    """The record of which a piece's file was made, but its topics; None where the file has not the whole text."""
    piece = json.loads(file.data.partition(b",")[2].rpartition(b")")[0])
    passages = tuple((fragment, text) for fragment, text in piece.pop("passages"))
    if sum(len(text) for _, text in passages) >= _SHOWN:
        return None
    return SearchRecord(id=id, leaders=tuple(piece.pop("leaders")), topics=(), passages=passages, **piece)


def facets_file(records: Sequence[SearchRecord], subjects: Sequence[SearchSubject]) -> Output:
    """What results are counted and filtered by: for each piece, in the order of their numbers, places in the keys."""
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
    return pack("facets", to_json(facets).encode())


def engine_file(module: bytes) -> Output:
    """The engine itself."""
    return pack("engine", module)


def entry_file(
    shards: Sequence[tuple[str, int]],
    indexes: Sequence[ShardIndex],
    *,
    sizes: tuple[int, int],
    subjects: Sequence[SearchSubject],
    words: SearchWords,
    digest: str,
) -> Output:
    """What the page reads first: shards, names, words, and a digest that keeps old and new files apart in caches.

    `shards` are their names and numbers of pieces; `sizes` the bytes of the index and the number of its words of plain
    letters.
    """
    letters = {letter for index in indexes for letter in index.han}
    entry = {
        "engine": VERSION,
        "digest": digest,
        "bits": term_bits(sizes[0]),
        "wordBits": word_bits(sizes[1]),
        "sizes": sizes,
        "shards": shards,
        "subjects": [
            [s.kind, s.id, subject_token(s.kind, s.id), s.page, s.name, s.language, list(s.names), list(s.weak)]
            for s in subjects
        ],
        "chance": sorted({pair for index in indexes for pair in index.chance}),
        "han": han_pairs(letters.union(*(letters_of((*subject.names, *subject.weak)) for subject in subjects))),
        "cased": words.cased,
        "endings": words.endings,
        "objects": words.objects,
        "ignored": words.ignored,
        "whole": words.whole,
        "inflections": _grouped(words.inflections),
    }
    return pack("entry", to_json(entry).encode())


def digest_after(digest: str, before: Iterable[Output], after: Iterable[Output]) -> str:
    """The digest of files when some of them change; a sum, so that the others need not be read for it."""
    total = int(digest, 16) - sum(map(_checksum, before)) + sum(map(_checksum, after))
    return f"{total % (1 << _DIGEST_BITS):0{_DIGEST_BITS // 4}x}"


def han_pairs(letters: Set[str]) -> str:
    """Pairs of Han letters, as a reader may write them and as the index has them, of these letters of the index."""
    return "".join(chr(one) + other for one, other in sorted(han_letters().items()) if other in letters)


def letters_of(names: Iterable[str]) -> frozenset[str]:
    """The letters of names as the index has them."""
    return frozenset(letter for name in names for letter in fold(name))


def pack(name: str, data: bytes) -> Output:
    """Data as a script."""
    # Level 6 saves 1.1 % more than this one and takes half as long again.
    deflate = zlib.compressobj(4, zlib.DEFLATED, -15)
    text = base64.b64encode(deflate.compress(data) + deflate.flush()).decode()
    return Output(f"{FOLDER}/{name}.js", f'pressmarkSearch({to_json(name)},"{text}")\n'.encode())


def name_of(file: Output) -> str:
    """The name by which the page asks for a file."""
    return file.path.removeprefix(f"{FOLDER}/").removesuffix(".js")


def unpack(file: Output) -> bytes:
    """The data of a script."""
    return zlib.decompress(base64.b64decode(file.data.split(b'"')[3]), -15)


def to_json(value: object) -> str:
    """JSON as it is published."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _chunks(index: ShardIndex, bits: int) -> Iterator[bytes]:
    """What each file has of a shard, as Pagefind reads it."""
    at = 0
    for number in range(1 << bits):
        start = at
        while at < len(index.groups) and index.groups[at][0] >> FINE_BITS - bits == number:
            at += 1
        parts = index.groups[start:at]
        head = cbor.array(1) + cbor.array(sum(count for _, count, _ in parts))
        yield head + b"".join([entries for _, _, entries in parts]) if parts else b""


def _checksum(file: Output) -> int:
    whole = hashlib.blake2b(file.path.encode() + b"\0", digest_size=_DIGEST_BITS // 8)
    whole.update(file.data)
    return int.from_bytes(whole.digest())


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

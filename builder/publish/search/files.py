"""The index spread over files, what results are counted by, and what the page reads first."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Final

from builder.model import Output, SearchRecord, SearchSubject
from builder.model.values import value
from builder.publish.search import cbor
from builder.publish.search.engine import VERSION
from builder.publish.search.postings import FINE_BITS
from builder.publish.search.scripts import digest_of, pack, to_json
from builder.publish.search.shards import ShardIndex
from builder.publish.search.terms import fold, subject_token
from builder.publish.search.words import SearchWords, han_letters

_WORDS: Final = 500
"""Words in a file, more or less, of those that a word half typed may become."""
_BUNDLE: Final = 16_384
"""Bytes of index in a file, before compression: a question loads a file for each of its words."""


@value(frozen=True, slots=True)
class PackFile:
    """The stage that makes a published file of a name and bytes; a stage, since a changed piece changes few files."""

    name: str = "search files"

    @property
    def fingerprint(self) -> str:
        """Nothing but what is packed."""
        return ""

    def __call__(self, item: tuple[str, bytes], /) -> tuple[Output, str]:
        """The file and its digest."""
        file = pack(*item)
        return file, digest_of((file,))

    def failed(self, item: tuple[str, bytes], trace: str, /) -> tuple[Output, str]:
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


def han_pairs(letters: Set[str]) -> str:
    """Pairs of Han letters, as a reader may write them and as the index has them, of these letters of the index."""
    return "".join(chr(one) + other for one, other in sorted(han_letters().items()) if other in letters)


def letters_of(names: Iterable[str]) -> frozenset[str]:
    """The letters of names as the index has them."""
    return frozenset(letter for name in names for letter in fold(name))


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


def _column(values: Sequence[Sequence[str]]) -> Mapping[str, object]:
    keys = sorted({key for piece in values for key in piece})
    number = {key: place for place, key in enumerate(keys)}
    return {"keys": keys, "of": [[number[key] for key in piece] for piece in values]}


def _grouped(pairs: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    groups: dict[str, list[str]] = {}
    for form, base in pairs:
        groups.setdefault(base, []).append(form)
    return {base: " ".join(forms) for base, forms in groups.items()}

"""The index of a standing site with new texts of some pieces: the files that change, as a whole build would write them.

What the index knew of a piece is learnt from the piece's own file; it is taken out of the files of just those words
that stand elsewhere in the new text, or no more. Nothing else of its shard is looked at.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeAlias

from builder.model import Output, SearchRecord
from builder.model.values import replace, value
from builder.publish.search.files import bundle_of, han_pairs, letters_of, term_bits, word_bits, word_number
from builder.publish.search.pieces import piece_file, record_in
from builder.publish.search.postings import FINE_BITS, group_of
from builder.publish.search.scripts import FOLDER, digest_after, name_of, pack, to_json, unpack
from builder.publish.search.shadow import PieceShadow, Shadow
from builder.publish.search.shards import in_order, is_latin
from builder.publish.search.splice import chunk_of, chunks_of, places_on, respelt, words_of
from builder.publish.search.terms import chance_token, fold, single_token
from builder.publish.search.words import search_words

_Words: TypeAlias = dict[str, dict[int, bytes | None]]
"""By word and page, where on the page it stands now; None where it does no more."""


def amend_index(
    records: Iterable[SearchRecord], pieces: Iterable[tuple[str, str | None]], *, out: Path
) -> tuple[Output, ...] | None:
    """The files of the search that change with the texts of these pieces; None where a whole build has to make them.

    `records` have the topics that the index knows. `pieces` are the ids and days of all that are searched; `out` holds
    the site as it was published last, with the same pieces, names and settings.
    """
    numbers = {key: number for number, (key, _) in enumerate(in_order(pieces, lambda piece: piece))}
    try:
        index = _Standing(out / FOLDER, len(numbers))
        exchanges = [index.exchange(record, numbers[record.id]) for record in records]
        return _amended(index, [each for each in exchanges if each]) if all(exchanges) else None
    except (OSError, ValueError, LookupError, TypeError, zlib.error):
        return None  # what stands there is not what this version writes


@value(frozen=True, slots=True)
class _Exchange:
    """One piece, as the index knows it and as it is to."""

    shard: int
    page: int
    former: PieceShadow
    later: PieceShadow
    file: Output


class _Standing:
    """The index as it was published; it raises what one may raise that is not of this version."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._files: dict[str, Output] = {}
        self.entry: dict[str, Any] = json.loads(unpack(self.file("entry")))
        self._ends = [*accumulate(size for _, size in self.entry["shards"])]
        if self._ends[-1] != count:
            raise ValueError("the index is of other pieces")
        leaders = [subject for subject in self.entry["subjects"] if subject[0] == "leader"]
        names = {leader[1]: tuple(sorted({fold(name) for name in leader[6]})) for leader in leaders}
        self._shadow = Shadow(names, search_words())

    def file(self, name: str) -> Output:
        """A file by its name, read once."""
        if name not in self._files:
            path = f"{FOLDER}/{name}.js"
            self._files[name] = Output(path, (self._folder / f"{name}.js").read_bytes())
        return self._files[name]

    def exchange(self, record: SearchRecord, number: int) -> _Exchange | None:
        """A piece with this number among all; None where not all is known of what the index has of it."""
        shard = bisect_right(self._ends, number)
        name, size = self.entry["shards"][shard]
        page = number - self._ends[shard] + size
        former = record_in(self.file(f"pieces/{name}/{page}"), record.id)
        if former is None or _filtered(former) != _filtered(replace(record, topics=())):
            return None
        shadows = self._shadow.of(former), self._shadow.of(record)
        return _Exchange(shard, page, *shadows, piece_file(name, page, record))


def _filtered(record: SearchRecord) -> SearchRecord:
    """A record without its words: by what results are counted and filtered, in files that stay as they are."""
    return replace(record, title="", passages=())


def _amended(index: _Standing, exchanges: Sequence[_Exchange]) -> tuple[Output, ...] | None:
    """The files that change; None where the words would have to be spread over more files, or fewer."""
    entry = index.entry
    changes, latin = _changes(exchanges, entry["bits"])
    terms = [_term_file(index, number, shards) for number, shards in changes.items()]
    words = [_word_file(index, number, counts) for number, counts in _by_file(latin, entry["wordBits"]).items()]
    size, count = entry["sizes"]
    size, count = size + sum(more for _, more in terms), count + sum(more for _, more in words)
    if (term_bits(size), word_bits(count)) != (entry["bits"], entry["wordBits"]):
        return None
    files = [*(each.file for each in exchanges), *(file for file, _ in (*terms, *words))]
    made = {name: file for file in files if file != index.file(name := name_of(file))}
    chance, han = _chance(index, exchanges, made), _han(index, exchanges, made)
    digest = digest_after(entry["digest"], map(index.file, made), made.values())
    later = {**entry, "digest": digest, "sizes": (size, count), "chance": chance, "han": han}
    return (*made.values(), pack("entry", to_json(later).encode())) if made else ()


def _changes(exchanges: Iterable[_Exchange], bits: int) -> tuple[dict[int, dict[int, _Words]], Counter[str]]:
    """By file and shard, what becomes of words; and by how many pieces more or less words of plain letters stand in."""
    changes: dict[int, dict[int, _Words]] = {}
    latin: Counter[str] = Counter()
    for each in exchanges:
        old, new = places_on(each.former.tokens), places_on(each.later.tokens)
        for word in old.keys() | new.keys():
            if old.get(word) == new.get(word):
                continue
            words = changes.setdefault(group_of(word) >> FINE_BITS - bits, {}).setdefault(each.shard, {})
            words.setdefault(word, {})[each.page] = new.get(word)
            if is_latin(word):
                latin[word] += (word in new) - (word in old)
    return changes, latin


def _term_file(index: _Standing, number: int, shards: Mapping[int, _Words]) -> tuple[Output, int]:
    """A file of the index with its words changed, and by how many bytes there are more of it."""
    name = f"terms/{number:03x}"
    chunks = [*chunks_of(unpack(index.file(name)))]
    more = 0
    for shard, changed in shards.items():
        words = words_of(chunks[shard])
        more -= sum(map(len, words.values()))
        words |= {word: respelt(word, words.get(word, b""), pages) for word, pages in changed.items()}
        entries = [words[word] for word in sorted(words, key=lambda word: (group_of(word), word)) if words[word]]
        more += sum(map(len, entries))
        chunks[shard] = chunk_of(entries)
    return pack(name, bundle_of(chunks)), more


def _by_file(latin: Counter[str], bits: int) -> dict[int, Counter[str]]:
    files: dict[int, Counter[str]] = {}
    for word, more in latin.items():
        files.setdefault(word_number(word, bits), Counter())[word] = more
    return files


def _word_file(index: _Standing, number: int, latin: Mapping[str, int]) -> tuple[Output, int]:
    """A file of words of plain letters with other counts, and how many words more it has."""
    name = f"words/{number:03x}"
    former = json.loads(unpack(index.file(name)))
    counts = {word: former.get(word, 0) + latin.get(word, 0) for word in sorted({*former, *latin})}
    counts = {word: count for word, count in counts.items() if count}
    return pack(name, to_json(counts).encode()), len(counts) - len(former)


def _chance(index: _Standing, exchanges: Sequence[_Exchange], made: Mapping[str, Output]) -> list[str]:
    """The pairs that some piece holds by chance only: it has a token for each."""
    come = {pair for each in exchanges for pair in each.later.chance}
    gone = {pair for each in exchanges for pair in each.former.chance} - come
    gone = {pair for pair in gone if not _stands(index, chance_token(pair), made)}
    return sorted({*index.entry["chance"], *come} - gone)


def _han(index: _Standing, exchanges: Sequence[_Exchange], made: Mapping[str, Output]) -> str:
    """The Han letters of the index and of names, each of which has a token of its own where it stands in a text."""
    come = {letter for each in exchanges for letter in each.later.han}
    gone = {letter for each in exchanges for letter in each.former.han} - come
    gone -= letters_of(name for subject in index.entry["subjects"] for name in (*subject[6], *subject[7]))
    gone = {letter for letter in gone if not _stands(index, single_token(letter), made)}
    return han_pairs({*index.entry["han"][1::2], *come} - gone)


def _stands(index: _Standing, word: str, made: Mapping[str, Output]) -> bool:
    """Whether any piece has a word."""
    name = f"terms/{group_of(word) >> FINE_BITS - index.entry['bits']:03x}"
    bundle = unpack(made.get(name) or index.file(name))
    return any(word in words_of(chunk) for chunk in chunks_of(bundle))

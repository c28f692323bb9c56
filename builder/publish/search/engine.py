"""Pagefind: its command makes the index of one shard, and what it wrote is read back."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, cast

from builder.publish.search import cbor
from builder.publish.search.terms import has_no_places

VERSION: Final = "1.5.2"
"""The version whose files are read here and whose WebAssembly the search page drives. Another one may write another
format, so it is refused: look through this module and templates/assets/search-engine.js before changing the number."""

# Unknown to Pagefind: no stemmer touches the tokens, and no segmenter.
_LANGUAGE: Final = "xx"
_MAGIC: Final = b"pagefind_dcd"
# The last word of a paragraph gets a full stop from Pagefind, which makes it a compound to be split at digits.
_SENTINEL: Final = "zend"
_INT: Final = rb"(?:[\x00-\x17]|\x18.|\x19..)"
_SPAN: Final = rb"|".join(bytes((0x81 + n,)) + rb"\x38\x18" + _INT + b"{%d}" % n for n in range(1, 23))
_SMALL: Final = tuple(cbor.head(0, number) for number in range(1024))
# A posting: page, then the weight that all words have and the places, then no words of metadata.
_POSTING: Final = re.compile(rb"\x83(%b)(%b)\x80" % (_INT, _SPAN), re.DOTALL)


class Word(NamedTuple):
    """A word of the index."""

    text: str
    pages: int
    """On how many pages it stands."""
    entry: bytes
    """As it stands in an index file of Pagefind's format."""


class EngineError(Exception):
    """Pagefind is not there, is another version, or did not do its work; the message says what to do."""


def index_words(pages: Sequence[str], scratch: Path) -> list[Word]:
    """Each word of the pages, sorted.

    A page is a row of tokens; its number is its place in `pages`. `scratch` is a folder for files that nobody needs
    afterwards. Pagefind numbers pages in the order in which the file system lists them, so that they are numbered
    anew here; the weight that says nothing goes, and so do empty fields.
    """
    with tempfile.TemporaryDirectory(dir=scratch, prefix="shadow") as folder:
        site, bundle = Path(folder, "site"), Path(folder, "bundle")
        site.mkdir()
        for number, tokens in enumerate(pages):
            place = f'<p data-pagefind-body data-pagefind-sort="n:{number}">'
            (site / f"{number}.html").write_text(f"<html><body>{place}{tokens} {_SENTINEL}</p></body></html>", "ascii")
        _run(site, bundle)
        numbers = _numbers(bundle, len(pages))
        return sorted(word for word in _words(bundle, numbers) if word.text != _SENTINEL)


def web_assembly(scratch: Path) -> bytes:
    """The engine that runs in the browser, uncompressed; Pagefind writes it beside every index."""
    with tempfile.TemporaryDirectory(dir=scratch, prefix="engine") as folder:
        site, bundle = Path(folder, "site"), Path(folder, "bundle")
        site.mkdir()
        (site / "0.html").write_text("<html><body><p data-pagefind-body>x</p></body></html>", "ascii")
        _run(site, bundle)
        module = _unpacked(bundle / "wasm.unknown.pagefind")
    if not module.startswith(b"\0asm"):
        raise EngineError(f"Pagefind {VERSION} came without its WebAssembly: install pagefind-bin=={VERSION} again")
    return module


def _run(site: Path, bundle: Path) -> None:
    # The program's other output (a note that the language has no stemmer) is of no interest to anybody here.
    places = ["--site", str(site), "--output-path", str(bundle)]
    command = [str(_executable()), *places, "--force-language", _LANGUAGE, "--silent"]
    try:
        run = subprocess.run(command, capture_output=True, check=False, cwd=site)
    except OSError as trouble:
        raise EngineError(f"Pagefind could not be started: {trouble.strerror or trouble}") from trouble
    if run.returncode:
        last = run.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise EngineError(f"Pagefind failed with exit code {run.returncode}: {' '.join(last)}")
    version = json.loads((bundle / "pagefind-entry.json").read_bytes())["version"]
    if version != VERSION:
        raise EngineError(
            f"Pagefind is version {version}, and the search needs {VERSION}: pip install pagefind-bin=={VERSION}"
        )


def _executable() -> Path:
    try:
        # Only a build with search needs it; the package ships no types.
        from pagefind_bin import get_executable  # type: ignore[import-untyped]  # noqa: PLC0415

        return Path(get_executable())
    except (ImportError, FileNotFoundError) as missing:
        raise EngineError(f"Pagefind is not installed: pip install pagefind-bin=={VERSION}") from missing


def _unpacked(path: Path) -> bytes:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_MAGIC):
        raise EngineError(f"Pagefind {VERSION} wrote {path.name} in a form that is not its own")
    return data[len(_MAGIC) :]


def _numbers(bundle: Path, count: int) -> list[int]:
    """For each of Pagefind's page numbers, ours."""
    (path,) = bundle.glob("*.pf_meta")
    meta, _ = cbor.decode(_unpacked(path))
    ((_, order),) = cast("list[tuple[str, list[int]]]", cast("list[object]", meta)[4])
    if sorted(order) != list(range(count)):
        raise EngineError(f"Pagefind indexed {len(order)} of {count} pieces")
    numbers = [0] * count
    for ours, theirs in enumerate(order):
        numbers[theirs] = ours
    return numbers


def _words(bundle: Path, numbers: Sequence[int]) -> Iterator[Word]:
    for path in sorted((bundle / "index").glob("*.pf_index")):
        data = _unpacked(path)
        count, at = _length(data, 1)
        for _ in range(count):
            word, at = cast("tuple[str, int]", cbor.decode(data, at + 1))
            postings, at = _postings(data, at, numbers)
            if has_no_places(word):
                postings = [(page, b"\x80") for page, _ in postings]
            yield Word(word, len(postings), cbor.array(2) + cbor.text(word) + _packed(postings))
            at += 1  # the empty list of the word's other spellings


def _length(data: bytes, at: int) -> tuple[int, int]:
    value = data[at] & 31
    width = {24: 1, 25: 2, 26: 4}.get(value, 0)
    return (int.from_bytes(data[at + 1 : at + 1 + width], "big") if width else value), at + 1 + width


def _postings(data: bytes, at: int, numbers: Sequence[int]) -> tuple[list[tuple[int, bytes]], int]:
    """Our page numbers, sorted, each with its packed places; and where the next item begins."""
    count, at = _length(data, at)
    found = []
    theirs = 0
    for _ in range(count):
        if match := _POSTING.match(data, at):
            page, span = match.groups()
            theirs += page[0] if len(page) == 1 else int.from_bytes(page[1:], "big")
            found.append((numbers[theirs], bytes((span[0] - 1,)) + span[3:]))
            at = match.end()
        else:
            item, at = cbor.decode(data, at)
            delta, places, _ = cast("tuple[int, list[int], object]", item)
            theirs += delta
            plain = [cbor.head(0, place) for place in places[1:]]
            found.append((numbers[theirs], cbor.array(len(plain)) + b"".join(plain)))
    return sorted(found), at


def _packed(postings: list[tuple[int, bytes]]) -> bytes:
    parts = [cbor.array(len(postings))]
    last = 0
    for page, places in postings:
        parts.append(b"\x82" + _SMALL[page - last] + places)
        last = page
    return b"".join(parts)

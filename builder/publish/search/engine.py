"""Pagefind: its command gives the engine for the browser, and says in which form that engine reads an index."""

from __future__ import annotations

import gzip
import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

from builder.publish.search import cbor
from builder.publish.search.postings import Word, index_words
from builder.publish.search.terms import has_no_places

VERSION: Final = "1.5.2"
"""The version whose files are read here and whose WebAssembly the search page drives. Another one may write another
format, so it is refused: look through this module and templates/assets/search-engine.js before changing the number."""

# Unknown to Pagefind: no stemmer touches the tokens, and no segmenter.
_LANGUAGE: Final = "xx"
_MAGIC: Final = b"pagefind_dcd"
# The last word of a paragraph gets a full stop from Pagefind, which makes it a compound to be split at digits.
_SENTINEL: Final = "zend"
_HEAVY: Final = -25
"""What stands before the places of words that all have the same weight."""
_SAMPLE: Final = tuple(
    [*("common", f"only{number:04d}", "common", "z00314", "z4e003"), *["often"] * (300 if number == 40 else number % 3)]
    for number in range(60)
)
"""Pages that need each length of number, of list and of text."""


class EngineError(Exception):
    """Pagefind is not there, is another version, or did not do its work; the message says what to do."""


def web_assembly(scratch: Path) -> bytes:
    """The engine that runs in the browser, uncompressed; Pagefind writes it beside every index.

    `scratch` is a folder for files that nobody needs afterwards. The index beside it must be what `postings` makes of
    the same pages, so that an engine of another format is never handed an index that it would misread.
    """
    with tempfile.TemporaryDirectory(dir=scratch, prefix="engine") as folder:
        bundle = _bundle(_SAMPLE, Path(folder))
        module = _unpacked(bundle / "wasm.unknown.pagefind")
        if not module.startswith(b"\0asm"):
            raise EngineError(f"Pagefind {VERSION} came without its WebAssembly: install pagefind-bin=={VERSION} again")
        if _words(bundle, len(_SAMPLE)) != index_words(_SAMPLE):
            raise EngineError(f"Pagefind writes an index in a form that is not that of Pagefind {VERSION}")
    return module


def command_words(pages: Sequence[Sequence[str]], scratch: Path) -> list[Word]:
    """What the command makes of pages of tokens, in the form in which `postings` makes it: what it is held to.

    Pagefind numbers pages in the order in which the file system lists them, so that they are numbered anew here; the
    weight that says nothing goes, and so do empty fields and places of words that need none.
    """
    with tempfile.TemporaryDirectory(dir=scratch, prefix="shadow") as folder:
        return _words(_bundle(pages, Path(folder)), len(pages))


def _bundle(pages: Sequence[Sequence[str]], folder: Path) -> Path:
    site, bundle = folder / "site", folder / "bundle"
    site.mkdir()
    for number, tokens in enumerate(pages):
        place = f'<p data-pagefind-body data-pagefind-sort="n:{number}">'
        text = " ".join((*tokens, _SENTINEL))
        (site / f"{number}.html").write_text(f"<html><body>{place}{text}</p></body></html>", "ascii")
    _run(site, bundle)
    return bundle


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


def _words(bundle: Path, count: int) -> list[Word]:
    numbers = _numbers(bundle, count)
    return sorted(word for word in _read(bundle, numbers) if word.text != _SENTINEL)


def _read(bundle: Path, numbers: Sequence[int]) -> Iterator[Word]:
    for path in (bundle / "index").glob("*.pf_index"):
        file, _ = cbor.decode(_unpacked(path))
        ((*words,),) = cast("list[list[list[object]]]", file)
        for item in words:
            text, postings, _ = cast("tuple[str, list[tuple[int, list[int], object]], object]", item)
            pages: dict[int, list[int]] = {}
            theirs = 0
            for distance, (weight, *places), _ in postings:
                if weight != _HEAVY:
                    raise EngineError(f"Pagefind {VERSION} gave {text} a weight of its own")
                theirs += distance
                pages[numbers[theirs]] = [] if has_no_places(text) else places
            yield Word(text, len(pages), cbor.array(2) + cbor.text(text) + _packed(pages))


def _packed(pages: Mapping[int, list[int]]) -> bytes:
    parts = [cbor.array(len(pages))]
    last = 0
    for page, places in sorted(pages.items()):
        numbers = [cbor.head(0, place) for place in places]
        parts += (cbor.array(2), cbor.head(0, page - last), cbor.array(len(places)), *numbers)
        last = page
    return b"".join(parts)

"""What is not to be published is nowhere in the output: not in a page, list, count, feed, file of data or the search.

Each field of each piece holds a word that stands nowhere else. The archive is built openly first, so that a word which
the test could not find later is known to be found when it is there; then the archivist closes pieces and builds again
over the same output.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli.commands import main

HIDDEN = ("private", "draft")
PIECES = ("open", *HIDDEN, "excerpt", "local")
FIELDS = ("title", "author", "source", "address", "tag", "summary", "first", "beyond", "quote", "teaser", "banner")
MORE = ("again", "person", "subject", "stranger")
"""Words of a later capture, names of authorities that one piece alone mentions, and a weak name that stays nobody's."""
BEYOND = ("beyond", "quote", "teaser", "banner", "again")
"""What of an excerpt is not published."""
PACKED = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}")

PAGE = """<html lang="en"><head><title>{title} talks in the harbour town</title>
<meta name="author" content="{author} Berg"><meta property="og:site_name" content="{source} Herald">
<meta property="article:published_time" content="2024-{month:02d}-11T09:00:00+09:00">
<link rel="canonical" href="https://herald.example/news/{address}"></head><body>
<p class="cookie-banner">We use cookies to improve your experience on {banner}. Accept all cookies</p>
<article><h1>{title} talks in the harbour town</h1>
<p>{first} delegations came to the harbour town, where Xi Jinping and Vladimir Putin met for two hours on Monday.
They spoke about the old breakwater, the price of grain, the ferries that no longer run, and the winter that all the
forecasters expect to be long; officials of both sides called the meeting useful.</p>
<p>A band played on the quay while the cars waited, and schoolchildren waved small paper flags until it rained. Nobody
could say afterwards which anthem had been first, since the wind carried most of the music out to sea.</p>
<p>Xi Jinping said, "The {quote} breakwater will be mended before the herring come back to this coast."</p>
<p>{person} Marlow, who keeps the light, spoke for the {subject} quota, and Kim {stranger} agreed with a nod.
The {beyond} ferries will run again in spring.</p>
<p>#{tag}</p></article>
<section class="related"><h2>Related articles</h2><ul><li><a href="/x">{teaser} boats return from the north</a></li>
<li><a href="/y">{teaser} nets dry on the mole again</a></li></ul></section></body></html>
"""


@dataclass(frozen=True)
class Archive:
    """The same archive three times over: its output by path when all was open, when pieces were closed, and built
    from a folder that never held the private piece and the draft."""

    ids: Mapping[str, str]
    opened: Mapping[str, bytes]
    closed: Mapping[str, bytes]
    without: Mapping[str, bytes]


def word(piece: str, field: str) -> str:
    return f"qx{piece}{field}z"


def build(site: Path) -> dict[str, bytes]:
    done = CliRunner().invoke(main, ["build", "--site", str(site), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    out = site / "_site"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def capture(piece: str) -> str:
    words = {field: word(piece, field).capitalize() for field in (*FIELDS, *MORE)}
    return PAGE.format_map({**words, "month": 1 + PIECES.index(piece)})


def put(site: Path, name: str, text: str) -> None:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def say(site: Path, piece: str, line: str) -> None:
    """Type a line into the front matter of a piece."""
    path = article_of(site, piece)
    path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{line}\n", 1), "utf-8")


def article_of(site: Path, piece: str) -> Path:
    (found,) = [path for path in (site / "content/articles").iterdir() if word(piece, "title") in path.name]
    return found


def forget(site: Path, piece: str) -> None:
    article = article_of(site, piece)
    article.unlink()
    (site / "content/ledger" / f"{article.stem}.json").unlink()
    for path in (site / "content/captures").glob(f"{piece}*"):
        path.unlink()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    site = tmp_path_factory.mktemp("access")
    put(site, "site.yaml", "title: X\nurl: https://shelf.example/\n")
    for kind, field, name in (("leaders", "person", "{} Marlow"), ("topics", "subject", "{} quota")):
        records = [{"id": word(p, field), "names": {"en": name.format(word(p, field).capitalize())}} for p in PIECES]
        put(site, f"content/{kind}.yaml", json.dumps(records))
    for piece in PIECES:
        put(site, f"content/captures/{piece}.html", capture(piece))
    build(site)
    for piece in PIECES:
        say(site, piece, f"summary: {word(piece, 'summary')} and what came of it")
        later = capture(piece).replace("will run again in spring", f"stay in port, {word(piece, 'again')} says")
        put(site, f"content/captures/{piece}-later.html", later)
    opened = build(site)
    for piece, line in (
        ("private", "access: private"),
        ("draft", "draft: true"),
        ("excerpt", "access: excerpt"),
        ("local", "provenance: local"),
    ):
        say(site, piece, line)
    ids = {piece: article_of(site, piece).stem for piece in PIECES}
    closed = build(site)
    never = tmp_path_factory.mktemp("never") / "site"
    shutil.copytree(site, never, ignore=shutil.ignore_patterns("_site", ".pressmark"))
    for piece in HIDDEN:
        forget(never, piece)
    return Archive(ids, opened, closed, build(never))


def texts(data: bytes) -> Iterator[bytes]:
    """A file as it is, and whatever is packed in it, in small letters."""
    yield data.lower()
    for found in PACKED.findall(data):
        try:
            packed = base64.b64decode(found + b"=" * (-len(found) % 4))
        except ValueError:
            continue
        yield packed.lower()
        for bits in (-15, 15, 31):
            try:
                yield zlib.decompress(packed, bits).lower()
            except zlib.error:
                continue


def places(output: Mapping[str, bytes], *words: str) -> list[str]:
    """The files of an output that hold one of the words, in their names too."""
    wanted = [one.encode() for one in words]
    return [
        path
        for path, data in output.items()
        if any(one in text for text in (path.encode(), *texts(data)) for one in wanted)
    ]


@pytest.mark.parametrize("field", [*FIELDS, *MORE])
@pytest.mark.parametrize("piece", HIDDEN)
def test_a_word_of_a_private_piece_or_a_draft_is_nowhere(archive: Archive, piece: str, field: str) -> None:
    assert places(archive.opened, word(piece, field)) != []
    assert places(archive.closed, word(piece, field)) == []


@pytest.mark.parametrize("piece", HIDDEN)
def test_a_private_piece_is_not_even_an_address(archive: Archive, piece: str) -> None:
    assert {f"articles/{archive.ids[piece]}.html", "sitemap.xml", "feed.xml", "data/manifest-sha256.txt"} <= set(
        places(archive.opened, archive.ids[piece])
    )
    assert places(archive.closed, archive.ids[piece], archive.ids[piece].rpartition("-")[2]) == []


def test_no_byte_tells_that_there_are_hidden_pieces(archive: Archive) -> None:
    """Counts, orders, neighbours, matrix, near-doubles through a hidden third: all are as if it had never been."""
    assert [path for path in archive.closed if archive.closed[path] != archive.without.get(path)] == []
    assert set(archive.closed) == set(archive.without)


@pytest.mark.parametrize("field", BEYOND)
def test_an_excerpts_words_beyond_the_excerpt_are_nowhere(archive: Archive, field: str) -> None:
    assert places(archive.opened, word("excerpt", field)) != []
    assert places(archive.closed, word("excerpt", field)) == []


def test_an_excerpt_is_found_by_what_it_shows_and_whom_it_names(archive: Archive) -> None:
    page = f"articles/{archive.ids['excerpt']}.html"
    for field in ("title", "author", "source", "tag", "summary", "first"):
        assert page in places(archive.closed, word("excerpt", field))
    for field in ("title", "first"):
        assert any(path.startswith("search/") for path in places(archive.closed, word("excerpt", field)))
    assert archive.ids["excerpt"].encode() in archive.closed[f"leaders/{word('excerpt', 'person')}.html"]
    assert b"Only the beginning is shown here" in archive.closed[page]
    assert f"https://herald.example/news/{word('excerpt', 'address').capitalize()}".encode() in archive.closed[page]


def test_local_provenance_is_neither_a_page_nor_a_link(archive: Archive) -> None:
    local, shown = archive.ids["local"], archive.ids["open"]
    assert f"provenance/{local}.html" in archive.opened
    assert places(archive.closed, f"provenance/{local}") == []
    assert places(archive.closed, word("local", "banner")) == []
    assert b"provenance/" not in archive.closed[f"articles/{local}.html"]
    assert word("local", "beyond").capitalize().encode() in archive.closed[f"articles/{local}.html"]
    assert f"provenance/{shown}.html" in places(archive.closed, word("open", "banner"))


def test_the_words_of_a_piece_that_is_open_are_found_in_the_search(archive: Archive) -> None:
    """So that the silence about the others means something."""
    for field in ("title", "first", "beyond"):
        assert any(path.startswith("search/terms") for path in places(archive.closed, word("open", field))), field


@pytest.mark.parametrize(
    ("line", "front", "pages"),
    [
        ("access: private", "", []),
        ("access: private", "access: full\n", ["articles", "provenance"]),
        ("access: excerpt", "", ["articles"]),
        ("provenance: local", "", ["articles"]),
        ("provenance: local", "provenance: public\n", ["articles", "provenance"]),
    ],
)
def test_site_yaml_says_what_holds_where_an_article_does_not(
    tmp_path: Path, line: str, front: str, pages: list[str]
) -> None:
    put(tmp_path, "site.yaml", f"title: X\n{line}\n")
    put(tmp_path, "content/captures/open.html", capture("open"))
    arguments = ["build", "--site", str(tmp_path), "--jobs", "1", "--no-search"]
    invoke: Callable[..., object] = CliRunner().invoke
    invoke(main, arguments)
    if front:
        say(tmp_path, "open", front.strip())
        invoke(main, arguments)
    found = {path.parent.name for path in (tmp_path / "_site").rglob("*.html") if word("open", "title") in path.name}
    assert sorted(found) == pages
    manifest = (tmp_path / "_site/data/manifest-sha256.txt").read_text("utf-8")
    assert (word("open", "title") in manifest) == bool(pages)

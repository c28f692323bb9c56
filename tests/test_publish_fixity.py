"""The manifest lists what is published and what it was made from, and finds whatever is altered afterwards."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from builder.audit import Audit, audit
from builder.build import build
from builder.cache import NoCache
from builder.model import Output
from builder.parallel import InlineExecutor
from builder.publish.manifest import MANIFEST, entries, fixity
from builder.publish.site import publish
from builder.report import Options, Report

DUMP = "{title}\n\nThe two ministers met in the harbour town and agreed to open a second ferry line in spring.\n"
ARTICLE = "---\nid: {id}\ntitle: A note on ferries\nlanguage: en\n{more}---\n\nThe ferries are white.\n"


def built(site: Path) -> Report:
    return build(Options(site, site / "_site", search=False), executor=InlineExecutor(), cache=NoCache(), say=print)


def audited(site: Path) -> Audit:
    return audit(site, executor=InlineExecutor(), say=print, out=site / "_site")


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a capture, an article by hand, a draft and a private piece, built."""
    site = tmp_path_factory.mktemp("published")
    put(site / "site.yaml", "title: Ferries\n")
    put(site / "content/captures/ferry line.txt", DUMP.format(title="Ministers open a ferry line"))
    put(site / "content/captures/secret-plan.txt", DUMP.format(title="A plan that stays at home"))
    put(site / "content/articles/by-hand.md", ARTICLE.format(id="by-hand", more=""))
    put(site / "content/articles/unready.md", ARTICLE.format(id="unready", more="draft: true\n"))
    built(site)
    plan = next(path for path in (site / "content/articles").iterdir() if "plan" in path.name)
    put(plan, plan.read_text("utf-8").replace("---\n", "---\naccess: private\n", 1))
    assert built(site).published
    return site


@pytest.fixture
def site(published: Path, tmp_path: Path) -> Path:
    """A copy of it to be altered."""
    return shutil.copytree(published, tmp_path / "site")


def test_the_manifest_lists_pages_articles_and_captures_with_their_digests(site: Path) -> None:
    listed = entries(site / "_site")
    sources = {path: digest for path, digest in listed.items() if path.startswith("content/")}
    assert [path for path in sources if "ministers" not in path] == [
        "content/articles/by-hand.md",
        "content/captures/ferry line.txt",
    ]
    assert len(sources) == 3
    for path, digest in listed.items():
        file = (site if path in sources else site / "_site") / path
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest


def test_of_hidden_pieces_not_even_a_file_name_is_published(site: Path) -> None:
    text = (site / "_site" / MANIFEST).read_text("utf-8")
    assert "plan" not in text
    assert "unready" not in text


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_a_stranger_proves_a_downloaded_site_with_the_systems_own_tool(site: Path) -> None:
    command = ["sha256sum", "--check", "--quiet", "--ignore-missing", MANIFEST]
    assert subprocess.run(command, cwd=site / "_site", check=False).returncode == 0
    (site / "_site/index.html").write_text("another")
    assert subprocess.run(command, cwd=site / "_site", check=False).returncode == 1


def test_the_digest_of_the_build_is_made_anew_from_the_files_alone(site: Path) -> None:
    report = built(site)
    found = fixity(site / "_site")
    assert found is not None
    assert (found.digest, found.whole) == (report.digest, True)
    (site / "_site/CNAME").write_text("mine")
    assert fixity(site / "_site") == found
    page = site / "_site/about.html"
    page.write_text("damaged")
    damaged = fixity(site / "_site")
    assert damaged is not None
    assert (damaged.digest != report.digest, damaged.changed, damaged.missing) == (True, ("about.html",), ())
    page.unlink()
    page.symlink_to("index.html")
    gone = fixity(site / "_site")
    assert gone is not None
    assert (gone.whole, gone.missing, gone.proved) == (False, ("about.html",), found.proved - 1)


def test_where_nothing_was_published_nothing_is_proved(tmp_path: Path) -> None:
    assert fixity(tmp_path) is None


def test_audit_proves_what_is_published(site: Path) -> None:
    report = audited(site)
    assert report.held is not None
    assert (report.problems, report.held.sources) == ((), 3)
    assert (report.held.changed, report.held.missing, report.held.new) == ((), (), ())


def test_audit_says_what_changed_what_is_missing_and_what_is_new(site: Path) -> None:
    put(site / "content/articles/by-hand.md", ARTICLE.format(id="by-hand", more="authors: [Me]\n"))
    next((site / "content/articles").glob("ministers*")).unlink()
    put(site / "content/articles/later.md", ARTICLE.format(id="later", more=""))
    put(site / "content/articles/later-still.md", ARTICLE.format(id="later-still", more="draft: true\n"))
    (site / "_site/about.html").write_text("damaged")
    (site / "_site/index.html").unlink()
    report = audited(site)
    assert report.held is not None
    assert report.held.changed == ("content/articles/by-hand.md",)
    assert [path.partition("-")[0] for path in report.held.missing] == ["content/articles/ministers"]
    assert report.held.new == ("content/articles/later.md",)
    named = [(problem.severity, Path(problem.place.path).name) for problem in report.problems]
    assert {("error", "about.html"), ("error", "index.html")} <= set(named)
    assert sum(severity == "error" for severity, _ in named) == 2


def test_addresses_of_sources_are_kept_free(tmp_path: Path) -> None:
    report = publish([Output("content/x.html", b"x")], tmp_path / "_site")
    assert [problem.severity for problem in report.problems] == ["error"]


def test_a_file_of_others_is_not_ours_because_a_source_has_its_name(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    publish([Output("index.html", b"x")], out, sources={"content/captures/a.txt": "0" * 64})
    put(out / "content/captures/a.txt", "mine")
    publish([Output("index.html", b"y")], out)
    assert (out / "content/captures/a.txt").read_text() == "mine"

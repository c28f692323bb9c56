"""A designer's site from end to end: its look in site.yaml, a block of its own, and a mistake that costs nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

ARTICLE = "---\nid: talks-2a3b4c5d\ntitle: Talks\nlanguage: en\n---\n\nThey talked.\n"
SETTINGS = 'title: Fish\nlook:\n  accent: "#7a1f2b"\n  text: old-style\n  logo: content/mark.svg\n'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()"><path d="M0 0h9v9z"/></svg>'
OWN = '{% extends "shipped/article.html" %}{% block notes %}<p>Ask at the desk.</p>{{ super() }}{% endblock %}'


def test_a_site_looks_as_its_designer_wants_and_a_broken_template_leaves_it_standing(
    tmp_path: Path, pressmark_here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "articles" / "talks.md").write_text(ARTICLE, "utf-8")
    (tmp_path / "content" / "mark.svg").write_text(DRAWING, "utf-8")
    (tmp_path / "site.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / "article.html"
    own.write_text(OWN, "utf-8")
    built = pressmark_here("build", "--jobs", "1", "--site", tmp_path, "--no-search")
    assert built.returncode == 0, built.stdout + built.stderr
    page = (tmp_path / "_site" / "articles" / "talks-2a3b4c5d.html").read_text("utf-8")
    assert "<p>Ask at the desk.</p>" in page
    assert "They talked." in page
    assert 'src="../assets/logo.svg" width="9" height="9" alt=""' in page
    style = (tmp_path / "_site" / "assets" / "site.css").read_text("utf-8")
    assert "--cloth: light-dark(#7a1f2b, " in style
    assert "Palatino" in style
    assert "onload" not in (tmp_path / "_site" / "assets" / "logo.svg").read_text("utf-8")
    assert "#7a1f2b" in (tmp_path / "_site" / "404.html").read_text("utf-8")

    own.write_text(OWN.replace("{{ super() }}", "\n{{ view.titel }}"), "utf-8")
    failed = pressmark_here("build", "--jobs", "1", "--site", tmp_path, "--no-search")
    assert failed.returncode == 1
    said = failed.stdout + failed.stderr
    assert "templates/article.html:2:1: error: cannot make articles/talks-2a3b4c5d.html" in said
    assert 'did you mean "title"?' in said
    assert (tmp_path / "_site" / "articles" / "talks-2a3b4c5d.html").read_text("utf-8") == page

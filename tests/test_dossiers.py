"""Dossiers: the archivist's own studies, and the pieces and passages they link."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_library import article, library, pages, settings

from builder.model import Dossier, passage_id
from builder.read.content import parse_dossier, read_dossiers
from builder.read.templates import read_templates
from builder.render.dossiers import check_dossiers
from builder.render.environment import render
from builder.render.pages import plan
from builder.render.piece_links import wanted
from builder.render.views.articles import ArticleView
from builder.render.views.site import DossierView, HomeView

FIRST = article("first-2a3b4c5d", title="First", published="2023-10-18", body="They met.\n\nThey ate fish.")
SECOND = article("second-6e7f2a3b", title="둘째", published="2024-05-27", language="ko")
FISH = passage_id("They ate fish.")


def dossier(body: str, *, name: str = "fish", language: str = "en") -> Dossier:
    path = f"content/dossiers/{name}.md"
    return Dossier(path, name, "On fish", language, "What they ate.", body, body_line=5)


def said(body: str, *articles: object) -> list[str]:
    found = check_dossiers([dossier(body)], articles or (FIRST, SECOND))  # type: ignore[arg-type]
    return [str(problem) for problem in found]


def shown(body: str, *articles: object, language: str = "en") -> str:
    held = list(articles or (FIRST, SECOND))
    study = dossier(body, language=language)
    planned = plan(settings(), library(held), articles=held, provenances={}, dossiers=[study])  # type: ignore[arg-type]
    (page,) = [page for page in planned if page.path == "dossiers/fish.html"]
    return render(page, read_templates(Path("/nonexistent"))).data.decode()


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("[[first-2a3b4c5d]]", '<a href="../articles/first-2a3b4c5d.html" class="piece">First</a>'),
        ("[[second-6e7f2a3b]]", '<a href="../articles/second-6e7f2a3b.html" class="piece" lang="ko">둘째</a>'),
        ("[[first-2a3b4c5d|a *meal*]]", '<a href="../articles/first-2a3b4c5d.html" class="piece">a *meal*</a>'),
        (f"[[first-2a3b4c5d#{FISH}]]", f'<a href="../articles/first-2a3b4c5d.html#{FISH}" class="piece">First</a>'),
        (
            f"[[ first-2a3b4c5d#{FISH} |the\nfish]]",
            f'<a href="../articles/first-2a3b4c5d.html#{FISH}" class="piece">the fish</a>',
        ),
        ("`[[first-2a3b4c5d]]`", "<code>[[first-2a3b4c5d]]</code>"),
        ("[[1]](https://a.example/)", '<a href="https://a.example/">[1]</a>'),
        ("[[unclosed", "[[unclosed"),
    ],
)
def test_links_lead_to_pieces_and_passages(written: str, link: str) -> None:
    assert f"<p>See {link}.</p>" in shown(f"See {written}.")


def test_a_link_to_nowhere_names_its_place_and_the_nearest_id() -> None:
    assert said("See [[first-2a3b4c5d]].\n\n- In *[[frist-2a3b4c5d|it]]*\n- [[4x]], `[[no link]]`") == [
        'content/dossiers/fish.md:7:9: error: no article has the id "frist-2a3b4c5d" (did you mean "first-2a3b4c5d"?)',
        'content/dossiers/fish.md:8:5: error: no article has the id "4x"'
        " (the id stands first in the article's front matter)",
    ]
    assert said("[[6e7f2a3b]]") == [
        'content/dossiers/fish.md:5:3: error: no article has the id "6e7f2a3b" (did you mean "second-6e7f2a3b"?)'
    ]


def test_a_passage_that_is_not_there_is_an_error() -> None:
    assert said(f"[[first-2a3b4c5d#{FISH}]]") == []
    (wrong,) = said(f"> twice: [[first-2a3b4c5d]],\n> [[first-2a3b4c5d#{FISH[:-1]}]]")
    assert wrong.startswith(
        f'content/dossiers/fish.md:6:5: error: "first-2a3b4c5d" has no passage "{FISH[:-1]}" (did you mean "{FISH}"?)'
    )


@pytest.mark.parametrize("change", [{"access": "private"}, {"draft": True}])
def test_a_hidden_piece_is_warned_of_and_never_shown(change: dict[str, object]) -> None:
    hidden = replace(SECOND, title="Unspeakable", **change)  # type: ignore[arg-type]
    body = "See [[second-6e7f2a3b]] and [[second-6e7f2a3b|that one]] and [[first-2a3b4c5d]]."
    problems = said(body, FIRST, hidden)
    assert len(problems) == 2
    assert all("warning" in problem for problem in problems)
    text = shown(body, FIRST, hidden)
    assert "See a piece that is not published and that one and" in text
    assert "nspeakable" not in text
    assert hidden.id not in text


def test_the_part_of_an_excerpt_that_is_not_shown_is_no_target() -> None:
    body = "Opening passage. " * 20 + "\n\n" + "Later passage."
    excerpt = replace(FIRST, access="excerpt", body=body)
    link = f"[[first-2a3b4c5d#{passage_id('Later passage.')}|later]]"
    (problem,) = said(link, excerpt)
    assert "is not in the published excerpt" in problem
    assert '<a href="../articles/first-2a3b4c5d.html" class="piece">later</a>' in shown(link, excerpt)


def test_each_linked_piece_and_the_front_page_name_the_dossier() -> None:
    study = dossier("[[first-2a3b4c5d]] and [[first-2a3b4c5d|again]]")
    planned = {
        page.path: page
        for page in plan(
            settings(), library([FIRST, SECOND]), articles=[FIRST, SECOND], provenances={}, dossiers=[study]
        )
    }
    view = planned["dossiers/fish.html"].view
    assert isinstance(view, DossierView)
    assert [row.id for row in view.pieces] == [FIRST.id]
    one, other = (planned[f"articles/{piece.id}.html"].view for piece in (FIRST, SECOND))
    assert isinstance(one, ArticleView)
    assert isinstance(other, ArticleView)
    assert [link.page for link in one.dossiers] == ["dossiers/fish.html"]
    assert other.dossiers == ()
    home = planned["index.html"].view
    assert isinstance(home, HomeView)
    assert [(card.title, card.pieces, card.first) for card in home.dossiers] == [("On fish", 1, "2023-10-18")]
    assert "https://fish.example/archive/dossiers/fish.html" in repr(planned["sitemap.xml"].view)
    templates = read_templates(Path("/nonexistent"))
    for path, lead in (("articles/first-2a3b4c5d.html", "../"), ("index.html", ""), ("about.html", "")):
        text = render(planned[path], templates).data.decode()
        assert f'href="{lead}dossiers/index.html"' in text
        assert (f'href="{lead}dossiers/fish.html"' in text) is (path != "about.html")


def test_an_archive_without_dossiers_speaks_of_none() -> None:
    planned = pages([FIRST])
    assert [path for path in planned if path.startswith("dossiers/")] == []
    text = render(planned["index.html"], read_templates(Path("/nonexistent"))).data.decode()
    assert "ossiers" not in text


def test_strangers_titles_stay_in_their_links() -> None:
    hostile = replace(FIRST, title='"><script>alert(1)</script> ]](x)')
    text = shown("See [[first-2a3b4c5d]].", hostile)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ]](x)</a>." in text


def test_front_matter_is_read_and_mistakes_have_places(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "dossiers"
    (folder / "deeper").mkdir(parents=True)
    (folder / "tables.md").write_text("---\ntitle: Tables\nlanguage: ko\nsummary: Who sat.\n---\nText [[x]]\n", "utf-8")
    (folder / "bare.md").write_text("Only text\n", "utf-8")
    (folder / "index.md").write_text("x", "utf-8")
    (folder / "wrong.md").write_text("---\ntitel: X\n---\n", "utf-8")
    (folder / "deeper" / "lost.md").write_text("x", "utf-8")
    found, problems = read_dossiers(tmp_path, settings())
    assert [(one.name, one.title, one.language, one.summary, one.body_line) for one in found] == [
        ("bare", "Bare", "en", "", 1),
        ("tables", "Tables", "ko", "Who sat.", 6),
    ]
    assert sorted(str(problem).partition(" (")[0] for problem in problems) == [
        "content/dossiers/deeper/lost.md:1:1: warning: is not published",
        "content/dossiers/index.md:1:1: error: dossiers/index.html lists all dossiers",
        'content/dossiers/wrong.md:2:1: error: "title" is missing',
        'content/dossiers/wrong.md:2:1: error: unknown field "titel"',
    ]


def test_places_count_in_the_file_whatever_its_line_ends() -> None:
    found, problems = parse_dossier("d.md", b"\xef\xbb\xbf---\r\ntitle: X\r\n---\r\nA\r\n\r\n[[y]]\r\n", settings())
    assert problems == ()
    assert found is not None
    (link,) = wanted(found.body)
    assert (found.body_line + link.line, link.column + 1) == (6, 3)

"""A standing page with another text in it is, byte for byte, the page that its templates make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from builder.annotate.article import annotate
from builder.build import build
from builder.cache import open_cache
from builder.memory import Piece, Recalled, library_of, recall
from builder.model import Article, Facts, Output
from builder.parallel import InlineExecutor
from builder.redraw import redrawn
from builder.remembering import keep
from builder.render.sayings import saying_of
from builder.render.standing import Retelling, Retold
from builder.report import Options

FRONT = """---
id: {name}
title: '"wordCount": 12, of </article> &amp; 12 words'
language: {language}
published: 2025-09-01
tags: ["<dd>12 words</dd>"]
source: {{name: '<div class="body">', url: 'https://example.org/a'}}
---

{text}
"""
TEXT = "Xi Jinping and Prime Minister Ishiba Shigeru met in Busan on Monday."
TEXTS = {
    "plain": "Nobody came.",
    "person-linked": "On Monday Xi Jinping came, and so did 이재명 대통령.",
    "person-unlinked": "Nobody came but a [visitor](https://example.org/xi).",
    "more-than-a-thousand-words": "One more word. " * 700,
    "quotation": 'Xi Jinping said: "We shall see each other again in spring."\n\n> Said, and said again.',
    "quotation-in-another-script": "The sign said \u201c부산항은 다시 열렸다, 모두 와도 좋다\u201d and no more.",
    "heading-list-and-rule": "# Who came\n\n- the mayor\n- the *harbour master*\n\n---\n\n1. first\n2. second",
    "table": "| who | how many |\n|---|--:|\n| ships | 12 words |\n\nBehind it.",
    "code": "```\n</div>\n</article>\n```\n\n    <dd>12 words</dd>",
    "footnotes": "The pier[^1] is shut[^2].\n\n[^1]: The long one.\n[^2]: Since Monday.",
    "what-stands-around-it": '<div class="body">\n</div>\n\n</article> <dd>12 words</dd> "wordCount": 12, </script>',
    "unseen-letters": "A\u202ebackward\u200b word, a\u00a0space and & < > signs.",
    "korean": "부산항이 다시 열렸다고 시장이 월요일에 말했다.\n\n시진핑 주석은 오지 않았다.",
    "hebrew": "הנמל נפתח מחדש ביום שני, אמר ראש העיר.",
    "the-same-twice": "It is open.\n\nIt is open.\n\n- It is open.",
    "definitions": "See [the plan].\n\n[the plan]: https://example.org/plan",
    "as-many-words": TEXT.replace("Monday", "Tuesday"),
}


OLD = "Nobody came, though the harbour had been swept."


@pytest.fixture(scope="module", params=[("en", "en"), ("ko", "ko"), ("he", "ja")], ids=lambda both: both[0])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recalled]:
    """What a build left of an archive in a language, with an interface in one."""
    language, interface = request.param
    site = tmp_path_factory.mktemp("site")
    (site / "content" / "articles").mkdir(parents=True)
    (site / "site.yaml").write_text(f"title: Quay\nlanguage: {interface}\nurl: https://example.org/\n", "utf-8")
    for name in ("quay", "pier"):
        article = FRONT.format(name=name, language=language, text=TEXT)
        (site / "content" / "articles" / f"{name}.md").write_text(article, "utf-8")
    options = Options(site, site / "_site", search=False)
    with open_cache(site / ".pressmark") as cache:
        remember = partial(keep, cache, options)
        build(options, executor=InlineExecutor(), cache=cache, say=lambda _: None, remember=remember)
        recalled = recall(cache, options)
        assert recalled is not None
        yield recalled


def piece(found: Recalled, text: str) -> tuple[Piece, Article, Facts]:
    """The piece, and what it is with another text."""
    path = "content/articles/quay.md"
    former, knowledge = (found.pieces([path]) or {})[path], found.knowledge()
    assert knowledge is not None
    article = replace(former.article, body=text)
    return former, article, annotate(article, knowledge)


def standing(found: Recalled, facts: Facts) -> tuple[Facts, Output]:
    """What was found in another text that names the same, and its page."""
    former, article, old = piece(found, OLD)
    bare = tuple(replace(mention, link=None) for mention in facts.mentions)
    named = replace(facts, entry=replace(facts.entry, words=old.entry.words), mentions=bare)
    page = redrawn(found, former, article, named)
    assert page is not None
    return named, page


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_page_with_another_text_is_what_its_templates_make(found: Recalled, text: str) -> None:
    former, article, facts = piece(found, text)
    old, page = standing(found, facts)
    assert found.known.saying is not None
    made = redrawn(found, former, article, facts)
    assert made is not None
    assert Retelling(found.known.saying)(Retold(article, facts, old, page.data)) == made.data


@pytest.mark.parametrize("text", ["", "Nobody."], ids=["no-word", "one-word"])
def test_a_number_that_is_said_in_another_way_is_left_to_the_templates(found: Recalled, text: str) -> None:
    _, article, facts = piece(found, text)
    old, page = standing(found, facts)
    assert found.known.saying is not None
    assert Retelling(found.known.saying)(Retold(article, facts, old, page.data)) is None


def test_a_page_that_is_another_is_left_to_the_templates(found: Recalled) -> None:
    _, article, facts = piece(found, TEXTS["plain"])
    old, page = standing(found, facts)
    retelling = Retelling(found.known.saying) if found.known.saying else None
    assert retelling is not None
    for sign in (b'<div class="body"', b'"wordCount"', b'<aside class="slip"', b"</article>"):
        assert retelling(Retold(article, facts, old, page.data.replace(sign, b"<x"))) is None
    assert retelling(Retold(article, facts, facts, page.data.replace(b'class="body"', b""))) is None


def test_templates_of_the_archivist_and_numbers_of_other_kinds_are_their_own(found: Recalled) -> None:
    shown = found.shown()
    assert shown is not None
    library = library_of((), shown)
    assert saying_of(shown.templates, library) is not None
    files = shown.templates.files
    own = replace(shown.templates, files={**files, "parts/nav.html": "templates/parts/nav.html"})
    assert saying_of(own, library) is None
    another = replace(shown.templates, files={**files, "home.html": "templates/home.html"})
    assert saying_of(another, library) is not None
    indian = replace(shown.templates, catalogue=replace(shown.templates.catalogue, language="hi"))
    assert saying_of(indian, library) is None

"""Whatever a page says, the article made of it can be read again: a capture must never stop a build."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model import Article, Capture
from builder.normalize import Normalizing, clean_record, content_files
from builder.read.articles import parse_article
from builder.read.cleaning import read_cleaning_rules
from builder.read.settings import parse_settings

# More than a few of the others make a page no text.
LETTERS = st.characters(blacklist_categories=["Cc"])
SETTINGS, _ = parse_settings("site.yaml", "title: X\n")
STAGE = Normalizing(read_cleaning_rules())
PROSE = "The ministers met in the old town on Monday and spoke about trade, grain and ships for two hours. " * 4
HOSTILE = (
    *("\x00", "\x07", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\u202e", "\U0010ffff", "\uffff", "\x7f", "\xa0"),
    *("---", "- ", "a: b", "'", '"', "#tag", "|", "> x", "<b>", "&amp;", "&#xD800;", "*x", "&x", "!x", "%", "@", "`"),
    *("{{ 7*7 }}", "]]>", "http://[x", "https://", "http:///p", "https://a b/c", "javascript:x", "https://:80/x"),
    *("no", "1:30", "~", "null", "2024-13-45", "0000-00-00", "2024-02-30T25:61", "9" * 40, "\\", "\ud800", "\r", "\n"),
)


def page(word: str) -> Capture:
    """A page that says one thing wherever a page can say something."""
    attribute = word.encode("utf-8", "replace").decode().replace("&", "&amp;").replace('"', "&quot;")
    record = {
        "@type": "NewsArticle",
        "headline": word,
        "datePublished": word,
        "author": [{"name": word}, word],
        "publisher": {"name": word},
        "url": word,
        "keywords": word,
    }
    metas = "".join(
        f'<meta property="{name}" content="{attribute}">'
        for name in ("og:title", "og:url", "og:site_name", "author", "article:published_time", "article:tag")
    )
    html = (
        f'<html lang="{attribute}"><head><title>{attribute}</title>{metas}<link rel=canonical href="{attribute}">'
        f'<script type="application/ld+json">{json.dumps(record)}</script></head><body><h1>{attribute}</h1>'
        f'<time datetime="{attribute}">{attribute}</time><p>{PROSE}</p><p>{attribute} {PROSE}</p>'
    )
    return Capture("captures/page.html", html.encode("utf-8", "replace"))


def read_again(capture: Capture) -> Article:
    assert SETTINGS is not None
    normalized = STAGE(capture)
    json.loads(clean_record(normalized).encode("utf-8"))
    *_, file = content_files(normalized)
    article, problems = parse_article(file.path, file.text.encode("utf-8"), SETTINGS)
    assert problems == ()
    assert article is not None
    assert normalized.draft is not None
    assert article.body.lstrip("\n") == normalized.draft.body
    assert article.capture is not None
    assert (article.capture.file, article.capture.sha256) == (capture.path, capture.sha256)
    return article


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_word_everywhere_makes_an_article(word: str) -> None:
    read_again(page(word))
    read_again(page(f"Ministers {word} meet"))


@pytest.mark.parametrize("name", [word for word in HOSTILE if word not in ("\x00", "\ud800") and "/" not in word])
def test_a_capture_may_have_any_name(name: str) -> None:
    read_again(Capture(f"captures/{name}.txt", f"Ministers meet in the old town\n\n{PROSE}\n".encode()))


@given(
    st.lists(
        st.one_of(st.sampled_from([w for w in HOSTILE if w >= " "]), st.text(LETTERS, max_size=8)), max_size=6
    ).map("".join)
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_text_anywhere_makes_an_article(word: str) -> None:
    read_again(page(word))


@given(st.binary(max_size=400), st.sampled_from([".txt", ".html", ".md"]))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_bytes_are_answered(data: bytes, kind: str) -> None:
    for tail in (b"", PROSE.encode()):
        normalized = STAGE(Capture(f"captures/page{kind}", data + tail))
        assert normalized.draft is not None or normalized.problems
        json.loads(clean_record(normalized).encode("utf-8"))

"""Footnotes: found on pages as they arrive, written in Markdown, read back, and shown with links both ways."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from builder.annotate.entry import beginning as summary_of
from builder.model import Capture, Draft
from builder.model.footnotes import with_footnotes, without_lost_references
from builder.normalize import normalize
from builder.normalize.audit import shown_text
from builder.read.cleaning import read_cleaning_rules
from builder.render.body import article_html
from builder.render.markdown import as_xhtml, beginning, passages
from builder.render.marking import Words

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "footnotes.yaml").read_text("utf-8"))
WITH_NOTES = [case for case in CASES if case["markdown"]]
WORDS = Words(
    passage=str,
    table="",
    picture="",
    notes="Notes",
    note=lambda label: f"Note {label}",
    back=lambda label: f"{label}, back",
)
SOURCE = "He said so.[^1] And *more*[^a]. Once more.[^1]\n\n[^1]: Ibid.\n\n[^a]: See [there](https://a.example/x).\n"


def draft_of(case: dict[str, Any]) -> Draft:
    page = Capture(f"captures/page.{case.get('form', 'txt')}", case["page"].encode())
    draft = normalize(page, read_cleaning_rules()).draft
    assert draft is not None
    return draft


def shown(source: str) -> str:
    return str(article_html(source, "en", anchors=(), root="../", words=WORDS))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_footnotes_are_found(case: dict[str, Any]) -> None:
    body = draft_of(case).body
    assert [line for line in body.splitlines() if "[^" in line] == case["markdown"]


@pytest.mark.parametrize("case", WITH_NOTES, ids=[case["name"] for case in WITH_NOTES])
def test_what_is_kept_is_what_the_markdown_shows(case: dict[str, Any]) -> None:
    draft = draft_of(case)
    assert "".join(shown_text(draft.body).split()) == "".join(draft.text.split())
    assert "footnote-mark" in {span.rule for span in draft.ledger.spans}


@pytest.mark.parametrize("case", WITH_NOTES, ids=[case["name"] for case in WITH_NOTES])
def test_every_reference_leads_to_its_note_and_back(case: dict[str, Any]) -> None:
    html = shown(draft_of(case).body)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    references = re.findall(r'<a href="#([^"]+)" id="([^"]+)" role="doc-noteref"', html)
    back = re.findall(r'<li id="([^"]+)"[^>]*><a href="#([^"]+)" role="doc-backlink"', html)
    assert references
    assert {target for target, _ in references} == {note for note, _ in back}
    assert {target for _, target in back} <= {key for _, key in references}


def test_a_page_with_notes() -> None:
    html = shown(SOURCE)
    assert 'aria-label="Note 1">1</a></sup>' in html
    assert html.count('role="doc-noteref"') == 3
    assert '<div class="footnotes" role="doc-endnotes" aria-label="Notes"><ol>' in html
    assert html.count("<li") == 2
    assert '<a href="https://a.example/x">there</a>' in html
    assert "[^" not in html
    assert "[^" not in str(as_xhtml(article_html(SOURCE, "en", anchors=(), root="", words=WORDS)))


def test_search_and_lists_see_the_words_of_notes_without_their_marks() -> None:
    assert [text for _, text in passages(SOURCE)] == ["He said so. And more. Once more.", "Ibid.", "See there."]
    assert summary_of(SOURCE) == "He said so. And more. Once more."


def test_an_excerpt_refers_to_no_note_that_it_does_not_show() -> None:
    body = "First of all.[^1] " + "Words follow here. " * 30 + "\n\nMore.\n\n[^1]: Far below.\n"
    cut = without_lost_references(beginning(body, 200))
    assert "[^1]" not in cut
    assert "First of all." in cut


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Nobody knows.[^1]\n", "Nobody knows.[^1]"),
        ("A \\[^1\\] b\n\n[^1]: Note here\n", "A [^1] bNote here"),
        ("`[^1]`\n\n[^1]: Note here\n", "[^1]Note here"),
        ("One[^x]\n\n[^x]: https://a.example/b\n", "Onehttps://a.example/b"),
        ("    [^1]: code\n\nOne[^1]\n", "[^1]: code\nOne[^1]"),
    ],
    ids=["no-note", "escaped", "in-code", "an-address-alone", "indented-code"],
)
def test_what_is_a_footnote(source: str, text: str) -> None:
    assert shown_text(source) == text


def test_notes_past_all_measure_cost_no_more_than_their_length() -> None:
    parser = with_footnotes(MarkdownIt("commonmark", {"html": False}))
    start = time.process_time()
    parser.parse("[^1]: a\n\n" + "[^" * 20_000 + "\n\n" + "[^1" * 10_000)
    parser.parse("".join(f"[^{number}]: note\n" for number in range(5_000)))
    assert time.process_time() - start < 30

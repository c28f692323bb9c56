"""Learnt weights: which lines of a saved page are its article, and why."""

from __future__ import annotations

import json

from builder.model import Capture
from builder.normalize import normalize
from builder.normalize.judge import Judged, Run
from builder.normalize.page import Line
from builder.normalize.weighing import amended_run, chosen_run
from builder.read.cleaning import read_cleaning_rules

_PARAGRAPHS = (
    "The ferry company said on Tuesday that it would stop selling paper tickets at the island piers from next spring.",
    "Passengers without a telephone may still ask the crew, who carry a small printer, for a ticket on board.",
    "About a third of all tickets were bought at the piers last year, most of them by people over seventy.",
    "The island council wants the machines to stay, and has asked the company to explain its figures in June.",
)


def _page(article: str) -> str:
    menu = "".join(f"<li><a href='/{name}'>{name.title()}</a></li>" for name in ("news", "sport", "weather", "boats"))
    return (
        f"<html lang=en><head><title>Piers lose their ticket machines</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<main><article><h1>Piers lose their ticket machines</h1>{article}</article></main>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    )


def _body(page: str) -> list[str]:
    draft = normalize(Capture("captures/a.html", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    return draft.text.split("\n")


def test_a_newsletter_box_between_paragraphs_is_left_out() -> None:
    box = (
        "<div class='newsletter-signup widget'><h3>The morning crossing</h3>"
        "<p>Five stories in your inbox, every day at seven.</p><button>Sign up</button></div>"
    )
    first, second, *rest = (f"<p>{text}</p>" for text in _PARAGRAPHS)
    assert _body(_page("".join((first, second, box, *rest)))) == list(_PARAGRAPHS)


def test_labels_that_return_between_all_paragraphs_do_not_tear_an_article() -> None:
    label = "<div class='visually-hidden'>Article content</div>"
    assert _body(_page(label.join(f"<p>{text}</p>" for text in _PARAGRAPHS))) == list(_PARAGRAPHS)


def test_a_text_that_only_the_page_data_holds_is_read_from_there() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Piers", "articleBody": "\n".join(_PARAGRAPHS)})
    page = _page("<p>Read on in our application.</p>").replace(
        "</head>", f"<script type='application/ld+json'>{data}</script></head>"
    )
    assert _body(page) == list(_PARAGRAPHS)


def test_a_text_that_page_and_data_hold_is_read_once() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Piers", "articleBody": " ".join(_PARAGRAPHS)})
    page = _page("".join(f"<p>{text}</p>" for text in _PARAGRAPHS)).replace(
        "</head>", f"<script type='application/ld+json'>{data}</script></head>"
    )
    assert _body(page) == list(_PARAGRAPHS)


def test_one_doubtful_line_between_sure_ones_is_kept_and_three_sure_strays_are_not() -> None:
    assert chosen_run((-4.0, 3.0, -1.0, 3.0, -4.0), Run(0, 5)) == Run(1, 4)
    assert chosen_run((3.0, 3.0, -4.0, -4.0, -4.0, 3.0, 3.0), Run(0, 7)) == Run(0, 7, left_out=frozenset({2, 3, 4}))
    assert chosen_run((-4.0, -3.0), Run(0, 1)) == Run(0, 1)


def _sentences(*texts: str) -> tuple[Judged, ...]:
    return tuple(
        Judged(Line(number, text, "text", 0, len(text)), 2.0, None, None, float(len(text)), text)
        for number, text in enumerate(texts, 1)
    )


def test_a_dumps_run_loses_sure_strays_and_grows_to_sure_sentences() -> None:
    judged = _sentences("The picture shows the pier.", *_PARAGRAPHS, "Five stories in your inbox, every day at seven.")
    assert amended_run(judged, (-3.0, 3.0, 3.0, 3.0, 3.0, -4.0), Run(1, 6)) == Run(1, 5)
    assert amended_run(judged, (-3.0, 3.0, 3.0, 3.0, 3.0, -4.0), Run(1, 3)) == Run(1, 5)
    assert amended_run(judged, (-3.0, 3.0, 3.0, 3.0, 3.0, -4.0), Run(3, 5)) == Run(1, 5)


def test_the_heading_of_a_section_and_a_lone_sentence_above_hold_a_dumps_run_back() -> None:
    judged = _sentences("The picture shows the pier.", *_PARAGRAPHS)
    assert amended_run(judged, (3.0, 3.0, 3.0, 3.0, 3.0), Run(1, 3, "related")).end == 3
    assert amended_run(judged, (3.0, -3.0, -3.0, 3.0, 3.0), Run(3, 5)).start == 3

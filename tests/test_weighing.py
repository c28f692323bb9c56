"""Learnt weights: which lines of a saved page are its article, and why."""

from __future__ import annotations

import json
from dataclasses import replace
from math import fsum

import pytest

from builder.model import Capture, LineWeights
from builder.normalize import normalize
from builder.normalize.draft import page_of
from builder.normalize.judge import Judged, Run, best_run, judge
from builder.normalize.page import Head, Kind, Line, Page
from builder.normalize.pasting import pasted_run
from builder.normalize.reasons import learnt_reasons
from builder.normalize.surroundings import DIM, near_prose
from builder.normalize.text_measures import ends_sentence
from builder.normalize.traits import look_of, own_traits, shown_by
from builder.normalize.vocabulary import vocabulary
from builder.normalize.weighing import (
    MEASURES,
    chosen_run,
    first_scores,
    lean_of,
    line_scores,
    trees_asked,
    with_headings,
    with_lists,
    with_quotes,
)
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


def test_a_doubtful_line_between_sure_ones_and_lines_that_speak_against_themselves() -> None:
    assert chosen_run((-4.0, 3.0, 0.1, 3.0, -4.0), Run(0, 5)) == Run(1, 4)
    assert chosen_run((3.0, 3.0, -4.0, -4.0, -4.0, 3.0, 3.0), Run(0, 7)) == Run(0, 7, left_out=frozenset({2, 3, 4}))
    assert chosen_run((-4.0, -3.0), Run(0, 1)) == Run(0, 1)


def test_lines_are_near_prose_that_look_like_it_or_one_of_the_three_next_does() -> None:
    """Thin lines are passed over and have no say of what is near others."""
    first = (2.0, *[-9.0] * 3, 2.0, *[-9.0] * 9, 0.0, -9.0, -9.0, 2.0)
    thin = (False, False, True, True, True, *[False] * 10, True, False, True)
    solid = [position for position, is_thin in enumerate(thin) if not is_thin]
    near = []
    for position, score in enumerate(first):
        above = [other for other in solid if other < position][-3:]
        below = [other for other in solid if other > position][:3]
        if max(score, *(first[other] for other in (*above, *below))) >= DIM:
            near.append(position)
    assert near_prose(first, thin) == near
    assert 4 in near
    assert 8 not in near


def _lines(*texts: str, kind: Kind = "text") -> tuple[Judged, ...]:
    return tuple(
        Judged(Line(number, text, kind, 0, len(text)), 2.0, None, None, float(len(text)), text)
        for number, text in enumerate(texts, 1)
    )


def test_a_line_in_a_gap_that_is_no_item_was_cut_for_a_reason() -> None:
    judged = (*_lines(*_PARAGRAPHS[:2]), *_lines("Our readers like"), *_lines(_PARAGRAPHS[3]))
    assert with_lists(judged, Run(0, 4, left_out=frozenset({2}))).left_out == {2}


def test_a_list_between_paragraphs_or_right_below_the_last_one_stays() -> None:
    items = _lines("Paper tickets at the piers", "Tickets on board", "Tickets by telephone", kind="item")
    judged = (*_lines(_PARAGRAPHS[0]), *items, *_lines(_PARAGRAPHS[1]), *items)
    assert with_lists(judged, Run(0, 5, left_out=frozenset({1, 2, 3}))) == Run(0, 8)
    named = (*judged[:2], replace(judged[2], rule="newsletter"), *judged[3:5])
    assert with_lists(named, Run(0, 5, left_out=frozenset({1, 2, 3}))).left_out == {1, 2, 3}


def test_what_a_score_is_made_of_sums_up_to_it() -> None:
    rules = read_cleaning_rules()
    article = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)
    page = page_of(Capture("captures/a.html", _page(article).encode()), rules)
    assert page is not None
    judged = judge(page, vocabulary(rules))
    weights = rules.weights["html"]
    scores = line_scores(page, judged, weights, best_run(judged), words=vocabulary(rules))
    told = [sum(reasons.values()) for reasons in learnt_reasons(page, judged, weights, vocabulary(rules))]
    assert told == pytest.approx(scores, abs=1e-6)
    assert max(scores) > 0 > min(scores)


def test_scores_do_not_depend_on_the_order_in_which_a_set_gives_its_names() -> None:
    """Python draws it anew for each process; the same page must come out the same."""
    weights = read_cleaning_rules().weights["html"]
    names = [name.removeprefix("box:") for name in weights.first if name.startswith("box:")][:100]
    line = Line(1, "Text.", "text", 0, 5, boxes=frozenset(names))
    one = Judged(line, 0.2, None, None, 5.0, "text")
    (close,) = shown_by([one], weights.rules).close
    looks = sum(weights.first.get(name, 0.0) for name in own_traits(look_of(one, close)))
    boxes = fsum([weights.first[""], *(weights.first[f"box:{name}"] for name in names)])
    assert len(names) == 100
    assert first_scores([one], [close], weights) == [boxes + looks]


def test_reasons_do_not_depend_on_the_order_in_which_a_set_gives_its_names() -> None:
    """Added up in one order the three weights are a tenth, in another a little less, which is too faint to be told."""
    alone = MEASURES.index("alone")
    tree = [alone, 9.0, *[[alone, 0.0, *[[alone, 9.0, *[[alone, 9.0, 0.5, 0.5]] * 2]] * 2]] * 2]
    tree[2][2], tree[2][3] = ([alone, 9.0, *[[alone, 9.0, leaf, leaf]] * 2] for leaf in (-0.5, 0.5))
    told = set()
    for number in range(24):
        names = [f"{letter}{number}" for letter in "abc"]
        first = {f"box:{name}": weight for name, weight in zip(names, (0.1, 0.7, -0.7), strict=True)}
        line = replace(_lines(_PARAGRAPHS[0])[0].line, boxes=frozenset(names))
        page = Page((line,), Head(), "utf-8", "html")
        weights = LineWeights(first, {}, 0.0, (tree,))
        words = vocabulary(read_cleaning_rules())
        (reasons,) = learnt_reasons(page, judge(page, words), weights, words)
        told.add(tuple(sorted(round(weight, 6) for weight in reasons.values())))
    assert len(told) == 1


def test_headings_right_above_paragraphs_of_a_saved_page_stay() -> None:
    heading = Judged(Line(1, "What the council wants", "heading", 0, 22, level=2), -0.6, None, None, 22.0, "w")
    judged = (heading, *_lines(*_PARAGRAPHS[:2]), heading, *_lines(_PARAGRAPHS[2]), heading)
    assert with_headings(judged, Run(1, 5, left_out=frozenset({3}))) == Run(0, 5)
    named = (replace(heading, rule="newsletter"), *judged[1:])
    assert with_headings(named, Run(1, 3)) == Run(1, 3)


def test_dumps_keep_more_than_saved_pages() -> None:
    assert lean_of(Page((), Head(), "utf-8", "text")) > lean_of(Page((), Head(), "utf-8", "html"))
    assert chosen_run((3.0, -0.2, -4.0), Run(0, 3), 0.5) == Run(0, 2)
    assert chosen_run((3.0, -0.2, -4.0), Run(0, 3)) == Run(0, 1)


def test_of_a_pasted_page_headings_are_judged_by_hand_and_notices_by_what_was_learnt() -> None:
    heading, notice, *text = _lines("What the council wants", "Write to us", *_PARAGRAPHS)
    judged = (replace(heading, weight=-1.2), text[0], text[1], notice, text[2], text[3])
    told, run = pasted_run(judged, (-1.5, 3.0, 3.0, -3.5, 3.0, -0.3), Run(0, 6))
    assert run == Run(0, 6, left_out=frozenset({3}))
    assert [one.learnt for one in told] == [False, False, False, True, False, False]
    assert told[3].weight == -3.5


def test_behind_the_heading_of_a_list_of_other_pieces_nothing_is_the_article_s() -> None:
    judged = _lines(*_PARAGRAPHS)
    assert pasted_run(judged, (3.0, 3.0, 1.0, 1.0), Run(0, 2))[1] == Run(0, 4)
    assert pasted_run(judged, (3.0, 3.0, 1.0, 1.0), Run(0, 2, "related"))[1] == Run(0, 2, "related")


def _dump(*lines: str) -> list[str]:
    draft = normalize(Capture("captures/a.txt", "\n".join(lines).encode()), read_cleaning_rules()).draft
    assert draft is not None
    return draft.text.split("\n")


def test_a_page_of_few_lines_is_all_there_is() -> None:
    assert _dump(" ".join(_PARAGRAPHS)) == [" ".join(_PARAGRAPHS)]


def test_of_a_line_that_the_first_trees_are_sure_of_the_others_are_not_asked() -> None:
    tree = [0, 9.0, *[[0, 9.0, *[[0, 9.0, *[[0, 9.0, 0.1, 0.01]] * 2]] * 2]] * 2]
    weights = LineWeights({}, {}, 0.0, (tree,) * 90)
    assert len(trees_asked((5.0,), weights)) < 90
    assert len(trees_asked((50.0,), weights)) == 90


def test_a_quote_left_out_by_little_stays_with_the_paragraph_in_its_box() -> None:
    quote = Line(2, "Nobody at the pier has change for a twenty.", "quote", 0, 43, box=2)
    page = Page((), Head(), "utf-8", "html", parents=(0, 0, 1))
    before, after = (replace(one, line=replace(one.line, box=1)) for one in _lines(*_PARAGRAPHS[:2]))
    judged = (before, Judged(quote, -0.8, None, None, 43.0, "n"), after)
    run = Run(0, 3, left_out=frozenset({1}))
    assert with_quotes(page, judged, run) == Run(0, 3)
    assert with_quotes(page, (before, replace(judged[1], weight=-4.0), after), run) == run
    elsewhere = replace(judged[1], line=replace(quote, box=0))
    assert with_quotes(page, (before, elsewhere, after), run) == run


_STORY = (
    "The council opened the new ferry on Monday after three years of work, and the harbour was full of people.",
    "The ferry carries ninety people and twelve bicycles, and it runs on batteries that are charged in the harbour.",
    "Tickets for the ferry cost as much as the bus, the council said, and children travel without paying.",
    "In winter the ferry will leave every two hours, and the council will look at the harbour again in spring.",
)


def test_an_article_goes_on_behind_boxes_of_links_and_notices() -> None:
    boxes = (
        ("Read also: The old bridge is closed until May", "Advertisement"),
        ("Related stories", "Bakers meet in the old town", "Subscribe to our newsletter"),
        ("Accept cookies to view this content.", "Load content"),
    )
    for box in boxes:
        page = ("Ferry opens", *_STORY[:2], *box, *_STORY[2:], "Most read", "© 2025 The Harbour Post")
        assert _dump(*page) == list(_STORY), box


def test_a_teaser_under_its_own_headline_is_not_what_the_article_goes_on_with() -> None:
    teaser = "Bakers from nine towns met in the old hall on Sunday and baked a loaf of forty metres for the children."
    page = ("Ferry opens", *_STORY, "Read also", "Bakers met in the old hall and baked a loaf", teaser, "Most read")
    assert _dump(*page) == list(_STORY)


def test_numbered_paragraphs_go_on_under_headings() -> None:
    lines = ("We, who met in the harbour on Monday, agree on what follows, for the good of all ships.",)
    ones = [
        f"{n}. We will keep {n} boats at sea in winter and share what they cost among ourselves." for n in range(1, 5)
    ]
    found = _dump("Declaration", *lines, "Rescue", *ones[:3], "Next meeting", ones[3], "Related documents", "Imprint")
    assert found == [*lines, "Rescue", *(one[3:] for one in ones[:3]), "Next meeting", ones[3][3:]]


def test_a_long_line_in_thai_is_a_sentence() -> None:
    line = "\u0e40\u0e23\u0e37\u0e2d\u0e02\u0e49\u0e32\u0e21\u0e1f\u0e32\u0e01\u0e25\u0e33\u0e43\u0e2b\u0e21\u0e48 "
    assert ends_sentence((line * 8).strip())
    assert not ends_sentence(line.strip())

"""The pages of leaders, topics, outlets and times: they agree with the data files, and long lists stay short."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from small_library import KIM, LEE, article, library, pages, settings

from builder.annotate.article import annotate
from builder.link import link
from builder.model import Library, Output, Quote, Source
from builder.publish.check import check
from builder.read.site import read_site
from builder.read.templates import read_templates, shipped_templates
from builder.render.environment import render
from builder.render.pages import plan
from builder.render.plots import matrix
from builder.render.tables import csv_text, rows, tables
from builder.render.views.articles import ArticleView
from builder.render.views.page import Page
from builder.render.views.subjects import LeaderListView, MatrixView, PartView, QuotesView, SubjectView
from builder.render.views.times import MonthView, TimelineView, YearView
from builder.render.visible import published

SITE = Path(__file__).parent.parent
TEMPLATES = read_templates(Path("/nonexistent"))


@lru_cache(maxsize=1)
def demo() -> tuple[Library, Mapping[str, Page], Mapping[str, list[dict[str, str]]]]:
    """The demo archive's library, its planned pages, and its tables by name."""
    content, _ = read_site(SITE)
    assert content is not None
    facts = published(content.articles, [annotate(one, content.knowledge) for one in content.articles])
    shelf = link(facts, content.knowledge.authorities, as_of=content.knowledge.as_of)
    planned = {page.path: page for page in plan(content.settings, shelf, articles=content.articles, provenances={})}
    listed = {
        table.name: list(csv.DictReader(io.StringIO(csv_text(table, rows(shelf, table)), newline="")))
        for table in tables()
    }
    return shelf, planned, listed


def html(page: Page) -> str:
    return render(page, TEMPLATES).data.decode()


def bars(text: str) -> list[int]:
    strip = re.search(r'<figure class="strip">.*?</figure>', text, re.S)
    return [int(found) for found in re.findall(r"<b>(\d+)</b>", strip[0])] if strip else []


def test_bars_and_lists_of_every_subject_come_to_what_the_tables_say() -> None:
    shelf, planned, data = demo()
    mentions = Counter((row["kind"], row["authority"]) for row in data["mentions"])
    for key, subject in shelf.leaders.items():
        view = planned[f"leaders/{key}.html"].view
        assert isinstance(view, SubjectView)
        undated = sum(group.count for group in view.groups if not group.label)
        assert mentions["leader", key] == view.name.count == len(subject.articles)
        assert sum(bars(html(planned[f"leaders/{key}.html"]))) == view.name.count - undated
        assert sum(group.count for group in view.groups) == sum(count for _, count in view.languages) == view.name.count


def test_who_is_named_with_whom_is_the_same_on_pages_and_in_the_table() -> None:
    shelf, planned, data = demo()
    table = {(row["leader"], row["other"]): int(row["pieces"]) for row in data["co-mentions"]}
    for key in shelf.leaders:
        view = planned[f"leaders/{key}.html"].view
        assert isinstance(view, SubjectView)
        shown = {(min(key, name.id), max(key, name.id)): name.count for name in view.with_leaders}
        assert shown == {pair: count for pair, count in table.items() if key in pair}
    view = planned["matrix.html"].view
    assert isinstance(view, MatrixView)
    assert view.pairs_count == len(table)
    for row, one in zip(view.counts, view.leaders, strict=True):
        for count, other in zip(row, view.leaders, strict=True):
            pair = (min(one.id, other.id), max(one.id, other.id))
            assert count == (one.count if one == other else table.get(pair, 0))
    text = html(planned["matrix.html"])
    assert text.count("<circle") == sum(
        count > 0 for at, row in enumerate(view.counts) for to, count in enumerate(row) if at != to
    )
    assert re.search(r'<svg class="dots"[^>]* role="img" aria-label="[^"]{20,}"', text)


def test_months_years_and_quotations_come_to_what_the_tables_say() -> None:
    _, planned, data = demo()
    days = [row["published"] for row in data["articles"]]
    for path, page in planned.items():
        view = page.view
        if isinstance(view, MonthView):
            assert view.pieces == sum(day.startswith(view.month) for day in days)
            assert len(view.group.rows) == view.pieces
        if isinstance(view, YearView):
            assert view.pieces == sum(day.startswith(view.year) for day in days) == sum(bars(html(page)))
        if isinstance(view, SubjectView) and path.startswith("leaders/"):
            said = sum(row["leader"] == view.name.id for row in data["quotations"])
            assert view.quotes_count == said


def test_events_stand_on_timeline_month_and_article_as_in_the_table() -> None:
    shelf, planned, data = demo()
    assert len(data["events"]) == len(shelf.events) > 5
    timeline, view = html(planned["timeline.html"]), planned["timeline.html"].view
    assert isinstance(view, TimelineView)
    assert view.events == len(shelf.events)
    for event in shelf.events:
        mark = event.id.rpartition("-")[2]
        assert timeline.count(f'id="e-{mark}"') == 1
        for key in event.articles:
            page = planned[f"articles/{key}.html"]
            assert isinstance(page.view, ArticleView)
            beside = {row.id for row in (*page.view.same_event, *page.view.doubles)}
            assert set(event.articles) - {key} <= beside
            assert not beside & {row.id for row in page.view.related}
            if page.view.event_page and page.view.same_event:
                path, _, fragment = page.view.event_page.partition("#")
                assert f'id="{fragment}"' in html(planned[path])
                assert 'id="same-event"' in html(page)


def test_offices_say_when_they_were_looked_up() -> None:
    shelf, planned, _ = demo()
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", shelf.as_of)
    text = html(planned["leaders/xi-jinping.html"])
    assert re.search(r'id="offices".*class="line as-of">[^<]*20\d\d', text, re.S)
    for name in ("Xi Jinping", "Си Цзиньпин"):
        assert name in text


def many(count: int, years: int = 3) -> list[Page]:
    """All pages of an archive with so many pieces of one leader, over some years, a tenth of them undated."""
    return list(planned_many(count, years).values())


@lru_cache(maxsize=4)
def planned_many(count: int, years: int) -> dict[str, Page]:
    listed = []
    for number in range(count):
        month = number % (12 * years)
        day = f"{2020 + month // 12}-{month % 12 + 1:02}-{number % 28 + 1:02}" if number % 10 else None
        language = "ko" if number % 3 else "en"
        listed.append(article(f"p{number:05}-2a3b4c5d", title=f"Piece {number}", published=day, language=language))
    return pages(listed, site=settings(), named={one.id: [KIM] for one in listed})


def test_a_long_list_stands_on_pages_of_years_and_months_each_piece_once() -> None:
    planned = planned_many(1500, 3)
    first = planned[f"leaders/{KIM}.html"].view
    assert isinstance(first, SubjectView)
    assert first.name.count == 1500
    assert sum(len(group.rows) for group in first.groups) < 40
    assert [group.page for group in first.groups] == [
        *(f"leaders/{KIM}/{year}.html" for year in (2022, 2021, 2020)),
        f"leaders/{KIM}/undated.html",
    ]
    parts = [
        page.view for path, page in planned.items() if path.startswith(f"leaders/{KIM}/") and "20" not in path[-7:-5]
    ]
    leaves = [view for view in parts if isinstance(view, PartView) and not any(group.page for group in view.groups)]
    listed = Counter(row.id for view in leaves for group in view.groups for row in group.rows)
    undated = planned[f"leaders/{KIM}/undated.html"].view
    assert isinstance(undated, PartView)
    assert max(listed.values()) == 1
    assert len(listed) == 1500
    assert f"leaders/{KIM}/2021-07.html" in planned


def test_long_lists_of_one_time_are_made_side_by_side_whosever_they_are() -> None:
    views = [page.view for page in many(1500, 3) if isinstance(page.view, PartView)]
    assert [view.label for view in views] == sorted(view.label for view in views)
    assert len({view.home for view in views if view.label == "2021-07"}) == 2


def test_pages_of_a_long_list_are_light_and_every_link_on_them_leads_somewhere() -> None:
    outputs = [render(page, TEMPLATES) for page in many(450, 2)]
    assert max(len(output.data) for output in outputs if output.path.startswith(("leaders/", "years/"))) < 250_000
    assets = (Output(path, data) for path, data in TEMPLATES.assets.items())
    problems = [str(problem) for problem in check((*outputs, *assets))]
    ours = [said for said in problems if said.startswith(("leaders/", "topics/", "years/", "sources/", "timeline"))]
    # Data files and feeds are made beside the pages.
    assert [said for said in ours if not re.search(r"#p-0|data/|\.(cff|csv|xml|json|ris|bib)\b", said)] == []


def test_a_bar_leads_to_the_subjects_own_pieces_of_its_month() -> None:
    planned = planned_many(1500, 3)
    first = planned[f"leaders/{KIM}.html"].view
    assert isinstance(first, SubjectView)
    (month,) = [bar for _, months in first.strip.years for bar in months if bar.label == "2021-07"]
    assert month.page == f"leaders/{KIM}/2021-07.html"
    few = pages([article(published="2024-05-27")])
    view = few[f"leaders/{KIM}.html"].view
    assert isinstance(view, SubjectView)
    assert [bar.page for _, months in view.strip.years for bar in months if bar.page] == [
        f"leaders/{KIM}.html#m-2024-05"
    ]
    assert 'id="m-2024-05"' in html(few[f"leaders/{KIM}.html"])


def test_languages_are_chosen_without_script() -> None:
    planned = pages([article("a-2a3b4c5d", language="ko"), article("b-2a3b4c5d", language="ko"), article("c-2a3b4c5d")])
    text = html(planned[f"leaders/{KIM}.html"])
    assert re.findall(r'<input type="radio" name="l" id="(l\d)"', text) == ["l0", "l1", "l2"]
    assert Counter(re.findall(r'<li class="(l\d)"', text)) == {"l1": 2, "l2": 1}
    style = (shipped_templates() / "assets" / "site.css").read_text("utf-8")
    for number in range(1, 9):
        assert f".pieces:has(#l{number}:checked) :is(.rows > li:not(.l{number})" in style
    alone = pages([article()])[f"leaders/{KIM}.html"]
    assert "<fieldset" not in html(alone)


def test_all_quotations_of_a_leader_are_there_with_source_and_day() -> None:
    listed = [article(f"q{number:03}-2a3b4c5d", published="2024-05-27") for number in range(3)]
    shelf = library(listed)
    for quotes, own, on_pages in ((4, 12, 0), (70, 8, 210)):
        facts = {
            key: replace(one, quotes=tuple(Quote(KIM, f"Words {n}.", "p-0") for n in range(quotes)))
            for key, one in shelf.facts.items()
        }
        planned = {
            page.path: page for page in plan(settings(), replace(shelf, facts=facts), articles=listed, provenances={})
        }
        view = planned[f"leaders/{KIM}.html"].view
        assert isinstance(view, SubjectView)
        assert (len(view.quotes), view.quotes_count) == (own, 3 * quotes)
        others = [page.view for page in planned.values() if isinstance(page.view, QuotesView)]
        assert sum(len(found) for other in others for _, found in other.years) == on_pages
        text = html(planned[f"leaders/{KIM}.html"])
        assert re.search(r'<footer><time datetime="2024-05-27">.*<bdi>Harbour Post</bdi>.*href="[^"]+#p-0"', text)


def test_leaders_stand_by_letter_in_two_scripts_and_by_country() -> None:
    planned = pages([article(), article("b-6e7f2a3b", language="ko")])
    names, countries = planned["leaders/by-name.html"].view, planned["leaders/by-country.html"].view
    assert isinstance(names, LeaderListView)
    assert isinstance(countries, LeaderListView)
    found = {
        section.id: [(label, [name.id for name in listed]) for label, listed in section.groups]
        for section in names.sections
    }
    assert found == {
        "latin": [("K", [KIM]), ("L", [LEE])],
        "hangul": [("가", [KIM]), ("아", [LEE])],
    }
    assert [(label, len(listed)) for label, listed in countries.sections[0].groups] == [("KR", 2)]
    _, whole, _ = demo()
    latin = whole["leaders/by-name.html"].view
    assert isinstance(latin, LeaderListView)
    letters = {name.id: label for label, listed in latin.sections[0].groups for name in listed}
    assert (letters["joe-biden"], letters["xi-jinping"], letters["vladimir-putin"]) == ("B", "X", "P")


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh"])
def test_the_pages_stand_in_every_language_of_the_interface(language: str) -> None:
    templates = read_templates(Path("/nonexistent"), language)
    planned = pages(
        [article(), article("b-6e7f2a3b", source=Source(), published=None)], site=settings(language=language)
    )
    for path, page in planned.items():
        if path.startswith(("leaders/", "topics/", "years/", "sources/", "timeline", "matrix")):
            assert f'<html lang="{language}"' in render(page, templates).data.decode()


def test_a_plots_names_fit_and_cannot_leave_their_element() -> None:
    drawn = matrix(["A" * 90, "</text><script>"], [[1, 1], [1, 1]], 1, label='"><b>')
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert "\u2026</text>" in drawn
    assert drawn.count("<circle") == 2

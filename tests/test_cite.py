"""Citations: what people paste into a footnote, and what comes back out of the formats of reference managers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from builder.model import Entry, Source
from builder.read.articles import ITEM_TYPES
from builder.read.citing import read_author_words, read_korean_style
from builder.render.cite import FORMATS, Reference, cited_list, downloads, reference, styled
from builder.render.cite.downloads import BIBTEX, CSL_JSON, RIS, citations
from builder.render.cite.reference import creator, one_line
from builder.render.parts import Site
from builder.render.scripts import harmless

WORDS = read_author_words()
SITE = Site("The Fish Shelf", "", "", "en", "https://fish.example/", None, None, feed=True, texts=())
ENTRY = Entry(
    id="talks-in-harbour-town-2a3b4c5d",
    title="Talks in Harbour Town",
    language="en",
    published="2024-05-07T09:00+09:00",
    day="2024-05-07",
    source=Source("Harbour Post", "https://post.example/talks?id=7&lang=en"),
    authors=("Choi Min-jung", "Anna Berg"),
    tags=("fish", "ferries"),
    capture=None,
    item_type="newspaperArticle",
    retrieved="2026-11-20",
    summary="",
    words=10,
    access="full",
    draft=False,
)
HOSTILE = (
    "50% of {all} $ & #tags_here ~ ^ \\ \\textbf{x} \"quoted\" 'it'",
    "One line\nER  - \nTY  - BOOK\r\nTI  - Another",
    "A and B and {C}, D",
    "@article{x, title = {y}}",
    "회담 “결과” — 首脑会谈 ｛全｝",
    "<b>&amp;</b> ]]> %7B%20",
)


def cited(entry: Entry = ENTRY, site: Site = SITE) -> Reference:
    return reference(site, entry, WORDS)


def written(entry: Entry) -> dict[str, str]:
    return {one.style: str(one.html) for one in styled(cited(entry), read_korean_style())}


@pytest.mark.parametrize(
    ("name", "family", "given", "spoken"),
    [
        ("Choi Min-jung", "Choi", "Min-jung", "Choi Min-jung"),
        ("Lee Jae-ho", "Lee", "Jae-ho", "Lee Jae-ho"),
        ("Xi Jinping", "Xi", "Jinping", "Xi Jinping"),
        ("Wang Yi", "Wang", "Yi", "Wang Yi"),
        ("Nguyen Van A", "Nguyen", "Van A", "Nguyen Van A"),
        ("Anna Berg", "Berg", "Anna", "Anna Berg"),
        ("Kim Clijsters", "Clijsters", "Kim", "Kim Clijsters"),
        ("Lee Harvey", "Harvey", "Lee", "Lee Harvey"),
        ("Jan van den Berg", "van den Berg", "Jan", "Jan van den Berg"),
        ("Al Smith", "Smith", "Al", "Al Smith"),
        ("Berg, Anna", "Berg", "Anna", "Anna Berg"),
        ("Иван Петров", "Петров", "Иван", "Иван Петров"),
    ],
)
def test_a_person_has_a_family_and_a_given_name(name: str, family: str, given: str, spoken: str) -> None:
    found = creator(name, WORDS)
    assert (found.family, found.given, found.whole) == (family, given, spoken)


@pytest.mark.parametrize(
    "name",
    [
        "Reuters",
        "AFP",
        "Harbour News Agency",
        "Ministry of Ferries, Coastland",
        "최민정",
        "習近平",
        "佐藤 花",
        "Madonna",
    ],
)
def test_organisations_and_names_in_east_asian_scripts_are_not_taken_apart(name: str) -> None:
    found = creator(name, WORDS)
    assert (found.family, found.given, found.inverted) == (name, "", name)


def test_chicago_names_source_day_and_the_day_of_capture() -> None:
    assert written(ENTRY)["chicago"] == (
        "Choi, Min-jung, and Anna Berg. “Talks in Harbour Town.” <i>Harbour Post</i>, May 7, 2024. "
        "Accessed November 20, 2026. https://post.example/talks?id=7&amp;lang=en."
    )


def test_apa_has_initials_and_the_year_first() -> None:
    assert written(ENTRY)["apa"] == (
        "Choi, M.-J., &amp; Berg, A. (2024, May 7). Talks in Harbour Town. <i>Harbour Post</i>. "
        "Retrieved November 20, 2026, from https://post.example/talks?id=7&amp;lang=en"
    )


def test_the_korean_style_marks_east_asian_titles_in_the_east_asian_way() -> None:
    korean = replace(
        ENTRY, title="항구 도시 회담", source=Source("항구일보", None), authors=("최민정", "Reuters"), language="ko"
    )
    assert written(korean)["korean"] == (
        "최민정·Reuters, 「항구 도시 회담」, 『항구일보』, 2024년 5월 7일, "
        "https://fish.example/articles/talks-in-harbour-town-2a3b4c5d.html (검색일: 2026년 11월 20일)."
    )
    assert written(ENTRY)["korean"].startswith("Choi Min-jung·Anna Berg, “Talks in Harbour Town”, <i>Harbour Post</i>")


def test_what_is_not_known_is_said_or_left_out_never_invented() -> None:
    bare = replace(ENTRY, authors=(), published=None, day=None, retrieved=None)
    assert written(bare) == {
        "chicago": "Harbour Post. “Talks in Harbour Town.” n.d. https://post.example/talks?id=7&amp;lang=en.",
        "apa": "Harbour Post. (n.d.). Talks in Harbour Town. https://post.example/talks?id=7&amp;lang=en",
        "korean": "“Talks in Harbour Town”, <i>Harbour Post</i>, 날짜 미상, https://post.example/talks?id=7&amp;lang=en.",
    }
    nameless = replace(bare, source=Source(None, None))
    without_address = cited(nameless, replace(SITE, url=None))
    said = [str(one.html) for one in styled(without_address, read_korean_style())]
    assert said == [
        "“Talks in Harbour Town.” n.d.",
        "Talks in Harbour Town. (n.d.).",
        "“Talks in Harbour Town”, 날짜 미상.",
    ]


def test_titles_that_end_a_sentence_get_no_second_stop_and_markup_is_text() -> None:
    asked = replace(ENTRY, title="Who <b>wins</b>?")
    assert "“Who &lt;b&gt;wins&lt;/b&gt;?” <i>" in written(asked)["chicago"]
    assert "2024, May 7). Who &lt;b&gt;wins&lt;/b&gt;? <i>" in written(asked)["apa"]


def test_long_lists_of_authors_are_cut_as_the_styles_say() -> None:
    many = replace(ENTRY, authors=tuple(f"Ann{n} Berg{n}" for n in range(25)))
    assert "Ann6 Berg6, et al." in written(many)["chicago"]
    assert "Berg18, A., … Berg24, A. (2024" in written(many)["apa"]


def through_ris(one: Reference) -> dict[str, object]:
    (found,) = rispy.loads(citations(RIS, [one]))
    return found


def through_bibtex(one: Reference) -> dict[str, str]:
    (found,) = bibtexparser.loads(citations(BIBTEX, [one]), BibTexParser(common_strings=True)).entries
    return found


def plain(text: str) -> str:
    """What TeX would print of an escaped text."""
    for command, letter in (
        ("\\textbackslash{}", "\0"), ("\\textasciicircum{}", "^"), ("\\textasciitilde{}", "~"),
    ):  # fmt: skip
        text = text.replace(command, letter)
    for letter in "{}#$%&_":
        text = text.replace("\\" + letter, letter)
    return text.replace("\0", "\\")


def test_ris_gives_every_field_back() -> None:
    assert through_ris(cited()) == {
        "type_of_reference": "NEWS",
        "id": "talks-in-harbour-town-2a3b4c5d",
        "title": "Talks in Harbour Town",
        "authors": ["Choi, Min-jung", "Berg, Anna"],
        "secondary_title": "Harbour Post",
        "year": "2024",
        "date": "2024/05/07/",
        "language": "en",
        "urls": ["https://post.example/talks?id=7&lang=en"],
        "access_date": "2026/11/20/",
        "name_of_database": "The Fish Shelf",
        "accession_number": "https://fish.example/articles/talks-in-harbour-town-2a3b4c5d.html",
        "call_number": "2a3b4c5d",
        "keywords": ["fish", "ferries"],
    }


def test_ris_tells_all_kinds_of_pieces_apart() -> None:
    seen = set()
    for kind in ITEM_TYPES:
        found = through_ris(cited(replace(ENTRY, item_type=kind)))
        assert "Harbour Post" in (found.get("secondary_title"), found.get("publisher"))
        seen.add((found["type_of_reference"], str(found.get("start_page", found.get("unknown_tag")))))
    assert len(seen) == len(ITEM_TYPES)


def test_ris_begins_and_ends_as_the_format_demands() -> None:
    lines = citations(RIS, [cited(), cited()]).split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines.count("ER  - ") == 2
    assert all(line[2:6] == "  - " for line in lines if line)


def test_bibtex_gives_every_field_back() -> None:
    assert through_bibtex(cited()) == {
        "ENTRYTYPE": "article",
        "ID": "talks-in-harbour-town-2a3b4c5d",
        "title": "{Talks in Harbour Town}",
        "author": "Choi, Min-jung and Berg, Anna",
        "journal": "Harbour Post",
        "date": "2024-05-07",
        "year": "2024",
        "month": "5",
        "entrysubtype": "newspaper",
        "language": "en",
        "url": "https://post.example/talks?id=7&lang=en",
        "urldate": "2026-11-20",
        "keywords": "fish, ferries",
        "library": "The Fish Shelf, 2a3b4c5d",
        "note": "Archived: https://fish.example/articles/talks-in-harbour-town-2a3b4c5d.html",
    }


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_bibtex_uses_entries_that_every_importer_knows(kind: str) -> None:
    found = through_bibtex(cited(replace(ENTRY, item_type=kind)))
    assert found["title"] == "{Talks in Harbour Town}"
    assert "Harbour Post" in found.values()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_come_back_as_they_were(text: str) -> None:
    folded = " ".join(text.split())
    entry = replace(ENTRY, title=text, authors=(text,), source=Source(text, None), tags=(text,))
    one = cited(entry)
    records = rispy.loads(citations(RIS, [one, cited()]))
    assert len(records) == 2
    assert (records[0]["title"], records[0]["secondary_title"]) == (folded, folded)
    assert records[0]["keywords"] == [folded]
    entries = bibtexparser.loads(citations(BIBTEX, [one, replace(cited(), id="other")])).entries
    assert [found["ID"] for found in entries] == [ENTRY.id, "other"]
    assert plain(entries[0]["title"].removeprefix("{").removesuffix("}")) == folded
    assert plain(entries[0]["journal"]) == folded
    listed = json.loads(citations(CSL_JSON, [one, cited()]))
    assert (listed[0]["title"], listed[0]["container-title"]) == (folded, folded)


def test_an_organisation_stays_whole_in_every_format() -> None:
    one = cited(replace(ENTRY, authors=("Ministry of Ferries and Fish, Coastland",)))
    assert through_bibtex(one)["author"] == "{Ministry of Ferries and Fish, Coastland}"
    assert json.loads(citations(CSL_JSON, [one]))[0]["author"] == [
        {"literal": "Ministry of Ferries and Fish, Coastland"}
    ]


def test_csl_json_says_all_and_a_processor_reads_it() -> None:
    (item,) = json.loads(citations(CSL_JSON, [cited()]))
    assert item == {
        "id": "talks-in-harbour-town-2a3b4c5d",
        "type": "article-newspaper",
        "title": "Talks in Harbour Town",
        "author": [{"family": "Choi", "given": "Min-jung"}, {"family": "Berg", "given": "Anna"}],
        "container-title": "Harbour Post",
        "issued": {"date-parts": [[2024, 5, 7]]},
        "language": "en",
        "URL": "https://post.example/talks?id=7&lang=en",
        "accessed": {"date-parts": [[2026, 11, 20]]},
        "keyword": "fish, ferries",
        "archive": "The Fish Shelf",
        "archive_location": "https://fish.example/articles/talks-in-harbour-town-2a3b4c5d.html",
        "call-number": "2a3b4c5d",
    }
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(ENTRY.id)]))
    (text,) = (str(one) for one in bibliography.bibliography())
    for part in ("Choi", "Berg", "2024", "Talks in Harbour Town", "Harbour Post", "post.example"):
        assert part in text


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_every_kind_has_a_type_that_csl_knows(kind: str) -> None:
    (item,) = json.loads(citations(CSL_JSON, [cited(replace(ENTRY, item_type=kind))]))
    types = (Path(__file__).parent / "cases" / "csl-types.txt").read_text("utf-8").split()
    assert item["type"] in types


def test_short_lists_stand_in_their_page_and_long_ones_in_files() -> None:
    few = downloads(cited_list("data/leaders/kim", [cited()] * 2))
    assert [one.filename for one in few] == ["kim.ris", "kim.bib", "kim.json"]
    for one, form in zip(few, FORMATS, strict=True):
        head, _, body = one.href.partition(",")
        assert head == f"data:{form.media_type};charset=utf-8"
        assert unquote_to_bytes(body).decode() == citations(form, [cited()] * 2)
        assert not set('"<> \n') & set(unquote(head) + body)
    many = downloads(cited_list("data/leaders/kim", ()))
    assert [one.href for one in many] == [f"data/leaders/kim.{ending}" for ending in ("ris", "bib", "json")]


def test_days_are_days_of_the_calendar_in_every_format() -> None:
    for text in (str(through_ris(cited())["date"]).rstrip("/").replace("/", "-"), through_bibtex(cited())["date"]):
        assert date.fromisoformat(text) == date(2024, 5, 7)


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        " edge",
        "edge ",
        "two  blanks",
        "a\nb",
        "a\u3000b",
        "\ufffc x",
        "x \ufffd y",
        "a\u200bb",
        "\xa0x",
        "한 줄",
    ],
)
def test_a_text_on_one_line_has_neither_runs_of_blanks_nor_unseen_letters(text: str) -> None:
    assert one_line(text) == " ".join(harmless(text).split())

"""What savers of pages note in them becomes the address and the moment of capture, and nothing else does."""

from __future__ import annotations

import pytest

from builder.model import Capture, CaptureOrigin, Draft
from builder.normalize import normalize
from builder.normalize.saved_from import is_front_page, original_address
from builder.read.cleaning import read_cleaning_rules

ADDRESS = "https://quay-gazette.example/2024/harbour-talks"
TEXT = """<h1>Harbour talks end with a timetable</h1>
<p>Ministers from four coastal states left the harbour office on Monday with a written plan for the first time.</p>
<p>The plan runs to nine pages. It sets out what each state owes and when, and it names a person for every line.</p>
<p>The chair read <a href="/docs/plan">the whole of the plan</a> out to an audience of eleven.</p>"""


def drafted(before: str = "", html: str = "<html>", head: str = "", behind: str = "", **origin: str) -> Draft:
    head = f"<head><title>x</title>{head}</head>"
    page = f"<!DOCTYPE html>\n{before}{html}{head}<body>{TEXT}{behind}</body></html>"
    capture = Capture("captures/page.html", page.encode(), CaptureOrigin(**origin))
    draft = normalize(capture, read_cleaning_rules()).draft
    assert draft is not None
    return draft


SINGLE_FILE = "<!--\n Page saved with SingleFile \n url: {} \n saved date: Mon Jan 15 2024 10:20:30 GMT+0900 (JST)\n-->"
HTTRACK = (
    "<!-- Mirrored from q.example/talks.html by HTTrack Website Copier/3.x\n"
    " [XR&CO'2014], Thu, 12 Sep 2019 08:49:14 GMT -->"
)
WAYBACK = (
    "<!--\n     FILE ARCHIVED ON 03:48:42 Apr 03, 2014 AND RETRIEVED FROM THE\n"
    "     INTERNET ARCHIVE ON 05:55:35 Jul 12, 2026.\n-->"
)
SAVE_PAGE_WE = (
    f'<meta name="savepage-url" content="{ADDRESS}">'
    '<meta name="savepage-date" content="Thu Mar 14 2024 01:03:06 GMT+0200 (Eastern European Standard Time)">'
)
COPY = f"https://web.archive.org/web/20190605143712/{ADDRESS}"


@pytest.mark.parametrize(
    ("page", "url", "retrieved"),
    [
        ({"before": f"<!-- saved from url=(0047){ADDRESS} -->\n"}, ADDRESS, None),
        ({"before": SINGLE_FILE.format(ADDRESS)}, ADDRESS, "2024-01-15T10:20+09:00"),
        (
            {"before": f"<!-- Saved from {ADDRESS} at 2024-01-15T10:20:30Z using monolith v2.8.1 -->"},
            ADDRESS,
            "2024-01-15T10:20+00:00",
        ),
        ({"behind": HTTRACK}, None, "2019-09-12T08:49+00:00"),
        ({"behind": "<p>" + "x" * 50_000 + "</p>" + WAYBACK}, None, "2014-04-03T03:48+00:00"),
        ({"before": SINGLE_FILE.format(COPY)}, ADDRESS, "2019-06-05T14:37+00:00"),
        (
            {"html": f'<html data-scrapbook-source="{ADDRESS}" data-scrapbook-create="20200101030405067">'},
            ADDRESS,
            "2020-01-01T03:04+00:00",
        ),
        ({"head": SAVE_PAGE_WE}, ADDRESS, "2024-03-14T01:03+02:00"),
        ({"head": f'<link rel="canonical" href="{COPY}">'}, ADDRESS, None),
        ({"before": "<!-- saved from url=(0017)file:///C:/a.html -->"}, None, None),
        ({"behind": f"<p>saved from url=(0047){ADDRESS} is what browsers write, he said.</p>"}, None, None),
        ({"behind": "<!-- never closed: saved from url=(0001)https://x.example/y"}, None, None),
    ],
    ids=[
        "browser",
        "singlefile",
        "monolith",
        "httrack-behind-the-body",
        "wayback-behind-a-long-body",
        "singlefile-of-a-wayback-copy",
        "webscrapbook",
        "save-page-we",
        "canonical-of-a-wayback-copy",
        "a-file-of-somebodys-disk",
        "the-same-words-in-the-text",
        "a-comment-that-never-ends",
    ],
)
def test_address_and_moment_of_saving(page: dict[str, str], url: str | None, retrieved: str | None) -> None:
    draft = drafted(**page)
    assert (draft.source.url, draft.retrieved) == (url, retrieved)


def test_the_page_speaks_for_itself_and_the_note_beside_it_where_it_does_not() -> None:
    noted = {"url": "https://other.example/talks", "retrieved": "2026-11-20"}
    silent = drafted(**noted)
    assert (silent.source.url, silent.retrieved) == ("https://other.example/talks", "2026-11-20")
    saved = drafted(before=SINGLE_FILE.format(ADDRESS), **noted)
    assert (saved.source.url, saved.retrieved) == (ADDRESS, "2024-01-15T10:20+09:00")
    canonical = drafted(head=f'<link rel="canonical" href="{ADDRESS}">', **noted)
    assert (canonical.source.url, canonical.retrieved) == (ADDRESS, "2026-11-20")


def test_a_page_that_calls_its_home_canonical_has_the_address_it_was_saved_from() -> None:
    home = '<link rel="canonical" href="https://quay-gazette.example/">'
    assert drafted(head=home).source.url == "https://quay-gazette.example/"
    assert drafted(head=home, before=SINGLE_FILE.format(ADDRESS)).source.url == ADDRESS
    assert drafted(head=home, url=ADDRESS).source.url == ADDRESS


@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_text_takes_its_address_from_the_note(name: str) -> None:
    text = (
        "Harbour talks end with a timetable\n\n"
        + "The plan runs to nine pages, and it names a person for every line. " * 4
    )
    capture = Capture(f"captures/{name}", text.encode(), CaptureOrigin(ADDRESS, "2026-11-20"))
    draft = normalize(capture, read_cleaning_rules()).draft
    assert draft is not None
    assert (draft.source.url, draft.retrieved) == (ADDRESS, "2026-11-20")
    assert (
        draft.ledger.spans
        == normalize(Capture(f"captures/{name}", text.encode()), read_cleaning_rules()).draft.ledger.spans
    )  # type: ignore[union-attr]


def test_links_lead_on_from_the_address_the_page_came_from() -> None:
    assert "(https://quay-gazette.example/docs/plan)" in drafted(url=ADDRESS).body
    assert "docs/plan" not in drafted().body


@pytest.mark.parametrize(
    ("address", "front"),
    [("https://a.example", True), ("https://a.example/", True), ("https://a.example/?id=3", False), (ADDRESS, False)],
)
def test_front_pages(address: str, *, front: bool) -> None:
    assert is_front_page(address) is front


def test_only_copies_of_a_web_archive_are_unwrapped() -> None:
    assert original_address(COPY) == ADDRESS
    assert original_address("https://web.archive.org/about") == "https://web.archive.org/about"
    assert original_address(None) is None

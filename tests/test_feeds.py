"""Feed and sitemap: well-formed, dated, and absolute only where the archive knows its address."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from small_library import article, library, rendered, settings

from builder.read.templates import read_templates
from builder.render.data import files
from builder.render.feeds import timestamp
from builder.render.parts import Site
from builder.render.sitemaps import MOST, sitemaps
from builder.render.views.machines import SitemapView

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = article("first-2a3b4c5d", title="Fish & <chips> \x07\u202e", published="2023-10-18T18:00+09:00")
SECOND = article("second-6e7f2a3b", title="Second", published="2024-05-27", authors=("Choi Ha-na",))
UNDATED = article("undated-4c5d6e7f", title="Undated", published=None)


def feed(url: str | None = "https://fish.example/") -> ElementTree.Element:
    text = rendered([FIRST, SECOND, UNDATED], site=settings(url=url, author="Hana Lee"), only="feed")["feed.xml"]
    return ElementTree.fromstring(text)


def texts(root: ElementTree.Element, path: str) -> list[str | None]:
    return [element.text for element in root.findall(path)]


def test_the_feed_holds_the_dated_pieces_newest_first() -> None:
    root = feed()
    assert texts(root, f"{ATOM}entry/{ATOM}title") == ["Second", "Fish &amp; &lt;chips&gt; "]
    assert {one.attrib["type"] for one in root.findall(f"{ATOM}entry/{ATOM}title")} == {"html"}
    assert texts(root, f"{ATOM}entry/{ATOM}updated") == ["2024-05-27T00:00:00Z", "2023-10-18T18:00:00+09:00"]
    assert texts(root, f"{ATOM}updated") == ["2024-05-27T00:00:00Z"]


def test_the_feed_has_what_atom_demands() -> None:
    root = feed()
    assert texts(root, f"{ATOM}id") == ["https://fish.example/"]
    assert texts(root, f"{ATOM}title") == ["The Fish Shelf"]
    assert texts(root, f"{ATOM}author/{ATOM}name") == ["Hana Lee"]
    assert texts(root, f"{ATOM}entry/{ATOM}id") == [
        f"https://fish.example/articles/{one.id}.html" for one in (SECOND, FIRST)
    ]
    links = [link.attrib["href"] for link in root.findall(f"{ATOM}link")]
    assert links == ["https://fish.example/feed.xml", "https://fish.example/"]


def test_without_an_address_the_ids_are_urns_and_stay_the_same() -> None:
    ids = texts(feed(None), f"{ATOM}entry/{ATOM}id")
    assert all(one and one.startswith("urn:uuid:") for one in ids)
    assert len(set(ids)) == len(ids)
    assert ids == texts(feed(None), f"{ATOM}entry/{ATOM}id")


def test_an_archive_without_dates_has_no_feed_and_no_link_to_one() -> None:
    found = rendered([UNDATED])
    assert "feed.xml" not in found
    assert [path for path, text in found.items() if "feed.xml" in text] == []


def test_the_sitemap_lists_what_readers_and_crawlers_should_find() -> None:
    text = rendered([FIRST, UNDATED], site=settings(url="https://fish.example/a/"), only="sitemap")["sitemap.xml"]
    root = ElementTree.fromstring(text)
    found = [element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert found == sorted(found, key=str)
    assert "https://fish.example/a/" in found
    assert f"https://fish.example/a/articles/{UNDATED.id}.html" in found
    hidden = ("404.html", "feed.xml", "search.html", "https://fish.example/a/index.html")
    assert [one for one in found if one and one.endswith(hidden)] == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://fish.example/a/", "User-agent: *\nDisallow:\n\nSitemap: https://fish.example/a/sitemap.xml\n"),
        (None, "User-agent: *\nDisallow:\n"),
    ],
)
def test_robots_may_read_everything(url: str | None, expected: str) -> None:
    assert rendered([FIRST], site=settings(url=url), only="robots")["robots.txt"] == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2023-10-18", "2023-10-18T00:00:00Z"),
        ("2023-10-18T18:00+09:00", "2023-10-18T18:00:00+09:00"),
        ("2023-10-18T18:00", "2023-10-18T18:00:00Z"),
        ("2023-10-18T18:00:07-04:00", "2023-10-18T18:00:07-04:00"),
        ("2023-10-18T18:00Z", "2023-10-18T18:00:00Z"),
    ],
)
def test_timestamps(published: str, expected: str) -> None:
    assert timestamp(published) == expected


def json_feeds(url: str | None = "https://fish.example/") -> dict[str, Any]:
    templates = read_templates(Path("/nonexistent"))
    made = files(settings(url=url), library([FIRST, SECOND, UNDATED]), templates=templates)
    return {
        one.path: json.loads(one.data) for one in made if one.path.startswith("feed") and one.path.endswith(".json")
    }


def test_each_leader_and_topic_has_both_feeds_and_its_page_leads_to_them() -> None:
    found = rendered([FIRST, SECOND, UNDATED])
    subjects = [path.removesuffix(".html") for path in found if path.startswith(("leaders/k", "leaders/l", "topics/t"))]
    assert len(subjects) == 3
    for subject in subjects:
        root = ElementTree.fromstring(found[f"feeds/{subject}.xml"])
        titles = texts(root, f"{ATOM}entry/{ATOM}title")
        assert [unescape(title or "") for title in titles] == ["Second", "Fish & <chips> "]
        assert f'href="../feeds/{subject}.xml"' in found[f"{subject}.html"]
        assert f'href="../feeds/{subject}.json"' in found[f"{subject}.html"]
    assert sorted(json_feeds()) == ["feed.json", *sorted(f"feeds/{subject}.json" for subject in subjects)]


def test_a_json_feed_says_what_the_atom_feed_says() -> None:
    whole = json_feeds()["feed.json"]
    root = feed()
    assert [one["id"] for one in whole["items"]] == texts(root, f"{ATOM}entry/{ATOM}id")
    assert [one["date_published"] for one in whole["items"]] == texts(root, f"{ATOM}entry/{ATOM}updated")
    assert whole["version"] == "https://jsonfeed.org/version/1.1"
    assert (whole["feed_url"], whole["home_page_url"]) == ("https://fish.example/feed.json", "https://fish.example/")


def test_without_an_address_a_feed_names_none() -> None:
    for one in json_feeds(None).values():
        assert not {"feed_url", "home_page_url"} & set(one)
        assert all(item["id"].startswith("urn:uuid:") and "url" not in item for item in one["items"])


def test_no_feed_is_empty_and_none_stands_for_the_undated() -> None:
    undated = rendered([UNDATED])
    assert [path for path in undated if path.startswith("feed")] == []


def test_a_long_sitemap_is_parted() -> None:
    site = Site("X", "", "", "en", "https://fish.example/", None, None, feed=False, texts=())
    index, *parts = sitemaps(site, (f"articles/{number}.html" for number in range(MOST + 1)))
    assert index.view == SitemapView(
        ("https://fish.example/sitemaps/1.xml", "https://fish.example/sitemaps/2.xml"), index=True
    )
    assert [len(part.view.addresses) for part in parts] == [MOST, 1]  # type: ignore[union-attr]
    (short,) = sitemaps(site, ["index.html"])
    assert short.view == SitemapView(("https://fish.example/",))

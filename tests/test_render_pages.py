"""Which pages there are, what they show, and what they never show."""

from __future__ import annotations

import json
import re
import time
import traceback
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from small_library import KIM, LEE, TRADE, article, library, pages, rendered, settings

from builder.model import Caption, Change, Source, Teaser, TextPage, Version
from builder.read.templates import read_templates
from builder.render.data import files
from builder.render.environment import BrokenTemplateError, Rendering, render
from builder.render.lists import shelf_mark
from builder.render.versions import reworded, version_part
from builder.render.views.articles import ArticleView
from builder.render.views.site import HomeView
from builder.render.views.subjects import SubjectView
from builder.values import frozen

FIRST = article("first-2a3b4c5d", title="First", published="2023-10-18T18:00+09:00")
SECOND = article("second-6e7f2a3b", title="Second", published="2024-05-27", language="ko")
UNDATED = article("undated-4c5d6e7f", title="Undated", published=None, source=Source())
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)> \u202e\x07 {{ 7*7 }} {% raw %}'


class Markup(HTMLParser):
    """What a browser would find: elements with attributes, the text of scripts, ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script":
            self.scripts.append(data)


def test_every_address_of_the_design_is_there() -> None:
    planned = pages([FIRST, SECOND, UNDATED])
    assert {
        "index.html",
        *(f"{folder}/{one.id}.html" for folder in ("articles", "provenance") for one in (FIRST, SECOND, UNDATED)),
        "leaders/index.html",
        f"leaders/{KIM}.html",
        f"leaders/{LEE}.html",
        "topics/index.html",
        f"topics/{TRADE}.html",
        "years/2023.html",
        "years/2024.html",
        "timeline.html",
        "matrix.html",
        "sources/index.html",
        "search.html",
        "about.html",
        "404.html",
        "sitemap.xml",
        "feed.xml",
    } <= set(planned)


@pytest.mark.parametrize("change", [{"access": "private"}, {"draft": True}])
def test_what_is_private_or_a_draft_leaves_no_trace(change: dict[str, object]) -> None:
    hidden = replace(SECOND, title="Unspeakable", body="Unspeakable words", **change)  # type: ignore[arg-type]
    texts = rendered([FIRST, hidden])
    assert [path for path, text in texts.items() if "nspeakable" in text or hidden.id in text] == []
    assert "years/2024.html" not in texts
    for output in files(settings(), library([FIRST, hidden]), templates=read_templates(Path("/nonexistent"))):
        assert hidden.id.encode() not in output.data


def test_a_person_whom_only_private_pieces_name_has_no_page() -> None:
    hidden = replace(SECOND, access="private")
    planned = pages([FIRST, hidden], named={FIRST.id: [KIM], hidden.id: [KIM, LEE]})
    assert f"leaders/{LEE}.html" not in planned
    view = planned[f"leaders/{KIM}.html"].view
    assert isinstance(view, SubjectView)
    assert view.name.count == 1
    assert view.with_leaders == ()


def test_an_excerpt_publishes_its_beginning_and_leads_to_the_source() -> None:
    body = "Opening passage. " * 20 + "\n\n" + "Later passage. " * 20
    teasers, captions = (Teaser("Advertised"),), (Caption("Pictured"),)
    planned = pages([replace(FIRST, access="excerpt", body=body, teasers=teasers, captions=captions)])
    assert f"provenance/{FIRST.id}.html" not in planned
    page = planned[f"articles/{FIRST.id}.html"]
    assert "Later passage" not in repr(page)
    assert "Advertised" not in repr(page)
    assert "Pictured" not in repr(page)
    text = render(page, read_templates(Path("/nonexistent"))).data.decode()
    assert "Opening passage" in text
    assert 'href="https://post.example/talks"' in text


def test_captions_stand_beside_the_text_and_are_not_searched_in_it() -> None:
    captions = (Caption("Kim Min-a on the pier", "Photo: Lee"), Caption("An empty quay"))
    planned = pages([replace(FIRST, captions=captions)])
    text = render(planned[f"articles/{FIRST.id}.html"], read_templates(Path("/nonexistent"))).data.decode()
    body, _, behind = text.partition("</article>")
    assert "on the pier" not in body
    assert "Pictures in the original" in behind
    assert behind.index("Kim Min-a on the pier") < behind.index("Photo: Lee") < behind.index("An empty quay")


def changed(*changes: tuple[str, bool]) -> Version:
    told = tuple(Change(text, added=added) for text, added in changes)
    return Version(FIRST.id, "captures/later.txt", "0" * 64, "First", "2024-05-28", None, told)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("The crane moves on Monday.", "The crane moves on Friday.", "The crane moves on -Monday+Friday=."),
        ("He came in rain.", "He came in heavy rain.", "He came in +heavy =rain."),
        ("crane", "a lighthouse far away", None),
        ("他星期一到达", "他星期二到达", "他星期-一+二=到达"),
        ("a b c d e f g", "a x b y c z d e f g", "a- b c+ x b y c z= d e f g"),
        ("x" * 7000, "x" * 7000 + "y", None),
    ],
)
def test_a_reworded_block_is_told_word_by_word(old: str, new: str, shown: str | None) -> None:
    runs = reworded(old, new)
    signs = {"same": "=", "gone": "-", "added": "+"}
    told = None if runs is None else "".join(signs[run.kind] + run.text for run in runs).removeprefix("=")
    assert told == shown
    if runs is not None:
        assert "".join(run.text for run in runs if run.kind != "added") == old
        assert "".join(run.text for run in runs if run.kind != "gone") == new


@pytest.mark.parametrize("count", [10, 40])
def test_blocks_made_to_be_like_each_other_are_compared_in_time(count: int) -> None:
    old = [("습근 " * 900 + str(n), False) for n in range(count)]
    new = [("근 습 " * 900 + str(n), True) for n in range(count)]
    start = time.process_time()
    part = version_part(changed(*old, *new), shown_whole=True)
    assert "".join(run.text for block in part.blocks for run in block.runs).count("습") >= 900 * count
    assert time.process_time() - start < 20


def test_later_versions_stand_on_the_page_with_what_they_changed() -> None:
    later = changed(("The crane moves on Monday.", False), ("Gone whole.", False), ("The crane moves today.", True))
    (page,) = [page for path, page in pages([FIRST], versions=[later]).items() if path.startswith("articles/")]
    text = render(page, read_templates(Path("/nonexistent"))).data.decode()
    assert "The crane moves <del>on Monday</del><ins>today</ins>." in text
    assert re.search(r'<div class="gone">\s*<p class="label">Taken out</p>\s*<p>Gone whole.</p>', text)
    same = pages([FIRST], versions=[changed()])[f"articles/{FIRST.id}.html"]
    assert "Nothing in its text changed." in render(same, read_templates(Path("/nonexistent"))).data.decode()
    hidden = pages([replace(FIRST, access="excerpt")], versions=[later])[f"articles/{FIRST.id}.html"]
    assert "crane" not in repr(hidden)


def test_equal_input_gives_equal_pages_and_bytes_in_any_order_of_articles() -> None:
    one, other = pages([FIRST, SECOND, UNDATED]), pages([UNDATED, SECOND, FIRST])
    assert {path: frozen(page) for path, page in one.items()} == {path: frozen(page) for path, page in other.items()}
    assert rendered([FIRST, SECOND]) == rendered([SECOND, FIRST])


def test_no_page_changes_when_a_piece_it_does_not_show_does() -> None:
    before = pages([FIRST, SECOND])
    after = pages([FIRST, replace(SECOND, body=SECOND.body + "\n\nA new passage.")])
    changed = {path for path in before if frozen(before[path]) != frozen(after[path])}
    assert f"articles/{SECOND.id}.html" in changed
    assert f"articles/{FIRST.id}.html" not in changed


def test_strangers_words_stay_in_their_elements() -> None:
    hostile = article(
        title=HOSTILE,
        body=HOSTILE,
        source=Source(HOSTILE, "https://post.example/a?b='\"><script>"),
        authors=(HOSTILE,),
        teasers=(Teaser(HOSTILE, HOSTILE),),
    )
    hostile = replace(hostile, tags=(HOSTILE,), language="en", captions=(Caption(HOSTILE, HOSTILE),))
    for path, text in rendered([hostile]).items():
        if not path.endswith(".html"):
            continue
        found = Markup(text)
        assert "img" not in {tag for tag, _ in found.elements}, path
        assert all(
            attributes.get("src", "").endswith(".js") or attributes.get("type") == "application/ld+json"
            for tag, attributes in found.elements
            if tag == "script"
        ), path
        assert not [name for _, attributes in found.elements for name in attributes if name.startswith("on")], path
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", text), path
        assert "49" not in text.split("</title>")[0], path


def test_linked_data_is_json_and_cannot_end_its_element() -> None:
    text = rendered([replace(FIRST, title="</script><b>&", language="en")], only="articles/")
    (script,) = [script for script in Markup(next(iter(text.values()))).scripts if script.strip()]
    assert "<" not in script
    record = json.loads(script)
    assert record["headline"] == "</script><b>&"
    assert record["@type"] == "NewsArticle"
    assert record["datePublished"] == "2023-10-18T18:00+09:00"
    assert {"@type": "Person", "name": "Kim Min-a", "sameAs": "https://www.wikidata.org/entity/Q1"} in record[
        "mentions"
    ]


def test_reference_managers_find_a_newspaper_article() -> None:
    text = rendered([replace(FIRST, authors=("Ellen Marsh", "Daniel Okoro"))], only="articles/")
    metas = [attributes for tag, attributes in Markup(next(iter(text.values()))).elements if tag == "meta"]
    found = [(meta.get("name"), meta.get("content")) for meta in metas]
    for pair in [
        ("citation_title", "First"),
        ("citation_author", "Marsh, Ellen"),
        ("citation_author", "Okoro, Daniel"),
        ("citation_publication_date", "2023-10-18"),
        ("citation_language", "en"),
        ("citation_public_url", "https://post.example/talks"),
        ("z:itemType", "newspaperArticle"),
        ("prism:publicationName", "Harbour Post"),
    ]:
        assert pair in found


@pytest.mark.parametrize("page", [f"leaders/{KIM}.html", f"topics/{TRADE}.html", "years/2024.html"])
def test_lists_can_be_saved_piece_by_piece(page: str) -> None:
    texts = rendered([FIRST, SECOND])
    shown = [one for one in (FIRST, SECOND) if f"articles/{one.id}.html" in texts[page]]
    assert texts[page].count('class="Z3988"') == len(shown) > 0
    assert all('class="Z3988"' not in text for path, text in texts.items() if path.startswith("articles/"))


def test_every_page_has_a_policy_and_a_language_and_runs_nothing_inline() -> None:
    for path, text in rendered([FIRST, SECOND]).items():
        if not path.endswith(".html"):
            continue
        elements = Markup(text).elements
        policy = next(a["content"] for tag, a in elements if a.get("http-equiv") == "Content-Security-Policy")
        assert policy is not None
        assert policy.startswith("default-src 'none'"), path
        assert "unsafe-inline" not in policy, path
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", ""), path
        assert elements[0][1]["lang"] == "en", path
        assert not [attributes for _, attributes in elements if "style" in attributes], path
        assert sum(tag == "h1" for tag, _ in elements) == 1, path


def test_the_missing_page_stands_at_any_depth() -> None:
    text = rendered([FIRST], only="404")["404.html"]
    assert all(
        href.startswith(("https://fish.example/archive/", "#", "data:"))
        for _, attributes in Markup(text).elements
        if (href := attributes.get("href"))
    )
    assert "src=" not in text


def test_without_an_address_of_its_own_the_site_claims_none() -> None:
    texts = rendered([FIRST, SECOND], site=settings(url=None))
    assert "sitemap.xml" not in texts
    assert [path for path, text in texts.items() if 'rel="canonical"' in text] == []
    assert not [path for path, text in texts.items() if "fish.example" in text]


def test_the_interface_speaks_the_archives_language() -> None:
    text = rendered([FIRST, SECOND], site=settings(language="ko"))
    home, leader = text["index.html"], text[f"leaders/{KIM}.html"]
    assert '<html lang="ko" dir="ltr">' in home
    assert "기사 2건" in home
    assert "2024년 5월 27일" in home
    assert "<span>김민아</span>" in leader
    assert '<span class="other" lang="en">Kim Min-a</span>' in leader


def test_a_quotation_mark_in_the_interfaces_words_ends_no_attribute() -> None:
    for path, text in rendered([FIRST], only="search").items():
        placeholders = [attributes.get("placeholder") for tag, attributes in Markup(text).elements if tag == "input"]
        assert placeholders == ['Words, names or a "phrase"'], path


def test_a_title_in_another_language_says_so() -> None:
    text = rendered([FIRST, SECOND])["timeline.html"]
    assert re.search(r'<a class="title"[^>]* lang="ko">Second</a>', text)
    assert re.search(r'<a class="title"[^>]*second[^>]*>', text)
    assert not re.search(r'<a class="title"[^>]*lang="en"', text)


def test_a_right_to_left_piece_runs_right_to_left() -> None:
    arabic = article("arabic-2a3b4c5d", language="ar", title="لقاء", body="اجتمع الزعيمان اليوم في المدينة")
    text = rendered([arabic], only="articles/")["articles/arabic-2a3b4c5d.html"]
    assert '<div class="body" lang="ar" dir="rtl">' in text


def test_a_slip_of_the_pen_in_a_year_makes_no_page_of_centuries() -> None:
    days = {"a-2a3b4c5d": "0202-06-30", "b-2a3b4c5d": "2024-05-27", "c-2a3b4c5d": "9999-12-31"}
    site = rendered([article(key, title=key, published=day) for key, day in days.items()])
    assert max(len(text) for path, text in site.items() if path.endswith(".html")) < 100_000
    assert {"years/0202.html", "years/2024-05.html", "years/9999.html"} <= site.keys()


def test_neighbours_by_date_and_undated_pieces_have_none() -> None:
    planned = pages([FIRST, SECOND, UNDATED])
    views = {key: planned[f"articles/{key}.html"].view for key in (FIRST.id, SECOND.id, UNDATED.id)}
    found = {
        key: (view.earlier and view.earlier.id, view.later and view.later.id)
        for key, view in views.items()
        if isinstance(view, ArticleView)
    }
    assert found == {FIRST.id: (None, SECOND.id), SECOND.id: (FIRST.id, None), UNDATED.id: (None, None)}


def test_an_empty_archive_still_has_its_pages() -> None:
    texts = rendered([])
    assert {"index.html", "timeline.html", "leaders/index.html", "sources/index.html", "about.html"} <= set(texts)
    assert "feed.xml" not in texts


def test_the_front_page_counts_what_there_is() -> None:
    view = pages([FIRST, SECOND, UNDATED])["index.html"].view
    assert isinstance(view, HomeView)
    assert (view.pieces, view.first, view.last) == (3, "2023-10-18", "2024-05-27")
    assert view.languages == (("en", 2), ("ko", 1))
    assert view.lead is not None
    assert view.lead.id == SECOND.id


def test_the_about_page_is_the_archivists_or_a_default() -> None:
    own = TextPage("content/pages/about.md", "about", "Who we are", "en", "We like *fish*.")
    other = TextPage("content/pages/method.md", "method", "Method", "en", "See [about](../about.html).")
    planned = pages([FIRST], texts=[own, other])
    templates = read_templates(Path("/nonexistent"))
    assert 'href="../pages/method.html"' in render(planned["years/2023.html"], templates).data.decode()
    assert "<em>fish</em>" in render(planned["about.html"], templates).data.decode()
    assert 'href="../about.html"' in render(planned["pages/method.html"], templates).data.decode()
    assert "About this archive</h1>" in rendered([FIRST], only="about")["about.html"]


def test_a_folder_of_pages_is_reached_by_its_index() -> None:
    texts = [TextPage(f"content/pages/{name}.md", name, name, "en", "Text.") for name in ("docs/index", "docs/more")]
    planned = pages([FIRST], texts=texts)
    templates = read_templates(Path("/nonexistent"))
    home = render(planned["index.html"], templates).data.decode()
    assert 'href="pages/docs/index.html"' in home
    assert "docs/more" not in home
    assert 'href="../../index.html"' in render(planned["pages/docs/more.html"], templates).data.decode()


def test_provenance_names_each_rule_and_shows_each_line() -> None:
    text = rendered([FIRST], only="provenance/")[f"provenance/{FIRST.id}.html"]
    assert '<del>We use cookies.</del> <code lang="en">cookie-banner</code>' in text
    assert [int(value) for value in re.findall(r'<li value="(\d+)"', text)] == [1, 2, 3, 4]
    assert '<th scope="row"><code>share-links</code></th>' in text


@pytest.mark.parametrize(
    ("name", "source", "place", "said"),
    [
        ("timeline.html", "<p>\n{{ view.yeers }}\n", "templates/timeline.html:2:1", "yeers"),
        ("timeline.html", "<p>\n\n{% for %}\n", "templates/timeline.html:3:1", "Expected an expression"),
        ("parts/nav.html", "{{ nothing }}", "templates/parts/nav.html:1:1", "nothing"),
    ],
)
def test_a_mistake_in_a_template_names_file_and_line(
    tmp_path: Path, name: str, source: str, place: str, said: str
) -> None:
    (tmp_path / "templates" / name).parent.mkdir(parents=True)
    (tmp_path / "templates" / name).write_text(source, "utf-8")
    stage = Rendering(read_templates(tmp_path))
    page = pages([FIRST])["timeline.html"]
    try:
        stage(page)
    except jinja2.TemplateError:
        trace = traceback.format_exc()
    with pytest.raises(BrokenTemplateError) as caught:
        stage.failed(page, trace)
    assert str(caught.value.problem.place) == place
    assert said in caught.value.problem.message


@pytest.mark.parametrize(
    ("key", "mark"), [("talks-in-harbour-town-2a3b4c5d", "2a3b4c5d"), ("by-hand", "by-hand"), ("x", "x")]
)
def test_the_shelf_mark_is_what_makes_the_id_unique(key: str, mark: str) -> None:
    assert shelf_mark(key) == mark


def test_the_data_file_has_the_fields_of_the_contract() -> None:
    made = files(settings(), library([FIRST, UNDATED]), templates=read_templates(Path("/none")))
    outputs = {output.path: output.data for output in made}
    records = [json.loads(line) for line in outputs["data/articles.jsonl"].decode().splitlines()]
    assert records[0] == {
        "id": FIRST.id,
        "page": f"articles/{FIRST.id}.html",
        "title": "First",
        "language": "en",
        "published": "2023-10-18",
        "source": {"name": "Harbour Post", "url": "https://post.example/talks"},
        "capture": f"captures/{FIRST.id}.txt",
        "leaders": [KIM, LEE],
        "topics": [TRADE],
        "quotes": [{"leader": KIM, "text": "We like fish."}],
        "related": [UNDATED.id],
        "words": 7,
    }
    assert records[1]["published"] is None
    assert records[1]["source"] == {"name": None, "url": None}

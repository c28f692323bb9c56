"""`review`: what needs a person is found, has its place, and the line to paste is one that works."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import small_library

from builder.annotate.article import annotate
from builder.annotate.review import unknown, unresolved
from builder.annotate.strangers import Stranger, strangers
from builder.cache import NoCache
from builder.model import Article, Capture, Digests, Finding, Knowledge, Source
from builder.model.edits import digest_of
from builder.normalize import Doubt, Doubts, narrow_decisions, undated, weak_title
from builder.normalize.doubts import decisions, doubts_of
from builder.normalize.draft import Examined, page_of
from builder.normalize.judge import Run, judge
from builder.normalize.published import Dates
from builder.normalize.publisher import Publisher
from builder.normalize.title import Title
from builder.normalize.verdicts import Findings, decide
from builder.normalize.vocabulary import vocabulary
from builder.normalizing import normalize
from builder.parallel import InlineExecutor
from builder.problems import Place, error
from builder.read.authorities import read_knowledge
from builder.read.cleaning import read_cleaning_rules
from builder.read.content import read_articles
from builder.read.records import parse_records
from builder.read.settings import parse_settings
from builder.render.review import review_page
from builder.review import Review, review, shown_as_page

CASES = Path(__file__).parent / "cases" / "review"
RULES = read_cleaning_rules()
PLAIN = Doubts(lines_of_file=True, titled=True, title_shared=1.0, headlines=(), dates=(), decisions=())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(CASES, site / "content" / "captures")
    (site / "site.yaml").write_text("title: To be looked at\n", "utf-8")
    normalize(site, (), executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    return site


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    found, problems = read_knowledge(tmp_path_factory.mktemp("bare"))
    assert problems == ()
    return found


def reviewed(site: Path) -> Review:
    return review(site, executor=InlineExecutor(), say=lambda _: None)


def article_of(site: Path, capture: str) -> Path:
    (found,) = [path for path in (site / "content/articles").glob("*.md") if f"captures/{capture}," in path.read_text()]
    return found


def told(site: Path, capture: str) -> dict[str, Finding]:
    path = f"content/articles/{article_of(site, capture).name}"
    return {one.kind: one for one in reviewed(site).findings if one.place.path == path}


def test_a_sound_page_needs_nobody(site: Path) -> None:
    assert told(site, "sound-en.html") == {}


def test_an_undated_piece_is_offered_the_day_that_its_page_names(site: Path, tmp_path: Path) -> None:
    found = told(site, "undated-with-a-day-in-its-text-en.txt")["undated"]
    assert found.message == "the page does not say when it came out; it names 2025-05-12 on line 3"
    assert (found.paste, found.into) == ("published: 2025-05-12", found.place.path)
    again = shutil.copytree(site, tmp_path / "again")
    article = again / found.place.path
    lines = article.read_text("utf-8").split("\n")
    lines.insert(found.place.line - 1, found.paste)
    article.write_text("\n".join(lines), "utf-8")
    assert "undated" not in told(again, "undated-with-a-day-in-its-text-en.txt")
    settings, _ = parse_settings("site.yaml", "title: x\n")
    assert settings is not None
    articles, problems = read_articles(again, settings)
    assert problems == ()
    assert "2025-05-12" in {one.published for one in articles}


def test_a_page_without_a_headline_is_told_at_its_title(site: Path) -> None:
    found = told(site, "without-headline-en.txt")["title"]
    text = article_of(site, "without-headline-en.txt").read_text("utf-8").split("\n")
    assert text[found.place.line - 1].startswith("title:")
    assert "its file's name stands in" in found.message
    assert found.paste == 'title: "…"'


def test_a_title_that_a_person_has_written_is_theirs(site: Path, tmp_path: Path) -> None:
    again = shutil.copytree(site, tmp_path / "again")
    article = article_of(again, "without-headline-en.txt")
    text = article.read_text("utf-8")
    article.write_text(
        text.replace("title: without headline en", "title: Sold: one lighthouse, used".replace(": o", " o")), "utf-8"
    )
    assert "title" not in told(again, "without-headline-en.txt")


def test_the_later_of_two_pieces_that_say_the_same_is_told(site: Path) -> None:
    first, second = article_of(site, "unknown-person-en.txt"), article_of(site, "reprint-en.txt")
    found = told(site, "reprint-en.txt")["double"]
    assert found.message == f"says nearly the same as content/articles/{first.name}"
    assert found.place.path == f"content/articles/{second.name}"
    assert found.paste == "draft: true"
    assert "double" not in told(site, "unknown-person-en.txt")


def test_a_person_without_a_record_is_told_once_with_a_record_that_can_be_read(site: Path) -> None:
    (found,) = [one for one in reviewed(site).findings if "Achterberg" in one.message]
    assert (
        found.message == "“Wilhelmina Achterberg” (Foreign Minister) has no record; named 4 times in 2 of the articles"
    )
    assert found.into == "content/leaders.yaml"
    records, _, problems = parse_records("leader", "content/leaders.yaml", found.paste + "\n")
    assert problems == ()
    assert [(record.id, dict(record.names)) for record in records] == [
        ("wilhelmina-achterberg", {"en": "Wilhelmina Achterberg"})
    ]
    line = (site / found.place.path).read_text("utf-8").split("\n")[found.place.line - 1]
    assert line[found.place.column - 1 :].startswith("Wilhelmina Achterberg")


def test_findings_come_by_place_and_the_same_each_time(site: Path) -> None:
    findings = reviewed(site).findings
    assert [one.place for one in findings] == sorted(one.place for one in findings)
    assert reviewed(site).findings == findings


def test_the_command_prints_lines_or_json_and_exits_0(
    site: Path, pressmark_here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    plain = pressmark_here("review", "--jobs", "1", "--site", site)
    assert plain.returncode == 0
    assert "\n    published: 2025-05-12\n" in plain.stdout
    assert "\n  into content/leaders.yaml:\n    - {id: wilhelmina-achterberg" in plain.stdout
    tools = pressmark_here("review", "--jobs", "1", "--site", site, "--json")
    assert tools.returncode == 0
    objects = [json.loads(line) for line in tools.stdout.splitlines()]
    assert {tuple(one) for one in objects} == {("kind", "file", "line", "column", "message", "paste", "into")}
    assert len(objects) == len(reviewed(site).findings)


def test_the_page_of_serve_shows_all_of_them(site: Path) -> None:
    page = shown_as_page(site).decode()
    findings = reviewed(site).findings
    assert page.count('class="paste"') == len(findings) > 0
    undated_piece = next(one for one in findings if one.kind == "undated")
    assert f'href="/articles/{Path(undated_piece.place.path).stem}.html"' in page
    assert "<code>published: 2025-05-12</code>" in page


def test_strangers_words_are_inert_on_the_page() -> None:
    words = "<script>x()</script>&\u202e"
    finding = Finding(Place(f"content/{words}"), "title", words, words, words)
    page = review_page([finding], [error(Place(words), words)], {f"content/{words}": '"><b>'}).decode()
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("&lt;script&gt;") == 6
    assert "Content-Security-Policy" in page


def test_a_folder_that_is_no_archive_says_so_on_the_page(tmp_path: Path) -> None:
    assert "there is no site.yaml" in shown_as_page(tmp_path).decode()


# What stands in one piece, as values.


def by_pressmark(**changed: str) -> Article:
    """An article as Pressmark wrote it."""
    article = replace(small_library.article(), **changed)
    digests = Digests((("title", digest_of(article.title)),), digest_of(article.body + "\n"))
    return replace(article, normalized=digests)


@pytest.mark.parametrize(
    ("doubts", "message"),
    [
        (replace(PLAIN, titled=False), "its file's name stands in"),
        (replace(PLAIN, headlines=("Fish are back",)), "headed otherwise: “Fish are back”"),
        (replace(PLAIN, title_shared=0.1), "hardly a word in common"),
    ],
)
def test_weak_titles(doubts: Doubts, message: str) -> None:
    article = by_pressmark()
    (found,) = weak_title(article, doubts, (), "---\nid: a\ntitle: Talks in Harbour Town\n---\n")
    assert message in found.message
    assert (found.place.line, found.paste.startswith("title: ")) == (3, True)
    assert list(weak_title(replace(article, normalized=None), doubts, (), "")) == []


def test_short_titles_and_titles_of_two_pieces() -> None:
    (short,) = weak_title(by_pressmark(title="News"), PLAIN, (), "")
    assert "very short" in short.message
    assert list(weak_title(by_pressmark(title="정상회담"), PLAIN, (), "")) == []
    (twin,) = weak_title(by_pressmark(), PLAIN, (small_library.article("other"),), "")
    assert twin.message.endswith("is also the title of content/articles/other.md")


def test_a_headline_with_quotation_marks_is_pasted_as_yaml_takes_it() -> None:
    (found,) = weak_title(by_pressmark(), replace(PLAIN, headlines=('"Fish": a \\ tale',)), (), "")
    assert found.paste == 'title: "\\"Fish\\": a \\\\ tale"'


def test_dated_pieces_are_not_undated() -> None:
    assert list(undated(small_library.article(), PLAIN)) == []
    (found,) = undated(small_library.article(published=None), None)
    assert found.paste == "published: YYYY-MM-DD"


CUT = Doubt("cut", 7, 9, "after-article", "They spoke of nets\n\nas well.", 30)


def test_a_narrow_cut_is_told_at_the_capture_with_what_was_cut() -> None:
    (found,) = narrow_decisions(by_pressmark(), replace(PLAIN, decisions=(CUT,)))
    assert str(found.place) == "content/captures/talks-in-harbour-town-2a3b4c5d.txt:7:1"
    assert found.message.startswith("lines 7 to 9: cut by after-article")
    assert found.paste == "They spoke of nets\n\nas well."


def test_lines_of_a_saved_page_are_those_of_explain() -> None:
    (found,) = narrow_decisions(by_pressmark(), replace(PLAIN, decisions=(CUT,), lines_of_file=False))
    assert found.place.line == 1
    assert found.message.startswith("lines 7 to 9 of pressmark explain: ")


def test_a_stray_end_is_told_where_it_stands_in_the_article() -> None:
    article = by_pressmark(body="Kim met Lee.\n\nShare this")
    (found,) = narrow_decisions(article, replace(PLAIN, decisions=(Doubt("kept", 4, 4, "body", "Share this", 10),)))
    assert str(found.place) == f"{article.path}:12:1"


def test_an_edited_body_has_been_looked_at() -> None:
    article = replace(by_pressmark(), body="My own words.")
    assert list(narrow_decisions(article, replace(PLAIN, decisions=(CUT,)))) == []


def test_many_narrow_decisions_of_one_page_are_counted() -> None:
    many = tuple(replace(CUT, first=line, last=line, letters=line) for line in range(10, 20))
    found = list(narrow_decisions(by_pressmark(), replace(PLAIN, decisions=many)))
    assert [one.place.line for one in found] == [19, 18, 17, 1]
    assert found[-1].message == "7 more decisions about lines of this page were narrow"


PARAGRAPHS = [
    "The dredging of the north channel began on Monday, a year behind the plan, the port of the town said.",
    "Engineers blame the weather for two months of the delay, and one another for the other ten of them.",
    "The port will publish the depth of the north channel every week from now on, the engineers were told.",
]


def decided(text: str, run: Run) -> list[Doubt]:
    """The narrow decisions about a text when the run of its lines is the one given."""
    page = page_of(Capture("captures/a.txt", text.encode()), RULES)
    assert page is not None
    judged = judge(page, vocabulary(RULES))
    found = Findings(judged, run, Title(None), Publisher(Source(), (), ()), (), RULES)
    return list(decisions(Examined(page, found, Dates(None, None), decide(page, found), "en", ())))


def test_a_paragraph_beside_the_article_is_a_narrow_cut() -> None:
    found = decided("\n".join(PARAGRAPHS), Run(0, 2))
    assert [(one.kind, one.first, one.rule, one.text) for one in found if one.kind == "cut"] == [
        ("cut", 3, "after-article", PARAGRAPHS[2])
    ]
    assert [one for one in decided("\n".join(PARAGRAPHS), Run(0, 3)) if one.kind == "cut"] == []


def test_text_far_from_the_article_is_narrow_only_in_its_words() -> None:
    between = ["Subscribe", "Menu"]
    same = decided("\n".join([*PARAGRAPHS[:2], *between, PARAGRAPHS[2]]), Run(0, 2))
    assert [one.first for one in same if one.kind == "cut"] == [5]
    foreign = "Whoever loves cheese finds forty kinds behind these links, all cheaper than anywhere else in summer."
    assert [
        one for one in decided("\n".join([*PARAGRAPHS[:2], *between, foreign]), Run(0, 2)) if one.kind == "cut"
    ] == []


def test_a_stray_line_at_the_end_and_little_text_are_narrow() -> None:
    kinds = {one.kind: one for one in decided(f"{PARAGRAPHS[0]}\nPicture: the port\n{PARAGRAPHS[1]}", Run(0, 3))}
    assert "kept" not in kinds
    assert (kinds["little"].first, kinds["little"].last) == (1, 3)


def test_pages_without_an_article_raise_no_doubts() -> None:
    assert doubts_of(Capture("captures/a.txt", b""), RULES) is None
    assert doubts_of(Capture("captures/a.txt", b"\0\1\2\3" * 50), RULES) is None


@pytest.mark.parametrize(
    ("language", "body", "names"),
    [
        ("en", "Prime Minister Ottoline van der Meer spoke.", ["Ottoline van der Meer"]),
        ("en", "Foreign Minister Orla Quist's plan, and Governor Ebba Lind Tuesday.", ["Orla Quist", "Ebba Lind"]),
        ("en", "President Xi Jinping met Prime Minister Keir Starmer. The President Hotel is full.", []),
        ("en", "The Prime Minister Hopes for more.", []),
        ("ko", "우슬라 대통령은 웃었다. 우슬라 대통령이 답했다.", ["우슬라"]),
        ("ko", "이날 대통령은 웃었다. 이날 비가 왔고 이날 바람이 불었다.", []),
        ("ko", "시진핑 주석은 말했다.", []),
        ("ja", "オルソラ外相は述べた。オルソラ外相も同席した。", ["オルソラ"]),
        ("zh-Hans", "外长奥尔索拉·林德表示，天气很好。", ["奥尔索拉·林德"]),
        ("zh-Hans", "国家主席习近平表示欢迎。", []),
        ("xx", "President Orla Quist spoke.", []),
    ],
)
def test_strangers_beside_an_office(knowledge: Knowledge, language: str, body: str, names: list[str]) -> None:
    article = small_library.article(language=language, body=body)
    found = strangers(article, knowledge)
    assert [one.name for one in found] == names
    assert all(body[one.offset :].startswith(one.name) for one in found)


def test_a_name_met_once_is_nobodys_yet(knowledge: Knowledge) -> None:
    once = Stranger("Orla Quist", "Governor", "en", 1, 0)
    assert list(unknown([(small_library.article(), [once])], knowledge)) == []
    both = [(small_library.article(key), [once]) for key in ("one", "two")]
    assert [one.place.path for one in unknown(both, knowledge)] == ["content/articles/one.md"]


def test_another_spelling_of_a_known_name_is_offered_as_an_alias(knowledge: Knowledge) -> None:
    stranger = Stranger("Volodymir Zelenskyi", "President", "en", 2, 0)
    (found,) = unknown([(small_library.article(), [stranger])], knowledge)
    assert 'did you mean "Volodymyr Zelensky' in found.message
    assert found.paste == "- {id: volodymyr-zelensky, aliases: {en: [Volodymir Zelenskyi]}}"
    assert parse_records("leader", "content/leaders.yaml", found.paste)[2] == ()


def test_names_without_latin_letters_need_an_english_one(knowledge: Knowledge) -> None:
    (found,) = unknown([(small_library.article(), [Stranger("우슬라", "대통령", "ko", 2, 0)])], knowledge)
    assert found.paste == "- {id: ENGLISH-NAME, names: {ko: 우슬라}}"
    assert "small Latin letters" in str(parse_records("leader", "content/leaders.yaml", found.paste)[2][0])


def test_a_family_name_that_could_be_given_to_nobody_is_told_with_who_bears_it(knowledge: Knowledge) -> None:
    article = small_library.article(body="They met.\n\nPresident Kim spoke.")
    facts = replace(annotate(article, knowledge), unresolved=("Kim", "Nobodyson"))
    kim, nobody = unresolved(article, facts, knowledge)
    assert str(kim.place) == f"{article.path}:12:11"
    assert "kim-jong-un" in kim.message
    assert "no record has the name" in nobody.message
    assert nobody.paste == "leaders: {add: [ID]}"

"""Properties of single steps: every letter is accounted for, what is written can be read, nothing can run."""

from __future__ import annotations

import html
import re
from pathlib import Path

from hostile import dangers
from hypothesis import given, settings
from hypothesis import strategies as st
from small_library import settings as settings_of_a_site

from builder.annotate.article import Annotating
from builder.model import Article, Capture
from builder.normalize import Normalized, Normalizing, content_files
from builder.read.articles import parse_article
from builder.read.authorities import read_knowledge
from builder.read.cleaning import read_cleaning_rules
from builder.render.body import article_html
from builder.render.markdown import passages
from builder.render.marking import Words
from builder.render.scripts import harmless

RULES = read_cleaning_rules()
SITE = settings_of_a_site()
KNOWLEDGE, _ = read_knowledge(Path(__file__).parent / "no-site")
WORDS = Words(passage=str, table="Table", picture="Picture")
PLAIN = st.characters(exclude_categories=("Cs",))
BITS = st.sampled_from(
    [
        *(
            "<b>",
            "</b>",
            "<p>",
            "<td>",
            "<!--",
            "-->",
            "&lt;",
            "&#0;",
            "[",
            "](",
            ")",
            "![",
            "**",
            "_",
            "`",
            "```",
            "~~~",
            ">",
        ),
        *(
            "- ",
            "1. ",
            "#",
            "|",
            "|-|",
            "\n",
            "\n\n",
            "\t",
            "\\",
            ":",
            "---",
            "{{",
            "}}",
            "{%",
            "'",
            '"',
            "“",
            "”",
            "=",
            "\0",
        ),
        *(
            "시진핑",
            "主席",
            "Путин",
            "Xi",
            "Jinping",
            "said",
            "President",
            "2024-05-16",
            "2024년",
            "기자",
            "©",
            "\u202e",
        ),
        *("https://a.example/", "a@b.example"),
    ]
)
TEXT = st.lists(BITS | st.text(PLAIN, max_size=12), max_size=40).map(" ".join)
FIELD = st.text(PLAIN, min_size=1, max_size=60).filter(lambda text: text.strip())
ENDINGS = st.sampled_from(["txt", "html", "md"])


def normalized(ending: str, data: bytes) -> Normalized:
    return Normalizing(RULES)(Capture(f"captures/a.{ending}", data))


def read_again(made: Normalized) -> Article | None:
    """The article as a build reads it from the file that was written; None where there is none."""
    files = content_files(made)
    if not files:
        return None
    article, problems = parse_article(files[-1].path, files[-1].text.encode("utf-8", "replace"), SITE)
    assert problems == ()
    return article


@given(ENDINGS, TEXT)
def test_kept_and_cut_are_the_whole_page(ending: str, text: str) -> None:
    made = normalized(ending, text.encode())
    if made.draft is None:
        assert made.problems
        return
    ends: dict[int, int] = {}
    for span in made.draft.ledger.spans:
        assert ends.get(span.line, 0) == span.start <= span.end
        ends[span.line] = span.end
    if ending == "txt":
        lines = re.split(r"\r\n?|\n", text)
        assert {number: len(line) for number, line in enumerate(lines, 1) if line} == {
            number: end for number, end in ends.items() if end
        }


@given(ENDINGS, st.binary(max_size=400))
def test_any_bytes_are_answered_by_a_draft_or_a_reason(ending: str, data: bytes) -> None:
    made = normalized(ending, data)
    assert (made.draft is None) == (content_files(made) == ())
    assert made.draft or made.problems
    read_again(made)


@given(ENDINGS, TEXT)
def test_the_same_page_gives_the_same_files(ending: str, text: str) -> None:
    assert content_files(normalized(ending, text.encode())) == content_files(normalized(ending, text.encode()))


@given(FIELD, FIELD, st.lists(FIELD, max_size=3), st.lists(FIELD, max_size=3))
def test_front_matter_is_read_as_it_was_written(title: str, name: str, authors: list[str], tags: list[str]) -> None:
    page = (
        f"<title>{html.escape(title)}</title><meta property=og:site_name content='{html.escape(name)}'>"
        + "".join(f"<meta name=author content='{html.escape(one)}'>" for one in authors)
        + "".join(f"<meta property=article:tag content='{html.escape(one)}'>" for one in tags)
        + "<article><p>The two ministers met in the harbour town and agreed on a second ferry line.</p></article>"
    )
    made = normalized("html", page.encode("utf-8", "replace"))
    article = read_again(made)
    assert article is not None
    assert made.draft is not None
    assert article.title == (made.draft.title or "a")
    assert (article.authors, article.tags) == (made.draft.authors, made.draft.tags)
    assert article.source == made.draft.source


@given(TEXT)
def test_names_stand_where_they_are_said_to_stand(text: str) -> None:
    source = f"---\nid: a\ntitle: T\nlanguage: en\n---\n\nPresident Xi Jinping spoke. {text}\n"
    article, _ = parse_article("content/articles/a.md", source.encode("utf-8", "replace"), SITE)
    assert article is not None
    facts = Annotating(KNOWLEDGE)(article)
    taken: list[tuple[int, int]] = []
    for mention in facts.mentions:
        if mention.link:
            start, end = mention.link
            assert 0 <= start < end <= len(article.body)
            assert article.body[start:end].strip()
            assert not any(first < end and start < last for first, last in taken)
            taken.append((start, end))


@given(TEXT)
def test_a_body_can_run_nothing_and_loses_no_letter(text: str) -> None:
    shown = article_html(text, "en", anchors=(), root="../", words=WORDS)
    assert list(dangers(f"<title>x</title><body>{shown}".encode("utf-8", "replace"))) == []
    letters = re.sub(r"\W", "", harmless("".join(part for _, part in passages(text))))
    assert letters in re.sub(r"\W", "", html.unescape(re.sub(r"<[^>]*>", "", shown)))


@given(st.text(PLAIN, max_size=300))
@settings(max_examples=50)
def test_what_a_reader_cannot_see_does_not_reach_a_page(text: str) -> None:
    shown = article_html(text, "ko", anchors=(), root="", words=WORDS)
    assert shown == harmless(shown)

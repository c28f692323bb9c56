"""The body's Markdown, parsed again, is the blocks it was made of: kinds, levels, lists, cells, lines and letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from builder.model.footnotes import NOTE, REFERENCE, with_footnotes
from builder.normalize.blocks import Block
from builder.normalize.markdown import markdown_of
from builder.normalize.page import Mark

SIGNS = "aZ5 .,:;!?*_`~#>+-=|\\[](){}<>&\"'/@$%^«»“”。、「」（）①•한글日本語русعرب"
WORDS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=40).map(lambda text: " ".join(text.split()))
TEXTS = st.one_of(
    WORDS.filter(lambda text: any(map(str.isalnum, text))),
    st.sampled_from(
        [
            "1. one",
            "12) two",
            "- dash",
            "+ plus",
            "> quoted",
            "# head",
            "=== x",
            "&amp; a",
            "<b>x</b>",
            "a_b_c",
            "~~~ x",
        ]
    ),
)
KINDS = ("paragraph", "heading", "quote", "code", "verse", "table", "list", "notes")
CODE = st.text(st.sampled_from(SIGNS + "\t"), min_size=1, max_size=30).filter(lambda text: text.strip() == text != "")


def block(kind: str) -> st.SearchStrategy[list[Block]]:
    return {
        "paragraph": TEXTS.map(lambda text: [Block("paragraph", text)]),
        "heading": st.builds(lambda text, level: [Block("heading", text, level=level)], TEXTS, st.integers(2, 6)),
        "quote": st.lists(TEXTS, min_size=1, max_size=3).map(lambda texts: [Block("quote", text) for text in texts]),
        "code": st.lists(CODE, min_size=1, max_size=3).map(lambda lines: [Block("code", line) for line in lines]),
        "verse": st.lists(TEXTS, min_size=3, max_size=4).map(lambda lines: [Block("paragraph", "\n".join(lines))]),
        "table": tables(),
        "list": lists(),
        "notes": st.builds(noted, TEXTS, TEXTS, st.sampled_from("1a*②")),
    }[kind]


def noted(text: str, note: str, label: str) -> list[Block]:
    """A paragraph that ends on a reference, and its note."""
    reference = Mark(len(text), len(text), "note", label)
    return [Block("paragraph", text, marks=(reference,)), Block("note", note, label=label)]


@st.composite
def tables(draw: st.DrawFn) -> list[Block]:
    width = draw(st.integers(2, 4))
    cell = st.one_of(TEXTS, st.just(""))
    rows = draw(st.lists(st.tuples(TEXTS, *[cell] * (width - 1)), min_size=2, max_size=4))
    return [Block("table", "", rows=tuple(rows))]


@st.composite
def lists(draw: st.DrawFn) -> list[Block]:
    items, level = [], 0
    kinds: dict[int, bool] = {}
    for text in draw(st.lists(TEXTS, min_size=1, max_size=5)):
        deeper = draw(st.integers(1, min(level + 1, 4)))
        if deeper > level:
            kinds[deeper] = draw(st.booleans())
        level = deeper
        items.append(Block("item", text, level=level, ordered=kinds[level], group=1))
    return items


@st.composite
def bodies(draw: st.DrawFn) -> list[Block]:
    """Blocks of which no two of one kind stand together that Markdown joins."""
    kinds = draw(
        st.lists(
            st.sampled_from(["paragraph", "heading", "quote", "code", "verse", "table", "list", "notes"]), max_size=5
        )
    )
    parts = [kind for at, kind in enumerate(kinds) if not at or kind != kinds[at - 1]]
    return [one for kind in parts for one in draw(block(kind))]


def wanted(blocks: Sequence[Block]) -> Iterator[tuple[object, ...]]:
    for one in blocks:
        if one.kind == "table":
            yield "table", one.rows
        elif one.kind == "item":
            yield "item", one.level, one.ordered, one.text
        elif one.kind == "heading":
            yield "heading", one.level, one.text
        elif one.kind == "note":
            yield "note", one.label, one.text
        else:
            yield one.kind, one.text + "".join(f"[^{mark.target}]" for mark in one.marks)


def parsed(markdown: str) -> Iterator[tuple[object, ...]]:
    tokens = with_footnotes(MarkdownIt("commonmark", {"html": False}).enable("table")).parse(markdown)
    around: list[Token] = []
    rows: list[list[str]] = []
    for token in tokens:
        if token.nesting == 1:
            around.append(token)
            if token.type == "table_open":
                rows = []
            elif token.type == "tr_open":
                rows.append([])
        elif token.nesting == -1:
            around.pop()
            if token.type == "table_close":
                yield "table", tuple(map(tuple, rows))
        elif token.type in ("fence", "code_block"):
            yield from (("code", line) for line in token.content.splitlines())
        elif token.type == "inline":
            text = shown(token)
            if any(one.type == "tr_open" for one in around):
                rows[-1].append(text)
            else:
                yield told(around, text)


def told(around: Sequence[Token], text: str) -> tuple[object, ...]:
    """A block that is no table by what stands around its words."""
    kinds = [one.type for one in around]
    lists_around = [one for one in around if one.type in ("bullet_list_open", "ordered_list_open")]
    if lists_around:
        return "item", len(lists_around), lists_around[-1].type == "ordered_list_open", text
    if NOTE in kinds:
        return "note", next(one.meta["label"] for one in around if one.type == NOTE), text
    if kinds[-1] == "heading_open":
        return "heading", int(around[-1].tag[1]), text
    return "quote" if "blockquote_open" in kinds else "paragraph", text


def shown(token: Token) -> str:
    breaks = {"hardbreak": "\n", "softbreak": "\n(soft)"}
    return "".join(
        f"[^{child.meta['label']}]" if child.type == REFERENCE else breaks.get(child.type, child.content)
        for child in token.children or ()
    )


@given(bodies())
def test_parsing_gives_the_same_blocks(blocks: list[Block]) -> None:
    assert list(parsed(markdown_of(blocks))) == list(wanted(blocks))

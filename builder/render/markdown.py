"""Markdown → HTML that can run nothing, load nothing and leave its element."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Final

import nh3
from markdown_it.token import Token
from markupsafe import Markup, escape

from builder.model import passage_id
from builder.model.footnotes import without_lost_references
from builder.render.footnotes import link_notes
from builder.render.foreign import with_quotations
from builder.render.inline import Rules, Words, inline, marked, unmarked
from builder.render.parsing import parser
from builder.render.parts import Anchor, PieceLink
from builder.render.piece_links import own_parser
from builder.render.plain import plain_tokens, too_much_markdown
from builder.render.scripts import direction, harmless, passage_language
from builder.render.tags import html_of

_NEWLINE: Final = re.compile(r"\r\n?|\n")
_SENTENCE_END: Final = re.compile(r"[.!?][\"'\u2019\u201d)]*(?=\s)|[\u3002\uff01\uff1f][\u300d\u300f\u201d]*")
_SELF_LINKS: Final = re.compile(r'<a (?:href="#[^"]*" )?class="pm"[^<>]*></a>')
_VOID: Final = re.compile(r"<(br|hr)([^<>]*)>")
_WORD_END: Final = re.compile(r"\S(?=\s)")
_LEAVES: Final = ("paragraph_open", "heading_open", "table_open", "fence", "code_block")
_LISTS: Final = ("bullet_list_open", "ordered_list_open", "blockquote_open")
_FRAMED: Final = ("table_open", "fence", "code_block")
_TAGS: Final = frozenset(
    ("a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "span",
     "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul")
)  # fmt: skip
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": {"id", "lang", "dir", "class"},
    "a": {"href", "title", "aria-label", "role"},
    "div": {"role", "tabindex", "aria-label"},
    "ol": {"start"},
    "th": {"scope"},
}


def article_html(
    source: str,
    language: str,
    *,
    anchors: Sequence[Anchor],
    root: str,
    words: Words,
    spoken: Iterable[tuple[str, str]] = (),
) -> Markup:
    """The body of a captured piece; its passages have ids, and its anchors lead to `root` and their page.

    `spoken` are fragments of passages in another language, and their languages.
    """
    tokens = _tokens(marked(source, anchors))
    _note_languages(tokens, _NEWLINE.split(source), dict(spoken))
    _identify(tokens, _NEWLINE.split(source), words)
    hrefs = tuple(root + anchor.page for anchor in anchors)
    _rewrite(tokens, Rules(language, words, hrefs, own=False))
    link_notes(tokens, words)
    return _sanitized(tokens)


def text_html(source: str, language: str, *, words: Words) -> Markup:
    """A page in the archivist's own hand: relative links stay as they are written."""
    tokens = parser().parse(harmless(source))
    _name_sections(tokens)
    _rewrite(tokens, Rules(language, words, (), own=True))
    link_notes(tokens, words)
    return _sanitized(tokens)


def dossier_html(source: str, language: str, *, links: Iterable[PieceLink], words: Words) -> Markup:
    """As a page in the archivist's own hand, with `[[id]]` leading to pieces."""
    tokens = own_parser().parse(harmless(source))
    _name_sections(tokens)
    _rewrite(tokens, Rules(language, words, (), own=True, pieces={link.target: link for link in links}))
    link_notes(tokens, words)
    return _sanitized(tokens)


def sections(source: str) -> tuple[tuple[str, str], ...]:
    """Fragment and title of each section of a text in the archivist's own hand, those of the highest level alone."""
    tokens = parser().parse(harmless(source))
    _name_sections(tokens)
    named = [(at, token) for at, token in enumerate(tokens) if token.type == "heading_open" and token.attrGet("id")]
    highest = min((token.tag for _, token in named), default="")
    return tuple(
        (str(token.attrGet("id")), "".join(child.content for child in tokens[at + 1].children or ()))
        for at, token in named
        if token.tag == highest
    )


def as_xhtml(html: Markup) -> Markup:
    """A sanitized body as XML has it, without the links of passages to themselves: a book has pages for that."""
    text = _SELF_LINKS.sub("", str(html)).replace("&nbsp;", "&#160;")
    return Markup(_VOID.sub(r"<\1\2/>", text))


def beginning(source: str, letters: int) -> str:
    """The first blocks of a body, about so many letters and never much more than half of it.

    Where blocks do not end in time, the cut is at the end of a sentence, else of a word, and an ellipsis shows it.
    """
    most = min(letters, (len(source.strip()) + 1) // 2)
    lines = _NEWLINE.split(source)
    ends = [token.map[1] for token in _tokens(source) if token.level == 0 and token.map]
    blocks = ("\n".join(lines[:end]).rstrip() for end in ends)
    *_, whole = "", *takewhile(lambda taken: len(taken) <= 1.25 * most, blocks)
    if len(whole) >= most // 2:
        return whole
    said = _plain(source)
    sentences = [found.end() for found in _SENTENCE_END.finditer(source, most // 2, most)]
    words = [found.end() for found in _WORD_END.finditer(source, 0, most)]
    # A cut within a link or an emphasis would show its marks.
    fitting = (at for at in (*sentences[::-1], *words[::-1]) if said.startswith(_plain(source[:at])))
    return source[: next(fitting, most)].rstrip() + " …"


def passages(source: str) -> tuple[tuple[str, str], ...]:
    """Fragment and plain text of each passage of a body, as its page has them; the fragment of a loose one is empty."""
    tokens = _tokens(harmless(source))
    _identify(tokens, _NEWLINE.split(source), Words(passage=str, table="", picture=""))
    found: list[tuple[str, list[str]]] = []
    for token in tokens:
        if token.attrGet("id"):
            found.append((str(token.attrGet("id")), []))
        if token.type in ("inline", "fence", "code_block"):
            texts = [child.content for child in token.children or () if child.type in ("text", "code_inline")]
            if not found:
                found.append(("", []))
            found[-1][1].append("".join(texts) if token.type == "inline" else token.content)
    return tuple((fragment, text) for fragment, texts in found if (text := " ".join(" ".join(texts).split())))


def _tokens(source: str) -> list[Token]:
    """The text parsed; one that would cost too much, or that the parser stumbles over, as plain paragraphs."""
    if too_much_markdown(source):
        return plain_tokens(source)
    try:
        return parser().parse(source)
    except (RecursionError, IndexError, ValueError):
        return plain_tokens(source)


def _plain(source: str) -> str:
    return " ".join(text for _, text in passages(without_lost_references(source)))


def _identify(tokens: list[Token], lines: list[str], words: Words) -> None:
    """Ids for passages, and a link to itself for each paragraph, list, table or quotation that stands by itself."""
    seen: Counter[str] = Counter()
    number = 0
    for at, token in enumerate(tokens):
        if token.map is None or not (token.type in _LEAVES or (token.type in _LISTS and token.level == 0)):
            continue
        # The paragraph inside a tight list's item has no element of its own.
        element = tokens[at - 1] if token.hidden else token
        key = passage_id("\n".join(lines[token.map[0] : token.map[1]]))
        if token.level and seen[key]:
            continue  # a quotation of one paragraph: what holds it has the id already
        seen[key] += 1
        if seen[key] > 1:
            key = f"{key}-{seen[key]}"
        element.attrSet("id", key)
        if token.level == 0 and token.type != "heading_open":
            label = escape(words.passage(number + 1))
            link = f'<a class="pm" href="#{key}" aria-label="{label}"></a>'
            number += _point(tokens, at, Token("html_inline", "", 0, content=link))


def _point(tokens: list[Token], at: int, link: Token) -> bool:
    """Puts a passage's link to itself into its first line, if it has one.

    Tables and code, which scroll, keep it for the frame around them.
    """
    token = tokens[at]
    if token.type in _FRAMED:
        token.meta["link"] = link.content
        return True
    for place in range(at + 1, len(tokens)):
        children = tokens[place].children
        if tokens[place].type == "inline" and children is not None:
            children.append(link)
            return True
        if tokens[place].level == 0:
            break
    return False


def _name_sections(tokens: list[Token]) -> None:
    """A fragment for each heading that stands in no list or quotation, from its words."""
    seen: Counter[str] = Counter()
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            key = "s" + passage_id(tokens[at + 1].content)[1:]
            seen[key] += 1
            token.attrSet("id", key if seen[key] == 1 else f"{key}-{seen[key]}")


def _rewrite(tokens: list[Token], rules: Rules) -> None:
    levels: list[int] = []
    holders: list[Token] = []
    for at, token in enumerate(tokens):
        if token.nesting == 1 and not token.hidden:
            holders.append(token)
        elif token.nesting == -1 and not token.hidden:
            holders.pop()
        if token.type == "heading_open":
            token.tag = tokens[at + 2].tag = f"h{_demoted(int(token.tag[1]), levels)}"
        elif token.type in ("th_open", "td_open"):
            _cell(token, tokens[at + 1], tokens[at + 2])
        elif token.type == "fence":
            token.info = ""
            token.content = unmarked(token.content)
        elif token.type == "code_block":
            token.content = unmarked(token.content)
        elif token.type == "inline" and token.children is not None:
            spoken = _speak(token, holders[-1], rules.language)
            token.children = with_quotations(inline(token.children, rules), spoken)
    _frame(tokens, rules.words)


def _demoted(level: int, levels: list[int]) -> int:
    """The level below the page's h1 at which no level is skipped: 3, 5, 3, 2 become 2, 3, 2, 2."""
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return min(6, 1 + len(levels))


def _cell(token: Token, inline: Token, close: Token) -> None:
    """Column headers say so; an empty one heads nothing; alignment is a class, since the policy forbids styles."""
    style = str(token.attrs.pop("style", ""))
    if style.endswith(("right", "center")):
        token.attrSet("class", style.rpartition(":")[2])
    if token.type == "th_open":
        if inline.content.strip():
            token.attrSet("scope", "col")
        else:
            token.tag = close.tag = "td"


def _note_languages(tokens: Iterable[Token], lines: Sequence[str], spoken: Mapping[str, str]) -> None:
    """Remember with each passage the language that the article's file says it is in."""
    for token in tokens if spoken else ():
        if token.type == "inline" and token.map:
            key = passage_id("\n".join(lines[token.map[0] : token.map[1]]))
            if key in spoken:
                token.meta["lang"] = spoken[key]


def _speak(inline: Token, holder: Token, language: str) -> str:
    """Give a block its language where it is not the text's; the one it is in."""
    spoken = str(inline.meta.get("lang", "")) or passage_language(inline.content, language)
    if spoken:
        holder.attrSet("lang", spoken)
        if direction(spoken) != direction(language):
            holder.attrSet("dir", direction(spoken))
    return spoken or language


def _frame(tokens: list[Token], words: Words) -> None:
    """A wide table scrolls in a frame that the keyboard reaches; the passage's link stands before it, outside."""
    behind = ""
    table = f'<div class="table" role="region" tabindex="0" aria-label="{escape(words.table)}">'
    framed: list[Token] = []
    for token in tokens:
        link = token.meta.get("link", "") if token.type in _FRAMED else ""
        before = f'<div class="passage">{link}' if link else ""
        if token.type == "table_open":
            before += table
            behind = "</div></div>" if link else "</div>"
        if before:
            framed.append(Token("html_block", "", 0, content=before))
        framed.append(token)
        if token.type == "table_close":
            framed.append(Token("html_block", "", 0, content=behind))
        elif link and token.type != "table_open":
            framed.append(Token("html_block", "", 0, content="</div>"))
    tokens[:] = framed


def _sanitized(tokens: list[Token]) -> Markup:
    return Markup(
        nh3.clean(
            html_of(tokens),
            tags=set(_TAGS),
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
    )

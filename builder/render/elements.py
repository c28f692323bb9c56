"""Parsed blocks as a page has them: headings below the page's own, languages said, tables in frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markdown_it.token import Token
from markupsafe import escape

from builder.model import passage_id
from builder.render.blocks import demoted
from builder.render.footnotes import link_notes
from builder.render.foreign import with_quotations
from builder.render.inline import inline
from builder.render.marking import Rules, Words, unmarked
from builder.render.passages import FRAMED
from builder.render.scripts import direction, passage_language
from builder.render.tags import html_of


def elements(tokens: list[Token], rules: Rules, levels: list[int]) -> str:
    """The HTML of blocks, not yet sanitized.

    `levels` are those of the headings above that these stand below; they are brought up to date.
    """
    _rewrite(tokens, rules, levels)
    link_notes(tokens, rules.words)
    return html_of(tokens)


def note_languages(tokens: Iterable[Token], lines: Sequence[str], spoken: Mapping[str, str]) -> None:
    """Remember with each passage the language that the article's file says it is in."""
    for token in tokens if spoken else ():
        if token.type == "inline" and token.map:
            key = passage_id("\n".join(lines[token.map[0] : token.map[1]]))
            if key in spoken:
                token.meta["lang"] = spoken[key]


def _rewrite(tokens: list[Token], rules: Rules, levels: list[int]) -> None:
    holders: list[Token] = []
    for at, token in enumerate(tokens):
        if token.nesting == 1 and not token.hidden:
            holders.append(token)
        elif token.nesting == -1 and not token.hidden:
            holders.pop()
        if token.type == "heading_open":
            token.tag = tokens[at + 2].tag = f"h{demoted(int(token.tag[1]), levels)}"
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
        link = token.meta.get("link", "") if token.type in FRAMED else ""
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

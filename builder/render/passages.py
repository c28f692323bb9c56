"""The passages of a body: their ids, and the links by which each leads to itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from builder.model import passage_id
from builder.render.allowlist import sanitized_label
from builder.render.marking import Words

if TYPE_CHECKING:
    from markdown_it.token import Token

FRAMED: Final = ("table_open", "fence", "code_block")
"""Blocks that scroll, in a frame that holds their link."""
_LEAVES: Final = ("paragraph_open", "heading_open", *FRAMED)
_LISTS: Final = ("bullet_list_open", "ordered_list_open", "blockquote_open")


class Passages:
    """The passages of one body in their order."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._times: dict[str, int] = {}
        self._links = 0

    def fragment(self, block: str, *, inside: bool = False) -> str:
        """The id of a block by its source.

        It is empty for a block `inside` another if an equal one has it: a quotation of one paragraph is both.
        """
        key = passage_id(block)
        times = self._times.get(key, 0)
        if times and inside:
            return ""
        self._times[key] = times + 1
        return f"{key}-{times + 1}" if times else key

    def link(self, fragment: str) -> str:
        """The link of the next passage that has one."""
        self._links += 1
        label = sanitized_label(self._words.passage(self._links))
        return f'<a class="pm" href="#{fragment}" aria-label="{label}"></a>'

    def identify(self, tokens: Sequence[Token], lines: Sequence[str]) -> None:
        """Ids for passages, and a link to itself for each paragraph, list, table or quotation that stands by itself.

        `lines` are those of the source that the tokens were made of.
        """
        for at, token in enumerate(tokens):
            if token.map is None or not (token.type in _LEAVES or (token.type in _LISTS and token.level == 0)):
                continue
            # The paragraph inside a tight list's item has no element of its own.
            element = tokens[at - 1] if token.hidden else token
            key = self.fragment("\n".join(lines[token.map[0] : token.map[1]]), inside=token.level > 0)
            if key:
                element.attrSet("id", key)
                if token.level == 0 and token.type != "heading_open":
                    self._point(tokens, at, key)

    def _point(self, tokens: Sequence[Token], at: int, key: str) -> None:
        """Puts a passage's link to itself into its first line, if it has one.

        Tables and code, which scroll, keep it for the frame around them.
        """
        token = tokens[at]
        if token.type in FRAMED:
            token.meta["link"] = self.link(key)
            return
        from markdown_it.token import Token  # noqa: PLC0415 - as in `phrases`: whoever has tokens has it

        for place in range(at + 1, len(tokens)):
            children = tokens[place].children
            if tokens[place].type == "inline" and children is not None:
                children.append(Token("html_inline", "", 0, content=self.link(key)))
                return
            if tokens[place].level == 0:
                return

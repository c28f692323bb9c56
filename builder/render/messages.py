"""The messages of a gettext catalogue as those of the interface are written: strings without contexts and old forms.

Babel's reader knows all that may stand in one. It takes 26 ms to read ours and 10 more to be loaded, a hundredth of the
first build of a thousand pieces, and this one takes 1; what it does not know is left to Babel. A test compares them.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Final

_LINE: Final = re.compile(r'(?:(msgid|msgid_plural|msgstr(?:\[\d\])?) )?("(?:[^"\\]|\\["\\nrt])*")')


def messages(source: str, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each message and its forms, one where the language knows no plural; an empty translation counts as none."""
    every = _read_plainly(source)
    for one, forms in _read_by_babel(source, language) if every is None else every:
        if one and all(forms):
            yield one, forms


def _read_plainly(source: str) -> list[tuple[str, tuple[str, ...]]] | None:
    """None where there is more in it than messages and their forms."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for entry in source.split("\n\n"):
        parts: list[list[str]] = []
        for line in entry.split("\n"):
            if not line or (line[0] == "#" and line[:2] not in ("#,", "#~")):
                continue
            known = _LINE.fullmatch(line)
            if not known or bool(parts) == (known[1] == "msgid"):
                return None
            if known[1]:
                parts.append([known[1], ""])
            parts[-1][1] += json.loads(known[2]) if "\\" in known[2] else known[2][1:-1]
        if parts:
            ids = [text for keyword, text in parts if keyword.startswith("msgid")]
            found.append((ids[0] if ids else "", tuple(text for _, text in parts[len(ids) :])))
    return found


def _read_by_babel(source: str, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - brings the parsing of mails along: 10 ms

    for message in read_po(io.BytesIO(source.encode()), locale=language):
        one = message.id[0] if isinstance(message.id, tuple | list) else message.id
        yield str(one), (message.string,) if isinstance(message.string, str) else tuple(message.string or ())

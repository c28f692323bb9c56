"""An article's file parted into front matter and body, and what an edit of its body alone leaves of it."""

from __future__ import annotations

import codecs
import hashlib
import stat
from pathlib import Path
from typing import Final

from builder.model import Article
from builder.model.budgets import ARTICLE_BYTES
from builder.model.values import replace

_FENCE: Final = "---"


def split(text: str) -> tuple[str | None, str, int]:
    """Front matter, None where there is none, body, and the line of the file on which the body begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return None, text, 1
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2
    return None, text, 1


def digest_of_front(front: str) -> str:
    """Equal front matters, equal digests."""
    return hashlib.sha256(front.encode()).hexdigest()[:32]


def with_new_body(site: Path, former: Article) -> Article | None:
    """An article whose body alone was edited, as its file is now; None where more is new, or there is no such file.

    `former` is the article as it was, its body aside. No YAML is read: equal front matters say the same.
    """
    path = site / former.path
    try:
        data = path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else b""
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None
    front, body, line = split(text)
    if front is None or digest_of_front(front) != former.front or len(data) > ARTICLE_BYTES:
        return None
    return replace(former, body=body, body_line=line, sha256=hashlib.sha256(data).hexdigest())

"""A sketch of a body's words: for finding near-doubles, and pieces on the same thing."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final
from zlib import crc32

SKETCH: Final = 64
"""How many of the smallest digests are kept; two sketches share about as great a part as the bodies' shingles do."""
_TERMS: Final = 40
_WORD: Final = re.compile(
    r"[a-z\u00df-\u024f\u0370-\u04ff\uac00-\ud7a3]{3,}|[\u30a1-\u30fc]{3,}|[\u4e00-\u9fff]{2,4}|\d{3,}"
)
_CLAUSE: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]{2,}")


def shingles(body: str) -> tuple[int, ...]:
    """The smallest digests of the body's runs of three words, sorted; always `SKETCH` of them, filled up with zeros.

    Where a script has no spaces, runs of letters between signs and digits stand for words.
    """
    text = body.lower()
    words = text.split()
    if len(words) * 12 < len(text):
        words = _CLAUSE.findall(text)
    runs = [" ".join(run).encode() for run in zip(words, words[1:], words[2:], strict=False)] or [text.encode()]
    smallest = sorted(set(map(crc32, runs)))[:SKETCH] if text.strip() else []
    return tuple([0] * (SKETCH - len(smallest)) + smallest)


def terms(body: str) -> tuple[str, ...]:
    """Words of the body worth comparing, the same sample of words in every body, sorted.

    All words would make the fold over the archive slow; those with the smallest digests are an even sample, and words
    that are repeated come first.
    """
    counts = Counter(_WORD.findall(body.lower()))
    chosen = sorted(counts, key=lambda word: (-min(counts[word], 3), crc32(word.encode())))[:_TERMS]
    return tuple(sorted(chosen))

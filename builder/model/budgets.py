"""What one piece may cost, whoever wrote it: what asks for more is shown as plain text or refused by name.

The figures leave five times what the largest honest pages take; the costs beside them were measured on one core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

CAPTURE_BYTES: Final = 32 * 1024 * 1024
"""A file of captures. The largest saved news page seen in practice is under 10 MB, pictures in its style sheets."""
ARTICLE_BYTES: Final = 4 * 1024 * 1024
"""A file of articles; a book of 600,000 words fits."""
NOTE_BYTES: Final = 64 * 1024
"""A note of origin beside a capture."""
LINES: Final = 30_000
"""Lines of a capture that hold text. 100,000 lines of one letter each cost 4 s and 380 MB."""
LETTERS: Final = 1_000_000
"""Letters of a text, those of three thick novels: they cost 2 s and 150 MB from the capture to the page."""
MARKS: Final = 60_000
"""Lines of an article's body and letters in it that may mean something to Markdown; 25 µs each."""
TAGS: Final = 200_000
"""Angle brackets of a saved page: 200,000 empty elements cost 1.5 s."""
ATTRIBUTES: Final = 10_000
"""Attributes of one tag of a saved page. The parser compares each with all before it: 80,000 cost 10 s."""
NAMES: Final = 20_000
"""Different names of tags and attributes, for which it looks in long lists: 200,000 cost 27 s. Pages have a few
hundred, those full of scripts up to 8,000 that look like some."""
PIECE_SECONDS: Final = 10.0
"""Processor seconds that one step may spend on one piece; a guard for what the sizes do not foresee."""
COMPARISON: Final = 100_000_000
"""Steps of finding what two texts share, as `comparison_steps` counts them: 2 s at worst. Two pages of 1,000 paragraphs
take 3,000,000, two paragraphs of 500 English words 17,000,000 in 10 ms: honest texts never come near the worst."""


def comparison_steps(one: Sequence[str], other: Sequence[str]) -> int:
    """The most steps that finding what two sequences share can take: equal parts are paired anew after each find.

    It grows with the cube where the parts are few and alike: twice 1,600 letters of two kinds took 5 s.
    """
    counts = Counter(other)
    pairs = sum(counts[part] for part in one)
    return (pairs + len(one) + len(other)) * min(len(one), len(other))

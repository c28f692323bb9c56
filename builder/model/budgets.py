"""What one piece may cost, whoever wrote it: what asks for more is shown as plain text or refused by name.

The figures leave five times what the largest honest pages take; the costs beside them were measured on one core.
"""

from __future__ import annotations

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
PIECE_SECONDS: Final = 10.0
"""Processor seconds that one step may spend on one piece; a guard for what the sizes do not foresee."""

"""Letters that must not reach a page are found in a whole page's bytes as in a text."""

from __future__ import annotations

from itertools import chain

from builder.render.scripts import harmless, harmless_utf8

EVERY = tuple(map(chr, chain(range(0x3000), range(0xD700, 0x10000), range(0x1FFF0, 0x20010), range(0xE0000, 0xE0100))))
"""Signs of every kind; those between are letters."""


def test_each_unseen_letter_is_taken_out_of_a_page() -> None:
    unseen = [sign for sign in EVERY if not harmless(sign)]
    assert {"\x00", "\x7f", "\x9f", "\u00ad", "\u202e", "\ud800", "\ufeff", "\U000e0041"} < {*unseen}
    assert [sign for sign in unseen if harmless_utf8(f"<p>\uc2dc {sign}é</p>\n") != "<p>\uc2dc é</p>\n".encode()] == []


def test_all_else_stays_in_a_page() -> None:
    seen = "".join(sign for sign in EVERY if harmless(sign))
    assert harmless_utf8(seen) == seen.encode()
    assert harmless_utf8("".join(EVERY)) == seen.encode()

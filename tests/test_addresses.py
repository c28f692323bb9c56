"""What counts as an address on the web."""

from __future__ import annotations

import pytest

from builder.model.addresses import is_web_address


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "http://example.org/a/b?c=d#e",
        "HTTPS://Example.org",
        "https://user@example.org:8080/[x]",
        "https://[::1]/",
        "https://예시.한국/기사",
        "https://example.org?q",
        "http://-a",
    ],
)
def test_an_address_that_a_browser_opens(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://",
        "http://[",
        "http:///path",
        "http://:80",
        "https:/example.org",
        "example.org",
        "/a/b",
        "ftp://example.org",
        "javascript://example.org/%0aalert(1)",
        "https://example.org/a b",
        "https://example.org/a\n",
        "https://example.org\t",
        "https://example.org/\u00a0",
        "https://example.org/\x7f",
        "https://ex\u2100mple.org",
    ],
)
def test_what_is_none(text: str) -> None:
    assert not is_web_address(text)

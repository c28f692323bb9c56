"""An outlet's host is the one that the whole address has."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from builder.render.hosts import host_of

ADDRESSES = (
    "https://News.example/a/b",
    "http://a.example",
    "http://a.example:80/x",
    "https://who:p%2F@a.example/x",
    "https://a.example?b/c",
    "https://a.example#b/c",
    "http:///b/c",
    "https:////b/c",
    "https://[::1]/x",
    "https://a.example/[x",
    "//a.example/x",
    "mailto:who@a.example",
    "HTTPS://A.example/x",
    "ht\ntps://a.example/x",
    "https://a\t.example/x",
    "x",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_that_of_the_whole_address(address: str) -> None:
    assert host_of(address) == (urlsplit(address).hostname or None)


@pytest.mark.parametrize(("address", "host"), [("https://www.a.example/x", "a.example"), ("https://[a/b]", None)])
def test_it_is_as_readers_know_it(address: str, host: str | None) -> None:
    assert host_of(address) == host


def test_a_piece_without_an_address_has_none() -> None:
    assert host_of(None) is None
    assert host_of("") is None

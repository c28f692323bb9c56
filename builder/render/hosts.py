"""Where pieces were published, as readers know it."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit


def host_of(url: str | None) -> str | None:
    """The host of an address as readers know it, without `www.`."""
    # All that an outlet's addresses have in common: an archive has thousands of those and dozens of these.
    end = url.find("/", len("https://")) if url and url.startswith(("https://", "http://")) else -1
    return _host(url[:end] if url and end > 0 else url or "")


@lru_cache(maxsize=1024)
def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None

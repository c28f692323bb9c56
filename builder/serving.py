"""The `serve` command: the site on this machine, built anew whenever something in its folder is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.publish.preview import Edition, Pages, server

_WATCHED = ("content", "templates", "site.yaml")
_QUIET = 10
"""Looks without a save, five a second, after which nobody is in the midst of writing."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served, and what is done meanwhile."""

    site: Path
    out: Path
    port: int
    """0 takes a free one."""
    pages: Pages
    """Pages that are no files of the site."""
    rebuild: Callable[[], bool]
    """Called after each save; says whether the site changed."""
    settle: Callable[[], object]
    """Called once nothing was saved for a while after that: what a rebuild may leave for later is done now."""
    begun: Callable[[int], None]
    """Told the port once the server listens and the folder is watched."""


def serve(serving: Serving) -> None:
    """Serve and rebuild until interrupted; OSError when the port is taken.

    The articles that a build writes start it once more, and that one finds nothing to do.
    """
    edition = Edition()
    with server(serving.out, serving.port, serving.pages, edition=edition) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        try:
            told, quiet = False, _QUIET
            for saved in _saves(serving.site):
                # The first look comes once the folder is watched: a save right after the address is told is seen.
                if not told:
                    serving.begun(running.server_address[1])
                    told = True
                if saved:
                    quiet = 0
                    if serving.rebuild():
                        edition.renew()
                else:
                    quiet += 1
                    if quiet == _QUIET:
                        serving.settle()
        finally:
            running.shutdown()
            thread.join()


def _saves(site: Path) -> Iterable[Collection[object]]:
    """The files that were saved, again and again; none when nothing was for a while."""
    from watchfiles import watch  # noqa: PLC0415 -- only who serves pays for it

    watched = {(site / name).resolve() for name in _WATCHED}

    def ours(_: object, path: str) -> bool:
        found = Path(path)
        return any(one == found or one in found.parents for one in watched) and not found.name.startswith(".")

    # Files younger than a twentieth of a second prove nothing to the next build, which would then be a whole one.
    return watch(site.resolve(), watch_filter=ours, debounce=200, step=60, rust_timeout=200, yield_on_timeout=True)

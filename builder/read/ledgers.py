"""content/ledger → the texts of the ledgers, by the id of what they speak of."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from builder.problems import Place, Problem, error
from builder.read.captures import name_below, read_file, walk

_KIND: Final = ".json"


def read_ledgers(site: Path) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Every ledger's text by its path from the site's root, and an error for each that cannot be read."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for found in walk(site / "content" / "ledger"):
        if found.path.suffix != _KIND or found.foreign:
            continue
        path = name_below(found.path, site)
        data, trouble = (b"", found.trouble) if found.trouble else read_file(found.path)
        if trouble:
            problems.append(error(Place(path), trouble, "let Pressmark read it"))
        else:
            # Bytes that are no UTF-8 stand in no ledger that Pressmark wrote, and must not read as one.
            texts[path] = data.decode("utf-8", "replace")
    return texts, tuple(problems)

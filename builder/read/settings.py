"""site.yaml → Settings."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

from builder.model import Access, Settings, Visibility
from builder.problems import Place, Problem, error
from builder.read.captures import read_file
from builder.read.look import read_look
from builder.read.yaml_nodes import Fields, Origin, compose, utf8_text

SETTINGS_FILE: Final = "site.yaml"
_KNOWN: Final = (
    "title",
    "subtitle",
    "description",
    "language",
    "url",
    "author",
    "license",
    "access",
    "provenance",
    "look",
)
INTERFACE_LANGUAGES: Final = ("en", "ko", "ja", "zh")


def read_settings(site: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The site's settings; None with the reasons when site.yaml is missing or wrong."""
    path = site / SETTINGS_FILE
    if not os.path.lexists(path):
        hint = "make one with a single line, title: The name of your archive, or name the folder with --site"
        return None, (error(Place(SETTINGS_FILE), "there is no site.yaml in this folder", hint),)
    data, trouble = read_file(path)
    if trouble:
        return None, (error(Place(SETTINGS_FILE), trouble, "it must be a plain file that you may read"),)
    text, not_text = utf8_text(data, SETTINGS_FILE)
    return (None, not_text) if text is None else parse_settings(SETTINGS_FILE, text, site)


def parse_settings(path: str, text: str, site: Path | None = None) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings in the text of a site.yaml; files it names are read from the site's folder where that is given."""
    origin = Origin(path)
    root, broken = compose(text, origin)
    if root is None:
        return None, broken or (error(Place(path), "is empty", "it needs at least a line title: …"),)
    problems: list[Problem] = []
    fields = Fields(root, origin, problems, known=_KNOWN, what="site.yaml")
    url = fields.matching("url", is_base_url, "write an address such as https://example.org/archive/")
    settings = Settings(
        title=fields.required("title") or "",
        subtitle=fields.text("subtitle") or "",
        description=fields.text("description") or "",
        language=fields.choice("language", INTERFACE_LANGUAGES, "en"),
        url=url.rstrip("/") + "/" if url else None,
        author=fields.text("author"),
        license=fields.text("license"),
        access=cast(Access, fields.choice("access", ("full", "excerpt", "private"), "full")),
        provenance=cast(Visibility, fields.choice("provenance", ("public", "local"), "public")),
        look=read_look(fields, site),
    )
    return (None if problems else settings), tuple(problems)


def is_base_url(text: str) -> bool:
    """Whether a text is an address below which a site may stand."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    plain = not re.search(r"[\s\x00-\x1f\x7f<>\"\\^`{|}?#@]", text)
    return whole and plain

"""site.yaml → Settings."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

from builder.model import Access, Settings, Visibility
from builder.problems import Place, Problem, error
from builder.read.yaml_nodes import Fields, Origin, compose

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
)
INTERFACE_LANGUAGES: Final = ("en", "ko", "ja", "zh")


def read_settings(site: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The site's settings; None with the reasons when site.yaml is missing or wrong."""
    path = site / SETTINGS_FILE
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        hint = "make one with a single line, title: The name of your archive, or name the folder with --site"
        return None, (error(Place(SETTINGS_FILE), "there is no site.yaml in this folder", hint),)
    except OSError as trouble:
        return None, (error(Place(SETTINGS_FILE), f"cannot be read: {trouble.strerror}"),)
    except UnicodeDecodeError:
        return None, (error(Place(SETTINGS_FILE), "is not UTF-8 text", "save it as UTF-8"),)
    return parse_settings(SETTINGS_FILE, text)


def parse_settings(path: str, text: str) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings in the text of a site.yaml."""
    origin = Origin(path)
    root, broken = compose(text, origin)
    if root is None:
        return None, broken or (error(Place(path), "is empty", "it needs at least a line title: …"),)
    problems: list[Problem] = []
    fields = Fields(root, origin, problems, known=_KNOWN, what="site.yaml")
    url = fields.matching("url", _is_base_url, "write an address such as https://example.org/archive/")
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
    )
    return (None if problems else settings), tuple(problems)


def _is_base_url(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not parts.query and not parts.fragment

"""The interface's words, from the gettext catalogues of builder/data/interface."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from builder.model import Catalogue

CATALOGUES: Final = Path(__file__).resolve().parent.parent / "data" / "interface"


def read_catalogue(language: str) -> Catalogue:
    """The catalogue of a BCP 47 language, of its first subtag where there is no nearer one, or the English one."""
    for wished in (language, language.split("-", maxsplit=1)[0], "en"):
        path = CATALOGUES / f"{wished}.po"
        if wished.replace("-", "").isalnum() and path.is_file():
            return Catalogue(wished, path.read_text("utf-8"))
    raise FileNotFoundError(f"{CATALOGUES / 'en.po'} is missing from the installation")

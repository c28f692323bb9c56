"""Templates and assets: the site's own over the shipped ones, file by file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from builder.model import Templates
from builder.read.catalogues import read_catalogue
from builder.read.citing import read_korean_style

_TEXT: Final = (".html", ".xml", ".txt", ".css")
_ASSETS: Final = "assets/"
SHIPPED: Final = "shipped/"


def read_templates(site: Path, language: str = "en") -> Templates:
    """The templates of a site whose interface speaks `language`.

    What is below `templates/assets/` goes out as it is; `.html`, `.xml`, `.txt` and `.css` elsewhere are templates;
    other files, dot files and symbolic links are left alone. A site's own file takes the place of the shipped one of
    its name, which it may extend, include or import from as `shipped/` and that name.
    """
    sources: dict[str, str] = {}
    files: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for folder, shown in ((shipped_templates(), "shipped templates"), (site / "templates", "templates")):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in Path(name).parts):
                continue
            if name.startswith(SHIPPED):
                continue
            if name.startswith(_ASSETS):
                assets[name] = path.read_bytes()
            elif path.suffix in _TEXT:
                if name in sources:
                    sources[SHIPPED + name], files[SHIPPED + name] = sources[name], files[name]
                sources[name] = path.read_bytes().decode("utf-8-sig", errors="replace")
                files[name] = f"{shown}/{name}"
    catalogue = read_catalogue(language)
    korean = read_korean_style()
    digest = hashlib.blake2b(f"{catalogue.language}\0{catalogue.source}\0{korean}\0".encode(), digest_size=20)
    for name in sorted(sources):
        digest.update(f"{name}\0{sources[name]}\0".encode())
    for name in sorted(assets):
        digest.update(name.encode() + b"\0" + assets[name] + b"\0")
    return Templates(
        sources=dict(sorted(sources.items())),
        files=dict(sorted(files.items())),
        assets=dict(sorted(assets.items())),
        catalogue=catalogue,
        korean=korean,
        fingerprint=digest.hexdigest(),
    )


def shipped_templates() -> Path:
    """The folder of the templates that come with Pressmark: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"

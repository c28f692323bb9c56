"""The archivist's colours, typefaces and logo in the style sheet and the assets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from builder.model import Look, Templates, Typeface

STYLE: Final = "assets/site.css"
_ICON: Final = "assets/icon.svg"
_CLOTH: Final = b"#17533f"
_GROTESQUE: Final = '"Helvetica Neue", "Segoe UI", Roboto, "Noto Sans", Arial, "Liberation Sans", system-ui, sans-serif'
_FACES: Final[Mapping[Typeface, str]] = {
    "charter": 'Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", "Noto Serif", Georgia,'
    ' "Liberation Serif", serif',
    "georgia": 'Georgia, Gelasio, "DejaVu Serif", serif',
    "old-style": '"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Book Antiqua", serif',
    "slab": 'Rockwell, "Rockwell Nova", "Roboto Slab", "Sitka Small", "DejaVu Serif", serif',
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "Noto Sans", "DejaVu Sans", sans-serif',
    "grotesque": _GROTESQUE,
}
"""Faces that systems bring along, so that no page waits for a font or asks another host for one."""
_WITHOUT_SERIFS: Final = ("humanist", "grotesque")


def dressed(templates: Templates, look: Look) -> Templates:
    """The templates with the archivist's look at the end of the style sheet, and the logo among the assets."""
    if look == Look():
        return templates
    assets = dict(templates.assets)
    assets[STYLE] = assets.get(STYLE, b"") + look_css(look).encode()
    if look.accent and _ICON in assets:
        assets[_ICON] = assets[_ICON].replace(_CLOTH, look.accent.light.encode())
    if look.logo:
        assets[f"assets/{look.logo.name}"] = look.logo.data
    digest = hashlib.blake2b(templates.fingerprint.encode() + repr(look).encode(), digest_size=20)
    return replace(templates, assets=dict(sorted(assets.items())), fingerprint=digest.hexdigest())


def look_css(look: Look) -> str:
    """Rules to stand after the shipped ones."""
    rules = ["\n/* site.yaml, look */"]
    if look.accent:
        light, dark = look.accent.light, look.accent.dark
        rules.append(f":root {{ --cloth: {light}; --bar: {light}; }}")
        both = f"light-dark({light}, {dark})"
        rules.append(f"@supports (color: light-dark(red, red)) {{ :root {{ --cloth: {both}; --bar: {both}; }} }}")
    if look.text != "charter":
        rules.append(f":root {{ --latin-serif: {_FACES[look.text]}; }}")
    if look.labels != "grotesque":
        rules.append(f":root {{ --latin-sans: {_FACES[look.labels]}; }}")
    if look.text in _WITHOUT_SERIFS:
        rules.append(":lang(ko), :lang(ja), :lang(zh) { --serif: var(--sans); }")
    return "\n".join((*rules, ""))

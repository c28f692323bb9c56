"""Colours of the archivist's choice, measured against the style's paper (WCAG 2.2)."""

from __future__ import annotations

import colorsys
import re
from typing import Final

PAPERS: Final = {"light": ("#fcfbf8", "#f1f0ea"), "dark": ("#131513", "#1d201d")}
"""Paper and wash of each scheme, as templates/assets/site.css has them; a test compares the two."""
LEAST: Final = 4.5
"""Contrast of words with what they stand on."""
_WRITTEN: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_STEPS: Final = 200


def as_colour(text: str) -> str | None:
    """`#rrggbb` in small letters, from three or six digits; None for anything else."""
    if not _WRITTEN.fullmatch(text):
        return None
    digits = text[1:].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def least_contrast(colour: str, scheme: str) -> float:
    """With the ground of that scheme from which it stands out least."""
    return min(contrast(colour, ground) for ground in PAPERS[scheme])


def nearest_legible(colour: str, scheme: str, *, least: float = LEAST) -> str:
    """The colour of that hue with the lightness nearest to it that can be read in a scheme."""
    red, green, blue = _channels(colour)
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    for step in range(_STEPS + 1):
        wished = lightness + (-1 if scheme == "light" else 1) * step / _STEPS
        found = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, wished)), saturation)
        written = "#" + "".join(f"{round(channel * 255):02x}" for channel in found)
        if least_contrast(written, scheme) >= least:
            return written
    return "#000000" if scheme == "light" else "#ffffff"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

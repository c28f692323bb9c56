"""`look` in site.yaml → Look: the accent colour, the typefaces and the logo."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast, get_args

from yaml import MappingNode

from builder.model import Accent, Logo, Look, Typeface
from builder.read.captures import read_file
from builder.read.colours import LEAST, as_colour, least_contrast, nearest_legible
from builder.read.pictures import clean_svg, picture_size
from builder.read.yaml_nodes import Fields

_HEAVIEST: Final = 100_000
"""Bytes. Every page carries the logo; the rest of a page weighs a third of that."""
_DERIVED: Final = 7.0
"""Contrast of a dark scheme's colour that was not chosen but made of the light one's."""


def read_look(fields: Fields, site: Path | None) -> Look:
    """The look; what is wrong gathers in the fields' problems. Without a site's folder the logo is not read."""
    found = fields.fields("look", known=("accent", "text", "labels", "logo"))
    if found is None:
        return Look()
    faces = get_args(Typeface)
    return Look(
        accent=_accent(found),
        text=cast(Typeface, found.choice("text", faces, "charter")),
        labels=cast(Typeface, found.choice("labels", faces, "grotesque")),
        logo=_logo(found, site) if site else None,
    )


def _accent(fields: Fields) -> Accent | None:
    """One colour serves both schemes, the dark one's made lighter; two are taken as they are."""
    if not isinstance(fields.node_of("accent"), MappingNode):
        light = _colour(fields, "accent", "light")
        return Accent(light, nearest_legible(light, "dark", least=_DERIVED)) if light else None
    both = fields.fields("accent", known=("light", "dark"))
    if both is None:
        return None
    for name in ("light", "dark"):
        both.required(name)
    colours = [_colour(both, name, name) for name in ("light", "dark")]
    return Accent(*colours) if all(colours) else None  # type: ignore[arg-type]  # mypy does not follow all()


def _colour(fields: Fields, name: str, scheme: str) -> str | None:
    text = fields.text(name)
    if text is None:
        return None
    colour = as_colour(text)
    if colour is None:
        fields.refuse(
            name, f'{name} is "{text}"', 'write a colour such as "#17533f", in quotes, since # begins a comment'
        )
        return None
    measured = least_contrast(colour, scheme)
    if measured < LEAST:
        hint = f'at least {LEAST} is needed to read it; "{nearest_legible(colour, scheme)}" is the nearest of its hue'
        fields.refuse(name, f"{colour} has a contrast of {measured:.1f} with the {scheme} paper", hint)
        return None
    return colour


def _logo(fields: Fields, site: Path) -> Logo | None:
    name = fields.text("logo")
    if name is None:
        return None
    path = site / name
    if "\0" in name or not path.resolve().is_relative_to(site.resolve()):
        fields.refuse("logo", f'"{name}" is outside the site\'s folder', "copy the file into content/")
        return None
    data, trouble = read_file(path)
    if trouble:
        fields.refuse("logo", f"{name} {trouble}", "write its path from the site's folder, such as content/logo.svg")
        return None
    if len(data) > _HEAVIEST:
        hint = f"every page carries it: make it smaller than {_HEAVIEST // 1000} KB"
        fields.refuse("logo", f"{name} has {len(data) // 1000} KB", hint)
        return None
    if (found := picture_size(data)) is not None and min(found[1:]) > 0:
        ending, width, height = found
        return Logo(f"logo.{ending}", data, width, height)
    if (drawn := clean_svg(data)) is not None:
        return Logo("logo.svg", *drawn)
    fields.refuse("logo", f"{name} is no picture that can be shown", "SVG with a viewBox, PNG, JPEG or WebP")
    return None

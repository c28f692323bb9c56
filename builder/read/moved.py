"""content/moved.yaml → moves: old addresses and where what stood there is now."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from yaml import MappingNode, ScalarNode

from builder.model import Move
from builder.problems import Place, Problem, error
from builder.read.captures import read_file
from builder.read.yaml_nodes import Origin, compose, is_empty, utf8_text

MOVED_FILE: Final = "content/moved.yaml"
_ID: Final = re.compile(r"[a-z0-9-]{1,80}")
_OUTSIDE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|\\|.*[\x00-\x1f\x7f\\?]")
_EXAMPLE: Final = "write it from the site's root, such as articles/some-id.html, or the id alone"
_LONGEST: Final = 240
"""Bytes in a part of an address: file systems take 255 at most."""


def read_moved(site: Path) -> tuple[tuple[Move, ...], tuple[Problem, ...]]:
    """The moves of a site, sorted by old address, and what is wrong with the others; none where there is no file."""
    path = site / MOVED_FILE
    if not os.path.lexists(path):
        return (), ()
    data, trouble = read_file(path)
    if trouble:
        return (), (error(Place(MOVED_FILE), trouble, "it must be a plain file that you may read"),)
    text, not_text = utf8_text(data, MOVED_FILE)
    return ((), not_text) if text is None else parse_moved(MOVED_FILE, text)


def parse_moved(path: str, text: str) -> tuple[tuple[Move, ...], tuple[Problem, ...]]:
    """The moves in the text of a moved.yaml; whether an address has a page is not known here."""
    origin = Origin(path)
    root, broken = compose(text, origin)
    if root is None:
        return (), broken
    if not isinstance(root, MappingNode):
        hint = "write a line for each, such as old-id: new-id"
        return (), (error(origin.place(root), "must be a mapping of old addresses to new ones", hint),)
    moves: dict[str, Move] = {}
    problems: list[Problem] = []
    for key, value in root.value:
        places = origin.place(key), origin.place(value)
        old, wrong = _address(key.value if isinstance(key, ScalarNode) else "", places[0])
        new, fragment, refused = None, "", None
        if not is_empty(value):
            whole = value.value if isinstance(value, ScalarNode) else ""
            bare, _, fragment = whole.partition("#")
            new, refused = _address(bare, places[1])
        problems += [problem for problem in (wrong, refused) if problem]
        if old is None or refused:
            continue
        if old in moves:
            problems.append(error(places[0], f"{old} stands already on line {moves[old].old_place.line}", "keep one"))
        else:
            moves[old] = Move(old, new, fragment, *places)
    problems += [problem for move in moves.values() if (problem := _onward(move, moves))]
    return tuple(moves[old] for old in sorted(moves)), tuple(problems)


def _address(text: str, place: Place) -> tuple[str | None, Problem | None]:
    """The address of a page from the site's root; an id alone means an article's."""
    if _ID.fullmatch(text):
        return f"articles/{text}.html", None
    parts = text.split("/")
    if not text or _OUTSIDE.match(text) or any(part in ("", ".", "..") for part in parts):
        return None, error(place, f'"{text}" is no address of this site', _EXAMPLE)
    if not text.endswith(".html") or "#" in text:
        return None, error(place, f'"{text}" is no page', "pages end in .html; other files leave nothing behind")
    if max(len(part.encode()) for part in parts) > _LONGEST:
        return None, error(place, "the address is too long", f"at most {_LONGEST} bytes between slashes")
    return text, None


def _onward(move: Move, moves: Mapping[str, Move]) -> Problem | None:
    """Who follows an old address arrives in one step."""
    if move.new is None or move.new not in moves:
        return None
    seen = {move.old}
    last: str | None = move.new
    while last is not None and last in moves:
        if last in seen:
            return error(move.new_place, f"{move.old} leads in a circle", "name a page that is there, or null")
        seen.add(last)
        last = moves[last].new
    message = f"{move.new} has moved itself, line {moves[move.new].old_place.line}"
    return error(move.new_place, message, f"write {last}" if last else "write null, since it is gone")

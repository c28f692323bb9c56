"""YAML as nodes of strings, each with its place, converted field by field.

PyYAML's constructors turn `no` into False, `1:30` into 90 and `2024-13-45` into a bare ValueError; nodes keep what the
archivist typed and where. Composing with the C loader took 29 µs for a front matter that SafeLoader read in 525 µs.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import yaml
from yaml import CollectionEndEvent, CollectionStartEvent, MappingNode, Node, ScalarNode, SequenceNode

from builder.problems import Place, Problem, did_you_mean, error
from builder.read.plain_yaml import TextLoader

_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_YES = frozenset({"true", "True", "yes", "Yes", "on", "On"})
_NO = frozenset({"false", "False", "no", "No", "off", "Off"})
_MOST_UNKNOWN: Final = 20
"""Unknown fields told one by one; a file with more is something else than it should be."""
_DEEPEST: Final = 100
"""Collections inside collections."""
_HARMLESS: Final = 5_000
"""Brackets, however nested. The C composer recurses: it took 20,000, and 40,000 were a segmentation fault. Counting the
levels takes as long as composing, so that files with fewer are spared it."""
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML 1.1 calls not printable; all that it does took 3 ms to compile."""
_LONG_INDENT: Final = re.compile(rf"^[ \t?:-]{{{_DEEPEST // 2}}}", re.MULTILINE)
_DAY_OR_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a YAML text stands in, and how many of the file's lines come before it."""

    path: str
    lines_before: int = 0

    def place(self, node: Node) -> Place:
        """Where the archivist wrote it."""
        mark = node.start_mark
        return Place(self.path, mark.line + 1 + self.lines_before, mark.column + 1)


def utf8_text(data: bytes, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """A file's text with plain line ends; None with the place of the first byte that is no UTF-8."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8").replace("\r\n", "\n"), ()
    except UnicodeDecodeError as broken:
        before = data[: broken.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return None, (error(Place(path, before.count(b"\n") + 1, column), "is not UTF-8 text", "save it as UTF-8"),)


def compose(text: str, origin: Origin, *, ours: bool = False) -> tuple[Node | None, tuple[Problem, ...]]:
    """The root node of one YAML document; None when it is empty or broken, and then with the reason.

    Anchors that are used twice are refused: they serve nobody here and can blow up to any size. In `ours`, which are
    files of the program itself, neither they nor nesting without end are looked for.
    """
    try:
        if not ours and _may_be_deep(text) and (deep := _too_deep(text)):
            place = Place(origin.path, deep[0] + 1 + origin.lines_before, deep[1] + 1)
            return None, (error(place, "YAML is nested too deeply", f"at most {_DEEPEST} levels are read"),)
        root = yaml.compose(text, Loader=TextLoader)
    except yaml.YAMLError as broken:
        return None, (_broken(broken, text, origin),)
    if root is None:
        return None, ()
    if not ours and "*" in text and (shared := _used_twice(root)):
        return None, (error(origin.place(shared), "YAML aliases (&, *) are not allowed", "write the value out"),)
    return root, ()


class Fields:
    """The fields of one YAML mapping, read by name; what is wrong gathers in `problems`."""

    def __init__(
        self, node: Node, origin: Origin, problems: list[Problem], *, known: tuple[str, ...], what: str
    ) -> None:
        self.origin = origin
        self.problems = problems
        self.node = node
        self._values: dict[str, Node] = {}
        self._wrong: set[str] = set()
        if not isinstance(node, MappingNode):
            problems.append(error(origin.place(node), f"{what} must be a mapping of names to values"))
            return
        unknown = []
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if name in self._values:
                problems.append(error(origin.place(key), f'field "{name}" stands twice', "keep one"))
            elif known and name not in known:
                unknown.append((name, origin.place(key)))
            else:
                self._values[name] = value
        for name, place in unknown[:_MOST_UNKNOWN]:
            hint = did_you_mean(name, known) or f"known are {', '.join(known)}"
            problems.append(error(place, f'unknown field "{name}"', hint))
        if more := unknown[_MOST_UNKNOWN:]:
            problems.append(error(more[0][1], f"unknown fields, {len(more)} more", "is this file what it should be?"))

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def place(self, name: str = "") -> Place:
        """Where the value of a field stands, or the mapping when it has none."""
        return self.origin.place(self._values.get(name, self.node))

    def refuse(self, name: str, message: str, hint: str = "") -> None:
        """Note an error at a field's value."""
        self._wrong.add(name)
        self.problems.append(error(self.place(name), message, hint))

    def text(self, name: str) -> str | None:
        """A field's text as typed; None when it is absent or empty."""
        node = self._values.get(name)
        if node is None or is_empty(node):
            return None
        if not isinstance(node, ScalarNode):
            self.refuse(name, f"{name} must be a text", "put it in quotes")
            return None
        return str(node.value)

    def required(self, name: str) -> str | None:
        """As `text`; its absence is an error."""
        value = self.text(name)
        told = not isinstance(self.node, MappingNode) or name in self._wrong
        if value is None and not told:
            self.problems.append(error(self.place(name), f'"{name}" is missing', f"add a line {name}: …"))
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A field's list of texts; a single text counts as a list of one."""
        return tuple(text for text, _ in self.placed_texts(name))

    def placed_texts(self, name: str) -> tuple[tuple[str, Place], ...]:
        """As `texts`, each with its place."""
        node = self._values.get(name)
        if node is None or is_empty(node):
            return ()
        if isinstance(node, ScalarNode):
            return ((str(node.value), self.origin.place(node)),)
        if not isinstance(node, SequenceNode):
            self.refuse(name, f"{name} must be a list", f"{name}: [one, two]")
            return ()
        values = []
        for item in node.value:
            if is_empty(item):
                continue
            if isinstance(item, ScalarNode):
                values.append((str(item.value), self.origin.place(item)))
            else:
                self.problems.append(error(self.origin.place(item), f"{name} must be a list of texts"))
        return tuple(values)

    def node_of(self, name: str) -> Node | None:
        """A field's node, for those who read thousands of values; None when it is absent."""
        return self._values.get(name)

    def is_mapping(self, name: str) -> bool:
        """Whether a field holds fields of its own."""
        return isinstance(self._values.get(name), MappingNode)

    def items(self, name: str) -> tuple[Node, ...]:
        """The nodes of a field's list."""
        node = self._values.get(name)
        if node is None or is_empty(node):
            return ()
        if not isinstance(node, SequenceNode):
            self.refuse(name, f"{name} must be a list")
            return ()
        return tuple(node.value)

    def fields(self, name: str, known: tuple[str, ...] = ()) -> Fields | None:
        """A field that is a mapping itself; None when it is absent."""
        node = self._values.get(name)
        if node is None or is_empty(node):
            return None
        return Fields(node, self.origin, self.problems, known=known, what=name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A field that is true or false."""
        value = self.text(name)
        if value is None:
            return default
        if value not in _YES | _NO:
            self.refuse(name, f'{name} is "{value}"', "write true or false")
        return value in _YES

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """A field that is one of a few words."""
        value = self.text(name)
        if value is None:
            return default
        if value not in allowed:
            self.refuse(name, f'{name} is "{value}"', did_you_mean(value, allowed) or f"one of {', '.join(allowed)}")
            return default
        return value

    def matching(self, name: str, fits: Callable[[str], bool], hint: str) -> str | None:
        """A field whose text must pass a test; the hint says what it should look like."""
        value = self.text(name)
        if value is not None and not fits(value):
            self.refuse(name, f'{name} is "{value}"', hint)
            return None
        return value

    def day_or_time(self, name: str) -> str | None:
        """A date `2025-10-27` or a date and time `2025-10-27T18:00+09:00`, checked against the calendar."""
        return self.matching(name, is_day_or_time, "write 2025-10-27 or 2025-10-27T18:00+09:00")


def is_empty(node: Node) -> bool:
    """Whether the archivist left the value out: nothing, ~ or null, without quotes."""
    return isinstance(node, ScalarNode) and node.value in _EMPTY and not node.style


def is_day_or_time(text: str) -> bool:
    """Whether a text is an ISO date, or a date and time, that the calendar has."""
    if not _DAY_OR_TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _broken(broken: yaml.YAMLError, text: str, origin: Origin) -> Problem:
    """What the parser complains of, at the character the archivist has to look at."""
    if isinstance(broken, yaml.MarkedYAMLError):
        what = broken.problem or broken.context or "cannot be read"
        mark, began = broken.problem_mark or broken.context_mark, broken.context_mark
        # A quote or bracket that is never closed is found on a later line; its beginning is what helps.
        if mark and began and began.line < mark.line and re.search("end of stream|expected ','", what):
            mark = began
        line, column = (mark.line, mark.column) if mark else (0, 0)
        hint = "quote text that holds colons, brackets or quotes"
    else:
        before = text[: found.start()] if (found := CONTROL.search(text)) else ""
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        what, hint = "control characters are not allowed", "remove them"
    return error(Place(origin.path, line + 1 + origin.lines_before, column + 1), f"broken YAML: {what}", hint)


def _may_be_deep(text: str) -> bool:
    """A cheap upper bound: depth takes a bracket a level, or indentation, or a row of dashes on one line."""
    return text.count("[") + text.count("{") > _HARMLESS or bool(_LONG_INDENT.search(text))


def _too_deep(text: str) -> tuple[int, int] | None:
    """Line and column, from 0, of the first collection that is too deep."""
    depth = 0
    for event in yaml.parse(text, Loader=TextLoader):
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
    return None


def _used_twice(root: Node) -> Node | None:
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            return node
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, MappingNode):
            for pair in node.value:
                waiting.extend(pair)
    return None

"""YAML as nodes of strings, each with its place, converted field by field.

PyYAML's constructors turn `no` into False, `1:30` into 90 and `2024-13-45` into a bare ValueError; nodes keep what the
archivist typed and where. Composing with the C loader took 29 µs for a front matter that SafeLoader read in 525 µs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from builder.problems import Place, Problem, did_you_mean, error

_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_YES = frozenset({"true", "True", "yes", "Yes", "on", "On"})
_NO = frozenset({"false", "False", "no", "No", "off", "Off"})


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a YAML text stands in, and how many of the file's lines come before it."""

    path: str
    lines_before: int = 0

    def place(self, node: Node) -> Place:
        """Where the archivist wrote it."""
        mark = node.start_mark
        return Place(self.path, mark.line + 1 + self.lines_before, mark.column + 1)


def compose(text: str, origin: Origin) -> tuple[Node | None, tuple[Problem, ...]]:
    """The root node of one YAML document; None when it is empty or broken, and then with the reason.

    Anchors that are used twice are refused: they serve nobody here and can blow up to any size.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        place = Place(origin.path, line + origin.lines_before, column)
        what = broken.problem or broken.context or "cannot be read"
        return None, (error(place, f"broken YAML: {what}", "quote text that holds colons, brackets or quotes"),)
    except yaml.YAMLError as broken:
        place = Place(origin.path, 1 + origin.lines_before)
        return None, (error(place, f"broken YAML: {broken}".splitlines()[0], "remove control characters"),)
    except RecursionError:
        return None, (error(Place(origin.path, 1 + origin.lines_before), "YAML is nested too deeply"),)
    if root is None:
        return None, ()
    if shared := _used_twice(root):
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
        self._keys: dict[str, Node] = {}
        if not isinstance(node, MappingNode):
            problems.append(error(origin.place(node), f"{what} must be a mapping of names to values"))
            return
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if name in self._values:
                problems.append(error(origin.place(key), f'field "{name}" stands twice', "keep one"))
            elif known and name not in known:
                hint = did_you_mean(name, known) or f"known are {', '.join(known)}"
                problems.append(error(origin.place(key), f'unknown field "{name}"', hint))
            else:
                self._keys[name] = key
                self._values[name] = value

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def place(self, name: str = "") -> Place:
        """Where the value of a field stands, or the mapping when it has none."""
        return self.origin.place(self._values.get(name, self.node))

    def refuse(self, name: str, message: str, hint: str = "") -> None:
        """Note an error at a field's value."""
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
        if value is None and not any(p.place == self.place(name) for p in self.problems if name in self._values):
            self.problems.append(error(self.place(name), f'"{name}" is missing', f"add a line {name}: …"))
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A field's list of texts; a single text counts as a list of one."""
        node = self._values.get(name)
        if node is None or is_empty(node):
            return ()
        if isinstance(node, ScalarNode):
            return (str(node.value),)
        if not isinstance(node, SequenceNode):
            self.refuse(name, f"{name} must be a list", f"{name}: [one, two]")
            return ()
        values = []
        for item in node.value:
            if isinstance(item, ScalarNode):
                values.append(str(item.value))
            else:
                self.problems.append(error(self.origin.place(item), f"{name} must be a list of texts"))
        return tuple(values)

    def node_of(self, name: str) -> Node | None:
        """A field's node, for those who read thousands of values; None when it is absent."""
        return self._values.get(name)

    def is_list(self, name: str) -> bool:
        """Whether a field holds a list."""
        return isinstance(self._values.get(name), SequenceNode)

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
    return isinstance(node, ScalarNode) and node.value in _EMPTY and node.style is None


def is_day_or_time(text: str) -> bool:
    """Whether a text is an ISO date, or a date and time, that the calendar has."""
    if not text.isascii():
        return False
    try:
        if len(text) == len("2025-10-27"):
            date.fromisoformat(text)
        else:
            datetime.fromisoformat(text)
    except ValueError:
        return False
    return text[4:5] == "-" and text[7:8] == "-"


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

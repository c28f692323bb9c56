"""The archivist's own rules upon one page: which of them are for it, and what they find there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from builder.model import CleaningRules, OwnRule
from builder.model.values import field, replace, value
from builder.model.wildcards import Wildcards, wildcards
from builder.normalize.dates import dates_in
from builder.normalize.head_dates import moment_of
from builder.normalize.judge import Judged
from builder.normalize.page import Line, Page, Picked

SURE: Final = 6.0
"""The weight of a line of which the archivist is sure."""
_FOLDER: Final = "captures/"


@value(frozen=True, slots=True)
class Found:
    """What was looked for, and where it stands."""

    value: str
    rule: str
    line: int = 0
    """Number of the line; 0 where it is no line's."""
    start: int = 0
    end: int = 0


@value(frozen=True, slots=True)
class OwnFindings:
    """What the archivist's rules say of a page; line numbers as in the page."""

    whole: Mapping[int, tuple[bool, str]] = field(default_factory=dict)
    """Lines kept (True) or cut as a whole, and the name of the rule."""
    spans: Mapping[int, tuple[tuple[int, int, str], ...]] = field(default_factory=dict)
    """Stretches cut inside lines, in order, in code points of the line."""
    title: Found | None = None
    date: Found | None = None


def rules_for(rules: CleaningRules, path: str, address: str | None) -> tuple[int, ...]:
    """Numbers of the own rules that are for a capture, by its path and by where it came from."""
    if not rules.own:
        return ()
    try:
        host = (urlsplit(address).hostname or "") if address else ""
    except ValueError:
        host = ""
    name = path.removeprefix(_FOLDER)
    return tuple(
        number
        for number, rule in enumerate(rules.own)
        if any(host == wanted or host.endswith(f".{wanted}") for wanted in rule.hosts)
        or any(fnmatchcase(name, glob.removeprefix(_FOLDER)) for glob in rule.files)
    )


def pick(tree: LexborHTMLParser, rules: CleaningRules, numbers: Sequence[int]) -> Picked:
    """The elements that the rules of these numbers select; the first rule that selects one has it."""
    elements: dict[int, int] = {}
    values: list[tuple[int, str]] = []
    for number in numbers:
        rule = rules.own[number]
        if rule.scope != "select":
            continue
        nodes = selected(tree, rule.pattern) or ()
        for node in nodes:
            elements.setdefault(node.mem_id, number)
        if rule.aim in ("title", "date"):
            values += [(number, value) for node in nodes[:1] if (value := value_of(node, rule.attribute))]
    return Picked(elements, tuple(values))


def selected(tree: LexborHTMLParser, selector: str) -> list[LexborNode] | None:
    """The elements that a selector finds; None for one that is no CSS."""
    try:
        return tree.css(selector)
    except SelectolaxError:
        return None


def value_of(node: LexborNode, attribute: str) -> str:
    """What an element says, in an attribute or in its text."""
    value = node.attributes.get(attribute) if attribute else node.text(deep=True, separator=" ")
    return " ".join((value or "").split())


def day_in(text: str, rules: CleaningRules, language: str | None = None) -> str | None:
    """The one moment or day that a text holds; None where it holds none."""
    found = dates_in(text, rules, language=language)
    return moment_of(text, rules) or (found[0].value if found else None)


def own_findings(page: Page, rules: CleaningRules, numbers: Sequence[int], language: str | None = None) -> OwnFindings:
    """What the rules of these numbers, in their order, find on a page."""
    if not numbers:
        return OwnFindings()
    lines = [line for line in page.lines if line.kind not in ("blank", "meta")]
    whole: dict[int, tuple[bool, str]] = {}
    spans: dict[int, list[tuple[int, int, str]]] = {}
    found: dict[str, Found] = {}
    for number in numbers:
        rule = rules.own[number]
        name = f"site:{rule.name}"
        if rule.scope == "select":
            _by_marks(lines, number, rule, whole=whole, spans=spans)
            value = dict(page.picked).get(number)
            if value and rule.aim in ("title", "date"):
                told = value if rule.aim == "title" else day_in(value, rules, language)
                if told:
                    found.setdefault(rule.aim, Found(told, name))
            continue
        made = wildcards(rule.pattern)
        if isinstance(made, str):
            continue
        if rule.aim in ("title", "date"):
            _look_for(lines, rule, made, found, rules=rules, language=language)
        elif rule.scope == "span":
            for line in lines:
                cut = [(line.start + a, line.start + b, name) for a, b in made.stretches(line.words)]
                spans.setdefault(line.number, []).extend(cut)
        else:
            for line in _lines_of(lines, rule, made):
                whole.setdefault(line.number, (rule.aim == "keep", name))
    return OwnFindings(
        whole,
        {number: tuple(_apart(cut)) for number, cut in spans.items() if cut},
        found.get("title"),
        found.get("date"),
    )


def weighed_by_own(judged: Sequence[Judged], own: OwnFindings) -> tuple[Judged, ...]:
    """The lines with those that own rules keep or cut weighed so that the article is found with and without them."""
    if not own.whole:
        return tuple(judged)
    made = []
    for one in judged:
        kept, name = own.whole.get(one.line.number, (None, ""))
        if kept is not None:
            one = replace(one, weight=SURE if kept else -SURE, rule=None if kept else name, section=None)  # noqa: PLW2901
        made.append(one)
    return tuple(made)


def scored_by_own(judged: Sequence[Judged], scores: Sequence[float], own: OwnFindings) -> list[float]:
    """Learnt scores, overruled for the lines of which the archivist is sure."""
    sure = {number: SURE if kept else -SURE for number, (kept, _) in own.whole.items()}
    return [sure.get(one.line.number, score) for one, score in zip(judged, scores, strict=True)]


def _lines_of(lines: Sequence[Line], rule: OwnRule, made: Wildcards) -> Iterator[Line]:
    """The lines that a rule for lines or sections is about."""
    if rule.scope == "line":
        yield from (line for line in lines if made.fits(line.words) is not None)
        return
    until = wildcards(rule.until) if rule.until else None
    inside = False
    for line in lines:
        inside = inside or made.fits(line.words) is not None
        if inside:
            yield line
        if inside and isinstance(until, Wildcards) and until.fits(line.words) is not None:
            inside = False


def _look_for(
    lines: Sequence[Line],
    rule: OwnRule,
    made: Wildcards,
    found: dict[str, Found],
    *,
    rules: CleaningRules,
    language: str | None,
) -> None:
    if rule.aim in found:
        return
    for line in lines:
        place = made.fits(line.words)
        if place is None:
            continue
        words = line.words[slice(*place)]
        start = line.start + place[0] + len(words) - len(words.lstrip())
        text = " ".join(words.split())
        value = text if rule.aim == "title" else day_in(text, rules, language)
        if value:
            found[rule.aim] = Found(value, f"site:{rule.name}", line.number, start, start + len(words.strip()))
            return


def _by_marks(
    lines: Sequence[Line],
    number: int,
    rule: OwnRule,
    *,
    whole: dict[int, tuple[bool, str]],
    spans: dict[int, list[tuple[int, int, str]]],
) -> None:
    """Lines that selected elements make up, and stretches where they are a part of a line."""
    if rule.aim not in ("drop", "keep"):
        return
    name = f"site:{rule.name}"
    for line in lines:
        inside = [mark for mark in line.marks if mark.kind == "picked" and mark.target == str(number)]
        if not inside:
            continue
        picked = {at for mark in inside for at in range(mark.start, mark.end)}
        if rule.aim == "keep" or not any(sign.isalnum() and at not in picked for at, sign in enumerate(line.text)):
            whole.setdefault(line.number, (rule.aim == "keep", name))
        else:
            spans.setdefault(line.number, []).extend((mark.start, mark.end, name) for mark in inside)


def _apart(cut: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Stretches in order, where two overlap the one that begins first."""
    end = 0
    for start, stop, name in sorted(cut):
        if start >= end and stop > start:
            yield start, stop, name
            end = stop

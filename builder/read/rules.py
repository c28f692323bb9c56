"""content/rules.yaml → the archivist's own cleaning rules: what is dropped, kept or looked for on some pages.

    - host: news.example.org            # its subdomains too; or several: [a.example, b.example]
      drop:
        - line: Share this * with a friend            # a whole line; * stands for any words, {number} for digits
          example: Share this story with a friend     # what the rule must fit: checked when the rules are read
        - span: (Photo: *)                            # a stretch inside a line
          example: "They met on Monday. (Photo: Kim)"
        - from: Most read                             # a line and all below it; with `to:`, as far as that line
          example: Most read
        - select: div.newsletter                      # elements of saved pages, by CSS
          example: <div class="newsletter">Sign up</div>
      keep:
        - line: Correction *                          # whatever else would cut it
          example: "Correction: the vote was on Monday."
      title:
        - select: h2.head
          example: <h2 class="head">Bridge opens</h2>
          gives: Bridge opens
      date:
        - line: Filed {date} at *
          example: Filed 3 May 2024 at the desk
          gives: 2024-05-03
        - select: time.pub
          attribute: datetime
          example: <time class="pub" datetime="2024-05-03T09:00+09:00">3 May</time>
    - file: broadcasts/*.txt            # by the capture's path below content/captures
      drop: …

The first rule in the file that fits a line decides about it. `name:` gives a rule the name under which ledgers and
`pressmark explain` know it, `site:…`; otherwise it is made of the rule's first words.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from yaml import MappingNode, Node, SequenceNode

from builder.model import CleaningRules, OwnRule, RuleAim, RuleScope
from builder.model.wildcards import wildcards
from builder.problems import Place, Problem, error, has_errors
from builder.read.captures import read_file
from builder.read.cleaning import cleaning_rules
from builder.read.steps import Through, plainly
from builder.read.yaml_nodes import Fields, Origin, compose, utf8_text

RULES_FILE: Final = "content/rules.yaml"
_AIMS: Final[tuple[RuleAim, ...]] = ("drop", "keep", "title", "date")
_SCOPES: Final[dict[RuleAim, tuple[RuleScope, ...]]] = {
    "drop": ("line", "span", "from", "select"),
    "keep": ("line", "select"),
    "title": ("line", "select"),
    "date": ("line", "select"),
}
_HOST: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63})+")
_NAME: Final = re.compile(r"[\w-]{1,60}")
_WORD: Final = re.compile(r"\w+")
_WORDS_OF_NAME: Final = 4

Check = Callable[[CleaningRules], tuple[Problem, ...]]
"""What tells of examples that their rules do not fit."""


def read_rules(site: Path, check: Check, through: Through = plainly) -> tuple[CleaningRules, tuple[Problem, ...]]:
    """The shipped rules with the site's own, and what is wrong with those; a site without any has the shipped alone."""
    shipped = cleaning_rules(through)
    if not has_rules(site):
        return shipped, ()
    data, trouble = read_file(site / RULES_FILE)
    if trouble:
        return shipped, (error(Place(RULES_FILE), trouble, "it must be a plain file that you may read"),)
    text, not_text = utf8_text(data, RULES_FILE)
    own, problems = ((), not_text) if text is None else parse_rules(RULES_FILE, text)
    rules = replace(shipped, own=own)
    problems = (*problems, *check(rules))
    return (shipped if has_errors(problems) else rules), problems


def has_rules(site: Path) -> bool:
    """Whether the site has rules of its own, right or wrong."""
    return os.path.lexists(site / RULES_FILE)


def parse_rules(path: str, text: str) -> tuple[tuple[OwnRule, ...], tuple[Problem, ...]]:
    """The rules in the text of a rules.yaml; whether they fit their examples is not known here."""
    origin = Origin(path)
    root, broken = compose(text, origin)
    if root is None:
        return (), broken
    if not isinstance(root, SequenceNode):
        hint = "write a list: - host: news.example.org, and below it drop: or keep:"
        return (), (error(origin.place(root), "must be a list of rules by host or file", hint),)
    problems: list[Problem] = []
    rules: list[OwnRule] = []
    taken: set[str] = set()
    for node in root.value:
        for rule in _of_pages(node, origin, problems):
            name = next(name for name in _spellings(rule.name) if name not in taken)
            taken.add(name)
            rules.append(replace(rule, name=name))
    return tuple(rules), tuple(problems)


def _of_pages(node: Node, origin: Origin, problems: list[Problem]) -> Iterator[OwnRule]:
    """The rules for the pages of some hosts or files."""
    about = Fields(node, origin, problems, known=("host", "file", *_AIMS), what="a rule")
    if not isinstance(node, MappingNode):
        return
    hosts = tuple(_host(text, place, problems) for text, place in about.placed_texts("host"))
    files = about.texts("file")
    if not hosts and not files:
        hint = "add host: news.example.org or file: broadcasts/*.txt"
        problems.append(error(origin.place(node), "says neither which host nor which files it is for", hint))
    if not any(aim in about for aim in _AIMS):
        problems.append(error(origin.place(node), "says nothing of its pages", "add drop:, keep:, title: or date:"))
    for aim in _AIMS:
        listed = about.node_of(aim)
        for entry in (listed,) if isinstance(listed, MappingNode) else about.items(aim):
            rule = _rule(entry, aim, origin, problems)
            if rule is not None:
                yield replace(rule, hosts=hosts, files=files)


def _rule(node: Node, aim: RuleAim, origin: Origin, problems: list[Problem]) -> OwnRule | None:
    scopes = _SCOPES[aim]
    extra = ("to",) if aim == "drop" else ("gives", "attribute") if aim in ("title", "date") else ()
    before = len(problems)
    fields = Fields(node, origin, problems, known=(*scopes, *extra, "example", "name"), what=f"an entry of {aim}")
    if not isinstance(node, MappingNode):
        return None
    given = [scope for scope in scopes if scope in fields]
    if len(given) != 1:
        message = f"one of {', '.join(scopes)} must say what is meant" if not given else f"{given[0]} and {given[1]}"
        hint = "write each as an entry of its own" if given else f"- {scopes[0]}: …"
        problems.append(error(origin.place(node), message, hint))
    scope = given[0] if given else "line"
    pattern, until = fields.text(scope) or "", fields.text("to") or ""
    name = fields.matching("name", lambda text: bool(_NAME.fullmatch(text)), "letters, digits and hyphens")
    example = fields.text("example") or ""
    if given and not pattern:
        fields.refuse(scope, f"{scope} is empty", "write what the rule looks for")
    if not example:
        hint = "add example: and what the rule must fit, as the page has it"
        problems.append(error(origin.place(node), "has no example", hint))
    for field, text in ((scope, pattern), ("to", until)):
        if text and scope != "select":
            _check_pattern(fields, field, text, aim if field == scope else "drop")
    if until and scope != "from":
        fields.refuse("to", "to belongs to from", "write from: and the section's first line")
    if "attribute" in fields and scope != "select":
        fields.refuse("attribute", "attribute belongs to select", "lines have none")
    if len(problems) > before:
        return None
    attribute, gives = fields.text("attribute") or "", fields.text("gives") or ""
    name = name or "-".join(_WORD.findall(pattern.casefold())[:_WORDS_OF_NAME])[:60] or scope
    place = fields.place("example")
    return OwnRule(name, aim, scope, pattern, (), (), example, place, until, attribute, gives)


def _check_pattern(fields: Fields, field: str, text: str, aim: RuleAim) -> None:
    made = wildcards(text)
    if isinstance(made, str):
        fields.refuse(field, f'"{text}" {made}', "write a phrase of the page, with * for what changes")
    elif aim in ("title", "date") and made.field != aim:
        fields.refuse(field, f'"{text}" does not say where the {aim} stands', f"write {{{aim}}} in its place")
    elif aim in ("drop", "keep") and made.field:
        fields.refuse(field, f'"{text}" looks for a {made.field}', f"write * there, or use {made.field}:")


def _host(text: str, place: Place, problems: list[Problem]) -> str:
    bare = text.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("*.").rstrip("/")
    if not _HOST.fullmatch(bare):
        problems.append(error(place, f'"{text}" is no host', "write a name such as news.example.org, without a path"))
    return bare


def _spellings(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1

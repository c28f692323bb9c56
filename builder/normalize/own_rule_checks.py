"""Whether the archivist's rules fit the examples that are given with them."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from builder.model import CleaningRules, OwnRule
from builder.model.wildcards import Wildcards, wildcards
from builder.normalize.own_rules import day_in, selected, value_of
from builder.problems import Problem, error

_SHOWN: Final = 40


def check_rules(rules: CleaningRules) -> tuple[Problem, ...]:
    """An error, at the example, for each own rule that does not find in it what it is there to find."""
    return tuple(problem for rule in rules.own if (problem := _checked(rule, rules)))


def _checked(rule: OwnRule, rules: CleaningRules) -> Problem | None:
    if rule.scope == "select":
        return _checked_selector(rule, rules)
    made = wildcards(rule.pattern)
    if isinstance(made, str):  # told when the file was read
        return None
    text = rule.example.strip()
    fits = next(made.stretches(text), None) if rule.scope == "span" else made.fits(text)
    if fits is None:
        where = "anywhere" if rule.scope == "span" else "as a whole line"
        return _unfit(rule, f'"{rule.pattern}" does not fit its example {where}', _parting(rule, made))
    found = text[slice(*fits)].strip() if made.field else ""
    return _gives(rule, found, rules)


def _checked_selector(rule: OwnRule, rules: CleaningRules) -> Problem | None:
    tree = LexborHTMLParser(rule.example)
    nodes = selected(tree, rule.pattern)
    if nodes is None:
        return _unfit(rule, f'"{rule.pattern}" is no CSS selector', "write one such as div.newsletter or p[role=note]")
    if not nodes:
        tags = dict.fromkeys(
            "".join([node.tag or "", *(f".{name}" for name in (node.attributes.get("class") or "").split())])
            for node in tree.css("body *")
        )
        hint = f"it holds {', '.join(list(tags)[:5])}" if tags else "write the example as HTML, tags included"
        return _unfit(rule, f'"{rule.pattern}" selects nothing in its example', hint)
    if rule.aim not in ("title", "date"):
        return None
    value = value_of(nodes[0], rule.attribute)
    if not value and rule.attribute:
        named = ", ".join(nodes[0].attributes) or "none"
        return _unfit(rule, f'the element has no attribute "{rule.attribute}"', f"it has {named}")
    return _gives(rule, value, rules)


def _gives(rule: OwnRule, found: str, rules: CleaningRules) -> Problem | None:
    """Whether what was found is a title or a date, and the one that the example is to give."""
    if rule.aim not in ("title", "date"):
        return None
    value = found if rule.aim == "title" else day_in(found, rules)
    if not value:
        hint = "write a year, a month and a day as the page does" if rule.aim == "date" else "the element is empty"
        return _unfit(rule, f'its example gives no {rule.aim}: "{found[:_SHOWN]}"', hint)
    if rule.gives and rule.gives not in (value, value[:10] if rule.aim == "date" else value):
        return _unfit(rule, f'its example gives "{value[:_SHOWN]}" and not "{rule.gives[:_SHOWN]}"', "put either right")
    return None


def _parting(rule: OwnRule, made: Wildcards) -> str:
    """The first phrase of the pattern that the example lacks, and what it has that is nearest."""
    position = 0
    for phrase in made.phrases:
        found = phrase.search(rule.example, position)
        if found is None:
            wanted = phrase.pattern.replace("\\s++", " ").replace(r"(?<!\d)\d++", "{number}").replace("\\", "")
            texts = wanted.casefold(), rule.example.casefold()
            same = SequenceMatcher(None, *texts, autojunk=False).find_longest_match()
            near = rule.example[max(0, same.b - same.a) :][: len(wanted)].strip()
            return f'"{wanted}" is looked for' + (f', "{near}" stands there' if same.size > 2 else "")
        position = found.end()
    return "put * before or behind it for what else stands on the line"


def _unfit(rule: OwnRule, message: str, hint: str) -> Problem:
    return error(rule.place, message, hint)

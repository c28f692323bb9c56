"""The archivist's own cleaning rules, read from content/rules.yaml."""

from __future__ import annotations

import hashlib
from typing import Literal

from builder.model.values import value
from builder.problems import Place

RuleAim = Literal["drop", "keep", "title", "date"]
RuleScope = Literal["line", "span", "from", "select"]


@value(frozen=True, slots=True)
class OwnRule:
    """One rule for the pages of some hosts or files: what it finds there and what becomes of that."""

    name: str
    """Stands in ledgers, behind `site:`."""
    aim: RuleAim
    scope: RuleScope
    """Whether `pattern` fits whole lines, a stretch inside a line, or the first line of a section; or is CSS."""
    pattern: str
    hosts: tuple[str, ...]
    files: tuple[str, ...]
    """Globs below content/captures. A rule is for the pages of either."""
    example: str
    """What the rule must fit; checked when the rules are read."""
    place: Place
    """Of the pattern."""
    until: str = ""
    """Of a section: the pattern of its last line; empty for the page's end."""
    attribute: str = ""
    """Of a selected element, where it holds what is looked for."""
    gives: str = ""
    """The title or the day that the example must give."""

    @property
    def digest(self) -> str:
        """Equal for rules that do the same, wherever they stand in their file."""
        does = (self.name, self.aim, self.scope, self.pattern, self.hosts, self.files, self.until, self.attribute)
        return hashlib.blake2b(repr(does).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def digest_of_rules(rules: tuple[OwnRule, ...]) -> str:
    """The digest of some rules in their order; empty for none."""
    joined = " ".join(rule.digest for rule in rules)
    return hashlib.blake2b(joined.encode("ascii"), digest_size=4).hexdigest() if rules else ""

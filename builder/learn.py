"""The `learn` command: rules proposed for what recurs on a host's pages. Nothing is written and nothing is learnt
silently: each page goes on being cleaned by itself, and by what the archivist has pasted into content/rules.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import yaml

from builder.normalize import Listing, Proposal, check_rules, proposals
from builder.parallel import Failure, map_batches
from builder.problems import Problem, has_errors, in_order
from builder.read.captures import read_captures
from builder.read.rules import read_rules
from builder.read.settings import read_settings


@dataclass(frozen=True, slots=True)
class Learnt:
    """What recurs, and what is wrong in the archivist's files."""

    proposals: tuple[Proposal, ...]
    problems: tuple[Problem, ...] = ()


def learn(site: Path, least: int, *, executor: Executor) -> Learnt:
    """What stands on at least so many pages of a host, or of a folder where the host is not known, and was kept."""
    settings, problems = read_settings(site)
    rules, about_rules = read_rules(site, check_rules)
    captures, about_captures = read_captures(site)
    problems = in_order((*problems, *about_rules, *about_captures))
    if settings is None or has_errors(problems):
        return Learnt((), problems)
    listed = map_batches(executor, Listing(rules), captures)
    found = [one for one in listed if one is not None and not isinstance(one, Failure)]
    return Learnt(proposals(found, least), problems)


def as_yaml(found: Sequence[Proposal]) -> str:
    """Entries for content/rules.yaml, each with its counts above it."""
    if not found:
        return "# nothing recurs that is not cut already\n"
    parts = ["# Paste what is right into content/rules.yaml, and try it with: pressmark explain CAPTURE\n"]
    for pages, group in groupby(found, key=lambda one: one.pages):
        where = {"file": f"{pages.lstrip('/')}*"} if pages.endswith("/") else {"host": pages}
        parts.append(f"- {_scalar(where)}  drop:\n")
        for one in group:
            parts.append(f"    # in {one.times} of {one.of} pieces, kept in {one.kept}; {_comment(one.place)}\n")
            parts.append(f"    - {_scalar({one.scope: one.pattern})}      {_scalar({'example': one.example})}")
    return "".join(parts)


def _scalar(pair: dict[str, str]) -> str:
    return str(yaml.safe_dump(pair, allow_unicode=True, width=10_000, default_flow_style=False))


def _comment(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)

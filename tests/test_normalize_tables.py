"""Flattened tables given back their cells: tables of our own in four languages, with floors that hold each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.normalize.tables import recover_table, table_candidates
from builder.read.cleaning import read_cleaning_rules

CASES = Path(__file__).parent / "cases" / "tables"
RULES = read_cleaning_rules()


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))
    return found


def cells(table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.strip() for cell in row.split("|")) for row in table.strip().splitlines())


def recovered(case: dict[str, Any]) -> tuple[tuple[str, ...], ...] | None:
    flat = [" ".join(row) for row in cells(case["table"])]
    return recover_table(flat, case.get("article", ""), RULES)

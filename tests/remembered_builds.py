"""Whole builds that leave behind what the shorter ways of the next one need."""

from __future__ import annotations

from functools import partial

from builder.build import build
from builder.cache import Cache
from builder.parallel import InlineExecutor
from builder.remembering import keep
from builder.report import Options, Report


def whole(options: Options, cache: Cache) -> Report:
    """Build the site and keep what it leaves."""
    remember = partial(keep, cache, options)
    return build(options, executor=InlineExecutor(), cache=cache, say=lambda _: None, remember=remember)

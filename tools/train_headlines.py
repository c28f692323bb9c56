#!/usr/bin/env python3
"""Learn which line of a text dump is its headline, from dumps whose headline is known.

    python tools/train_headlines.py TRUTHS FOLDER… [--out FILE] [--folds N]

TRUTHS is a JSON object: for each page's name, without suffix, an object with its `title`, and with `host` or `url`.
FOLDER holds the dumps (`.txt`). Boosted decision trees rank the lines of a page against each other, so that the odds
among them are learnt; from each dump the article with a few lines around is cut as well, as people paste it. What was
learnt of articles, in `--out`, finds the text and stays as it is. `--folds` also says for each N-th of the sites how
often what the others teach finds the headline; `--held-out DIR` keeps the weights of each fold there.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
from train_cleaning import Floats, Growth, as_limits, as_text, grow, limits_of

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from builder.model import Capture, CleaningRules, LineWeights
from builder.normalize.draft import examine, page_of
from builder.normalize.headline_ranks import FORM, headline_measures, likely
from builder.normalize.judge import Judged, Run
from builder.normalize.title_lines import Sayings, candidates_of
from builder.normalize.trees import summed
from builder.read.cleaning import read_cleaning_rules

TREES = 110
GROWTH = Growth(steady=5.0, least=5.0, pace=0.08)
SOME_LINES = 0.7
SOME_MEASURES = 0.4
ABOVE = (0, 1, 2, 3, 4, 6, 8, 12)
BELOW = (0, 0, 2, 4, 10)
"""Lines around a pasted article."""
ALIKE = 0.85
"""Likeness from which a line is nearly the headline, where no line is."""
LONGEST_ALIKE = 400


@dataclass(frozen=True)
class Sample:
    """A page's likely lines: their measures, and what share of being the headline each has."""

    name: str
    site: int
    part: str
    rows: list[tuple[float, ...]]
    rights: list[float]
    exact: list[bool]


def main() -> None:
    """Read the pages, learn, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truths", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("builder/data/cleaning_weights.json"))
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--held-out", type=Path)
    options = parser.parse_args()
    truths = json.loads(options.truths.read_text("utf-8"))
    weights = json.loads(options.out.read_text("utf-8")) if options.out.is_file() else {}
    samples = [one for folder in options.folders for one in read_samples(folder, truths)]
    print(f"{len(samples)} pages and parts", flush=True)
    for fold in range(options.folds):
        held = [one for one in samples if one.site % options.folds == fold]
        learnt = learn([one for one in samples if one.site % options.folds != fold])
        report(held, learnt, f"fold {fold}")
        if options.held_out:
            text = as_text({"pages": sorted({one.name for one in held}), FORM: asdict(learnt)})
            (options.held_out / f"{FORM}-{fold}.json").write_text(text, "utf-8")
    weights[FORM] = asdict(learn(samples))
    options.out.write_text(as_text(weights), "utf-8")


def read_samples(folder: Path, truths: dict[str, Any]) -> Iterator[Sample]:
    """The dumps whose headline is known, whole and pasted."""
    rules = read_cleaning_rules()
    for path in sorted(folder.glob("*.txt")):
        truth = truths.get(path.stem) or {}
        page = page_of(Capture(path.name, path.read_bytes()), rules) if truth.get("title") else None
        if page is None or page.excess:
            continue
        found = examine(page, rules).found
        host = re.sub(r"^https?://|/.*", "", truth.get("host") or truth.get("url") or path.stem)
        site = zlib.crc32(".".join(host.split(".")[-2:]).encode())
        yield sample_of(found.judged, found.run, truth["title"], rules, name=path.stem, site=site)
        if part := pasted(found.judged, found.run, truth["title"]):
            yield sample_of(*part, truth["title"], rules, name=path.stem, site=site, part="pasted")


def pasted(judged: Sequence[Judged], run: Run, title: str) -> tuple[Sequence[Judged], Run] | None:
    """The lines from a few above the headline to a few below the text."""
    said = [at for at, one in enumerate(judged) if plain(one.line.words) == plain(title) and at <= run.start + 2]
    if not said or run.start == run.end:
        return None
    dice = random.Random(f"{title} {len(judged)}")
    first, end = max(0, min(said[-1], run.start) - dice.choice(ABOVE)), run.end + dice.choice(BELOW)
    left_out = frozenset(at - first for at in run.left_out)
    return judged[first:end], Run(run.start - first, run.end - first, run.ended_by, left_out)


def sample_of(
    judged: Sequence[Judged], run: Run, title: str, rules: CleaningRules, *, name: str, site: int, part: str = "page"
) -> Sample:
    """The likely lines of a page, or of a part of one."""
    found = candidates_of(judged, run, Sayings(judged), rules)
    texts = [plain(judged[at].line.words) for at in likely(found)]
    wanted = plain(title)
    exact = [text == wanted for text in texts]
    near = exact if any(exact) else [len(text) < LONGEST_ALIKE and alike(text, wanted) for text in texts]
    share = (1.0 if any(exact) else 0.5) / max(1, sum(near))
    return Sample(name, site, part, headline_measures(judged, run, found, rules), [share * one for one in near], exact)


def plain(text: str) -> str:
    """Words, without case and punctuation."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def alike(text: str, other: str) -> bool:
    """Whether two texts differ by little."""
    return SequenceMatcher(None, text, other, autojunk=False).ratio() >= ALIKE


def learn(samples: Sequence[Sample]) -> LineWeights:
    """Trees by which the lines of a page are ranked."""
    samples = [one for one in samples if any(one.rights)]
    measures = np.array([row for one in samples for row in one.rows], float)
    rights = np.array([right for one in samples for right in one.rights])
    lengths = [len(one.rows) for one in samples]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    page = np.repeat(np.arange(len(samples)), lengths)
    counts = np.add.reduceat(rights, starts)[page]
    dice = np.random.default_rng(0)
    limits = [limits_of(measures[:, k]) for k in range(measures.shape[1])]
    bins = np.stack([np.searchsorted(cuts, measures[:, k], side="left") for k, cuts in enumerate(limits)], axis=1)
    scores = np.zeros(len(rights))
    trees = []
    for _ in range(TREES):
        chance = _chances(scores, starts, page)
        slope, bend = chance * counts - rights, np.maximum(chance * (1 - chance) * counts, 1e-3)
        lines = np.flatnonzero(dice.random(len(rights)) < SOME_LINES)
        columns = np.sort(dice.choice(len(limits), max(1, round(len(limits) * SOME_MEASURES)), replace=False))
        tree, gained = grow(bins, lines, columns, slope, bend, growth=GROWTH)
        scores += gained
        trees.append(as_limits(tree, limits))
    return LineWeights({}, {}, 0.0, tuple(trees))


def _chances(scores: Floats, starts: Any, page: Any) -> Floats:
    """For each line the chance that it is its page's headline."""
    odds = np.exp(scores - np.maximum.reduceat(scores, starts)[page])
    return np.asarray(odds / np.add.reduceat(odds, starts)[page])


def report(samples: Sequence[Sample], weights: LineWeights, called: str) -> None:
    """How often the first line by rank is the headline, and by points given by hand."""
    for part in sorted({one.part for one in samples}):
        some = [one for one in samples if one.part == part and one.rows]
        firsts = [summed(weights.trees, one.rows, [0.0] * len(one.rows)) for one in some]
        right = sum(one.exact[points.index(max(points))] for one, points in zip(some, firsts, strict=True))
        by_hand = sum(one.exact[0] for one in some)
        there = sum(any(one.exact) for one in some)
        print(f"  {called}: {len(some)} {part}s, {there} say it, by hand {by_hand}, learnt {right}", flush=True)


if __name__ == "__main__":
    main()

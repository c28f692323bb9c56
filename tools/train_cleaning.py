#!/usr/bin/env python3
"""Learn the weights of cleaning from pages whose article is known.

    python tools/train_cleaning.py TRUTHS html=FOLDER text=FOLDER [--out FILE] [--folds N]

TRUTHS is a JSON object: for each page's name, without suffix, an object with `body`, the article as plain text, or
with `keep` and `drop`, passages that belong to it and passages that do not; `host` is the page's site. FOLDER holds
the pages, saved (`.html`) or as text dumps (`.txt`); a form may be given more than once. Weights are found by
logistic regression with a quadratic penalty, all pages weighing the same. `--folds` also scores each N-th of the
sites with the weights of the others, so that what is reported holds on sites nobody has seen. Needs numpy beside
Pressmark.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from builder.model import Capture
from builder.normalize.draft import page_of
from builder.normalize.judge import Judged, best_run, judge
from builder.normalize.language import function_words
from builder.normalize.page import Page
from builder.normalize.surroundings import around_traits
from builder.normalize.traits import box_traits, own_traits
from builder.normalize.vocabulary import vocabulary
from builder.normalize.weighing import BIAS, chosen_run
from builder.read.cleaning import read_cleaning_rules

PENALTY = 2.0
ROUNDS = 120
FEWEST_SITES = 4
"""A trait that fewer sites show is a site's own habit."""
SMALLEST = 0.03
"""Weights nearer to zero change nothing."""
NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
Rows = list[list[str]]


@dataclass(frozen=True)
class Sample:
    """A page, what its lines show, and for each line whether it belongs to the article and how much that counts."""

    name: str
    site: int
    page: Page
    judged: tuple[Judged, ...]
    own: Rows
    labels: list[tuple[int, float]]


def main() -> None:
    """Read the pages, learn, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truths", type=Path)
    parser.add_argument("folders", nargs="+", metavar="FORM=FOLDER")
    parser.add_argument("--out", type=Path, default=Path("builder/data/cleaning_weights.json"))
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    truths = json.loads(options.truths.read_text("utf-8"))
    folders: dict[str, list[Path]] = defaultdict(list)
    for named in options.folders:
        form, _, folder = named.partition("=")
        folders[form].append(Path(folder))
    weights = json.loads(options.out.read_text("utf-8")) if options.out.is_file() else {}
    for form, places in folders.items():
        samples = [sample for place in places for sample in read_samples(place, truths)]
        print(f"{form}: {len(samples)} pages, {sum(len(sample.judged) for sample in samples)} lines", flush=True)
        for fold in range(options.folds):
            report(samples, truths, fold, options.folds)
        weights[form] = learn(samples)
        options.out.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


def read_samples(folder: Path, truths: dict[str, Any]) -> Iterable[Sample]:
    """The pages of a folder that have a truth."""
    rules = read_cleaning_rules()
    words, function = vocabulary(rules), function_words(rules)
    for path in sorted(folder.iterdir()):
        truth = truths.get(path.stem)
        page = page_of(Capture(path.name, path.read_bytes()), rules) if truth else None
        if page is None:
            continue
        judged = judge(page, words)
        labels = labels_by_body(judged, truth) if truth.get("body") else labels_by_passages(judged, truth)
        own = [[*names, *box_traits(one.line)] for names, one in zip(own_traits(judged, function), judged, strict=True)]
        host = ".".join((truth.get("host") or path.stem).split(".")[-2:])
        yield Sample(path.stem, zlib.crc32(host.encode()), page, judged, own, labels)


def labels_by_body(judged: Sequence[Judged], truth: dict[str, Any]) -> list[tuple[int, float]]:
    """A line belongs to the article when half of its runs of four words do; a short one when it is a line of it."""
    body = tokens(truth["body"])
    fours = {tuple(body[k : k + 4]) for k in range(len(body) - 3)}
    whole = f" {' '.join(body)} "
    lines = {" ".join(tokens(line)) for line in truth["body"].split("\n")}
    title = " ".join(tokens(truth.get("title") or ""))
    labels = []
    for one in judged:
        words = tokens(one.line.words)
        text = " ".join(words)
        counts = min(8.0, (1 + len(words)) ** 0.5)
        if not words or text == title:
            labels.append((0, 0.0))
        elif len(words) >= 5:
            hits = sum(tuple(words[k : k + 4]) in fours for k in range(len(words) - 3))
            labels.append((int(2 * hits >= len(words) - 3), counts))
        else:
            labels.append((int(text in lines), counts if text in lines or f" {text} " not in whole else counts * 0.15))
    total = sum(counts for _, counts in labels)
    found = any(belongs for belongs, _ in labels)
    return [(belongs, counts * 100 / total if found else 0.0) for belongs, counts in labels]


def labels_by_passages(judged: Sequence[Judged], truth: dict[str, Any]) -> list[tuple[int, float]]:
    """Lines that hold one of the known passages; the others count for nothing."""
    keep = [" ".join(text.split()) for text in truth.get("keep", ())]
    drop = [" ".join(text.split()) for text in truth.get("drop", ())]
    labels = []
    for one in judged:
        text = " ".join(one.line.words.split())
        kept, dropped = any(part in text for part in keep), any(part in text for part in drop)
        labels.append((int(kept), 4.0 if kept != dropped else 0.0))
    return labels


def tokens(text: str) -> list[str]:
    """Words, or letters where words are not parted by spaces."""
    return [part for word in re.findall(r"\w+", text) for part in (list(word) if NO_SPACES.search(word) else [word])]


def learn(samples: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """Weights of own and of around traits; the first scores behind the second are of pages not learnt from."""
    first: dict[int, list[float]] = {}
    for half in (0, 1):
        known = regress(rows_of(samples, [k for k, s in enumerate(samples) if s.site % 2 != half]))
        first.update((k, score(s.own, known)) for k, s in enumerate(samples) if s.site % 2 == half)
    own = regress(rows_of(samples, range(len(samples))))
    around = regress(rows_of(samples, range(len(samples)), first))
    return {"own": own, "around": around}


def rows_of(samples: Sequence[Sample], wanted: Iterable[int], first: dict[int, list[float]] | None = None) -> list[Any]:
    """Rows to learn from: traits, label, weight, site; with the traits around lines when there are first scores."""
    rows = []
    for k in wanted:
        sample = samples[k]
        more = around_traits(sample.page, sample.judged, first[k]) if first else [[] for _ in sample.own]
        rows += [
            ([*own, *around], belongs, counts, sample.site)
            for own, around, (belongs, counts) in zip(sample.own, more, sample.labels, strict=True)
            if counts
        ]
    return rows


def regress(rows: list[Any]) -> dict[str, float]:
    """Logistic regression over traits, by gradient descent with momentum."""
    sites = defaultdict(set)
    for names, _, _, site in rows:
        for name in names:
            sites[name].add(site)
    known = sorted(name for name, where in sites.items() if len(where) >= FEWEST_SITES)
    place = {name: k for k, name in enumerate(known)}
    chosen = [[*(place[name] for name in names if name in place), len(known)] for names, *_ in rows]
    index = np.concatenate([np.array(row) for row in chosen])
    lengths = np.array([len(row) for row in chosen])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    row_of = np.repeat(np.arange(len(rows)), lengths)
    belongs = np.array([row[1] for row in rows], float)
    counts = np.array([row[2] for row in rows], float)
    weights, pace, size = (np.zeros(len(known) + 1) for _ in range(3))
    for turn in range(1, ROUNDS + 1):
        chance = 1 / (1 + np.exp(-np.add.reduceat(weights[index], starts)))
        slope = np.bincount(index, weights=((chance - belongs) * counts)[row_of], minlength=len(weights))
        slope[:-1] += PENALTY * weights[:-1]
        pace = 0.9 * pace + 0.1 * slope
        size = 0.995 * size + 0.005 * slope * slope
        stride = 0.15 if turn < ROUNDS * 0.6 else 0.05
        weights -= stride * (pace / (1 - 0.9**turn)) / (np.sqrt(size / (1 - 0.995**turn)) + 1e-8)
    found = {name: round(float(weight), 2) for name, weight in zip(known, weights, strict=False)}
    return {BIAS: round(float(weights[-1]), 2)} | {name: w for name, w in found.items() if abs(w) >= SMALLEST}


def score(rows: Rows, weights: dict[str, float]) -> list[float]:
    """Sums of weights."""
    return [weights[BIAS] + sum(weights.get(name, 0.0) for name in names) for names in rows]


def report(samples: Sequence[Sample], truths: dict[str, Any], fold: int, folds: int) -> None:
    """Precision, recall and F1 of runs of four words on the sites of one fold."""
    weights = learn([sample for sample in samples if sample.site % folds != fold])
    precision, recall = [], []
    for sample in samples:
        truth = truths[sample.name]
        if sample.site % folds != fold or not truth.get("body"):
            continue
        first = score(sample.own, weights["own"])
        more = around_traits(sample.page, sample.judged, first)
        last = score([[*a, *b] for a, b in zip(sample.own, more, strict=True)], weights["around"])
        run = chosen_run(last, best_run(sample.judged))
        kept = (sample.judged[k].line.words for k in range(run.start, run.end) if k not in run.left_out)
        said, known = fours_of("\n".join(kept)), fours_of(truth["body"])
        both = sum((said & known).values())
        recall.append(both / max(1, sum(known.values())))
        if said:
            precision.append(both / sum(said.values()))
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    print(
        f"  fold {fold}: {len(recall)} pages, precision {p:.4f}, recall {r:.4f}, F1 {2 * p * r / (p + r):.4f}",
        flush=True,
    )


def fours_of(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words."""
    words = tokens(text)
    return Counter(tuple(words[k : k + 4]) for k in range(len(words) - 3))


if __name__ == "__main__":
    main()

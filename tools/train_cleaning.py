#!/usr/bin/env python3
"""Learn the weights of cleaning from pages whose article is known.

    python tools/train_cleaning.py TRUTHS html=FOLDER text=FOLDER [--out FILE] [--folds N]

TRUTHS is a JSON object: for each page's name, without suffix, an object with `body`, the article as plain text, or
with `keep` and `drop`, passages that belong to it and passages that do not; `host` is the page's site. FOLDER holds
the pages, saved (`.html`) or as text dumps (`.txt`); a form may be given more than once. What lines show alone is
weighed by logistic regression with a quadratic penalty, what stands around them by boosted decision trees; all pages
weigh the same. From dumps parts are cut as people paste them, an article or its first paragraphs with a few lines
around, and learnt from as well. What saved pages teach finds the article on those of which only passages are known, so
that their dumps can be learnt from whole, at half the weight. `--folds` also scores each N-th of the sites with what
the others teach, so that what is reported holds on sites nobody has seen; `--held-out DIR` keeps the weights of each
fold there. Needs numpy beside Pressmark.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from builder.model import Capture, LineWeights
from builder.normalize.blocks import plain_text
from builder.normalize.draft import examine, page_of
from builder.normalize.judge import Judged, best_run, judge
from builder.normalize.page import Page
from builder.normalize.surroundings import around_measures
from builder.normalize.traits import box_traits, look_of, own_measures, own_traits, shown_by
from builder.normalize.vocabulary import Vocabulary, vocabulary
from builder.normalize.weighing import BIAS, chosen_run, lean_of, line_scores
from builder.read.cleaning import read_cleaning_rules

PENALTY = 2.0
ROUNDS = 120
FEWEST_SITES = 4
"""A trait that fewer sites show is a site's own habit."""
SMALLEST = 0.03
"""Weights nearer to zero change nothing."""
TREES = 160
DEPTH = 4
"""Steps down a tree; scoring takes as many."""
PACE = 0.09
STEADY = 30.0
"""Penalty on leaves, in lines."""
LEAST = 5.0
"""Lines on each side of a split."""
SOME_LINES = 0.6
SOME_MEASURES = 0.3
"""Shares of lines and of measures that one tree is grown from."""
LIMITS = 47
"""Limits that are tried for a measure."""
PARTS = 4
"""First scores are of pages not learnt from: the sites are parted so often."""
PASTED = (0, 0, 1, 1, 2, 3, 4, 6, 9, 14)
"""Lines that people paste along, above an article and below it."""
SHORTEST_REPORTS = 5
"""Lines of articles cut short."""
TAUGHT = 0.5
"""What a page counts whose article is known by what was learnt."""
LEAST_TAUGHT = 200
"""Letters of an article that is believed."""
NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
Rows = list[tuple[str, ...]]
Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Sample:
    """A page, what its lines show, and for each line whether it belongs to the article and how much that counts."""

    name: str
    site: int
    page: Page
    judged: tuple[Judged, ...]
    shown: Rows
    labels: list[tuple[int, float]]
    part: str = ""
    """What was cut out of the page, for part of one."""


def main() -> None:
    """Read the pages, learn, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truths", type=Path)
    parser.add_argument("folders", nargs="+", metavar="FORM=FOLDER")
    parser.add_argument("--out", type=Path, default=Path("builder/data/cleaning_weights.json"))
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--held-out", type=Path)
    options = parser.parse_args()
    truths = json.loads(options.truths.read_text("utf-8"))
    folders: dict[str, list[Path]] = defaultdict(list)
    for named in options.folders:
        form, _, folder = named.partition("=")
        folders[form].append(Path(folder))
    weights = json.loads(options.out.read_text("utf-8")) if options.out.is_file() else {}
    samples = {
        form: [one for place in places for one in read_samples(place, truths)] for form, places in folders.items()
    }
    for form, ones in samples.items():
        print(f"{form}: {len(ones)} pages and parts, {sum(len(one.judged) for one in ones)} lines", flush=True)
    for fold in (*range(options.folds), None):
        bodies: dict[str, str] = {}
        for form in sorted(samples):
            known = [one for one in samples[form] if fold is None or one.site % options.folds != fold]
            learnt = learn(taught(known, bodies, truths))
            if form == "html" and "text" in samples:
                bodies = found_bodies([one for one in known if not truths[one.name].get("body")], learnt)
            if fold is None:
                weights[form] = asdict(learnt)
                options.out.write_text(as_text(weights), "utf-8")
            else:
                held = [one for one in samples[form] if one.site % options.folds == fold]
                report(held, truths, learnt, f"{form}, fold {fold}")
                keep_held_out(options.held_out, form, fold, held, learnt)


def keep_held_out(folder: Path | None, form: str, fold: int, held: Sequence[Sample], learnt: LineWeights) -> None:
    """Weights with the pages that they were not learnt from."""
    if folder:
        names = sorted({sample.name for sample in held})
        text = json.dumps({"pages": names, form: asdict(learnt)}, ensure_ascii=False)
        (folder / f"{form}-{fold}.json").write_text(text, "utf-8")


def as_text(weights: dict[str, Any]) -> str:
    """JSON with a trait or a tree a line."""
    text = json.dumps(weights, ensure_ascii=False, sort_keys=True)
    return re.sub(r'(?<=[{}\[\],]) (?="|\[\d+, [-\d.]+, \[\d+, [-\d.]+, \[\d+, [-\d.]+, \[\d+)', "\n", text) + "\n"


def read_samples(folder: Path, truths: dict[str, Any]) -> Iterator[Sample]:
    """The pages of a folder that have a truth, and of dumps parts."""
    rules = read_cleaning_rules()
    words = vocabulary(rules)
    for path in sorted(folder.iterdir()):
        truth = truths.get(path.stem)
        page = page_of(Capture(path.name, path.read_bytes()), rules) if truth else None
        if page is None:
            continue
        sample = sample_of(path.stem, page, truth, words)
        yield sample
        if truth.get("body") and page.form == "text":
            for part in ("article", "beginning"):
                text = pasted(sample, part)
                page = page_of(Capture(path.name, text.encode()), rules) if text else None
                if page is not None:
                    yield replace(sample_of(path.stem, page, truth, words), part=part)


def sample_of(name: str, page: Page, truth: dict[str, Any], words: Vocabulary) -> Sample:
    """A page with what its lines show and whether they belong to its article."""
    judged = judge(page, words)
    labels = labels_by_body(judged, truth) if truth.get("body") else labels_by_passages(judged, truth)
    looks = map(look_of, judged, shown_by(judged, {}).close)
    shown = [(*own_traits(look), *box_traits(one.line)) for look, one in zip(looks, judged, strict=True)]
    host = ".".join((truth.get("host") or name).split(".")[-2:])
    return Sample(name, zlib.crc32(host.encode()), page, judged, shown, labels)


def pasted(sample: Sample, part: str) -> str | None:
    """The article of a dump, or its first lines, with some of the lines around, as a person would paste it."""
    dice = random.Random(f"{sample.name} {part} {len(sample.judged)}")
    numbers = [one.line.number for one in sample.judged]
    ours = [number for number, (belongs, _) in zip(numbers, sample.labels, strict=True) if belongs]
    if len(ours) < 2:
        return None
    first, last = ours[0], ours[-1]
    end = ours[dice.randint(1, min(SHORTEST_REPORTS, len(ours) - 1)) - 1] if part == "beginning" else last
    above = [number for number in numbers if number < first][::-1][: dice.choice(PASTED)]
    below = [number for number in numbers if number > last][: dice.choice(PASTED)]
    kept = {*above, *below, *(number for number in numbers if first <= number <= end)}
    return "\n".join(
        line.text
        for line in sample.page.lines
        if line.number in kept or (not line.text.strip() and min(kept) < line.number < max(kept))
    )


def found_bodies(samples: Sequence[Sample], weights: LineWeights) -> dict[str, str]:
    """What weights learnt from saved pages take for the article, of pages of which only passages are known."""
    shipped = read_cleaning_rules()
    rules = replace(shipped, weights={**shipped.weights, "html": weights}, fingerprint="learning")
    texts = {sample.name: plain_text(examine(sample.page, rules).blocks) for sample in samples}
    return {name: text for name, text in texts.items() if len(text) >= LEAST_TAUGHT}


def taught(samples: Sequence[Sample], bodies: dict[str, str], truths: dict[str, Any]) -> list[Sample]:
    """The samples, labelled by the articles found where only passages are known; what is known stays."""
    learnt = []
    for sample in samples:
        labels = sample.labels
        if sample.name in bodies:
            guessed = labels_by_body(sample.judged, {**truths[sample.name], "body": bodies[sample.name]})
            labels = [
                (known[0], max(known[1], guess[1] * TAUGHT)) if known[1] else (guess[0], guess[1] * TAUGHT)
                for known, guess in zip(sample.labels, guessed, strict=True)
            ]
        learnt.append(replace(sample, labels=labels))
    return learnt


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


def learn(samples: Sequence[Sample]) -> LineWeights:
    """Weights of what lines show alone, and trees; the first scores that trees see are of pages not learnt from."""
    rules = ranks(samples)
    first: dict[int, dict[str, float]] = {}
    for part in range(PARTS):
        first[part] = regress(rows_of([sample for sample in samples if sample.site % PARTS != part]))
    measures, belongs, counts = [], [], []
    for sample in samples:
        if not any(count for _, count in sample.labels):
            continue
        alone = LineWeights(first[sample.site % PARTS], rules, 0.0, ())
        for position, row in measured(sample, alone).items():
            belonging, count = sample.labels[position]
            if count:
                measures.append(row)
                belongs.append(belonging)
                counts.append(count)
    weights = np.array(counts) / np.mean(counts)
    bias, trees = boost(np.array(measures), np.array(belongs, float), weights)
    return LineWeights(regress(rows_of(samples)), rules, bias, tuple(trees))


def measured(sample: Sample, alone: LineWeights) -> dict[int, tuple[float, ...]]:
    """What the trees see of the lines that they are asked about, by position."""
    words = vocabulary(read_cleaning_rules())
    judged, shown = sample.judged, shown_by(sample.judged, alone.rules)
    first = score(sample.shown, alone.first)
    around = around_measures(sample.page, judged, shown, first, run=best_run(judged), words=words)
    return {at: (*own_measures(judged[at], shown, at), *theirs) for at, theirs in around.items()}


def ranks(samples: Sequence[Sample]) -> dict[str, float]:
    """For each rule the logarithm of the odds that a line it names belongs to the article."""
    odds: dict[str, list[float]] = defaultdict(lambda: [5.0, 5.0])
    for sample in samples:
        for one, (belongs, counts) in zip(sample.judged, sample.labels, strict=True):
            odds[one.rule or ""][belongs] += counts
    return {rule: round(math.log(kept / cut), 2) for rule, (cut, kept) in sorted(odds.items())}


def rows_of(samples: Iterable[Sample]) -> list[Any]:
    """Rows to learn from: traits, label, weight, site."""
    return [
        (shown, belongs, counts, sample.site)
        for sample in samples
        for shown, (belongs, counts) in zip(sample.shown, sample.labels, strict=True)
        if counts
    ]


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


def boost(measures: Floats, belongs: Floats, counts: Floats) -> tuple[float, list[Any]]:
    """The bias and trees that bring the sum of their leaves near the odds, each mending what those before it miss."""
    random = np.random.default_rng(0)
    limits = [limits_of(measures[:, k]) for k in range(measures.shape[1])]
    bins = np.stack([np.searchsorted(cuts, measures[:, k], side="left") for k, cuts in enumerate(limits)], axis=1)
    share = float((counts * belongs).sum() / counts.sum())
    bias = round(math.log(share / (1 - share)), 3)
    scores = np.full(len(belongs), bias)
    trees = []
    for _ in range(TREES):
        chance = 1 / (1 + np.exp(-scores))
        slope, bend = (chance - belongs) * counts, chance * (1 - chance) * counts
        lines = np.flatnonzero(random.random(len(belongs)) < SOME_LINES)
        few = max(1, round(len(limits) * SOME_MEASURES))
        columns = np.sort(random.choice(len(limits), few, replace=False))
        tree, gained = grow(bins, lines, columns, slope, bend)
        scores += gained
        trees.append(as_limits(tree, limits))
    return bias, trees


def limits_of(values: Floats) -> Floats:
    """Values that part a measure; a line goes down the first way up to and with the limit."""
    different = np.unique(values)
    if len(different) > LIMITS + 1:
        different = np.unique(np.quantile(values, np.linspace(0, 1, LIMITS + 2)))
    return np.array([float(f"{value:.4g}") for value in different[:-1]])


@dataclass(frozen=True)
class Growth:
    """How trees grow."""

    steady: float = STEADY
    least: float = LEAST
    pace: float = PACE


def grow(
    bins: Numbers, lines: Numbers, columns: Numbers, slope: Floats, bend: Floats, *, growth: Growth = Growth()
) -> tuple[Any, Floats]:
    """A tree grown from some lines and measures, as nested lists over bins, and what it adds to every line's score."""
    wide = int(bins.max()) + 1
    seen, slopes, bends = bins[np.ix_(lines, columns)], slope[lines], bend[lines]
    node, everywhere = np.zeros(len(lines), np.int64), np.zeros(len(bins), np.int64)
    steps: list[list[tuple[int, int]]] = []
    for depth in range(DEPTH):
        nodes = 2**depth
        place = ((node[:, None] * len(columns) + np.arange(len(columns))) * wide + seen).ravel()
        shape = (nodes, len(columns), wide)
        left = np.bincount(place, np.repeat(slopes, len(columns)), math.prod(shape)).reshape(shape).cumsum(2)
        mass = np.bincount(place, np.repeat(bends, len(columns)), math.prod(shape)).reshape(shape).cumsum(2)
        right, rest = left[:, :, -1:] - left, mass[:, :, -1:] - mass
        gain = left**2 / (mass + growth.steady) + right**2 / (rest + growth.steady)
        gain -= left[:, :, -1:] ** 2 / (mass[:, :, -1:] + growth.steady)
        gain[(mass < growth.least * 0.1) | (rest < growth.least * 0.1)] = 0.0
        best = gain.reshape(nodes, -1).argmax(1)
        worth = gain.reshape(nodes, -1).max(1) > 1e-3
        column, limit = columns[best // wide], np.where(worth, best % wide, wide)
        steps.append([(int(c), int(b) if w else -1) for c, b, w in zip(column, limit, worth, strict=True)])
        everywhere = everywhere * 2 + (bins[np.arange(len(bins)), column[everywhere]] > limit[everywhere])
        node = everywhere[lines]
    slopes, bends = np.bincount(node, slopes, 2**DEPTH), np.bincount(node, bends, 2**DEPTH)
    leaves = np.round(-growth.pace * slopes / (bends + growth.steady), 4)
    return nested(steps, leaves), leaves[everywhere]


def nested(steps: Sequence[Sequence[tuple[int, int]]], leaves: Floats, depth: int = 0, node: int = 0) -> Any:
    """A tree from its levels: measure, bin, what follows below and above; both ways lead on where nothing parts."""
    if depth == len(steps):
        return float(leaves[node])
    column, limit = steps[depth][node]
    below = nested(steps, leaves, depth + 1, node * 2)
    return [column, limit, below, nested(steps, leaves, depth + 1, node * 2 + 1) if limit >= 0 else below]


def as_limits(tree: Any, limits: Sequence[Floats]) -> Any:
    """The tree with limits in place of bins."""
    if isinstance(tree, float):
        return tree
    column, limit, below, above = tree
    value = float(limits[column][limit]) if 0 <= limit < len(limits[column]) else 0.0
    return [column, value, as_limits(below, limits), as_limits(above, limits)]


def score(rows: Rows, weights: dict[str, float]) -> list[float]:
    """Sums of weights."""
    return [weights[BIAS] + sum(weights.get(name, 0.0) for name in names) for names in rows]


def report(samples: Sequence[Sample], truths: dict[str, Any], weights: LineWeights, called: str) -> None:
    """Precision, recall and F1 of runs of four words on the sites of one fold, of whole pages and of parts."""
    words = vocabulary(read_cleaning_rules())
    for part in sorted({sample.part for sample in samples}):
        precision, recall = [], []
        for sample in samples:
            if sample.part != part or not truths[sample.name].get("body"):
                continue
            by_hand, lean = best_run(sample.judged), lean_of(sample.page)
            run = chosen_run(line_scores(sample.page, sample.judged, weights, by_hand, words=words), by_hand, lean)
            kept = (sample.judged[k].line.words for k in range(run.start, run.end) if k not in run.left_out)
            labelled = zip(sample.judged, sample.labels, strict=True)
            body = "\n".join(one.line.words for one, (belongs, _) in labelled if belongs) if part else ""
            said, known = fours_of("\n".join(kept)), fours_of(body or truths[sample.name]["body"])
            both = sum((said & known).values())
            recall.append(both / max(1, sum(known.values())))
            if said:
                precision.append(both / sum(said.values()))
        if precision:
            p, r = sum(precision) / len(precision), sum(recall) / len(recall)
            f1 = 2 * p * r / max(p + r, 1e-9)
            pages = f"{len(recall)} {part or 'page'}s"
            print(f"  {called}: {pages}, precision {p:.4f}, recall {r:.4f}, F1 {f1:.4f}", flush=True)


def fours_of(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words."""
    words = tokens(text)
    return Counter(tuple(words[k : k + 4]) for k in range(len(words) - 3))


if __name__ == "__main__":
    main()

"""What a person should look at in a cleaned page: decisions that little has settled, and what the page may yet say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from builder.model import Capture, CleaningRules
from builder.model.values import value
from builder.normalize.dates import dates_in
from builder.normalize.draft import Examined, examine, page_of
from builder.normalize.judge import LONG_PROSE, SHORT_PROSE, Judged, Run, prose_of
from builder.normalize.markdown import escaped
from builder.normalize.page import Page
from builder.normalize.text_measures import sentences, skeleton, units, wide_share

DoubtKind = Literal["cut", "kept", "little"]
_BY_PLACE: Final = ("before-article", "after-article")
"""Rules that cut a line for where it stands, not for what it says."""
_ALIKE: Final = 0.25
_ALIKE_WIDE: Final = 0.12
"""Share of a cut line's words, or pairs of letters, that the article uses; below it the line is of something else."""
_STRAY: Final = -1.0
"""Weight up to which a line is no prose by any measure."""
_LITTLE: Final = 300.0
"""Weighted letters of prose. Of 400 news pages whose text was known, those with less were cut short or hardly news."""
_MOST_DATES: Final = 3


@value(frozen=True, slots=True)
class Doubt:
    """One decision of the cleaner's that could as well have gone the other way."""

    kind: DoubtKind
    first: int
    last: int
    """Lines of the flattened capture, from 1."""
    rule: str
    """By which they were kept or cut."""
    text: str
    """As Markdown, a paragraph a line; of `little` none."""
    letters: int
    """Of all of them; of `little` those that were kept."""


@value(frozen=True, slots=True)
class Doubts:
    """All that a person should look at in one page."""

    lines_of_file: bool
    """Whether lines are numbered as in the file itself; those of a saved page are counted by flattening it."""
    titled: bool
    """Whether the page has a headline at all."""
    title_shared: float
    """Share of the title's words, or pairs of letters, that the text uses."""
    headlines: tuple[str, ...]
    """What the page gives as its headline instead, where nothing on it agrees with the title."""
    dates: tuple[tuple[int, str, str], ...]
    """Days that stand in the page: line, day, and the words of the line, those near the headline first."""
    decisions: tuple[Doubt, ...]


def doubts_of(capture: Capture, rules: CleaningRules) -> Doubts | None:
    """What is narrow or missing in the cleaning of one capture; None for one that is no article."""
    page = page_of(capture, rules)
    if page is None or not any(line.kind != "blank" for line in page.lines):
        return None
    examined = examine(page, rules, capture.path)
    if not examined.verdicts.pieces:
        return None
    title = examined.found.title
    return Doubts(
        lines_of_file=page.form != "html",
        titled=title.text is not None,
        title_shared=_shared(title.text or "", _words(examined.found.judged, examined.found.run)),
        headlines=_other_headlines(page, title.text or ""),
        dates=tuple(_dates(examined, rules)),
        decisions=tuple(sorted(decisions(examined), key=lambda doubt: (doubt.first, doubt.kind))),
    )


@value(frozen=True, slots=True)
class Doubting:
    """Looking for them as a stage to be mapped over an archive."""

    rules: CleaningRules
    name: str = "doubts"

    @property
    def fingerprint(self) -> str:
        """Equal vocabularies, equal doubts."""
        return self.rules.version

    def __call__(self, capture: Capture, /) -> Doubts | None:
        """What a person should look at in the capture."""
        return doubts_of(capture, self.rules)

    def failed(self, capture: Capture, trace: str, /) -> None:
        """A page that cannot be looked at was told of when its article was to be made."""


def _other_headlines(page: Page, title: str) -> tuple[str, ...]:
    """The page's headlines when none of them holds the title or stands in it."""
    chosen = skeleton(title)
    bares = [skeleton(headline) for headline in page.head.headlines]
    if not chosen or any(bare and (bare in chosen or chosen in bare) for bare in bares):
        return ()
    return tuple(dict.fromkeys(headline for headline, bare in zip(page.head.headlines, bares, strict=True) if bare))


def _dates(examined: Examined, rules: CleaningRules) -> Iterator[tuple[int, str, str]]:
    """Days outside comments and teasers, those near the headline first, each day once."""
    found = examined.found
    language = examined.language.partition("-")[0]
    top = found.title.position if found.title.position is not None else found.run.start
    cut_by = _rules_by_line(examined)
    listed: dict[str, tuple[int, int, str]] = {}
    for position, one in enumerate(found.judged):
        if one.section in ("related", "comments") and position >= found.run.end:
            break
        if one.rule == "copyright" or cut_by.get(one.line.number) == "counter":
            continue
        for date in dates_in(one.line.words, rules, language=language):
            entry = (abs(position - top), one.line.number, one.line.words)
            listed[date.value[:10]] = min(entry, listed.get(date.value[:10], entry))
    nearest = sorted((entry, day) for day, entry in listed.items())[:_MOST_DATES]
    yield from ((number, day, words) for (_, number, words), day in nearest)


def decisions(examined: Examined) -> Iterator[Doubt]:
    """What was cut or kept and could as well not have been."""
    found, rules = examined.found, _rules_by_line(examined)
    judged, run = found.judged, found.run
    marked = examined.page.form == "markdown"
    for doubt in (*_cut(judged, run, rules), *_kept(judged, run, rules)):
        yield doubt if marked else replace(doubt, text=escaped(doubt.text))
    letters = round(sum(one.length for one in judged[run.start : run.end] if one.prose))
    if letters < _LITTLE:
        first, last = judged[run.start].line.number, judged[run.end - 1].line.number
        yield Doubt("little", first, last, "body", "", letters)


def _rules_by_line(examined: Examined) -> dict[int, str]:
    """The rule of each line, white space and marks aside."""
    spans = examined.verdicts.spans
    return {s.line: s.rule.partition(":")[0] if s.kept else s.rule for s in reversed(spans) if s.rule != "layout"}


def _cut(judged: Sequence[Judged], run: Run, rules: dict[int, str]) -> Iterator[Doubt]:
    """Lines that read like the article and were cut; lines one below the other are one decision."""
    words = _words(judged, run)
    waiting: list[Judged] = []
    for position, one in enumerate(judged):
        rule = rules.get(one.line.number, "")
        settled = rule.startswith("site:")  # by the archivist, who need not be asked again
        inside = run.start <= position < run.end and rule == one.rule and one.length >= LONG_PROSE and not settled
        outside = rule in _BY_PLACE and one.prose and one.length >= 3 * SHORT_PROSE
        beside = rule in _BY_PLACE and one.prose and position in (run.start - 1, run.end)
        least = _ALIKE_WIDE if wide_share(one.line.words) >= 0.3 else _ALIKE
        alike = _shared(one.line.words, words) >= least
        if beside or ((outside or (inside and sentences(one.line.words))) and alike):
            waiting.append(one)
        elif waiting:
            yield _together(waiting, rules)
            waiting = []
    if waiting:
        yield _together(waiting, rules)


def _words(judged: Sequence[Judged], run: Run) -> set[str]:
    return {unit for text in prose_of(judged, run) for unit in units(text)}


def _shared(text: str, words: set[str]) -> float:
    theirs = units(text)
    return sum(unit in words for unit in theirs) / len(theirs) if theirs else 0.0


def _together(lines: Sequence[Judged], rules: dict[int, str]) -> Doubt:
    first, last = lines[0].line, lines[-1].line
    letters = sum(len(one.line.words) for one in lines)
    text = "\n\n".join(" ".join(one.line.words.split()) for one in lines)
    return Doubt("cut", first.number, last.number, rules[first.number], text, letters)


def _kept(judged: Sequence[Judged], run: Run, rules: dict[int, str]) -> Iterator[Doubt]:
    """Lines at the end of the article that are no prose and head nothing."""
    for position in range(run.end - 1, run.start, -1):
        one = judged[position]
        if rules.get(one.line.number) != "body":
            continue
        if one.weight > _STRAY or one.line.kind != "text":
            return
        text = " ".join(one.line.words.split())
        yield Doubt("kept", one.line.number, one.line.number, "body", text, len(one.line.words))

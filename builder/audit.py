"""The `audit` command: every ledger replayed against its capture and its article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from builder.model import Article, Capture
from builder.normalize import Auditing, Evidence, Proof, check_rules, read_ledger
from builder.parallel import Failure, map_batches
from builder.problems import Place, Problem, counted, error, in_order, warning
from builder.publish.fixity import Held, held
from builder.read.captures import read_captures
from builder.read.content import read_articles
from builder.read.ledgers import read_ledgers
from builder.read.rules import read_rules
from builder.read.settings import read_settings


@dataclass(frozen=True, slots=True)
class Audit:
    """What was proved and what was not."""

    problems: tuple[Problem, ...]
    proved: int = 0
    """Captures that agree with their ledger, and both with the article."""
    edited: tuple[str, ...] = ()
    """Articles whose body is the archivist's: capture and ledger agree, the body was not compared."""
    unclaimed: tuple[str, ...] = ()
    """Captures of which no ledger speaks: new ones, pages without text, later copies of a piece."""
    held: Held | None = None
    """The published site against its manifest; None where none was published."""


def audit(site: Path, *, executor: Executor, say: Callable[[str], None], out: Path | None = None) -> Audit:
    """Prove that captures, ledgers and articles agree; what does not is an error that names the file.

    With `out`, the site published there is held against its manifest as well.
    """
    settings, problems = read_settings(site)
    if settings is None:
        return Audit(in_order(problems))
    captures, about_captures = read_captures(site)
    articles, about_articles = read_articles(site, settings)
    ledgers, about_ledgers = read_ledgers(site)
    rules, about_rules = read_rules(site, check_rules)
    problems = (*about_captures, *about_articles, *about_ledgers, *about_rules)

    by_path = {capture.path: capture for capture in captures}
    evidence = [*_of_articles(articles, by_path, ledgers), *_of_others(articles, by_path, ledgers)]
    say(f"comparing {counted(len(evidence), 'ledger')} with the captures")
    proofs = _proofs(evidence, Auditing(rules), executor)

    pairs = list(zip(evidence, proofs, strict=True))
    proved = [(each, proof) for each, proof in pairs if each.capture and each.ledger is not None and not proof.problems]
    claimed = {each.capture.path for each in evidence if each.capture}
    published = held(out, articles, captures) if out else None
    problems = (*problems, *_gone(evidence, captures), *(found for proof in proofs for found in proof.problems))
    return Audit(
        in_order((*problems, *(published.problems if published else ()))),
        proved=len(proved),
        edited=tuple(sorted(each.article.path for each, proof in proved if each.article and proof.edited)),
        unclaimed=tuple(f"content/{capture.path}" for capture in captures if capture.path not in claimed),
        held=published,
    )


def _of_articles(
    articles: Sequence[Article], captures: Mapping[str, Capture], ledgers: Mapping[str, str]
) -> Iterator[Evidence]:
    """Every article that names a capture, with its ledger."""
    for article in articles:
        path = _ledger_path(article.id)
        if article.capture:
            yield Evidence(path, ledgers.get(path), captures.get(article.capture.file), article)


def _of_others(
    articles: Sequence[Article], captures: Mapping[str, Capture], ledgers: Mapping[str, str]
) -> Iterator[Evidence]:
    """Ledgers without an article of their name: their captures must agree with them all the same."""
    spoken_for = {_ledger_path(article.id) for article in articles if article.capture}
    for path, text in ledgers.items():
        if path not in spoken_for:
            ledger = read_ledger(text)
            yield Evidence(path, text, captures.get(ledger.capture) if ledger else None, None)


def _proofs(evidence: Sequence[Evidence], stage: Auditing, executor: Executor) -> list[Proof]:
    results = map_batches(executor, stage, evidence)
    return [
        stage.failed(each, result.trace) if isinstance(result, Failure) else result
        for each, result in zip(evidence, results, strict=True)
    ]


def _gone(evidence: Sequence[Evidence], captures: Sequence[Capture]) -> Iterator[Problem]:
    """What is said of each piece whose capture is not there; one that was moved is found by its bytes."""
    standing = {capture.sha256: capture.path for capture in captures}
    for each in evidence:
        if each.capture is not None:
            continue
        if each.article and each.article.capture:
            made_from = each.article.capture
            moved = standing.get(made_from.sha256)
            hint = (
                f"its bytes stand in content/{moved}: write file: {moved} into the article and its ledger"
                if moved
                else "put it back, or take capture: out of the front matter and remove the ledger"
            )
            message = f"cannot be read or is gone, and {each.article.path} was made from it"
            yield error(Place(f"content/{made_from.file}"), message, hint)
        elif each.ledger is not None and (ledger := read_ledger(each.ledger)):
            message = f"belongs to no article, and content/{ledger.capture} is gone"
            yield warning(Place(each.ledger_path), message, "nothing is left that it could prove; it may be removed")


def _ledger_path(identity: str) -> str:
    return str(PurePosixPath("content/ledger", f"{identity}.json"))

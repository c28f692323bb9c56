"""An article made anew from its capture, without touching what a person has typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from builder.model import Article, Digests, Draft, WrittenFile
from builder.model.edits import digest_of, is_body_edited
from builder.model.values import value
from builder.normalize.draft import Normalized
from builder.normalize.files import article_fields, fallback_title, field_text, ledger_text
from builder.problems import Place, Problem, warning

_KEY: Final = re.compile(r"^([A-Za-z_]+)\s*:")
_BODY: Final = "body"


@value(frozen=True, slots=True)
class Refreshed:
    """The article's new text and what in it is the archivist's."""

    text: str
    left: tuple[str, ...]
    """Fields, and `body`, that differ from what Pressmark wrote and were left alone."""
    body_renewed: bool


@value(frozen=True, slots=True)
class RefreshedFiles:
    """What is to be written, and what was left alone."""

    files: tuple[WrittenFile, ...]
    problems: tuple[Problem, ...]


def refreshed_files(pairs: Iterable[tuple[Article, Normalized]], read_text: Callable[[str], str]) -> RefreshedFiles:
    """Articles and ledgers made anew; a warning names each article's fields that are the archivist's.

    `read_text` gives the text of a file by its path from the site's root.
    """
    files: list[WrittenFile] = []
    problems: list[Problem] = []
    for article, normalized in pairs:
        place = Place(article.path)
        draft = normalized.draft
        if draft is None:
            problems.append(warning(place, "its capture gives no article any more", "the article is kept as it is"))
            continue
        made = refreshed(article, read_text(article.path), draft, fallback_title(normalized))
        files.append(WrittenFile(article.path, made.text))
        if made.body_renewed:
            files.append(WrittenFile(f"content/ledger/{article.id}.json", ledger_text(draft.ledger)))
        if made.left:
            problems.append(warning(place, f"edited by hand and left alone: {', '.join(made.left)}"))
    return RefreshedFiles(tuple(files), tuple(problems))


def refreshed(article: Article, text: str, draft: Draft, fallback_title: str) -> Refreshed:
    """Renew every field and the body that still are as Pressmark wrote them.

    All else, comments too, stays to the letter. `text` is the article's file. A field that Pressmark wrote and a
    person has removed stays removed.
    """
    written = article.normalized or Digests((), "")
    digests = dict(written.fields)
    current = _current_fields(article)
    wanted = article_fields(draft, fallback_title)
    front, blocks, body = _split(text)
    left: list[str] = []
    for name in dict.fromkeys([*wanted, *digests]):
        if digest_of(current.get(name)) != digests.get(name, digest_of(None)):
            left.append(name)
        elif name not in wanted:
            blocks[name] = _comments(blocks.get(name, ""))
            digests.pop(name, None)
        elif digest_of(wanted[name]) != digests.get(name):
            blocks[name] = field_text(name, wanted[name]) + _comments(blocks.get(name, ""))
            digests[name] = digest_of(wanted[name])
    body_renewed = not is_body_edited(article.body, written.body)
    if not body_renewed:
        left.append(_BODY)
    else:
        body = f"\n{draft.body}"
        capture = {"file": draft.ledger.capture, "sha256": draft.ledger.sha256}
        blocks["capture"] = field_text("capture", capture) + _comments(blocks.get("capture", ""))
    body_digest = digest_of(draft.body) if body_renewed else written.body
    normalized = field_text("normalized", {"fields": digests, "body": body_digest})
    blocks["normalized"] = normalized + _comments(blocks.get("normalized", ""))
    return Refreshed(f"---\n{front}{''.join(_in_order(blocks))}---\n{body}", tuple(left), body_renewed)


def _current_fields(article: Article) -> dict[str, Any]:
    """The article's fields in the shape in which `article_fields` digests them."""
    source = {key: value for key, value in (("name", article.source.name), ("url", article.source.url)) if value}
    teasers = [{k: v for k, v in (("title", one.title), ("text", one.text)) if v} for one in article.teasers]
    fields = {
        "title": article.title,
        "language": article.language,
        "published": article.published,
        "retrieved": article.retrieved,
        "source": source,
        "authors": list(article.authors),
        "tags": list(article.tags),
        "teasers": teasers,
        "captions": [{k: v for k, v in (("text", one.text), ("credit", one.credit)) if v} for one in article.captions],
        "passage_languages": dict(article.passage_languages),
    }
    return {name: value for name, value in fields.items() if value}


def _split(text: str) -> tuple[str, dict[str, str], str]:
    """What stands before the first field, each field's lines by its name, and the body."""
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    front: list[str] = []
    blocks: dict[str, list[str]] = {}
    here = front
    for line in lines[1:end]:
        if key := _KEY.match(line):
            here = blocks.setdefault(key[1], [])
        here.append(line + "\n")
    return "".join(front), {name: "".join(block) for name, block in blocks.items()}, "\n".join(lines[end + 1 :])


def _comments(block: str) -> str:
    """The archivist's notes under a field."""
    return "".join(line for line in block.splitlines(keepends=True)[1:] if line.startswith("#"))


def _in_order(blocks: dict[str, str]) -> list[str]:
    """Fields in the order they stood, new ones before the capture."""
    names = [name for name in blocks if name not in ("capture", "normalized")]
    return [blocks[name] for name in (*names, "capture", "normalized") if name in blocks]

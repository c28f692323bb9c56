"""A seeded fuzz: the hostile cases cut up, mixed with each other and with honest pages, taken the whole way."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hostile import PROSE, armed, article_file, dangers, page_file, payloads, text_file
from small_library import rendered, settings

from builder.model import Article, Capture
from builder.normalize import Normalizing, content_files
from builder.read.articles import parse_article
from builder.read.cleaning import read_cleaning_rules
from builder.render.markdown import passages

ODD = (
    "\0",
    "\u202e",
    "\u2028",
    "\ufeff",
    "\ud7ff",
    "\U0001ffff",
    "\x85",
    "\r",
    "\f",
    "</",
    "<!",
    "]]>",
    "&#",
    "\\",
    "`",
    "---",
)
SEEDS = range(20)


def pieces(seed: int) -> Iterator[tuple[str, bytes]]:
    """Files of one seed, by the form they come in: a few cases of two kinds, cut and joined at random."""
    chance = random.Random(seed)
    known = [armed(one, seed) for kind in ("markup", "markdown", "fields") for one in payloads(kind).values()]

    def mixed() -> str:
        parts = []
        for one in chance.sample(known, 4):
            start, end = sorted(chance.choices(range(len(one) + 1), k=2))
            parts += [one[start:end], chance.choice((*ODD, " ", "\n\n", PROSE))]
        return "".join(parts)

    title = " ".join(mixed().split())[:200]
    yield "html", page_file(seed, mixed(), title).encode("utf-8", "surrogatepass")
    yield "txt", text_file(seed, mixed(), title).encode("utf-8", "surrogatepass")
    yield "md", text_file(seed, mixed(), title).encode("utf-8", "surrogatepass")
    yield "article", article_file(seed, mixed(), title or "T").encode("utf-8", "surrogatepass")
    torn = bytearray(page_file(seed, mixed(), title).encode("utf-8", "surrogatepass"))
    for _ in range(8):
        torn[chance.randrange(len(torn))] = chance.randrange(256)
    yield "html", bytes(torn)


def article_of(form: str, data: bytes) -> Article | None:
    """The article that a build would read; None where a page is refused, which takes a reason."""
    path = "content/articles/a.md"
    if form != "article":
        made = Normalizing(read_cleaning_rules())(Capture(f"captures/a.{form}", data))
        files = content_files(made)
        if not files:
            assert made.problems
            return None
        path, data = files[-1].path, files[-1].text.encode("utf-8", "replace")
    article, problems = parse_article(path, data, settings())
    assert article or form == "article", problems
    assert article or problems
    return article


def survives(seed: int) -> None:
    for form, data in pieces(seed):
        article = article_of(form, data)
        if article is None:
            continue
        assert passages(article.body) or not article.body.strip()
        for path, text in rendered([article], site=settings(), only="article").items():
            if path.endswith(".html"):
                assert list(dangers(text.encode())) == [], (seed, form, path)


@pytest.mark.parametrize("decade", range(0, len(SEEDS), 10))
def test_no_mixture_runs_or_breaks_anything(decade: int) -> None:
    for seed in SEEDS[decade : decade + 10]:
        survives(seed)


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(1_000, 3_000, 100))
def test_no_mixture_of_thousands_runs_or_breaks_anything(hundred: int) -> None:
    for seed in range(hundred, hundred + 100):
        survives(seed)

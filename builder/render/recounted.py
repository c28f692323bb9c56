"""The files of data that count words, where only the words of some pieces are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.model import Library, Output
from builder.render.package import datapackage, described, weighed
from builder.render.parts import Site
from builder.render.records import article_lines
from builder.render.tables import article_rows, csv_lines, tables


def recounted(
    site: Site, before: Library, after: Library, *, ids: Iterable[str], standing: Mapping[str, bytes]
) -> Iterator[Output]:
    """The files of data in which the words of pieces are counted, where only the words of these pieces are new.

    `standing` are all files of data/ as they were; ValueError where they are not those of `before`.
    """
    lines, table = standing["data/articles.jsonl"], standing["data/articles.csv"]
    for key in ids:
        lines = _exchanged(lines, article_lines(before, (key,)), article_lines(after, (key,)))
        table = _exchanged(table, csv_lines(article_rows(before, (key,))), csv_lines(article_rows(after, (key,))))
    counted = [Output("data/articles.jsonl", lines), Output("data/articles.csv", table)]
    yield from counted
    data = {**standing, **{output.path: output.data for output in counted}}
    weights = {path: weighed(Output(path, data[path])) for path in described(tables()) if path in data}
    yield datapackage(site, tables(), weights)


def _exchanged(data: bytes, old: str, new: str) -> bytes:
    if data.count(old.encode()) != 1:
        raise ValueError("the line does not stand there once")
    return data.replace(old.encode(), new.encode())

"""The page of `serve` that lists what needs a person: for this machine's screen, never part of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from builder.model import Finding, FindingKind
from builder.problems import Problem

_HEADS: Final[Mapping[FindingKind, str]] = {
    "undated": "Without a date",
    "title": "Titles to look at",
    "cleaning": "Cut or kept by little",
    "person": "People without a record",
    "double": "Possible doubles",
}
_POLICY: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"


def review_page(findings: Iterable[Finding], problems: Iterable[Problem], pages: Mapping[str, str]) -> bytes:
    """What is wrong in the archivist's files, and the findings by kind, each with its place and what to paste where.

    `pages` gives, for files of the archive, the address of their page from the site's root.
    """
    by_kind: dict[FindingKind, list[Finding]] = {kind: [] for kind in _HEADS}
    for finding in findings:
        by_kind[finding.kind].append(finding)
    sections = [_section(kind, listed, pages) for kind, listed in by_kind.items() if listed]
    if wrong := "".join(f"<li>{escape(str(problem))}</li>\n" for problem in problems):
        sections.insert(0, f"<ul>\n{wrong}</ul>")
    body = "\n".join(sections) or "<p>Nothing needs a person.</p>"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>To look at</title>
<link rel="stylesheet" href="/assets/site.css">
</head>
<body class="text">
<main id="main">
<header class="head-of-page">
<p class="kicker"><a href="/index.html">The archive</a></p>
<h1>To look at</h1>
<p class="line">Only this machine shows this page; it is made anew each time it is opened.</p>
</header>
{body}
</main>
</body>
</html>
""".encode("utf-8", "replace")


def _section(kind: FindingKind, findings: Iterable[Finding], pages: Mapping[str, str]) -> str:
    listed = [_item(finding, pages) for finding in findings]
    head = f'<h2 class="head" id="{kind}">{_HEADS[kind]} ({len(listed)})</h2>'
    return f'<section aria-labelledby="{kind}">\n{head}\n<ul>\n{"".join(listed)}</ul>\n</section>'


def _item(finding: Finding, pages: Mapping[str, str]) -> str:
    place = f"<code>{escape(str(finding.place))}</code>"
    if finding.place.path in pages:
        place = f'<a href="/{escape(pages[finding.place.path])}">{place}</a>'
    into = f"<p>into <code>{escape(finding.into)}</code></p>\n" if finding.into != finding.place.path else ""
    lines = "".join(f"<p><code>{escape(line)}</code></p>\n" for line in finding.paste.split("\n") if line)
    message = f"<p>{place}: <bdi>{escape(finding.message)}</bdi></p>"
    return f'<li>\n{message}\n{into}<div class="paste">\n{lines}</div>\n</li>\n'

"""The values that pass between stages; each is whole when it is made and never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Access = Literal["full", "excerpt", "private"]
Visibility = Literal["public", "local"]
AuthorityKind = Literal["leader", "topic"]


# ── what comes in ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Capture:
    """One page as it came."""

    path: str
    """Below content/, with forward slashes: `captures/003.txt`."""
    data: bytes

    @property
    def sha256(self) -> str:
        """The digest that stands in the article's front matter and in the ledger, in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one flattened line of a capture and what became of it; a line's spans leave no gap."""

    line: int
    """From 1."""
    start: int
    end: int
    """Letters (code points) from the line's beginning, half open."""
    kept: bool
    rule: str
    """Kept: `title` or `body`. Cut: the name of the rule that cut it, such as `cookie-banner`."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every line of a capture, kept or cut, and by which rule."""

    capture: str
    """The capture's path below content/."""
    sha256: str
    encoding: str
    flattening: int
    """Version of the way from bytes to numbered lines."""
    rules: str
    """Version of the cleaning rules."""
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Who published a piece, and where."""

    name: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Teaser:
    """Another piece that the page advertised; never part of the article."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class CaptureReference:
    """The capture an article was made from."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Digests:
    """Digests of the fields and of the body as Pressmark wrote them; a difference is the archivist's edit."""

    fields: str
    body: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the archivist adds to, and drops from, the people or topics that were found."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """A line, or a part of one, that was cut; for the `clean` command."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What one capture says, cleaned, before it becomes an article of the archivist's."""

    id: str
    title: str | None
    language: str
    """BCP 47: `ko`, `en`, `zh-Hans`, `zh-Hant`; `und` when the text does not say."""
    published: str | None
    """`YYYY-MM-DD` or `YYYY-MM-DDTHH:MM+09:00`, only when the capture carries it."""
    retrieved: str | None
    source: Source
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    teasers: tuple[Teaser, ...]
    body: str
    """Markdown."""
    text: str
    """The body verbatim, a block a line, without Markdown marks."""
    dropped: tuple[DroppedLine, ...]
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Article:
    """One file of content/articles, front matter and body, as the archivist has it."""

    path: str
    """From the site's root: `content/articles/<name>.md`."""
    id: str
    title: str
    language: str
    published: str | None
    retrieved: str | None
    source: Source
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    teasers: tuple[Teaser, ...]
    capture: CaptureReference | None
    normalized: Digests | None
    item_type: str
    leaders: Choice
    topics: Choice
    summary: str | None
    event_date: str | None
    draft: bool
    access: Access
    provenance: Visibility
    body: str
    """Markdown, from the line after the front matter."""
    body_line: int
    """The line of the file on which the body begins, from 1."""


# ── knowledge ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Office:
    """A post somebody held; the days are `YYYY-MM-DD`, an open end is None."""

    title: Mapping[str, str]
    since: str
    until: str | None
    checked: str | None
    """The day on which a person looked it up."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A person or a topic under one stable id, with its names in every script."""

    kind: AuthorityKind
    id: str
    names: Mapping[str, str]
    """One preferred name a language; `zh` is simplified, `zh-Hant` traditional."""
    aliases: Mapping[str, tuple[str, ...]]
    """Enough alone to count as the person or topic."""
    weak: Mapping[str, tuple[str, ...]]
    """Count only beside a name or alias, or by the office held on the piece's date."""
    country: str | None
    """ISO 3166 alpha-2; None for topics and international bodies."""
    offices: tuple[Office, ...]
    broader: tuple[str, ...]
    wikidata: str | None
    place: str
    """`path:line:column` of the record, for messages."""


@dataclass(frozen=True, slots=True)
class Affixes:
    """What may stand after (or before) a name in running text of one language."""

    language: str
    particles: tuple[str, ...]
    """Glued to the end of a name: Korean josa, Russian and English possessive endings."""
    honorifics: tuple[str, ...]
    """Titles after a name, glued or after a space."""
    offices: tuple[str, ...]
    """Words for a post (president, foreign minister), for weak names and for unknown people."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is known of people, topics and languages for the naming of one archive."""

    authorities: tuple[Authority, ...]
    """Sorted by kind and id."""
    affixes: tuple[Affixes, ...]
    as_of: str
    """The day the shipped authority file describes."""
    fingerprint: str
    """Digest of all of it: equal fingerprints, equal knowledge."""

    def __hash__(self) -> int:
        return hash(self.fingerprint)


# ── what is found ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Mention:
    """An authority named in one article."""

    kind: AuthorityKind
    id: str
    count: int
    """How often it is named in title, body and tags."""
    link: tuple[int, int] | None
    """Where in the Markdown body the first mention stands that can carry a link: code points, half open."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks and the leader who said them."""

    leader: str
    text: str
    passage: str
    """Id of the passage in which they stand."""


@dataclass(frozen=True, slots=True)
class Entry:
    """All that lists say of an article: the article without its body."""

    id: str
    title: str
    language: str
    published: str | None
    day: str | None
    """`YYYY-MM-DD` of `published`, in the source's own zone."""
    source: Source
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    capture: str | None
    item_type: str
    retrieved: str | None
    summary: str
    """The archivist's summary, or the beginning of the body."""
    words: int
    access: Access
    draft: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """All that later stages need to know of one article; the fold over the archive sees nothing else."""

    entry: Entry
    mentions: tuple[Mention, ...]
    """Sorted by kind, count downwards, id."""
    quotes: tuple[Quote, ...]
    shingles: tuple[int, ...]
    """A MinHash sketch of the body, for near-doubles; always the same length."""
    terms: tuple[str, ...]
    """Words worth comparing for related pieces, sorted."""
    unresolved: tuple[str, ...]
    """Weak names that could not be given to anybody."""


# ── the archive as a whole ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Subject:
    """A leader or topic that has a page, and where it is named."""

    authority: Authority
    articles: tuple[str, ...]
    """Ids of the pieces, newest first, undated last."""
    neighbours: tuple[tuple[str, int], ...]
    """Leaders named in the same pieces and in how many, most often first."""
    narrower: tuple[str, ...]
    """Topics with a page right below this one."""


@dataclass(frozen=True, slots=True)
class Library:
    """Who, what and when over the whole archive; drafts are left out."""

    entries: Mapping[str, Entry]
    """By id, newest first, undated last."""
    facts: Mapping[str, Facts]
    """By article id."""
    leaders: Mapping[str, Subject]
    """By authority id, in the order of the English name."""
    topics: Mapping[str, Subject]
    related: Mapping[str, tuple[str, ...]]
    """For each article the nearest others, nearest first."""
    doubles: Mapping[str, tuple[str, ...]]
    """For each article its near-doubles, earliest first; absent when there are none."""
    years: Mapping[str, tuple[str, ...]]
    """`YYYY` → ids, newest first."""


# ── what goes out ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Settings:
    """site.yaml, checked and with its defaults."""

    title: str
    subtitle: str
    description: str
    language: str
    """Of the interface."""
    url: str | None
    """Absolute base address with a trailing slash; None: formats that need one are left out."""
    author: str | None
    license: str | None
    access: Access
    provenance: Visibility


@dataclass(frozen=True, slots=True)
class TextPage:
    """A hand-written page of content/pages."""

    path: str
    """From the site's root: `content/pages/about.md`."""
    name: str
    title: str
    language: str
    body: str


@dataclass(frozen=True, slots=True)
class ProvenanceLine:
    """One flattened line of a capture with its spans, as the provenance page shows it."""

    number: int
    spans: tuple[tuple[str, bool, str], ...]
    """Text, kept or not, rule."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What became of each line of an article's capture."""

    article: str
    capture: str
    sha256: str
    encoding: str
    lines: tuple[ProvenanceLine, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site."""

    path: str
    """Below the output folder, with forward slashes."""
    data: bytes


def passage_id(block: str) -> str:
    """The stable fragment of a paragraph: a digest of its Markdown source with white space folded."""
    return "p-" + hashlib.blake2b(" ".join(block.split()).encode(), digest_size=5).hexdigest()

"""content/articles/*.md → Article: front matter, then Markdown."""

from __future__ import annotations

import hashlib
import re
from typing import ClassVar, Final, cast

from builder.model import (
    DEVICE_NAME,
    ITEM_TYPES,
    Access,
    Article,
    Caption,
    CaptureReference,
    Choice,
    Digests,
    Settings,
    Source,
    Teaser,
    Visibility,
    is_web_address,
)
from builder.model.values import replace, value
from builder.problems import Place, Problem, did_you_mean, error, has_errors, warning
from builder.read.fronts import digest_of_front, split
from builder.read.yaml_nodes import CONTROL, Fields, Origin, compose, utf8_text

KNOWN_FIELDS: Final = (
    "id",
    "title",
    "language",
    "published",
    "retrieved",
    "source",
    "authors",
    "tags",
    "teasers",
    "captions",
    "passage_languages",
    "capture",
    "normalized",
    "item_type",
    "leaders",
    "topics",
    "summary",
    "event_date",
    "draft",
    "access",
    "provenance",
)
_LONG: Final = 16_000
"""Letters of a body. Of five hundred shorter ones, which wait while as many front matters are parsed, it is 8 MB."""
_ID: Final = re.compile(r"[a-z0-9-]{1,80}")
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@value(frozen=True, slots=True)
class ArticleFile:
    """An article's file as it was read, parted into front matter and body."""

    path: str
    """From the site's root."""
    front: str | None
    """None where there is none."""
    body: str
    body_line: int
    """As in `Article`."""
    sha256: str
    """Of its bytes, in hex."""

    @property
    def head(self) -> Head:
        """What is parsed."""
        return Head(self.path, self.front, self.body_line, self.body if len(self.body) > _LONG else "")

    def completed(self, article: Article) -> Article:
        """The article of its head, with the body."""
        return replace(article, body=self.body, sha256=self.sha256)


@value(frozen=True, slots=True)
class Head:
    """An article's front matter, and where it stands.

    The body is kept apart: what the cache has of 1,000 files takes 0.3 MB instead of 6, and 40 ms less to make.
    """

    path: str
    front: str | None
    body_line: int
    waits: str
    """The body where it is long: items weigh what waits for them, so that no more are taken at once than are held well.
    """


@value(frozen=True, slots=True)
class Parsing:
    """Parsing front matters, as a step of the build that a cache can spare."""

    settings: Settings
    name: ClassVar[str] = "parse"
    brief: ClassVar[bool] = True

    @property
    def fingerprint(self) -> str:
        """What an article that does not say it has from its site."""
        return f"{self.settings.access} {self.settings.provenance}"

    def __call__(self, head: Head) -> tuple[Article | None, tuple[Problem, ...]]:
        """The article without its body; None with the reasons when its front matter breaks the rules."""
        return _headed(head, self.settings)

    def failed(self, head: Head, trace: str) -> tuple[Article | None, tuple[Problem, ...]]:
        """A file that Pressmark stumbles over stops the build: it must not vanish from the site."""
        last = trace.strip().splitlines()[-1]
        return None, (error(Place(head.path), f"could not be read: {last}", "please report it"),)


def parted(path: str, data: bytes) -> tuple[ArticleFile | None, tuple[Problem, ...]]:
    """An article's file by its bytes; None with the place of the first that is no UTF-8."""
    text, not_text = utf8_text(data, path)
    if text is None:
        return None, not_text
    front, body, body_line = split(text)
    return ArticleFile(path, front, body, body_line, hashlib.sha256(data).hexdigest()), ()


def parse_article(path: str, data: bytes, settings: Settings) -> tuple[Article | None, tuple[Problem, ...]]:
    """One article file; None with the reasons when its front matter breaks the rules.

    `path` counts from the site's root; places are lines and columns of the file itself.
    """
    file, problems = parted(path, data)
    if file is None:
        return None, problems
    article, problems = _headed(file.head, settings)
    return file.completed(article) if article else None, problems


def _headed(head: Head, settings: Settings) -> tuple[Article | None, tuple[Problem, ...]]:
    """The article of a front matter, without its body."""
    path, front = head.path, head.front
    if front is None:
        hint = "begin the file with a line ---, the fields id, title and language, and a line ---"
        return None, (error(Place(path), "has no front matter", hint),)
    written = digest_of_front(front)
    origin = Origin(path, lines_before=1)
    front, odd = _without_controls(front, origin)
    root, broken_yaml = compose(front, origin)
    if root is None:
        missing = error(Place(path), "has empty front matter", "it needs id, title and language")
        return None, (*odd, *(broken_yaml or (missing,)))
    problems = list(odd)
    fields = Fields(root, origin, problems, known=KNOWN_FIELDS, what="the front matter")
    article = _article(fields, settings, head=head, written=written)
    return None if has_errors(problems) else article, tuple(problems)


def _without_controls(text: str, origin: Origin) -> tuple[str, tuple[Problem, ...]]:
    """A YAML text whose control characters and non-characters are replacement characters, and a warning of the first.

    YAML has none of them, and text that was copied from pages and mails does: that costs nobody an article.
    """
    found = CONTROL.search(text)
    if found is None:
        return text, ()
    before = text[: found.start()]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    place = Place(origin.path, line + origin.lines_before, column)
    return CONTROL.sub("\ufffd", text), (warning(place, "holds control characters, read as \ufffd", "remove them"),)


def _article(fields: Fields, settings: Settings, *, head: Head, written: str) -> Article:
    identity = fields.required("id")
    if identity is not None and not _ID.fullmatch(identity):
        fields.refuse("id", f'id is "{identity}"', "use up to 80 small Latin letters, digits and hyphens")
    elif identity is not None and DEVICE_NAME.match(identity):
        fields.refuse("id", f'id is "{identity}"', "Windows has no file of this name: add a word")
    language = fields.required("language")
    if language is not None and not LANGUAGE.fullmatch(language):
        fields.refuse("language", f'language is "{language}"', "write a code such as ko, en, zh-Hans")
    return Article(
        path=head.path,
        id=identity or "",
        title=fields.required("title") or "",
        language=language or "",
        published=fields.day_or_time("published"),
        retrieved=fields.day_or_time("retrieved"),
        source=_source(fields),
        authors=fields.texts("authors"),
        tags=fields.texts("tags"),
        teasers=_teasers(fields),
        capture=_capture(fields),
        normalized=_digests(fields),
        item_type=_item_type(fields),
        leaders=_choice(fields, "leaders"),
        topics=_choice(fields, "topics"),
        summary=fields.text("summary"),
        event_date=fields.day_or_time("event_date"),
        draft=fields.flag("draft"),
        access=cast(Access, fields.choice("access", ("full", "excerpt", "private"), settings.access)),
        provenance=cast(Visibility, fields.choice("provenance", ("public", "local"), settings.provenance)),
        body="",
        body_line=head.body_line,
        front=written,
        captions=_captions(fields),
        passage_languages=_passage_languages(fields),
    )


def _source(fields: Fields) -> Source:
    source = fields.fields("source", ("name", "url"))
    if source is None:
        return Source()
    return Source(source.text("name"), source.matching("url", is_web_address, "write an http or https address"))


def _teasers(fields: Fields) -> tuple[Teaser, ...]:
    teasers = []
    for node in fields.items("teasers"):
        teaser = Fields(node, fields.origin, fields.problems, known=("title", "text"), what="a teaser")
        teasers.append(Teaser(teaser.text("title") or "", teaser.text("text") or ""))
    return tuple(teasers)


def _captions(fields: Fields) -> tuple[Caption, ...]:
    captions = []
    for node in fields.items("captions"):
        caption = Fields(node, fields.origin, fields.problems, known=("text", "credit"), what="a caption")
        captions.append(Caption(caption.text("text") or "", caption.text("credit") or ""))
    return tuple(captions)


def _passage_languages(fields: Fields) -> tuple[tuple[str, str], ...]:
    each = fields.fields("passage_languages")
    pairs = tuple((name, each.text(name) or "") for name in each) if each else ()
    for name, language in pairs:
        if each and not LANGUAGE.fullmatch(language):
            each.refuse(name, f'{name} is "{language}"', "write a code such as ko, en, zh-Hans")
    return pairs


def _capture(fields: Fields) -> CaptureReference | None:
    capture = fields.fields("capture", ("file", "sha256"))
    if capture is None:
        return None
    file = capture.required("file")
    if file is not None and not _stays_inside(file):
        capture.refuse("file", f'capture.file is "{file}"', "write a path below content/, such as captures/003.txt")
    return CaptureReference(file or "", capture.text("sha256") or "")


def _stays_inside(file: str) -> bool:
    first, *others = file.split("/")
    return first == "captures" and bool(others) and not {"", ".", ".."} & set(others)


def _digests(fields: Fields) -> Digests | None:
    digests = fields.fields("normalized", ("fields", "body"))
    if digests is None:
        return None
    each = digests.fields("fields")
    pairs = tuple((name, each.text(name) or "") for name in each) if each else ()
    return Digests(pairs, digests.text("body") or "")


def _item_type(fields: Fields) -> str:
    value = fields.text("item_type")
    if value is not None and value not in ITEM_TYPES:
        hint = did_you_mean(value, ITEM_TYPES) or f"one of {', '.join(ITEM_TYPES)}"
        fields.refuse("item_type", f'item_type is "{value}"', hint)
    return value or ITEM_TYPES[0]


def _choice(fields: Fields, name: str) -> Choice:
    """`leaders: [xi-jinping]` adds; `leaders: {add: […], drop: […]}` says both."""
    if name not in fields:
        return Choice()
    both = fields.fields(name, ("add", "drop")) if fields.is_mapping(name) else None
    add = both.placed_texts("add") if both else fields.placed_texts(name)
    drop = both.placed_texts("drop") if both else ()
    places = tuple((place.line, place.column) for _, place in (*add, *drop))
    return Choice(tuple(text for text, _ in add), tuple(text for text, _ in drop), places)

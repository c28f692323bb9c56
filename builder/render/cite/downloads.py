"""Citations to take away: of one piece inside its page, of a list beside it or, where it is long, as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from builder.model.values import value
from builder.render.cite.bibtex import bibtex
from builder.render.cite.csl import csl_text
from builder.render.cite.reference import Reference
from builder.render.cite.ris import ris

_SHORT: Final = 6
"""Pieces of a list whose citations stand inside its page, so that a small archive has few files."""
_NOT_IN_ADDRESSES: Final = '%\t\n\r "#<>[\\]^`{|}'
"""What a data: address must spell out, the sign that does so first; other letters may stand in it as they are, and cost
a third of it. Of controls no more than these reach a page."""


@value(frozen=True, slots=True, eq=False)
class Format:
    """A format of citations."""

    label: str
    ending: str
    media_type: str


RIS: Final = Format("RIS", "ris", "application/x-research-info-systems")
BIBTEX: Final = Format("BibTeX", "bib", "application/x-bibtex")
CSL_JSON: Final = Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json")
FORMATS: Final = (RIS, BIBTEX, CSL_JSON)


@value(frozen=True, slots=True)
class CitedList:
    """Citations of a list of pieces, as a page offers them."""

    name: str
    """Of the files: `data/leaders/xi-jinping`, from the site's root and without its ending."""
    references: tuple[Reference, ...]
    """Where they stand in the page itself; empty where they are files."""


@value(frozen=True, slots=True)
class Download:
    """A link that saves citations."""

    label: str
    href: str
    """A `data:` address, or one from the site's root."""
    filename: str
    media_type: str


@value(frozen=True, slots=True)
class Beside:
    """What stands beside a page for programs: how it is cited, and its feed."""

    reference: Reference | None = None
    """Of the page's own piece."""
    cited: CitedList | None = None
    """Of the pieces that it lists."""
    feed: str = ""
    """Address of its feeds from the site's root, without `.xml` and `.json`; empty where it has none."""


def cited_list(name: str, inside: Sequence[Reference]) -> CitedList:
    """How a page offers the citations of its list: `inside` are those it is to hold itself, none for a file."""
    return CitedList(name, tuple(inside))


def is_short(pieces: int) -> bool:
    """Whether so many pieces are cited inside their page."""
    return pieces <= _SHORT


def downloads(cited: CitedList) -> tuple[Download, ...]:
    """A link for each format."""
    stem = cited.name.rpartition("/")[2]
    return tuple(
        [
            Download(
                one.label,
                _inside(one, citations(one, cited.references)) if cited.references else f"{cited.name}.{one.ending}",
                f"{stem}.{one.ending}",
                one.media_type,
            )
            for one in FORMATS
        ]
    )


def saved(reference: Reference) -> tuple[Download, ...]:
    """A link for each format that saves one piece."""
    return downloads(CitedList(reference.id, (reference,)))


def citations(form: Format, references: Iterable[Reference]) -> str:
    """A whole file of citations."""
    return joined(form, [record(form, one) for one in references])


def record(form: Format, reference: Reference) -> str:
    """One citation as it stands in a file of them."""
    return _RECORDS[form](reference)


def joined(form: Format, records: Iterable[str]) -> str:
    """Citations made before, as a file."""
    return "[" + ",\n".join(records) + "]\n" if form is CSL_JSON else "".join(records)


def _inside(form: Format, text: str) -> str:
    for sign in _NOT_IN_ADDRESSES:
        if sign in text:
            text = text.replace(sign, f"%{ord(sign):02X}")
    return f"data:{form.media_type};charset=utf-8,{text}"


_RECORDS: Final[Mapping[Format, Callable[[Reference], str]]] = MappingProxyType(
    {RIS: ris, BIBTEX: bibtex, CSL_JSON: csl_text}
)

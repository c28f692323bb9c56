"""The text of a PDF file, page by page; needs the extra `[pdf]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from builder.intake.found import Found, FoundPage, LeftOut
from builder.model import CaptureOrigin

_MOST_PAGES: Final = 400
"""Sheets. Reports have up to 200; a book is no piece of news."""
_MOST_LETTERS: Final = 5_000_000
_FILE_NAME: Final = re.compile(r"\.(?:docx?|hwpx?|odt|pdf|rtf|indd|qxp|pptx?)$|^untitled", re.IGNORECASE)
_HYPHENATED: Final = re.compile(r"(?<=[a-zà-öø-ÿа-я])[-\u00ad]\n(?=[a-zà-öø-ÿа-я])")


def pages_of_pdf(name: str, data: bytes) -> Iterator[Found]:
    """One page of text: the document's title where it has one, then its lines."""
    try:
        import pypdf  # noqa: PLC0415 -- an extra that need not be there
    except ImportError:
        yield LeftOut("is a PDF file, which needs the extra [pdf]", "run: pip install pypdf")
        return
    try:
        document = pypdf.PdfReader(BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            yield LeftOut("is locked with a password", "save it without one")
            return
        if len(document.pages) > _MOST_PAGES:
            yield LeftOut(f"has more than {_MOST_PAGES} pages", "add the part that matters")
            return
        title = _title(document)
        texts: list[str] = []
        for page in document.pages:
            texts.append(page.extract_text())
            if sum(map(len, texts)) > _MOST_LETTERS:
                yield LeftOut(f"holds more than {_MOST_LETTERS} letters", "add the part that matters")
                return
    except Exception as trouble:  # noqa: BLE001 -- the library raises many kinds for damaged files, plain ones too
        yield LeftOut(f"is damaged ({type(trouble).__name__}: {trouble})", "print the page to PDF again")
        return
    text = _HYPHENATED.sub("", "\n\n".join(part.strip() for part in texts if part.strip()))
    if not text:
        yield LeftOut("holds pictures of text only", "run text recognition over it first")
        return
    head = text[: 4 * len(title) + 400]
    known = title and "".join(title.split()).casefold() not in "".join(head.split()).casefold()
    yield FoundPage(f"{name}.txt", (f"{title}\n\n{text}\n" if known else f"{text}\n").encode(), CaptureOrigin())


def _title(document: Any) -> str:
    """The title in the document's data, unless a word processor put its file's name there."""
    title = " ".join(str((document.metadata or {}).get("/Title") or "").split())
    return "" if _FILE_NAME.search(title) else title

"""Templates as Python's bytes, by name: compiled once for all depths, sent along to other processes, and kept."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from functools import lru_cache
from types import CodeType
from typing import Protocol

import jinja2
from jinja2.bccache import Bucket

from builder.model import Templates


class Codes(Protocol):
    """Where compiled templates are kept from one run to the next; what it gives is run, so that it must be trusted."""

    def load(self, name: str) -> bytes | None:
        """What is kept under a name, as it was given."""

    def save(self, name: str, code: bytes) -> None:
        """Keep it."""


class Compiled(jinja2.BytecodeCache):
    """The compiled templates of one set.

    A template takes 10 ms to compile, as long as twenty pages. What another version of Python made is passed over.
    """

    def __init__(self, templates: Templates) -> None:
        self.codes: dict[str, bytes] = {}
        self.kept: Codes | None = None
        self._files = templates.files
        self._loaded: dict[str, CodeType] = {}
        catalogue = templates.catalogue
        self._spoken = f"{jinja2.__version__}\0{catalogue.language}\0{catalogue.source}"

    def add(self, sizes: Mapping[str, int], codes: bytes) -> None:
        """Take in what another process has compiled."""
        data, at = zlib.decompress(codes) if sizes else b"", 0
        for name, size in sizes.items():
            self.codes.setdefault(name, data[at : at + size])
            at += size

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what there is; for pages of another depth it is there already."""
        if bucket.key in self._loaded:
            bucket.code = self._loaded[bucket.key]
            return
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])
        elif self.kept and (code := self.kept.load(self._name(bucket))):
            bucket.bytecode_from_string(code)
            self.codes[bucket.key] = code
        if bucket.code:
            bucket.code = _of_file(bucket.code, self._files.get(bucket.key, bucket.code.co_filename))
            self._loaded[bucket.key] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        code = self.codes[bucket.key] = bucket.bytecode_to_string()
        if self.kept:
            self.kept.save(self._name(bucket), code)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The template's name; there is one of these for each set of templates."""
        return name

    def _name(self, bucket: Bucket) -> str:
        """Equal for equal sources in equal words, wherever they lie: sites share what none of them has changed."""
        known = f"{bucket.key}\0{bucket.checksum}\0{self._spoken}"
        return hashlib.blake2b(known.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _of_file(code: CodeType, file: str) -> CodeType:
    """A code as compiled of this file, which is what errors name."""
    if code.co_filename == file:
        return code
    parts = (_of_file(part, file) if isinstance(part, CodeType) else part for part in code.co_consts)
    return code.replace(co_filename=file, co_consts=tuple(parts))


@lru_cache(maxsize=4)
def compiled(templates: Templates) -> Compiled:
    """What has been compiled of these templates so far."""
    return Compiled(templates)

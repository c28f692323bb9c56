"""builder/data/explaining.yaml → the words in which cleaning is explained."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from builder.model.explaining import ExplainingWords

_FILE: Final = Path(__file__).parent.parent / "data" / "explaining.yaml"
_Loader: Final[type] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@lru_cache(maxsize=1)
def read_explaining_words() -> ExplainingWords:
    """The shipped words; a mistake in the file is a bug, and raises."""
    read: dict[str, Any] = yaml.load(_FILE.read_bytes(), Loader=_Loader)
    words: dict[str, Any] = {name: tuple(said) if isinstance(said, list) else said for name, said in read.items()}
    return ExplainingWords(**words)

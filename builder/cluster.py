"""An executor over machines: a Dask cluster that runs already, with the extra `[cluster]`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any, Final

from builder import __version__

SCHEME: Final = "dask://"
_PATIENCE: Final = "10s"
_RETRIES: Final = 3
"""Times that a batch is tried again elsewhere after its worker died."""


class ClusterError(Exception):
    """The cluster cannot be used; the message says why and what to do."""


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """An executor on the cluster whose scheduler is at `dask://HOST:PORT`; ClusterError where it cannot be used.

    Nothing is shared with the workers but what travels to them: they need this version of Pressmark, and no files.
    """
    try:
        from distributed import Client  # noqa: PLC0415 -- an extra that need not be there
    except ImportError:
        raise ClusterError(f"{address}: needs the extra [cluster] (run: pip install distributed)") from None
    try:
        connect: Any = Client
        client = connect("tcp://" + address.removeprefix(SCHEME), timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as trouble:
        raise ClusterError(f"{address}: no scheduler answers there ({trouble})") from None
    with client:
        versions = _versions(client.run(version_here, on_error="return"))
        if not versions:
            raise ClusterError(f"{address}: the cluster has no workers (start one: dask worker HOST:PORT)")
        wrong = sorted(versions - {__version__})
        if wrong:
            raise ClusterError(f"{address}: workers have {', '.join(wrong)}, this is Pressmark {__version__}")
        with client.get_executor(retries=_RETRIES, pure=False) as executor:
            yield executor


def version_here() -> str:
    """The version of Pressmark where this runs."""
    return __version__


def _versions(answers: dict[str, object]) -> set[str]:
    return {answer if isinstance(answer, str) else "no Pressmark" for answer in answers.values()}

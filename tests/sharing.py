"""What is made once for all processes that run tests, though each of them may ask for it first."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

Once = Callable[[str, Callable[[Path], object]], Path]
"""Gives the folder of that name, made by that function unless it is there; nobody alters it."""


def made_once(shared: Path, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name below the shared one; who asks while another makes it waits until it is whole."""
    home = shared / f"shared {name}"
    folder, whole = home / "made", home / "whole"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what one that failed has left
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder

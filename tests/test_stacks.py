"""Values that are put away until they are asked for."""

from __future__ import annotations

import errno
import tempfile
from typing import NoReturn

import pytest

from builder.model import Output
from builder.stacks import Filed, Stacks


def outputs(many: int) -> list[Output]:
    """Together several times what is gathered before it is written."""
    return [Output(f"page-{number}", bytes([number % 256]) * 5_000) for number in range(many)]


def test_what_is_put_away_comes_back_equal_and_in_order() -> None:
    kept = Stacks(at_hand=0).keep(iter(outputs(300)))
    assert list(kept) == outputs(300)
    assert list(kept) == list(kept)
    assert len(kept) == 300
    assert (kept[0], kept[-1], list(kept[7:9])) == (outputs(300)[0], outputs(300)[-1], outputs(300)[7:9])
    with pytest.raises(IndexError):
        kept[300]


@pytest.mark.parametrize("at_hand", [0, 1, 3, 100], ids=lambda many: f"{many} at hand")
def test_each_lot_has_its_own_place(at_hand: int) -> None:
    stacks = Stacks(at_hand)
    words, nothing, numbers = stacks.keep(["a", "b"]), stacks.keep(list[str]()), stacks.keep([1, None, 3])
    assert (list(words), list(nothing), list(numbers)) == (["a", "b"], [], [1, None, 3])


def test_a_few_stay_at_hand_as_they_are_until_there_are_more() -> None:
    stacks, few = Stacks(at_hand=3), outputs(3)
    kept = stacks.keep(few)
    assert all(one is other for one, other in zip(kept, few, strict=True))
    stacks.keep(outputs(1))
    assert kept[0] is not few[0]
    assert list(kept) == few


def test_without_room_for_a_file_they_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert list(Stacks(at_hand=0).keep(outputs(300))) == outputs(300)


def test_what_is_filed_is_found_by_its_name_in_the_order_of_the_names() -> None:
    kept = Stacks().keep(["one", "two", "three"])
    filed = Filed(kept, {"c": 2, "a": 0})
    assert dict(filed) == {"c": "three", "a": "one"}
    assert list(filed.values()) == ["three", "one"]
    assert "b" not in filed
    assert filed.get("b") is None

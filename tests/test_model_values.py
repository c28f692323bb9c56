"""Values that are quick to make behave as data classes do."""

from __future__ import annotations

import pickle
from dataclasses import MISSING, dataclass, fields, is_dataclass
from dataclasses import field as foreign
from dataclasses import replace as replaced

import pytest

from builder.model.values import field, parts_of, replace, value


@value(frozen=True, slots=True)
class Line:
    number: int
    text: str = ""
    note: str = field(default="", compare=False)
    parts: tuple[int, ...] = field(default=(), repr=False)


@value(frozen=True, slots=True)
class Other:
    number: int
    text: str = ""


@value(frozen=True, slots=True)
class Longer(Other):
    more: int = 0


@value(frozen=False, slots=True)
class Open:
    number: int


@value(frozen=True, slots=True)
class Empty:
    pass


@value(frozen=True, slots=True)
class Own:
    number: int

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        return "own"


@value(frozen=True, slots=True, eq=False)
class Same:
    number: int


@value(frozen=False, slots=True)
class Gathered:
    first: int
    second: list[int] = field(default_factory=list)
    third: int = 3
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.total = self.first + self.third


@dataclass(frozen=True, slots=True)
class Plain:
    number: int
    text: str = ""


def test_values_are_equal_by_what_is_compared() -> None:
    assert Line(1, "a") == Line(1, "a", note="b") != Line(2, "a")
    assert hash(Line(1, "a")) == hash(Line(1, "a", note="b")) != hash(Line(2, "a"))
    assert {Line(1), Line(1), Line(2)} == {Line(1), Line(2)}
    assert Line(1) != Other(1)
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert Own(1) == Own(2)
    assert (hash(Own(1)), repr(Own(1))) == (1, "own")


def test_what_may_change_has_no_hash() -> None:
    assert Open(1) == Open(1) != Open(2)
    with pytest.raises(TypeError):
        hash(Open(1))


def test_values_are_shown_replaced_and_sent_as_data_classes_are() -> None:
    assert repr(Line(1, "a", parts=(2,))) == "Line(number=1, text='a', note='')"
    assert repr(Other(1, "a")).replace("Other", "Plain") == repr(Plain(1, "a"))
    assert replace(Line(1), text="b") == replaced(Line(1), text="b") == Line(1, "b")
    assert [one.name for one in fields(Line)] == ["number", "text", "note", "parts"]
    assert pickle.loads(pickle.dumps(Line(1, "a"))) == Line(1, "a")
    assert not hasattr(Line(1), "__dict__")
    match Line(1, "a"):
        case Line(number, text):
            assert (number, text) == (1, "a")


def test_values_are_filled_as_data_classes_are() -> None:
    one, other = Gathered(1, third=2), Gathered(1, [5])
    assert (one.second, one.third, one.total) == ([], 2, 3)
    assert (other.second, other.third, other.total) == ([5], 3, 4)
    assert one.second is not Gathered(1).second
    for _ in range(40):  # the first values of a class are filled in another way than those behind them
        with pytest.raises(TypeError, match=r"Other\.__init__\(\) missing 1 required positional argument: 'number'"):
            Other()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="unexpected keyword argument 'name'"):
            Other(1, name="a")  # type: ignore[call-arg]


def test_fields_may_follow_those_of_another_value() -> None:
    assert repr(Longer(1, "a", more=2)) == "Longer(number=1, text='a', more=2)"
    assert Longer(1) == Longer(1, "", 0) != Other(1)
    assert [one.name for one in fields(Longer)] == ["number", "text", "more"]
    assert replace(Longer(1), text="b") == Longer(1, "b")


def test_dataclasses_knows_of_values_and_their_defaults() -> None:
    assert is_dataclass(Line)
    assert is_dataclass(Line(1))
    assert not is_dataclass(int)
    number, text, note, parts = fields(Line)
    assert (number.default, text.default, note.compare, parts.repr, parts.type) == (
        *(MISSING, "", False, False),
        "tuple[int, ...]",
    )
    assert fields(Gathered)[1].default_factory is list
    assert [part.name for part in parts_of(Plain) or ()] == ["number", "text"]
    assert parts_of(int) is None


def test_a_field_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Strange\.number: take the field of builder\.dataclass"):

        @value(frozen=True, slots=True)
        class Strange:
            number: int = foreign(default=1)


def test_the_first_values_of_a_class_are_filled_as_all_others() -> None:
    @value(frozen=True, slots=True)
    class Loaded:
        first: int
        second: tuple[int, ...] = ()
        third: list[int] = field(default_factory=list)
        fourth: int = field(default=4, init=False)

    for number in range(40):
        one, other = Loaded(number, (1,)), Loaded(first=number, third=[number])
        assert (one.first, one.second, one.third, one.fourth) == (number, (1,), [], 4)
        assert (other.first, other.second, other.third, other.fourth) == (number, (), [number], 4)
        assert one.third is not Loaded(number).third
        for wrong in (
            lambda: Loaded(1, (), [], 4),  # type: ignore[call-arg]
            lambda: Loaded(1, first=2),  # type: ignore[misc]
            lambda: Loaded(second=()),  # type: ignore[call-arg]
        ):
            with pytest.raises(TypeError, match=r"Loaded\.__init__\(\)"):
                wrong()


def test_what_is_not_compared_by_its_fields_is_one_by_itself() -> None:
    one, other = Same(1), Same(1)
    assert one != other
    assert len({one, other, one}) == 2
    assert repr(one) == "Same(number=1)"

"""Places, numbers and abbreviations: what a piece says of its scene, the same in every script."""

from __future__ import annotations

import pytest
from naming import article, shipped

from builder.annotate.article import annotate
from builder.model import Facts
from builder.read.places import parse_places, place_file


def facts(body: str, title: str = "A title", language: str = "en") -> Facts:
    return annotate(article(body, title=title, language=language), shipped())


@pytest.mark.parametrize(
    ("body", "scenes"),
    [
        ("BUSAN - They met in Busan.", ("busan",)),
        ("두 정상은 부산에서 만났다.", ("busan",)),
        ("两国领导人在釜山会晤。", ("busan",)),
        ("兩國領導人在慶州會晤。", ("gyeongju",)),
        ("両首脳は釜山で会談した。", ("busan",)),
        ("Лидеры встретились в Пусане.", ("busan",)),
        ("東京都で会った。", ("tokyo",)),
        ("The Shanghai Cooperation Organisation met.", ()),
        ("상하이협력기구 회의가 열렸다.", ()),
        ("그는 대화를 시도하고 떠났다.", ()),
        ("They went to Limassol.", ()),
        ("The word oslo is not capitalized here.", ()),
    ],
)
def test_places_at_the_head_of_a_piece(body: str, scenes: tuple[str, ...]) -> None:
    assert facts(body).scenes == scenes


def test_a_place_named_late_or_by_the_way_is_no_scene() -> None:
    found = facts("HANOI - " + "They talked at length about many things. " * 20 + "The next stop is Bangkok.")
    assert found.scenes == ("hanoi",)
    assert found.places == ("bangkok",)


@pytest.mark.parametrize(
    ("body", "figures"),
    [
        ("In 2024 they signed 45 papers worth 1,200 units, 3.5 percent more.", ("1200", "3.5", "45")),
        ("両首脳は15日、文書４５件に署名した。", ("15", "45")),
        ("15일 APEC 회의에서 45건", ("15", "45", "apec")),
        ("LIMA - NATO and F-16 in 7 lines", ("f-16", "nato")),
    ],
)
def test_numbers_and_abbreviations_cross_scripts(body: str, figures: tuple[str, ...]) -> None:
    assert facts(body).figures == figures


def test_every_name_of_a_place_is_one_places_alone_and_long_enough() -> None:
    names = [name for _, listed in parse_places(place_file()) for name in listed]
    assert len(names) == len(set(names))
    assert min(map(len, names)) > 1
    assert len(parse_places(place_file())) > 200

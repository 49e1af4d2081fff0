"""Values of policies: fields by place or name, defaults, equality, and no change after they are made."""

import pytest

from byline.frozen import Frozen


class Point(Frozen):
    x: int
    y: int = 0
    tags: tuple[str, ...] = ()


def test_fields_are_given_by_place_or_by_name_and_have_defaults() -> None:
    assert Point(1) == Point(x=1) == Point(1, 0, tags=())
    assert (Point(1, 2).x, Point(1, 2).y) == (1, 2)
    assert Point(1) != Point(2)
    assert Point(1) != (1, 0, ())


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Point(),
        lambda: Point(1, x=1),
        lambda: Point(1, z=1),
        lambda: Point(1, 2, (), 4),
        lambda: Point(1)._replace(z=1),
    ],
)
def test_other_fields_than_its_own_are_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="Point"):
        wrong()


def test_values_do_not_change() -> None:
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2
    assert point._replace(y=3) == Point(1, 3)
    assert point == Point(1)


def test_equal_values_have_the_same_hash_if_their_fields_have_one() -> None:
    assert {Point(1), Point(x=1, y=0)} == {Point(1)}
    with pytest.raises(TypeError):
        hash(Point(1, tags=["a"]))  # type: ignore[arg-type]


def test_the_fields_by_name_include_defaults() -> None:
    assert Point(y=2, x=1)._asdict() == {"x": 1, "y": 2, "tags": ()}

"""Objects that are told what their classes declare."""

from __future__ import annotations

import pytest

from lossgui.core.stages.declared import Declared


class Shape(Declared):
    corners: int
    name: str = "shape"
    area = None


class Square(Shape):
    corners: int = 4
    measure: object = len


def test_what_is_told_counts_and_else_what_is_usual():
    square = Square(name="large")
    assert (square.corners, square.name, square.measure) == (4, "large", len)


def test_a_function_that_is_usual_is_no_method():
    assert Square().measure is len
    assert Square(measure=abs).measure is abs


@pytest.mark.parametrize(
    ("told", "why"), [({"sides": 4, "corners": 3}, "has no sides"), ({}, "needs corners")]
)
def test_what_is_wrong_is_said(told, why):
    with pytest.raises(TypeError, match=f"^Shape {why}$"):
        Shape(**told)


def test_what_nothing_annotates_is_not_told():
    with pytest.raises(TypeError, match="has no area"):
        Shape(corners=3, area=1)


def test_it_does_not_change():
    square = Square()
    with pytest.raises(AttributeError, match="corners"):
        square.corners = 5
    other = square.but(corners=5)
    assert (square.corners, other.corners, other.measure) == (4, 5, len)
    assert type(other) is Square


def test_each_is_another():
    assert Square() != Square()

"""The numbers of figures as CSV and JSON: read back, they are the numbers that are plotted."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import numpy as np
import pytest
from files.figures.plotted import EXAMPLES, has_numbers, plots, study_of
from hypothesis import given
from hypothesis import strategies as st

from lossgui.core.choice import Choice
from lossgui.core.evaluate import evaluate
from lossgui.core.figures import Axis, Figure, Series, by_class, curve, of_batch, words
from lossgui.core.study import Study
from lossgui.core.table import Array
from lossgui.files.figures import table
from lossgui.files.figures.delimited import ACTIVE


def cells(data: bytes) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows, as a reader that knows nothing of figures sees them."""
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert all(len(row) == len(header) for row in rows)
    return header, rows


def number(value: Any) -> Any:
    return [number(one) for one in value] if isinstance(value, list) else float(value)


def same(found: Any, plotted: Array) -> bool:
    """Tell whether numbers are the same to the last bit; NaN is NaN."""
    array = np.array(found, np.float64).reshape(plotted.shape)
    return np.array_equal(array, plotted, equal_nan=True) and np.array_equal(
        np.signbit(array[~np.isnan(array)]), np.signbit(plotted[~np.isnan(plotted)])
    )


def check_curves(figure: Figure, header: list[str], rows: list[list[str]]) -> None:
    assert header == [figure.x.label, *(one.label for one in figure.series)]
    for place, one in enumerate(figure.series, 1):
        points = [(row[0], row[place]) for row in rows if row[place]]
        assert same([float(x) for x, _ in points], one.x)
        assert same([float(y) for _, y in points], one.y)


@pytest.mark.parametrize("example", EXAMPLES)
def test_csv_read_back_gives_the_plotted_numbers(example: str) -> None:
    for figure in plots(study_of(example)):
        if not has_numbers(figure):
            continue
        header, rows = cells(table.csv(figure))
        if figure.series:
            check_curves(figure, header, rows)
            continue
        if figure.bars is not None:
            assert same([float(row[-1]) for row in rows], figure.bars.values)
            assert [row[0].removeprefix("'") for row in rows] == list(figure.bars.categories)
            assert {figure.x.label, figure.y.label} <= set(header)
            continue
        assert figure.image is not None
        assert same([float(row[2]) for row in rows], figure.image.values)
        assert header == [figure.y.label, figure.x.label, figure.image.scale.label, "remark"]
        assert [row[3] for row in rows] == figure.image.words.ravel().tolist()


@pytest.mark.parametrize("example", EXAMPLES)
def test_json_read_back_gives_the_figure(example: str) -> None:
    for figure in plots(study_of(example)):
        found = json.loads(table.json(figure), parse_constant=pytest.fail)
        assert found["title"] == figure.title and found["y"]["label"] == figure.y.label
        for one, series in zip(found["series"], figure.series, strict=True):
            assert same(number(one["x"]), series.x) and same(number(one["y"]), series.y)
            assert one["own"] == series.own
        if figure.bars is not None:
            assert same(number(found["bars"]["values"]), figure.bars.values)
            assert same(number(found["bars"]["top"]), figure.bars.top)
        if figure.image is not None:
            assert same(number(found["image"]["values"]), figure.image.values)


def test_the_x_of_the_study_has_a_row() -> None:
    figure = curve(evaluate(study_of("start").with_prediction(1, 2, 0.1234567), (1, 2)))
    assert figure.series[0].own is not None
    _, rows = cells(table.csv(figure))
    row = next(row for row in rows if row[0] == "0.1234567")
    assert [float(cell) for cell in row[1:]] == [one.value for one in figure.series]


def test_curves_of_different_x_share_the_rows_that_both_have() -> None:
    axis = Axis("x", 0, 1, ())
    first = Series("a", np.array([0.0, 0.5, 0.5, 1.0]), np.array([1.0, np.nan, -0.0, np.inf]), 0)
    second = Series("b", np.array([0.25, 0.5, 1.0]), np.array([5e-324, 1e16, -np.inf]), 1)
    figure = Figure("curve", "", axis, axis, (first, second))
    header, rows = cells(table.csv(figure))
    assert rows == [
        ["0.0", "1.0", ""],
        ["0.25", "", "5e-324"],
        ["0.5", "nan", "1e+16"],
        ["0.5", "-0.0", ""],
        ["1.0", "inf", "-inf"],
    ]
    check_curves(figure, header, rows)


def test_cells_say_what_is_dead_or_masked() -> None:
    study = Study.of([[0, 1], [1, 0]], [[0.0, 1.0], [0.5, 0.5]], mask=[1, 0])
    study = study.with_choice(Choice.of("categorical_crossentropy", "Keras 3"))
    _, rows = cells(table.csv(of_batch(evaluate(study), 0, "prediction")))
    assert [row[3] for row in rows[2:]] == ["masked", "masked"]
    assert rows[2][0] == "2, masked" and rows[2][1] == "0"


def test_a_figure_without_numbers_is_refused_in_its_own_words() -> None:
    with pytest.raises(ValueError, match="It has no number"):
        table.csv(words("curve", "It has no number."))


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(
    st.lists(st.one_of(NAMES, st.sampled_from(ACTIVE).map(lambda mark: f"{mark}1+1")), min_size=2, max_size=3)
)
def test_no_text_is_a_formula_and_every_name_is_read_back(classes: list[str]) -> None:
    count = len(classes)
    study = Study.of(np.eye(count), np.full((count, count), 1 / count), classes=classes)
    study = study.with_choice(Choice.of("mean_squared_error"))
    figure = by_class(evaluate(study), 0)
    assert figure.bars is not None
    _, rows = cells(table.csv(figure))
    for row, name, group in zip(rows, figure.bars.categories, figure.bars.groups, strict=True):
        for cell, text in zip(row[:2], (name, group), strict=True):
            assert cell == (f"'{text}" if text.startswith(ACTIVE) else text)
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert [float(row[2]) for row in rows] == figure.bars.values.tolist()


def test_negative_numbers_stay_numbers() -> None:
    figure = of_batch(evaluate(study_of("start")), 0, "prediction")
    _, rows = cells(table.csv(figure))
    assert any(row[2].startswith("-") and float(row[2]) < 0 for row in rows)


def test_a_spreadsheet_knows_that_it_is_utf_8() -> None:
    assert table.csv(curve(evaluate(study_of("start")))).startswith(b"\xef\xbb\xbf")

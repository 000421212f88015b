"""The table with all results: read back, it is what the program computes."""

from __future__ import annotations

import csv
import io
import tracemalloc

import numpy as np
import pytest
from files.figures.plotted import EXAMPLES, study_of

from lossgui.core.choice import Choice
from lossgui.core.evaluate import evaluate
from lossgui.core.figures import labels_of
from lossgui.core.study import Study
from lossgui.core.table import Array
from lossgui.files.figures import results

KERAS = Choice.of("sparse_categorical_crossentropy", "Keras 3")


def columns(study: Study) -> dict[str, list[str]]:
    """Return the columns by name, as a reader that knows nothing of studies sees them."""
    text = results.csv(study).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert len(set(header)) == len(header) and all(len(row) == len(header) for row in rows)
    assert len(rows) == study.samples
    return dict(zip(header, zip(*rows, strict=True), strict=True))


def numbers(found: dict[str, list[str]], *names: str) -> Array:
    return np.array([[float(cell) for cell in found[name]] for name in names]).T


def same(found: Array, computed: Array) -> bool:
    """Tell whether numbers are the same ones of the type in which they are computed."""
    return np.array_equal(found.astype(computed.dtype), computed, equal_nan=True)


def many(samples: int, dtype: str = "float64") -> Study:
    generator = np.random.default_rng(5)
    predictions = generator.dirichlet(np.ones(10), samples).astype(dtype)
    return Study.of(generator.integers(0, 10, samples), predictions, "index", choices=(KERAS,))


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_read_back_is_what_is_computed(example: str) -> None:
    study = study_of(example)
    found, result = columns(study), evaluate(study).exactly()
    predictions = numbers(found, *(f"prediction {name}" for name in study.classes))
    assert same(predictions, study.predictions.to_array())
    assert found["sample"] == tuple(study.sample_name(row) for row in range(study.samples))
    for outcome, label in zip(result.outcomes, labels_of(result), strict=True):
        if outcome.refusal is not None:
            assert set(found[f"{label}, refused"]) == {outcome.refusal}
            continue
        (first,) = (name for name in found if name.startswith(f"{label}, {outcome.chain.statistics[0]}"))
        assert same(numbers(found, first)[:, 0], outcome.per_sample())
        gradient = numbers(found, *(f"{label}, gradient {name}" for name in study.classes))
        assert same(gradient, outcome.gradient())
        headline = f"{label}, headline"
        if outcome.value is None:
            assert headline not in found
        else:
            assert np.array_equal(np.unique(numbers(found, headline)), [outcome.value], equal_nan=True)


def test_labels_weights_and_masks_have_columns_where_there_are_some() -> None:
    plain = columns(many(3))
    assert list(plain)[:3] == ["sample", "label", "prediction 0"]
    assert not {"sample_weight", "mask"} & set(plain)
    study = Study.of(
        [[1, 0], [0, 1]],
        [[0.5, 0.5], [0.1, 0.9]],
        sample_weight=[2, 0.5],
        mask=[True, False],
        sample_names={1: "=SUM(A1)"},
        choices=(Choice.of("mean_squared_error"),),
    )
    found = columns(study)
    assert found["sample_weight"] == ("2.0", "0.5") and found["mask"] == ("1", "0")
    assert found["sample"] == ("1", "'=SUM(A1)") and found["label 0"] == ("1.0", "0.0")
    assert "Mean squared error, loss, weighted" in found


def test_a_loss_that_does_not_fit_says_why() -> None:
    study = Study.of(None, [[0.5, 0.5]], choices=(Choice.of("mean_squared_error"), Choice.of("entropy")))
    found = columns(study)
    refusal = evaluate(study).outcomes[0].refusal
    assert refusal and found["Mean squared error, refused"] == (refusal,)
    assert float(found["Entropy, headline"][0]) == evaluate(study).outcomes[1].value


def test_numbers_of_small_types_have_few_digits_and_are_the_same() -> None:
    study = many(50, "float32")
    found = columns(study)
    predictions = numbers(found, *(f"prediction {name}" for name in study.classes))
    assert predictions.astype(np.float32).tobytes() == study.predictions.to_array().tobytes()
    assert max(map(len, found["prediction 0"])) <= 13


def test_infinite_and_undefined_numbers_are_read_back() -> None:
    study = Study.of([[1.0, 0.0]], [[np.inf, np.nan]], "real", "values")
    found = columns(study.with_choice(Choice.of("mean_squared_error")))
    assert (found["prediction 0"], found["prediction 1"]) == (("inf",), ("nan",))


def test_many_samples_come_block_by_block() -> None:
    study = many(20_000)
    sizes = [len(part) for part in results.parts(study)]
    assert len(sizes) == 1 + len(study.predictions.blocks) > 4
    tracemalloc.start()
    try:
        for _ in results.parts(study):
            pass
        assert tracemalloc.get_traced_memory()[1] < sum(sizes)
    finally:
        tracemalloc.stop()

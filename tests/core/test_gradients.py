"""Each loss's own derivative against central differences of its headline."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from core.drawn import CASES, FORMS, Case, assert_gradient_is_right, drawn, masked, weightings_of

from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome
from lossgui.core.losses import LOSSES
from lossgui.core.study import Study


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_gradient_is_that_of_the_headline(case: Case) -> None:
    for reduction, weights, mask in product(case.reductions, weightings_of(case, 3, 3), [{}, masked(3)]):
        study, choice = drawn(case, samples=3, **weights, **mask), case.choice(reduction)
        assert Outcome(study, choice).refusal is None
        assert_gradient_is_right(study, choice)


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_the_gradient_of_some_rows_is_a_part_of_it(case: Case) -> None:
    outcome = Outcome(drawn(case), case.choice())
    np.testing.assert_allclose(outcome.gradient(2, 4), outcome.gradient()[2:4], rtol=1e-14)


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_a_float32_study_has_a_float32_gradient(case: Case) -> None:
    wide, narrow = (
        Outcome(drawn(case, dtype=dtype), case.choice()).gradient() for dtype in (float, np.float32)
    )
    assert narrow.dtype == np.float32
    np.testing.assert_allclose(narrow, wide, rtol=0, atol=1e-4 * np.abs(wide).max())


FROM_LOGITS = [
    profile
    for profile, form in LOSSES["categorical_crossentropy"].forms.items()
    if any(parameter.name == "from_logits" for parameter in form.parameters)
]


@pytest.mark.parametrize("profile", FROM_LOGITS)
def test_from_logits_keras_takes_for_granted_that_labels_sum_to_one(profile: str) -> None:
    # TensorFlow's kernel computes softmax - y, whatever the labels; the mathematics say (sum y) softmax - y.
    labels, logits = np.array([[0.9, 0.6]]), np.array([[1.0, 2.0]])
    study = Study.of(labels, logits, "soft", "logits")
    softmax = np.exp(logits) / np.exp(logits).sum()
    total = 1.0 if profile.startswith("Keras") else labels.sum()
    gradient = Outcome(
        study, Choice.of("categorical_crossentropy", profile, {"from_logits": True})
    ).gradient()
    np.testing.assert_allclose(gradient, total * softmax - labels, atol=1e-15)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [("Keras 3", [-1.731, -0.269]), ("Keras 2", [-1.731, -0.269]), ("Textbook", [-1.193, 1.193])],
)
def test_the_gradient_for_labels_that_sum_to_three(profile: str, expected: list[float]) -> None:
    # No study holds such labels, so this goes to the chain.
    chain = LOSSES["categorical_crossentropy"].chain(profile, (("from_logits", True),))
    gradient = chain.run(np.array([[2.0, 1.0]]), np.array([[1.0, 2.0]])).gradient({"loss": np.ones(1)})
    np.testing.assert_allclose(gradient, [expected], atol=5e-4)


@pytest.mark.parametrize("reduction", ["mean", "sum", "weighted mean", "none"])
def test_a_clipped_probability_has_no_gradient_under_keras(reduction: str) -> None:
    study = Study.of([[0, 1]], [[1.0, 1e-9]], "one-hot", sample_weight=[2.0])
    clipped, plain = (
        Outcome(study, Choice.of("binary_crossentropy", profile, reduction=reduction)).gradient()
        for profile in ("Keras 3", "Textbook")
    )
    assert (clipped == 0).all() and plain[0, 1] < -1e8

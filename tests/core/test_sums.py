"""Sums of terms by the sample's group and the term's class."""

from __future__ import annotations

import numpy as np
import pytest

from lossgui.core.study import Study
from lossgui.core.sums import grouped

RANDOM = np.random.default_rng(0)
SOFT = {
    "apart": RANDOM.dirichlet(np.ones(4), 50),
    "with ties": np.repeat([[0.5, 0.5, 0, 0], [0.25, 0.25, 0.25, 0.25], [0, 0.2, 0.8, 0]], 10, axis=0),
}


@pytest.mark.parametrize("labels", SOFT.values(), ids=SOFT)
@pytest.mark.parametrize("bad", [None, np.inf, np.nan])
def test_a_sample_with_soft_labels_belongs_to_its_first_largest(
    labels: np.ndarray, bad: float | None
) -> None:
    terms = RANDOM.normal(size=labels.shape)
    if bad is not None:
        terms[3, 1] = bad
    study = Study.of(labels, np.full(labels.shape, 0.25), "soft")
    wanted = np.zeros((4, 4))
    np.add.at(wanted, [row.tolist().index(max(row)) for row in labels], terms)
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(grouped(terms, labels, study), wanted, rtol=1e-13)

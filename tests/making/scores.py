"""Inputs of margin losses: labels and scores."""

from __future__ import annotations

import numpy as np
from making.classes import INF, NAN, indexed, shaped, weighed
from making.draws import Cases, Draws, pair


def scores(d: Draws) -> Cases:
    def of(shape: tuple[int, ...]) -> np.ndarray:
        return d.normal(shape, 2)

    return {
        **shaped(d, d.one_hot, of, column=False),
        "weights_sample": weighed(d, d.one_hot, of)["weights_sample"],
        "ties": pair(d.floats(np.eye(3)), d.floats([[2, 2, 2], [0, 1, 0], [-1, -1, 0]])),
        "margin_ties": pair(d.one_hot((4, 3)), d.floats(d.rng.integers(-1, 2, (4, 3)))),
        "large": pair(d.floats(np.eye(3)), d.floats([[2e4, -2e4, 1], [2e4, -2e4, 0], [-5e7, 2, 5e7]])),
        "nonfinite": pair(d.floats([[1, 0], [0, 1]]), d.floats([[NAN, 0.25], [INF, 2]])),
        "empty_batch": pair(d.one_hot((0, d.k)), of((0, d.k))),
    }


def hinge(d: Draws) -> Cases:
    mixed = d.floats(d.rng.integers(-1, 2, d.matrix))
    mixed[0, :3] = -1, 0, 1
    ties = np.concatenate([d.around(1), -d.around(1), d.floats([0, -0.0])])[None]
    shapes = {"vec": d.vector, "col": d.column, "mat": d.matrix, "cube": d.cube}
    return {
        **{f"pm1_{name}": pair(d.signs(shape), d.normal(shape)) for name, shape in shapes.items()},
        "zero_one_mat": pair(d.zero_one(d.matrix), d.normal(d.matrix)),
        "zero_one_cube": pair(d.zero_one(d.cube), d.normal(d.cube)),
        "all_ones": pair(np.ones_like(d.normal(d.matrix)), d.normal(d.matrix)),
        "all_zeros": pair(np.zeros_like(d.normal(d.matrix)), d.normal(d.matrix)),
        "mixed_0_-1_1": pair(mixed, d.normal(d.matrix)),
        "soft_labels": pair(d.uniform(d.matrix, -1, 1), d.normal(d.matrix)),
        "weights_sample": pair(d.signs(d.matrix), d.normal(d.matrix), sample_weight=d.weights((d.n,))),
        "margin_ties": pair(d.signs(ties.shape), ties),
        "large": pair(d.signs(d.matrix), d.signed_powers(d.matrix, 4, 19)),
        "nonfinite": pair(d.floats([[1, -1], [-1, 1]]), d.floats([[INF, -INF], [INF, NAN]])),
        "empty_batch": pair(d.signs((0, d.k)), d.normal((0, d.k))),
    }


def sklearn_hinge(d: Draws) -> Cases:
    signs = d.signs(d.vector).astype(np.int64)
    signs[:2] = -1, 1
    cases = {name: case for name, case in indexed(scores(d)).items() if name != "rand_cube"}
    return {
        "pm1_vec": pair(signs, d.normal(d.vector)),
        "all_alike": pair(np.ones_like(signs), d.normal(d.vector)),
        "zero_one": pair((signs + 1) // 2, d.normal(d.vector)),
        "binary_w": pair(signs, d.normal(d.vector), sample_weight=d.weights(d.vector)),
        **cases,
    }


def label_lists(d: Draws) -> Cases:
    """Return lists of class indices, each filled up with -1, and scores."""

    def lists(rows: int) -> np.ndarray:
        found = np.argsort(d.rng.random((rows, d.k)), axis=1)
        ends = d.rng.integers(0, d.k + 1, (rows, 1))
        return np.where(np.arange(d.k) < ends, found, -1).astype(np.int64)

    wild = d.normal(d.matrix)
    wild[0, :3], wild[1, 0] = (NAN, INF, -INF), INF
    return {
        "rand_mat": pair(lists(d.n), d.normal(d.matrix)),
        "rand_row": pair(lists(1)[0], d.normal((d.k,))),
        "scales": pair(lists(d.n), d.signed_powers(d.matrix, -6, 6)),
        "nonfinite": pair(lists(d.n), wild),
        "too_big": pair(lists(d.n) + d.k, d.normal(d.matrix)),
    }


FAMILIES = {
    "label_lists": label_lists,
    "onehot_scores": scores,
    "sparse_scores": lambda d: indexed(scores(d)),
    "hinge": hinge,
    "sklearn_hinge": sklearn_hinge,
    "hinge_huge": lambda d: {"rand_overflow": pair(d.signs((1, 6)), d.signed_powers((1, 6), 1.6, 3))},
}

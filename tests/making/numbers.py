"""Inputs of losses of numbers, vectors and distributions."""

from __future__ import annotations

import numpy as np
from making.draws import Arrays, Cases, Draws, pair

NAN, INF = float("nan"), float("inf")


def _shaped(d: Draws, *shapes: str) -> dict[str, tuple[int, ...]]:
    known = {"rand_vec": d.vector, "rand_col": d.column, "rand_mat": d.matrix, "rand_cube": d.cube}
    return {name: known[name] for name in shapes or known}


def regression(d: Draws) -> Cases:
    some = d.normal(d.matrix)
    ties = np.concatenate([d.around(1), -d.around(1), d.around(0.5), d.floats([0, -0.0, 0.25, 2])])[None]
    big = 1e25 if d.dtype == np.float32 else 1e200
    tiny = d.info.tiny
    return {
        **{name: pair(d.normal(shape), d.normal(shape)) for name, shape in _shaped(d).items()},
        "weights_sample": pair(d.normal(d.matrix), d.normal(d.matrix), sample_weight=d.weights((d.n,))),
        "weights_time": pair(d.normal(d.cube), d.normal(d.cube), sample_weight=d.weights((d.n, d.t))),
        "scales": pair(d.signed_powers(d.matrix, -9, 9), d.signed_powers(d.matrix, -9, 9)),
        "near_equal": pair(some, d.beside(some)),
        "square_overflow": pair(d.floats([[big, -big, 2]]), d.floats([[-big, -big, 3]])),
        "square_underflow": pair(
            d.floats([[0, 0], [0, 0]]), d.floats([[tiny, 1e-25], [d.info.smallest_subnormal, -2 * tiny]])
        ),
        "delta_ties": pair(np.zeros_like(ties), ties),
        "nonfinite": pair(
            d.floats([[1, 2], [2, NAN], [0, 1], [INF, 1]]),
            d.floats([[NAN, 2], [1, 2], [INF, 1], [INF, -INF]]),
        ),
        "empty_batch": pair(d.normal((0, d.k)), d.normal((0, d.k))),
        "batch": pair(d.normal(d.batch), d.normal(d.batch)),
    }


def with_weight(d: Draws) -> Cases:
    cases = {name: case for name, case in regression(d).items() if name in ("rand_mat", "rand_cube")}
    return {name: {**case, "weight": d.weights(case["y_pred"].shape)} for name, case in cases.items()}


def gauss(d: Draws) -> Cases:
    names = ("rand_vec", "rand_mat", "rand_cube", "scales", "near_equal", "empty_batch")
    cases = {name: case for name, case in regression(d).items() if name in names}
    found = {name: {**case, "var": d.powers(case["y_pred"].shape, -9, 2)} for name, case in cases.items()}
    some = found["rand_mat"]
    some["var"].flat[0] = 0
    return {
        **found,
        "var_column": {**some, "var": d.powers((d.n, 1), -3, 1)},
        "var_negative": {**some, "var": -some["var"] - 1},
    }


def positive(d: Draws) -> Cases:
    some = d.uniform(d.matrix, 0.3, 4)
    counts = (d.n, d.k + 3)
    edge = float(d.dtype.type(1e-7))
    return {
        **{
            name: pair(d.uniform(shape, 0.1, 5), d.uniform(shape, 0.1, 5))
            for name, shape in _shaped(d, "rand_mat", "rand_cube").items()
        },
        "counts": pair(d.floats(d.rng.poisson(2.5, counts)), d.uniform(counts, 0.3, 5)),
        "weights_sample": pair(some, d.uniform(d.matrix, 0.3, 4), sample_weight=d.weights((d.n,))),
        "tiny": pair(d.powers(d.matrix, -30, -3), d.powers(d.matrix, -30, -3)),
        "huge": pair(d.powers(d.matrix, 3, 15), d.powers(d.matrix, 3, 15)),
        "eps_boundary": pair(
            d.floats([[0, edge, 2, edge]]), np.concatenate([d.around(1e-7), d.floats([1e-7])])[None]
        ),
        "near_equal": pair(some, d.beside(some)),
        "zero_negative": pair(
            d.floats([[0, 0, -0.25, 3], [2, 0, 4, -3]]), d.floats([[0, 2, 2, -0.4], [-3, -2, 0, -6]])
        ),
        "above_minus_one": pair(d.uniform(d.matrix, -0.9, 2), d.uniform(d.matrix, -0.9, 2)),
        "nonfinite": pair(d.floats([[2, 1], [INF, 1], [0, 2]]), d.floats([[NAN, 1], [2, 2], [INF, 2]])),
        "empty_batch": pair(d.uniform((0, d.k)), d.uniform((0, d.k))),
    }


def log_poisson(d: Draws) -> Cases:
    names = ("rand_mat", "rand_cube", "counts", "huge", "eps_boundary", "empty_batch")
    cases = {name: case for name, case in positive(d).items() if name in names}
    logs = {name: {**case, "y_pred": np.log(case["y_pred"])} for name, case in cases.items()}
    return {**logs, "large_log_input": pair(d.floats([[2, 0, 1, 3]]), d.floats([[88, 89, -90, -110]]))}


def log_positive(d: Draws) -> Cases:
    return {
        "rand_mat": pair(d.uniform(d.matrix, 0.1, 5), d.normal(d.matrix)),
        "counts": pair(d.floats(d.rng.poisson(2.5, d.matrix) + 1), d.normal(d.matrix)),
        "large": pair(d.powers(d.matrix, -3, 3), d.normal(d.matrix, 12)),
    }


def distributions(d: Draws) -> Cases:
    p = d.distributions(d.matrix)
    q = d.floats(p * (1 + 1e-3 * d.rng.normal(size=p.shape)))
    wide = d.powers(d.matrix, -18, -0.3)
    return {
        **{
            name: pair(d.distributions(shape), d.distributions(shape))
            for name, shape in _shaped(d, "rand_mat", "rand_cube").items()
        },
        "weights_sample": pair(p, d.distributions(d.matrix), sample_weight=d.weights((d.n,))),
        "near_equal": pair(p, d.beside(p, 2)),
        "close": pair(p, q),
        "identical": pair(p, p.copy()),
        "onehot_p": pair(d.one_hot(d.matrix), d.distributions(d.matrix)),
        "zeros": pair(
            d.floats([[0, 1, 0], [0.25, 0.75, 0], [0, 0, 1], [0, 0, 0]]),
            d.floats([[0, 0, 1], [0, 0.5, 0.5], [0, 0, 1], [0.2, 0.4, 0.4]]),
        ),
        "tiny": pair(wide, d.powers(d.matrix, -18, -0.3)),
        "empty_batch": pair(d.distributions((0, d.k)), d.distributions((0, d.k))),
        "many": pair(d.distributions(d.many), d.distributions(d.many)),
    }


def of_logarithms(d: Draws) -> Cases:
    """Return the pairs of distributions, of the second the logarithms."""

    def logged(case: Arrays) -> Arrays:
        with np.errstate(all="ignore"):
            return {**case, "y_pred": np.log(case["y_pred"])}

    return {name: logged(case) for name, case in distributions(d).items() if "sample_weight" not in case}


def entropy(d: Draws) -> Cases:
    cases = {name: case for name, case in distributions(d).items() if "sample_weight" not in case}
    return {name: {"y_pred": case["y_true"]} for name, case in cases.items()}


def vectors(d: Draws) -> Cases:
    y = d.normal(d.matrix)
    scale = d.powers((1, 1), -1, 1)
    eye = d.floats(np.eye(max(d.n, d.k))[: d.n, : d.k])
    big = 1e19
    return {
        **{
            name: pair(d.normal(shape), d.normal(shape))
            for name, shape in _shaped(d, "rand_vec", "rand_mat", "rand_cube").items()
        },
        "weights_sample": pair(y, d.normal(d.matrix), sample_weight=d.weights((d.n,))),
        "parallel": pair(y, scale * y),
        "antiparallel": pair(y, -scale * y),
        "orthogonal": pair(eye, np.roll(eye, 1, axis=1)),
        "zero_vectors": pair(
            d.floats([[0, 0, 0], [1, 2, 0], [0, 0, 0]]), d.floats([[2, 1, 3], [0, 0, 0], [0, 0, 0]])
        ),
        "tiny_vectors": pair(
            d.floats([[1, 2], [2, 1], [1, 1], [3, 1]]),
            d.floats([[2, 1]] * 4) * d.floats([[1e-6], [1e-7], [2e-9], [1e-21]]),
        ),
        "huge_vectors": pair(
            d.floats([[big / 10, big / 5], [1, 3], [10 * big, 2]]),
            d.floats([[2, 1], [big / 10, big / 20], [10 * big, 1]]),
        ),
        "nonfinite": pair(d.floats([[1, 2], [INF, 1]]), d.floats([[NAN, 1], [1, 2]])),
        "empty_batch": pair(d.normal((0, d.k)), d.normal((0, d.k))),
    }


def with_label(d: Draws) -> Cases:
    """Return two vectors and a label of its own for each pair."""
    found = {}
    for name, case in vectors(d).items():
        if case["y_pred"].ndim == 2 and "sample_weight" not in case:
            labels = d.signs(case["y_pred"].shape[:1])
            found[name] = {"y_true": labels, "y_pred": case["y_pred"], "x2": case["y_true"]}
    some = found["rand_mat"]
    return {**found, "other_labels": {**some, "y_true": d.floats(d.rng.integers(0, 3, d.n) / 2)}}


def ranking(d: Draws) -> Cases:
    names = ("rand_vec", "rand_mat", "scales", "near_equal", "delta_ties")
    cases = {name: case for name, case in regression(d).items() if name in names}
    return {
        name: {"y_true": d.signs(case["y_pred"].shape), "y_pred": case["y_pred"], "x2": case["y_true"]}
        for name, case in cases.items()
    }


def triplet(d: Draws) -> Cases:
    shapes = {"rand0": d.matrix, "rand1": d.batch, "rand_vec": d.vector}
    return {name: pair(d.normal(s), d.normal(s), negative=d.normal(s)) for name, s in shapes.items()}


def masks(d: Draws) -> Cases:
    zeros, ones = np.zeros_like(d.normal((2, 2))), d.floats([[1, 0], [0, 1]])
    return {
        **{
            name: pair(d.zero_one(shape), d.uniform(shape))
            for name, shape in _shaped(d, "rand_vec", "rand_mat", "rand_cube").items()
        },
        "soft": pair(d.uniform(d.matrix), d.uniform(d.matrix)),
        "perfect": pair(ones, ones),
        "disjoint": pair(ones, 1 - ones),
        "both_empty": pair(zeros, zeros),
        "tiny": pair(d.powers((2, 2), -9, -6), d.powers((2, 2), -9, -6)),
        "big": pair(d.zero_one(d.batch), d.uniform(d.batch)),
    }


def activations(d: Draws) -> Cases:
    found = {
        "rand_mat": d.normal(d.matrix, 4),
        "rand_cube": d.normal(d.cube, 4),
        "huge": d.floats([[2e4, -2e4, 0], [1, -2e4, 2e4]]),
        "mid": d.floats([[87, -87, 32, -32, 2e-8, -0.0]]),
        "exp_edges": d.floats([[86.5, -87.1, 88.5, -102, 19.9, 20.1]]),
        "small": d.floats([[2e-10, -3e-5, 2e-3, 0, -0.0]]),
        "nonfinite": d.floats([[INF, 1], [-INF, 0], [NAN, 1], [-INF, -INF]]),
        "empty_batch": d.normal((0, d.k)),
        "many": d.normal(d.many, 4),
    }
    return {name: {"y_pred": array} for name, array in found.items()}


FAMILIES = {
    "regression": regression,
    "regression_elw": with_weight,
    "gauss": gauss,
    "positive": positive,
    "log_positive": log_positive,
    "log_poisson": log_poisson,
    "dist_pair": distributions,
    "dist_pair_logq": of_logarithms,
    "entropy": entropy,
    "vectors": vectors,
    "vectors_label": with_label,
    "ranking": ranking,
    "triplet": triplet,
    "mask_pair": masks,
    "activations": activations,
}

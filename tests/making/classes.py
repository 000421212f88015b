"""Inputs of losses of classes: labels and probabilities, logits or scores."""

from __future__ import annotations

import numpy as np
from making.draws import Arrays, Cases, Draws, pair

NAN, INF = float("nan"), float("inf")


def shaped(d: Draws, labels: object, predictions: object, column: bool = True) -> Cases:
    """Return random cases of every shape; labels and predictions are functions of it."""
    shapes = {"rand_mat": d.matrix, "rand_cube": d.cube}
    if column:
        shapes = {"rand_vec": d.vector, "rand_col": d.column, **shapes}
    return {name: pair(labels(shape), predictions(shape)) for name, shape in shapes.items()}  # type: ignore[operator]


def weighed(d: Draws, labels: object, predictions: object) -> Cases:
    return {
        "weights_sample": pair(labels(d.matrix), predictions(d.matrix), sample_weight=d.weights((d.n,))),  # type: ignore[operator]
        "weights_time": pair(labels(d.cube), predictions(d.cube), sample_weight=d.weights((d.n, d.t))),  # type: ignore[operator]
    }


def binary_prob(d: Draws) -> Cases:
    edges = np.concatenate(
        [
            d.floats([0, d.info.smallest_subnormal, d.info.tiny, 3e-8]),
            d.around(1e-7),
            d.around(1 - 1e-7),
            d.floats([1 - d.info.epsneg, 1]),
        ]
    )
    near = d.powers(d.matrix, -9, -2)
    return {
        **shaped(d, d.zero_one, d.uniform),
        "soft": pair(d.uniform(d.matrix), d.uniform(d.matrix)),
        **weighed(d, d.zero_one, d.uniform),
        **{
            f"clip_edges_{name}": pair(np.full_like(edges, y)[:, None], edges[:, None])
            for name, y in (("y0", 0), ("y1", 1), ("soft", d.rng.uniform(0.1, 0.9)))
        },
        "near_0_1": pair(d.zero_one(d.matrix), np.where(d.zero_one(d.matrix) == 1, near, 1 - near)),
        "nonfinite": pair(
            d.floats([[1, 0], [1, 0], [NAN, 1]]), d.floats([[NAN, 0.4], [0.3, INF], [0.6, 0.7]])
        ),
        "out_of_range": pair(d.floats([[1, 0, 3, -0.5]]), d.floats([[1.25, -0.5, 0.4, 0.6]])),
        "empty_batch": pair(d.zero_one((0, d.k)), d.uniform((0, d.k))),
        "batch": pair(d.zero_one(d.batch), d.uniform(d.batch)),
    }


def binary_logit(d: Draws) -> Cases:
    large = d.floats([2e4, -2e4, 0, 87.5, -87.5, 33, -33, 3e-9, -0.0, 88.7, -104.5, 709, -745])[:, None]

    def logits(shape: tuple[int, ...]) -> np.ndarray:
        return d.normal(shape, 3)

    return {
        **shaped(d, d.zero_one, logits),
        "soft": pair(d.uniform(d.matrix), logits(d.matrix)),
        **weighed(d, d.zero_one, logits),
        **{f"large_y{y:g}": pair(np.full_like(large, y), large) for y in (0, 1, 0.35)},
        "small": pair(d.zero_one(d.matrix), d.signed_powers(d.matrix, -20, -4)),
        "nonfinite": pair(
            d.floats([[1, 0], [1, 0], [1, 0], [NAN, 1]]),
            d.floats([[NAN, NAN], [INF, INF], [-INF, -INF], [2, 1]]),
        ),
        "labels_out_of_range": pair(d.floats([[2.5, -2, 1.25]]), d.floats([[1.5, 2, -3.5]])),
        "empty_batch": pair(d.zero_one((0, d.k)), logits((0, d.k))),
        "batch": pair(d.zero_one(d.batch), logits(d.batch)),
    }


def with_weight(cases: Cases, d: Draws) -> Cases:
    """Return the random cases with a weight for each entry."""
    kept = {name: case for name, case in cases.items() if name in ("rand_mat", "rand_cube", "soft")}
    return {name: {**case, "weight": d.weights(case["y_pred"].shape)} for name, case in kept.items()}


def cat_prob(d: Draws) -> Cases:
    sure = np.zeros(d.matrix)
    sure[:, 1] = 1
    return {
        **shaped(d, d.one_hot, d.distributions, column=False),
        "vec": pair(d.one_hot(d.vector), d.distributions(d.vector)),
        "soft": pair(d.distributions(d.matrix), d.distributions(d.matrix)),
        **weighed(d, d.one_hot, d.distributions),
        "unnormalised": pair(d.one_hot(d.matrix), d.uniform(d.matrix, 0.2, 6)),
        "unnormalised_labels": pair(d.uniform(d.matrix, 0, 2), d.distributions(d.matrix)),
        "zeros_ones": pair(
            d.floats([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]),
            d.floats([[0, 0, 1], [0, 1, 0], [0.25, 0.75, 0], [2e-7, 1 - 3e-7, 1e-7]]),
        ),
        "sure": pair(d.one_hot(d.matrix), d.floats(sure)),
        "tiny_probs": pair(d.one_hot(d.matrix), d.powers(d.matrix, -18, -0.5)),
        "all_zero_rows": pair(d.floats([[0, 1, 0], [0, 0, 0]]), d.floats([[0, 0, 0], [0.3, 0.3, 0.4]])),
        "negative_probs": pair(
            d.floats([[1, 0, 0], [0, 0, 1]]), d.floats([[-0.2, 0.7, 0.5], [1.25, 0.25, -0.5]])
        ),
        "nonfinite": pair(d.floats([[0, 1, 0], [1, 0, 0]]), d.floats([[NAN, 0.25, 0.75], [0.5, 0.5, INF]])),
        "empty_batch": pair(d.one_hot((0, d.k)), d.distributions((0, d.k))),
        "many_classes": pair(d.one_hot(d.many), d.distributions(d.many)),
    }


def cat_logit(d: Draws) -> Cases:
    huge = d.floats([[2e4, -2e4, 0]] * 4)
    middle = d.floats([[87, -87, 32, -32, 2e-8, -0.0]] * 4)
    first = {
        **shaped(d, d.one_hot, lambda shape: d.normal(shape, 4), column=False),
        "vec": pair(d.one_hot(d.vector), d.normal(d.vector, 4)),
        "soft": pair(d.distributions(d.matrix), d.normal(d.matrix, 4)),
        "unnormalised_labels": pair(d.uniform(d.matrix, 0, 2), d.normal(d.matrix, 4)),
        **weighed(d, d.one_hot, lambda shape: d.normal(shape, 4)),
        "huge_logits": pair(np.vstack([d.one_hot((3, 3)), d.distributions((1, 3))]), huge),
        "mid_logits": pair(d.one_hot((4, 6)), middle),
        "confident": pair(d.floats(np.eye(3)), d.floats([[22, 1, 0], [-2, 38, 2], [1, -4, 58]])),
        "equal_logits": pair(d.one_hot((4, 4)), d.floats([[0] * 4, [2e4] * 4, [-2e4] * 4, [1e-31] * 4])),
        "empty_batch": pair(d.one_hot((0, d.k)), d.normal((0, d.k))),
        "many_classes": pair(d.one_hot(d.many), d.normal(d.many, 4)),
    }
    wild = d.floats([[NAN, 1, 2], [INF, 0, 1], [-INF, 0, 1], [-INF, -INF, -INF]])
    first["nonfinite"] = pair(d.floats([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]), wild)
    return first


def indexed(cases: Cases, rows: int = 2) -> Cases:
    """Return the cases whose labels are one-hot with class indices instead."""

    def sparse(case: Arrays) -> Arrays:
        return {**case, "y_true": case["y_true"].argmax(axis=-1).astype(np.int64)}

    def wanted(case: Arrays) -> bool:
        labels = case["y_true"]
        return labels.ndim >= rows and bool(
            np.isin(labels, (0, 1)).all() and (labels.sum(axis=-1) == 1).all()
        )

    return {name: sparse(case) for name, case in cases.items() if wanted(case) or name == "empty_batch"}


def sparse_prob(d: Draws) -> Cases:
    return indexed(cat_prob(d))


def sparse_logit(d: Draws) -> Cases:
    return indexed(cat_logit(d))


def label_oob(d: Draws) -> Cases:
    def of(wrong: int) -> Arrays:
        return pair(np.array([0, wrong]), d.distributions((2, d.k)))

    return {"label_too_big": of(d.k), "label_far_too_big": of(d.k + 5), "label_negative": of(-1)}


def ignoring(cases: Cases, ignored: int, d: Draws) -> Cases:
    """Return the random cases with some labels that are ignored, and one with nothing else."""
    names = ("rand_mat", "rand_cube", "weights_sample", "weights_time", "huge_logits", "many_classes")
    found = {}
    for name in names:
        if name in cases:
            labels = cases[name]["y_true"].copy()
            labels[d.rng.random(labels.shape) < 0.4] = ignored
            labels.flat[0] = ignored
            found[f"{name}_ignore"] = {**cases[name], "y_true": labels}
    some = cases["rand_mat"]
    return {**found, "all_ignored": {**some, "y_true": np.full_like(some["y_true"], ignored)}}


def log_loss(d: Draws) -> Cases:
    cases = {name: case for name, case in indexed(cat_prob(d)).items() if case["y_pred"].ndim == 2}
    binary = {
        f"binary_{name}": pair(case["y_true"].ravel().astype(np.int64), case["y_pred"].ravel())
        for name, case in binary_prob(d).items()
        if name in ("rand_vec", "rand_col", "clip_edges_y0", "clip_edges_y1")
    }
    return {**cases, **binary}


def segmentation(d: Draws) -> Cases:
    sure = np.zeros(d.cube)
    sure[..., 0] = 28
    return {
        "rand": pair(d.one_hot(d.cube), d.normal(d.cube, 2)),
        "rand_mat": pair(d.one_hot(d.matrix), d.normal(d.matrix, 2)),
        "one_class": pair(d.zero_one((d.n, d.t, 1)), d.normal((d.n, d.t, 1), 2)),
        "confident": pair(d.one_hot(d.cube) * 0 + d.floats(np.eye(d.k)[0]), d.floats(sure)),
    }


def mask_logits(d: Draws) -> Cases:
    shapes = {"rand_vec": d.vector, "rand_mat": d.matrix, "rand_cube": d.cube, "rand_one": (d.n, d.t, 1)}
    return {name: pair(d.zero_one(shape), d.normal(shape, 2)) for name, shape in shapes.items()}


FAMILIES = {
    "mask_logits": mask_logits,
    "binary_prob": binary_prob,
    "binary_logit": binary_logit,
    "binary_prob_w": lambda d: with_weight(binary_prob(d), d),
    "binary_logit_w": lambda d: with_weight(binary_logit(d), d),
    "cat_prob": cat_prob,
    "cat_logit": cat_logit,
    "sparse_prob": sparse_prob,
    "sparse_logit": sparse_logit,
    "label_oob": label_oob,
    "sparse_prob_ignore": lambda d: ignoring(sparse_prob(d), -1, d),
    "sparse_logit_ignore": lambda d: ignoring(sparse_logit(d), 1, d),
    "sparse_logit_ignore_-100": lambda d: ignoring(sparse_logit(d), -100, d),
    "log_loss": log_loss,
    "segmentation": segmentation,
}

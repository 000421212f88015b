"""PyTorch: torch.nn.functional."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from making.real import Given, Real, resolved

VERSION = torch.__version__
torch.set_num_threads(1)

Tensors = dict[str, torch.Tensor]
Unreduced = Callable[[Tensors, dict[str, Any], str], torch.Tensor]


def _plain(function: Any) -> Unreduced:
    return lambda g, p, r: function(g["y_pred"], g["y_true"], **p, reduction=r)


def _with(function: Any, other: str) -> Unreduced:
    return lambda g, p, r: function(g["y_pred"], g["y_true"], **{other: g[other]}, **p, reduction=r)


def _classes_second(function: Any) -> Unreduced:
    """Return a function of arrays whose classes are the last axis, of one that has them second."""

    def call(g: Tensors, p: dict[str, Any], r: str) -> torch.Tensor:
        predictions, labels = g["y_pred"], g["y_true"]
        if predictions.ndim > 2:
            same = labels.ndim == predictions.ndim
            predictions, labels = predictions.movedim(-1, 1), labels.movedim(-1, 1) if same else labels
        return function(predictions, labels, **p, reduction=r)

    return call


def _activation(function: Any) -> Unreduced:
    def call(g: Tensors, p: dict[str, Any], r: str) -> torch.Tensor:
        z = g["y_pred"]
        return function(z / p["temperature"] if "temperature" in p else z)

    return call


def _last(function: Any) -> Any:
    return lambda z: function(z, dim=-1)


def _real(
    loss: str, function: Unreduced, *given: Given, reductions: tuple[str, ...] = ("mean", "sum")
) -> Real:
    return Real(loss, f"torch.nn.functional.{loss}", function, given, reductions)


def _of(family: str, **parameters: Any) -> Given:
    return family, parameters


WEIGHTS = "linspace(0.5,2,C)"
REALS = (
    _real("mse_loss", _plain(F.mse_loss), _of("regression")),
    _real("mse_loss_weighted", _with(F.mse_loss, "weight"), _of("regression_elw")),
    _real("l1_loss", _plain(F.l1_loss), _of("regression")),
    _real("l1_loss_weighted", _with(F.l1_loss, "weight"), _of("regression_elw")),
    _real("huber_loss", _plain(F.huber_loss), _of("regression"), _of("regression", delta=0.75)),
    _real("huber_loss_weighted", _with(F.huber_loss, "weight"), _of("regression_elw")),
    _real(
        "smooth_l1_loss",
        _plain(F.smooth_l1_loss),
        _of("regression"),
        _of("regression", beta=0.5),
        _of("regression", beta=0.0),
    ),
    _real(
        "poisson_nll_loss",
        _plain(F.poisson_nll_loss),
        _of("log_poisson"),
        _of("log_poisson", full=True),
        _of("positive", log_input=False),
        _of("positive", log_input=False, full=True, eps=1e-6),
    ),
    _real(
        "gaussian_nll_loss",
        _with(F.gaussian_nll_loss, "var"),
        _of("gauss"),
        _of("gauss", full=True, eps=1e-3),
    ),
    _real(
        "kl_div",
        _plain(F.kl_div),
        _of("dist_pair_logq"),
        _of("dist_pair_logq", log_target=True),
        reductions=("mean", "sum", "batchmean"),
    ),
    _real("binary_cross_entropy", _plain(F.binary_cross_entropy), _of("binary_prob")),
    _real("binary_cross_entropy_weighted", _with(F.binary_cross_entropy, "weight"), _of("binary_prob_w")),
    _real(
        "binary_cross_entropy_with_logits",
        _plain(F.binary_cross_entropy_with_logits),
        _of("binary_logit"),
        _of("binary_logit", pos_weight=0.5),
        _of("binary_logit", pos_weight="linspace(0.25,4,C)"),
    ),
    _real(
        "binary_cross_entropy_with_logits_weighted",
        _with(F.binary_cross_entropy_with_logits, "weight"),
        _of("binary_logit_w"),
    ),
    _real("multilabel_soft_margin_loss", _plain(F.multilabel_soft_margin_loss), _of("binary_logit")),
    _real("soft_margin_loss", _plain(F.soft_margin_loss), _of("hinge"), _of("hinge_huge")),
    _real(
        "cross_entropy_index",
        _classes_second(F.cross_entropy),
        _of("sparse_logit"),
        _of("sparse_logit", weight=WEIGHTS),
        _of("sparse_logit", label_smoothing=0.1),
        _of("sparse_logit", label_smoothing=0.1, weight=WEIGHTS),
        _of("sparse_logit_ignore", ignore_index=1),
        _of("sparse_logit_ignore_-100"),
        _of("sparse_logit_ignore_-100", label_smoothing=0.1, weight=WEIGHTS),
        _of("label_oob"),
    ),
    _real(
        "cross_entropy_prob",
        _classes_second(F.cross_entropy),
        _of("cat_logit"),
        _of("cat_logit", weight=WEIGHTS),
        _of("cat_logit", label_smoothing=0.1),
        _of("cat_logit", label_smoothing=0.1, weight=WEIGHTS),
    ),
    _real(
        "nll_loss",
        _classes_second(F.nll_loss),
        _of("sparse_logit"),
        _of("sparse_logit", weight=WEIGHTS),
        _of("sparse_logit_ignore_-100"),
        _of("sparse_logit_ignore_-100", weight=WEIGHTS),
        _of("label_oob"),
    ),
    _real("hinge_embedding_loss", _plain(F.hinge_embedding_loss), _of("hinge"), _of("hinge", margin=0.4)),
    _real(
        "margin_ranking_loss",
        lambda g, p, r: F.margin_ranking_loss(g["y_pred"], g["x2"], g["y_true"], **p, reduction=r),
        _of("ranking"),
        _of("ranking", margin=0.3),
    ),
    _real(
        "multi_margin_loss",
        _plain(F.multi_margin_loss),
        _of("sparse_scores_some"),
        _of("sparse_scores_some", margin=0.5, p=2),
        _of("sparse_scores_some", weight=WEIGHTS),
        _of("sparse_scores_some", weight=WEIGHTS, p=2),
        _of("label_oob"),
    ),
    _real("multilabel_margin_loss", _plain(F.multilabel_margin_loss), _of("label_lists")),
    _real(
        "triplet_margin_loss",
        lambda g, p, r: F.triplet_margin_loss(g["y_pred"], g["y_true"], g["negative"], **p, reduction=r),
        _of("triplet"),
        _of("triplet", margin=0.2),
        _of("triplet", p=1),
        _of("triplet", p=3, eps=1e-3, swap=True),
    ),
    _real(
        "cosine_similarity",
        lambda g, p, r: F.cosine_similarity(g["y_pred"], g["y_true"], **{"dim": -1, **p}),
        _of("vectors"),
        _of("vectors", eps=1e-3),
        reductions=(),
    ),
    _real(
        "cosine_embedding_loss",
        lambda g, p, r: F.cosine_embedding_loss(g["y_pred"], g["x2"], g["y_true"], **p, reduction=r),
        _of("vectors_label"),
        _of("vectors_label", margin=0.2),
    ),
    *(
        _real(loss, _activation(function), _of("activations"), reductions=())
        for loss, function in (
            ("sigmoid", torch.sigmoid),
            ("logsigmoid", F.logsigmoid),
            ("softplus", F.softplus),
        )
    ),
    *(
        _real(
            loss,
            _activation(_last(function)),
            _of("activations"),
            _of("activations", temperature=2.5),
            reductions=(),
        )
        for loss, function in (("softmax", torch.softmax), ("log_softmax", torch.log_softmax))
    ),
)


def expected(real: Real, inputs: dict[str, np.ndarray], parameters: dict[str, Any]) -> dict[str, Any]:
    """Return what PyTorch gives: values, reductions and gradients."""
    given = {name: torch.tensor(array) for name, array in inputs.items()}
    own = {
        name: torch.tensor(value) if isinstance(value, np.ndarray) else value
        for name, value in resolved(parameters, inputs["y_pred"]).items()
    }
    if "pos_weight" in own and real.loss.startswith("binary"):
        own["pos_weight"] = torch.as_tensor(own["pos_weight"], dtype=given["y_pred"].dtype)

    def reduced(name: str) -> torch.Tensor:
        return real.function(given, own, name)

    def gradient(of: Callable[[], torch.Tensor]) -> np.ndarray:
        given["y_pred"] = torch.tensor(inputs["y_pred"], requires_grad=True)
        of().backward()
        return given["y_pred"].grad.numpy()  # type: ignore[union-attr]

    values = reduced("none").numpy()
    if "y_true" not in inputs:
        index = torch.arange(1, inputs["y_pred"].shape[-1] + 1)
        return {
            "values": values,
            "grad": {"values_dot_index": gradient(lambda: (reduced("none") * index).sum())},
        }
    names = real.reductions or ()
    gradients = {"values_sum": gradient(lambda: reduced("none").sum())}
    if "mean" in names:
        gradients["mean"] = gradient(lambda: reduced("mean"))
    return {
        "values": values,
        "reduced": {name: reduced(name).detach().numpy() for name in names},
        "grad": gradients,
    }

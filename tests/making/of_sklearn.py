"""scikit-learn: its metrics, and the losses behind its models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sklearn
from making.real import Real
from sklearn import metrics
from sklearn._loss import loss as losses

VERSION = sklearn.__version__

Arrays = dict[str, np.ndarray]


def _weight(g: Arrays) -> dict[str, np.ndarray]:
    return {"sample_weight": g["sample_weight"]} if "sample_weight" in g else {}


def _each(g: Arrays, of: Callable[[np.ndarray, np.ndarray], float]) -> np.ndarray:
    """Return the metric of each sample alone."""
    rows = range(len(g["y_pred"]))
    return np.array([of(g["y_true"][row : row + 1], g["y_pred"][row : row + 1]) for row in rows], float)


def _outputs(metric: Any) -> Any:
    """Return what a metric of several outputs gives."""

    def call(g: Arrays, p: dict[str, Any]) -> dict[str, Any]:
        def of(y: np.ndarray, x: np.ndarray, **more: Any) -> Any:
            return metric(y, x, **p, **more)

        names = ("uniform_average", "raw_values")
        reduced = {
            name: np.asarray(of(g["y_true"], g["y_pred"], multioutput=name, **_weight(g))) for name in names
        }
        return {"values": _each(g, of), "reduced": reduced}

    return call


def _labelled(metric: Any, option: str, choices: tuple[Any, ...]) -> Any:
    """Return what a metric of probabilities gives."""

    def call(g: Arrays, p: dict[str, Any]) -> dict[str, Any]:
        several = g["y_pred"].ndim > 1
        labels = {"labels": np.arange(g["y_pred"].shape[-1]) if several else [0, 1]}
        if option == "scale_by_half" and not several:
            labels = {"pos_label": 1}

        def of(y: np.ndarray, x: np.ndarray, **more: Any) -> Any:
            return metric(y, x, **labels, **more)

        reduced = {
            f"{option}={choice}": np.asarray(of(g["y_true"], g["y_pred"], **{option: choice}, **_weight(g)))
            for choice in choices
        }
        return {"values": _each(g, of), "reduced": reduced}

    return call


def _deviance(g: Arrays, p: dict[str, Any]) -> dict[str, Any]:
    def of(y: np.ndarray, x: np.ndarray) -> Any:
        return metrics.mean_tweedie_deviance(y, x, **p)

    return {"values": _each(g, of), "reduced": {"mean": np.asarray(of(g["y_true"], g["y_pred"]))}}


def _hinge(g: Arrays, p: dict[str, Any]) -> dict[str, Any]:
    several = g["y_pred"].ndim > 1
    labels = {"labels": np.arange(g["y_pred"].shape[-1])} if several else {}
    found = metrics.hinge_loss(g["y_true"], g["y_pred"], **labels, **_weight(g))
    return {"reduced": {"mean": np.asarray(found)}}


def _of_model(name: str) -> Any:
    """Return what a loss behind the models gives."""

    def call(g: Arrays, p: dict[str, Any]) -> dict[str, Any]:
        y, raw = g["y_true"].astype(g["y_pred"].dtype), g["y_pred"]
        own = {"n_classes": raw.shape[-1]} if raw.ndim > 1 else {}
        loss = getattr(losses, name)(**p, **own)
        raw = np.ascontiguousarray(raw)
        gradient = loss.gradient(y_true=y, raw_prediction=raw)
        return {
            "values": loss.loss(y_true=y, raw_prediction=raw),
            "reduced": {"call": np.asarray(float(loss(y_true=y, raw_prediction=raw)))},
            "grad": {"values_sum": gradient},
        }

    return call


def _metric(name: str, function: Any, *given: Any) -> Real:
    return Real(name, f"sklearn.metrics.{name}", function, given, weighs=True)


def _model(name: str, *given: Any) -> Real:
    return Real(f"_loss_{name}", f"sklearn._loss.{name}", _of_model(name), given)


REALS = (
    *(
        _metric(name, _outputs(getattr(metrics, name)), *((family, p) for p in parameters))
        for name, family, parameters in (
            ("mean_squared_error", "regression", ({},)),
            ("root_mean_squared_error", "regression", ({},)),
            ("mean_absolute_error", "regression", ({},)),
            ("mean_absolute_percentage_error", "regression", ({},)),
            ("mean_pinball_loss", "regression", ({}, {"alpha": 0.9})),
            ("mean_squared_log_error", "positive", ({},)),
            ("root_mean_squared_log_error", "positive", ({},)),
        )
    ),
    _metric(
        "mean_tweedie_deviance",
        _deviance,
        *(("positive_flat", {"power": p}) for p in (0, 1, 1.3, 2, 2.6, 3, -1)),
    ),
    _metric(
        "log_loss",
        _labelled(metrics.log_loss, "normalize", (True, False)),
        ("log_loss", {}),
        ("label_oob", {}),
    ),
    _metric(
        "brier_score_loss",
        _labelled(metrics.brier_score_loss, "scale_by_half", ("auto", True, False)),
        ("log_loss", {}),
    ),
    _metric("hinge_loss", _hinge, ("sklearn_hinge", {})),
    _model("AbsoluteError", ("regression_flat", {})),
    _model("HalfSquaredError", ("regression_flat", {})),
    _model("HuberLoss", ("regression_flat", {"delta": 1.5})),
    _model("PinballLoss", ("regression_flat", {"quantile": 0.9})),
    _model("HalfPoissonLoss", ("log_poisson_flat", {})),
    _model("HalfGammaLoss", ("log_positive_flat", {})),
    _model("HalfTweedieLoss", ("log_positive_flat", {"power": 1.5}), ("log_positive_flat", {"power": 2.5})),
    _model("HalfBinomialLoss", ("binary_logit_flat", {})),
    _model("ExponentialLoss", ("binary_logit_flat", {})),
    _model("HalfMultinomialLoss", ("sparse_logit_rows", {})),
)


def expected(real: Real, inputs: Arrays, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return what scikit-learn gives."""
    found: dict[str, Any] = real.function(inputs, parameters)
    return found

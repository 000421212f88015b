"""SciPy: scipy.special, scipy.stats and scipy.spatial."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy
from making.real import Given, Real
from scipy import special, stats
from scipy.spatial import distance

VERSION = scipy.__version__

Arrays = dict[str, np.ndarray]
PLAIN: dict[str, Any] = {}


def _real(loss: str, function: Callable[[Arrays, dict[str, Any]], Any], *given: Given) -> Real:
    return Real(loss, f"scipy {loss}", function, given)


def _bases(family: str) -> tuple[Given, ...]:
    return (family, PLAIN), (family, {"base": 2}), (family, {"base": 10})


REALS = (
    _real("entr", lambda g, p: special.entr(g["y_pred"]), ("dist_pair", PLAIN), ("regression", PLAIN)),
    _real(
        "rel_entr",
        lambda g, p: special.rel_entr(g["y_true"], g["y_pred"]),
        ("dist_pair", PLAIN),
        ("regression", PLAIN),
    ),
    _real(
        "kl_div",
        lambda g, p: special.kl_div(g["y_true"], g["y_pred"]),
        ("dist_pair", PLAIN),
        ("regression", PLAIN),
    ),
    _real("entropy", lambda g, p: stats.entropy(g["y_pred"], axis=-1, **p), *_bases("entropy")),
    _real(
        "entropy_kl", lambda g, p: stats.entropy(g["y_true"], g["y_pred"], axis=-1, **p), *_bases("dist_pair")
    ),
    _real(
        "jensenshannon",
        lambda g, p: distance.jensenshannon(g["y_true"], g["y_pred"], axis=-1, **p),
        *_bases("dist_pair"),
    ),
    _real(
        "huber",
        lambda g, p: special.huber(p.get("delta", 1.0), g["y_pred"] - g["y_true"]),
        ("regression", {"delta": 1.0}),
    ),
    _real(
        "pseudo_huber",
        lambda g, p: special.pseudo_huber(p.get("delta", 1.0), g["y_pred"] - g["y_true"]),
        ("regression", {"delta": 1.0}),
    ),
    _real("expit", lambda g, p: special.expit(g["y_pred"]), ("activations", PLAIN)),
    _real("log_expit", lambda g, p: special.log_expit(g["y_pred"]), ("activations", PLAIN)),
    _real("softmax", lambda g, p: special.softmax(g["y_pred"], axis=-1), ("activations", PLAIN)),
    _real("log_softmax", lambda g, p: special.log_softmax(g["y_pred"], axis=-1), ("activations", PLAIN)),
)


def expected(real: Real, inputs: Arrays, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return what SciPy gives."""
    plain = {name: array for name, array in inputs.items() if name != "sample_weight"}
    return {"values": np.asarray(real.function(plain, parameters))}

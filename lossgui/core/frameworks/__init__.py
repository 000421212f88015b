"""What each framework does, called as its users call it: `call('keras', 'hinge', y_true, y_pred)`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from inspect import signature
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossgui.core.chain import Chain
from lossgui.core.frameworks import keras, optax, scipy, sklearn, tensorflow, textbook, tf_keras, torch
from lossgui.core.frameworks.arrange import arranged, tempered
from lossgui.core.frameworks.framework import Framework
from lossgui.core.frameworks.outcome import Outcome
from lossgui.core.given import Given
from lossgui.core.loss import Call
from lossgui.core.losses import LOSSES

FRAMEWORKS: dict[str, Framework] = {
    module.FRAMEWORK.name: module.FRAMEWORK
    for module in (keras, tf_keras, tensorflow, torch, sklearn, scipy, optax, textbook)
}
"""Every framework by its name in `call`."""


def call(
    framework: str,
    loss: str,
    y_true: ArrayLike | None = None,
    y_pred: ArrayLike | None = None,
    *,
    sample_weight: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    var: ArrayLike | None = None,
    x2: ArrayLike | None = None,
    negative: ArrayLike | None = None,
    **parameters: Any,
) -> Outcome:
    """Do what a framework's callable does.

    Parameters
    ----------
    framework
        'keras', 'tf_keras', 'tensorflow', 'torch', 'sklearn', 'scipy', 'optax' or 'textbook' (the tutorials'
        NumPy code).
    loss
        The callable's name there.
    y_true, y_pred
        Labels, and predictions, probabilities, log-probabilities or logits, as the callable takes them;
        classes are the last axis. No labels for activations and entropies.
    sample_weight, weight, var, x2, negative
        What else the callable takes: weights of samples, weights of entries, variances, a second vector, a
        negative example.
    **parameters
        By the framework's own names; what is left out is as the framework has it. And `temperature`: logits
        are divided by it first.

    Returns
    -------
    Outcome
        `values` (unreduced), `reduced(name)`, `gradient(of)`.

    Raises
    ------
    ValueError
        If there is no such framework, loss or parameter, or the framework refuses what it is given; the
        message says why.
    """
    if framework not in FRAMEWORKS:
        raise ValueError(f"There is no framework called {framework}: take one of {', '.join(FRAMEWORKS)}.")
    if y_pred is None:
        raise ValueError(f"{loss} needs predictions, y_pred.")
    named = {"sample_weight": sample_weight, "weight": weight, "var": var, "x2": x2, "negative": negative}
    others = {name: np.asarray(value) for name, value in named.items() if value is not None}
    labels = None if y_true is None else np.asarray(y_true)
    given = Given(np.asarray(y_pred), labels, others, parameters)
    return _called(FRAMEWORKS[framework], loss, given)


def _called(framework: Framework, loss: str, given: Given) -> Outcome:
    found = framework.called(loss, given)
    own = dict(given.parameters)
    temperature = own.pop("temperature", None)
    for check in found.checks:
        check(given)
    given = replace(given, predictions=_floats(given.predictions))
    chain = _chain(framework, found, own, {} if found.about is None else found.about(given))
    _compare(framework, found, chain, given)
    outcome = _outcome(framework, found, tempered(chain, temperature), given)
    if found.strict:
        outcome.check_needs()
    labels, of_classes = given.labels, framework.of_classes
    if of_classes is None or found.indexed or labels is None or labels.ndim == given.predictions.ndim:
        return outcome
    return replace(outcome, of_class=_outcome(framework, found, outcome.chain, of_classes(given)))


def _outcome(framework: Framework, found: Call, chain: Chain, given: Given) -> Outcome:
    laid, axis = arranged(found, given)
    return Outcome(framework, found, chain, laid, given.predictions, axis)


def _compare(framework: Framework, found: Call, chain: Chain, given: Given) -> None:
    """Refuse arrays that are missing, and those of which the callable knows nothing."""
    own = set(given.others) | {"predictions"} | (set() if given.labels is None else {"labels"})
    missing = sorted(chain.inputs - own)
    if missing:
        said = "labels, y_true" if missing[0] == "labels" else missing[0]
        raise ValueError(f"{found.names[0]} of {framework.name} needs {said}.")
    weighs = {"sample_weight"} if framework.weigh else set()
    unknown = sorted(set(given.others) - chain.inputs - weighs)
    if unknown:
        raise ValueError(f"{found.names[0]} of {framework.name} takes no {unknown[0]}.")


def _chain(framework: Framework, found: Call, parameters: dict[str, Any], about: Mapping[str, Any]) -> Chain:
    builder = found.chain or next(
        form.chain
        for loss in LOSSES.values()
        if (form := loss.forms.get(framework.profile)) is not None and found in form.calls
    )
    try:
        signature(builder).bind(**parameters, **about)
    except TypeError as problem:
        raise ValueError(f"{found.names[0]} of {framework.name}: {problem}.") from None
    chain = builder(**parameters, **about)
    return chain.of_indices() if found.indexed else chain


def _floats(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return array if array.dtype.kind == "f" else array.astype(float)

"""A study's number is what `call` gives for the same arrays, under each reduction of the framework."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import signature
from typing import Any

import numpy as np
import pytest
from core.drawn import DEFAULTS, Case, drawn

from lossgui import call
from lossgui.core.evaluate import Outcome
from lossgui.core.frameworks import FRAMEWORKS
from lossgui.core.loss import Call
from lossgui.core.losses import LOSSES, checks
from lossgui.core.study import Study

BY_PROFILE = {framework.profile: framework for framework in FRAMEWORKS.values()}
WEIGHTS = np.array([0.0, 0.5, 2.0, 1.25, 3.0])


def calls() -> Iterator[tuple[Case, Call, bool]]:
    """Yield each case with every callable that its form stands for, without and with weights of samples."""
    for case in DEFAULTS:
        form, indexed = LOSSES[case.loss].forms[case.profile], case.encoding == "index"
        for each in form.calls if LOSSES[case.loss].reduction else ():
            same = each.indexed == indexed and each.reductions != {} and not each.takes
            if same and (each.chain is None or each.chain == form.chain):
                weighs = BY_PROFILE[case.profile].weigh is not None
                yield from ((case, each, weighted) for weighted in ((False, True) if weighs else (False,)))


CALLS = list(calls())


def dtype_of(each: Call) -> str:
    """Return the type of the study in which the call does not leave digits out: some know float32 only."""
    return "float32" if "float32" in (each.computes_in, each.returns) else "float64"


def given(case: Case, each: Call, study: Study) -> dict[str, Any]:
    """Return the study as arguments of a call."""
    labels = study.labels.to_array() if study.labels and LOSSES[case.loss].encodings else None
    if labels is not None:
        labels = labels[:, 0] if each.indexed else labels.astype(study.predictions.dtype)
    taken = signature(each.chain or LOSSES[case.loss].forms[case.profile].chain).parameters
    parameters = {name: value for name, value in case.parameters if name in taken}
    weight = study.sample_weight
    weights = {} if weight is None else {"sample_weight": weight.to_array()[:, 0]}
    return {"y_true": labels, "y_pred": study.predictions.to_array(), **weights, **parameters}


def pairs(case: Case, each: Call, study: Study) -> Iterator[tuple[str, Any, Any, Any]]:
    """Yield each reduction, the number, the call's, and the size of what both add up."""
    framework = BY_PROFILE[case.profile]
    called = call(framework.name, each.names[0], **given(case, each, study))
    offered = framework.reductions if each.reductions is None else each.reductions
    for name in (name for name, own in offered.items() if own.kind):
        outcome, expected = Outcome(study, case.choice(name)), called.reduced(name)
        losses = outcome.per_sample()
        if outcome.choice.unreduced:
            # Entries stand by themselves there, and are added up to samples here.
            yield name, losses, expected.sum(axis=1) if expected.ndim == 2 else expected, np.abs(losses).max()
        else:
            yield name, outcome.value, float(expected), np.abs(losses).sum() / outcome.denominator


def named(one: Any) -> str:
    return one.names[0] if isinstance(one, Call) else "weighted" if one is True else str(one or "")


@pytest.mark.parametrize(("case", "each", "weighted"), CALLS, ids=named)
def test_the_number_is_what_the_call_gives(case: Case, each: Call, weighted: bool) -> None:
    """To two roundings of what is added up: the orders of addition are not the same."""
    dtype = dtype_of(each)
    classes = 1 if checks.one_output in each.checks else 3
    study = drawn(case, classes=classes, dtype=dtype, **({"sample_weight": WEIGHTS} if weighted else {}))
    for name, got, expected, size in pairs(case, each, study):
        bound = 2 * np.finfo(dtype).eps * size
        np.testing.assert_allclose(got, expected, rtol=0, atol=bound, err_msg=name)

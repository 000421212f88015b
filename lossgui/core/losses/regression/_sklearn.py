"""What scikit-learn's metrics of regression and the losses behind its models have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lossgui.core.chain import Chain
from lossgui.core.given import Check
from lossgui.core.loss import Call
from lossgui.core.losses import checks
from lossgui.core.needs import FINITE, LABELS_FINITE
from lossgui.core.reductions import OUTPUTS, Reduction
from lossgui.core.shapes import columns

METRIC_NEEDS = (LABELS_FINITE, FINITE)
"""What every metric of scikit-learn looks at."""


def metric_call(
    name: str,
    chain: Callable[..., Chain] | None = None,
    reductions: Mapping[str, Reduction] | None = OUTPUTS,
    also: tuple[Check, ...] = (),
) -> Call:
    """Return the call of a metric: each sample's own value, a Python float, and averages of the outputs."""
    return Call(
        (name,),
        chain,
        reductions=reductions,
        checks=(checks.some_samples, checks.table, checks.weight_for_each_sample, *also),
        returns="float64",
        fit=columns,
        strict=True,
    )


def loss_call(name: str, chain: Callable[..., Chain] | None = None, also: tuple[Check, ...] = ()) -> Call:
    """Return the call of a loss behind scikit-learn's models: single entries, computed in float64."""
    return Call((f"_loss_{name}",), chain, computes_in="float64", checks=also)

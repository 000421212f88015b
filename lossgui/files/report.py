"""The losses of a study as plain data and as text."""

from __future__ import annotations

from typing import Any

import numpy as np

from lossgui.core import text as numbers
from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome, evaluate
from lossgui.core.formula import read
from lossgui.core.study import Study
from lossgui.core.table import Array


def report(study: Study) -> dict[str, Any]:
    """Return all chosen losses of a study as what JSON can hold; non-finite numbers are strings.

    Returns
    -------
    'title', and 'losses': for each choice its 'loss' (of a person's own the formula, and 'over', what is made
    of its classes), 'profile', 'parameters', 'reduction', 'value' (null if each sample stands by itself),
    'per_sample', 'per_class' (what each class adds to the value, null if the loss is no sum over classes),
    'gradient'; for a loss that does not fit the study, 'refused' says why and the numbers are null. With a
    mask also 'mask': the losses of samples that do not count are in 'per_sample' all the same.
    """
    mask = {} if study.mask is None else {"mask": study.mask.to_array().reshape(_outer(study)).tolist()}
    losses = [_outcome(outcome) for outcome in evaluate(study).exactly().outcomes]
    return {"title": study.title, **mask, "losses": losses}


def text(study: Study) -> str:
    """Return the headline of each chosen loss, one a line."""
    lines = []
    for outcome in evaluate(study).exactly().outcomes:
        name = f"{outcome.choice.entry.title} ({outcome.choice.profile})"
        if outcome.refusal:
            lines.append(f"  {name}: {outcome.refusal}")
        elif outcome.value is None:
            lines.append(
                f"  {name}: " + ", ".join(numbers.number(float(v)) for v in outcome.per_sample(0, 8))
            )
        else:
            lines.append(f"  {name}: {numbers.number(outcome.value)}")
    return "\n".join([study.title, *lines])


def _outcome(outcome: Outcome) -> dict[str, Any]:
    choice, fits = outcome.choice, outcome.refusal is None
    outer = _outer(outcome.study)
    parts = outcome.contributions if fits else None
    result = {
        **_named(choice),
        "profile": choice.profile,
        "parameters": dict(choice.parameters),
        "reduction": choice.reduction,
        "value": _plain(outcome.value) if fits and outcome.value is not None else None,
        "per_sample": _list(outcome.per_sample().reshape(outer)) if fits else None,
        "per_class": None if parts is None else _list(parts.by_class),
        "gradient": _list(outcome.gradient().reshape(*outer, -1)) if fits else None,
    }
    return result if fits else {**result, "refused": outcome.refusal}


def _named(choice: Choice) -> dict[str, Any]:
    """Return the name of a loss; of a person's own the formula, and what is made of its classes."""
    if choice.own is None:
        return {"loss": choice.loss}
    over = {"over": choice.own.over} if read(choice.own.formula).tree.by_class else {}
    return {"loss": choice.own.formula, **over}


def _outer(study: Study) -> tuple[int, ...]:
    return study.outer or (study.samples,)


def _list(array: Array) -> list[Any]:
    return [_list(part) if part.ndim else _plain(part) for part in np.asarray(array)]


def _plain(value: Any) -> float | str:
    number = float(value)
    return number if np.isfinite(number) else str(number)
